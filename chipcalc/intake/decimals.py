"""Whether a table writes its decimals behind a point or a comma, by the cells that tell."""

from __future__ import annotations

from collections.abc import Iterable

from chipcalc.values.cells import DecimalMark, first_number, number


class Held(str):
    """A number that the file holds as one, in plain digits with a point; it tells nothing."""

    __slots__ = ()


def decimal_mark(cells: Iterable[str]) -> DecimalMark | None:
    """Return the decimal mark of texts that agree on one; None where none tells, or they differ.

    ``12,5`` and ``1.600,0`` tell that it is the comma; ``1,410`` tells nothing.
    """
    found = {told for each in cells for told in _told(each)}
    return found.pop() if len(found) == 1 else None


def mark_of(cell: str, of_table: DecimalMark | None) -> DecimalMark | None:
    """Return the decimal mark by which to read a cell of a table."""
    return "." if isinstance(cell, Held) else of_table


def _told(cell: str) -> Iterable[DecimalMark]:
    """Yield the mark of the first number of a cell, if it can have only one."""
    if isinstance(cell, Held):
        return
    written = first_number(cell).lower().partition("e")[0]
    marks: tuple[DecimalMark, ...] = (".", ",")
    both = all(each in written for each in marks)
    fitting = [each for each in marks if number(written, each) is not None] if written else []
    if both and fitting:
        yield "." if written.rfind(".") > written.rfind(",") else ","
    elif len(fitting) == 1 and any(each in written for each in marks):
        yield fitting[0]
