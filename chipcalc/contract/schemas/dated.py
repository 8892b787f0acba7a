"""The pieces of schemas that tell of changes from one day to another."""

from __future__ import annotations

from typing import get_args

from chipcalc.contract.schemas.pieces import (
    DAY,
    FLAG,
    TEXT,
    TEXTS,
    VERDICT,
    Schema,
    either,
    optional,
    record,
    several,
)
from chipcalc.rules.dates import Turn
from chipcalc.rules.rule import KINDS, Standing
from chipcalc.schema.types import Confidence

KIND: Schema = either(KINDS)
STANDING: Schema = either(get_args(Standing))
CONFIDENCE: Schema = either(get_args(Confidence))
PRESUMED: Schema = optional(record({"paragraph": TEXT, "verdict": VERDICT, "rule": TEXT}))

AMENDMENT: Schema = record(
    {
        "day": DAY,
        "turn": either(each.name for each in Turn),
        "rule": TEXT,
        "paragraph": TEXT,
        "citation": optional(TEXT),
        "amended_by": optional(TEXT),
        "at": optional(TEXT),
        "announced": optional(DAY),
        "published": optional(DAY),
        "standing": STANDING,
        "confidence": CONFIDENCE,
    }
)
CLASSED: dict[str, Schema] = {
    "classification": TEXT,
    "presumed": PRESUMED,
    "possible": TEXTS,
    "cites": TEXTS,
}
NEEDS: dict[str, Schema] = {
    "printed": VERDICT,
    "enforced": VERDICT,
    "exceptions": optional(TEXT),
    "review": optional(TEXT),
    "asks": several(record({"what": TEXT, "by": TEXT})),
    "letters": several(record({"rule": TEXT, "verdict": VERDICT, "answer": TEXT})),
}
SHIFT: Schema = record(
    {
        "rule": TEXT,
        "paragraph": TEXT,
        "kind": KIND,
        "before": optional(VERDICT),
        "after": optional(VERDICT),
    }
)
_CHANGE: dict[str, Schema] = {
    "day": DAY,
    "says": TEXT,
    "answer_changes": FLAG,
    **CLASSED,
    "until_then": record(CLASSED),
    "rules": several(SHIFT),
    "amendments": several(AMENDMENT),
}
CHANGE: Schema = record(_CHANGE)
GROUPS: Schema = several(record({"country": TEXT, "group": TEXT, "joined": FLAG}))
SHIPPED: Schema = record(
    {**_CHANGE, **NEEDS, "until_then": record({**CLASSED, **NEEDS}), "groups": GROUPS}
)
