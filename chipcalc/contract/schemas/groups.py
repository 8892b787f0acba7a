"""The schemas of groups of countries: all of them, one, or those of a country."""

from __future__ import annotations

from chipcalc.contract.groups import SCHEMA, SCHEMA_OF_COUNTRY, SCHEMA_OF_ONE
from chipcalc.contract.schemas.dated import CONFIDENCE
from chipcalc.contract.schemas.pieces import (
    DAY,
    TEXT,
    TEXTS,
    VERDICT,
    by_name,
    document,
    optional,
    record,
    several,
)

_GROUP = {
    "group": TEXT,
    "title": TEXT,
    "members": TEXTS,
    "not_known": TEXTS,
    "confidence": CONFIDENCE,
    "at": optional(TEXT),
    "notes": TEXTS,
}
GROUPS = document(
    SCHEMA, "Groups of countries on a day.", {"as_of": DAY, "groups": several(record(_GROUP))}
)
GROUP = document(SCHEMA_OF_ONE, "One group of countries on a day.", {"as_of": DAY, **_GROUP})
COUNTRY = document(
    SCHEMA_OF_COUNTRY,
    "Whether a country is in each group.",
    {"as_of": DAY, "country": TEXT, "name": TEXT, "groups": by_name(VERDICT)},
)
