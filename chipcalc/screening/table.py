"""A table as it is screened: how it was read, what its columns say, how each row comes out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from chipcalc import bounded
from chipcalc.errors import ChipcalcError, error
from chipcalc.intake.decimals import decimal_mark
from chipcalc.intake.mapping import Mapping as KnownTable
from chipcalc.intake.mapping import fits, mapping
from chipcalc.intake.table import table as listed
from chipcalc.intake.texts import GRIDS, Form, texts
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.load import read
from chipcalc.schema.types import Text
from chipcalc.screening.judge import Judge, Kind, Screened
from chipcalc.screening.meaning import NAME, VENDOR, Columns, Meaning, columns
from chipcalc.screening.rows import Part, Reader, part, unstated_units
from chipcalc.screening.words import Words
from chipcalc.values.cells import DecimalMark
from chipcalc.vocabulary.model import Vocabulary

OWN = "chipcalc "  # how the names of the columns begin that are added
_RECOGNISED = "recognised_by"
Progress: TypeAlias = Callable[[Sequence[Part]], Iterable[Part]]
STANDARD_INPUT = Path("-")


class Saved(Frozen):
    """What the columns of a table say, as a user says it with --column, kept in a file."""

    columns: Mapping[Text, Text]


class Grid(NamedTuple):
    """All rows of a table as texts, titles and blanks among them; the header is one of them.

    `said` tells how the file was read; rows of a list of objects have no header among them.
    """

    rows: tuple[tuple[str, ...], ...]
    header: int
    names: tuple[str, ...]
    said: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows below the header."""
        return self.rows[self.header + 1 :]


