"""What documents have in common: parts without drawings, lines as trees, words with their links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.tables.report import Bars, Column, Grid, NumberLine, Part, Report, Row, cell
from chipcalc.words.line import Block, Phrase, Role, TextLine

_TITLES: Mapping[str, str] = {
    "answer": "answer",
    "began": "what began",
    "chip": "chip",
    "chips": "chips",
    "count": "chips",
    "day": "date",
    "fact": "fact",
    "figure": "figure",
    "how": "computed from",
    "key": "about",
    "kind": "kind",
    "limit": "line",
    "mark": "met",
    "measure": "measures",
    "name": "name",
    "origin": "at",
    "paragraph": "paragraph",
    "place": "about",
    "row": "figure",
    "rule": "rule",
    "says": "reason",
    "share": "what holds",
    "sign": "relation",
    "span": "range",
    "standing": "standing",
    "status": "status",
    "title": "title",
    "unit": "unit",
    "value": "value",
    "verdict": "verdict",
    "why": "reason",
}
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")  # sets apart on a screen, not in a document
_FOLLOWED = re.compile(r"(https?://|mailto:)[^<>\"]+$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")


class Branch(NamedTuple):
    """A line with the lines that stand below it."""

    line: TextLine
    below: tuple[Branch, ...] = ()


def headed(report: Report) -> tuple[TextLine, Block]:
    """Return the first line of a title, for a heading, and the lines that stand below it."""
    if not report.title:
        return TextLine(report.caption), ()
    return report.title[0], report.title[1:]


def parts(report: Report) -> list[Grid | Block]:
    """Return the parts without drawings, and blocks that follow one another as one."""
    found: list[Grid | Block] = []
    for part in map(_spelled, report.parts):
        if found and not isinstance(part, Grid) and not isinstance(found[-1], Grid):
            found[-1] = (*found[-1], *part)
        elif part:
            found.append(part)
    return found


def _spelled(part: Part) -> Grid | Block:
    """Return a part without drawings: bars as a table, a number line as a list of sentences."""
    if isinstance(part, Bars):
        rows = (
            Row((cell(each.label, role=each.role), cell(f"{each.number:,}"))) for each in part.bars
        )
        return Grid((Column("", name="answer"), Column("", "decimal", name="count")), tuple(rows))
    if isinstance(part, NumberLine):
        return tuple(
            TextLine(each.says or each.label, 1, role=each.role) for each in part.stretches
        )
    return part


def trees(lines: Sequence[TextLine]) -> tuple[Branch, ...]:
    """Return lines as trees: below each line those that are set in further."""
    found: list[Branch] = []
    start = 0
    while start < len(lines):
        stop = start + 1
        while stop < len(lines) and lines[stop].level > lines[start].level:
            stop += 1
        found.append(Branch(lines[start], trees(lines[start + 1 : stop])))
        start = stop
    return tuple(each for each in found if each.line.text)


def is_numbered(branches: Sequence[Branch]) -> bool:
    """Whether some lines are a list that is counted from one."""
    numbers = [str(number) for number in range(1, len(branches) + 1)]
    return bool(branches) and [each.line.marker for each in branches] == numbers


def phrases(line: TextLine) -> Iterator[Phrase]:
    """Yield the phrases of a line, each in its role; an address in it leads where it says."""
    for part in line.phrases or (Phrase(line.text),):
        each = part._replace(text=_GAP.sub(" · ", part.text))
        role: Role = each.role or line.role
        if each.link:
            yield each._replace(role=role, link=each.link if _leads(each.link) else "")
        else:
            yield from _linked(each.text, role)


def _leads(address: str) -> bool:
    """Whether an address may be followed: a page or a mailbox, and nothing that could be run."""
    return bool(_FOLLOWED.match(address)) and address.isprintable() and " " not in address


def _linked(text: str, role: Role) -> Iterator[Phrase]:
    at = 0
    for found in _ADDRESS.finditer(text):
        if found.start() > at:
            yield Phrase(text[at : found.start()], role)
        yield Phrase(found.group(), role, found.group())
        at = found.end()
    if at < len(text):
        yield Phrase(text[at:], role)


def full(row: Row, part: Grid) -> Row:
    """Return a row with as many cells as the table has columns."""
    return row._replace(cells=(*row.cells, *[cell()] * (len(part.columns) - len(row.cells))))


def flat(text: str) -> str:
    """Return text with single spaces, and a dot where more of them set words apart."""
    return " ".join(_GAP.sub(" · ", text.strip()).split())


def titled(part: Grid) -> Grid:
    """Return a table in which each column has a title, its unit with it.

    On a screen some columns need none; in a document, where others sort, read aloud or take apart
    what they find, these are called by what stands in them.
    """
    columns = (
        each._replace(
            title=flat(f"{each.title} {each.unit}") or _TITLES.get(each.name, ""), unit=""
        )
        for each in part.columns
    )
    return part._replace(columns=tuple(columns))


def has_titles(part: Grid) -> bool:
    """Whether a table has a title above any of its columns on a screen."""
    return any(each.title or each.unit for each in part.columns)


def selected(part: Grid, chosen: Sequence[int]) -> Grid:
    """Return a table with some of its columns only, and all headings of its rows."""
    rows = (
        each
        if each.heading and len(each.cells) == 1
        else each._replace(cells=tuple(full(each, part).cells[i] for i in chosen))
        for each in part.rows
    )
    return part._replace(columns=tuple(part.columns[i] for i in chosen), rows=tuple(rows))
