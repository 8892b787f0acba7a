"""How units are spelled: the names of the unit file, its prefixes, and the unit next in size."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from chipcalc.files import UNITS_FILE
from chipcalc.values import units
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity, Unit

_MANY = 100_000
_SMALL = re.compile(r"1e-\d+ \* (?P<of>\w+)")


class Prefix(NamedTuple):
    """A prefix by its long and its short name, and what it multiplies a unit by."""

    name: str
    short: str
    factor: Fraction


class Spelling(NamedTuple):
    """A unit by all of its names, the long one first, and how it is defined by others."""

    names: tuple[str, ...]
    defined: str
    unit: Unit

    @property
    def short(self) -> str:
        """The name that figures are printed with."""
        return self.names[1] if len(self.names) > 1 else self.names[0]


@cache
def prefixes() -> tuple[Prefix, ...]:
    """Return the prefixes of the unit file, in its order; they stand before short names."""
    return tuple(
        Prefix(name[:-1], short[-1].removesuffix("-"), units.number(defined))
        for name, defined, *short in _lines()
        if name.endswith("-")
    )


@cache
def spellings() -> tuple[Spelling, ...]:
    """Return the units of the unit file, in its order."""
    return tuple(
        Spelling((name, *others), defined, units.unit(name))
        for name, defined, *others in _lines()
        if not name.endswith("-")
    )


def _lines() -> list[list[str]]:
    """Return the definitions of the unit file, each as its name, its meaning and other names."""
    lines = (each.split("#")[0] for each in UNITS_FILE.read_text(encoding="utf-8").splitlines())
    return [[part.strip() for part in line.split("=")] for line in lines if "=" in line]


def readable(value: Quantity) -> Quantity:
    """Return a quantity in the largest unit with the same names in which it is one or more.

    Only the prefix of the first name above the line changes, and only where all of the quantity is
    below one, or so large that its digits are hard to count; without a fitting unit it comes back
    as it is.
    """
    low = value.amount.low
    if low <= 0 or 1 <= low < _MANY:
        return value
    at = next((n for n, (_, power) in enumerate(value.unit.parts) if power == 1), None)
    if at is None:
        return value
    first = units.unit(value.unit.parts[at][0])
    fitting = [e for e in _kin(value.unit.parts[at][0]) if low * first.factor >= e.factor]
    best = max(fitting, key=lambda kin: kin.factor, default=first)
    times = first.factor / best.factor
    if times == 1:
        return value
    parts = (*value.unit.parts[:at], best.parts[0], *value.unit.parts[at + 1 :])
    unit = Unit(parts, value.unit.factor / times, value.unit.dimension)
    return Quantity(value.amount * exactly(times), unit)


def named(value: Quantity) -> Quantity:
    """Return a quantity in a unit with a name of its own, instead of a product: Wh for W·h.

    It is the largest bare one that is no larger than the product, and no multiple of another as
    a day is; without one nothing changes.
    """
    kind, most = value.unit.dimension, value.unit.factor
    fitting = [
        each
        for each in spellings()
        if each.unit.dimension == kind
        and each.unit.factor <= most
        and not each.defined[0].isdigit()
    ]
    best = max(fitting, key=lambda each: each.unit.factor, default=None)
    return value.to(units.unit(best.short)) if best else value


def _kin(name: str) -> list[Unit]:
    """Return the units that differ from one of a name in nothing but a decimal prefix."""
    by_name = {each: spelling for spelling in spellings() for each in spelling.names}
    stems = [name, *(name.removeprefix(each.short) for each in prefixes())]
    stem = next((each for each in stems if each in by_name), "")
    if not stem:
        return []
    if small := _SMALL.fullmatch(by_name[stem].defined):
        stem = by_name[small["of"]].short
    decimal = [each.short for each in prefixes() if _is_decimal(each.factor)]
    found = ((each, _SMALL.fullmatch(each.defined)) for each in spellings())
    smaller = [e.short for e, small in found if small and small["of"] == by_name[stem].names[0]]
    return [units.unit(each) for each in (*smaller, stem, *(f"{p}{stem}" for p in decimal))]


def _is_decimal(factor: Fraction) -> bool:
    return factor.denominator == 1 and set(str(factor.numerator)) == {"1", "0"}
