"""A report as a document: Markdown, HTML or LaTeX, which lay out their own lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabulate import LATEX_ESCAPE_RULES, tabulate

from chipcalc.tables.marks import jointed, on_line, whole
from chipcalc.tables.report import (
    Bars,
    Cell,
    Column,
    Grid,
    NumberLine,
    Part,
    Report,
    Row,
    cell,
)
from chipcalc.tables.style import PLAIN, Style
from chipcalc.words.line import Block, TextLine


def markdown(report: Report, style: Style = PLAIN) -> str:
    """Return a Markdown table with its notes."""
    head, rest = _headed(report)
    title = f"## {head}" if head else ""
    parts = [_markdown_part(each) for each in _parts(report)]
    return "\n\n".join(each for each in (title, _listed(rest), *parts) if each)


def _parts(report: Report) -> list[Grid | Block]:
    """Return the parts without drawings, and blocks that follow one another as one."""
    found: list[Grid | Block] = []
    for part in map(spelled, report.parts):
        if found and not isinstance(part, Grid) and not isinstance(found[-1], Grid):
            found[-1] = (*found[-1], *part)
        elif part:
            found.append(part)
    return found


def spelled(part: Part) -> Grid | Block:
    """Return a part without drawings: bars as a table, a number line as a list of sentences."""
    if isinstance(part, Bars):
        rows = (Row((cell(e.label), cell(f"{e.number:,}"))) for e in part.bars)
        return Grid((Column(""), Column("", "right")), tuple(rows))
    if isinstance(part, NumberLine):
        return tuple(TextLine(each.says or each.label, 1) for each in part.stretches)
    return part


def _markdown_part(part: Grid | Block) -> str:
    if not isinstance(part, Grid):
        return "\n".join(f"{'  ' * line.level}- {_flat(whole(line))}" for line in part)
    body: str = tabulate(
        [_marked(row, part.columns, _barred, "**{}**") for row in part.rows],
        headers=[_barred(_titled(column)) for column in part.columns],
        tablefmt="pipe",
        colalign=_sides(part),
        disable_numparse=True,
    )
    return body


def _sides(part: Grid) -> list[str] | None:
    if not part.rows:
        return None
    return ["left" if column.align == "left" else "right" for column in part.columns]


def _listed(lines: Sequence[TextLine]) -> str:
    """Return the lines below a heading: plain ones as paragraphs, those set in as a list."""
    found, last = "", False
    for line in lines:
        item = f"{'  ' * (line.level - 1)}- {line.text}" if line.level else line.text
        found += ("\n" if line.level and last else "\n\n" if found else "") + item
        last = line.level > 0
    return found


def html(report: Report, style: Style = PLAIN) -> str:
    """Return an HTML page that needs nothing else."""
    head, _ = _headed(report)
    return _PAGE.format(
        language=report.language, title=escaped(head or "chipcalc"), content=_content(report)
    )


def fragment(report: Report) -> str:
    """Return the report as a part of another page, such as a notebook, whose style it keeps."""
    head, rest = _headed(report)
    found = [f"<h3>{escaped(head)}</h3>" if head else "", f"<p>{_below(rest)}</p>" if rest else ""]
    for part in _parts(report):
        if isinstance(part, Grid):
            found.append(_table([[_apart(each) for each in row.cells] for row in part.rows], part))
        else:
            found.append(f"<p>{_below(part)}</p>")
    return "\n".join(filter(None, found))


def _apart(found: Cell) -> str:
    """Return a cell whose parts stand below one another."""
    return "<br>".join(escaped(each) for each in jointed(found))


def _below(lines: Sequence[TextLine]) -> str:
    """Return lines below one another, those that are set in with spaces before them."""
    return "<br>".join("&emsp;" * line.level + escaped(whole(line)) for line in lines)


def _content(report: Report) -> str:
    _, rest = _headed(report)
    found = [f"<p>{escaped(_set_in(rest))}</p>" if rest else ""]
    for part in _parts(report):
        if isinstance(part, Grid):
            rows = [[escaped(e) for e in _on_one_line(row, part.columns)] for row in part.rows]
            found.append(_table(rows, part))
        else:
            found.append(f"<p>{escaped(_set_in(part))}</p>")
    return "\n".join(filter(None, found))


def _table(cells: Sequence[Sequence[str]], part: Grid) -> str:
    """Return an HTML table of cells that are escaped already; headings are set off."""
    rows = [
        [f"<b>{each}</b>" if row.heading and each else each for each in texts]
        for row, texts in zip(part.rows, cells, strict=True)
    ]
    table: str = tabulate(
        rows,
        headers=[escaped(_titled(column)) for column in part.columns],
        tablefmt="unsafehtml",
        colalign=_sides(part),
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


def latex(report: Report, style: Style = PLAIN) -> str:
    """Return a LaTeX table for the booktabs package, its title above and its notes below."""
    head, rest = _headed(report)
    title = f"\\textbf{{{_tex(head)}}}" if head else ""
    blocks = [title, *map(_tex_note, rest)]
    for part in _parts(report):
        if isinstance(part, Grid):
            blocks.append(
                tabulate(
                    [_on_one_line(row, part.columns) for row in part.rows],
                    headers=[_titled(column) for column in part.columns],
                    tablefmt="latex_booktabs",
                    colalign=_sides(part),
                    disable_numparse=True,
                )
            )
        else:
            blocks += map(_tex_note, part)
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
