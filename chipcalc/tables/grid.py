"""A table of an answer as text: what wraps, and what is stacked instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tabulate import tabulate

from chipcalc.tables import fitting
from chipcalc.tables.fitting import Ready, aligned, cell_lines, spills, title
from chipcalc.tables.layout import STACKED, laid, level_with, wrapped
from chipcalc.tables.marks import jointed, marked, on_line
from chipcalc.tables.paint import painted, role_of
from chipcalc.tables.report import NOTHING, Cell, Grid, Row
from chipcalc.tables.style import Style


def text(part: Grid, style: Style, unbroken: Sequence[str] = ()) -> str:
    """Return a table within the width of a style.

    Where it does not fit, columns of words wrap; where that does not help, it is split into parts
    with the leading columns; where a part is still too wide, its rows stand below one another.
    """
    table = fitting.ready(part, style, unbroken)
    if style.narrow and part.kind in STACKED:
        return _stacked(table, range(len(table.columns)))
    found = []
    for chosen in fitting.parts(table)[: part.blocks or None]:
        widths = fitting.widths(table, chosen)
        found.append(_stacked(table, chosen) if widths is None else _plain(table, chosen, widths))
    text = "\n\n".join(found)
    return f"{text}\n{part.folded}" if part.folded and style.drawings else text


class LeftOut(NamedTuple):
    """Columns for which a table has no room, and the numbers of the footnotes of these alone."""

    titles: tuple[str, ...] = ()
    footnotes: frozenset[int] = frozenset()


def left_out(part: Grid, style: Style, unbroken: Sequence[str] = ()) -> LeftOut:
    """Return the columns for which a table has no room within the width of a style."""
    if not part.blocks or (style.narrow and part.kind in STACKED):
        return LeftOut()
    table = fitting.ready(part, style, unbroken)
    parts = fitting.parts(table)
    shown = {i for chosen in parts[: part.blocks] for i in chosen}
    hidden = [i for chosen in parts for i in chosen if i not in shown]
    titles = {table.columns[i].group: table.columns[i].title for i in reversed(hidden)}
    kept, gone = (_footnotes(table.rows, places) for places in (shown, hidden))
    return LeftOut(tuple(title for _, title in sorted(titles.items())), gone - kept)


def _footnotes(rows: Sequence[Row], columns: Collection[int]) -> frozenset[int]:
    return frozenset(
        number
        for row in rows
        for i in columns
        if i < len(row.cells)
        for number in row.cells[i].footnotes
        if number
    )


def _plain(table: Ready, chosen: Sequence[int], widths: Sequence[int]) -> str:
    """Return the chosen columns as aligned text, with the titles as its first row."""
    heads = [row for row in table.rows if spills(row)]
    rows = [row for row in table.rows if not spills(row)]
    texts = [_row(table, row, chosen, widths) for row in rows]
    for number, i in enumerate(chosen):
        if table.columns[i].align == "decimal":
            set_out = iter(aligned(table, i)[1])
            for row, cells in zip(rows, texts, strict=True):
                each = row.cells[i] if i < len(row.cells) else NOTHING
                cells[number] = painted(next(set_out), role_of(each), table.style)
    titles = [_titled(table, i, width) for i, width in zip(chosen, widths, strict=True)]
    body = [titles, *texts] if any(each.strip() for each in titles) else texts
    aligned_text: str = tabulate(
        body,
        tablefmt="plain",
        colalign=["left" if table.columns[i].align == "left" else "right" for i in chosen]
        if body
        else None,
        disable_numparse=True,
        preserve_whitespace=True,
    )
    return _with_headings(table, aligned_text.splitlines(), texts, heads)


def _with_headings(
    table: Ready, lines: Sequence[str], texts: Sequence[Sequence[str]], heads: Sequence[Row]
) -> str:
    """Return the lines of a table with the headings between them, which may be wider."""
    count = sum(_height(cells) for cells in texts)
    found, rest = [*lines[: len(lines) - count]], [*lines[len(lines) - count :]]
    heading, cells = iter(heads), iter(texts)
    for row in table.rows:
        if spills(row):
            found += _heading(table, next(heading))
        else:
            height = _height(next(cells))
            found += rest[:height]
            rest = rest[height:]
    return "\n".join(line.rstrip() for line in found)


def _heading(table: Ready, row: Row) -> list[str]:
    each = row.cells[0]
    room = 0 if table.style.wide else table.style.width
    place = table.place(0, heading=True)
    parts = laid(marked(each), each.level, place, room, each.joint)
    role = role_of(each, heading=True)
    return [painted(line, role, table.style) for part in parts for line in part]


def _height(cells: Sequence[str]) -> int:
    return max((each.count("\n") + 1 for each in cells), default=1)


def _row(table: Ready, row: Row, chosen: Sequence[int], widths: Sequence[int]) -> list[str]:
    """Return the chosen cells of a row, on lines of their columns' widths."""
    found = [cell_lines(table, row, i, width) for i, width in zip(chosen, widths, strict=True)]
    beside = [n for n, i in enumerate(chosen) if table.place(i, heading=row.heading).beside]
    for number, parts in zip(beside, level_with([found[n] for n in beside]), strict=True):
        found[number] = parts
    cells = [row.cells[i] if i < len(row.cells) else NOTHING for i in chosen]
    return [
        "\n".join(
            painted(line, role_of(each, heading=row.heading), table.style)
            for part in parts
            for line in part
        )
        for parts, each in zip(found, cells, strict=True)
    ]


