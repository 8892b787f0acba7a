"""The open figures of a case, cut into pieces that have one outcome each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.deciding.cuts import Piece, joint_cuts, pieces, turns
from chipcalc.deciding.outcome import Supposition
from chipcalc.deciding.problem import Problem
from chipcalc.deciding.spans import Axis, apart, described
from chipcalc.figures.figure import Key
from chipcalc.rules.case import Judgement


class Branch(NamedTuple):
    """Values of one figure or circumstance, and what follows from them."""

    where: tuple[Supposition, ...]
    result: Result


Result: TypeAlias = "Judgement | tuple[Branch, ...]"


def result(problem: Problem, given: Mapping[str, str]) -> Result:
    """Return what follows from the open figures under some circumstances.

    The line of a figure is cut wherever a comparison turns: at the value of the figure at which
    a metric is equal to its limit. No verdict changes between two cuts, so that one value stands
    for the whole piece, and each cut is a piece of its own. The case is judged at one value of
    each piece; neighbours with one outcome are joined again.

    With a second open figure, the line of the first is cut besides where the picture along the
    second changes: where two cuts of it meet or pass the end of its range. As a function of the
    first figure, a cut of the second is the quotient of two straight lines; three values of it,
    at the probes 1, 2 and 3, say where it has no value and where it is equal to another one.
    Then the second figure is cut in the same way at one value of each piece of the first. An end
    that moves with the first figure is told as the limit of the metric that is reached there.

    Raises UnsolvableError where cuts cannot be found exactly.
    """
    return _along(problem, problem.free, {}, given)


def _along(
    problem: Problem,
    free: Sequence[Key],
    at: Mapping[Key, Fraction],
    given: Mapping[str, str],
) -> Result:
    """Return what follows from the figures that are still free, others being `at` some values."""
    if not free:
        return problem.judge(problem.case.of(problem.evaluator(at), given))
    first, *rest = free
    axis, cut = _cut(problem, free, at)
    judged = ((each, _along(problem, rest, {**at, first: each.sample}, given)) for each in cut)
    found = list(_joined(axis, judged))
    if all(result == found[0][1] for _, result in found):
        return found[0][1]
    return tuple(Branch(described(axis, piece), result) for piece, result in found)


def _cut(
    problem: Problem, free: Sequence[Key], at: Mapping[Key, Fraction]
) -> tuple[Axis, tuple[Piece, ...]]:
    """Return the line of the first figure and its pieces, cut once whatever the circumstances."""
    asked = (free[0], tuple(at.items()))
    if asked not in problem.cut:
        axis = Axis(problem, free[0], tuple(turns(problem, free[0], at)), at)
        cuts = [each.value for each in axis.turns]
        cuts += joint_cuts(problem, *free[:2]) if len(free) > 1 else ()
        problem.cut[asked] = axis, tuple(pieces(problem, free[0], cuts))
    found: tuple[Axis, tuple[Piece, ...]] = problem.cut[asked]
    return found


def _joined(axis: Axis, judged: Iterator[tuple[Piece, Result]]) -> Iterator[tuple[Piece, Result]]:
    """Yield pieces with their results, neighbours that come to the same as one."""
    last, result = next(judged)
    for piece, following in judged:
        if following == result and not apart(axis, last):
            last = last.joined(piece)
        else:
            yield last, result
            last, result = piece, following
    yield last, result
