"""Regimes looked up: all that are known, or one with its rules and with what was not read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.contract import rules as contract
from chipcalc.rules.regime import Known
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables import rules
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.words.commands import written
from chipcalc.words.labels import citation
from chipcalc.words.line import TextLine, block, command

NOT_READ = "no text of its rules was read, so no figure of theirs is known here"


def listed(rulebook: Rulebook, day: datetime.date) -> Report:
    """Return every regime: how many rules of it are modelled on a day, or since when some exist."""
    books = [rulebook.of(each) for each in rulebook.regimes]
    rows = [
        Row((cell(each.regime.id, role="strong"), cell(each.regime.name), cell(_state(each, day))))
        for each in books
        if each.regime
    ]
    columns = (
        Column("", name="regime"),
        Column("name", name="name"),
        Column("rules", name="rules"),
    )
    read = sum(bool(each.files) for each in books)
    return Report(
        lambda: contract.regimes(books, day),
        lambda: [contract.regime_record(each, day) for each in books],
        title=block(f"{len(books)} regimes, the rules of {read} are modelled, on {day}"),
        parts=(
            Grid(columns, tuple(rows), "regimes"),
            (
                TextLine("What is known of one:", role="faint"),
                *(command(written("rules", "--regime", each)) for each in [*rulebook.regimes][-1:]),
            ),
        ),
        unbroken=tuple(each.name for each in rulebook.regimes.values()),
    )


def _state(book: Rulebook, day: datetime.date) -> str:
    """Return how many rules there are on a day; of texts not read, since when some are known."""
    if book.files:
        count = len(book.on(day))
        return f"{count or 'no'} rule{'s' * (count != 1)}"
    first = min((each.day for each in book.regime.known), default=None) if book.regime else None
    return f"not read; notes from {first} on" if first else "not read"


def one(rulebook: Rulebook, day: datetime.date, asked: Sequence[str] = ()) -> Report:
    """Return the rules of a regime on a day, who publishes them, and what is known besides."""
    regime = rulebook.regime
    if regime is None:
        return rules.listed(rulebook, day, asked)
    base = rules.listed(rulebook, day, asked)
    known = [line for each in regime.known for line in _noted(each, rulebook)]
    about = block(
        f"Published by: {regime.publisher}",
        *known,
        *regime.notes,
        f"Last looked for on {regime.verified}",
    )
    if rulebook.files:
        head = block(f"{regime.name}: {base.title[0].text}")
        return base._replace(title=head, parts=(*base.parts, (TextLine(""), *about)))
    return base._replace(title=block(f"{regime.name}: {NOT_READ}"), parts=(about,))


def _noted(each: Known, rulebook: Rulebook) -> Iterator[TextLine]:
    """Yield a dated note, and below it its sources."""
    until = f" to {each.until}" if each.until else ""
    yield TextLine(f"{each.day}{until}: {each.says} ({each.confidence})")
    for key in each.source:
        own = rulebook.regime.sources if rulebook.regime else {}
        source = own.get(key) or rulebook.store.shared_source(key)
        if source:
            yield TextLine(citation(source), 1, role="faint")
