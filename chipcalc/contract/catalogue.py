"""The stable contract of the lists of chips and metrics: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chipcalc.contract.common import interval_data
from chipcalc.figures.figure import Answer, Figure
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet

FACTS = ("id", "name", "vendor", "launched", "market")


def chips(records: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return the contract of a list of chips; what is not known is null."""
    found = [{name: value or None for name, value in record.items()} for record in records]
    return {"schema": "chipcalc.list/1", "count": len(found), "chips": found}


def metrics(records: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return the contract of the list of metrics."""
    return {"schema": "chipcalc.metrics/1", "metrics": records}


def metric(name: str, facts: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return the contract of one metric."""
    return {"schema": "chipcalc.metric/1", "metric": name, "facts": facts}


def facts(sheet: Sheet) -> dict[str, str]:
    """Return what a list tells of a chip, flat."""
    chip, market = sheet.chip, sheet.market
    launched = str(chip.launched or "")
    facts = (chip.id, chip.name, chip.vendor, launched, market.value if market else "")
    return dict(zip(FACTS, facts, strict=True))


def record(metric: str, when: Conditions, answer: Answer) -> dict[str, str]:
    """Return a figure in a list, flat, with its ends, unit, status and conditions."""
    record = {metric: "", f"{metric}_low": "", f"{metric}_high": "", f"{metric}_unit": ""}
    if isinstance(answer, Figure):
        found = interval_data(answer.value.amount)
        record = {
            metric: found["value"],
            f"{metric}_low": found["low"],
            f"{metric}_high": found["high"],
            f"{metric}_unit": answer.value.unit.text,
        }
    record[f"{metric}_status"] = answer.status if isinstance(answer, Figure) else answer.kind
    if when:
        record[f"{metric}_when"] = " ".join(f"{name}={value}" for name, value in when.items())
    return record
