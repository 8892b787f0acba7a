"""The signs of marks: what stands before and behind the words of a cell or a line."""

from __future__ import annotations

from itertools import zip_longest

from chipcalc.tables.report import Cell
from chipcalc.words.line import TextLine, raised


def marked(found: Cell) -> list[str]:
    """Return the parts of a cell with the signs of its marks."""
    parts = [*found.parts]
    if parts:
        parts[0] = "~" * found.estimated + parts[0]
        parts[-1] += "*" * found.starred
    noted = zip_longest(parts, map(raised, found.footnotes), fillvalue="")
    return [f"{part}{letter}" for part, letter in noted]


def digits_and_marks(found: Cell) -> tuple[str, str]:
    """Return the words of a cell with the signs before them, and the signs behind them."""
    whole = " ".join(jointed(found))
    bare = " ".join(jointed(found._replace(footnotes=(), starred=False)))
    return (bare, whole[len(bare) :]) if whole.startswith(bare) else (whole, "")


def on_line(found: Cell) -> str:
    """Return a cell with its marks on one line, its parts joined."""
    return " ".join(jointed(found))


def jointed(found: Cell) -> list[str]:
    """Return the parts of a cell with their marks and what joins each to the next."""
    *parts, last = marked(found) or [""]
    return [*(f"{each}{found.joint}" for each in parts), last]


def marker(line: TextLine) -> str:
    """Return the sign before a line with the space that follows it; numbers end in one column."""
    if line.marker.isdigit():
        return f"{line.marker:>3}  "
    return f"{line.marker:<3}" if line.marker.isalpha() else f"{line.marker} " * bool(line.marker)


def whole(line: TextLine) -> str:
    """Return a line with its marker, without what sets it in."""
    return f"{marker(line)}{line.text}"
