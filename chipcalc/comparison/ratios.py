"""How many times one figure is another, or what bounds that."""

from __future__ import annotations

from chipcalc.figures.figure import Answer, Figure, Missing, operate
from chipcalc.values.interval import Bounds, Interval, exactly
from chipcalc.values.units import ONE


def bounds_of(answer: Answer, base: Answer) -> Bounds | None:
    """Return what the ratio of two answers cannot be below or above, where it is not known."""
    ratio = operate("divide", [answer, base])
    return ratio.bounds(ONE) if isinstance(ratio, Missing) else None


def ratio_of(answer: Answer, base: Answer) -> Interval | None:
    """Return how many times one figure is another; None where there is no such number."""
    if not isinstance(answer, Figure) or not isinstance(base, Figure):
        return None
    if answer.value.unit.dimension != base.value.unit.dimension:
        return None
    try:
        found = (answer.value / base.value).amount
        return exactly(1) if answer is base else found
    except ZeroDivisionError:
        return None
