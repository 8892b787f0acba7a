"""The schema of a calculation."""

from __future__ import annotations

from chipcalc.contract.calc import SCHEMA
from chipcalc.contract.schemas.pieces import (
    FIRM,
    TEXT,
    TEXTS,
    UNIT,
    WHEN,
    amount,
    document,
    record,
    several,
)

_FIGURE = {**amount(known=True), "unit": UNIT, "status": FIRM}
CALC = document(
    SCHEMA,
    "What an expression comes to, and the figures that it names.",
    {
        "expression": TEXT,
        **_FIGURE,
        "inputs": several(
            record({"chip": TEXT, "metric": TEXT, "when": WHEN, **_FIGURE, "at": TEXTS})
        ),
    },
)
