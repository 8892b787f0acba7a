"""The one unit registry: unit texts become exact factors and dimensions, or a clear error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.snapshot.reading import snapshot
from chipcalc.values import hints, powers
from chipcalc.values.exact import COMPUTED, STATED, decimal_text, is_sizeable
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Relation, Verdict, agreed, compared
from chipcalc.values.powers import Powers

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_LEADING_NUMBER = re.compile(
    r"\s*(?P<number>[^\s%A-Za-zµ°/*^()]*(?:[eE][+-]?[0-9]+)?)\s*(?P<unit>.*)", re.DOTALL
)
_FACTOR = re.compile(r"(?P<name>[A-Za-z_%]+)(?:(?P<sign>\^|\*\*)?(?P<power>(?(sign)-?)[1-9]))?")
_SUPERSCRIPTS = str.maketrans({"²": "^2", "³": "^3", "·": "*", "×": "*", "µ": "u"})
_SPACED_SIGN = re.compile(r"\s*([*/()^])\s*")
_LONGEST_NUMBER = 60
_LONGEST_UNIT = 60
_NO_USE = f"write an amount from 1e-{STATED} to 1e{STATED}"


class UnitError(ChipcalcError):
    """A unit or a quantity that cannot be read, or two that do not fit together."""


def _refusal(what: str, hint: str) -> UnitError:
    return UnitError(Problem(what, hint=hint))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement, such as GB/s: its parts, its size and its dimension.

    `parts` are the named units with their powers, in the order they were written; `factor` is
    the exact number of base units in one of it; `dimension` is sorted by name.
    """

    parts: Powers
    factor: Fraction
    dimension: Powers

    def __str__(self) -> str:
        """Return the unit as it is printed: ``TOPS·bit/mm²``."""
        return powers.printed(self.parts)

    @property
    def text(self) -> str:
        """Return the unit as a file or a command line takes it: ``TOPS*bit/mm^2``."""
        return str(self).replace("·", "*").replace("²", "^2").replace("³", "^3").replace(" ", "_")

    def __hash__(self) -> int:
        return hash(self.parts)  # that of a fraction is slow

    def __mul__(self, other: Unit) -> Unit:
        return _product(self, other)

    def __truediv__(self, other: Unit) -> Unit:
        return _quotient(self, other)

    def from_base(self, amount: Interval) -> Quantity:
        """Return an amount that is in base units, such as bits per second, in this unit."""
        return Quantity(amount * exactly(1 / self.factor), self)

    def with_part(self, part: Unit) -> Unit:
        """Return the same unit, written with another name for one of its parts, TFLOPS for TOPS.

        Prefixes stay: with TFLOPS, GOPS becomes GFLOPS.
        """
        own = part.parts[0][0]
        parts = tuple((_renamed(name, own), power) for name, power in self.parts)
        return Unit(parts, self.factor, self.dimension)


@lru_cache(maxsize=1024)
def _product(one: Unit, other: Unit) -> Unit:
    return Unit(
        powers.combined(one.parts, other.parts),
        one.factor * other.factor,
        powers.ordered(powers.combined(one.dimension, other.dimension)),
    )


@lru_cache(maxsize=1024)
def _quotient(one: Unit, other: Unit) -> Unit:
    parts, dimension = powers.inverse(other.parts), powers.inverse(other.dimension)
    return _product(one, Unit(parts, 1 / other.factor, dimension))


