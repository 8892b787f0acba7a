"""A report as text, Markdown, CSV, JSON, HTML or LaTeX: one function a format."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from tabulate import LATEX_ESCAPE_RULES, tabulate
from wcwidth import wcswidth

from chipcalc.tables.layout import NARROWEST, PAGE, Layout, laid, layout, level_with, wrapped
from chipcalc.tables.report import NOTHING, Cell, Column, Report, Row
from chipcalc.words.line import Block, TextLine, raised

_COLOURS: Mapping[str, str] = {"missing": "2", "estimated": "33", "best": "32"}


def table(report: Report, width: int = PAGE, *, colour: bool = False) -> str:
    """Return a text table; one that is too wide is split into parts with the leading columns."""
    report = _made_of_values(report)
    parts = [_plain(report, chosen, colour=colour) for chosen in _parts(report, width)]
    blocks = [*report.notes, *([(TextLine(report.hint),)] if report.hint else [])]
    notes = "\n".join(_note(line, width) for each in blocks for line in each)
    title = "\n".join(_hanging(line, width) for line in report.title)
    return "\n\n".join(each for each in (title, *parts, notes) if each)


def _made_of_values(report: Report) -> Report:
    """Return a report whose titles and notes are blocks."""
    title = _block(report.title)
    return report._replace(title=title, notes=tuple(map(_block, report.notes)))


def _block(lines: Any) -> Block:
    if not isinstance(lines, str):
        return tuple(lines)
    found = []
    for line in lines.splitlines():
        rest = line.lstrip()
        marker = re.match("(?:[a-z]{1,2} {1,2}|[0-9]+  |\\[ \\] )", rest)
        sign = marker[0].strip() if marker else ""
        words = rest[len(marker[0]) :] if marker else rest
        found.append(TextLine(words, (len(line) - len(rest)) // 2, sign))
    return tuple(found)


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
    first = "  " * line.level + _marker(line)
    return textwrap.fill(
        line.text,
        max(width, NARROWEST),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _marker(line: TextLine) -> str:
    """Return the sign before a line with the space that follows it; numbers end in one column."""
    if line.marker.isdigit():
        return f"{line.marker:>3}  "
    return f"{line.marker:<3}" if line.marker.isalpha() else f"{line.marker} " * bool(line.marker)


def _whole(line: TextLine) -> str:
    """Return a line with its marker, without what sets it in."""
    return f"{_marker(line)}{line.text}"


def markdown(report: Report, width: int = PAGE) -> str:
    """Return a Markdown table with its notes."""
    report = _made_of_values(report)
    body = tabulate(
        [_marked(row, report.columns, _barred, "**{}**") for row in report.rows],
        headers=[_barred(_titled(column)) for column in report.columns],
        tablefmt="pipe",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    lines = [line for note in report.notes for line in note]
    notes = "\n".join(f"{'  ' * line.level}- {_flat(_whole(line))}" for line in lines)
    head, rest = _headed(report)
    title = f"## {head}" if head else ""
    return "\n\n".join(each for each in (title, _listed(rest), body, notes) if each)


def _listed(lines: Sequence[TextLine]) -> str:
    """Return the lines below a heading: plain ones as paragraphs, those set in as a list."""
    found, last = "", False
    for line in lines:
        item = f"{'  ' * (line.level - 1)}- {line.text}" if line.level else line.text
        found += ("\n" if line.level and last else "\n\n" if found else "") + item
        last = line.level > 0
    return found


def html(report: Report, width: int = PAGE) -> str:
    """Return an HTML page that needs nothing else."""
    report = _made_of_values(report)
    head, _ = _headed(report)
    return _PAGE.format(
        language=report.language, title=escaped(head or "chipcalc"), content=_content(report)
    )


def fragment(report: Report) -> str:
    """Return the report as a part of another page, such as a notebook."""
    report = _made_of_values(report)
    head, _ = _headed(report)
    title = f"<h3>{escaped(head)}</h3>\n" if head else ""
    return title + _content(report)


def _content(report: Report) -> str:
    body = tabulate(
        [_marked(row, report.columns, escaped, "<b>{}</b>") for row in report.rows],
        headers=[escaped(_titled(column)) for column in report.columns],
        tablefmt="unsafehtml",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    notes = "\n".join(f"<p>{escaped(_set_in(note))}</p>" for note in report.notes)
    _, rest = _headed(report)
    below = f"<p>{escaped(_set_in(rest))}</p>\n" if rest else ""
    return f"{below}{body}\n{notes}"


def _set_in(lines: Sequence[TextLine]) -> str:
    """Return lines below one another, with spaces before those that are set in."""
    return "\n".join("  " * line.level + _whole(line) for line in lines)


def _headed(report: Report) -> tuple[str, Sequence[TextLine]]:
    """Return the first line of a title, for a heading, and the lines that stand below it."""
    if not report.title:
        return report.caption, ()
    return report.title[0].text, report.title[1:]


def latex(report: Report, width: int = PAGE) -> str:
    """Return a LaTeX table for the booktabs package, its title above and its notes below."""
    report = _made_of_values(report)
    head, rest = _headed(report)
    title = f"\\textbf{{{_tex(head)}}}" if head else ""
    body: str = tabulate(
        [_on_one_line(row, report.columns) for row in report.rows],
        headers=[_titled(column) for column in report.columns],
        tablefmt="latex_booktabs",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    lines = [line for note in report.notes for line in note]
    blocks = (title, *map(_tex_note, rest), body, *map(_tex_note, lines))
    return "\n\n".join(each for each in blocks if each)


def _tex_note(line: TextLine) -> str:
    """Return a line of notes with its indentation, as spaces that LaTeX keeps."""
    return "~" * (2 * line.level) + _tex(_flat(_whole(line)))


def comma_separated(report: Report, width: int = PAGE) -> str:
    """Return the flat records as CSV, one fact a line, numbers as plain decimals."""
    text = io.StringIO()
    records = report.records()
    fields = list(dict.fromkeys(name for record in records for name in record))
    # a bare carriage return ends a line, too, but the writer does not quote it on its own
    returns = any("\r" in value for record in records for value in record.values())
    writer = csv.DictWriter(
        text, fields, lineterminator="\n", quoting=csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    )
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().rstrip("\n")


def json_text(report: Report, width: int = PAGE) -> str:
    """Return the report's data under their versioned schema."""
    return json.dumps(report.data(), ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Report, int], str]] = {
    "table": table,
    "json": json_text,
    "csv": comma_separated,
    "markdown": markdown,
    "html": html,
    "latex": latex,
}


