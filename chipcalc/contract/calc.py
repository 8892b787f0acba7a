"""The stable contract of a calculation: its result and the figures that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract.common import amount, flat

SCHEMA = "chipcalc.calc/2"


def data(found: Sequence[Calculation]) -> dict[str, Any]:
    """Return the contract of a calculation: of one result, or of one for each number format.

    Of several the result of the whole is null, the inputs are all, and `results` has each.
    """
    first = found[0]
    single = len(found) == 1
    return {
        "schema": SCHEMA,
        "expression": first.expression,
        **(_figure(first) if single else {**amount(None), "unit": None, "status": None}),
        "inputs": [each for one in found for each in _inputs(one)],
        "results": [
            {"when": dict(one.when), **_figure(one), "inputs": _inputs(one)}
            for one in found
            if not single
        ],
    }


def records(found: Sequence[Calculation]) -> list[dict[str, str]]:
    """Return each result as one flat record."""
    return [
        flat({"expression": one.expression, **_figure(one), "when": dict(one.when)})
        for one in found
    ]


def _inputs(found: Calculation) -> list[dict[str, Any]]:
    return [
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
    ]


def _figure(found: Calculation) -> dict[str, Any]:
    value = found.figure.value
    return {
        **amount(value.amount),
        "unit": value.unit.text,
        "status": found.figure.status,
    }
