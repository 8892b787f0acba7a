"""The schema of budgets."""

from __future__ import annotations

from chipcalc.contract.budget import SCHEMA
from chipcalc.contract.schemas.criteria import COMPARISON
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    COUNT,
    DAY,
    FIRM,
    SUPPOSED,
    TEXT,
    VERDICT,
    amount,
    document,
    optional,
    record,
    several,
)

_COUNT = record(
    {
        "label": TEXT,
        **amount(known=True),
        "status": FIRM,
        "fewest": optional(COUNT),
        "most": optional(COUNT),
    }
)
BUDGET = document(
    SCHEMA,
    "How many of some chips fit into limits on what many add up to.",
    {
        "as_of": optional(DAY),
        "supposed": SUPPOSED,
        "budgets": several(
            record(
                {
                    **ABOUT,
                    "rule": optional(TEXT),
                    **{name: each for name, each in COMPARISON.items() if name != "when"},
                    "per": optional(TEXT),
                    "standing": optional(TEXT),
                    "citation": optional(TEXT),
                    "draws": VERDICT,
                    "counts": several(_COUNT),
                }
            )
        ),
    },
)
