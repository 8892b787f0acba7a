"""The stable contract of lists of chips: flat records."""

from __future__ import annotations

from chipcalc.contract.common import interval_data
from chipcalc.figures.figure import Answer, Figure
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet

FACTS = ("id", "name", "vendor", "launched", "market")


def facts(sheet: Sheet) -> dict[str, str]:
    chip, market = sheet.chip, sheet.market
    launched = str(chip.launched or "")
    facts = (chip.id, chip.name, chip.vendor, launched, market.value if market else "")
    return dict(zip(FACTS, facts, strict=True))


def record(metric: str, when: Conditions, answer: Answer) -> dict[str, str]:
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
