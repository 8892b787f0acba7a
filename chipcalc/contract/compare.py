"""The stable contract of a comparison: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.contract.common import BOUND, amount, available, flat
from chipcalc.figures.figure import Answer, Figure
from chipcalc.values.interval import Bounds, Interval
from chipcalc.values.units import Quantity, Unit

SCHEMA = "chipcalc.compare/2"


def fitted(value: Quantity, unit: Unit) -> tuple[Interval, str]:
    """Return an amount in a unit, or in its own with the text of that where it does not fit."""
    if value.unit.dimension == unit.dimension:
        return value.to(unit).amount, ""
    return value.amount, f" {value.unit}"


def data(comparison: Comparison) -> dict[str, Any]:
    """Return the contract: every row with the figure and the ratio of each chip, by its id."""
    ids = [sheet.id for sheet in comparison.sheets]
    return {
        "schema": SCHEMA,
        "base": ids[0],
        "chips": ids,
        "availability": {sheet.id: available(sheet)["availability"] for sheet in comparison.sheets},
        "modes": {each.sheet.id: each.mode or None for each in comparison.evaluators},
        "rows": [
            {
                "metric": line.metric,
                "when": dict(line.when),
                "unit": line.unit.text,
                "values": dict(zip(ids, _values(line), strict=True)),
                "ratios": {
                    chip: amount(ratio) if ratio else None
                    for chip, ratio in zip(ids, _ratios(line), strict=True)
                },
                "best": None if line.best is None else ids[line.best],
            }
            for line in comparison.lines
        ],
    }


def _ratios(line: ComparedRow) -> list[Interval | Bounds | None]:
    """Return the ratio of each chip, or what bounds it."""
    return [ratio or bound for ratio, bound in zip(line.ratios, line.bounds, strict=True)]


def _values(line: ComparedRow) -> list[dict[str, Any]]:
    return [_value(answer, line.unit) for answer in line.answers]


def _value(answer: Answer, unit: Unit) -> dict[str, Any]:
    """Return an answer: null with the reason as its status where there is no figure.

    Where something bounds what is not known, that is its status, and the ends are given.
    """
    if not isinstance(answer, Figure):
        bounds = answer.bounds(unit)
        return {
            **amount(bounds),
            "unit": unit.text,
            "status": BOUND if bounds else answer.kind,
            "derived": None,
            "source": [],
            "because": answer.because,
        }
    fits = answer.value.unit.dimension == unit.dimension
    keys = dict.fromkeys(key for each in answer.statements() for key in each.statement.source)
    return {
        **amount(fitted(answer.value, unit)[0]),
        "unit": unit.text if fits else answer.value.unit.text,
        "status": answer.status,
        "derived": answer.derived,
        "source": list(keys),
        "because": None,
    }


def records(comparison: Comparison) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each chip of each row."""
    for line in comparison.lines:
        best = None if line.best is None else comparison.sheets[line.best].id
        row = zip(comparison.sheets, _values(line), _ratios(line), strict=True)
        for sheet, value, ratio in row:
            yield flat(
                {
                    "chip": sheet.id,
                    "name": sheet.name,
                    "metric": line.metric,
                    "when": dict(line.when),
                    **value,
                    **amount(ratio, "ratio"),
                    "best": best == sheet.id,
                    **available(sheet),
                }
            )
