"""A screened table as a file: every row in order with what is added, and how it was made."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from wcwidth import wcswidth

from chipcalc.contract import screening as contract
from chipcalc.errors import error
from chipcalc.intake.decimals import Held
from chipcalc.screening.judge import Kind
from chipcalc.screening.table import ScreenedTable
from chipcalc.tables.flowing import inert, taken
from chipcalc.words import screening as words
from chipcalc.words.check import NO_ADVICE

_LONGEST = 32_767  # characters that a cell of a workbook can hold
_NARROW, _WIDEST = 6, 60
_COLOURS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.control: {"bg_color": "#F6D5D5", "bold": True},
    Kind.below: {"bg_color": "#D8EBDD"},
    Kind.open: {"bg_color": "#E6DDF3", "bold": True},
}


def separated(table: ScreenedTable, separator: str = ",", *, mark: bool = False) -> bytes:
    """Return every row as separated text in UTF-8, with a `mark` in front for old spreadsheets.

    What a spreadsheet would work out as a formula has an apostrophe in front.
    """
    line = io.StringIO()
    writer = csv.writer(line, delimiter=separator)  # either sign of its ends of lines is quoted
    found = []
    for row, added in contract.laid_out(table):
        writer.writerow([*map(inert, row), *map(inert, added)])
        found.append(taken(line))
    return "".join(found).encode("utf-8-sig" if mark else "utf-8")


def lines(table: ScreenedTable) -> bytes:
    """Return a JSON object on a line for each row below the header."""
    rows = zip(table.rows, contract.records(table), strict=True)
    found = (
        json.dumps({"row": each.part.number, **record}, ensure_ascii=False) for each, record in rows
    )
    return "".join(f"{each}\n" for each in found).encode()


def workbook(table: ScreenedTable) -> bytes:
    """Return a workbook: every row in its place with its verdict in colour, and how it was made.

    Raises ChipcalcError when the writer is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        what = "workbooks need a package that is not installed"
        raise error(what, 'pip install "chipcalc[tables]"') from None
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {"title": f"{table.source} screened", "comments": "written by chipcalc"}
        )
        _rows(book, table)
        _notes(book, table)
    return content.getvalue()


def _rows(book: Any, table: ScreenedTable) -> None:
    """Write every row in its place, ours behind its own cells; keep the header in sight."""
    sheet = book.add_worksheet("verdicts")
    looks = _looks(book)
    widths: dict[int, int] = {}
    first = table.grid.header
    for place, (row, added) in enumerate(contract.laid_out(table)):
        start = len(row)
        kind = table.rows[place - first - 1].kind if place > first else None
        for column, text in ((n, each) for n, each in enumerate((*row, *added)) if each):
            look = looks["own" if column < start else "added"]
            if place == first:
                look = looks["header"]
            elif column == start and kind:
                look = looks.get(kind.name, looks["added"])
            _put(sheet, place, column, text, look)
            widths[column] = max(widths.get(column, 0), wcswidth(text) if place >= first else 0)
    for column, width in widths.items():
        sheet.set_column(column, column, min(max(width + 2, _NARROW), _WIDEST))
    sheet.freeze_panes(first + 1, 0)
    if widths:
        sheet.autofilter(first, 0, first + len(table.rows), max(widths))


def _looks(book: Any) -> dict[str, Any]:
    """Return how cells look: those of the header, of the table, what is added, and verdicts."""
    top = {"valign": "top"}
    found = {kind.name: book.add_format({**look, **top}) for kind, look in _COLOURS.items()}
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top})
    added = book.add_format({"text_wrap": True, **top})
    return {**found, "header": header, "own": book.add_format(top), "added": added}


def _put(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """Write a cell: what the file held as a number as one, all else as text and no formula."""
    if isinstance(text, Held):
        sheet.write_number(row, column, float(text), look)
    else:
        sheet.write_string(row, column, text[:_LONGEST], look)


def _notes(book: Any, table: ScreenedTable) -> None:
    sheet = book.add_worksheet("how it was made")
    bold = book.add_format({"bold": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for place, (name, text) in enumerate(_made(table)):
        sheet.write_string(place, 0, name, bold)
        sheet.write_string(place, 1, text[:_LONGEST], plain)


def _made(table: ScreenedTable) -> Iterator[tuple[str, str]]:
    """Yield how a table was screened: by what, of which day, under which rules, from what."""
    vocabulary = table.rulebook.store.vocabulary
    yield "", NO_ADVICE
    yield "made by", f"chipcalc {version('chipcalc')}"
    yield "table", f"{table.source}: {', '.join(table.grid.said)}"
    yield "law as of", table.day.isoformat()
    if table.to:
        yield "destination", table.to
    for name, number in contract.counts(table):
        yield name, f"{number:,} rows"
    for each in table.columns.read.values():
        unit = f", {each.unit.text}" if each.unit else ""
        yield f"column {each.column}", f"{words.states(each, vocabulary)}{unit}"
    for each in table.columns.left:
        if each.column:
            yield f"column {each.column}", f"not read{f': {each.why}' if each.why else ''}"
    asked = {
        each.provision.id: each.provision
        for row in table.rows
        for reading in row.readings
        for each in reading.checked.findings
    }
    for rule in asked.values():
        place = f"{rule.version.at}; " if rule.version.at else ""
        yield f"rule {rule.rule.paragraph}", f"{place}text last checked on {rule.rule.verified}"
