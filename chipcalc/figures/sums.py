"""Figures put together: sums, so many times one, and the range around two."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chipcalc.figures.counting import Counting
from chipcalc.figures.figure import Answer, Counted, Figure, Missing, Spanned, Summed
from chipcalc.sheets.sheet import worst
from chipcalc.values.interval import exactly, hull
from chipcalc.values.units import Quantity

_ROUNDING = Fraction(2, 100)


def total(figures: Sequence[Figure], how: Summed) -> Figure:
    """Return the sum of several figures; one alone is that figure."""
    if len(figures) == 1:
        return figures[0]
    total = figures[0].value
    for each in figures[1:]:
        total = total + each.value
    label = " + ".join(each.label for each in figures)
    return Figure(total, label, worst(each.status for each in figures), how, tuple(figures))


def either(first: Figure, second: Figure) -> Figure:
    """Return the range around two ways to one figure; the first one's best figure stays."""
    unit = first.value.unit
    amount = hull([first.value.amount, second.value.to(unit).amount])
    parts = (first, second) if first.derived else second.parts
    others = tuple(second.statements())
    agree = not first.derived and amount == first.value.amount
    how = None if agree else Spanned(stated=not first.derived)
    status = first.status if amount == first.value.amount else worst((first.status, second.status))
    return first._replace(
        value=Quantity(amount, unit), status=status, how=how, parts=parts, others=others
    )


def times(figure: Figure, count: int) -> Figure:
    """Return so many times a figure."""
    if count == 1:
        return figure
    value = Quantity(figure.value.amount * exactly(count), figure.value.unit)
    return Figure(value, figure.label, figure.status, Counted(count), (figure,))


def falls_short(added: Figure, whole: Figure) -> bool:
    """Whether a sum over units is below the whole by more than vendors round their totals."""
    most = added.value.to(whole.value.unit).amount.high
    return most * (1 + _ROUNDING) < whole.value.amount.low


def of_parts(whole: Answer, summed: Sequence[Figure], counting: Counting) -> Answer:
    """Return the sum over processing units, and the chip as a whole where that is stated.

    The two differ where a vendor prints a rounded total, or where different units are fastest at
    different formats: then the result is the range between them.
    """
    if not summed:
        return whole
    added = total(summed, Summed("processing units"))
    if isinstance(whole, Figure) and falls_short(added, whole):
        return whole  # some unit's best format is stated for the chip as a whole only
    if isinstance(whole, Missing) and whole.low:
        return whole  # a format that is stated for the whole alone may be the fastest
    if isinstance(whole, Missing) or counting.units == "sum":
        return added
    return either(added, whole)
