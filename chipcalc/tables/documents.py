"""A report as a document: Markdown, HTML or LaTeX, which lay out their own lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabulate import LATEX_ESCAPE_RULES, tabulate

from chipcalc.tables.layout import PAGE
from chipcalc.tables.marks import jointed, on_line, whole
from chipcalc.tables.report import Cell, Column, Report, Row
from chipcalc.words.line import TextLine


def markdown(report: Report, width: int = PAGE) -> str:
    """Return a Markdown table with its notes."""
    body = tabulate(
        [_marked(row, report.columns, _barred, "**{}**") for row in report.rows],
        headers=[_barred(_titled(column)) for column in report.columns],
        tablefmt="pipe",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    lines = [line for note in report.notes for line in note]
    notes = "\n".join(f"{'  ' * line.level}- {_flat(whole(line))}" for line in lines)
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
    head, _ = _headed(report)
    return _PAGE.format(
        language=report.language, title=escaped(head or "chipcalc"), content=_content(report)
    )


def fragment(report: Report) -> str:
    """Return the report as a part of another page, such as a notebook, whose style it keeps."""
    head, rest = _headed(report)
    title = f"<h3>{escaped(head)}</h3>" if head else ""
    table = _table([[_apart(each) for each in row.cells] for row in report.rows], report)
    notes = (f"<p>{_below(note)}</p>" for note in (rest, *report.notes) if note)
    above, *below = notes if rest else ("", *notes)
    return "\n".join(each for each in (title, above, table, *below) if each)


def _apart(found: Cell) -> str:
    """Return a cell whose parts stand below one another."""
    return "<br>".join(escaped(each) for each in jointed(found))


def _below(lines: Sequence[TextLine]) -> str:
    """Return lines below one another, those that are set in with spaces before them."""
    return "<br>".join("&emsp;" * line.level + escaped(whole(line)) for line in lines)


def _content(report: Report) -> str:
    rows = [[escaped(each) for each in _on_one_line(row, report.columns)] for row in report.rows]
    notes = "\n".join(f"<p>{escaped(_set_in(note))}</p>" for note in report.notes)
    _, rest = _headed(report)
    below = f"<p>{escaped(_set_in(rest))}</p>\n" if rest else ""
    return f"{below}{_table(rows, report)}\n{notes}"


def _table(cells: Sequence[Sequence[str]], report: Report) -> str:
    """Return an HTML table of cells that are escaped already; headings are set off."""
    rows = [
        [f"<b>{each}</b>" if row.heading and each else each for each in texts]
        for row, texts in zip(report.rows, cells, strict=True)
    ]
    table: str = tabulate(
        rows,
        headers=[escaped(_titled(column)) for column in report.columns],
        tablefmt="unsafehtml",
        colalign=[column.align for column in report.columns] if report.rows else None,
        disable_numparse=True,
    )
    return table


def _set_in(lines: Sequence[TextLine]) -> str:
    """Return lines below one another, with spaces before those that are set in."""
    return "\n".join("  " * line.level + whole(line) for line in lines)


def _headed(report: Report) -> tuple[str, Sequence[TextLine]]:
    """Return the first line of a title, for a heading, and the lines that stand below it."""
    if not report.title:
        return report.caption, ()
    return report.title[0].text, report.title[1:]


def latex(report: Report, width: int = PAGE) -> str:
    """Return a LaTeX table for the booktabs package, its title above and its notes below."""
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
    return "~" * (2 * line.level) + _tex(_flat(whole(line)))


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
    cells = [_flat(on_line(each)) for each in row.cells]
    return [*cells, *[""] * (len(columns) - len(cells))]


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
