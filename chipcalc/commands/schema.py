"""The JSON Schema of spec files, for editors, and of what the commands print as JSON."""

from __future__ import annotations

import json
from typing import Any

from chipcalc.claims.claim import Claims
from chipcalc.errors import unknown
from chipcalc.intake.mapping import Mapping
from chipcalc.places.groups import Groups
from chipcalc.rules.diligence import Diligence
from chipcalc.rules.regime import Regime
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
    "diligence": Diligence,
    "mapping": Mapping,
    "regime": Regime,
    "metrics": Vocabulary,
    "source": Source,
}


_OUTPUT = "output:"


def json_schema(kind: str) -> str:
    """Return the JSON Schema of a kind of spec file, or of an output, as text.

    A name that both have is that of the spec file; ``output:rule`` is the output. Raises
    ChipcalcError for a name that neither has.
    """
    found = _of_file(kind) or _of_output(kind)
    if not found:
        known = kinds()
        listed = f"known are {', '.join(known)}"
        raise unknown(f"no schema '{kind}'", kind, known, ("schemas", "known"), listed)
    return json.dumps(found, ensure_ascii=False, indent=2)


def kinds() -> list[str]:
    """Return the names of all schemas: of spec files, and then of outputs."""
    from chipcalc.contract.schemas.outputs import OUTPUTS

    outputs = [f"{_OUTPUT}{name}" if name in _SCHEMAS else name for name in OUTPUTS]
    return [*_SCHEMAS, *outputs]


def _of_file(kind: str) -> dict[str, Any]:
    if kind not in _SCHEMAS:
        return {}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**head, **_SCHEMAS[kind].model_json_schema()}


def _of_output(kind: str) -> dict[str, Any]:
    from chipcalc.contract.schemas.outputs import OUTPUTS

    return OUTPUTS.get(kind.removeprefix(_OUTPUT), {})
