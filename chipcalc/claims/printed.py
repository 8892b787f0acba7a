"""What an article prints: an amount, and how it relates to what is computed."""

from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

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
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, compared, every
from chipcalc.values.units import Quantity

RELATIONS = ("less_than", "more_than", "at_least", "at_most", "equals", "about", "between")


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

    `about` needs `within`, the tolerance that the printed digits leave: 1/2 may be anything from
    0.45 to 0.55, say. `equals` leaves none.
    """

    less_than: Amount = None
    more_than: Amount = None
    at_least: Amount = None
    at_most: Amount = None
    equals: Amount = None
    about: Amount = None
    within: Annotated[tuple[Amount, Amount] | None, Field(description="what still counts")] = None
    between: tuple[Amount, Amount] | None = None

    def problems(self) -> Iterator[Problem]:
        """Yield the first thing that is wrong with the whole, with its hint."""
        said = [word for word in RELATIONS if getattr(self, word) is not None]
        if len(said) != 1:
            hint = f"write one of {', '.join(RELATIONS)}"
            yield Problem("a claim states one relation", hint=hint)
        elif (self.about is None) != (self.within is None):
            yield Problem("about and within belong together", hint="add within: [45 %, 55 %]")
        elif self.bounds and not _in_order(self.bounds[0], self.printed, self.bounds[1]):
            hint = "write [lowest, highest] in like units"
            yield Problem("the amounts are not in order", hint=hint)

    @property
    def bounds(self) -> tuple[Quantity, Quantity] | None:
        """Return the least and the greatest amount that agree; none for a one-sided relation."""
        same = None if self.equals is None else (self.equals, self.equals)
        return same or self.within or self.between

    @property
    def printed(self) -> Quantity:
        """Return the figure that the article prints; of two, the first."""
        if self.between:
            lowest: Quantity = self.between[0]
            return lowest
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
