"""The schema of shipments through the rules."""

from __future__ import annotations

from chipcalc.contract.history import SCHEMA
from chipcalc.contract.schemas.dated import SHIPPED
from chipcalc.contract.schemas.pieces import ABOUT, TEXT, document, record, several

TIMELINE_LICENCE = document(
    SCHEMA,
    "What shipments needed on every day on which the answer, or what it rests on, changed.",
    {"shipments": several(record({**ABOUT, "destination": TEXT, "changes": several(SHIPPED)}))},
)
