"""Numbers as people read them: digits grouped, rounded only where they were computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import TypeAlias

from chipcalc.errors import Problem, clipped
from chipcalc.values.exact import COMPUTED, is_sizeable
from chipcalc.values.interval import Bounds, Interval
from chipcalc.values.units import Quantity, Unit, UnitError

_EXACT = re.compile(r"-?[0-9]{1,2000}(?:\.[0-9]{1,2000}|/(?=0*[1-9])[0-9]{1,2000})?")
STATED_DIGITS = 8
COMPUTED_DIGITS = 4
RATIO_DIGITS = 3
_JUST = Fraction(1, 1000)  # of a per cent
Ratio: TypeAlias = tuple[int, int]


def amount(value: Fraction, digits: int) -> str:
    """Return a number with at least its whole digits and at most `digits` significant ones."""
    return _without_idle_zeros(f"{_rounded(value, digits):,f}")


def beside(value: Fraction, line: Fraction, digits: int = COMPUTED_DIGITS) -> str:
    """Return a number as it stands beside a line: cut off, never rounded, and never onto it.

    ``2.909…`` for 2368 / 814; 3.19612 beside 3.2 is ``3.196…``; as many digits as it takes to
    show on which side of the line it lies. A number that is on the line stands there in full.
    """
    return _beside(value.as_integer_ratio(), line.as_integer_ratio(), digits)


@lru_cache(maxsize=4096)
def _beside(of: Ratio, at: Ratio, digits: int) -> str:
    """Return the same for whole numbers above and below: to hash a fraction takes longer."""
    value, line = Fraction(*of), Fraction(*at)
    full = _in_full(value)
    if full and (
        value == line or value.denominator == 1 or _significant(full) <= STATED_DIGITS + 1
    ):
        return full
    size, places = abs(value), _places(abs(value), digits)
    while _side(_cut(value, places), line) != _side(value, line) and value != line:
        places += 1
    top = int(size * 10**places)
    after = f".{top % 10**places:0{places}d}" if places else ""
    return f"{'−' if value < 0 else ''}{top // 10**places:,}{after}…"


def _in_full(value: Fraction) -> str:
    """Return a number with all of its digits; nothing for one whose digits never end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return ""
    places = max(twos, fives)
    top = abs(int(value * 10**places))
    after = f".{top % 10**places:0{places}d}" if places else ""
    return f"{'−' if value < 0 else ''}{top // 10**places:,}{after}"


def _significant(number: str) -> int:
    return len(re.sub("[^0-9]", "", number).lstrip("0"))


def _places(size: Fraction, digits: int) -> int:
    """Return after how many decimals a number has shown some digits, leading zeros aside."""
    if size >= 1:
        return max(digits - len(str(int(size))), 0)
    return digits + next(zeros for zeros in count() if size * 10 ** (zeros + 1) >= 1)


def _cut(value: Fraction, places: int) -> Fraction:
    return Fraction(int(value * 10**places), 10**places)


def _side(value: Fraction, line: Fraction) -> int:
    """Return on which side of a line a value lies: −1, 0 or 1."""
    return (value > line) - (value < line)


def margin(value: Fraction, line: Fraction) -> str:
    """Return how far a value lies from a line, in per cent of it: ``−1.3 %``, ``just below``."""
    return _margin(value.as_integer_ratio(), line.as_integer_ratio())


@lru_cache(maxsize=4096)
def _margin(of: Ratio, at: Ratio) -> str:
    value, line = Fraction(*of), Fraction(*at)
    share = (value - line) / abs(line) * 100
    if not share:
        return "0 %"
    if abs(share) < _JUST:
        return "just above" if share > 0 else "just below"
    digits = 2 if abs(share) < 100 else 3
    return (
        f"{'+' if share > 0 else '−'}{_off_a_hundred(abs(share), _rounded(abs(share), digits))} %"
    )


def _off_a_hundred(share: Fraction, rounded: Decimal) -> str:
    """Return a rounded share; one that would be rounded onto a hundred is cut off instead."""
    if rounded == 100 and share != 100:
        return beside(share, Fraction(100))
    return _without_idle_zeros(f"{rounded:,f}")


def ratio(value: Fraction) -> str:
    """Return a ratio with three significant digits; an exact one without idle zeros."""
    return _shown(value, RATIO_DIGITS)


