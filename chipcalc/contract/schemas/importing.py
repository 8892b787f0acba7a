"""The schema of a table that was taken over."""

from __future__ import annotations

from chipcalc.contract.importing import SCHEMA
from chipcalc.contract.schemas.pieces import (
    CELL,
    COUNT,
    DECIMAL,
    FLAG,
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

IMPORT = document(
    SCHEMA,
    "A table taken over as spec sheets: how it was read, and what each row came to.",
    {
        "table": TEXT,
        "mapping": record({"id": TEXT, "title": TEXT, "publisher": TEXT, "url": TEXT}),
        "read": TEXTS,
        "decimal": DECIMAL,
        "folder": optional(TEXT),
        "written": FLAG,
        "columns": several(
            record({"column": TEXT, "metric": TEXT, "when": WHEN, "unit": UNIT, "rows": COUNT})
        ),
        "unread": UNREAD,
        "rows": several(
            record(
                {
                    "row": COUNT,
                    "name": optional(TEXT),
                    "chip": optional(TEXT),
                    "result": either(("made", "would be made", "left", "skipped")),
                    "figures": COUNT,
                    "file": optional(TEXT),
                    "known_as": optional(TEXT),
                    "because": optional(TEXT),
                }
            )
        ),
        "not_understood": several(
            record({"row": COUNT, "column": TEXT, "text": CELL, "because": TEXT})
        ),
    },
)
