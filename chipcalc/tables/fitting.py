"""Which columns of a table fit beside one another, and how wide each is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.tables.layout import Layout, Names, laid, layout, longest, wide, wrapped
from chipcalc.tables.marks import digits_and_marks, marked, on_line
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Row
from chipcalc.tables.style import Style

_GAP = 2
_LINE = 60
_TITLE = 18  # a title of figures is not broken into narrower lines
_COMFORTABLE = 24  # a column of words that is narrower than this is hard to read
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Ready(NamedTuple):
    """A table made ready for a style: its columns, its rows, and how each column is set."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str
    style: Style

    def place(self, index: int, *, heading: bool = False) -> Layout:
        return layout(self.kind, self.columns[index].name, heading=heading)

    def wraps(self, index: int) -> bool:
        """Whether the cells of a column may be broken."""
        return self.columns[index].align == "left" and not self.place(index).whole


def ready(part: Grid, style: Style, unbroken: Sequence[str]) -> Ready:
    """Return a table made ready for a style; in little room what matters less is left out."""
    return Ready(*_narrowed(part, style, unbroken), part.kind, style)


def _narrowed(
    part: Grid, style: Style, unbroken: Sequence[str]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return columns and rows, where there is little room without what matters less."""
    gone = part.folded and style.drawings
    names = Names(unbroken)
    rows = [_held(each, names) for each in part.rows if not (gone and each.minor)]
    ways = [layout(part.kind, each.name).narrow for each in part.columns]
    if style.narrow:
        rows = [_lean(each, notes=not part.lean) for each in rows if part.folded or not each.minor]
    else:
        ways = [way if way == "always lead" else "keep" for way in ways]
    found = [each for row in rows for each in _folded(row, ways)]
    columns = [each for each, way in zip(part.columns, ways, strict=True) if way == "keep"]
    if style.narrow:
        columns = [each._replace(title=each.brief or each.title) for each in columns]
    return tuple(columns), tuple(found)


def _folded(row: Row, ways: Sequence[str]) -> Iterator[Row]:
    """Yield a row with the cells that are kept, before it those that lead it, as a heading."""
    if row.heading or len(row.cells) < len(ways) or set(ways) <= {"keep"}:
        yield row
        return
    leading = [cell for cell, way in zip(row.cells, ways, strict=True) if way.endswith("lead")]
    if any(each.parts for each in leading):
        yield Row((_together(leading),), heading=True)
    cells = [cell for cell, way in zip(row.cells, ways, strict=True) if way == "keep"]
    units = [cell.text for cell, way in zip(row.cells, ways, strict=True) if way == "label"]
    if any(units) and cells[0].parts and not row.narrow:
        cells[0] = cells[0]._replace(parts=(" ".join((cells[0].text, *filter(None, units))),))
    if leading and cells:
        cells[0] = cells[0]._replace(level=cells[0].level + 1)
    yield row._replace(cells=tuple(cells))


def _lean(row: Row, *, notes: bool) -> Row:
    """Return a row about what its narrow words say, and without its footnotes if so asked."""
    cells = row.cells if notes else tuple(each._replace(footnotes=()) for each in row.cells)
    if row.narrow and cells:
        cells = (cells[0]._replace(parts=(row.narrow,)), *cells[1:])
    return row._replace(cells=cells)


def _together(cells: Sequence[Cell]) -> Cell:
    """Return cells that lead a row as one."""
    words = "  ".join(on_line(each) for each in cells if each.parts)
    return Cell((words,), cells[0].level)


def _held(row: Row, names: Names) -> Row:
    """Return a row in whose words names hold together."""
    cells = [e._replace(parts=tuple(map(names.held, e.parts))) for e in row.cells]
    return row._replace(cells=tuple(cells))


def parts(table: Ready) -> list[list[int]]:
    """Return the column numbers of each part: the leading columns and as many as fit."""
    lead = [i for i, column in enumerate(table.columns) if column.group == 0]
    groups: dict[int, list[int]] = {}
    for i, column in enumerate(table.columns):
        if column.group:
            groups.setdefault(column.group, []).append(i)
    parts: list[list[int]] = []
    for members in groups.values():
        together = [*parts[-1], *members] if parts else []
        if together and _fits(table, together):
            parts[-1] = together
        else:
            parts.append([*lead, *members])
    return parts or [lead]


def pages(table: Ready) -> list[list[int]]:
    """Return the column numbers of each part on a page, where no rows can be stacked.

    Where a group of columns has no room, each of them goes where it has; the first column leads
    where no other does.
    """
    found = parts(table)
    if all(widths(table, chosen) is not None for chosen in found):
        return found
    apart = any(each.group for each in table.columns)
    columns = (
        each if number == 0 or (apart and not each.group) else each._replace(group=number)
        for number, each in enumerate(table.columns)
    )
    return parts(table._replace(columns=tuple(columns)))


def _fits(table: Ready, chosen: Sequence[int]) -> bool:
    """Whether columns fit beside one another with words that can still be read."""
    if table.style.wide:
        return True
    needed = 0
    for i in chosen:
        natural, least = _natural(table, i), _least(table, i)
        needed += max(least, min(natural, _COMFORTABLE)) if table.wraps(i) else natural
    return needed + _GAP * (len(chosen) - 1) <= table.style.width


def widths(table: Ready, chosen: Sequence[int]) -> list[int] | None:
    """Return how wide each chosen column is set, zero for as it is; None where they do not fit.

    What is left after the columns that cannot wrap is shared among those that can, none of them
    wider than it needs.
    """
    natural = [_natural(table, i) for i in chosen]
    if table.style.wide:
        return [0] * len(chosen)
    room = table.style.width - _GAP * (len(chosen) - 1)
    if sum(natural) <= room:
        return [0] * len(chosen)
    wrapping = [n for n, i in enumerate(chosen) if table.wraps(i)]
    least = {n: _least(table, chosen[n]) for n in wrapping}
    room -= sum(width for n, width in enumerate(natural) if n not in least)
    if not wrapping or sum(least.values()) > room:
        return None
    shared = _shared(room, {n: (least[n], natural[n]) for n in wrapping})
    return [shared.get(n, 0) for n in range(len(chosen))]


def _shared(room: int, wants: dict[int, tuple[int, int]]) -> dict[int, int]:
    """Return the room shared out: to each its first number, and more to those that need more.

    The second number is what each would take; a long text counts no more than a line of it.
    """
    needs = {n: min(most, _LINE) - min(least, _LINE) for n, (least, most) in wants.items()}
    extra, total = room - sum(least for least, _ in wants.values()), sum(needs.values()) or 1
    found = {n: min(least + extra * needs[n] // total, most) for n, (least, most) in wants.items()}
    for n, (_, most) in sorted(wants.items(), key=lambda each: -each[1][1]):
        found[n] = min(most, found[n] + room - sum(found.values()))
    return found


def _natural(table: Ready, index: int) -> int:
    """Return the width of a column in which nothing is wrapped."""
    if table.columns[index].align == "decimal":
        titles, set_out = aligned(table, index)
        return max(map(wide, (*titles, *set_out)), default=0)
    cells = (
        wide(line)
        for row in table.rows
        if index < len(row.cells) and not spills(row)
        for part in cell_lines(table, row, index, 0)
        for line in part
    )
    return max([*cells, *map(wide, title(table, index, 0))], default=0)


def _least(table: Ready, index: int) -> int:
    """Return the width of a column in which all is wrapped that can be."""
    found = [longest(table.columns[index].title)]
    for row in table.rows:
        if index < len(row.cells) and not spills(row):
            place = table.place(index, heading=row.heading)
            each = row.cells[index]
            parts = marked(each)
            for number, part in enumerate(parts, 1):
                indent = place.step * each.level + (place.below if number > 1 else place.hanging)
                found.append(indent + longest(part + each.joint * (number < len(parts))))
    return max(found)


def spills(row: Row) -> bool:
    """Whether a row is a heading on its own, which no column need be as wide as."""
    return row.heading and len(row.cells) == 1


def cell_lines(table: Ready, row: Row, index: int, width: int) -> list[list[str]]:
    each = row.cells[index] if index < len(row.cells) else NOTHING
    place = table.place(index, heading=row.heading)
    return laid(marked(each), each.level, place, width, each.joint)


def title(table: Ready, index: int, width: int) -> list[str]:
    """Return the title of a column on lines of its width, its unit below it."""
    column = table.columns[index]
    return [*wrapped(column.title, width), *filter(None, [column.unit])]


def aligned(table: Ready, index: int) -> tuple[list[str], list[str]]:
    """Return the title and the cells of a column with the points of their last numbers aligned.

    Words and the title end where whole numbers do, marks stand behind the digits; a title that is
    wider than that begins with the column.
    """
    pairs = []
    for row in (each for each in table.rows if not spills(each)):
        each = row.cells[index] if index < len(row.cells) else NOTHING
        head, tail = _split(each)
        pairs.append((" " * (table.place(index).step * each.level) + head, tail))
    before = max((wide(head) for head, _ in pairs), default=0)
    after = max((wide(tail) for _, tail in pairs), default=0)
    titles = [
        f"{each}{' ' * (after - min(max(wide(each) - before, 0), after))}"
        for each in title(table, index, max(before + after, _TITLE))
    ]
    return titles, [f"{head}{tail}{' ' * (after - wide(tail))}" for head, tail in pairs]


def _split(each: Cell) -> tuple[str, str]:
    """Return what stands before the last point of a cell, and what from there on."""
    digits, marks = digits_and_marks(each)
    numbers = list(_NUMBER.finditer(digits))
    if not numbers:
        return digits, marks
    start, stop = numbers[-1].span()
    point = digits.find(".", start, stop)
    at = stop if point < 0 else point
    return digits[:at], digits[at:] + marks
