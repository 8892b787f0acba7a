"""Tables with a row for each figure, as tables with a row for each product."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from chipcalc.intake.mapping import Long
from chipcalc.intake.table import Row, Table


def wide(table: Table, name: str, by: Long) -> Table:
    """Return a table with a row for each name, numbered as its first one, and a column a word.

    Rows that do not say what the mapping asks are left out, as those of tests that failed.
    """
    first: dict[str, int] = {}
    found: dict[tuple[str, str], _Found] = {}
    words: dict[str, None] = {}
    for row in table.rows:
        product, word = row.cells.get(name, ""), row.cells.get(by.by, "")
        words[word] = None
        first.setdefault(product, row.number)
        if any(row.cells.get(column) != said for column, said in by.only.items()):
            continue
        value = row.cells.get(by.value, "")
        text = f"{value} {row.cells.get(by.unit or '', '')}".strip()
        size = _number(row.cells.get(by.largest or "", ""))
        this = _Found(size, _number(value), row.number, text)
        found[product, word] = max(found.get((product, word), this), this, key=_Found.order)
    rows = []
    for product, number in first.items():
        figures = {word: found[product, word] for word in words if (product, word) in found}
        cells = {name: product, **{word: each.text for word, each in figures.items()}}
        places = {word: (each.row, by.value) for word, each in figures.items()}
        rows.append(Row(number, cells, places))
    return Table((name, *words), tuple(rows))


class _Found(NamedTuple):
    """A figure of a long table: the number that decides, its amount, its row, and its text."""

    size: Fraction
    amount: Fraction
    row: int
    text: str

    def order(self) -> tuple[Fraction, Fraction]:
        """Return what is compared: the size of the run, then the amount."""
        return self.size, self.amount


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
