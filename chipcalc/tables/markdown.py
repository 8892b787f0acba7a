"""A report as Markdown, the way GitHub renders it."""

from __future__ import annotations

import re

from tabulate import tabulate

from chipcalc.tables.documents import Branch, flat, full, headed, parts, phrases, titled, trees
from chipcalc.tables.marks import jointed
from chipcalc.tables.paint import BOLD, role_of
from chipcalc.tables.report import Cell, Grid, Report, Row
from chipcalc.words.line import Block, TextLine, raised_letter

_SIGNS = re.compile(r"([\\`*_\[\]<>|~$&#])")
_STARTS = re.compile(r"^(?:([-+]|\d+[.)])(?=\s|$)|(=+|-+)$)")


def markdown(report: Report) -> str:
    """Return a report as Markdown: a heading, tables, paragraphs, lists and commands."""
    head, rest = headed(report)
    title = f"## {escaped(flat(head.text))}" if head.text else ""
    found = [title, _lines(rest)]
    found += [_table(e) if isinstance(e, Grid) else _lines(e) for e in parts(report)]
    return "\n\n".join(filter(None, found))


# Tables.


def _table(part: Grid) -> str:
    caption = f"**{escaped(part.caption)}**\n\n" if part.caption else ""
    body: str = tabulate(
        [_row(full(row, part)) for row in part.rows],
        headers=[escaped(column.title) for column in titled(part).columns],
        tablefmt="pipe",
        colalign=_sides(part),
        disable_numparse=True,
    )
    return f"{caption}{body}"


def _sides(part: Grid) -> list[str] | None:
    if not part.rows:
        return None
    return ["left" if column.align == "left" else "right" for column in part.columns]


def _row(row: Row) -> list[str]:
    return [_cell(each, heading=row.heading) for each in row.cells]


def _cell(each: Cell, *, heading: bool) -> str:
    """Return a cell: what stands apart in it on lines of its own, what is set in behind a space."""
    text = "<br>".join(escaped(flat(part)) for part in jointed(each))
    words = f"**{text}**" if text and role_of(each, heading=heading) in BOLD else text
    return "&emsp;" * each.level * bool(text) + words


# Lines.


def _lines(lines: Block) -> str:
    """Return lines as paragraphs, lists and commands, blank lines between them."""
    blocks: list[str] = []
    for branch in trees(lines):
        item = _is_item(branch.line)
        text = "\n".join(_listed(branch, 0)) if item else _paragraph(branch)
        if item and blocks and blocks[-1].startswith("- "):
            blocks[-1] += f"\n{text}"
        else:
            blocks.append(text)
    return "\n\n".join(blocks)


def _is_item(line: TextLine) -> bool:
    return bool(line.level or line.marker) and line.role != "command"


def _paragraph(branch: Branch) -> str:
    line = branch.line
    if line.role == "command":
        return f"```sh\n{line.text}\n```"
    below = "\n".join(text for each in branch.below for text in _listed(each, 0))
    head = {"heading": "### ", "quote": "> "}.get(line.role, "")
    return "\n\n".join(filter(None, (f"{head}{_words(line)}", below)))


def _listed(branch: Branch, depth: int) -> list[str]:
    """Return a line as an item of a list, and those below it in lists of their own."""
    indent = "  " * depth
    marker = branch.line.marker
    lead = f"{marker}. " if marker.isdigit() else f"- {_marker(branch.line)}"
    found = [f"{indent}{lead}{_words(branch.line)}"]
    return [*found, *(text for each in branch.below for text in _listed(each, depth + 1))]


def _marker(line: TextLine) -> str:
    if not line.marker:
        return ""
    if line.marker == "[ ]":
        return "[ ] "
    if line.marker.isalpha():
        return f"{raised_letter(line.marker)} "
    return f"{escaped(line.marker)} "


def _words(line: TextLine) -> str:
    """Return the words of a line, addresses as links, what is of consequence in bold type."""
    found = []
    for each in phrases(line):
        if each.role == "command":
            found.append(f"`{each.text}`")
        elif each.link:
            found.append(_link(each.text, each.link))
        elif each.role in BOLD and each.text.strip() and line.phrases and line.role != "heading":
            found.append(f"**{escaped(each.text)}**")
        else:
            found.append(escaped(each.text))
    return _started("".join(found))


def _link(text: str, address: str) -> str:
    target = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"<{address}>" if text == address else f"[{escaped(text)}]({target})"


def _started(text: str) -> str:
    """Return text at whose start nothing makes a heading, a list or a rule of it."""
    found = _STARTS.match(text)
    if not found:
        return text
    at = found.end() - 1
    return f"{text[:at]}\\{text[at:]}"


def escaped(text: str) -> str:
    """Return text in which no sign means anything to Markdown."""
    return _SIGNS.sub(r"\\\1", text)
