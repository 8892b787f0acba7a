"""The schema of a table that was taken over."""

from __future__ import annotations

from chipcalc.contract.importing import SCHEMA
from chipcalc.contract.schemas.pieces import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    UNIT,
    WHEN,
    document,
    either,
    optional,
    record,
    several,
)

_ANY = {"type": "string"}
IMPORT = document(
    SCHEMA,
    "A table taken over as spec sheets: how it was read, and what each row came to.",
    {
        "table": TEXT,
        "mapping": record({"id": TEXT, "title": TEXT, "publisher": TEXT, "url": TEXT}),
        "read": TEXTS,
        "decimal": optional(either((".", ","))),
        "folder": optional(TEXT),
        "written": FLAG,
        "columns": several(
            record({"column": TEXT, "metric": TEXT, "when": WHEN, "unit": UNIT, "rows": COUNT})
        ),
        "unread": several(record({"column": TEXT, "because": optional(TEXT)})),
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
            record({"row": COUNT, "column": TEXT, "text": _ANY, "because": TEXT})
        ),
    },
)
