"""Which ratios are so far from a printed one that they need not be computed exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from chipcalc.claims.printed import PrintedRelation
from chipcalc.figures.figure import Answer, Figure

_Ends: TypeAlias = tuple[float, float]
_SURE = 1e-9  # floats of exact fractions, and their quotients, are wrong by far less than this
_USUAL = Fraction(1, 10**100), Fraction(10**100)  # between these no float overflows or fades


class Far:
    """Tells ratios that a printed relation surely does not hold for, without exact arithmetic.

    Most of the misreadings that are tried come nowhere near the printed figure. What is near, or
    one-sided, or of another kind, is left to exact fractions: nothing holds because of a float.
    """

    def __init__(self, relation: PrintedRelation) -> None:
        low, high = relation.bounds or (None, None)
        plain = not relation.printed.unit.dimension
        self._bounds = _ends(low.base.best, high.base.best) if low and high and plain else None
        self._known: dict[int, tuple[Figure, _Ends | None]] = {}

    def surely(self, sides: Sequence[Answer]) -> bool:
        """Whether the ratio of two sides is surely not, or not known to be, within the bounds."""
        known = [each for each in sides if isinstance(each, Figure)]
        if len(known) < len(sides):
            return True
        if not self._bounds or len(known) != 2 or not _alike(*known):
            return False
        of, to = map(self._floats, known)
        if not of or not to:
            return False
        lowest, highest = self._bounds
        return of[0] / to[1] < lowest * (1 - _SURE) or of[1] / to[0] > highest * (1 + _SURE)

    def _floats(self, figure: Figure) -> _Ends | None:
        """Return the ends of a figure, which is kept, so that its identity stays its own."""
        if id(figure) not in self._known:
            amount = figure.value.base
            self._known[id(figure)] = figure, _ends(amount.low, amount.high)
        return self._known[id(figure)][1]


def _alike(of: Figure, to: Figure) -> bool:
    return of.value.unit.dimension == to.value.unit.dimension


def _ends(low: Fraction, high: Fraction) -> _Ends | None:
    """Return two amounts as floats; None where one is zero, or so small or large as none is."""
    least, most = _USUAL
    return (float(low), float(high)) if least < low <= high < most else None
