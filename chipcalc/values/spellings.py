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


def one_or_more(value: Quantity) -> Quantity:
    """Return a quantity in the largest unit with the same names in which it is one or more.

    Only the prefix of the first name above the line changes, and only where all of the quantity is
    below one; without a smaller unit it comes back as it is.
    """
    if not 0 < value.amount.low < 1:
        return value
    at = next((n for n, (_, power) in enumerate(value.unit.parts) if power == 1), None)
    if at is None:
        return value
    first = units.unit(value.unit.parts[at][0])
    smaller = [each for each in _kin(value.unit.parts[at][0]) if each.factor < first.factor]
    for each in sorted(smaller, key=lambda kin: -kin.factor):
        if value.amount.low * (first.factor / each.factor) >= 1:
            parts = (*value.unit.parts[:at], each.parts[0], *value.unit.parts[at + 1 :])
            times = first.factor / each.factor
            unit = Unit(parts, value.unit.factor / times, value.unit.dimension)
            return Quantity(value.amount * exactly(times), unit)
    return value


def _kin(name: str) -> list[Unit]:
    """Return the units that differ from one of a name in nothing but a decimal prefix."""
    by_name = {each: spelling for spelling in spellings() for each in spelling.names}
    stems = [name, *(name.removeprefix(each.short) for each in prefixes())]
    stem = next((each for each in stems if each in by_name), "")
    if not stem:
        return []
    decimal = [each.short for each in prefixes() if _is_decimal(each.factor)]
    small = re.compile(rf"1e-\d+ \* {by_name[stem].names[0]}")
    smaller = [each.short for each in spellings() if small.fullmatch(each.defined)]
    return [units.unit(each) for each in (*smaller, stem, *(f"{p}{stem}" for p in decimal))]


def _is_decimal(factor: Fraction) -> bool:
    return factor.denominator == 1 and set(str(factor.numerator)) == {"1", "0"}
