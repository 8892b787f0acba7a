"""The schema of a check, and the pieces of it that other contracts have."""

from __future__ import annotations

from chipcalc.contract.check import SCHEMA
from chipcalc.contract.schemas.criteria import JUDGED
from chipcalc.contract.schemas.dated import CHANGE, CONFIDENCE, KIND, PRESUMED, STANDING
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    AVAILABLE,
    COUNT,
    DAY,
    FLAG,
    SOURCES,
    STATUS,
    SUPPOSED,
    TEXT,
    TEXTS,
    UNIT,
    VERDICT,
    WHEN,
    Schema,
    amount,
    by_name,
    document,
    either,
    ends,
    optional,
    record,
    several,
)

CIRCUMSTANCES: Schema = by_name(optional(TEXT))
SPAN: dict[str, Schema] = {
    **ends(),
    "low_included": FLAG,
    "high_included": FLAG,
    "unit": UNIT,
}
WHERE: Schema = several(
    {
        "oneOf": [
            record({"metric": TEXT, "when": WHEN, **SPAN}),
            record({"circumstance": TEXT, "values": TEXTS}),
        ]
    }
)
OUTCOME: Schema = record(
    {
        **{name: optional(each) for name, each in SPAN.items() if name not in ends()},
        **ends(),
        "where": WHERE,
        "verdict": VERDICT,
        "cite": optional(TEXT),
        "says": TEXT,
    }
)
DECIDING: Schema = several(
    record({"metrics": TEXTS, "circumstances": TEXTS, "outcomes": several(OUTCOME)})
)
RULE: dict[str, Schema] = {
    "rule": TEXT,
    "paragraph": TEXT,
    "cite": optional(TEXT),
    "cites": TEXTS,
    "kind": KIND,
    "standing": STANDING,
    "verdict": VERDICT,
    "in_force": optional(DAY),
    "until": optional(DAY),
    "announced": optional(DAY),
    "published": optional(DAY),
    "compliance": optional(DAY),
    "confidence": CONFIDENCE,
    "note": optional(TEXT),
    "verified": DAY,
    "limbs": several(
        record(
            {
                "cite": optional(TEXT),
                "exception": FLAG,
                "verdict": VERDICT,
                "criteria": several(JUDGED),
            }
        )
    ),
    "deciding": DECIDING,
    "declared": optional(VERDICT),
    "not_modelled": TEXTS,
    "points_to": several(
        record({"paragraph": TEXT, "needs": by_name(TEXTS), "ask": optional(TEXT)})
    ),
    "citation": optional(TEXT),
    "sources": SOURCES,
}
_QUANTITY: Schema = record(
    {
        "metric": TEXT,
        "when": WHEN,
        **amount(),
        "unit": UNIT,
        "basis": optional(either(("computed", "stated"))),
        "status": STATUS,
        "source": TEXTS,
    }
)
CIRCUITS: Schema = several(
    record(
        {
            "chip": optional(TEXT),
            "name": TEXT,
            "number": COUNT,
            "classification": TEXT,
            "possible": TEXTS,
            "cites": TEXTS,
            "quantities": by_name(_QUANTITY),
            "deciding": DECIDING,
        }
    )
)
_VIEW: Schema = record(
    {
        "label": TEXT,
        "metric": TEXT,
        **amount(known=True),
        "unit": UNIT,
        "verdict": VERDICT,
        "cites": TEXTS,
        "says": TEXT,
    }
)
_ELSEWHERE: Schema = several(
    record(
        {
            "regime": optional(TEXT),
            "name": optional(TEXT),
            "listed": optional(either(("listed", "not listed", "unknown"))),
            "classification": TEXT,
            "possible": TEXTS,
            "cites": TEXTS,
            "says": TEXT,
            "leaves_open": several(record({"at": TEXT, "why": TEXT})),
            "deciding": DECIDING,
            "rules": several(record(RULE)),
        }
    )
)
CHECK = document(
    SCHEMA,
    "What the rules of a day say of some chips.",
    {
        "as_of": DAY,
        "regime": optional(TEXT),
        "supposed": SUPPOSED,
        "chips": several(
            record(
                {
                    **ABOUT,
                    **AVAILABLE,
                    "circumstances": CIRCUMSTANCES,
                    "formats_assumed": FLAG,
                    "circuits": CIRCUITS,
                    "quantities": by_name(_QUANTITY),
                    "classification": TEXT,
                    "presumed": PRESUMED,
                    "possible": TEXTS,
                    "cites": TEXTS,
                    "declared_eccn": optional(TEXT),
                    "elsewhere": _ELSEWHERE,
                    "straddles": FLAG,
                    "views": several(_VIEW),
                    "deciding": DECIDING,
                    "rules": several(record(RULE)),
                    "notes": TEXTS,
                    "coming": several(CHANGE),
                }
            )
        ),
    },
)
