"""What each row of a table says: of which part, which figures, under which circumstances."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.check.what_if import Stated
from chipcalc.errors import ChipcalcError
from chipcalc.places import countries
from chipcalc.rules.circumstances import spelled
from chipcalc.schema.types import day_of
from chipcalc.screening.cells import Bad, Said, counted_name, figure
from chipcalc.screening.meaning import (
    AS_OF,
    COUNT,
    ENGINE,
    FORMAT,
    KIND,
    NAME,
    SPARSITY,
    TO,
    UNSTATED,
    VENDOR,
    Columns,
    Meaning,
    with_usual,
)
from chipcalc.screening.words import Words, plain
from chipcalc.values import cells
from chipcalc.values.cells import DecimalMark
from chipcalc.vocabulary.model import Vocabulary

OUT_OF_STEP = "row"  # what a row says that has more cells than columns


class Fault(NamedTuple):
    """A cell that was not understood, in which column, and why; and what it was to say."""

    column: str
    text: str
    why: str
    about: str = ""


class Figure(NamedTuple):
    """A figure of a row: what it is of, how much, and of how many."""

    column: str
    stated: Stated
    said: Said


class Part(NamedTuple):
    """What one row says of a part; what it does not say is empty.

    `circuits` is their number in one item; `why` says why a row is no part at all.
    """

    number: int
    name: str = ""
    vendor: str = ""
    figures: tuple[Figure, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    circuits: int = 0
    day: datetime.date | None = None
    to: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    why: str = ""

    @property
    def unread(self) -> frozenset[str]:
        """What cells were to say that could not be read."""
        return frozenset(each.about for each in self.faults)


class Reader(NamedTuple):
    """How the rows of a table are read."""

    columns: Columns
    names: Sequence[str]
    words: Words
    vocabulary: Vocabulary
    decimal: DecimalMark | None = None
    kind: str = ""


def part(number: int, row: Sequence[str], by: Reader) -> Part:
    """Return what a row says; every cell that is not understood is a fault of it."""
    texts = [each.strip() for each in row]
    filled = [place for place, each in enumerate(texts) if each]
    why = _no_part(texts, filled, by)
    if why:
        return Part(number, why=why)
    beyond = next((each for each in texts[len(by.names) :] if each), "")
    if beyond:
        fault = Fault("", beyond, "a cell more than the table has columns", OUT_OF_STEP)
        return Part(number, faults=(fault,))
    faults: list[Fault] = []

    def read(role: str, reading: Callable[[str], object], otherwise: str) -> object:
        place = by.columns.of(role)
        text = texts[place] if place is not None and place < len(texts) else ""
        if not text or isinstance(cells.read(text), cells.Nothing):
            return None
        try:
            return reading(text)
        except (ChipcalcError, LookupError, ValueError):
            faults.append(Fault(by.names[place or 0], text, otherwise, role))
            return None

    name, count = _name(texts, by, faults)
    given = read(COUNT, _number, "no number of circuits")
    if isinstance(given, int) and count not in (0, given):
        faults.append(
            Fault(by.names[by.columns.of(COUNT) or 0], str(given), "another number", COUNT)
        )
    kind = read(KIND, lambda text: by.words.kinds[plain(text)], "no kind of item that is known")
    day = read(AS_OF, day_of, "no day such as 2026-07-31")
    to = read(TO, countries.code, "no country that is known")
    vendor = read(VENDOR, str, "")
    figures = tuple(_figures(texts, row, by, faults))
    said = tuple(_said(texts, by, faults))
    return Part(
        number,
        name,
        str(vendor or ""),
        figures,
        said,
        str(kind or by.kind),
        count or (given if isinstance(given, int) else 0),
        day if isinstance(day, datetime.date) else None,
        str(to or ""),
        tuple(faults),
        tuple(f"{e.column}: '{e.said.beside}' is not understood" for e in figures if e.said.beside),
    )


def _no_part(texts: Sequence[str], filled: Sequence[int], by: Reader) -> str:
    if not filled:
        return "a blank row"
    place = by.columns.of(NAME)
    name = texts[place] if place is not None and place < len(texts) else ""
    if not name and any(plain(texts[each]) in by.words.not_parts for each in filled):
        return "a total, and no part"
    if plain(name) in by.words.not_parts:
        return "a total, and no part"
    if len(filled) == 1 < len(by.names) and filled[0] not in by.columns.read:
        return "a blank row" if cells.is_number(texts[filled[0]]) else "a note, and no part"
    return ""


def _number(text: str) -> int:
    number = cells.number(text)
    if number is None or number.denominator != 1 or number < 1:
        raise ValueError(text)
    return int(number)


def _name(texts: Sequence[str], by: Reader, faults: list[Fault]) -> tuple[str, int]:
    place = by.columns.of(NAME)
    text = texts[place] if place is not None and place < len(texts) else ""
    if text.startswith(("=", "+", "@")):
        faults.append(Fault(by.names[place or 0], text, "a formula, which is not worked out", NAME))
        return "", 0
    count, _ = counted_name(text)
    return " ".join(text.split()), count


def _figures(
    texts: Sequence[str], row: Sequence[str], by: Reader, faults: list[Fault]
) -> Iterator[Figure]:
    for place, meaning in by.columns.read.items():
        if not meaning.is_figure or place >= len(texts) or not texts[place]:
            continue
        found = figure(row[place], meaning.unit, by.decimal, by.words)
        if isinstance(found, Bad):
            faults.append(Fault(meaning.column, found.text, found.why, meaning.about))
        elif found:
            wrong = _misfit(meaning, found, by.vocabulary)
            if wrong:
                faults.append(Fault(meaning.column, row[place], wrong, meaning.about))
                continue
            when = _when(meaning, found, by.words)
            yield Figure(meaning.column, Stated(meaning.about, when, found.quantity), found)


def _misfit(meaning: Meaning, said: Said, vocabulary: Vocabulary) -> str:
    definition = vocabulary.metric(meaning.about)
    dimension = said.quantity.unit.dimension
    fits = any(dimension == each.dimension for each in (definition.unit, *definition.also))
    return "" if fits else f"{definition.label.lower()} is not measured in {said.quantity.unit}"


def _when(meaning: Meaning, said: Said, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the conditions of a figure: those of its column, and what its cell says of it."""
    when = meaning.conditions
    if said.sparsity and when.get(SPARSITY) == UNSTATED:
        engine = "" if when[ENGINE] == UNSTATED else when[ENGINE]
        when = with_usual(when[FORMAT], engine, said.sparsity, words)
    elif said.sparsity and SPARSITY in when:
        when[SPARSITY] = said.sparsity
    return tuple(sorted(when.items()))


def _said(texts: Sequence[str], by: Reader, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    for place, meaning in by.columns.read.items():
        text = texts[place] if place < len(texts) else ""
        if not meaning.is_circumstance or isinstance(cells.read(text), cells.Nothing):
            continue
        value = by.words.value(meaning.about, text)
        try:
            yield meaning.about, value or spelled(meaning.about, text, by.vocabulary)
        except ChipcalcError:
            why = f"no word for {meaning.about} that is known"
            faults.append(Fault(meaning.column, text, why, meaning.about))


def unstated_units(rows: Sequence[Sequence[str]], by: Reader) -> Mapping[str, int]:
    """Return the columns in which figures stand of which no unit is said, and how many."""
    found: dict[str, int] = {}
    for place, meaning in by.columns.read.items():
        if meaning.is_figure and meaning.unit is None:
            texts = (row[place] for row in rows if place < len(row) and row[place].strip())
            read = (figure(each, None, by.decimal, by.words) for each in texts)
            number = sum(isinstance(e, Bad) and e.why == "no unit is stated" for e in read)
            if number:
                found[meaning.column] = number
    return found
