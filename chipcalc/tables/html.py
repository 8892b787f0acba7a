"""A report as HTML: a page that needs nothing else, or a part of another page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import NamedTuple

from chipcalc.tables.documents import (
    Branch,
    flat,
    full,
    has_titles,
    headed,
    is_numbered,
    parts,
    phrases,
    selected,
    titled,
    trees,
)
from chipcalc.tables.fitting import Ready, pages
from chipcalc.tables.layout import bound, joined
from chipcalc.tables.marks import digits_and_marks, jointed
from chipcalc.tables.paint import BOLD, role_of
from chipcalc.tables.report import Cell, Grid, Report, Row
from chipcalc.tables.style import Style
from chipcalc.words.line import HARD_SPACE, Block, TextLine

_PIECE = r"[^\s\-–/<>&;\u2e80-\u9fff\uff00-\uffef]+"  # Chinese words have no spaces between them
_HELD = re.compile(rf"{_PIECE}(?:[-–]{_PIECE})+")
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_DIGIT, _POINT = "\u2007", "\u2008"  # spaces as wide as a figure and as a point
_DEEPEST = 9
_CLASSES = {"claims": ' class="summary"'}  # whose columns share a narrow page differently
_SHORT = 16
_LINE = 24
_CUT = "…"  # it hangs behind the digits, as marks do
_WORD = 30
_ROOM = 125  # signs beside one another on a sheet of paper


def html(report: Report) -> str:
    """Return an HTML page that needs nothing else."""
    head, _ = headed(report)
    return _PAGE.format(
        language=escaped(report.language),
        title=escaped(head.text or "chipcalc"),
        style=_style_sheet(),
        content=_content(report, "h1"),
    )


def fragment(report: Report) -> str:
    """Return the report as a part of another page, such as a notebook, whose style it keeps."""
    style = f"<style>\n{_style_sheet()}</style>"
    content = _content(report, "h3")
    return f'<div class="chipcalc" lang="{escaped(report.language)}">\n{style}\n{content}\n</div>'


def content(report: Report, heading: str) -> str:
    """Return what stands in such a part, without its style: below a heading, h1 or lower."""
    return _content(report, heading)


class Pieces(NamedTuple):
    """A report for a page that puts it together itself: its head, what follows it, its parts."""

    head: str
    below: str
    parts: tuple[str, ...]


def pieces(report: Report, level: int = 2) -> Pieces:
    """Return the first line of a report, the lines below it, and its parts, each as HTML.

    Headings among them are of a level.
    """
    head, rest = headed(report)
    found = (
        _table(each, report) if isinstance(each, Grid) else _lines(each, report, level)
        for each in parts(report)
    )
    below = _lines(rest, report, level)
    return Pieces(_words(head, report), below, tuple(filter(None, found)))


@cache
def style_sheet() -> str:
    """Return the style of reports, for a page that holds several."""
    return _style_sheet()


@cache
def _style_sheet() -> str:
    return resources.files("chipcalc.tables").joinpath("document.css").read_text("utf-8")


def _content(report: Report, heading: str) -> str:
    head, rest = headed(report)
    words = _words(head, report) if head.text else "chipcalc" if heading == "h1" else ""
    level = int(heading[1:]) + 1
    found = [f"<{heading}>{words}</{heading}>" if words else "", _lines(rest, report, level)]
    found += [
        _table(each, report) if isinstance(each, Grid) else _lines(each, report, level)
        for each in parts(report)
    ]
    return "\n".join(filter(None, found))


# Tables.


def _table(part: Grid, report: Report) -> str:
    """Return a table in as many parts as a page is wide, each with the leading columns."""
    if not part.rows and not has_titles(part):
        return ""
    head, _ = headed(report)
    caption = escaped(part.caption or head.text or "chipcalc")
    whole = titled(part)
    chosen = pages(Ready(whole.columns, whole.rows, whole.kind, Style(_ROOM)))
    counted = [f" ({n}/{len(chosen)})" for n in range(1, len(chosen) + 1)]
    names = [f"{caption}{each}" for each in counted] if len(chosen) > 1 else [caption]
    top = has_titles(part)
    return "\n".join(
        _region(selected(whole, each), name, report, top=top)
        for each, name in zip(chosen, names, strict=True)
    )


def _region(part: Grid, caption: str, report: Report, *, top: bool) -> str:
    """Return a table with its caption, in a region that scrolls sideways on its own."""
    shown = "" if part.caption else ' class="unseen"'
    titles = "".join(
        f'<th scope="col"{_kind(column.align)}>{_held(column.title, report)}</th>'
        if column.title
        else f"<td{_kind(column.align)}></td>"
        for column in part.columns
    )
    head = f"<thead>\n<tr>{titles}</tr>\n</thead>\n" if top else ""
    return (
        f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">\n'
        f"<table{_CLASSES.get(part.kind, '')}>\n"
        f"<caption{shown}>{caption}</caption>\n{head}{_body(part, report)}\n</table>\n</div>"
    )


def _kind(align: str, *more: str) -> str:
    names = " ".join(filter(None, ("number" if align != "left" else "", *more)))
    return f' class="{names}"' if names else ""


def _body(part: Grid, report: Report) -> str:
    """Return the rows, each heading with those that follow it in a group of their own."""
    fractions = [_longest_fraction(part, i) for i in range(len(part.columns))]
    groups: list[list[str]] = [[]]
    for row in part.rows:
        if row.heading and len(row.cells) == 1:
            _add_across(row.cells[0], len(part.columns), groups, report)
        else:
            cells = "".join(_cells(full(row, part), part, report, fractions))
            groups[-1].append(f"<tr>{cells}</tr>")
    made = ("\n".join(rows) for rows in groups if rows)
    return "\n".join(f"<tbody>\n{each}\n</tbody>" for each in made)


def _add_across(each: Cell, columns: int, groups: list[list[str]], report: Report) -> None:
    """Add a cell across all columns: one that heads the rows below it begins a group of them."""
    role = role_of(each, heading=True)
    words, kind = _cell(each, report), _kind("left", _level(each), role)
    if role in BOLD:
        head = f'<th scope="rowgroup" colspan="{columns}"{kind}>{words}</th>'
        groups.append([f'<tr class="group">{head}</tr>'])
    else:
        groups[-1].append(f'<tr><td colspan="{columns}"{kind}>{words}</td></tr>')


def _level(each: Cell) -> str:
    return f"level-{min(each.level, _DEEPEST)}" if each.level else ""


def _cells(row: Row, part: Grid, report: Report, fractions: Sequence[int]) -> Iterator[str]:
    for number, (each, column) in enumerate(zip(row.cells, part.columns, strict=True)):
        long = "long" if any(len(part) > _LINE for part in each.parts) else ""
        kind = _kind(column.align, _level(each), role_of(each, heading=row.heading), long)
        if column.align == "decimal":
            words = _decimal(each, fractions[number])
        else:
            words = _cell(each, report)
        tag = 'th scope="row"' if number == 0 and words else "td"
        yield f"<{tag}{kind}>{words}</{tag[:2]}>"


def _cell(each: Cell, report: Report) -> str:
    """Return a cell whose parts stand below one another."""
    return "<br>".join(_short(_held(flat(part), report), part) for part in jointed(each))


def _short(words: str, text: str) -> str:
    """Return the words of a cell, short ones on one line."""
    return f'<span class="held">{words}</span>' if " " in text and len(text) <= _SHORT else words


def _decimal(each: Cell, places: int) -> str:
    """Return a figure that ends as many places behind the point as the others of its column."""
    digits, marks = digits_and_marks(each)
    if not digits:
        return ""
    numbers = list(_NUMBER.finditer(digits))
    fraction = numbers[-1].group(1) if numbers else None
    missing = places - len(fraction or "")
    pad = _POINT * (places > 0 and fraction is None) + _DIGIT * missing
    bare = digits.removesuffix(_CUT)
    return f"{escaped(bare)}{_raised(digits[len(bare) :] + marks)}{pad}"


def _longest_fraction(part: Grid, index: int) -> int:
    if part.columns[index].align != "decimal":
        return 0
    texts = (digits_and_marks(row.cells[index])[0] for row in part.rows if index < len(row.cells))
    numbers = (list(_NUMBER.finditer(each)) for each in texts)
    return max((len(found[-1].group(1) or "") for found in numbers if found), default=0)


def _raised(marks: str) -> str:
    return f'<span class="mark">{escaped(marks)}</span>' if marks else ""


# Lines.


def _lines(lines: Block, report: Report, level: int) -> str:
    """Return lines as paragraphs, headings of a level, nested lists and commands."""
    found: list[str] = []
    for is_item, branches in groupby(trees(lines), key=lambda each: _is_item(each.line)):
        if is_item:
            found.append(_list([*branches], report))
        else:
            found += [_paragraph(each, report, level) for each in branches]
    return "\n".join(found)


def _is_item(line: TextLine) -> bool:
    return bool(line.level or line.marker) and line.role != "command"


def _paragraph(branch: Branch, report: Report, level: int) -> str:
    if branch.line.role == "command":
        return f'<pre class="command"><code>{_command(branch.line.text)}</code></pre>'
    below = _list(branch.below, report)
    words, role = _words(branch.line, report), branch.line.role
    if role == "heading":
        return f'<h{level} class="heading">{words}</h{level}>{below}'
    if role == "quote":
        return f"<blockquote><p>{words}</p></blockquote>{below}"
    kind = f' class="{role}"' if role else ""
    return f"<p{kind}>{words}</p>{below}"


def _command(text: str) -> str:
    """Return a command in which options and other short words hold together."""
    return " ".join(
        f'<span class="held">{escaped(each)}</span>'
        if "-" in each and len(each) <= _WORD
        else escaped(each)
        for each in text.split(" ")
    )


def _list(branches: Sequence[Branch], report: Report) -> str:
    """Return lines as a list, those behind markers of their own without bullets."""
    if is_numbered(branches):
        items = "".join(_item(_unmarked(each), report) for each in branches)
        return f"<ol>{items}</ol>"
    items = "".join(_item(each, report) for each in branches)
    kind = ' class="notes"' if any(each.line.marker for each in branches) else ""
    return f"<ul{kind}>{items}</ul>" if items else ""


def _unmarked(branch: Branch) -> Branch:
    return branch._replace(line=branch.line._replace(marker=""))


def _item(branch: Branch, report: Report) -> str:
    below = _list(branch.below, report)
    return f"<li>{_marker(branch.line)}{_words(branch.line, report)}{below}</li>"


def _marker(line: TextLine) -> str:
    if not line.marker:
        return ""
    shown = "☐" if line.marker == "[ ]" else escaped(line.marker)
    return f"<sup>{shown}</sup> " if line.marker.isalpha() else f"{shown} "


def _words(line: TextLine, report: Report) -> str:
    found = []
    for each in phrases(line):
        text = _held(each.text, report)
        if each.link.startswith(("http://", "https://")):
            text = f'<a href="{escaped(each.link)}">{escaped(each.text)}</a>'
        elif each.role == "command":
            text = f"<code>{escaped(each.text)}</code>"
        elif each.role and line.phrases:
            text = f'<span class="{each.role}">{text}</span>'
        found.append(text)
    return "".join(found)


def _held(text: str, report: Report) -> str:
    """Return text in which names, ranges and numbers with their units hold together."""
    bare = joined(bound(text, report.unbroken))
    held = _HELD.sub(r'<span class="held">\g<0></span>', escaped(bare))
    return held.replace(HARD_SPACE, "&nbsp;")


def escaped(text: str) -> str:
    """Return text as it stands in HTML, between tags or in quoted attributes."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body class="chipcalc-page">
<main class="chipcalc">
{content}
</main>
</body>
</html>"""
