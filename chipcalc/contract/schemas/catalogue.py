"""The schemas of the lists of chips and metrics, and of one metric."""

from __future__ import annotations

from chipcalc.contract.catalogue import SCHEMA, SCHEMA_OF_METRIC, SCHEMA_OF_METRICS
from chipcalc.contract.schemas.pieces import (
    ABOUT,
    AVAILABLE,
    COUNT,
    DAY,
    EXACT,
    LAUNCHED,
    STATUS,
    TEXT,
    TEXTS,
    UNIT,
    WHEN,
    document,
    either,
    optional,
    record,
    several,
)
from chipcalc.contract.units import SCHEMA as SCHEMA_OF_UNITS

_CHIP = {
    **record({**ABOUT, "vendor": TEXT, **LAUNCHED, **AVAILABLE, "market": optional(TEXT)}),
    # a metric that was asked for stands under its own name
    "patternProperties": {
        "_exact(_low|_high)?$": optional(EXACT),
        "_unit$": UNIT,
        "_status$": STATUS,
        "_when$": WHEN,
        "^as_of$": DAY,
        "^classification$": TEXT,
    },
    "additionalProperties": {
        "type": ["number", "null"],
        "description": "a metric under its name, or one of its ends; null where not known",
    },
}
_METRIC = {
    "metric": TEXT,
    "label": TEXT,
    "unit": UNIT,
    "kind": either(("given", "stated", "derived")),
    "say": TEXT,
}
LIST = document(
    SCHEMA, "Chips, with figures.", {"count": COUNT, "chips": several(_CHIP), "left_out": TEXTS}
)
METRICS = document(SCHEMA_OF_METRICS, "All metrics.", {"metrics": several(record(_METRIC))})
METRIC = document(
    SCHEMA_OF_METRIC,
    "One metric: how to state it, and how it is computed.",
    {
        **_METRIC,
        "better": either(("higher", "lower", "neither")),
        "right": TEXTS,
        "wrong": TEXTS,
        "conditions": TEXTS,
        "words": several(record({"condition": TEXT, "value": TEXT, "label": TEXT, "note": TEXT})),
        "formula": optional(TEXT),
        "source": optional(TEXT),
    },
)
UNITS = document(
    SCHEMA_OF_UNITS,
    "The units that are understood, and the prefixes that go before their short names.",
    {
        "units": several(
            record({"unit": TEXT, "names": TEXTS, "dimension": TEXT, "defined": TEXT})
        ),
        "prefixes": several(
            record({"prefix": TEXT, "name": TEXT, "factor": {"type": "integer", "minimum": 1}})
        ),
    },
)
