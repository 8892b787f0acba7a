"""The dies of a chip: what is known of one, and the sum over those that count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chipcalc.figures.figure import Answer, Figure, Missing, Summed
from chipcalc.figures.sums import total
from chipcalc.sheets.chip import Die
from chipcalc.sheets.sheet import Sheet
from chipcalc.values import units


def fact(sheet: Sheet, name: str, index: int) -> Answer:
    """Return the number or the area of one kind of die of a chip."""
    die, area = described(sheet)[index], sheet.areas[index]
    if name == "count":
        return Figure(units.plain(die.count), f"dies of the kind {die.name}")
    if area is None:
        return Missing("unknown", f"the area of {die.name} is not published")
    return Figure(area.statement.quantity, die.name, area.statement.status, located=area)


def over(sheet: Sheet, where: Mapping[str, Sequence[str]], of: Callable[[int], Answer]) -> Answer:
    """Return the sum over the dies of a chip of which each fact is among those that count.

    `of` gives what is added up for a kind of die, by its place among them.
    """
    if not described(sheet):
        return Missing("unknown", "no die is described")
    figures: list[Figure] = []
    missing: list[Missing] = []
    for index, die in enumerate(described(sheet)):
        counted = _counts(die, where)
        answer = of(index)
        if counted is None:
            because = f"the transistor type of {die.name} is not published"
            missing.append(Missing("unknown", because))
        elif counted and isinstance(answer, Missing):
            missing.append(answer._replace(positive=True))
        elif counted and isinstance(answer, Figure):
            figures.append(answer._replace(label=die.name))
    if missing:
        positive = bool(figures) or any(each.positive for each in missing)
        low = total(figures, Summed("dies")) if figures else None
        return missing[0]._replace(positive=positive, low=low, high=None)
    if not figures:
        return Missing("undefined", "no die of that kind: the area is zero")
    return total(figures, Summed("dies"))


def described(sheet: Sheet) -> tuple[Die, ...]:
    """Return the kinds of die of a chip, its own or those of the chip it is a variant of."""
    return sheet.mirrors("dies").chip.dies


def _counts(die: Die, where: Mapping[str, Sequence[str]]) -> bool | None:
    """Whether a die is among those that count; None when that is not known."""
    known = [getattr(die, name) for name in where]
    if any(
        value is not None and value not in where[name]
        for name, value in zip(where, known, strict=True)
    ):
        return False
    return None if None in known else True
