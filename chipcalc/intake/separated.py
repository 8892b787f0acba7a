"""Separated texts as rows of cells, with the separator that was found."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import NamedTuple, TypeAlias

from chipcalc.errors import error

Cells: TypeAlias = "tuple[str, ...]"
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "TAB", "|": "bar"}
_LOOKED_AT = 200  # rows
_LONGEST = 2**31 - 1  # characters that a cell may have


class Separated(NamedTuple):
    """The rows of a text, blank ones among them, and the sign between their cells."""

    rows: tuple[Cells, ...]
    separator: str


def separated(text: str, separator: str = "") -> Separated:
    """Return the rows of a text by a separator, or else by the one that makes the most even table.

    Raises ChipcalcError where a cell in quotation marks has no end.
    """
    found = separator or _separator(text)
    try:
        return Separated(tuple(_rows(text, found)), found)
    except csv.Error as fault:
        raise error(f"it is no separated text: {fault}", "mend its quotation marks") from None


def _rows(text: str, separator: str, most: int | None = None) -> list[Cells]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [tuple(each) for each in islice(reader, most)]


def _separator(text: str) -> str:
    return max(SEPARATORS, key=lambda each: _evenness(text, each))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """Return how many rows have the commonest number of cells, two at least, and that number."""
    try:
        rows = _rows(text, separator, _LOOKED_AT)
    except csv.Error:
        return 0, 0
    counts = Counter(len(each) for each in rows if len(each) > 1)
    return max(((number, width) for width, number in counts.items()), default=(0, 0))
