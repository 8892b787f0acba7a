"""The schemas of rules looked up: those of a day, or one with its versions."""

from __future__ import annotations

from chipcalc.contract.rules import SCHEMA, SCHEMA_OF_ONE, SCHEMA_OF_REGIMES
from chipcalc.contract.schemas.criteria import COMPARISON, TREE
from chipcalc.contract.schemas.dated import CONFIDENCE, KIND, STANDING
from chipcalc.contract.schemas.pieces import (
    COUNT,
    DAY,
    FLAG,
    SOURCES,
    TEXT,
    TEXTS,
    Schema,
    by_name,
    document,
    optional,
    record,
    several,
)

_CRITERION: Schema = {"$ref": "#/$defs/criterion"}
_BUDGET: Schema = record({**COMPARISON, "per": TEXT}, but=("when",))
_FACTS: dict[str, Schema] = {
    "rule": TEXT,
    "paragraph": TEXT,
    "title": TEXT,
    "kind": KIND,
    "begins": DAY,
    "until": optional(DAY),
    "announced": optional(DAY),
    "published": optional(DAY),
    "compliance": optional(DAY),
    "standing": STANDING,
    "confidence": CONFIDENCE,
    "citation": optional(TEXT),
    "verified": DAY,
    "criteria": _CRITERION,
    "shipment": optional(_CRITERION),
    "budget": optional(_BUDGET),
}
_VERSION: Schema = record(
    {
        **_FACTS,
        "conditions": TEXTS,
        "leaves_open": several(record({"at": TEXT, "why": TEXT})),
        "not_modelled": TEXTS,
        "note": optional(TEXT),
        "sources": SOURCES,
    }
)
_REGIME_FACTS: dict[str, Schema] = {
    "regime": TEXT,
    "name": TEXT,
    "publisher": TEXT,
    "verified": DAY,
    "texts_read": FLAG,
    "known": several(
        record(
            {
                "day": DAY,
                "until": optional(DAY),
                "says": TEXT,
                "confidence": CONFIDENCE,
                "sources": SOURCES,
            }
        )
    ),
    "notes": TEXTS,
}
_REGIME: Schema = record(_REGIME_FACTS)
_SHARED = {"criterion": TREE}
RULES = document(
    SCHEMA,
    "The rules of a day.",
    {"as_of": DAY, "regime": optional(_REGIME), "rules": several(record(_FACTS))},
    _SHARED,
)
RULE = document(
    SCHEMA_OF_ONE,
    "One rule with its versions.",
    {
        "rule": TEXT,
        "regime": optional(TEXT),
        "applies_to": by_name(TEXTS),
        "versions": several(_VERSION),
        "notes": TEXTS,
    },
    _SHARED,
)
REGIMES = document(
    SCHEMA_OF_REGIMES,
    "The regimes that are known, with how many rules each has on a day.",
    {"as_of": DAY, "regimes": several(record({**_REGIME_FACTS, "rules": COUNT}))},
)
