"""Exact arithmetic on intervals of non-negative amounts, each with its best single figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Interval:
    """All amounts from `low` to `high`, both included; `best` is the figure to quote alone.

    The numbers are exact fractions: 2368 / 814 has no finite decimal form, and nothing may be
    rounded before it is compared. The operations are those of amounts that are not negative, so
    that each end of a result comes from one end of each operand.
    """

    low: Fraction
    best: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low is self.best is self.high:
            return
        if not self.low <= self.best <= self.high:
            raise ValueError(f"not in order: {self.low}, {self.best}, {self.high}")

    @property
    def exact(self) -> bool:
        """Whether the interval is a single amount."""
        return self.low is self.high or self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        if self.exact and other.exact:
            return exactly(self.best + other.best)
        return Interval(self.low + other.low, self.best + other.best, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.best - other.best, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        if self.exact and other.exact:
            return exactly(self.best * other.best)
        if self.low.numerator >= 0 and other.low.numerator >= 0:
            return Interval(self.low * other.low, self.best * other.best, self.high * other.high)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), self.best * other.best, max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotient; raises ZeroDivisionError when the divisor may be zero."""
        if other.low.numerator <= 0 <= other.high.numerator:
            raise ZeroDivisionError("the divisor may be zero")
        if self.exact and other.exact:
            return exactly(self.best / other.best)
        if self.low.numerator >= 0 and other.low.numerator >= 0:
            return Interval(self.low / other.high, self.best / other.best, self.high / other.low)
        return self * Interval(1 / other.high, 1 / other.best, 1 / other.low)


class Bounds(NamedTuple):
    """What an unpublished amount cannot be below, and not above; an end of None is open."""

    low: Fraction | None
    high: Fraction | None


def exactly(number: Fraction | int) -> Interval:
    """Return the interval that holds one amount only."""
    amount = number if isinstance(number, Fraction) else Fraction(number)
    return Interval(amount, amount, amount)


def smallest(intervals: Iterable[Interval]) -> Interval:
    """Return the interval of the least of several amounts."""
    items = list(intervals)
    return Interval(
        min(i.low for i in items), min(i.best for i in items), min(i.high for i in items)
    )


def largest(intervals: Iterable[Interval]) -> Interval:
    """Return the interval of the greatest of several amounts."""
    items = list(intervals)
    return Interval(
        max(i.low for i in items), max(i.best for i in items), max(i.high for i in items)
    )


def hull(intervals: Iterable[Interval]) -> Interval:
    """Return the narrowest interval around all of them; the first one's best figure stays."""
    items = list(intervals)
    if len(items) == 1:
        return items[0]
    return Interval(min(i.low for i in items), items[0].best, max(i.high for i in items))
