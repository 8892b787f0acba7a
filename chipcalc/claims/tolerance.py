"""What a printed figure leaves room for: by its digits, its words, and on which side of a line."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Relation, Verdict, compared, every

Basis: TypeAlias = Literal["digits", "words", "given", "exact"]
_ROUNDED = Fraction(1, 40)  # what ends in zeros may be rounded by so much of itself
_ABOUT = Fraction(1, 20)
_IN_WORDS = Fraction(1, 10)
_BEYOND = Fraction(3, 2)  # what goes further past a line would be printed as another line


class Tolerance(NamedTuple):
    """The amounts that agree with a printed one, both ends included, and what that rests on."""

    low: Fraction
    high: Fraction
    basis: Basis = "digits"


def of_digits(text: str, value: Fraction) -> Tolerance:
    """Return half of the last printed place on both sides: 1.65 to 1.75 for ``1.7``.

    Where a whole number ends in zeros these may be rounded, by a fortieth of it at most.
    """
    digits = re.split("[eE]", text.replace(",", ""))[0]
    number = abs(Fraction(digits))
    _, point, decimals = digits.partition(".")
    half = Fraction(1, 2 * 10 ** len(decimals))
    zeros = 0 if point else len(digits) - len(digits.rstrip("0"))
    if zeros and number:
        half = max(half, min(Fraction(10**zeros, 2), number * _ROUNDED))
    scaled = half * abs(value) / number if number else half
    return Tolerance(value - scaled, value + scaled)


def about(tolerance: Tolerance, value: Fraction) -> Tolerance:
    """Return the tolerance of what is only about a figure: a twentieth of it, or what it leaves."""
    low, high = value * (1 - _ABOUT), value * (1 + _ABOUT)
    return Tolerance(min(low, tolerance.low), max(high, tolerance.high), tolerance.basis)


def in_words(value: Fraction) -> Tolerance:
    """Return the tolerance of a fraction in words: 0.45 to 0.55 for a half."""
    return Tolerance(value * (1 - _IN_WORDS), value * (1 + _IN_WORDS), "words")


def alike(value: Fraction) -> Tolerance:
    """Return the tolerance of two things that are called equal."""
    return Tolerance(value * (1 - _ABOUT), value * (1 + _ABOUT), "words")


class Wanted(NamedTuple):
    """What a figure has to be for a claim to hold: within a tolerance, or past a line.

    `amount` is what is printed, in a unit that the caller knows.
    """

    amount: Fraction
    tolerance: Tolerance | None = None
    bound: Relation | None = None

    def verdict(self, found: Interval) -> Verdict:
        """Return whether a figure agrees; unknown where a range lies on both sides."""
        if self.bound:
            return compared(found, self.bound, exactly(self.amount))
        low, high = self.ends
        return every(
            (compared(found, "at_least", exactly(low)), compared(found, "at_most", exactly(high)))
        )

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Return between which amounts a figure comes out as the one that is printed.

        Past a line that is no further than half as much again.
        """
        if self.bound in ("more_than", "at_least"):
            return self.amount, self.amount * _BEYOND
        if self.bound:
            return self.amount / _BEYOND, self.amount
        if self.tolerance:
            return self.tolerance.low, self.tolerance.high
        return self.amount, self.amount

    def comes_out(self, found: Interval) -> Verdict:
        """Return whether what is printed comes out of a figure; unknown where it may."""
        low, high = self.ends
        inside = every(
            (compared(found, "at_least", exactly(low)), compared(found, "at_most", exactly(high)))
        )
        if self.bound and self.verdict(found) is not Verdict.met:
            return Verdict.not_met if self.verdict(found) is Verdict.not_met else Verdict.unknown
        return inside

    def distance(self, found: Interval) -> Fraction:
        """Return how far the best figure lies from what is printed, as a share of it."""
        return abs(found.best / self.amount - 1) if self.amount else abs(found.best)
