"""The schema of a record."""

from __future__ import annotations

from chipcalc.contract.record import SCHEMA
from chipcalc.contract.schemas.check import CHECK
from chipcalc.contract.schemas.dated import CONFIDENCE
from chipcalc.contract.schemas.licence import LICENCE
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    DAY,
    FLAG,
    SOURCES,
    TEXT,
    TEXTS,
    VERDICT,
    Schema,
    by_name,
    document,
    either,
    optional,
    record,
    several,
)

_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256"}
_ASKED: Schema = record(
    {
        "what": either(("check", "licence")),
        "chips": TEXTS,
        "given": by_name(TEXT),
        "circuits": TEXTS,
        "to": TEXTS,
        "rule": TEXTS,
        "rules": TEXTS,
        "specs": TEXTS,
        "regime": {"type": "string", "description": "empty for the first one"},
    }
)
RECORD = document(
    SCHEMA,
    "An answer with all that it was made of, to be filed, and replayed.",
    {
        "program": record({"name": TEXT, "version": TEXT}),
        "data_version": _DIGEST,
        "made": DAY,
        "as_of": DAY,
        "command": TEXTS,
        "asked": _ASKED,
        "supposed": several(
            record({"chip": TEXT, "name": TEXT, "value": TEXT, "how": either(("given", "assumed"))})
        ),
        "files": several(record({"file": TEXT, "kind": TEXT, "built_in": FLAG, "sha256": _DIGEST})),
        "chips": several(record({**ABOUT, "files": TEXTS})),
        "texts": several(
            record(
                {
                    "rule": TEXT,
                    "paragraph": TEXT,
                    "verified": DAY,
                    "confidence": CONFIDENCE,
                    "citation": optional(TEXT),
                    "sources": SOURCES,
                    "files": TEXTS,
                }
            )
        ),
        "groups": several(record({"groups": TEXT, "verified": DAY})),
        "findings": several(
            record(
                {
                    "chip": TEXT,
                    "destinations": TEXTS,
                    "rule": TEXT,
                    "verdict": VERDICT,
                    "cites": TEXTS,
                    "why": TEXTS,
                }
            )
        ),
        "answer": {"oneOf": [CHECK, LICENCE]},
    },
)
