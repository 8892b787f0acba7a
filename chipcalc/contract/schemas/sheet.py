"""The schema of spec sheets."""

from __future__ import annotations

from chipcalc.contract.schemas.pieces import (
    ABOUT,
    AVAILABLE,
    COUNT,
    FIRM,
    LAUNCHED,
    TEXT,
    TEXTS,
    UNIT,
    WHEN,
    Schema,
    amount,
    document,
    optional,
    record,
    several,
)
from chipcalc.contract.sheet import SCHEMA

_RESTS_ON: dict[str, Schema] = {
    "status": FIRM,
    "source": TEXTS,
    "at": TEXT,
    "note": optional(TEXT),
}
_FIGURES: Schema = several(
    record({"metric": TEXT, "when": WHEN, **amount(known=True), "unit": UNIT, **_RESTS_ON})
)
_FACTS: Schema = several(record({"fact": TEXT, "text": TEXT, **_RESTS_ON}))
SHOW = document(
    SCHEMA,
    "Spec sheets whole: figures, and facts in words.",
    {
        "chips": several(
            record(
                {
                    **ABOUT,
                    "vendor": TEXT,
                    "family": TEXTS,
                    "aliases": TEXTS,
                    **LAUNCHED,
                    **AVAILABLE,
                    "market": optional(TEXT),
                    "item": optional(TEXT),
                    "contains": several(
                        record(
                            {
                                "chip": optional(TEXT),
                                "name": TEXT,
                                "number": COUNT,
                                "figures": _FIGURES,
                                "facts": _FACTS,
                            }
                        )
                    ),
                    "modes": several(record({"mode": TEXT, "label": TEXT})),
                    "file": TEXT,
                    "figures": _FIGURES,
                    "facts": _FACTS,
                    "notes": TEXTS,
                }
            )
        )
    },
)
