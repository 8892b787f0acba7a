"""The ends of a figure in every row of a frame, and arithmetic on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import narwhals as nw

from chipcalc.values.units import Quantity

End: TypeAlias = "nw.Expr | float | None"


class Bounds(NamedTuple):
    """Columns with the ends of a figure in base units, as numbers; None where no row has an end."""

    low: End
    high: End


NOTHING = Bounds(None, None)


def constant(quantity: Quantity) -> Bounds:
    """Return the ends of an amount that is the same in every row, in base units."""
    factor = quantity.unit.factor
    amount = quantity.amount
    return Bounds(float(amount.low * factor), float(amount.high * factor))


def same(value: nw.Expr | None) -> Bounds:
    """Return the ends of a figure that is one value in every row, or in none."""
    return Bounds(value, value)


def is_exact(found: Bounds) -> bool:
    """Whether a figure is one value in every row that has it."""
    return found.low is found.high or (isinstance(found.low, float) and found.low == found.high)


def largest(found: Sequence[Bounds]) -> Bounds:
    """Return the largest in each row of what is there; what is not there does not count."""
    lows = [each.low for each in found if isinstance(each.low, nw.Expr)]
    highs = [each.high for each in found if isinstance(each.high, nw.Expr)]
    if lows and all(map(is_exact, found)):
        return same(_greatest(lows))
    return Bounds(_greatest(lows) if lows else None, _greatest(highs) if highs else None)


def _greatest(found: Sequence[nw.Expr]) -> nw.Expr:
    """Return the greatest in each row; some engines take none of one column alone."""
    return nw.max_horizontal(*found) if len(found) > 1 else found[0]


def first(found: Sequence[nw.Expr]) -> nw.Expr:
    """Return the first in each row that is there."""
    return nw.coalesce(*found) if len(found) > 1 else found[0]


def pair(operator: str, one: Bounds, other: Bounds) -> Bounds:
    """Return the ends of arithmetic on amounts that are never negative."""
    if operator == "multiply":
        low, high, how = other.low, other.high, _times
    elif operator == "divide":
        low, high, how = other.high, other.low, _over
    elif operator == "add":
        low, high, how = other.low, other.high, _plus
    else:
        return NOTHING
    if is_exact(one) and is_exact(other):
        value = how(one.low, low)
        return Bounds(value, value)
    return Bounds(how(one.low, low), how(one.high, high))


def _times(one: End, other: End) -> End:
    return None if one is None or other is None else one * other


def _plus(one: End, other: End) -> End:
    return None if one is None or other is None else one + other


def _over(one: End, other: End) -> End:
    """Return a quotient; none where the divisor may be nothing."""
    if one is None or other is None:
        return None
    if isinstance(other, nw.Expr):
        return one / nw.when(other > 0).then(other)
    return one / other if other else None
