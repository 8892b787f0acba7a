"""The stable contract of the units that are understood: JSON data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chipcalc.values.spellings import Prefix

SCHEMA = "chipcalc.units/1"


def data(units: Sequence[Mapping[str, str]], prefixes: Sequence[Prefix]) -> dict[str, Any]:
    """Return the contract of the list of units, with the prefixes that go before short names."""
    return {
        "schema": SCHEMA,
        "units": [{**each, "names": each["names"].split()} for each in units],
        "prefixes": [
            {"prefix": each.short, "name": each.name, "factor": int(each.factor)}
            for each in prefixes
        ],
    }
