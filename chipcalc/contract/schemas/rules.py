"""The schemas of rules looked up: those of a day, or one with its versions."""

from __future__ import annotations

from chipcalc.contract.rules import SCHEMA, SCHEMA_OF_ONE
from chipcalc.contract.schemas.criteria import COMPARISON, TREE
from chipcalc.contract.schemas.dated import CONFIDENCE, KIND, STANDING
from chipcalc.contract.schemas.pieces import (
    DAY,
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
        "not_modelled": TEXTS,
        "note": optional(TEXT),
        "sources": SOURCES,
    }
)
_SHARED = {"criterion": TREE}
RULES = document(
    SCHEMA, "The rules of a day.", {"as_of": DAY, "rules": several(record(_FACTS))}, _SHARED
)
RULE = document(
    SCHEMA_OF_ONE,
    "One rule with its versions.",
    {
        "rule": TEXT,
        "applies_to": by_name(TEXTS),
        "versions": several(_VERSION),
        "notes": TEXTS,
    },
    _SHARED,
)