ONE = Unit((), Fraction(1), ())


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, exact or between two ends, in a unit."""

    amount: Interval
    unit: Unit

    def __str__(self) -> str:
        """Return the quantity in full, as a file or a command line takes it: ``3.35 TB/s``."""
        low, high = decimal_text(self.amount.low), decimal_text(self.amount.high)
        return f"{low if low == high else f'{low}–{high}'} {self.unit.text}".rstrip()

    def __repr__(self) -> str:
        return f"Quantity({self})"

    def __float__(self) -> float:
        """Return the best figure, rounded to the nearest float."""
        return float(self.amount.best)

    def compared(self, relation: Relation, limit: Quantity) -> Verdict:
        """Return whether all of the quantity stands in a relation to all of a limit, or none does.

        Raises UnitError where the two have different dimensions.
        """
        line = limit.to(self.unit).amount
        return agreed(
            compared(self.amount, relation, exactly(end)) for end in (line.low, line.high)
        )

    def __lt__(self, other: Quantity) -> Verdict:
        return self.compared("less_than", other)

    def __le__(self, other: Quantity) -> Verdict:
        return self.compared("at_most", other)

    def __gt__(self, other: Quantity) -> Verdict:
        return self.compared("more_than", other)

    def __ge__(self, other: Quantity) -> Verdict:
        return self.compared("at_least", other)

    @property
    def base(self) -> Interval:
        """The amount in base units, such as bits per second, that any unit of its kind has."""
        factor, amount = self.unit.factor, self.amount
        if amount.exact:
            return exactly(amount.best * factor)
        return Interval(amount.low * factor, amount.best * factor, amount.high * factor)

    def to(self, unit: Unit) -> Quantity:
        """Return the same quantity in another unit; raises UnitError where it does not fit."""
        if unit is self.unit:
            return self
        if unit.dimension != self.unit.dimension:
            raise mismatch(self.unit, unit)
        if unit.factor == self.unit.factor:
            return Quantity(self.amount, unit)
        return Quantity(self.amount * exactly(self.unit.factor / unit.factor), unit)

    def __add__(self, other: Quantity) -> Quantity:
        if other.unit.dimension != self.unit.dimension:
            raise mismatch(self.unit, other.unit)
        return Quantity(self.amount + other.to(self.unit).amount, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        if other.unit.dimension != self.unit.dimension:
            raise mismatch(self.unit, other.unit)
        return Quantity(self.amount - other.to(self.unit).amount, self.unit)

    def __mul__(self, other: Quantity) -> Quantity:
        return _simplified(Quantity(self.amount * other.amount, self.unit * other.unit))

    def __truediv__(self, other: Quantity) -> Quantity:
        if self.unit.dimension == other.unit.dimension:
            return sizeable(Quantity(self.amount / other.to(self.unit).amount, ONE))
        return _simplified(Quantity(self.amount / other.amount, self.unit / other.unit))


@cache
def unit(text: str) -> Unit:
    """Return the unit that a text such as ``TB/s`` or ``TOPS*bit/mm^2`` names.

    Raises UnitError with the nearest spelling for a name that is not in specs/units.txt, for a
    plural, and for anything that is not a product of powers of names.
    """
    plain = _SPACED_SIGN.sub(r"\1", text.strip().translate(_SUPERSCRIPTS))
    if not plain or len(plain) > _LONGEST_UNIT:
        raise UnitError(
            Problem(
                f"'{_clipped(text)}' is not a unit", hint="write one such as GB/s, TOPS, W or mm^2"
            )
        )
    above, *below = plain.split("/")
    if len(below) > 1:
        raise UnitError(Problem(f"'{text}' divides twice", hint=hints.for_division(above, below)))
    result = ONE
    for name, power in _factors(above, text) if above != "1" else ():
        result = result * _named(name, power, text)
    for name, power in _factors(below[0], text) if below else ():
        result = result * _named(name, -power, text)
    if not is_sizeable(result.factor):
        raise _refusal(f"'{_clipped(text)}' is too large or too small a unit", _NO_USE)
    return result


def sizeable(value: Quantity, said: str = "") -> Quantity:
    """Return a quantity; raises UnitError where it is of no size that an amount may have.

    `said` is how it was written; it is a result where that is empty.
    """
    amount, factor = value.amount, value.unit.factor
    power = STATED if said else COMPUTED
    if all(is_sizeable(each * factor, power) for each in (amount.low, amount.best, amount.high)):
        return value
    what = f"'{_clipped(said.strip())}' is" if said else "the result is"
    hint = _NO_USE if said else "compute with smaller and larger amounts"
    raise _refusal(f"{what} too large or too small for an amount", hint)


def number(text: str) -> Fraction:
    """Return the exact number that a text such as ``3.35`` or ``2.4e3`` writes.

    Raises UnitError for thousands separators, decimal commas, NaN, infinity, digits other than
    0 to 9, anything longer than a figure can be, and a size that no amount has.
    """
    plain = text.strip()
    if len(plain) <= _LONGEST_NUMBER and _NUMBER.fullmatch(plain):
        value = Fraction(plain)
        if is_sizeable(value):
            return value
        raise _refusal(f"'{_clipped(text)}' is too large or too small for an amount", _NO_USE)
    raise UnitError(
        Problem(
            f"'{_clipped(text)}' is not a number", hint=hints.for_number(plain, _NUMBER.fullmatch)
        )
    )


def plain(value: Fraction | int) -> Quantity:
    """Return a plain number as a quantity without a unit."""
    return Quantity(exactly(value), ONE)


def ranged(value: Fraction, ends: tuple[Fraction, Fraction] | None, unit: Unit) -> Quantity:
    """Return an amount, or the range around it where there is one, as a quantity."""
    low, high = ends or (value, value)
    return Quantity(Interval(low, value, high), unit)


def quantity(text: str) -> Quantity:
    """Return the quantity that a text such as ``3.35 TB/s`` writes; raises UnitError."""
    match = _LEADING_NUMBER.fullmatch(text)
    written = match["number"] if match else ""
    if match is None or not any(c.isdigit() for c in written):
        raise _refusal(
            f"'{_clipped(text)}' is not a quantity", "write a number and a unit, such as 3.35 TB/s"
        )
    amount = number(written)
    if not match["unit"].strip():
        raise _refusal(
            f"'{_clipped(text.strip())}' has no unit", f"write for example '{written} GB/s'"
        )
    return sizeable(Quantity(exactly(amount), unit(match["unit"])), text)


def mismatch(first: Unit, second: Unit) -> UnitError:
    """Return the error that says what each of two units measures."""
    hint = "compare like with like"
    step = hints.one_step(first.dimension, second.dimension, resolved)
    if step is not None:
        name, power = step
        verb, fitting = "multiplied" if power > 0 else "divided", first * _named(name, power, name)
        hint = f"'{first}' {verb} by {name} is '{fitting}', which would fit"
    return _refusal(f"{_described(first)}, but {_described(second)}", hint)


def kind(one: Unit) -> str:
    """Return what a unit measures, in words: ``information per time``."""
    return powers.in_words(one.dimension)


def _factors(text: str, whole: str) -> Iterator[tuple[str, int]]:
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    for factor in re.split(r"(?<!\*)\*(?!\*)", inner):
        match = _FACTOR.fullmatch(factor)
        if match is None:
            raise _refusal(
                f"'{_clipped(whole)}' is not a unit",
                "write names of units with *, / and ^, such as TOPS*bit/mm^2",
            )
        yield match["name"], int(match["power"] or 1)


@cache
def resolved(name: str) -> tuple[Fraction, Powers] | None:
    """Return factor and dimension of one name; None for a name the unit file does not give."""
    kept = snapshot()
    if kept and kept.units:  # every name is among them
        known = kept.units.get(name)
        return known and (Fraction(*known[:2]), tuple((each, power) for each, power in known[2]))
    from chipcalc.values import registry  # its library costs a quarter of the start-up time

    return registry.resolved(name)


@cache
def _renamed(name: str, other: str) -> str:
    """Return another name of the same unit with the same prefix; the name itself for no such."""
    for prefixed in _spelled(name, other):
        if resolved(prefixed) is not None and resolved(prefixed) == resolved(name):
            return prefixed
    return name


def renamings(name: str, part: Unit) -> tuple[str, str]:
    """Return the names that `with_part` tries in place of a name: with or without its prefix."""
    return _spelled(name, part.parts[0][0])


def _spelled(name: str, other: str) -> tuple[str, str]:
    return other, name[:1] + other[1:]


def _named(name: str, power: int, whole: str) -> Unit:
    found = resolved(name)
    if found is None:
        raise _refusal(
            f"'{_clipped(name)}' is not a unit",
            hints.for_unit(name, whole, hints.known_names(resolved)),
        )
    factor, dimension = found
    return Unit(((name, power),), factor**power, tuple((each, p * power) for each, p in dimension))


def _simplified(value: Quantity) -> Quantity:
    """Return the quantity as a plain number when its units cancel."""
    if value.unit.dimension:
        return sizeable(value)
    return sizeable(Quantity(value.base, ONE))


def _described(one: Unit) -> str:
    return f"'{one}' is {kind(one)}" if one.parts else "a plain number has no unit"


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
