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
    optional,
    record,
    several,
)

_FIGURE = {**amount(known=True), "unit": UNIT, "status": FIRM}
_INPUTS = several(record({"chip": TEXT, "metric": TEXT, "when": WHEN, **_FIGURE, "at": TEXTS}))
CALC = document(
    SCHEMA,
    "What an expression comes to, for each number format where it names none, and its figures.",
    {
        "expression": TEXT,
        **amount(),
        "unit": optional(UNIT),
        "status": optional(FIRM),
        "inputs": _INPUTS,
        "results": several(record({"when": WHEN, **_FIGURE, "inputs": _INPUTS})),
    },
)
