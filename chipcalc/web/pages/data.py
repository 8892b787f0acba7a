"""The data: chips by vendor, how firm their figures are, and what nobody published of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from chipcalc.commands.catalogue import Listing
from chipcalc.commands.catalogue import shown as listed
from chipcalc.schema.source import STATUSES
from chipcalc.sheets.sheet import Sheet
from chipcalc.web.address import Address
from chipcalc.web.library import Library
from chipcalc.web.page import Page
from chipcalc.words.commands import written
from chipcalc.words.labels import vendor
from chipcalc.words.sheet import absent, market

_MOST = 40


class Row(NamedTuple):
    """A chip in the list: when, for whom, how many figures of each status, and what is unknown."""

    id: str
    name: str
    launched: str
    market: str
    counts: tuple[int, ...]
    unknown: str


def page(library: Library, address: Address) -> Page:
    """Return what the data hold; of one vendor where it is named."""
    vocabulary = library.store.vocabulary
    only = address.first("vendor")
    sheets = [each.sheet for each in library.chips]
    by_vendor: dict[str, list[Sheet]] = {}
    for each in sheets:
        by_vendor.setdefault(each.chip.vendor, []).append(each)
    total = Counter(status for each in sheets for status in _statuses(each))
    used = tuple(each for each in STATUSES if total[each])
    chosen = {only: by_vendor[only]} if only in by_vendor else by_vendor
    groups = [
        (name, vendor(name, vocabulary), [_row(each, used, library) for each in found])
        for name, found in sorted(chosen.items())
    ]
    report = listed(library.db, Listing(vendors=(only,) if only in by_vendor else ()))
    values: dict[str, Any] = {
        "groups": groups,
        "number": len(sheets),
        "vendors": len(by_vendor),
        "only": only,
        "total": [(each, total[each]) for each in used],
        "columns": used,
        "publishers": _publishers(sheets, library).most_common(_MOST),
    }
    said = ("--vendor", only) if only in by_vendor else ()
    return Page("data.html", "Data", values, report, written("list", *said))


def _row(sheet: Sheet, used: tuple[str, ...], library: Library) -> Row:
    counts = Counter(_statuses(sheet))
    vocabulary = library.store.vocabulary
    return Row(
        sheet.id,
        sheet.name,
        str(sheet.chip.launched or ""),
        market(sheet.market.value, vocabulary) if sheet.market else "",
        tuple(counts[each] for each in used),
        "; ".join(absent(sheet, vocabulary)),
    )


def _statuses(sheet: Sheet) -> Iterable[str]:
    return (each.statement.status for found in sheet.statements.values() for each in found)


def _publishers(sheets: Iterable[Sheet], library: Library) -> Counter[str]:
    """Return how many statements rest on each publisher."""
    found: Counter[str] = Counter()
    for sheet in sheets:
        for each in (e for statements in sheet.statements.values() for e in statements):
            keys = each.statement.source
            known = [library.store.source(sheet, key) for key in keys]
            found.update({each.publisher for each in known if each})
    return found
