"""The stable contract of a calculation: its result and the figures that it rests on."""

from __future__ import annotations

from typing import Any

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract.common import amount, flat

SCHEMA = "chipcalc.calc/2"


def data(found: Calculation) -> dict[str, Any]:
    """Return the contract of a calculation."""
    return {
        "schema": SCHEMA,
        **_result(found),
        "inputs": [
            {
                "chip": node.chip,
                "metric": node.name,
                "when": dict(node.when),
                **amount(used.value.amount),
                "unit": used.value.unit.text,
                "status": used.status,
                "at": [each.origin for each in used.statements()],
            }
            for node, used in found.used
        ],
    }


def records(found: Calculation) -> list[dict[str, str]]:
    """Return the result as one flat record."""
    return [flat(_result(found))]


def _result(found: Calculation) -> dict[str, Any]:
    value = found.figure.value
    return {
        "expression": found.expression,
        **amount(value.amount),
        "unit": value.unit.text,
        "status": found.figure.status,
    }
