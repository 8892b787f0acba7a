"""The stable contract of a calculation: its result and the figures that it rests on."""

from __future__ import annotations

from typing import Any

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract.common import interval_data

SCHEMA = "chipcalc.calc/1"


def data(found: Calculation) -> dict[str, Any]:
    """Return the contract of a calculation."""
    figure = found.figure
    return {
        "schema": SCHEMA,
        "expression": found.expression,
        **interval_data(figure.value.amount),
        "unit": figure.value.unit.text,
        "status": figure.status,
        "inputs": [
            {
                "chip": node.chip,
                "metric": node.name,
                "when": dict(node.when),
                **interval_data(used.value.amount),
                "unit": used.value.unit.text,
                "status": used.status,
                "at": [each.origin for each in used.statements()],
            }
            for node, used in found.used
        ],
    }


def records(found: Calculation) -> list[dict[str, str]]:
    """Return the result as one flat record."""
    figure = found.figure
    flat = {"expression": found.expression, **interval_data(figure.value.amount)}
    return [{**flat, "unit": figure.value.unit.text, "status": figure.status}]
