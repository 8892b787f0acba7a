"""The schema of a timeline."""

from __future__ import annotations

from chipcalc.contract.schemas.pieces import (
    ABOUT,
    DAY,
    SUPPOSED,
    TEXT,
    TEXTS,
    document,
    optional,
    record,
    several,
)
from chipcalc.contract.timeline import SCHEMA

TIMELINE = document(
    SCHEMA,
    "How chips were classified on every day on which rules changed.",
    {
        "regime": optional(TEXT),
        "supposed": SUPPOSED,
        "days": several(
            record(
                {
                    "day": DAY,
                    "began": TEXTS,
                    "ended": TEXTS,
                    "chips": several(record({"chip": TEXT, "classification": TEXT})),
                }
            )
        ),
        "changes": several(
            record(
                {
                    "day": DAY,
                    **ABOUT,
                    "rule": optional(TEXT),
                    "paragraph": optional(TEXT),
                    "kind": TEXT,
                    "before": TEXT,
                    "after": TEXT,
                }
            )
        ),
    },
)
