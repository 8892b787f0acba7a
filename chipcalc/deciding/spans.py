"""A piece of an open figure, told as values of what the rules compare."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from chipcalc.deciding.cuts import Piece, Turn
from chipcalc.deciding.outcome import Span
from chipcalc.deciding.problem import Problem
from chipcalc.deciding.turning_points import UnsolvableError
from chipcalc.figures.figure import Key, key


class Axis(NamedTuple):
    """One open figure, where comparisons turn along it, and `at` which values of another one."""

    problem: Problem
    name: Key
    turns: tuple[Turn, ...]
    at: Mapping[Key, Fraction]


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
    return any(axis.problem.metric_at(each.node, there) is None for each in joint)


def _low(axis: Axis, piece: Piece) -> Span:
    """Return the low end of a piece; nothing lies below zero, where zero is in it or nowhere."""
    if _moves(axis, piece.low):
        return _told(axis, piece.low, included=piece.low_included, below=piece.low_included)
    zero_counts = piece.low_included or axis.problem.positive(axis.name)
    whole = piece.low == 0 and piece.high != 0 and zero_counts
    return _lower(axis, axis.name, None if whole else piece.low, included=piece.low_included)


def _high(axis: Axis, piece: Piece) -> Span:
    if piece.high is not None and _moves(axis, piece.high):
        return _told(axis, piece.high, included=piece.high_included, below=not piece.high_included)
    return _upper(axis, axis.name, piece.high, included=piece.high_included)


def _moves(axis: Axis, end: Fraction) -> bool:
    """Whether an end of a piece moves with the other open figure."""
    turning = [each.comparison.on for each in axis.turns if each.value == end]
    fixed = any(names.isdisjoint(axis.at) for names in turning)
    return bool(turning) and not fixed and end not in axis.problem.domain(axis.name)


def _told(axis: Axis, end: Fraction, *, included: bool, below: bool) -> Span:
    """Return an end that moves as the limit of a metric that leaves it there.

    A value next to the end tells on which side the metric lies: one in the piece, or outside
    where the end is included.
    """
    beside = _beside(axis, end, below=below)
    for turn in axis.turns:
        if turn.value != end:
            continue
        node = turn.comparison.node
        edge = node.limit.base.best
        value = axis.problem.metric_at(node, {**axis.at, axis.name: beside})
        at_limit = axis.problem.metric_at(node, {**axis.at, axis.name: end}) == edge
        if at_limit and value is not None and value != edge:
            side = _lower if (value > edge) != included else _upper
            return side(axis, key(node.of.name, node.of.when), edge, included=included)
    raise UnsolvableError("an end that no metric tells")


def _beside(axis: Axis, end: Fraction, *, below: bool) -> Fraction:
    """Return a value next to an end, with nothing that turns in between."""
    domain = [each for each in axis.problem.domain(axis.name) if each is not None]
    cuts = [*(each.value for each in axis.turns), *domain]
    if below:
        return (max(each for each in cuts if each < end) + end) / 2
    return (min((each for each in cuts if each > end), default=end + 2) + end) / 2


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
