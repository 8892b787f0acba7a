"""The modes of chips in words: which one their figures hold in, and which others there are."""

from __future__ import annotations

from chipcalc.comparison.comparison import Comparison
from chipcalc.sheets.sheet import Sheet


def paired(comparison: Comparison) -> str:
    """Return in which mode each chip that has several is compared; nothing where none has any.

    ``Modes: Jetson AGX Orin 64GB MAXN (60 W), also 50 W, 30 W, 15 W``.
    """
    found = [
        _at(each.sheet, each.mode)
        for each in comparison.evaluators
        if each.mode in each.sheet.modes
    ]
    return f"Modes: {'; '.join(found)}" if found else ""


def _at(sheet: Sheet, mode: str) -> str:
    others = [each.label for name, each in sheet.modes.items() if name != mode]
    also = f", also {', '.join(others)}" if others else ""
    return f"{sheet.name} {sheet.modes[mode].label}{also}"


def listed(sheet: Sheet) -> str:
    """Return the modes of a sheet, the usual one marked; nothing where it names none.

    ``modes: MAXN (60 W), which holds where none is named, 50 W, 30 W``.
    """
    labels = [each.label for each in sheet.modes.values()]
    if not labels:
        return ""
    first, *others = labels
    return f"modes: {', '.join((f'{first}, which holds where none is named', *others))}"
