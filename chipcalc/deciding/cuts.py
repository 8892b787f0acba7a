"""Where the line of an open figure is cut: at every value at which an outcome may change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import lcm
from typing import NamedTuple

from chipcalc.deciding.known import Comparison
from chipcalc.deciding.problem import Problem
from chipcalc.deciding.turning_points import Curve, UnsolvableError
from chipcalc.figures.figure import Key

_PROBES = (Fraction(1), Fraction(2), Fraction(3))  # the multiples that _poles rests on


class Piece(NamedTuple):
    """A piece of a number line: a point, or all between two points; a high end of None is open."""

    low: Fraction
    high: Fraction | None
    low_included: bool
    high_included: bool

    @property
    def sample(self) -> Fraction:
        """A value within the piece."""
        return self.low + 1 if self.high is None else midway(self.low, self.high)

    def joined(self, following: Piece) -> Piece:
        """Return the piece together with the one that follows it."""
        return self._replace(high=following.high, high_included=following.high_included)


class Turn(NamedTuple):
    """A value of an open figure at which a comparison turns."""

    value: Fraction
    comparison: Comparison


def turns(problem: Problem, free: Key, known: Mapping[Key, Fraction]) -> Iterator[Turn]:
    """Yield where comparisons turn that rest on one open figure, all others being known.

    Raises UnsolvableError where that cannot be found exactly.
    """
    found: dict[Key, Sequence[Curve]] = {}  # the same for all limits of a metric
    for each in problem.comparisons:
        if each.of not in found:
            told = problem.is_told(each, free, known)
            found[each.of] = problem.known.curves(each, free, known) if told else ()
        for curve in found[each.of]:
            for point in curve.reaching(each.limit):
                yield Turn(point, each)


def midway(low: Fraction, high: Fraction) -> Fraction:
    """Return the middle between two numbers."""
    (above, below), (other, under) = low.as_integer_ratio(), high.as_integer_ratio()
    return Fraction(above * under + other * below, 2 * below * under)


def ordered(points: Iterable[Fraction]) -> list[Fraction]:
    """Return numbers from the least on, equal ones once; compared as whole numbers."""
    found = {point.as_integer_ratio(): point for point in points}
    common = lcm(*[below for _, below in found])
    placed = {above * (common // below): point for (above, below), point in found.items()}
    return [placed[each] for each in sorted(placed)]


def pieces(problem: Problem, name: Key, points: Iterable[Fraction]) -> Iterator[Piece]:
    """Yield the range of an open figure in order: each cut, and what lies between two of them."""
    low, high = problem.domain(name)
    inner = [p for p in ordered(points) if p > low and (high is None or p < high)]
    if not problem.positive(name):
        yield Piece(low, low, low_included=True, high_included=True)
    for left, right in pairwise([low, *inner, high]):
        if left is not None and left != right:
            yield Piece(left, right, low_included=False, high_included=False)
        if right is not None and left != right:
            yield Piece(right, right, low_included=True, high_included=True)


def joint_cuts(problem: Problem, first: Key, second: Key) -> Iterator[Fraction]:
    """Yield where the outcomes along the second figure change with the first one.

    That is where a turning point of the second meets the end of its range or a turning point
    of its own, where two turning points meet or one has no value, and where the first alone
    turns a comparison of both. Raises UnsolvableError where a figure stands twice in a
    formula of both, and where two curves may meet more than once: not both are straight
    lines, and they have no value at different places.
    """
    if any({first, second} <= each.on for each in problem.comparisons if each.repeats):
        raise UnsolvableError("an input stands twice, and its metric may rise and fall")
    moving = _moving(problem, second, first)
    curves = [each for each in moving if len(set(each)) > 1]
    levels = [each[0] for each in moving if len(set(each)) == 1]
    levels += [end for end in problem.domain(second) if end is not None]
    for curve in curves:
        yield from _poles(curve)
        for level in levels:
            yield from _zeros([each - level for each in curve])
    for each in _moving(problem, first, second):
        if len(set(each)) == 1:
            yield each[0]
    placed = [(list(_poles(each)), each) for each in curves]
    for (nowhere, one), (other_nowhere, other) in combinations(placed, 2):
        if nowhere != other_nowhere:
            raise UnsolvableError("two curves that are not straight lines")
        yield from _zeros([a - b for a, b in zip(one, other, strict=True)])


def _moving(problem: Problem, free: Key, other: Key) -> list[tuple[Fraction, ...]]:
    """Return the turning points of one figure at three values of another one."""
    found = [list(turns(problem, free, {other: at})) for at in _PROBES]
    if len({tuple(id(turn.comparison) for turn in each) for each in found}) > 1:
        raise UnsolvableError("turning points that come and go")
    return [tuple(turn.value for turn in each) for each in zip(*found, strict=True)]


def _poles(values: Sequence[Fraction]) -> Iterator[Fraction]:
    """Yield where a quotient of two straight lines has no value, from three values of it."""
    first, second, third = values
    bend = first - 2 * second + third
    if bend:
        yield _PROBES[0] * (first - 4 * second + 3 * third) / bend


def _zeros(values: Sequence[Fraction]) -> Iterator[Fraction]:
    """Yield where a quotient of two straight lines is zero, from three values of it."""
    if 0 not in values:
        yield from _poles([1 / each for each in values])
    elif any(values):
        yield _PROBES[values.index(Fraction(0))]
