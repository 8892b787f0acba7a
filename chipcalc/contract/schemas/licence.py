"""The schema of licences."""

from __future__ import annotations

from chipcalc.contract.licence import SCHEMA
from chipcalc.contract.schemas.check import CIRCUITS, CIRCUMSTANCES, RULE, WHERE
from chipcalc.contract.schemas.dated import AMENDMENT, KIND, PRESUMED, SHIPPED
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    AVAILABLE,
    DAY,
    FLAG,
    SUPPOSED,
    TEXT,
    TEXTS,
    VERDICT,
    Schema,
    document,
    either,
    optional,
    record,
    several,
)

_JUDGED: dict[str, Schema] = {
    "verdict": either((*VERDICT["enum"], "not asked")),
    "says": TEXTS,
    "differ": FLAG,
    "asks": several(record({"what": TEXT, "by": TEXT})),
}
_DECIDING: Schema = several(record({"where": WHERE, **_JUDGED}))
_ASPECT: Schema = record(
    {
        **_JUDGED,
        "unsure": optional(TEXT),
        "deciding": _DECIDING,
        "views": several(record({"label": TEXT, **_JUDGED, "deciding": _DECIDING})),
    }
)
_ANSWER: Schema = either(("required", "depends", "not settled", "not required"))
_RULE: Schema = record(
    {
        **RULE,
        "answer": TEXT,
        "enforced": FLAG,
        "printed": FLAG,
        "conditions": TEXTS,
        "notes": TEXTS,
    }
)
LICENCE = document(
    SCHEMA,
    "What shipments of chips need; the rules are null where several countries are told of at once.",
    {
        "as_of": DAY,
        "regime": optional(TEXT),
        "supposed": SUPPOSED,
        "shipments": several(
            record(
                {
                    **ABOUT,
                    **AVAILABLE,
                    "destinations": TEXTS,
                    "circumstances": CIRCUMSTANCES,
                    "circuits": CIRCUITS,
                    "assumed": TEXTS,
                    "classification": TEXT,
                    "presumed": PRESUMED,
                    "cites": TEXTS,
                    "licence": record({"printed": _ASPECT, "enforced": _ASPECT}),
                    "answers": record({"printed": _ANSWER, "enforced": _ANSWER}),
                    "reserves": TEXTS,
                    "exceptions": _ASPECT,
                    "review": _ASPECT,
                    "rules": optional(several(_RULE)),
                    "notices": several(
                        record(
                            {
                                "rule": TEXT,
                                "kind": KIND,
                                "verdict": VERDICT,
                                "says": TEXT,
                                "at": optional(TEXT),
                            }
                        )
                    ),
                    "notes": TEXTS,
                    "coming": optional(several(SHIPPED)),
                }
            )
        ),
        "coming": several(record({"day": DAY, "says": TEXT, "amendments": several(AMENDMENT)})),
    },
)
