"""Numbers as people read them: digits grouped, rounded only where they were computed."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from chipcalc.interval import Interval
from chipcalc.units import Quantity

STATED = 8
COMPUTED = 4
RATIO = 3
_MOST_PLACES = 60


def amount(value: Fraction, digits: int) -> str:
    """Return a number with at least its whole digits and at most `digits` significant ones."""
    return _without_idle_zeros(f"{_rounded(value, digits):,f}")


@lru_cache(maxsize=4096)
def beside(value: Fraction, line: Fraction, digits: int = COMPUTED) -> str:
    """Return a number as it stands beside a line: cut off, never rounded, and never onto it.

    ``2.909…`` for 2368 / 814; 3.19612 beside 3.2 is ``3.196…``; as many digits as it takes to
    tell the two apart.
    """
    exact = _finite(value)
    if exact is not None:
        return exact
    sign, size = ("−" if value < 0 else ""), abs(value)
    places = max(digits - len(str(int(size))), 0)
    while True:
        cut = Fraction(int(size * 10**places), 10**places)
        if cut != abs(line) or places >= _MOST_PLACES:
            shown = f"{int(cut):,}"
            after = f"{int(cut * 10**places) % 10**places:0{places}d}" if places else ""
            return f"{sign}{shown}{'.' if after else ''}{after}…"
        places += 1


def _finite(value: Fraction) -> str | None:
    """Return a number that is short in full; None for one that is not."""
    for places in range(STATED):
        if (value * 10**places).denominator == 1:
            shown = f"{Decimal(int(value * 10**places)).scaleb(-places):,f}"
            return shown.replace("-", "−") if sum(map(str.isdigit, shown)) <= STATED + 1 else None
    return None


@lru_cache(maxsize=4096)
def margin(value: Fraction, line: Fraction) -> str:
    """Return how far a value lies from a line, in per cent of it: ``−1.3 %``."""
    share = (value - line) / line * 100
    digits = 2 if abs(share) < 100 else 3
    shown = _without_idle_zeros(f"{_rounded(abs(share), digits):,f}") if share else "0"
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{shown} %"


def ratio(value: Fraction) -> str:
    """Return a ratio with three significant digits; an exact one without idle zeros."""
    rounded = _rounded(value, RATIO)
    shown = f"{rounded:,f}"
    return _without_idle_zeros(shown) if Fraction(rounded) == value else shown


def _rounded(value: Fraction, digits: int) -> Decimal:
    """Return a number rounded once, to some significant digits but never to fewer than its own."""
    if abs(value) >= 10**digits:
        return Decimal(round(value))
    return Context(prec=digits).divide(Decimal(value.numerator), Decimal(value.denominator))


def _without_idle_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def between(interval: Interval, one: str, other: str) -> str:
    """Return ``400–550``, or one number where both ends read the same."""
    return one if interval.exact or one == other else f"{one}–{other}"


def amounts(interval: Interval, digits: int) -> str:
    """Return an interval of amounts: ``400–550``."""
    return between(interval, amount(interval.low, digits), amount(interval.high, digits))


def ratios(interval: Interval) -> str:
    """Return an interval of ratios: ``1.27–1.75``."""
    return between(interval, ratio(interval.low), ratio(interval.high))


def percent(interval: Interval) -> str:
    """Return an interval of ratios in per cent: ``15.0 %``."""
    return f"{between(interval, _percent(interval.low), _percent(interval.high))} %"


def quantity(value: Quantity, digits: int = STATED) -> str:
    """Return a quantity with its unit: ``3.35 TB/s``; a plain number stands alone."""
    return f"{amounts(value.amount, digits)} {value.unit}".rstrip()


def _percent(value: Fraction) -> str:
    hundred = Decimal(value.numerator) * 100 / Decimal(value.denominator)
    return f"{hundred:,.1f}" if hundred < 100 else f"{hundred:,.0f}"
