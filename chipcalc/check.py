"""The rules in force on a day, applied to a chip."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc import criteria
from chipcalc.breakpoints import inputs
from chipcalc.case import Case, Line
from chipcalc.criteria import Compare, RuleMet
from chipcalc.deciding import Deciding, Judgement, decide
from chipcalc.evaluate import Counting, Evaluator, key
from chipcalc.expr import NONE
from chipcalc.figure import Answer, Figure, Missing
from chipcalc.model import Vocabulary
from chipcalc.rule import CLASSIFICATION
from chipcalc.rulebook import Provision, Rulebook
from chipcalc.store import Sheet
from chipcalc.verdict import Verdict, agreed

COMPUTED = "computed"
DECLARED = "declared by the vendor"


class Finding(NamedTuple):
    """What one rule says of a chip: the verdict, the limbs that are met, and the explanation.

    `verdict` is what stands after all views of the chip's figures; `line` explains the view from
    the spec sheet. `deciding` is there where something is not known.
    """

    provision: Provision
    line: Line
    verdict: Verdict
    cites: tuple[str, ...]
    deciding: Deciding | None = None
    declared: Judgement | None = None

    @property
    def straddles(self) -> bool:
        """Whether computed and declared figures lead to different answers."""
        return self.declared is not None and (
            self.declared != Judgement(self.line.verdict, self.line.cites())
        )


class Classification(NamedTuple):
    """The paragraph that an item falls under; none of those modelled where `paragraph` is empty.

    Where it is not known, `possible` lists the paragraphs that it may be.
    """

    verdict: Verdict
    paragraph: str = ""
    cites: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    residual: bool = False


class View(NamedTuple):
    """Another way to state a figure that rules compare, and what follows from it."""

    label: str
    metric: str
    figure: Figure
    judgement: Judgement


class Checked(NamedTuple):
    """A chip checked against all rules of a day that apply to it."""

    case: Case
    day: datetime.date
    findings: tuple[Finding, ...]
    classification: Classification
    deciding: Deciding | None
    views: tuple[View, ...]

    @property
    def sheet(self) -> Sheet:
        return self.case.evaluator.sheet

    @property
    def straddles(self) -> bool:
        """Whether the views of a figure lead to different classifications."""
        return len({view.judgement for view in self.views}) > 1

    def by_kind(self) -> Iterator[tuple[str, list[Finding]]]:
        """Yield the findings of each kind of rule, classifications first."""
        kinds = dict.fromkeys(each.provision.rule.kind for each in self.findings)
        for kind in kinds:
            yield kind, [each for each in self.findings if each.provision.rule.kind == kind]


class Day:
    """The rules of one day, made ready once for any number of chips."""

    def __init__(self, rulebook: Rulebook, day: datetime.date, only: Sequence[str] = ()) -> None:
        self.rulebook = rulebook
        self.vocabulary = rulebook.store.vocabulary
        self.day = day
        self.provisions = {each.id: each for each in rulebook.on(day)}
        wanted = {rulebook.rule(name)[0].id for name in only}
        self.asked = [each for each in self.provisions.values() if not wanted or each.id in wanted]
        self._inputs = {name: self._rests_on(each) for name, each in self.provisions.items()}

    def check(
        self,
        evaluator: Evaluator,
        given: Mapping[str, str] = NONE,
    ) -> Checked:
        """Return what every rule of the day says of a chip, under circumstances from the user."""
        case = Case(evaluator, self.provisions, given)
        applying = [each for each in self.asked if case.applies(each)]
        for provision in applying:
            case.read(provision)
        declared = self._declared(case)
        findings = tuple(self._finding(each, case, declared) for each in applying)
        paragraphs = [each for each in findings if each.provision.rule.kind == CLASSIFICATION]
        classification = classify(paragraphs)
        deciding = None
        if classification.verdict is Verdict.unknown:
            deciding = decide(
                case,
                [each.provision.criterion for each in _primary(paragraphs)],
                self.judge,
            )
        views = tuple(self._views(case, declared)) if paragraphs else ()
        return Checked(case, self.day, findings, classification, deciding, views)

    def judge(self, case: Case) -> Judgement:
        """Return the paragraph that names an item, by the order of precedence."""
        for provision in self.asked:
            rule = provision.rule
            if rule.kind != CLASSIFICATION or rule.residual or not case.applies(provision):
                continue
            line = case.read(provision)
            if line.verdict is not Verdict.not_met:
                return Judgement(line.verdict, line.cites() or (rule.paragraph,))
        return Judgement(Verdict.not_met)

    def _rests_on(self, provision: Provision) -> frozenset[str]:
        """Return the names of the metrics that a rule rests on, through other rules as well."""
        found: set[str] = set()
        for node in criteria.leaves(provision.criterion):
            if isinstance(node, Compare):
                found |= {name for name, _ in inputs(node.of, self.vocabulary)}
            elif isinstance(node, RuleMet):
                for name in node.rules:
                    if name in self.provisions:
                        found |= self._rests_on(self.provisions[name])
        return frozenset(found)

    def _declared(self, case: Case) -> dict[str, Case]:
        """Return the case with each metric as the vendor declares it, where it does."""
        found = {}
        for name, figure in declared_figures(case.evaluator):
            found[name] = case.supposing({key(name): figure})
        return found

    def _finding(self, provision: Provision, case: Case, declared: Mapping[str, Case]) -> Finding:
        line = case.read(provision)
        finding = Finding(provision, line, line.verdict, line.cites())
        if line.verdict is Verdict.unknown:
            finding = _settled(finding, case)
        for name, other in declared.items():
            if name in self._inputs[provision.id]:
                found = other.read(provision)
                judgement = Judgement(found.verdict, found.cites())
                if found.verdict is Verdict.unknown:
                    settled = _settled(Finding(provision, found, *judgement), other)
                    judgement = Judgement(settled.verdict, settled.cites)
                computed = isinstance(case.evaluator.figure(name), Figure)
                verdict = agreed((finding.verdict, judgement.verdict))
                if not computed:
                    verdict = judgement.verdict
                cites = (
                    finding.cites if computed and verdict is finding.verdict else judgement.cites
                )
                finding = finding._replace(
                    verdict=verdict,
                    cites=cites if verdict is Verdict.met else (),
                    declared=judgement,
                )
        return finding

    def _views(self, case: Case, declared: Mapping[str, Case]) -> Iterator[View]:
        """Yield every way to state a figure that a rule leaves open, where they differ."""
        for name, definition in self.vocabulary.metrics.items():
            if not definition.declared:
                continue
            evaluator = case.evaluator
            found = list(ways(evaluator, name))
            stated = evaluator.figure(definition.declared)
            if isinstance(stated, Figure):
                found.append((DECLARED, stated))
            amounts = {each.value.amount for _, each in found}
            for label, figure in found if len(amounts) > 1 else ():
                if label == DECLARED and name in declared:
                    supposed = declared[name]
                elif label == COMPUTED:
                    supposed = case
                else:
                    supposed = case.supposing({key(name): figure})
                yield View(label, name, figure, self.judge(supposed))


def declared_figures(evaluator: Evaluator) -> Iterator[tuple[str, Figure]]:
    """Yield the metrics of which the vendor publishes a figure of its own."""
    for name, definition in evaluator.vocabulary.metrics.items():
        if definition.declared:
            figure = evaluator.figure(definition.declared)
            if isinstance(figure, Figure) and key(name) not in evaluator.given:
                yield name, figure._replace(label=definition.label)


def ways(evaluator: Evaluator, metric: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of a metric under each way to count that a rule leaves open."""
    whole = evaluator.figure(metric)
    if not isinstance(whole, Figure):
        return
    if whole.value.amount.exact or key(metric) in evaluator.given:
        yield COMPUTED, whole
        return
    vocabulary = evaluator.vocabulary
    choices: tuple[tuple[str, Counting], ...] = (
        (_bit_lengths(vocabulary, 0), Counting(bits="fewer")),
        (_bit_lengths(vocabulary, -1), Counting(bits="more")),
        ("sum over units of each one's largest", Counting(units="sum")),
        ("largest format of the chip as a whole", Counting(units="whole")),
    )
    found: list[tuple[str, Figure]] = []
    for (label, counting), (other_label, other) in zip(choices[::2], choices[1::2], strict=True):
        one = evaluator.counted(counting).figure(metric)
        two = evaluator.counted(other).figure(metric)
        if isinstance(one, Figure) and isinstance(two, Figure) and one.value != two.value:
            found += [(label, one), (other_label, two)]
    yield from found or [(COMPUTED, whole)]


