"""The JSON Schema of spec files, for editors; made from the models that read them."""

from __future__ import annotations

import json

from chipcalc.claims.claim import Claims
from chipcalc.errors import unknown
from chipcalc.places.groups import Groups
from chipcalc.rules.rule import Rule
from chipcalc.schema.base import Frozen
from chipcalc.schema.source import Source
from chipcalc.sheets.chip import Chip
from chipcalc.vocabulary.model import Vocabulary

_SCHEMAS: dict[str, type[Frozen]] = {
    "chip": Chip,
    "rule": Rule,
    "claims": Claims,
    "groups": Groups,
    "metrics": Vocabulary,
    "source": Source,
}


def json_schema(kind: str) -> str:
    """Return the JSON Schema of a kind of spec file as text; raises ChipcalcError."""
    if kind not in _SCHEMAS:
        listed = f"known are {', '.join(_SCHEMAS)}"
        raise unknown(f"no schema '{kind}'", kind, _SCHEMAS, ("schemas", "known"), listed)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_SCHEMAS[kind].model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2)
