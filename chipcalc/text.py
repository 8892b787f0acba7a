"""Numbers as people read them: digits grouped, rounded only where they were computed."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from chipcalc.interval import Interval
from chipcalc.units import Quantity

STATED = 8
COMPUTED = 4
RATIO = 3


def amount(value: Fraction, digits: int) -> str:
    """Return a number with at least its whole digits and at most `digits` significant ones."""
    if not value:
        return "0"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    places = max(0, digits - exact.adjusted() - 1)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, Context(prec=99))
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(value: Fraction) -> str:
    """Return a ratio with three significant digits; an exact one without idle zeros."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    places = max(0, RATIO - exact.adjusted() - 1) if value else 0
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, Context(prec=99))
    is_exact = Fraction(rounded) == value
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if is_exact and "." in text else text


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
