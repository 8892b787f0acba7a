"""The schema of what lint finds."""

from __future__ import annotations

from chipcalc.contract.lint import SCHEMA
from chipcalc.contract.schemas.pieces import (
    COUNT,
    FLAG,
    TEXT,
    by_name,
    document,
    optional,
    record,
    several,
)

_PLACE = {"type": "integer", "minimum": 1, "description": "from 1; null where it is not known"}

LINT = document(
    SCHEMA,
    "What is wrong with spec files: each problem with its place, its rule and how to mend it.",
    {
        "problems": several(
            record(
                {
                    "rule": TEXT,
                    "file": optional(TEXT),
                    "line": optional(_PLACE),
                    "column": optional(_PLACE),
                    "key": optional(TEXT),
                    "what": TEXT,
                    "hint": TEXT,
                    "fixable": FLAG,
                }
            )
        ),
        "rules": several(record({"rule": TEXT, "says": TEXT})),
        "checked": by_name(COUNT),
    },
)