def _bit_lengths(vocabulary: Vocabulary, end: int) -> str:
    """Return which formats count with which bits: ``TF32 as 19 bits``."""
    return ", ".join(
        f"{each.label} as {each.bits.range[end]} bits"
        for each in vocabulary.conditions["format"].values.values()
        if each.bits and each.bits.range
    )


def classify(findings: Sequence[Finding]) -> Classification:
    """Return the paragraph that names an item, from what each one says, by precedence."""
    possible: list[str] = []
    for finding in (*_primary(findings), *_residual(findings)):
        rule = finding.provision.rule
        if finding.verdict is Verdict.met and not possible:
            return Classification(
                Verdict.met, rule.paragraph, finding.cites, residual=rule.residual
            )
        if finding.verdict is Verdict.unknown or (finding.verdict is Verdict.met and possible):
            possible.append(rule.paragraph)
            if finding.verdict is Verdict.met:
                break
    if possible:
        return Classification(Verdict.unknown, possible=tuple(possible))
    return Classification(Verdict.not_met)


def _primary(findings: Sequence[Finding]) -> list[Finding]:
    return [each for each in findings if not each.provision.rule.residual]


def _residual(findings: Sequence[Finding]) -> list[Finding]:
    return [each for each in findings if each.provision.rule.residual]


def _settled(finding: Finding, case: Case) -> Finding:
    """Return a finding with its deciding facts; settled where every value of them agrees."""
    provision = finding.provision

    def judge(supposed: Case) -> Judgement:
        line = supposed.read(provision)
        return Judgement(line.verdict, line.cites())

    deciding = decide(case, [provision.criterion], judge)
    if not deciding.metrics and not deciding.circumstances:
        return finding  # no fact is missing: the rule itself is not public, say
    settled = deciding.settled
    if settled:
        return finding._replace(verdict=settled.verdict, cites=settled.cites, deciding=deciding)
    return finding._replace(deciding=deciding)


def status_of(answer: Answer | None) -> str:
    """Return how firm an input is: its status, or why there is none."""
    if isinstance(answer, Missing):
        return answer.kind
    return answer.status if answer else ""
