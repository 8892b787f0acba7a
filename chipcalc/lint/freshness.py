"""When sheets and rules were last held against what they rest on, the oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import BUILT_IN
from chipcalc.lint.facts import facts
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import shown
from chipcalc.schema.types import PartialDate
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store


class Checked(NamedTuple):
    """The day on which a file was last checked, and what it is."""

    day: datetime.date
    kind: str
    name: str
    file: str


def checked(
    given: Sequence[Path], specs: Sequence[Path], before: datetime.date | None = None
) -> list[Checked]:
    """Return when the sheets and rules of spec folders were last checked, the oldest first.

    With a day, only those that were checked before it. Raises ChipcalcError for files that cannot
    be read.
    """
    found = [each for folder in given or [*specs, BUILT_IN] for each in _of_folder(folder)]
    return sorted(each for each in dict.fromkeys(found) if before is None or each.day < before)


def _of_folder(folder: Path) -> Iterator[Checked]:
    store = Store((folder,) if folder.resolve() == BUILT_IN else (folder, BUILT_IN))
    for chip, path in store.files.items():
        day = day_of(store.sheet(chip), store) if folder in path.parents else None
        if day:
            yield Checked(day, "sheet", chip, shown(path))
    for rulebook in Rulebook(store).everywhere():
        own = [(rule, path) for rule, path in rulebook.files.items() if folder in path.parents]
        for rule, path in own:
            day = rulebook.provisions[rule][0].rule.verified
            yield Checked(day, "rule", rule, shown(path))


def day_of(sheet: Sheet, store: Store) -> datetime.date | None:
    """Return the day on which a sheet was last checked; None where nothing tells it.

    It is the one that the sheet names, else the first on which one of its sources was read, since
    what rests on that was not looked at later. What a variant takes over, and what a board
    contains, counts too.
    """
    if sheet.chip.checked:
        return sheet.chip.checked
    days = [source.first for source in _read(sheet, store)]
    others = [sheet.parent, *(each.sheet for each in sheet.parts if not each.in_place)]
    for other in others:
        day = day_of(other, store) if other else None
        days += [day] if day else []
    return min(days, default=None)


def _read(sheet: Sheet, store: Store) -> Iterator[PartialDate]:
    """Yield the days on which the sources of a sheet's own facts were read."""
    for key in {key for _, fact in facts(sheet) for key in fact.source}:
        try:
            source = store.source(sheet, key)
        except ChipcalcError:
            continue
        if source:
            yield source.accessed


def day_is_known(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """Every sheet tells when it was last checked: by its sources, or by a day of its own."""
    if day_of(sheet, store) is None and list(facts(sheet)):
        what, hint = "nothing tells when it was last checked", "add checked: with the day"
        yield sheet.document.problem((), what, hint)
