"""The schema of a replay."""

from __future__ import annotations

from chipcalc.contract.replay import SCHEMA
from chipcalc.contract.schemas.pieces import (
    DAY,
    FLAG,
    TEXT,
    TEXTS,
    Schema,
    document,
    either,
    optional,
    record,
    several,
)

_ANY: Schema = {"description": "as it stands in the answer; null for nothing"}
_BOTH: Schema = record({"then": TEXT, "now": TEXT})
REPLAY = document(
    SCHEMA,
    "A record beside the answer of today.",
    {
        "same": FLAG,
        "as_of": DAY,
        "recorded": DAY,
        "replayed": DAY,
        "programs": _BOTH,
        "data": _BOTH,
        "files": several(
            record({"file": TEXT, "kind": TEXT, "how": either(("changed", "gone", "new"))})
        ),
        "differences": several(
            record(
                {
                    "chip": TEXT,
                    "destinations": TEXTS,
                    "rule": optional(TEXT),
                    "what": TEXT,
                    "then": _ANY,
                    "now": _ANY,
                    "causes": TEXTS,
                    "words": FLAG,
                }
            )
        ),
    },
)
