"""The stable contract of a spec sheet: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chipcalc.contract.common import interval_data
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located, Sheet

SCHEMA = "chipcalc.show/1"


def record(name: str, statement: Statement, located: Located) -> dict[str, str]:
    return {
        "metric": name,
        "when": " ".join(f"{key}={value}" for key, value in statement.when.items()),
        **interval_data(statement.quantity.amount),
        "unit": statement.unit.text,
        "status": statement.status,
        "source": " ".join(statement.source),
        "at": located.origin,
        "note": statement.note or "",
    }


def data(sheet: Sheet, records: Sequence[dict[str, str]]) -> dict[str, Any]:
    chip = sheet.chip
    return {
        "id": chip.id,
        "name": chip.name,
        "vendor": chip.vendor,
        "family": list(chip.family),
        "aliases": list(chip.aliases),
        "launched": str(chip.launched) if chip.launched else None,
        "market": sheet.market.value if sheet.market else None,
        "file": sheet.document.file,
        "facts": list(records),
        "notes": list(chip.notes),
    }
