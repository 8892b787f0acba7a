"""The one registry of units, pint's: names become exact factors and dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pint

from chipcalc.files import UNITS_FILE
from chipcalc.values import powers
from chipcalc.values.powers import Powers


@cache
def registry() -> pint.UnitRegistry[Decimal]:
    """Return the one registry: our own unit file, exact numbers.

    Decimals are exact here, because every unit is defined by a product and never by a quotient of
    numbers; they load in half the time that fractions take.
    """
    return pint.UnitRegistry(UNITS_FILE, non_int_type=Decimal, on_redefinition="raise")


@cache
def resolved(name: str) -> tuple[Fraction, Powers] | None:
    """Return factor and dimension of one name; None for a name the unit file does not give."""
    found = registry().parse_unit_name(name)
    plural = len(name) > 1 and name.endswith("s") and registry().parse_unit_name(name[:-1])
    if not found or (plural and plural == found):
        return None
    try:
        factor, root = registry().get_root_units(name)
        prefix, bare, _ = found[0]
        if prefix and Fraction(str(registry().get_root_units(bare)[0])) < 1:  # kilo-millimetres
            return None
        if prefix and any(each[0] for each in registry().parse_unit_name(bare)):  # kilo-exabytes
            return None
    except pint.UndefinedUnitError:
        return None
    dimension = ((key.strip("[]"), int(str(power))) for key, power in root.dimensionality.items())
    return Fraction(str(factor)), powers.ordered(tuple(dimension))


def every_name() -> dict[str, tuple[Fraction, Powers]]:
    """Return factor and dimension of every name of the unit file, bare and with its prefixes."""
    resolutions = ((name, resolved(name)) for name in dict.fromkeys(_candidates()))
    return {name: found for name, found in resolutions if found}


def _candidates() -> Iterator[str]:
    prefixes: list[str] = []
    bare: list[str] = []
    for line in UNITS_FILE.read_text(encoding="utf-8").splitlines():
        name, *rest = (part.strip() for part in line.partition("#")[0].split("="))
        names = [name, *rest[1:]]
        if name.endswith("-"):
            prefixes += [each.removesuffix("-") for each in names]
        elif rest:
            bare += names
    yield from bare
    yield from (prefix + name for name in bare for prefix in prefixes)
