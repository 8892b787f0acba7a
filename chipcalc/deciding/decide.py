"""Deciding facts: for what is not known, the values of it that would settle a verdict, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.deciding.outcome import Choices, Deciding, Judge, Outcome, Supposition
from chipcalc.deciding.pieces import Branch, Result
from chipcalc.deciding.pieces import result as result_of
from chipcalc.deciding.problem import Problem, problem
from chipcalc.deciding.turning_points import UnsolvableError, inputs
from chipcalc.figures.figure import Answer, Key, Missing, key
from chipcalc.rules.case import Case, Judgement, comparisons
from chipcalc.rules.circumstances import several
from chipcalc.rules.criteria import CircumstanceIs, Criterion, Threshold
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Relation, Verdict
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.expressions import Metric, Operation

_MOST_NUMBERS = 2


def decide(case: Case, nodes: Iterable[Criterion], judge: Judge) -> Deciding:
    """Return the facts that decide between the outcomes of some criteria.

    Numbers are cut at the exact values where some comparison turns; every piece between two cuts
    has one outcome, so that a single value of it stands for all. Up to two numbers are varied
    together, and any circumstances.
    """
    leaves = list(dict.fromkeys(_leaves(case, nodes)))
    compared = [each for each in leaves if isinstance(each, _Comparison)]
    sums = dict(_whole_sums(compared, case))
    case = case.supposing(sums) if sums else case
    answers = {
        name: case.evaluator.figure(name[0], dict(name[1])) for name in _inputs(compared, case)
    }
    open_metrics = tuple(name for name, answer in answers.items() if is_open(answer))
    circumstances = _open_circumstances(leaves, case)
    if len(open_metrics) > _MOST_NUMBERS:
        return Deciding(open_metrics, tuple(circumstances))
    posed = problem(case, [each.node for each in compared], answers, open_metrics, judge)
    try:
        result = _over_words(tuple(circumstances.values()), {}, posed)
    except UnsolvableError:
        return Deciding(open_metrics, tuple(circumstances))
    return Deciding(open_metrics, tuple(circumstances), tuple(_outcomes((), result)))


def _whole_sums(compared: Sequence[_Comparison], case: Case) -> Iterator[tuple[Key, Answer]]:
    """Yield the sums of several unpublished figures that matter as a whole only.

    Where no rule asks for the links of a chip one by one, their sum is the one thing to know.
    """
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


def _over_words(
    groups: Sequence[Sequence[Choices]], given: Mapping[str, str], problem: Problem
) -> Result:
    """Return what follows from the circumstances that are not known, one after the other."""
    if not groups:
        return result_of(problem, given)
    first, *rest = groups
    found: dict[Result, Choices] = {}
    for words in first:
        result = _over_words(rest, {**given, words.name: words.values[0]}, problem)
        same = found.get(result)
        found[result] = words._replace(values=(*same.values, *words.values)) if same else words
    if len(found) == 1:
        return next(iter(found))
    return tuple(Branch((words,), result) for result, words in found.items())


def _outcomes(above: tuple[Supposition, ...], result: Result) -> Iterator[Outcome]:
    if isinstance(result, Judgement):
        yield Outcome(above, result)
    else:
        for branch in result:
            yield from _outcomes((*above, *branch.where), branch.result)


class _Comparison(NamedTuple):
    """A comparison, hashable, so that the same one in two rules counts once."""

    of: Key
    relation: Relation
    limit: Fraction
    unit: Unit

    @property
    def node(self) -> Threshold:
        metric = Metric(self.of[0], when=dict(self.of[1]))
        return Threshold(metric, self.relation, Quantity(exactly(self.limit), self.unit))


def _leaves(case: Case, nodes: Iterable[Criterion]) -> Iterator[_Comparison | CircumstanceIs]:
    """Yield comparisons and circumstances, those of rules that are referred to included."""
    for node in comparisons(nodes, case.provisions):
        if isinstance(node, Threshold):
            of = key(node.of.name, node.of.when)
            yield _Comparison(of, node.relation, node.limit.amount.best, node.limit.unit)
        elif isinstance(node, CircumstanceIs):
            yield node


def _inputs(compared: Sequence[_Comparison], case: Case) -> list[Key]:
    known = case.evaluator
    found = (n for each in compared for n in inputs(each.node.of, known.vocabulary, known.given))
    return list(dict.fromkeys(found))


def is_open(answer: Answer) -> bool:
    """Whether an input is not known to one value: not published, or a range."""
    if isinstance(answer, Missing):
        return answer.kind in ("unknown", "ambiguous")
    return not answer.value.amount.exact


def _open_circumstances(
    leaves: Iterable[_Comparison | CircumstanceIs], case: Case
) -> dict[str, list[Choices]]:
    """Return the circumstances that are not known, each cut where some criterion cares."""
    found: dict[str, list[Choices]] = {}
    for node in leaves:
        said = several(case.said(node.name)) if isinstance(node, CircumstanceIs) else ()
        if isinstance(node, CircumstanceIs) and (len(said) > 1 or not said[0]):
            known = case.evaluator.vocabulary.circumstances[node.name]
            whole = case.places.all if known.places else tuple(known.values)
            whole = said if len(said) > 1 else whole
            groups = found.get(node.name) or [Choices(node.name, whole)]
            found[node.name] = [part for group in groups for part in _cut(group, node, case)]
    return found


def _cut(group: Choices, node: CircumstanceIs, case: Case) -> Iterator[Choices]:
    """Yield the values of a circumstance in parts that answer alike to a criterion."""
    found: dict[Verdict, list[str]] = {}
    for each in group.values:
        found.setdefault(case.among(node, each), []).append(each)
    yield from (Choices(group.name, tuple(found[each])) for each in Verdict if each in found)
