"""Deciding facts: for what is not known, the values of it that would settle a verdict, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.deciding.cells import cells
from chipcalc.deciding.judged import Question, outcomes
from chipcalc.deciding.known import Comparison, Known
from chipcalc.deciding.outcome import Asked, Choices, Deciding, Judge
from chipcalc.deciding.turning_points import UnsolvableError, inputs
from chipcalc.figures.figure import Answer, Key, Missing, key
from chipcalc.rules.case import Case
from chipcalc.rules.circumstances import several
from chipcalc.rules.criteria import CircumstanceIs, Criterion, Threshold
from chipcalc.rules.texts import comparisons
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.expressions import Metric, Operation

_MOST_NUMBERS = 2


def decide(
    case: Case, nodes: Iterable[Criterion], judge: Judge, asked: Asked | None = None
) -> Deciding:
    """Return the facts that decide between the outcomes of some criteria.

    Numbers are cut into cells, at the exact values where some comparison turns; each has one
    outcome. Up to two numbers are varied together, and any circumstances. `asked` names the rules
    that the judgement rests on: what is judged for them once serves every case.
    """
    leaves = list(comparisons(nodes, case.provisions))
    posed = _posed(case, [each for each in leaves if isinstance(each, Threshold)])
    case = case.supposing(posed.sums) if posed.sums else case
    words = {id(each): each for each in leaves if isinstance(each, CircumstanceIs)}
    circumstances = _open_circumstances(words.values(), case)
    unsolved = Deciding(posed.metrics, tuple(circumstances))
    if len(posed.metrics) > _MOST_NUMBERS:
        return unsolved
    try:
        question = Question(case, cells(case, posed.compared, posed.metrics), judge, asked)
        result = question.answer(tuple(circumstances.values()))
    except UnsolvableError:
        return unsolved
    return unsolved._replace(outcomes=tuple(outcomes(result)))


class _Posed(NamedTuple):
    """What some comparisons rest on: the sums that stand for figures, and which are open."""

    nodes: Sequence[Threshold]
    sums: Mapping[Key, Answer]
    compared: tuple[Comparison, ...]
    metrics: tuple[Key, ...]


def _posed(case: Case, thresholds: Sequence[Threshold]) -> _Posed:
    """Return what some comparisons rest on; found once for the figures of an item."""
    kept, asked = Known.of(case.evaluator).posed, tuple(map(id, thresholds))
    if asked not in kept:
        sums = _whole_sums(thresholds, case)
        known = Known.of(case.supposing(sums).evaluator)
        compared = tuple(dict.fromkeys(map(known.comparison, thresholds)))
        metrics = tuple(e for e in known.inputs(compared) if is_open(known.answer(e)))
        kept[asked] = _Posed(thresholds, sums, compared, metrics)
    found: _Posed = kept[asked]
    return found


def _whole_sums(thresholds: Sequence[Threshold], case: Case) -> Mapping[Key, Answer]:
    """Return the sums of several unpublished figures that matter as a whole only.

    Where no rule asks for the links of a chip one by one, their sum is the one thing to know.
    """
    known = Known.of(case.evaluator)
    return dict(_found_sums(tuple(dict.fromkeys(map(known.comparison, thresholds))), case))


def _found_sums(compared: Sequence[Comparison], case: Case) -> Iterator[tuple[Key, Answer]]:
    known = case.evaluator
    names = dict.fromkeys(name for each in compared for name in _sums(each.node.of, case))
    for name in names:
        parts = set(inputs(Metric(name[0], when=dict(name[1])), known.vocabulary, known.given))
        open_parts = {part for part in parts if _is_absent(case, part)}
        given = {*known.given, name}
        rest = {part for e in compared for part in inputs(e.node.of, known.vocabulary, given)}
        if len(open_parts) > 1 and open_parts.isdisjoint(rest):
            yield name, known.figure(name[0], dict(name[1]))


def _sums(metric: Metric, case: Case) -> Iterator[Key]:
    """Yield a metric, and those it is calculated from, as far as they are plain sums."""
    formula = case.evaluator.vocabulary.metric(metric.name).formula
    if isinstance(formula, Operation):
        if _is_sum(metric, case):
            yield key(metric.name, metric.when)
        for operand in formula.operands:
            if isinstance(operand, Metric):
                yield from _sums(operand, case)


def _is_sum(metric: Metric, case: Case) -> bool:
    """Whether a metric adds stated figures, or sums of them, and nothing else."""
    formula = case.evaluator.vocabulary.metric(metric.name).formula
    if formula is None:
        return True
    return (
        isinstance(formula, Operation)
        and formula.operator == "add"
        and all(isinstance(each, Metric) and _is_sum(each, case) for each in formula.operands)
    )


def _is_absent(case: Case, name: Key) -> bool:
    answer = case.evaluator.figure(name[0], dict(name[1]))
    return isinstance(answer, Missing) and answer.kind == "unknown"


def is_open(answer: Answer) -> bool:
    """Whether an input is not known to one value: not published, or a range."""
    if isinstance(answer, Missing):
        return answer.kind in ("unknown", "ambiguous")
    return not answer.value.amount.exact


def _open_circumstances(nodes: Iterable[CircumstanceIs], case: Case) -> dict[str, list[Choices]]:
    """Return the circumstances that are not known, each cut where some criterion cares."""
    found: dict[str, list[Choices]] = {}
    for node in nodes:
        said = several(case.said(node.name))
        if len(said) > 1 or not said[0]:
            known = case.evaluator.vocabulary.circumstances[node.name]
            whole = case.places.all if known.places else tuple(known.values)
            whole = said if len(said) > 1 else whole
            groups = found.get(node.name) or [Choices(node.name, whole)]
            found[node.name] = [part for group in groups for part in _cut(group, node, case)]
    return found


def _cut(group: Choices, node: CircumstanceIs, case: Case) -> Iterator[Choices]:
    """Yield the values of a circumstance in parts that answer alike to a criterion."""
    if case.evaluator.vocabulary.circumstances[node.name].places:
        parts = case.places.cut(group.values, node.values)
        yield from (Choices(group.name, part) for part in parts)
        return
    found: dict[Verdict, list[str]] = {}
    for each in group.values:
        found.setdefault(case.among(node, each), []).append(each)
    yield from (Choices(group.name, tuple(found[each])) for each in Verdict if each in found)
