"""What the rows of a table state, by their mapping, and what of them was not understood."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Words
from typing import NamedTuple

from chipcalc.errors import ChipcalcError
from chipcalc.intake.mapping import Mapping, Reading
from chipcalc.intake.table import Row, Table
from chipcalc.schema.types import date
from chipcalc.values import cells
from chipcalc.values.units import Quantity


class Stated(NamedTuple):
    """One figure: its column and what that states, its quantity, place and the words behind."""

    column: str
    reading: Reading
    quantity: Quantity
    place: tuple[int, str]
    words: str = ""


class Item(NamedTuple):
    """The product of one row, with a place for its sheet."""

    id: str
    name: str
    vendor: str
    row: int
    figures: tuple[Stated, ...]
    launched: str = ""


class Fault(NamedTuple):
    """A cell or row that was not understood; the column is empty for the row as a whole."""

    row: int
    column: str
    text: str
    why: str


class Understood(NamedTuple):
    """All of a table: products, faults, rows that state each column, columns that are unused."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    counts: Words[str, int]
    unused: tuple[str, ...]


def understood(table: Table, by: Mapping) -> Understood:
    """Return the products of a table and what was not understood of it; nothing is guessed."""
    items: dict[str, Item] = {}
    faults: list[Fault] = []
    counts: Counter[str] = Counter()
    for row in table.rows:
        figures, unread = _figures(row, by)
        faults += unread
        item = _item(row, by, figures)
        why = _refused(item, items)
        if why:
            faults.append(Fault(row.number, "", item.name, why))
            continue
        counts.update(each.column for each in figures)
        items[item.id] = item
    known = {by.name, by.vendor, by.launched, *by.columns}
    unused = tuple(each for each in table.columns if each not in known)
    return Understood(tuple(items.values()), tuple(faults), counts, unused)


def _refused(item: Item, items: Words[str, Item]) -> str:
    if not item.id:
        return "no name"
    if item.id in items:
        return f"the same name as in row {items[item.id].row}"
    return "" if item.figures else "no usable figure"


def _figures(row: Row, by: Mapping) -> tuple[tuple[Stated, ...], list[Fault]]:
    stated, faults = [], []
    for column, reading in by.columns.items():
        text = row.cells.get(column, "")
        found = cells.read(text, decimal=by.decimal)
        if isinstance(found, cells.Unread):
            faults.append(Fault(*row.place(column), text, found.why))
        elif isinstance(found, cells.Amount):
            quantity = found.quantity(reading.unit)
            if quantity is None or quantity.unit.dimension != reading.unit.dimension:
                faults.append(Fault(*row.place(column), text, f"no amount in {reading.unit}"))
            else:
                stated.append(Stated(column, reading, quantity, row.place(column), found.words))
    return tuple(stated), faults


def _item(row: Row, by: Mapping, figures: tuple[Stated, ...]) -> Item:
    name = " ".join(row.cells.get(by.name, "").split())
    maker = row.cells.get(by.vendor or "", "").strip()
    vendor = by.vendors.get(maker) or slug(maker) or by.vendor_else
    return Item(slug(name), name, vendor, row.number, figures, _day(row, by))


def _day(row: Row, by: Mapping) -> str:
    text = row.cells.get(by.launched or "", "").strip()
    try:
        return str(date(text)) if text else ""
    except ChipcalcError:
        return ""


def slug(name: str) -> str:
    """Return a name as an id: lower case, digits and hyphens; nothing where no letter remains."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def unread(found: Understood) -> Iterator[Fault]:
    """Yield the cells, not whole rows, that were not understood."""
    yield from (each for each in found.faults if each.column)
