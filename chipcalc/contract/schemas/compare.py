"""The schema of a comparison."""

from __future__ import annotations

from chipcalc.contract.compare import SCHEMA
from chipcalc.contract.schemas.pieces import (
    FLAG,
    STATUS,
    TEXT,
    TEXTS,
    UNIT,
    WHEN,
    amount,
    by_name,
    document,
    optional,
    record,
    several,
)

_VALUE = record(
    {
        **amount(),
        "unit": UNIT,
        "status": STATUS,
        "derived": optional(FLAG),
        "source": TEXTS,
        "because": optional(TEXT),
    }
)
COMPARE = document(
    SCHEMA,
    "Chips side by side, with ratios to the base.",
    {
        "base": TEXT,
        "chips": TEXTS,
        "availability": by_name(optional(TEXT)),
        "modes": by_name(optional(TEXT)),
        "rows": several(
            record(
                {
                    "metric": TEXT,
                    "when": WHEN,
                    "unit": UNIT,
                    "values": by_name(_VALUE),
                    "ratios": by_name(optional(record(amount()))),
                    "best": optional(TEXT),
                }
            )
        ),
    },
)
