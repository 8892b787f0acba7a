"""The schema of spec sheets."""

from __future__ import annotations

from chipcalc.contract.schemas.pieces import (
    ABOUT,
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
                    "market": optional(TEXT),
                    "file": TEXT,
                    "figures": several(
                        record(
                            {
                                "metric": TEXT,
                                "when": WHEN,
                                **amount(known=True),
                                "unit": UNIT,
                                **_RESTS_ON,
                            }
                        )
                    ),
                    "facts": several(record({"fact": TEXT, "text": TEXT, **_RESTS_ON})),
                    "notes": TEXTS,
                }
            )
        )
    },
)
