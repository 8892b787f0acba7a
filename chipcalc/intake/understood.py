"""What the rows of a table state, by their mapping, and what of them was not understood."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping as Words
from types import MappingProxyType
from typing import NamedTuple

from chipcalc.errors import ChipcalcError
from chipcalc.intake.decimals import mark_of
from chipcalc.intake.mapping import DieArea, Mapping, Reading
from chipcalc.intake.table import Fault, Row, Table
from chipcalc.schema.types import date
from chipcalc.values import cells
from chipcalc.values.cells import DecimalMark
from chipcalc.values.units import Quantity, Unit

_TOTALS = frozenset(
    {"total", "totals", "sum", "subtotal", "grand total", "summe", "gesamt", "合计", "总计", "小计"}
)

_FIRM = frozenset(
    {"estimate", "estimated", "est", "est.", "approx", "approx.", "approximately", "about"}
    | {"peak", "official", "reported", "rumoured", "rumored", "expected", "unconfirmed", "nominal"}
)
_OF_PARTS = frozenset({"per", "each", "total", "together", "combined", "all", "x", "pro", "je"})


class Stated(NamedTuple):
    """One figure: its column and what that states, its quantity, place and the words behind."""

    column: str
    reading: Reading
    quantity: Quantity
    place: tuple[int, str]
    words: str = ""


class Dies(NamedTuple):
    """The logic dies of a product, all alike: how many, the area of one, and its place."""

    number: int
    area: Quantity
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
    dies: Dies | None = None


class Understood(NamedTuple):
    """All of a table: products, faults, rows that state each column, columns that are unused."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    counts: Words[str, int]
    unused: tuple[str, ...]


def understood(
    table: Table, by: Mapping, decimal: DecimalMark | None = ".", prefix: str = ""
) -> Understood:
    """Return the products of a table and what was not understood of it; nothing is guessed.

    The ids of the products begin with the prefix.
    """
    items: dict[str, Item] = {}
    faults: list[Fault] = []
    counts: Counter[str] = Counter()
    for row in table.rows:
        item, unread = _item(row, by, decimal, prefix)
        faults += unread
        why = row.refused or _refused(item, items)
        if why:
            faults.append(Fault(row.number, "", item.name, why))
            continue
        counts.update(each.column for each in item.figures)
        if by.die_area and item.dies:
            counts[by.die_area.column] += 1
        items[item.id] = item
    unused = tuple(each for each in table.columns if each not in known_columns(by))
    return Understood(tuple(items.values()), tuple(faults), counts, unused)


def known_columns(by: Mapping) -> set[str]:
    """Return the columns that a mapping reads."""
    of_dies = {by.die_area.column, str(by.die_area.count)} if by.die_area else set()
    named = {by.name, by.vendor or "", by.launched or "", *by.columns, *of_dies}
    return named - {""}


def _refused(item: Item, items: Words[str, Item]) -> str:
    if not item.name:
        return "no name"
    if item.name.casefold() in _TOTALS:
        return "a total, and no product"
    if not item.id:
        return "no letter or digit of a name that an id can have"
    if item.id in items:
        first = items[item.id]
        same = "the same name as in" if first.name == item.name else f"its id {item.id} is that of"
        return f"{same} row {first.row}"
    return "" if item.figures or item.dies else "no usable figure"


def _item(
    row: Row, by: Mapping, decimal: DecimalMark | None, prefix: str
) -> tuple[Item, list[Fault]]:
    """Return the product of a row, and what of it was not understood."""
    name = " ".join(row.cells.get(by.name, "").split())
    maker = row.cells.get(by.vendor or "", "").strip()
    vendor = by.vendors.get(maker) or slug(maker) or by.vendor_else
    own = slug(name)
    about = Item(f"{prefix}-{own}" if prefix and own else own, name, vendor, row.number, ())
    if row.refused:
        return about, []
    figures, faults = [], []
    for column, reading in by.columns.items():
        found = _quantity(row, column, reading.unit, decimal, reading.when)
        if isinstance(found, Fault):
            faults.append(found)
        elif found:
            figures.append(Stated(column, reading, *found))
    dies = _dies(row, by.die_area, decimal) if by.die_area else None
    if isinstance(dies, Fault):
        faults.append(dies)
        dies = None
    launched = _day(row, by)
    if isinstance(launched, Fault):
        faults.append(launched)
        launched = ""
    return about._replace(figures=tuple(figures), dies=dies, launched=launched), faults


def _quantity(
    row: Row,
    column: str,
    unit: Unit,
    decimal: DecimalMark | None,
    when: Words[str, str] = MappingProxyType({}),
) -> tuple[Quantity, tuple[int, str], str] | Fault | None:
    """Return what a cell states with its place and words; None where it says nothing.

    Words behind an amount that may make another figure of it, such as ``sparse``, are a fault.
    """
    text = row.cells.get(column, "")
    found = cells.read(text, decimal=mark_of(text, decimal))
    if isinstance(found, cells.Unread):
        return Fault(*row.place(column), text, found.why)
    if isinstance(found, cells.Nothing):
        return None
    quantity = found.quantity(unit)
    if quantity is None or quantity.unit.dimension != unit.dimension:
        return Fault(*row.place(column), text, f"no amount in {unit}")
    if not _is_harmless(found.words, when):
        return Fault(*row.place(column), text, f"'{found.words}' may make another figure of it")
    return quantity, row.place(column), found.words


def _is_harmless(words: str, when: Words[str, str]) -> bool:
    """Whether words say how firm a figure is, or what its column says too.

    Of a figure without conditions, only what makes another amount of it is not.
    """
    said = set(re.findall(r"[\w:.]+", words.casefold()))
    if not when:
        return said.isdisjoint(_OF_PARTS)
    return said <= {*_FIRM, *(each.casefold() for each in when.values())}


def _dies(row: Row, by: DieArea, decimal: DecimalMark | None) -> Dies | Fault | None:
    """Return the dies of a row; a fault where their number is not said, as one may be of two."""
    found = _quantity(row, by.column, by.unit, decimal)
    if found is None or isinstance(found, Fault):
        return found
    if isinstance(by.count, int):
        return Dies(by.count, *found)
    text = row.cells.get(by.count, "").strip()
    whole = re.fullmatch(r"([1-9][0-9]{0,2})(?:\.0+)?", text)
    if whole is None:
        return Fault(*row.place(by.count), text, "how many dies the area is of is not said")
    return Dies(int(whole[1]), *found)


def _day(row: Row, by: Mapping) -> str | Fault:
    text = row.cells.get(by.launched or "", "").strip()
    if isinstance(cells.read(text), cells.Nothing):
        return ""
    try:
        return str(date(text))
    except ChipcalcError:
        return Fault(*row.place(by.launched or ""), text, "no day, month or year")


def slug(name: str) -> str:
    """Return a name as an id: lower case, digits and hyphens; nothing where no letter remains."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