class ScreenedTable(NamedTuple):
    """A table with how each row below its header comes out, in order."""

    source: str
    grid: Grid
    columns: Columns
    decimal: DecimalMark | None
    rows: tuple[Screened, ...]
    day: datetime.date
    to: str
    rulebook: Rulebook
    known_as: str = ""

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows come out how."""
        return Counter(each.kind for each in self.rows)

    @property
    def stating(self) -> Mapping[str, int]:
        """How many rows state something in each column of figures."""
        return Counter(figure.column for each in self.rows for figure in each.part.figures)

    @property
    def faulty(self) -> tuple[Screened, ...]:
        """The rows with a cell that was not understood."""
        return tuple(each for each in self.rows if each.part.faults)


def grid(path: Path, form: Form, wanted: Sequence[str]) -> Grid:
    """Return the rows of a file; raises ChipcalcError for what is no table.

    The columns that an earlier run has added are left out, and made anew.
    """
    found = _grid(path, form, wanted)
    kept = [place for place, name in enumerate(found.names) if not name.startswith(OWN)]
    if len(kept) == len(found.names):
        return found
    rows = tuple(tuple(row[place] for place in kept if place < len(row)) for row in found.rows)
    return found._replace(rows=rows, names=tuple(found.names[place] for place in kept))


def _grid(path: Path, form: Form, wanted: Sequence[str]) -> Grid:
    if path == STANDARD_INPUT or path.suffix.casefold() in GRIDS:
        found = texts(path, form, wanted)
        names = found.columns
        if not names:
            raise error(f"'{path}' has no header", "give the columns a name")
        return Grid(found.rows, found.header, names, found.said)
    read_as = listed(path)
    rows = tuple(tuple(row.cells.get(e, "") for e in read_as.columns) for row in read_as.rows)
    return Grid((read_as.columns, *rows), 0, read_as.columns)


def known_table(
    name: str, names: Sequence[str], folders: Sequence[Path], vocabulary: Vocabulary
) -> KnownTable | None:
    """Return the mapping of a known table by its name or file, or by its columns; None for none.

    Raises ChipcalcError for a name that is none, and for a table with a row for each figure.
    """
    if not name:
        try:
            found = mapping("", names, folders)
        except ChipcalcError:
            return None
    else:
        found = mapping(name, names, folders)
    if found.long:
        what = f"{found.id} has a row for each figure, not one for each product"
        raise error(what, "'chipcalc import' makes spec sheets of it")
    return fits(found, vocabulary)


def saved(name: str) -> Mapping[str, str]:
    """Return what a mapping file says of columns; nothing where it is that of a known table.

    Raises ChipcalcError for a file that is neither.
    """
    path = Path(name)
    if not name or not bounded.is_file(path):
        return {}
    document = read(path)
    if isinstance(document.data, dict) and _RECOGNISED in document.data:
        return {}
    return parse(Saved, document).columns


def columns_of(
    names: Sequence[str],
    said: Mapping[str, str],
    known: KnownTable | None,
    words: Words,
    vocabulary: Vocabulary,
) -> Columns:
    """Return what the columns of a table say, those of a known one as its mapping has them."""
    if known is None:
        return columns(names, words, vocabulary, said)
    found: dict[int, Meaning] = {}
    left: list[Meaning] = []
    own = columns(names, words, vocabulary, said) if said else Columns({}, ())
    for place, name in enumerate(names):
        reading = known.columns.get(name)
        if name in said:
            found |= {place: own.read[place]} if place in own.read else {}
        elif name == known.name:
            found[place] = Meaning(name, NAME)
        elif name == known.vendor:
            found[place] = Meaning(name, VENDOR)
        elif reading:
            when = tuple(sorted(reading.when.items()))
            found[place] = Meaning(name, "metric", reading.metric, when, reading.unit)
        else:
            left.append(Meaning(name, why=known.left.get(name, "")))
    return Columns(found, tuple(left))


def reader(
    found: Grid,
    columns_read: Columns,
    words: Words,
    vocabulary: Vocabulary,
    decimal: str,
    kind: str,
) -> Reader:
    """Return how the rows of a table are read.

    Raises ChipcalcError where nothing is said of parts at all, where a unit is said nowhere, and
    for a kind of row that there is none of.
    """
    mark: DecimalMark | None = decimal_mark(cell for row in found.body for cell in row)
    if decimal:
        mark = "," if decimal == "comma" else "."
    if kind and kind not in words.said.kinds:
        raise error(f"no kind of row '{kind}'", f"write one of {', '.join(words.said.kinds)}")
    figures = [each for each in columns_read.read.values() if each.is_figure]
    if columns_read.of(NAME) is None and not figures:
        listed_ = ", ".join(each for each in found.names if each)
        what = f"no column says which part a row is about, or states a figure: {listed_}"
        raise error(what, "say what one is: --column 'Part=name'")
    by = Reader(columns_read, found.names, words, vocabulary, mark, kind)
    missing = unstated_units(found.body, by)
    if missing:
        name, number = next(iter(missing.items()))
        about = next(each for each in figures if each.column == name).about
        example = vocabulary.metric(about).unit.text
        said = "says none" if number == 1 else "say none"
        what = f"in which unit is column '{name}'? {number} of its cells {said}"
        hint = f"say it: --column '{name}={_key(name, figures)} {example}'"
        raise error(what, f"{hint}, or leave it out: --column '{name}=ignore'")
    return by


def _key(name: str, figures: Sequence[Meaning]) -> str:
    meaning = next(each for each in figures if each.column == name)
    under = ",".join(f"{key}={value}" for key, value in meaning.when)
    return f"{meaning.about}[{under}]" if under else meaning.about


def parts(found: Grid, by: Reader, *, strict: bool = False) -> list[Part]:
    """Return what the rows below the header say; raises ChipcalcError at a fault where `strict`."""
    made = []
    for number, row in enumerate(found.body, found.header + 2):
        made.append(part(number, row, by))
        if strict and made[-1].faults:
            fault = made[-1].faults[0]
            what = f"row {number}, column '{fault.column}': '{fault.text}': {fault.why}"
            raise error(what, "mend the cell, or leave out --strict")
    return made


def screened(
    source: str,
    found: Grid,
    by: Reader,
    judge: Judge,
    rulebook: Rulebook,
    *,
    strict: bool = False,
    known_as: str = "",
    progress: Progress = iter,
) -> ScreenedTable:
    """Return a table with how each row comes out; raises ChipcalcError at a fault if `strict`.

    `progress` goes through the rows and tells a person how far it is.
    """
    rows = tuple(judge.rows(progress(parts(found, by, strict=strict))))
    return ScreenedTable(
        source, found, by.columns, by.decimal, rows, judge.day, judge.to, rulebook, known_as
    )
