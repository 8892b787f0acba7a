"""Which number formats a chip offers, as far as its sheet tells, and which have no rate in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from chipcalc.sheets.chip import ProcessingUnit
from chipcalc.sheets.rates import FORMAT
from chipcalc.sheets.sheet import GIVEN, Sheet


def offered(sheet: Sheet, part: str | None) -> Sequence[str] | None:
    """Return the formats that are listed for a chip, or one of its units; None where none are.

    An item that a user describes has those alone that are given.
    """
    units = sheet.mirrors("units").chip.units
    listed = units[part].formats if part and part in units else None
    if listed is None:
        listed = sheet.mirrors("formats").chip.formats
    if listed is None and not part and units:
        listed = _of_all(tuple(units.values()))
    return () if listed is None and sheet.id == GIVEN else listed


def _of_all(units: Sequence[ProcessingUnit]) -> tuple[str, ...] | None:
    """Return the formats of all units; None where one of them does not list its own."""
    lists = [each.formats for each in units if each.formats is not None]
    return tuple(name for each in lists for name in each) if len(lists) == len(units) else None


def tells_formats(sheet: Sheet) -> bool:
    """Whether a sheet tells which formats a chip offers, and not only some of their rates.

    Then none without a rate is overlooked; an item without any rate has none to overlook.
    """
    rates = [each for found in sheet.statements.values() for each in found]
    rated = any(FORMAT in each.statement.when for each in rates)
    return not rated or offered(sheet, None) is not None


def is_partial(
    sheet: Sheet, unsettled: Collection[tuple[str, str]], partial: Collection[tuple[str, str]]
) -> bool:
    """Whether some rate of a chip is unsure, or all are of what others usually outdo.

    `unsettled` and `partial` are the values of conditions that say so of a rate.
    """
    stated = [each.statement for found in sheet.statements.values() for each in found]
    rates = [each for each in stated if FORMAT in each.when]
    return any(
        each.status == "unverified" or not each.when.items().isdisjoint(unsettled) for each in rates
    ) or (bool(rates) and not any(each.when.items().isdisjoint(partial) for each in rates))


def without_rate(
    sheet: Sheet, part_name: str, part: str | None, unsettled: Collection[tuple[str, str]] = ()
) -> list[str]:
    """Return the formats that are listed for a chip, or one of its units, without any rate.

    What is stated for the chip as a whole counts for its units; a rate under an `unsettled`
    condition is none, because those that it may hide are not stated.
    """
    unsettled_by = frozenset(unsettled)
    rated = {
        (each.statement.when[FORMAT], each.statement.when.get(part_name))
        for found in sheet.statements.values()
        for each in found
        if FORMAT in each.statement.when and unsettled_by.isdisjoint(each.statement.when.items())
    }
    return list(dict.fromkeys(_without_rate(sheet, part, rated)))


def _without_rate(
    sheet: Sheet, part: str | None, rated: set[tuple[str, str | None]]
) -> Iterator[str]:
    units = sheet.mirrors("units").chip.units
    if part is None:
        known = {name for name, _ in rated}
        yield from (e for e in sheet.mirrors("formats").chip.formats or () if e not in known)
    for unit, described in units.items():
        if part in (None, unit):
            for name in described.formats or ():
                if rated.isdisjoint({(name, None), (name, unit)}):
                    yield name
