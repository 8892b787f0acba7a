"""The schema of a screened table."""

from __future__ import annotations

from chipcalc.contract.schemas.pieces import (
    CELL,
    COUNT,
    DAY,
    DECIMAL,
    TEXT,
    TEXTS,
    UNIT,
    UNREAD,
    WHEN,
    document,
    either,
    optional,
    record,
    several,
)
from chipcalc.contract.screening import SCHEMA

SCREEN = document(
    SCHEMA,
    "A table of parts: how it was read, what its columns say, and how each row comes out.",
    {
        "table": TEXT,
        "mapping": optional(TEXT),
        "read": TEXTS,
        "decimal": DECIMAL,
        "as_of": DAY,
        "to": optional(TEXT),
        "columns": several(
            record(
                {
                    "column": TEXT,
                    "states": TEXT,
                    "metric": optional(TEXT),
                    "when": WHEN,
                    "unit": optional(UNIT),
                    "rows": optional(COUNT),
                }
            )
        ),
        "unread": UNREAD,
        "counts": {"type": "object", "additionalProperties": COUNT},
        "rows": several(
            record(
                {
                    "row": COUNT,
                    "name": optional(TEXT),
                    "chips": TEXTS,
                    "circuits": COUNT,
                    "match": either(("exact", "sure", "likely", "several", "none")),
                    "outcome": either(
                        ("control", "below", "open", "no_rule", "no_sheet", "no_part")
                    ),
                    "verdict": TEXT,
                    "paragraph": optional(TEXT),
                    "cites": TEXTS,
                    "possible": TEXTS,
                    "why": optional(TEXT),
                    "as_of": optional(DAY),
                    "licence": optional(TEXT),
                    "faults": several(record({"column": TEXT, "text": CELL, "because": TEXT})),
                }
            )
        ),
    },
)
