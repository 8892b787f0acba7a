"""The rules in force on a day, applied to a chip."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Self

from chipcalc.check import contents
from chipcalc.check.result import ByWay, Checked, Classification, Finding, common
from chipcalc.check.ways import Basis, Stated, Ways, stated_ways
from chipcalc.check.worlds import classify, narrowed, possible_judgements
from chipcalc.deciding.decide import decide
from chipcalc.deciding.outcome import Asked, Deciding
from chipcalc.deciding.turning_points import inputs
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, key
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Case, Judgement
from chipcalc.rules.circumstances import several
from chipcalc.rules.criteria import CircumstanceIs, Criterion, RuleMet, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import (
    CLASSIFICATION,
    DEFINITION,
    EXCEPTION,
    GUIDANCE,
    LETTER,
    POLICY,
    PRESUMPTION,
    REQUIREMENT,
    REVIEW,
    TARIFF,
)
from chipcalc.rules.rulebook import Rulebook
from chipcalc.rules.texts import Text, Texts, comparisons
from chipcalc.values.logic import Verdict, every
from chipcalc.vocabulary.expressions import NONE

_OF_SHIPMENTS = (
    CLASSIFICATION, REQUIREMENT, EXCEPTION, REVIEW, LETTER, GUIDANCE, TARIFF, POLICY, PRESUMPTION,
    DEFINITION,
)  # fmt: skip


class DayRules(ABC):
    """The rules of one day, made ready once for any number of chips.

    What they are asked of, items or shipments as well, is the matter of the two types below.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        day: datetime.date,
        only: Sequence[str] = (),
        known: datetime.date | None = None,
    ) -> None:
        """Make the rules of a day ready, or those named; as expected on an earlier day, `known`."""
        self.rulebook = rulebook
        self.regime = rulebook.regime
        self.vocabulary = rulebook.store.vocabulary
        self.day = day
        self.only = tuple(only)
        self.provisions = {each.id: self._text(each) for each in rulebook.on(day, known)}
        self.places = Places(rulebook.groups, known or day)
        self.texts = Texts(self.provisions, rulebook.kept)
        wanted = {rulebook.rule(name)[0].id for name in only} or self._usual()
        self.asked = [each for each in self.provisions.values() if each.id in wanted]
        self._inputs: dict[str, frozenset[str]] = {}
        self._later: dict[datetime.date, Self] = {}

    def later(self, day: datetime.date) -> Self:
        """Return the same rules on a later day, as they are expected on this one."""
        if day not in self._later:
            self._later[day] = type(self)(self.rulebook, day, self.only, known=self.day)
        return self._later[day]

    @cached_property
    def named_places(self) -> frozenset[str]:
        """The groups of countries, and the countries, that the rules asked for name."""
        known = self.vocabulary.circumstances
        nodes = comparisons([each.criterion for each in self.asked], self.provisions)
        places = (e for e in nodes if isinstance(e, CircumstanceIs) and known[e.name].places)
        return frozenset(value for each in places for value in each.values)

    def case(self, evaluator: Evaluator, given: Mapping[str, str] = NONE) -> Case:
        """Return what the rules of the day are read for: a chip under given circumstances."""
        return Case(evaluator, self.provisions, given, self.places, self.texts)

    @cached_property
    def _texts_asked(self) -> tuple[tuple[Provision, Text], ...]:
        return tuple((each, self.texts.of(each)) for each in self.asked)

    @cached_property
    def _paragraphs(self) -> tuple[Provision, ...]:
        return tuple(each for each in self.asked if each.rule.kind == CLASSIFICATION)

    @abstractmethod
    def _text(self, provision: Provision) -> Provision:
        """Return as much of a rule's text as is asked."""

    @abstractmethod
    def _usual(self) -> Collection[str]:
        """Return the ids of the rules that are asked where none is named."""

    def check(self, evaluator: Evaluator, given: Mapping[str, str] = NONE) -> Checked:
        """Return what every rule of the day says of a chip, under circumstances from the user.

        Of a board or a system, each circuit is asked.
        """
        if evaluator.circuits:
            return contents.check(self, evaluator, given)
        case = self.case(evaluator, given)
        ways, words = self.ways(case), case.words
        findings = tuple(
            self._found(each, ways)
            for each, text in self._texts_asked
            if words.scope(text) is not Verdict.not_met
        )
        paragraphs = [each for each in findings if each.provision.rule.kind == CLASSIFICATION]
        classification = classify(paragraphs)
        joint = self._paragraphs
        views = case.once("views", joint, lambda: tuple(self._views(ways))) if paragraphs else ()
        found = partial(self._deciding, classification, paragraphs, ways)
        deciding = case.once("deciding", joint, found)
        worlds = possible_judgements(deciding, views)
        classification = narrowed(classification, worlds, paragraphs)
        return Checked(
            case, self.day, findings, classification, deciding, views, regime=self.regime
        )

    def judge(self, case: Case) -> Judgement:
        """Return the control paragraph that names an item, by the order of precedence."""
        return self._judge(case, residual=False)

    def _judge(self, case: Case, *, residual: bool) -> Judgement:
        for provision in self._paragraphs:
            rule = provision.rule
            if rule.residual and not residual:
                continue
            verdict = every((case.scope(provision), case.read(provision).verdict))
            if verdict is not Verdict.not_met:
                cites = case.read(provision).cites() or (rule.paragraph,)
                return Judgement(verdict, cites if verdict is Verdict.met else ())
        return Judgement(Verdict.not_met)

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The names of the metrics that the rules asked for rest on."""
        return frozenset().union(*map(self._rests_on, self.asked))

    def _rests_on(self, provision: Provision) -> frozenset[str]:
        """Return the names of the metrics that a rule rests on, through other rules as well."""
        if provision.id not in self._inputs:
            self._inputs[provision.id] = frozenset(
                name
                for node in comparisons([provision.criterion], self.provisions)
                if isinstance(node, Threshold)
                for name, _ in inputs(node.of, self.vocabulary)
            )
        return self._inputs[provision.id]

    def ways(self, case: Case) -> Ways:
        """Return the ways to state the figures of a chip, each with the case that it makes."""
        counted: list[Stated] = []
        declared: list[Stated] = []
        for way, name, figure in stated_ways(case.evaluator):
            other = case if way is Basis.computed else case.supposing({key(name): figure})
            found = declared if way is Basis.declared else counted
            found.append(Stated(way, name, figure, other))
        return Ways(case, tuple(counted), tuple(declared))

    def _found(self, provision: Provision, ways: Ways) -> Finding:
        """Return what a version of a rule says; found once for all that ask for the same."""
        found = ways.case.once("finding", (provision,), lambda: self._finding(provision, ways))
        return found if found.provision is provision else found._replace(provision=provision)

    def _finding(self, provision: Provision, ways: Ways) -> Finding:
        line = ways.case.read(provision)
        judgement = Judgement(every((ways.case.scope(provision), line.verdict)), line.cites())
        finding = Finding(provision, line, judgement)
        if judgement.verdict is Verdict.unknown:
            finding = self._settled(finding, ways)
        for way in ways.declared:
            if way.metric in self._rests_on(provision):
                finding = self._with_declared(finding, way, ways.case)
        return finding

    def _settled(self, finding: Finding, ways: Ways) -> Finding:
        """Return a finding with its deciding facts, settled where every value of them agrees.

        A figure that can be counted in two ways has one of two values, and none between them.
        """
        provision = finding.provision
        deciding = _decided(provision, ways.case)
        if deciding and deciding.settled:
            return finding._replace(judgement=deciding.settled, deciding=deciding)
        relevant = [each for each in ways.counted if each.metric in self._rests_on(provision)]
        if len(relevant) > 1:
            judgement = common([_judgement(provision, each.case) for each in relevant])
            finding = finding._replace(judgement=judgement)
        return finding._replace(deciding=deciding)

    def _with_declared(self, finding: Finding, way: Stated, case: Case) -> Finding:
        """Return a finding in which the vendor's figure counts as much as the computed one."""
        declared = _judgement(finding.provision, way.case)
        computed = isinstance(case.evaluator.figure(way.metric), Figure)
        if not computed and finding.verdict is Verdict.unknown:
            line = way.case.read(finding.provision)
            deciding = None
            if line.verdict is Verdict.unknown:
                deciding = _decided(finding.provision, way.case)
            return finding._replace(
                line=line, judgement=declared, declared=declared, deciding=deciding
            )
        judgement = common([finding.judgement, declared])
        return finding._replace(judgement=judgement, computed=finding.judgement, declared=declared)

    def _views(self, ways: Ways) -> Iterator[ByWay]:
        """Yield every way to state a figure that a rule leaves open, where they differ."""
        found = (*ways.counted, *ways.declared)
        for metric in dict.fromkeys(each.metric for each in found):
            same = [each for each in found if each.metric == metric]
            unit = same[0].figure.value.unit
            if len({each.figure.value.to(unit).amount for each in same}) > 1:
                for each in same:
                    yield ByWay(each.way, metric, each.figure, self._view(each.case))

    def _view(self, case: Case) -> Judgement:
        judgement = self.judge(case)
        if judgement.verdict is Verdict.unknown:
            settled = self._decide(case, self._controls(case)).settled
            return settled or judgement
        return judgement

    def _controls(self, case: Case) -> list[Criterion]:
        return [
            node
            for each in self._paragraphs
            if not each.rule.residual and case.scope(each) is not Verdict.not_met
            for node in asked_of(each)
        ]

    def _deciding(
        self, found: Classification, paragraphs: Sequence[Finding], ways: Ways
    ) -> Deciding | None:
        """Return the facts that decide an unknown classification.

        They are those of the controls, or of what remains below where the controls are settled.
        """
        if found.verdict is not Verdict.unknown:
            return None
        open_ones = [each for each in paragraphs if each.provision.rule.paragraph in found.possible]
        controls = [each for each in open_ones if not each.provision.rule.residual]
        case = next((each.case for each in ways.declared if not ways.counted), ways.case)
        if controls:
            return self._decide(case, self._controls(case))
        nodes = [node for each in open_ones for node in _open_nodes(each.provision, case)]
        return self._decide(case, nodes, residual=True)

    def _decide(
        self, case: Case, nodes: Sequence[Criterion], *, residual: bool = False
    ) -> Deciding:
        """Return the facts that decide which paragraph names an item."""
        asked = Asked("all paragraphs" if residual else "controls", self._paragraphs)
        return decide(case, nodes, partial(self._judge, residual=residual), asked)


