"""Margins, and the largest chip that a rule still lets through, solved from the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.check.day import asked_of
from chipcalc.check.lines import compared_key, is_addressed
from chipcalc.check.result import Checked, Finding
from chipcalc.deciding.decide import decide, is_open
from chipcalc.deciding.outcome import Choices, Deciding, Span
from chipcalc.deciding.turning_points import inputs
from chipcalc.figures.figure import Answer, Figure, Key, Missing
from chipcalc.rules import criteria
from chipcalc.rules.case import Case, Judgement, Line
from chipcalc.rules.criteria import Combined, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.rules.texts import comparisons
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict, every
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import Attribute, walk
from chipcalc.vocabulary.model import Vocabulary

_MOST_OPEN = 2  # figures that can be varied together


class Distance(NamedTuple):
    """How far a figure lies from one line of a rule; `value` and `away` are None if unknown.

    An `excepted` one stands in an exception, such as a note.
    """

    finding: Finding
    limb: str
    line: Line
    node: Threshold
    answer: Answer
    value: Interval | None
    away: Interval | None
    excepted: bool = False

    @property
    def ends(self) -> bool:
        """Whether what the text describes ends at the line, and does not begin there."""
        return self.node.relation in ("less_than", "at_most")

    @property
    def classifies(self) -> bool:
        """Whether the line is one by which items are classified or controlled."""
        rule = self.finding.provision.rule
        return rule.kind == CLASSIFICATION or rule.is_control


class Level(NamedTuple):
    """One amount of a metric at which rules draw a line, and all the lines that lie there."""

    metric: Key
    uses: tuple[Distance, ...]

    @property
    def limit(self) -> Quantity:
        return self.uses[0].node.limit

    @property
    def value(self) -> Interval | None:
        return self.uses[0].value

    @property
    def away(self) -> Interval | None:
        return self.uses[0].away

    @property
    def classifies(self) -> bool:
        """Whether items are classified or controlled by the line."""
        return any(each.classifies for each in self.uses)

    @property
    def controls(self) -> bool:
        """Whether the line is one of a paragraph of control."""
        return any(each.finding.provision.rule.is_control for each in self.uses)

    @property
    def share(self) -> Fraction | None:
        """How far the nearer end of the figure lies off, as a share of the line.

        Zero where the line lies within a range; None where the figure is missing, or the line is
        zero.
        """
        limit = self.limit.amount.best
        if self.away is None or not limit:
            return None
        if self.away.low <= 0 <= self.away.high:
            return Fraction(0)
        return min(abs(self.away.low), abs(self.away.high)) / abs(limit)


def levels(found: Iterable[Distance]) -> list[Level]:
    """Return each line of a metric once, with all that use it: by metric, the lowest first."""
    same: dict[tuple[Key, str, Fraction], list[Distance]] = {}
    for each in found:
        limit = each.node.limit
        name = compared_key(each.node)
        same.setdefault((name, limit.unit.text, limit.amount.best), []).append(each)
    order = {name: number for number, name in enumerate(dict.fromkeys(e[0] for e in same))}
    ordered = sorted(same, key=lambda each: (order[each[0]], each[1], each[2]))
    return [Level(each[0], tuple(same[each])) for each in ordered]


def nearest(found: Iterable[Level]) -> Level | None:
    """Return the line that a figure lies nearest to; None where no distance is known."""
    known = [(each.share, each) for each in found if each.share is not None]
    return min(known, key=lambda each: each[0])[1] if known else None


class Bound(NamedTuple):
    """The values of one input that lead to each outcome, all other inputs being as they are.

    `where` holds circumstances that are not known and are taken so here; `by_rule` says of each
    rule, by its id, what `deciding` says of all together.
    """

    metric: Key
    now: Figure | None
    where: tuple[Choices, ...]
    deciding: Deciding
    by_rule: Mapping[str, Deciding]

    def outside(self) -> Iterator[Span]:
        """Yield the values of the input at which none of the rules is met."""
        yield from outside(self.deciding)


def outside(deciding: Deciding) -> Iterator[Span]:
    """Yield the values at which nothing is met."""
    for outcome in deciding.outcomes:
        if outcome.judgement.verdict is Verdict.not_met:
            yield from (each for each in outcome.where if isinstance(each, Span))


def distances(checked: Checked) -> Iterator[Distance]:
    """Yield the signed distance of a chip to every line of every rule that applies.

    A letter to another maker has no line for the chip.
    """
    for finding in checked.findings:
        if not is_addressed(finding.line):
            continue
        for limb, line, excepted in _compared(finding.line, ""):
            node, answer = line.node, line.answer
            if not isinstance(node, Threshold) or answer is None:
                continue
            value = away = None
            fits = isinstance(answer, Figure) and (
                answer.value.unit.dimension == node.limit.unit.dimension
            )
            if isinstance(answer, Figure) and fits:
                value = answer.value.to(node.limit.unit).amount
                limit = node.limit.amount.best
                away = Interval(value.low - limit, value.best - limit, value.high - limit)
            yield Distance(finding, limb, line, node, answer, value, away, excepted)


def _compared(line: Line, limb: str, *, excepted: bool = False) -> Iterator[tuple[str, Line, bool]]:
    """Yield the comparisons of a rule with their limbs, and whether they are of an exception."""
    limb = line.node.cite or limb if isinstance(line.node, Combined) else limb
    if isinstance(line.node, Threshold):
        yield limb, line, excepted
    if isinstance(line.node, criteria.RuleMet):
        return  # the lines of another rule are its own
    for part in line.parts:
        yield from _compared(part, limb, excepted=excepted)
    for part in line.exceptions:
        yield from _compared(part, limb, excepted=True)


def bounds(checked: Checked) -> Iterator[Bound]:
    """Yield, for each input of the control paragraphs, the values that stay outside of them.

    Each input is set free in turn, and cut where a comparison of the rules turns; only inputs
    for which all others are known can be solved. A circumstance that is not known is taken each
    way in turn.
    """
    provisions = _controls(checked)
    names = _input_names(provisions, checked.case)
    for name in names:
        if not _open_beside(name, names, checked.case):
            yield from _solved(name, provisions, checked.case)


class OfRule(NamedTuple):
    """What stays outside of one rule, one of its inputs being set free; or why that is not known.

    `needs` are the other inputs that would have to be known; without any and without bounds, the
    values cannot be solved for.
    """

    finding: Finding
    metric: Key
    bounds: tuple[Bound, ...] = ()
    needs: tuple[Key, ...] = ()

    @property
    def turns(self) -> bool:
        """Whether some value of the input meets the rule, and some other does not."""
        found = {o.judgement.verdict for each in self.bounds for o in each.deciding.outcomes}
        return {Verdict.met, Verdict.not_met} <= found


def bounds_by_rule(checked: Checked) -> Iterator[OfRule]:
    """Yield every input of every rule that was asked, each rule by itself, whatever its kind.

    Another input that is not known does not matter where it makes no difference.
    """
    case = checked.case
    for finding in checked.findings:
        provision = finding.provision
        names = _input_names([provision], case)
        for name in names:
            needs = tuple(_open_beside(name, names, case))
            found = tuple(_solved(name, [provision], case)) if len(needs) < _MOST_OPEN else ()
            if found and all(_is_about(name, each.deciding) for each in found):
                yield OfRule(finding, name, found)
            else:
                yield OfRule(finding, name, needs=needs)


def _is_about(name: Key, deciding: Deciding) -> bool:
    """Whether outcomes were found, and turn on no other figure."""
    spans = (e for o in deciding.outcomes for e in o.where if isinstance(e, Span))
    return bool(deciding.outcomes) and all(each.metric == name for each in spans)


def _open_beside(name: Key, names: Sequence[Key], case: Case) -> list[Key]:
    """Return the inputs beside one that are not known to one value."""
    others = [each for each in names if each != name]
    return [each for each in others if is_open(case.evaluator.figure(each[0], dict(each[1])))]


def _solved(name: Key, provisions: Sequence[Provision], case: Case) -> Iterator[Bound]:
    """Yield what some rules make of every value of one input, in each circumstance that matters."""
    now = case.evaluator.figure(name[0], dict(name[1]))
    known = now.value.amount.low > 0 if isinstance(now, Figure) else now.positive
    supposed = case.supposing({name: Missing("unknown", "set free", positive=known)})
    figure = now if isinstance(now, Figure) else None
    for where in _circumstances(supposed, provisions):
        chosen = supposed.supposing({}, {each.name: each.values[0] for each in where})
        by_rule = {each.id: _decided(chosen, [each]) for each in provisions}
        yield Bound(name, figure, where, _decided(chosen, provisions), by_rule)


def _decided(case: Case, provisions: Sequence[Provision]) -> Deciding:
    """Return what some rules together make of a case, by the first of them that is met.

    Only where none is met, but one is not known, is the whole not known.
    """

    def judge(supposed: Case) -> Judgement:
        found = [
            (each, every((supposed.scope(each), supposed.read(each).verdict)))
            for each in provisions
        ]
        for wanted in (Verdict.met, Verdict.unknown):
            for each, verdict in found:
                if verdict is wanted:
                    cites = supposed.read(each).cites() or (each.rule.paragraph,)
                    return Judgement(verdict, cites)
        return Judgement(Verdict.not_met)

    return decide(case, [node for each in provisions for node in asked_of(each)], judge)


def _circumstances(case: Case, provisions: Sequence[Provision]) -> Iterator[tuple[Choices, ...]]:
    """Yield every way to take the circumstances that are not known, where they matter."""
    outcomes = _decided(case, provisions).outcomes
    ways = (tuple(each for each in o.where if isinstance(each, Choices)) for o in outcomes)
    yield from dict.fromkeys(ways) or [()]


def free(checked: Checked) -> list[Key]:
    """Return the inputs of the control paragraphs that are not known."""
    found = (
        (name, checked.case.evaluator.figure(name[0], dict(name[1])))
        for name in _input_names(_controls(checked), checked.case)
    )
    return [name for name, answer in found if isinstance(answer, Missing)]


def _controls(checked: Checked) -> list[Provision]:
    return [each.provision for each in checked.findings if each.provision.rule.is_control]


def _input_names(provisions: Sequence[Provision], case: Case) -> list[Key]:
    found = (name for each in provisions for name in _inputs(each, case))
    return list(dict.fromkeys(found))


def _inputs(provision: Provision, case: Case) -> Iterator[Key]:
    known = case.evaluator
    for node in comparisons([provision.criterion], case.provisions):
        if isinstance(node, Threshold):
            yield from inputs(node.of, known.vocabulary, known.given)


class Rate(NamedTuple):
    """What a bound on a metric is at one number format, such as TFLOPS at FP16."""

    label: str
    low: Fraction
    high: Fraction
    unit: str


def rates(metric: Key, bound: Fraction, vocabulary: Vocabulary) -> Iterator[Rate]:
    """Yield a bound on a weighted rate as the plain rate at each format that has a weight.

    The metric's own formula tells the weight: total processing performance is a rate times the
    bit length of the format.
    """
    formula = vocabulary.metric(metric[0]).formula
    nodes = walk(formula) if formula is not None else ()
    for node in (each for each in nodes if isinstance(each, Attribute) and each.of != "die"):
        for value in vocabulary.conditions[node.of].values.values():
            weight = getattr(value, node.name, None)
            if weight is not None and value.unit is not None and not value.rare:
                amount = weight.quantity.amount
                yield Rate(value.label, bound / amount.high, bound / amount.low, str(value.unit))