def _shown(value: Fraction, digits: int, rounding: str = ROUND_HALF_EVEN) -> str:
    rounded = _rounded(value, digits, rounding)
    shown = f"{rounded:,f}"
    return _without_idle_zeros(shown) if Fraction(rounded) == value else shown


def _rounded(value: Fraction, digits: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Return a number rounded once, to some significant digits but never to fewer than its own."""
    digits = max(digits, len(str(int(abs(value)))))
    context = Context(prec=digits, rounding=rounding)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _without_idle_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def between(interval: Interval, one: str, other: str) -> str:
    """Return ``400–550``, or one number where both ends read the same."""
    return one if interval.exact or one == other else f"{one}–{other}"


def amounts(interval: Interval, digits: int) -> str:
    """Return an interval of amounts: ``400–550``."""
    return between(interval, amount(interval.low, digits), amount(interval.high, digits))


def bounds(found: Bounds, digits: int) -> str:
    """Return what an amount is at least, at most, or both: ``≤ 560``; rounded outwards only.

    One that has few digits keeps them all: ``≤ 4,799.2`` is not on the line of 4,800.
    """

    def shown(value: Fraction, way: str) -> str:
        full = _in_full(value)
        return (
            full if full and _significant(full) <= STATED_DIGITS else _outwards(value, digits, way)
        )

    return _between_ends(found, shown)


def _outwards(value: Fraction, digits: int, way: str) -> str:
    return _without_idle_zeros(f"{_rounded(value, digits, way):,f}")


def _between_ends(found: Bounds, show: Callable[[Fraction, str], str]) -> str:
    low = "" if found.low is None else show(found.low, ROUND_FLOOR)
    high = "" if found.high is None else show(found.high, ROUND_CEILING)
    if low and high:
        return low if low == high else f"{low}–{high}"
    return f"≥\N{NO-BREAK SPACE}{low}" if low else f"≤\N{NO-BREAK SPACE}{high}"


def ratio_bounds(found: Bounds) -> str:
    """Return what a ratio is at least, at most, or both: ``≤ 4.41``; rounded outwards only."""
    return _between_ends(found, lambda value, way: _shown(value, RATIO_DIGITS, way))


def percent_bounds(found: Bounds) -> str:
    """Return the bounds of a ratio in per cent: ``≤ 441 %``."""
    low, high = (None if each is None else each * 100 for each in found)
    return f"{_between_ends(Bounds(low, high), lambda e, way: _outwards(e, RATIO_DIGITS, way))} %"


def ratios(interval: Interval) -> str:
    """Return an interval of ratios: ``1.27–1.75``."""
    return between(interval, ratio(interval.low), ratio(interval.high))


def percent(interval: Interval) -> str:
    """Return an interval of ratios in per cent: ``15.0 %``."""
    return f"{between(interval, _percent(interval.low), _percent(interval.high))} %"


def quantity(value: Quantity, digits: int = STATED_DIGITS) -> str:
    """Return a quantity with its unit: ``3.35 TB/s``; a plain number stands alone."""
    return f"{amounts(value.amount, digits)} {value.unit}".rstrip()


def stated_digits(stated: Unit, shown: Unit) -> int:
    """Return how many digits show what a source states: all, but in another unit the computed ones.

    Units of one kind that differ by a power of ten alone, as GB and TB do, count as one unit;
    32 GiB are 34.36 GB, not 34.359738.
    """
    factor = stated.factor / shown.factor
    ten = set(f"{factor.numerator}{factor.denominator}") <= set("10")
    alike = stated.dimension != shown.dimension or (ten and 1 in factor.as_integer_ratio())
    return STATED_DIGITS if alike else COMPUTED_DIGITS


def _percent(value: Fraction) -> str:
    hundred = Decimal(value.numerator) * 100 / Decimal(value.denominator)
    shown = f"{hundred:,.1f}" if hundred < 100 else f"{hundred:,.0f}"
    onto = Fraction(shown.replace(",", "")) == 100 and value != 1
    return beside(value * 100, Fraction(100)) if onto else shown


def read_exact(text: object) -> Fraction:
    """Return the number that `exact_text` has written; raises UnitError for anything else."""
    if isinstance(text, str) and _EXACT.fullmatch(text):
        found = Fraction(text)
        if is_sizeable(found, COMPUTED):
            return found
    what = f"'{clipped(str(text))}' is not a number"
    raise UnitError(Problem(what, hint="write digits, or a fraction"))
