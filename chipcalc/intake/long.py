"""Tables with a row for each figure, as tables with a row for each product."""

from __future__ import annotations

from fractions import Fraction

from chipcalc.intake.mapping import Long
from chipcalc.intake.table import Row, Table


def wide(table: Table, name: str, by: Long) -> Table:
    """Return a table with a row for each name, numbered as its first one, and a column a word.

    Rows that do not say what the mapping asks are left out, as those of tests that failed.
    """
    first: dict[str, int] = {}
    found: dict[tuple[str, str], tuple[Fraction, str]] = {}
    words: dict[str, None] = {}
    for row in table.rows:
        product, word = row.cells.get(name, ""), row.cells.get(by.by, "")
        words[word] = None
        first.setdefault(product, row.number)
        if any(row.cells.get(column) != said for column, said in by.only.items()):
            continue
        amount = " ".join(
            filter(None, (row.cells.get(each or "", "") for each in (by.value, by.unit)))
        )
        size = _number(row.cells.get(by.largest or "", ""))
        found[product, word] = max(found.get((product, word), (size, amount)), (size, amount))
    rows = [
        Row(
            number,
            {name: product, **{w: found[product, w][1] for w in words if (product, w) in found}},
        )
        for product, number in first.items()
    ]
    return Table((name, *words), tuple(rows))


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
