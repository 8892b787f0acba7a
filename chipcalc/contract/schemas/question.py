"""The schema of claims in one line with their answers."""

from __future__ import annotations

from typing import get_args

from chipcalc.claims.claim import Settlement
from chipcalc.claims.slips import SlipKind
from chipcalc.claims.tolerance import Basis
from chipcalc.contract.question import SCHEMA
from chipcalc.contract.schemas.pieces import (
    DAY,
    FLAG,
    STATUS,
    TEXT,
    TEXTS,
    UNIT,
    VERDICT,
    WHEN,
    Schema,
    amount,
    document,
    either,
    ends,
    optional,
    record,
    several,
    single,
)
from chipcalc.values.logic import Relation

_FIGURE: dict[str, Schema] = {**amount(), "unit": optional(UNIT), "status": STATUS}
_WAY: Schema = record(
    {
        "chip": optional(TEXT),
        "metric": optional(TEXT),
        "when": WHEN,
        "rule": optional(TEXT),
        **_FIGURE,
    }
)
_REASON: Schema = record(
    {
        "label": TEXT,
        "slips": several(
            record(
                {
                    "kind": either(get_args(SlipKind)),
                    "what": optional(TEXT),
                    "side": either(("of", "to", "both")),
                }
            )
        ),
        "sure": FLAG,
        **single("weight"),
        "cases": several(record({"of": _WAY, "to": optional(_WAY), "sure": FLAG, **_FIGURE})),
    }
)
CLAIM = document(
    SCHEMA,
    "Claims in one line, each with its verdict, its figures and the readings that explain it.",
    {
        "as_of": DAY,
        "claims": several(
            record(
                {
                    "claim": TEXT,
                    "verdict": either(get_args(Settlement)),
                    "metric": optional(TEXT),
                    "metric_named": FLAG,
                    "printed": record(
                        {
                            "relation": either(("about", *get_args(Relation))),
                            **single("value"),
                            **ends(),
                            "basis": either(get_args(Basis)),
                            "unit": UNIT,
                        }
                    ),
                    "figures": several(
                        record(
                            {
                                "chips": TEXTS,
                                "when": WHEN,
                                "against": WHEN,
                                "leads": FLAG,
                                "verdict": VERDICT,
                                **_FIGURE,
                            }
                        )
                    ),
                    "by": several(_REASON),
                    "reasons": several(_REASON),
                    "beside": several(record({"metric": TEXT, **_FIGURE})),
                    "quoted": several(
                        record(
                            {
                                "chips": TEXTS,
                                "verdict": either(get_args(Settlement)),
                                **single("value"),
                                "unit": TEXT,
                            }
                        )
                    ),
                    "left_out": record({"not_out": TEXTS, "other_market": TEXTS}),
                    "lines": TEXTS,
                }
            )
        ),
    },
)
