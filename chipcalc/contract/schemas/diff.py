"""The schema of what changed between two days."""

from __future__ import annotations

from chipcalc.contract.diff import SCHEMA
from chipcalc.contract.schemas.dated import AMENDMENT, CLASSED, GROUPS, NEEDS, SHIFT
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    DAY,
    FLAG,
    TEXT,
    document,
    optional,
    record,
    several,
)

_SIDE = record({**CLASSED, "licence": optional(record(NEEDS))})
DIFF = document(
    SCHEMA,
    "What changed for chips, or for their shipments, from one day to another, and what did it.",
    {
        "from": DAY,
        "to": DAY,
        "chips": several(
            record(
                {
                    **ABOUT,
                    "regime": optional(TEXT),
                    "destination": optional(TEXT),
                    "says": TEXT,
                    "answer_changes": FLAG,
                    "before": _SIDE,
                    "after": _SIDE,
                    "changes": several(
                        record(
                            {
                                "day": DAY,
                                "answer_changes": FLAG,
                                "rules": several(SHIFT),
                                "amendments": several(AMENDMENT),
                                "groups": GROUPS,
                            }
                        )
                    ),
                    "amendments_beside": several(AMENDMENT),
                }
            )
        ),
    },
)