class Ruleset(DayRules):
    """The rules of one day as they are asked of items, or those of them that are named."""

    def _text(self, provision: Provision) -> Provision:
        return provision

    def _usual(self) -> Collection[str]:
        return self.rulebook.of_items().keys()


class ShipmentRules(DayRules):
    """The rules of one day as they are asked of shipments.

    Those about items are asked what they say of shipments, too, and with them the rules that are
    about shipments only.
    """

    def _text(self, provision: Provision) -> Provision:
        return self.rulebook.whole(provision)

    def _usual(self) -> Collection[str]:
        return {name for name, e in self.provisions.items() if e.rule.kind in _OF_SHIPMENTS}


def _judgement(provision: Provision, case: Case) -> Judgement:
    """Return what a rule comes to in a case, settled where every missing fact agrees."""
    line = case.read(provision)
    judgement = Judgement(every((case.scope(provision), line.verdict)), line.cites())
    if judgement.verdict is Verdict.unknown:
        deciding = _decided(provision, case)
        return (deciding.settled if deciding else None) or judgement
    return judgement


def scope_of(provision: Provision) -> list[Criterion]:
    """Return the circumstances in which a rule is asked at all."""
    scope = provision.rule.applies_to.items()
    return [CircumstanceIs(name, tuple(each)) for name, each in scope]


