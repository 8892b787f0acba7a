"""The schema of the claims of an article with their answers."""

from __future__ import annotations

from typing import get_args

from chipcalc.claims.claim import Settlement
from chipcalc.claims.printed import RELATIONS
from chipcalc.contract.claims import SCHEMA
from chipcalc.contract.schemas.pieces import (
    DAY,
    STATUS,
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
    optional,
    record,
    several,
    single,
)

_BEHIND: Schema = record({end: optional({"type": "number"}) for end in ("low", "high")})
_FIGURE: Schema = record(
    {
        "label": TEXT,
        "chips": TEXTS,
        "metric": optional(TEXT),
        "when": WHEN,
        "against": WHEN,
        **amount(),
        "unit": optional(UNIT),
        "status": STATUS,
        "verdict": VERDICT,
    }
)
_PLACE: Schema = record(
    {
        "chip": TEXT,
        "metric": TEXT,
        "when": WHEN,
        "generations": _BEHIND,
        "years": _BEHIND,
        "verdict": VERDICT,
    }
)
_RULE: Schema = record({"chip": TEXT, "rule": TEXT, "as_of": DAY, "verdict": VERDICT})
_RELATION: Schema = record(
    {
        "word": either(RELATIONS),
        **single("printed"),
        **{name: optional(each) for end in ("least", "most") for name, each in single(end).items()},
        "unit": UNIT,
    }
)
CLAIMS = document(
    SCHEMA,
    "The claims of an article, recomputed.",
    {
        "article": record(
            {
                "id": TEXT,
                "title": TEXT,
                "published": TEXT,
                "language": TEXT,
                "publisher": optional(TEXT),
                "url": optional(TEXT),
            }
        ),
        "claims": several(
            record(
                {
                    "claim": TEXT,
                    "says": TEXT,
                    "verdict": either(get_args(Settlement)),
                    "verdict_text": TEXT,
                    "gist": TEXT,
                    "relation": optional(_RELATION),
                    "availability": by_name(optional(TEXT)),
                    "computed": several(_FIGURE),
                    "readings": several(_FIGURE),
                    "places": several(_PLACE),
                    "rules": several(_RULE),
                    "lines": TEXTS,
                    "needs": optional(TEXT),
                }
            )
        ),
    },
)
