"""A piece of an open figure, told as values of what the rules compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from chipcalc.deciding.cuts import Piece, Turn, midway, ordered, turns
from chipcalc.deciding.known import Ratio
from chipcalc.deciding.outcome import Span
from chipcalc.deciding.problem import Problem
from chipcalc.deciding.turning_points import UnsolvableError
from chipcalc.figures.figure import Key, key


class Axis:
    """One open figure, where comparisons turn along it, and `at` which values of another one."""

    def __init__(self, problem: Problem, name: Key, at: Mapping[Key, Fraction]) -> None:
        self.problem = problem
        self.name = name
        self.at = at
        self.turns = tuple(turns(problem, name, at))
        self._ends = {each.as_integer_ratio() for each in problem.domain(name) if each is not None}

    @cached_property
    def _turning(self) -> Mapping[Ratio, Sequence[Turn]]:
        """What turns at each value."""
        found: dict[Ratio, list[Turn]] = {}
        for each in self.turns:
            found.setdefault(each.value.as_integer_ratio(), []).append(each)
        return found

    def turning(self, end: Fraction) -> Sequence[Turn]:
        """Return what turns at a value."""
        return self._turning.get(end.as_integer_ratio(), ())

    def moves(self, end: Fraction) -> bool:
        """Whether an end of a piece moves with the other open figure."""
        turning = self.turning(end)
        fixed = any(each.comparison.on.isdisjoint(self.at) for each in turning)
        return bool(turning) and not fixed and end.as_integer_ratio() not in self._ends

    @cached_property
    def _points(self) -> Sequence[Fraction]:
        domain = [each for each in self.problem.domain(self.name) if each is not None]
        return ordered([*(each.value for each in self.turns), *domain])

    @cached_property
    def _places(self) -> Mapping[Ratio, int]:
        return {each.as_integer_ratio(): place for place, each in enumerate(self._points)}

    def beside(self, end: Fraction, *, below: bool) -> Fraction:
        """Return a value next to an end, with nothing that turns in between."""
        place = self._places[end.as_integer_ratio()]
        if below:
            return midway(self._points[place - 1], end)
        last = place + 1 == len(self._points)
        return end + 1 if last else midway(end, self._points[place + 1])


def described(axis: Axis, piece: Piece) -> tuple[Span, ...]:
    """Return a piece as values of what the rules compare, where they hold whatever the other is.

    An end that moves with the other open figure, such as the die area at which a density is
    reached, is told as the limit of the metric that the rule compares.
    """
    spans: dict[Key, Span] = {}
    for span in (_low(axis, piece), _high(axis, piece)):
        known = spans.get(span.metric)
        spans[span.metric] = _narrowed(known, span) if known else span
    bounded = tuple(s for s in spans.values() if s.low is not None or s.high is not None)
    return bounded or tuple(spans.values())


def apart(axis: Axis, piece: Piece) -> bool:
    """Whether a piece is a point that a metric of both open figures is not defined at."""
    if piece.low != piece.high:
        return False
    there = {**axis.at, axis.name: piece.low}
    joint = [e for e in axis.problem.comparisons if axis.name in e.on and e.on & axis.at.keys()]
    return any(axis.problem.side(each, there) is None for each in joint)


def _low(axis: Axis, piece: Piece) -> Span:
    """Return the low end of a piece; nothing lies below zero, where zero is in it or nowhere."""
    if axis.moves(piece.low):
        return _told(axis, piece.low, included=piece.low_included, below=piece.low_included)
    zero_counts = piece.low_included or axis.problem.positive(axis.name)
    whole = piece.low == 0 and piece.high != 0 and zero_counts
    return _lower(axis, axis.name, None if whole else piece.low, included=piece.low_included)


def _high(axis: Axis, piece: Piece) -> Span:
    if piece.high is not None and axis.moves(piece.high):
        return _told(axis, piece.high, included=piece.high_included, below=not piece.high_included)
    return _upper(axis, axis.name, piece.high, included=piece.high_included)


def _told(axis: Axis, end: Fraction, *, included: bool, below: bool) -> Span:
    """Return an end that moves as the limit of a metric that leaves it there.

    A value next to the end tells on which side the metric lies: one in the piece, or outside
    where the end is included.
    """
    problem = axis.problem
    beside = {**axis.at, axis.name: axis.beside(end, below=below)}
    there = {**axis.at, axis.name: end}
    for turn in axis.turning(end):
        node = turn.comparison.node
        side = problem.side(turn.comparison, beside)
        if side and problem.side(turn.comparison, there) == 0:
            told = _lower if (side > 0) != included else _upper
            of = key(node.of.name, node.of.when)
            return told(axis, of, node.limit.base.best, included=included)
    raise UnsolvableError("an end that no metric tells")


def _lower(axis: Axis, metric: Key, end: Fraction | None, *, included: bool) -> Span:
    unit = axis.problem.unit(metric)
    low = None if end is None else end / unit.factor
    return Span(metric, unit, low, None, low_included=included)


def _upper(axis: Axis, metric: Key, end: Fraction | None, *, included: bool) -> Span:
    unit = axis.problem.unit(metric)
    high = None if end is None else end / unit.factor
    return Span(metric, unit, None, high, high_included=included)


def _narrowed(first: Span, second: Span) -> Span:
    if second.low is not None:
        first = first._replace(low=second.low, low_included=second.low_included)
    if second.high is not None:
        first = first._replace(high=second.high, high_included=second.high_included)
    return first
