"""The schemas of headroom: distances to every line, and what stays outside of them."""

from __future__ import annotations

from chipcalc.contract.headroom import SCHEMA, SCHEMA_OF_MOST
from chipcalc.contract.schemas.check import OUTCOME, SPAN
from chipcalc.contract.schemas.criteria import COMPARISON
from chipcalc.contract.schemas.dated import KIND
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    DAY,
    FIRM,
    STATUS,
    SUPPOSED,
    TEXT,
    TEXTS,
    UNIT,
    VERDICT,
    WHEN,
    amount,
    by_name,
    document,
    ends,
    optional,
    record,
    several,
)

HEADROOM = document(
    SCHEMA,
    "How far chips are from every line of the rules.",
    {
        "as_of": DAY,
        "regime": optional(TEXT),
        "supposed": SUPPOSED,
        "distances": several(
            record(
                {
                    **ABOUT,
                    "rule": TEXT,
                    "paragraph": TEXT,
                    "cite": optional(TEXT),
                    **COMPARISON,
                    **amount(),
                    "status": STATUS,
                    **amount("distance"),
                    **amount("margin"),
                    "verdict": VERDICT,
                }
            )
        ),
    },
)
_OUTSIDE = optional(several(record(SPAN)))
HEADROOM_MAX = document(
    SCHEMA_OF_MOST,
    "Which values of each input, the others being as they are, stay outside of the paragraphs.",
    {
        "as_of": DAY,
        "supposed": SUPPOSED,
        "bounds": several(
            record(
                {
                    **ABOUT,
                    "metric": TEXT,
                    "when": WHEN,
                    "circumstances": by_name(TEXTS),
                    "now": optional(record({**amount(known=True), "unit": UNIT, "status": FIRM})),
                    "outside": _OUTSIDE,
                    "outside_of": by_name(_OUTSIDE),
                    "outcomes": several(OUTCOME),
                    "rates": by_name(record({**ends(), "unit": UNIT})),
                }
            )
        ),
        "by_rule": several(
            record(
                {
                    **ABOUT,
                    "rule": TEXT,
                    "paragraph": TEXT,
                    "kind": KIND,
                    "metric": TEXT,
                    "when": WHEN,
                    "needs": TEXTS,
                    "solved": several(
                        record(
                            {
                                "circumstances": by_name(TEXTS),
                                "outside": _OUTSIDE,
                                "outcomes": several(OUTCOME),
                            }
                        )
                    ),
                }
            )
        ),
    },
)
