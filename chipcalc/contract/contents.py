"""The circuits of a board or a system in the contracts: JSON data, and one text of flat records."""

from __future__ import annotations

from typing import Any

from chipcalc.check.result import Checked, Finding, Part
from chipcalc.contract.outcomes import deciding_data
from chipcalc.sheets.sheet import GIVEN, Sheet
from chipcalc.words.check import named
from chipcalc.words.pointers import leads_to


def circuits(checked: Checked) -> list[dict[str, Any]]:
    """Return the circuits of an item, each with its classification; nothing for a circuit."""
    from chipcalc.contract.check import quantities

    return [
        {
            "chip": chip_id(each.sheet, checked.sheet),
            "name": each.sheet.name,
            "number": each.number,
            "classification": named(each.alone),
            "possible": list(each.alone.classification.possible),
            "cites": list(each.alone.classification.cites),
            "quantities": quantities(each.alone),
            "deciding": deciding_data(each.alone.deciding),
        }
        for each in checked.circuits
    ]


def chip_id(circuit: Sheet, whole: Sheet) -> str | None:
    """Return the id of a circuit; None for one that is described in place."""
    return None if circuit.id in (GIVEN, whole.id) else circuit.id


def text(checked: Checked) -> str:
    """Return the circuits of an item in one text: ``384 × Ascend 910C (3A090.a)``."""
    return "; ".join(map(_text, checked.circuits))


def _text(part: Part) -> str:
    return f"{part.number} × {part.sheet.name} ({named(part.alone)})"


def points_to(finding: Finding, checked: Checked) -> list[dict[str, Any]]:
    """Return the entries that a pointer leads to, with what is not known and what to ask."""
    return [
        {
            "paragraph": each.paragraph,
            "needs": {node.name: list(node.values) for node in each.needs},
            "ask": each.ask or None,
        }
        for each in leads_to(finding, checked)
    ]
