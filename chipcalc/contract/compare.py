"""The stable contract of a comparison: JSON data and flat records, numbers as decimal strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chipcalc.comparison.comparison import Comparison
from chipcalc.contract.common import interval_data
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.values.interval import Interval
from chipcalc.values.units import Quantity, Unit

SCHEMA = "chipcalc.compare/1"


def fitted(value: Quantity, unit: Unit) -> tuple[Interval, str]:
    if value.unit.dimension == unit.dimension:
        return value.to(unit).amount, ""
    return value.amount, f" {value.unit}"


def data(comparison: Comparison) -> dict[str, Any]:
    ids = [sheet.id for sheet in comparison.sheets]
    return {
        "schema": SCHEMA,
        "base": ids[0],
        "chips": ids,
        "rows": [
            {
                "metric": line.metric,
                "when": dict(line.when),
                "unit": line.unit.text,
                "values": {
                    chip: _value(answer, line.unit)
                    for chip, answer in zip(ids, line.answers, strict=True)
                },
                "ratios": {
                    chip: interval_data(ratio) if ratio else None
                    for chip, ratio in zip(ids, line.ratios, strict=True)
                },
                "best": None if line.best is None else ids[line.best],
            }
            for line in comparison.lines
        ],
    }


def _value(answer: Answer, unit: Unit) -> dict[str, Any] | None:
    """Return an answer for the contract: null for unknown, a status alone for not offered."""
    if isinstance(answer, Missing):
        if answer.kind == "unknown":
            return None
        empty = {"value": None, "low": None, "high": None}
        return {**empty, "status": answer.kind, "source": [], "because": answer.because}
    amount, _ = fitted(answer.value, unit)
    keys = dict.fromkeys(key for each in answer.statements() for key in each.statement.source)
    found: dict[str, Any] = {**interval_data(amount), "status": answer.status, "source": list(keys)}
    found["derived"] = answer.derived
    if answer.value.unit.dimension != unit.dimension:
        found["unit"] = answer.value.unit.text
    return found


def records(comparison: Comparison) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each chip of each row."""
    for line in comparison.lines:
        for sheet, answer, ratio in zip(comparison.sheets, line.answers, line.ratios, strict=True):
            figure = isinstance(answer, Figure)
            value = _value(answer, line.unit) or {}
            ratios = interval_data(ratio) if ratio else {}
            yield {
                "metric": line.metric,
                "when": " ".join(f"{name}={each}" for name, each in line.when.items()),
                "unit": value.get("unit", line.unit.text),
                "chip": sheet.id,
                "value": value.get("value") or "",
                "low": value.get("low") or "",
                "high": value.get("high") or "",
                "status": answer.status if isinstance(answer, Figure) else answer.kind,
                "derived": str(answer.derived).lower() if isinstance(answer, Figure) else "",
                "source": " ".join(value.get("source", [])) if figure else "",
                "ratio": ratios.get("value", ""),
                "ratio_low": ratios.get("low", ""),
                "ratio_high": ratios.get("high", ""),
                "best": "yes"
                if line.best is not None and comparison.sheets[line.best] is sheet
                else "",
            }
