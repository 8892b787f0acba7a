"""Everything in a sheet that has a status and sources, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.schema.source import Sourced
from chipcalc.sheets.chip import Chip, Circuit
from chipcalc.sheets.sheet import Sheet
from chipcalc.yamlio import Path as Place


def facts(sheet: Sheet) -> Iterator[tuple[Place, Sourced]]:
    """Yield everything in a sheet's own file that has a status and sources, with its place."""
    chip = sheet.chip
    if chip.availability:
        yield ("availability",), chip.availability
    if chip.market:
        yield ("market",), chip.market
    if chip.item:
        yield ("item",), chip.item
    yield from _described(chip)
    for index, part in enumerate(chip.contains):
        if part.circuit:
            root = ("contains", index, "circuit")
            yield from (((*root, *place), each) for place, each in _described(part.circuit))


def is_unverified(sheet: Sheet) -> bool:
    """Whether nothing in a sheet's own file was checked, as in one taken over from a table."""
    found = [fact.status for _, fact in facts(sheet)]
    return bool(found) and set(found) == {"unverified"}


def _described(chip: Chip | Circuit) -> Iterator[tuple[Place, Sourced]]:
    """Yield what a chip, or a circuit described in place, has by way of figures and details."""
    for metric, statements in chip.values.items():
        yield from ((("values", metric, i), each) for i, each in enumerate(statements))
    for name, same in chip.same_as.items():
        yield ("same_as", name), same
    for name, facts in chip.details.items():
        yield from ((("details", name, i), each) for i, each in enumerate(facts))
    yield from ((("dies", i, "area"), e.area) for i, e in enumerate(chip.dies) if e.area)
    declared = (("tpp", chip.declared.tpp), ("eccn", chip.declared.eccn))
    yield from ((("declared", name), fact) for name, fact in declared if fact)


def maker(sheet: Sheet, place: Place) -> str:
    """Return the vendor of what a fact is about: of the sheet, or of a circuit described in it."""
    if place[0] == "contains" and isinstance(place[1], int):
        circuit = sheet.chip.contains[place[1]].circuit
        return (circuit.vendor if circuit else None) or sheet.chip.vendor
    return sheet.chip.vendor
