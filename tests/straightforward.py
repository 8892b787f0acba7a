"""Deciding facts the straightforward way: at every piece, every rule is read anew of the item.

What the program finds of cells is held to this. It has the same cuts, and nothing else of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.deciding import decide as program
from chipcalc.deciding.cuts import Piece, joint_cuts, pieces
from chipcalc.deciding.known import Known
from chipcalc.deciding.outcome import Asked, Choices, Deciding, Judge, Outcome, Supposition
from chipcalc.deciding.problem import Problem, problem
from chipcalc.deciding.spans import Axis, apart, described
from chipcalc.deciding.turning_points import UnsolvableError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Key
from chipcalc.rules.case import Case, Judgement
from chipcalc.rules.criteria import CircumstanceIs, Criterion, Threshold
from chipcalc.rules.texts import comparisons


class Branch(NamedTuple):
    """Values of one figure or circumstance, and what follows from them."""

    where: tuple[Supposition, ...]
    result: Result


Result: TypeAlias = "Judgement | tuple[Branch, ...]"


class Posed(NamedTuple):
    """What is open, and how each piece of it is judged."""

    problem: Problem
    judge: Judge


def decide(
    case: Case,
    nodes: Iterable[Criterion],
    judge: Judge,
    asked: Asked | None = None,  # noqa: ARG001 it is called as the program's own
) -> Deciding:
    """Return the facts that decide between the outcomes of some criteria; `asked` is no matter."""
    leaves = list(comparisons(nodes, case.provisions))
    thresholds = [each for each in leaves if isinstance(each, Threshold)]
    sums = program._whole_sums(thresholds, case)
    case = case.supposing(sums) if sums else case
    known = Known.of(case.evaluator)
    compared = list(dict.fromkeys(map(known.comparison, thresholds)))
    metrics = tuple(each for each in known.inputs(compared) if program.is_open(known.answer(each)))
    circumstances = _open_circumstances(leaves, case)
    unsolved = Deciding(metrics, tuple(circumstances))
    if len(metrics) > 2:
        return unsolved
    posed = Posed(problem(case, compared, metrics), judge)
    try:
        result = _over_words(tuple(circumstances.values()), {}, posed)
    except UnsolvableError:
        return unsolved
    return unsolved._replace(outcomes=tuple(_outcomes((), result)))


def _over_words(
    groups: Sequence[Sequence[Choices]], given: Mapping[str, str], posed: Posed
) -> Result:
    if not groups:
        return _along(posed, posed.problem.free, {}, given)
    first, *rest = groups
    found: dict[Result, Choices] = {}
    for words in first:
        result = _over_words(rest, {**given, words.name: words.values[0]}, posed)
        same = found.get(result)
        found[result] = words._replace(values=(*same.values, *words.values)) if same else words
    if len(found) == 1:
        return next(iter(found))
    return tuple(Branch((words,), result) for result, words in found.items())


def _along(
    posed: Posed, free: Sequence[Key], at: Mapping[Key, Fraction], given: Mapping[str, str]
) -> Result:
    """Return what follows from the figures that are still free, others being `at` some values."""
    if not free:
        return posed.judge(posed.problem.case.of(_evaluator(posed.problem, at), given))
    first, *rest = free
    axis = Axis(posed.problem, first, at)
    cuts = [each.value for each in axis.turns]
    cuts += joint_cuts(posed.problem, *free[:2]) if rest else ()
    cut = list(pieces(posed.problem, first, cuts))
    judged = ((each, _along(posed, rest, {**at, first: each.sample}, given)) for each in cut)
    found = list(_joined(axis, judged))
    if all(result == found[0][1] for _, result in found):
        return found[0][1]
    return tuple(Branch(described(axis, piece), result) for piece, result in found)


def _evaluator(posed: Problem, at: Mapping[Key, Fraction]) -> Evaluator:
    """Return the item with values of its open figures, of which nothing is known yet."""
    known, told = posed.case.evaluator, posed.evaluator(at)
    return Evaluator(known.sheet, known.vocabulary, told.given, known.reading, known.counting)


def _joined(axis: Axis, judged: Iterator[tuple[Piece, Result]]) -> Iterator[tuple[Piece, Result]]:
    last, result = next(judged)
    for piece, following in judged:
        if following == result and not apart(axis, last):
            last = last.joined(piece)
        else:
            yield last, result
            last, result = piece, following
    yield last, result


def _open_circumstances(leaves: Iterable[Criterion], case: Case) -> dict[str, list[Choices]]:
    """Return the circumstances that are not known, each cut where some criterion cares."""
    found: dict[str, list[Choices]] = {}
    for node in leaves:
        said = case.said(node.name).split(",") if isinstance(node, CircumstanceIs) else [""]
        if isinstance(node, CircumstanceIs) and (len(said) > 1 or not said[0]):
            known = case.evaluator.vocabulary.circumstances[node.name]
            whole = case.places.all if known.places else tuple(known.values)
            whole = tuple(said) if len(said) > 1 else whole
            groups = found.get(node.name) or [Choices(node.name, whole)]
            found[node.name] = [part for group in groups for part in _cut(group, node, case)]
    return found


def _cut(group: Choices, node: CircumstanceIs, case: Case) -> Iterator[Choices]:
    verdicts = {each: case.among(node, each) for each in group.values}
    order = ("met", "not met", "unknown")
    for verdict in order:
        alike = tuple(each for each in group.values if verdicts[each] == verdict)
        if alike:
            yield Choices(group.name, alike)


def _outcomes(above: tuple[Supposition, ...], result: Result) -> Iterator[Outcome]:
    if isinstance(result, Judgement):
        yield Outcome(above, result)
    else:
        for branch in result:
            yield from _outcomes((*above, *branch.where), branch.result)
