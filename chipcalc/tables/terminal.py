"""A report as a text table: widths, line breaks and colours."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from tabulate import tabulate
from wcwidth import wcswidth

from chipcalc.tables.layout import NARROWEST, PAGE, Layout, laid, layout, level_with, wrapped
from chipcalc.tables.marks import marked, marker
from chipcalc.tables.report import NOTHING, Cell, Column, Report, Row
from chipcalc.words.line import TextLine

_COLOURS: Mapping[str, str] = {"missing": "2", "estimated": "33", "best": "32"}


def table(report: Report, width: int = PAGE, *, colour: bool = False) -> str:
    """Return a text table; one that is too wide is split into parts with the leading columns."""
    parts = [_plain(report, chosen, colour=colour) for chosen in _parts(report, width)]
    blocks = [*report.notes, *([(TextLine(report.hint),)] if report.hint else [])]
    notes = "\n".join(_note(line, width) for each in blocks for line in each)
    title = "\n".join(_hanging(line, width) for line in report.title)
    return "\n\n".join(each for each in (title, *parts, notes) if each)


def _hanging(line: TextLine, width: int) -> str:
    """Return a line of a title within the width of a page, with what is wrapped set in below it."""
    indent = "  " * line.level
    return textwrap.fill(
        line.text,
        min(max(width, NARROWEST), PAGE),
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _note(line: TextLine, width: int) -> str:
    """Return a line of notes within a width; what follows a marker hangs below it."""
    first = "  " * line.level + marker(line)
    return textwrap.fill(
        line.text,
        max(width, NARROWEST),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(report: Report, chosen: Sequence[int], *, colour: bool) -> str:
    """Return the chosen columns as aligned text, with the titles as its first row."""
    columns = [report.columns[i] for i in chosen]
    titles = [_title(column, report.kind) for column in columns]
    places = {each: _places(report, chosen, heading=each) for each in (False, True)}
    cells = [_shown(row, chosen, places[row.heading], colour=colour) for row in report.rows]
    text: str = tabulate(
        [titles, *cells] if any(titles) else cells,
        tablefmt="plain",
        colalign=[column.align for column in columns] if cells else None,
        disable_numparse=True,
        preserve_whitespace=True,
    )
    return "\n".join(line.rstrip() for line in text.splitlines())


def _title(column: Column, kind: str) -> str:
    """Return the title of a column on lines of its width, its unit below it."""
    title = wrapped(column.title, layout(kind, column.name).title)
    return "\n".join([*title, *filter(None, [column.unit])])


def _shown(row: Row, chosen: Sequence[int], places: Sequence[Layout], *, colour: bool) -> list[str]:
    """Return the chosen cells of a row, on lines of their columns' widths."""
    cells = [row.cells[i] if i < len(row.cells) else NOTHING for i in chosen]
    found = [laid(marked(c), c.level, p, c.joint) for c, p in zip(cells, places, strict=True)]
    beside = [number for number, place in enumerate(places) if place.beside]
    for number, parts in zip(beside, level_with([found[i] for i in beside]), strict=True):
        found[number] = parts
    texts = ["\n".join(line for part in parts for line in part) for parts in found]
    if not colour:
        return texts
    return [_painted(text, each, row) for text, each in zip(texts, cells, strict=True)]


def _places(report: Report, chosen: Sequence[int], *, heading: bool) -> list[Layout]:
    """Return how the chosen columns are set; one that takes the rest knows the others' widths."""
    names = [report.columns[i].name for i in chosen]
    places = [layout(report.kind, name, heading=heading) for name in names]
    if not any(each.rest for each in places):
        return places
    others = sum(_taken(report, i, e) for i, e in zip(chosen, places, strict=True) if not e.rest)
    return [each._replace(width=each.rest - others) if each.rest else each for each in places]


def _taken(report: Report, index: int, place: Layout) -> int:
    """Return the width that a column takes: its own, or that of its longest cell or title."""
    cells = [row.cells[index] for row in report.rows if index < len(row.cells)]
    texts = [report.columns[index].title, *(part for each in cells for part in marked(each))]
    return place.width or max(place.least, *map(wcswidth, texts))


def _painted(text: str, found: Cell, row: Row) -> str:
    """Return the text of a cell in the colour of its role."""
    code = "1" if row.heading else _COLOURS.get("estimated" if found.estimated else found.role)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def _parts(report: Report, width: int) -> list[list[int]]:
    """Return the column numbers of each part: the leading columns and as many as fit."""
    lead = [i for i, column in enumerate(report.columns) if column.group == 0]
    groups: dict[int, list[int]] = {}
    for i, column in enumerate(report.columns):
        if column.group:
            groups.setdefault(column.group, []).append(i)
    parts: list[list[int]] = []
    for members in groups.values():
        wider = [*parts[-1], *members] if parts else []
        if wider and _width(_plain(report, wider, colour=False)) <= width:
            parts[-1] = wider
        else:
            parts.append([*lead, *members])
    return parts or [lead]


def _width(text: str) -> int:
    return max((wcswidth(line) for line in text.splitlines()), default=0)