def _titled(table: Ready, index: int, width: int) -> str:
    if table.columns[index].align == "decimal":
        return "\n".join(painted(e, "faint", table.style) for e in aligned(table, index)[0])
    return "\n".join(painted(e, "faint", table.style) for e in title(table, index, width))


def _stacked(table: Ready, chosen: Sequence[int]) -> str:
    """Return the rows of a table below one another, each cell behind its column's title."""
    found: list[str] = []
    for row in table.rows:
        if spills(row):
            found += _heading(table, row)
            continue
        said = _said(table, row, chosen)
        for number, (i, each) in enumerate(said):
            column = table.columns[i]
            title = " ".join(filter(None, (column.title, column.unit))) if number else ""
            gap = " " if column.align == "decimal" else "  "
            title = f"{title}{gap}" if title else ""
            inside = each._replace(level=max(each.level, said[0][1].level))
            found += _stacked_lines(table, inside, title, deeper=number > 0, heading=row.heading)
    return "\n".join(found)


def _said(table: Ready, row: Row, chosen: Sequence[int]) -> list[tuple[int, Cell]]:
    """Return the cells of a row that say something, with the numbers of their columns.

    What nobody knows is left out, but for the first of a row in which nothing else is said.
    """
    said: list[tuple[int, Cell]] = []
    missing: list[tuple[int, Cell]] = []
    for i in chosen:
        each = row.cells[i] if i < len(row.cells) else NOTHING
        if each.role == "missing":
            missing.append((i, each))
            continue
        behind = table.columns[i].behind
        if not each.parts or (behind and each.role == "faint"):
            continue
        if behind and said:
            number, before = said[-1]
            words = f"{on_line(before)} {behind.format(on_line(each))}"
            said[-1] = (number, Cell((words,), before.level, before.role))
        else:
            said.append((i, each))
    return [*said, *(missing[:1] if len(said) == 1 else [])]


def _stacked_lines(
    table: Ready, each: Cell, title: str, *, deeper: bool, heading: bool
) -> Iterator[str]:
    words = title + " ".join(jointed(each))
    level = each.level + deeper
    room = max(table.style.width - 2 * level - 2, 1)
    role = role_of(each, heading=heading) or ("" if deeper else "strong")
    for number, line in enumerate(wrapped(words, room)):
        yield " " * (2 * level + (2 if number else 0)) + painted(line, role, table.style)
