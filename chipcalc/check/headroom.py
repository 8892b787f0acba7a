"""Margins, and the largest chip that a rule still lets through, solved from the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.check.day import asked_of
from chipcalc.check.result import Checked, Finding
from chipcalc.deciding.decide import decide, is_open
from chipcalc.deciding.outcome import Choices, Deciding, Span
from chipcalc.deciding.turning_points import inputs
from chipcalc.figures.figure import Answer, Figure, Key, Missing
from chipcalc.rules import criteria
from chipcalc.rules.case import Case, Judgement, Line, comparisons
from chipcalc.rules.criteria import Combined, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict, every
from chipcalc.vocabulary.expressions import Attribute, walk
from chipcalc.vocabulary.model import Vocabulary


class Distance(NamedTuple):
    """How far a figure lies from one line of a rule; `value` and `away` are None if unknown."""

    finding: Finding
    limb: str
    line: Line
    node: Threshold
    answer: Answer
    value: Interval | None
    away: Interval | None


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
    """Yield the signed distance of a chip to every line of every rule that applies."""
    for finding in checked.findings:
        for limb, line in _compared(finding.line, ""):
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
            yield Distance(finding, limb, line, node, answer, value, away)


def _compared(line: Line, limb: str) -> Iterator[tuple[str, Line]]:
    limb = line.node.cite or limb if isinstance(line.node, Combined) else limb
    if isinstance(line.node, Threshold):
        yield limb, line
    if isinstance(line.node, criteria.RuleMet):
        return  # the lines of another rule are its own
    for part in (*line.parts, *line.exceptions):
        yield from _compared(part, limb)


def bounds(checked: Checked) -> Iterator[Bound]:
    """Yield, for each input of the control paragraphs, the values that stay outside of them.

    Each input is set free in turn, and cut where a comparison of the rules turns; only inputs
    for which all others are known can be solved. A circumstance that is not known is taken each
    way in turn.
    """
    case = checked.case
    provisions = _controls(checked)
    names = _input_names(checked)
    for name in names:
        now = case.evaluator.figure(name[0], dict(name[1]))
        others = [case.evaluator.figure(each[0], dict(each[1])) for each in names if each != name]
        if any(is_open(each) for each in others):
            continue
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
        for name in _input_names(checked)
    )
    return [name for name, answer in found if isinstance(answer, Missing)]


def _controls(checked: Checked) -> list[Provision]:
    return [each.provision for each in checked.findings if each.provision.rule.is_control]


def _input_names(checked: Checked) -> list[Key]:
    found = (name for each in _controls(checked) for name in _inputs(each, checked.case))
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
            if weight is not None and value.unit is not None:
                amount = weight.quantity.amount
                yield Rate(value.label, bound / amount.high, bound / amount.low, str(value.unit))
