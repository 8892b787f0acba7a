"""Tables with a row for each figure, as tables with a row for each product."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from chipcalc.intake.decimals import mark_of
from chipcalc.intake.mapping import Long
from chipcalc.intake.table import Fault, Row, Table
from chipcalc.values import cells
from chipcalc.values.cells import DecimalMark


class Wide(NamedTuple):
    """A table with a row for each product, and the cells of the long one that say no number."""

    table: Table
    faults: tuple[Fault, ...]


class _Found(NamedTuple):
    """A figure of a long table: the number that decides, its amount, its row, and its text."""

    size: Fraction
    amount: Fraction
    row: int
    text: str

    def order(self) -> tuple[Fraction, Fraction]:
        """Return what is compared: the size of the run, then the amount."""
        return self.size, self.amount


def wide(table: Table, name: str, by: Long, decimal: DecimalMark | None = ".") -> Wide:
    """Return a table with a row for each name, numbered as its first one, and a column a word.

    Rows that do not say what the mapping asks are left out, as those of tests that failed, and so
    are those without an amount. Of several figures the one with the largest number counts; one
    that has no such number is told, as it cannot be known whether it is the one.
    """
    first: dict[str, int] = {}
    found: dict[tuple[str, str], _Found] = {}
    words: dict[str, None] = {}
    faults: list[Fault] = []
    for row in table.rows:
        product, word = row.cells.get(name, ""), row.cells.get(by.by, "")
        words[word] = None
        first.setdefault(product, row.number)
        if not _counts(row, by, decimal):
            continue
        size = _size(row, by, decimal)
        if isinstance(size, Fault):
            faults.append(size)
            continue
        value = row.cells.get(by.value, "")
        text = type(value)(f"{value} {row.cells.get(by.unit or '', '')}".strip())
        this = _Found(size, _amount(value, decimal), row.number, text)
        found[product, word] = max(found.get((product, word), this), this, key=_Found.order)
    made = (_row(product, number, name, by, words, found) for product, number in first.items())
    return Wide(Table((name, *words), tuple(made), table.said), tuple(faults))


def _counts(row: Row, by: Long, decimal: DecimalMark | None) -> bool:
    if row.refused or any(row.cells.get(column) != said for column, said in by.only.items()):
        return False
    value = row.cells.get(by.value, "")
    return not isinstance(cells.read(value, decimal=mark_of(value, decimal)), cells.Nothing)


def _amount(text: str, decimal: DecimalMark | None) -> Fraction:
    read = cells.read(text, decimal=mark_of(text, decimal))
    return read.amount.best if isinstance(read, cells.Amount) else Fraction(0)


def _size(row: Row, by: Long, decimal: DecimalMark | None) -> Fraction | Fault:
    """Return the number that decides, zero where the mapping names none."""
    if not by.largest:
        return Fraction(0)
    text = row.cells.get(by.largest, "")
    mark = mark_of(text, decimal)
    size = cells.number(text, mark) if cells.is_number(text) else None
    why = "no number, so that this figure is not counted"
    return Fault(row.number, by.largest, text, why) if size is None else size


def _row(
    product: str,
    number: int,
    name: str,
    by: Long,
    words: dict[str, None],
    found: dict[tuple[str, str], _Found],
) -> Row:
    figures = {word: found[product, word] for word in words if (product, word) in found}
    texts = {name: product, **{word: each.text for word, each in figures.items()}}
    places = {word: (each.row, by.value) for word, each in figures.items()}
    return Row(number, texts, places)
