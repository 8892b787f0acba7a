"""So many of a chip as one: ``8 h20`` names eight of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, error
from chipcalc.files import is_file
from chipcalc.sheets.choice import Choice
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store

_COUNTED = re.compile(r"\s*(?P<count>[0-9]+)\s*(?:[x×]\s*)?(?<![0-9])(?P<name>\S.*)", re.DOTALL)
_MOST = 10**9


class Counted(NamedTuple):
    """A name without the number before it, and that number."""

    name: str
    number: int


def chosen(store: Store, name: str) -> Choice:
    """Return what a name means as `Store.choose` does, and so many of it where a number leads it.

    A chip whose own name begins with a number is that chip. Raises ChipcalcError as there, and for
    a number that is no number of chips.
    """
    counted = _counted(store, name)
    if counted is None:
        return store.choose(name)
    if not 1 <= counted.number <= _MOST:
        raise error(f"'{name}': {counted.number} is no number of chips", "write 1 or more")
    try:
        found = store.choose(counted.name)
    except ChipcalcError as fault:
        if is_file(counted.name):
            raise
        raise ChipcalcError(*(each.within(name) for each in fault.problems)) from None
    return found._replace(sheets=tuple(times(each, counted.number) for each in found.sheets))


def times(sheet: Sheet, count: int) -> Sheet:
    """Return so many of a chip as one sheet, called ``8 H20 96GB``; of one the sheet as it is."""
    if count == 1:
        return sheet
    called = {"id": f"{count} {sheet.id}", "name": f"{count} {sheet.name}"}
    return replace(sheet, chip=sheet.chip.model_copy(update=called), count=sheet.count * count)


def _counted(store: Store, name: str) -> Counted | None:
    match = _COUNTED.fullmatch(name)
    if not match or is_file(name) or store.match(name).confidence != "none":
        return None
    return Counted(match["name"], int(match["count"]))
