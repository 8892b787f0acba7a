"""Money of one currency in another, through the rates of exchange that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chipcalc.errors import error
from chipcalc.figures.figure import Answer, Missing
from chipcalc.values import units
from chipcalc.values.units import Quantity, Unit

_CURRENCY = "currency_"


class NeedsRate(NamedTuple):
    """What a figure lacks to be compared: a rate of exchange between two currencies."""

    one: str
    other: str

    @property
    def because(self) -> str:
        """Return what is lacking in words."""
        return f"a rate of exchange between {self.one} and {self.other}"

    @property
    def missing(self) -> Missing:
        """Return the lack of the figure itself."""
        return Missing("unknown", self.because)


def is_exchange(rate: Unit) -> bool:
    """Whether a unit is one currency for another, and nothing else."""
    powers = [power for name, power in rate.dimension if name.startswith(_CURRENCY)]
    return sorted(powers) == [-1, 1] and len(powers) == len(rate.dimension)


def rate(text: str) -> Quantity:
    """Return the rate of exchange that a text writes; raises ChipcalcError for anything else."""
    found = units.quantity(text)
    if not is_exchange(found.unit) or found.amount.best <= 0:
        raise error(f"'{text}' is no rate of exchange", "write for example --rate '7.2 CNY/USD'")
    return found


def exchanges(amount: Quantity, rates: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield an amount of money through each rate of exchange, either way round."""
    for rate in rates:
        yield amount * rate
        yield amount / rate


def exchanged(figure: Answer, unit: Unit, rates: Iterable[Quantity]) -> Answer | NeedsRate:
    """Return a figure in the currency of a unit, or between which two a rate is lacking.

    A figure that differs in more than its currency comes back as it is.
    """
    if isinstance(figure, Missing) or figure.value.unit.dimension == unit.dimension:
        return figure
    for value in exchanges(figure.value, rates):
        if value.unit.dimension == unit.dimension:
            return figure._replace(value=value.to(unit))
    return lacking_rate(figure.value.unit, unit) or figure


def lacking_rate(unit: Unit, other: Unit) -> NeedsRate | None:
    """Return between which currencies a rate is lacking where two units differ in these alone."""
    quotient = unit / other
    if not is_exchange(quotient):
        return None
    one, second = (name.removeprefix(_CURRENCY) for name, _ in quotient.dimension)
    return NeedsRate(one, second)
