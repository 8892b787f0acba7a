"""How many facts spec sheets state, how firm they are, and what they lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc import bounded
from chipcalc.files import BUILT_IN
from chipcalc.lint.deciding import circuits, deciding
from chipcalc.lint.facts import facts
from chipcalc.lint.sources import uncitable
from chipcalc.lint.standards import standards
from chipcalc.schema.source import STATUSES, Status
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store

FIRM: tuple[Status, ...] = ("official", "reported")


class Count(NamedTuple):
    """How many there are of something, and of what; some are a part of the one before."""

    number: int
    what: str
    part: bool = False


def statistics(given: Sequence[Path], specs: Sequence[Path]) -> list[Count]:
    """Return the counts over the sheets of spec folders, and single sheets.

    Raises ChipcalcError with the problems of files that cannot be read.
    """
    return list(_counted([each for path in given or [*specs, BUILT_IN] for each in _sheets(path)]))


def _sheets(path: Path) -> list[tuple[Sheet, Store]]:
    folders = [path] if bounded.is_folder(path) and path.resolve() != BUILT_IN else []
    store = Store((*folders, BUILT_IN))
    if not bounded.is_folder(path):
        return [(store.from_file(str(path)), store)]
    own = [chip for chip, file in store.files.items() if path in file.parents]
    return [(store.sheet(chip), store) for chip in own]


def _counted(sheets: Sequence[tuple[Sheet, Store]]) -> Iterator[Count]:
    stated = [(fact, sheet, store) for sheet, store in sheets for _, fact in facts(sheet)]
    statuses = Counter(fact.status for fact, _, _ in stated)
    yield Count(len(sheets), "sheets")
    yield Count(len(stated), "facts")
    for status in STATUSES:
        if status != "given":
            yield Count(statuses[status], status, part=True)
    bare = Counter(fact.status for fact, _, _ in stated if not fact.source)
    yield Count(bare.total(), "facts without a source")
    yield Count(sum(bare[each] for each in FIRM), "of them official or reported", part=True)
    decide = [
        fact
        for sheet, store in sheets
        for _, fact in deciding(sheet, store, circuits(sheet, store))
    ]
    firm = [each for each in decide if each.status in FIRM]
    yield Count(len(firm), "official or reported facts that decide under export controls")
    for status in FIRM:
        lacking = sum(each.status == status and not each.at for each in firm)
        yield Count(lacking, f"{status}, without at:", part=True)
    uses = [use for fact, sheet, store in stated for use in _uncitable(fact.source, sheet, store)]
    yield Count(len(uses), "uses of a source that is a home page, a search or a whole repository")
    yield Count(sum(len(sheet.chip.exceptions) for sheet, _ in sheets), "exceptions with a reason")


def _uncitable(keys: Sequence[str], sheet: Sheet, store: Store) -> Iterator[str]:
    addresses = standards(store).addresses
    for key in keys:
        source = store.source(sheet, key)
        if source and uncitable(source.url, addresses):
            yield key
