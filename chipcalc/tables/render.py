"""A report as text, Markdown, CSV, JSON, HTML or LaTeX: one function a format."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence

from tabulate import LATEX_ESCAPE_RULES, tabulate
from wcwidth import wcswidth

from chipcalc.tables.report import Column, Report, Row

_NARROWEST = 40
_PAGE_WIDTH = 80


def table(report: Report, width: int = 80) -> str:
    """Return a text table; one that is too wide is split into parts with the leading columns."""
    parts = [_plain(report.columns, report.rows, chosen) for chosen in _parts(report, width)]
    lines = [line for note in (*report.notes, report.hint) for line in note.splitlines()]
    notes = "\n".join(_wrapped(line, width) for line in lines)
    title = "\n".join(_hanging(line, width) for line in report.title.splitlines())
    blocks = [title, *parts, notes]
    return "\n\n".join(block for block in blocks if block)


def _hanging(line: str, width: int) -> str:
    """Return a line of a title within the width of a page, with what is wrapped set in below it."""
    indent = " " * (len(line) - len(line.lstrip())) + "  "
    return textwrap.fill(
        line,
        min(max(width, _NARROWEST), _PAGE_WIDTH),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(line: str, width: int) -> str:
    """Return a line of notes within a width; what follows a footnote's letter hangs below it."""
    marker = re.match(r" *(?:[a-z]{1,2} {1,2}|[0-9]+  |\[ \] )?", line)
    indent = " " * len(marker[0]) if marker else ""
    parts = textwrap.wrap(
        line,
        max(width, _NARROWEST),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    return "\n".join(parts)


def markdown(report: Report, width: int = 80) -> str:
    """Return a Markdown table with its notes."""
    body = tabulate(
        [_marked(row, report.columns, _barred, "**{}**") for row in report.rows],
        headers=[_barred(_flat(column.title)) for column in report.columns],
        tablefmt="pipe",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    lines = [line for note in report.notes for line in note.splitlines()]
    notes = "\n".join(f"{_indent(line)}- {_flat(line)}" for line in lines)
    head, rest = _headed(report)
    title = f"## {head}" if head else ""
    return "\n\n".join(block for block in (title, _listed(rest), body, notes) if block)


def _listed(lines: Sequence[str]) -> str:
    """Return the lines below a heading: plain ones as paragraphs, those set in as a list."""
    found = ""
    for line in lines:
        inside = line.startswith(" ")
        item = f"{_indent(line)[2:]}- {line.strip()}" if inside else line
        last = found.rpartition("\n")[2].lstrip().startswith("- ")
        found += ("\n" if inside and last else "\n\n" if found else "") + item
    return found


def html(report: Report, width: int = 80) -> str:
    """Return an HTML page that needs nothing else."""
    head, _ = _headed(report)
    return _PAGE.format(
        language=report.language, title=escaped(head or "chipcalc"), content=_content(report)
    )


def fragment(report: Report) -> str:
    """Return the report as a part of another page, such as a notebook."""
    head, _ = _headed(report)
    title = f"<h3>{escaped(head)}</h3>\n" if head else ""
    return title + _content(report)


def _content(report: Report) -> str:
    body = tabulate(
        [_marked(row, report.columns, escaped, "<b>{}</b>") for row in report.rows],
        headers=[escaped(_flat(column.title)) for column in report.columns],
        tablefmt="unsafehtml",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    notes = "\n".join(f"<p>{escaped(note)}</p>" for note in report.notes)
    _, rest = _headed(report)
    below = f"<p>{escaped(chr(10).join(rest))}</p>\n" if rest else ""
    return f"{below}{body}\n{notes}"


def _headed(report: Report) -> tuple[str, list[str]]:
    """Return the first line of a title, for a heading, and the lines that stand below it."""
    head, *rest = (report.title or report.caption).splitlines() or [""]
    return head, rest


def latex(report: Report, width: int = 80) -> str:
    """Return a LaTeX table for the booktabs package, its title above and its notes below."""
    head, rest = _headed(report)
    title = f"\\textbf{{{_tex(head)}}}" if head else ""
    body: str = tabulate(
        [_on_one_line(row, report.columns) for row in report.rows],
        headers=[_flat(column.title) for column in report.columns],
        tablefmt="latex_booktabs",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    lines = [line for note in report.notes for line in note.splitlines() if line]
    blocks = (title, *map(_tex_note, rest), body, *(_tex_note(line) for line in lines))
    return "\n\n".join(block for block in blocks if block)


def _tex_note(line: str) -> str:
    """Return a line of notes with its indentation, as spaces that LaTeX keeps."""
    return "~" * (len(line) - len(line.lstrip())) + _tex(_flat(line))


def comma_separated(report: Report, width: int = 80) -> str:
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


def json_text(report: Report, width: int = 80) -> str:
    """Return the report's data under their versioned schema."""
    return json.dumps(report.data(), ensure_ascii=False, indent=2)


def coloured(report: Report) -> Report:
    """Return the report with colours for a terminal: headings, the best, the uncertain."""
    rows = tuple(
        Row(tuple(_painted(cell, heading=row.heading) for cell in row.cells), row.heading)
        for row in report.rows
    )
    return report._replace(rows=rows)


def _painted(cell: str, *, heading: bool) -> str:
    if heading:
        return f"\x1b[1m{cell}\x1b[0m"
    if cell in ("unknown", "not offered"):
        return f"\x1b[2m{cell}\x1b[0m"
    if cell.startswith("~"):
        return f"\x1b[33m{cell}\x1b[0m"
    return f"\x1b[32m{cell}\x1b[0m" if "*" in cell else cell


FORMATS: Mapping[str, Callable[[Report, int], str]] = {
    "table": table,
    "json": json_text,
    "csv": comma_separated,
    "markdown": markdown,
    "html": html,
    "latex": latex,
}


def _plain(columns: Sequence[Column], rows: Sequence[Row], chosen: Sequence[int]) -> str:
    """Return the chosen columns as aligned text, with the titles as its first row."""
    titles = [columns[i].title for i in chosen]
    cells = [[_padded(row, columns)[i] for i in chosen] for row in rows]
    text: str = tabulate(
        [titles, *cells] if any(titles) else cells,
        tablefmt="plain",
        colalign=[columns[i].align for i in chosen] if cells else None,
        disable_numparse=True,
        preserve_whitespace=True,
    )
    return "\n".join(line.rstrip() for line in text.splitlines())


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
        if wider and _width(_plain(report.columns, report.rows, wider)) <= width:
            parts[-1] = wider
        else:
            parts.append([*lead, *members])
    return parts or [lead]


def _width(text: str) -> int:
    plain = re.sub("\x1b\\[[0-9]*m", "", text)
    return max((wcswidth(line) for line in plain.splitlines()), default=0)


def _padded(row: Row, columns: Sequence[Column]) -> list[str]:
    return [*row.cells, *[""] * (len(columns) - len(row.cells))]


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
    return [_flat(cell) for cell in _padded(row, columns)]


def _flat(title: str) -> str:
    return " ".join(title.split())


def _indent(line: str) -> str:
    """Return the spaces before a line, two for each level, so that lists stay nested."""
    return "  " * ((len(line) - len(line.lstrip())) // 2)


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
