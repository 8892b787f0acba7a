"""What an article prints: an amount, and how it relates to what is computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

from chipcalc.claims.tolerance import of_digits
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.figures.figure import Answer, Missing
from chipcalc.rules.criteria import SIGNS
from chipcalc.schema.base import Sound
from chipcalc.schema.fields import (
    BeforeValidator,
    Field,
    RefusedError,
    WithJsonSchema,
)
from chipcalc.values import units
from chipcalc.values.exact import decimal_text
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, compared, every
from chipcalc.values.units import Quantity

RELATIONS = (
    "less_than", "more_than", "at_least", "at_most", "equals", "about", "between", "less_by",
    "more_by",
)  # fmt: skip
_SHIFTS = ("less_by", "more_by")


def _quantity(value: Any) -> Any:
    """Read ``10 %``, ``400 W`` or a plain number such as ``0.5``."""
    if not isinstance(value, str):
        what, hint = "one amount belongs here", "write a number with its unit, such as 10 %"
        raise RefusedError(Problem(what, hint=hint))
    try:
        return units.quantity(value)
    except ChipcalcError as fault:
        try:
            return Quantity(exactly(units.number(value)), units.ONE)
        except ChipcalcError:
            raise RefusedError(*fault.problems) from None


Amount: TypeAlias = Annotated[
    Any,
    BeforeValidator(_quantity),
    WithJsonSchema({"type": ["string", "number"], "examples": ["10 %", "400 W", "0.5"]}),
]


class PrintedRelation(Sound):
    """How the printed figure relates to what is computed.

    What is `about` a figure lies `within` a tolerance, which is that of the printed digits where
    none is given: 1.7 is 1.65 to 1.75. `equals` leaves none. `less_by` and `more_by` are what is
    said of a ratio: 85 % less is 15 %, and six times more is seven times.
    """

    less_than: Amount = None
    more_than: Amount = None
    at_least: Amount = None
    at_most: Amount = None
    equals: Amount = None
    about: Amount = None
    within: Annotated[tuple[Amount, Amount] | None, Field(description="what still counts")] = None
    between: tuple[Amount, Amount] | None = None
    less_by: Amount = None
    more_by: Amount = None

    def problems(self) -> Iterator[Problem]:
        """Yield the first thing that is wrong with the whole, with its hint."""
        said = [word for word in RELATIONS if getattr(self, word) is not None]
        if len(said) != 1:
            hint = f"write one of {', '.join(RELATIONS)}"
            yield Problem("a claim states one relation", hint=hint)
        elif self.within and self.about is None:
            yield Problem("within belongs to about", hint="write about: 50 % beside it")
        elif self._shift and self._shift.unit.dimension:
            hint = "write it of a ratio: less_by: 85 %, more_by: 6"
            yield Problem(f"{self._shift} is no share", hint=hint)
        elif self.bounds and not _in_order(self.bounds[0], self.printed, self.bounds[1]):
            hint = "write [lowest, highest] in like units"
            yield Problem("the amounts are not in order", hint=hint)

    @property
    def bounds(self) -> tuple[Quantity, Quantity] | None:
        """Return the least and the greatest amount that agree; none for a one-sided relation."""
        same = None if self.equals is None else (self.equals, self.equals)
        found = same or self.within or self.between
        if found or (self.about is None and not self._shift):
            return found
        said = self.about if self._shift is None else self._shift
        amount = said.amount.best
        by = of_digits(decimal_text(amount), amount)
        ends = [self._shifted(Quantity(exactly(end), said.unit)) for end in (by.low, by.high)]
        low, high = sorted(ends, key=lambda each: each.base.best)
        return low, high

    @property
    def digits(self) -> bool:
        """Whether the tolerance is that of the printed digits."""
        return bool(self.bounds) and not (self.equals or self.within or self.between)

    @property
    def other(self) -> PrintedRelation | None:
        """Return the other sense of so many times more: as many times; none of a share."""
        if self.more_by is None or str(self.more_by.unit) == "%":
            return None
        return PrintedRelation(about=self.more_by)

    @property
    def _shift(self) -> Quantity | None:
        found: Quantity | None = next(filter(None, (getattr(self, e) for e in _SHIFTS)), None)
        return found

    def _shifted(self, value: Quantity) -> Quantity:
        """Return how many times a figure is that is less or more by a share."""
        if self._shift is None:
            return value
        share = value.to(units.ONE).amount
        one = exactly(1)
        return Quantity(one - share if self.less_by is not None else one + share, units.ONE)

    @property
    def printed(self) -> Quantity:
        """Return the figure that the article prints; of two, the first."""
        if self.between:
            lowest: Quantity = self.between[0]
            return lowest
        if self._shift:
            shifted = self._shifted(self._shift)
            return shifted.to(units.unit("%")) if str(self._shift.unit) == "%" else shifted
        said: Quantity = next(filter(None, (getattr(self, word) for word in RELATIONS)))
        return said

    def of(self, answer: Answer) -> Verdict:
        """Return whether a figure stands in this relation, exactly; unknown where there is none.

        Raises ChipcalcError for a figure of another kind than the printed one.
        """
        if isinstance(answer, Missing):
            return Verdict.unknown
        if self.bounds:
            amount, unit = answer.value.amount, answer.value.unit
            low, high = (each.to(unit).amount for each in self.bounds)
            return every((compared(amount, "at_least", low), compared(amount, "at_most", high)))
        word, limit = next((w, getattr(self, w)) for w in SIGNS if getattr(self, w))
        return compared(answer.value.to(limit.unit).amount, word, limit.amount)


def _in_order(low: Quantity, middle: Quantity, high: Quantity) -> bool:
    try:
        amounts = [each.to(low.unit).amount.best for each in (low, middle, high)]
    except ChipcalcError:
        return False
    return amounts == sorted(amounts)