def _plain(report: Report, chosen: Sequence[int], *, colour: bool) -> str:
    """Return the chosen columns as aligned text, with the titles as its first row."""
    columns = [report.columns[i] for i in chosen]
    titles = [_title(column, report.kind) for column in columns]
    cells = [_shown(row, chosen, report, colour=colour) for row in report.rows]
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


def _shown(row: Row, chosen: Sequence[int], report: Report, *, colour: bool) -> list[str]:
    """Return the chosen cells of a row, on lines of their columns' widths."""
    places = _places(report, chosen, heading=row.heading)
    cells = [_cell(row.cells[i]) if i < len(row.cells) else NOTHING for i in chosen]
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
    others = sum(_taken(report, i, e) for i, e in zip(chosen, places, strict=True) if not e.rest)
    return [each._replace(width=each.rest - others) if each.rest else each for each in places]


def _taken(report: Report, index: int, place: Layout) -> int:
    """Return the width that a column takes: its own, or that of its longest cell or title."""
    cells = [_cell(row.cells[index]) for row in report.rows if index < len(row.cells)]
    texts = [report.columns[index].title, *(part for each in cells for part in marked(each))]
    return place.width or max(place.least, *map(wcswidth, texts))


def _cell(found: Any) -> Cell:
    return Cell((found,)) if isinstance(found, str) else found


def _painted(text: str, found: Cell, row: Row) -> str:
    """Return the text of a cell in the colour of its role."""
    code = "1" if row.heading else _COLOURS.get("estimated" if found.estimated else found.role)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def marked(found: Cell) -> list[str]:
    """Return the parts of a cell with the signs of its marks."""
    parts = [*found.parts]
    if parts:
        parts[0] = "~" * found.estimated + parts[0]
        computed = " †" if found.role == "label" else "†"
        parts[-1] += computed * found.derived + "*" * (found.role == "best")
    noted = zip_longest(parts, map(raised, found.footnotes), fillvalue="")
    return [f"{part}{letter}" for part, letter in noted]


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


def _marked(
    row: Row, columns: Sequence[Column], escape: Callable[[str], str], strong: str
) -> list[str]:
    """Return the cells of a row, escaped, and those of a heading set off."""
    cells = [escape(cell) for cell in _on_one_line(row, columns)]
    return [strong.format(cell) if row.heading and cell else cell for cell in cells]


def _barred(cell: str) -> str:
    return cell.replace("|", "\\|")


def _on_one_line(row: Row, columns: Sequence[Column]) -> list[str]:
    """Return the cells for formats that lay out their own lines."""
    cells = [_flat(_on_line(_cell(each))) for each in row.cells]
    return [*cells, *[""] * (len(columns) - len(cells))]


def _on_line(found: Cell) -> str:
    return f"{found.joint} ".join(marked(found))


def _titled(column: Column) -> str:
    return _flat(f"{column.title} {column.unit}")


def _flat(text: str) -> str:
    return " ".join(text.split())


def escaped(text: str) -> str:
    """Return text as it stands in HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _tex(text: str) -> str:
    return "".join(LATEX_ESCAPE_RULES.get(sign, sign) for sign in text)


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{
  font: 16px/1.5 system-ui, sans-serif;
  margin: 2rem auto;
  max-width: 72rem;
  padding: 0 1rem;
}}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ padding: .25rem .75rem; border-bottom: 1px solid #ddd; white-space: pre-wrap; }}
p {{ white-space: pre-wrap; }}
th {{ border-bottom: 2px solid #444; vertical-align: bottom; white-space: normal; }}
</style>
</head>
<body>
<h1>{title}</h1>
{content}
</body>
</html>"""
