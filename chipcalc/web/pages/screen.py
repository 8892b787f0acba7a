"""A table of parts, row by row: it is read, answered and forgotten; nothing is kept of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from chipcalc.commands import screening as request
from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.screening.judge import Screened
from chipcalc.screening.meaning import NAME
from chipcalc.screening.rows import Part
from chipcalc.screening.table import ScreenedTable
from chipcalc.web.address import Address
from chipcalc.web.library import Library
from chipcalc.web.marks import Mark, of_role
from chipcalc.web.page import WRONG, Page
from chipcalc.words import screening as words

ENDINGS = (".csv", ".tsv", ".xlsx", ".jsonl")
MOST_ROWS = 5_000
_SHOWN = 500


class Sent(NamedTuple):
    """A table as it was sent: its name and content, or its rows as text, and what is said of it.

    `chosen` has the chip that a row means, by the number of the row.
    """

    name: str = ""
    content: bytes = b""
    as_of: str = ""
    to: str = ""
    columns: tuple[str, ...] = ()
    chosen: Mapping[int, str] = {}


class Line(NamedTuple):
    """A row of the table: its number and name, the verdict, why, and the chips it may mean."""

    number: int
    name: str
    mark: Mark | None
    verdict: str
    chips: tuple[tuple[str, str], ...]
    ambiguous: bool
    why: str
    licence: str


def page(library: Library, address: Address) -> Page:
    """Return the form for a table, before one is sent."""
    return _page(Sent(as_of=address.first("as_of"), to=address.first("to")), None, (), library)


def answered(library: Library, sent: Sent) -> Page:
    """Return the page of a table that was sent, row by row."""
    try:
        return _page(sent, screened(library, sent), (), library)
    except ChipcalcError as fault:
        return _page(sent, None, fault.problems, library)


def screened(library: Library, sent: Sent) -> ScreenedTable:
    """Return how the rows of a table come out; raises ChipcalcError for what cannot be read."""
    ending = Path(sent.name).suffix.casefold()
    if ending not in ENDINGS:
        raise error(f"'{sent.name}' is no table that is read here", f"send {', '.join(ENDINGS)}")
    with TemporaryDirectory(prefix="chipcalc-") as folder:
        path = Path(folder) / f"parts{ending}"
        path.write_bytes(sent.content)
        try:
            wanted = request.Wanted(path, sent.as_of, sent.to, sent.columns)
            table = request.screen(library.db, wanted, _few)
        except ChipcalcError as fault:
            raise ChipcalcError(
                *(_named(each, path, sent.name) for each in fault.problems)
            ) from None
    return table._replace(source=Path(sent.name).name)


def _few(parts: Sequence[Part]) -> Iterable[Part]:
    if len(parts) > MOST_ROWS:
        raise error(f"{len(parts):,} rows are more than a page answers", "chipcalc screen TABLE")
    return parts


def _named(problem: Problem, path: Path, name: str) -> Problem:
    """Return a problem with the name that the reader knows the table by."""
    what, hint, file = (
        each.replace(str(path), name) for each in (problem.what, problem.hint, problem.file)
    )
    return problem._replace(what=what, hint=hint, file=file)


def download(library: Library, sent: Sent) -> bytes:
    """Return the table with its verdicts as a workbook; raises ChipcalcError."""
    return request.content(screened(library, sent), ".xlsx")


def with_choices(sent: Sent) -> Sent:
    """Return a table with the names of some rows replaced by the chips that they mean."""
    if not sent.chosen:
        return sent
    rows = list(csv.reader(io.StringIO(sent.content.decode())))
    for number, said in sent.chosen.items():
        place, _, chip = said.partition(":")
        if 0 < number <= len(rows) and place.isdigit() and int(place) < len(rows[number - 1]):
            rows[number - 1][int(place)] = chip
    return sent._replace(content=_as_text(rows).encode())


def _as_text(rows: Any) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _page(
    sent: Sent, table: ScreenedTable | None, problems: tuple[Problem, ...], library: Library
) -> Page:
    values: dict[str, Any] = {
        "asked_day": sent.as_of,
        "to": sent.to,
        "columns": sent.columns,
        "problems": problems,
        "table": None,
        "endings": ENDINGS,
        "lines": (),
    }
    if table is None:
        status = WRONG if problems else 200
        return Page("screen.html", "Check a whole spreadsheet", values, status=status)
    vocabulary = library.store.vocabulary
    report = request.report(table, (), listed=True, whole=True)
    place = table.columns.of(NAME) or 0
    values |= {
        "table": table,
        "head": report.title[0].text,
        "counts": [(words.verdict(each), of_role("", words.role(each))) for each in table.rows],
        "understood": [
            (e.column, words.states(e, vocabulary), str(e.unit) if e.unit else "")
            for e in table.columns.read.values()
        ],
        "left": [each.column for each in table.columns.left],
        "lines": [_line(each) for each in table.rows[:_SHOWN]],
        "more": max(len(table.rows) - _SHOWN, 0),
        "text": _as_text(table.grid.rows),
        "place": place,
    }
    return Page("screen.html", report.title[0].text, values)


def _line(row: Screened) -> Line:
    verdict = words.verdict(row)
    chips = tuple((each.id, each.name) for each in row.meant.sheets)
    faults = "; ".join(f"{each.column}: {each.text!r}: {each.why}" for each in row.part.faults)
    return Line(
        row.part.number,
        row.part.name,
        of_role(verdict, words.role(row)),
        verdict,
        chips,
        len(chips) > 1,
        "; ".join(filter(None, (words.why(row), faults))),
        words.licence(row),
    )
