"""The schema of what kept chips out of a paragraph."""

from __future__ import annotations

from chipcalc.contract.schemas.pieces import (
    ABOUT,
    DAY,
    SUPPOSED,
    TEXT,
    VERDICT,
    amount,
    document,
    record,
    several,
)
from chipcalc.contract.why_not import SCHEMA

WHY_NOT = document(
    SCHEMA,
    "What kept chips out of a paragraph.",
    {
        "as_of": DAY,
        "supposed": SUPPOSED,
        "reasons": several(
            record(
                {
                    **ABOUT,
                    "cite": TEXT,
                    "verdict": VERDICT,
                    "because": TEXT,
                    **amount("margin"),
                }
            )
        ),
    },
)
