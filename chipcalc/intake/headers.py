"""The header of a table below its title, its columns by name, and the unit that a name says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from chipcalc.values import cells
from chipcalc.values.unit_words import named
from chipcalc.values.units import Unit

_LOOKED_AT = 40  # rows
_SUPERSCRIPT = str.maketrans({"²": "^2", "³": "^3"})


def header_row(rows: Sequence[Sequence[str]], wanted: Collection[str] = ()) -> int:
    """Return the index of the header: the first row that has all the wanted names.

    Where none has, it is the first one at least half as full as the fullest, all of it names
    rather than numbers: a title above it fills a cell or two.
    """
    looked_at = [[each.strip() for each in row] for row in rows[:_LOOKED_AT]]
    if wanted:
        for number, row in enumerate(looked_at):
            if set(wanted) <= set(row):
                return number
    fullest = max((_filled(row) for row in looked_at), default=0)
    for number, row in enumerate(looked_at):
        if _filled(row) and 2 * _filled(row) >= fullest and not _numbers(row):
            return number
    return next((number for number, row in enumerate(looked_at) if _filled(row)), 0)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(each) for each in row)


def _numbers(row: Sequence[str]) -> int:
    return sum(cells.is_number(each) for each in row)


def columns(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each once: the second of a name is ``FP16 (2)``.

    One without a name is called by its place, ``column 3``; none is added where the header ends.
    """
    names = [" ".join(each.split()) for each in header]
    while names and not names[-1]:
        names.pop()
    found: list[str] = []
    for place, name in enumerate(names, 1):
        wanted = plain = name or f"column {place}"
        count = 1
        while wanted in found:
            count += 1
            wanted = f"{plain} ({count})"
        found.append(wanted)
    return tuple(found)


def named_unit(column: str) -> Unit | None:
    """Return the unit that a column's name says: ``Die size (mm²)``, ``Power [W]``, ``INT8, TOPS``.

    None where it says none; ``gbps`` is none, as it stands for bits or for bytes.
    """
    for text in _candidates(column):
        found = named(text.translate(_SUPERSCRIPT))
        if found:
            return found
    return None


def _candidates(column: str) -> Iterator[str]:
    yield from (each.strip() for each in re.findall(r"[(\[]([^()\[\]]+)[)\]]", column)[::-1])
    _, comma, last = column.rpartition(",")
    if comma:
        yield last.strip()