def asked_of(provision: Provision) -> list[Criterion]:
    """Return everything that a verdict on a rule rests on: its criteria and its scope."""
    return [*scope_of(provision), provision.criterion]


def _open_nodes(provision: Provision, case: Case) -> list[Criterion]:
    """Return the criteria of a rule that are not settled yet, and its scope."""
    open_lines = case.read(provision).unsettled()
    nodes = [line.node for line in open_lines if not isinstance(line.node, RuleMet)]
    return [*scope_of(provision), *nodes]


def _decided(provision: Provision, case: Case) -> Deciding | None:
    """Return the deciding facts of a rule; none where no fact is missing, but the text is."""

    def judge(supposed: Case) -> Judgement:
        line = supposed.read(provision)
        return Judgement(every((supposed.scope(provision), line.verdict)), line.cites())

    memo, asked = case.evaluator.memo, _comes_to(provision, case)
    if asked not in memo:
        memo[asked] = decide(case, _open_nodes(provision, case), judge, Asked("rule", (provision,)))
    deciding: Deciding = memo[asked]
    return deciding if deciding.metrics or deciding.circumstances else None


def _comes_to(provision: Provision, case: Case) -> tuple[object, ...]:
    """Return all that decides a rule besides the figures: two countries may come to the same.

    What is said counts by what each criterion makes of it, and by itself only where it is open.
    """
    text, known = case.texts.of(provision), case.evaluator.vocabulary.circumstances
    said = {name: case.said(name) for name in text.names}
    open_ones = tuple(
        (name, each) for name, each in said.items() if len(several(each)) > 1 or not each
    )
    state = case.places.state if any(known[name].places for name, _ in open_ones) else None
    return _comes_to, text, case.spoken(text.leaves), case.scope(provision), open_ones, state
