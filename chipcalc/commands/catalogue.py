"""A list of chips as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chipcalc.api.database import Database, day
from chipcalc.commands.compare import conditions, exchange_rates
from chipcalc.progress import Progress, untold
from chipcalc.tables.listed import Listed, listed
from chipcalc.tables.listing import chips
from chipcalc.tables.report import Report
from chipcalc.tables.selection import Filter


class Listing(NamedTuple):
    """What to list, in the words of a user; names may be told apart by commas."""

    vendors: Sequence[str] = ()
    families: Sequence[str] = ()
    markets: Sequence[str] = ()
    sort: str = ""
    metrics: Sequence[str] = ()
    when: Sequence[str] = ()
    as_of: str = ""
    rates: Sequence[str] = ()
    whole: bool = False


def selected(db: Database, wanted: Listing, progress: Progress = untold) -> Listed:
    """Return the chips that are asked for, before any is classed; raises ChipcalcError."""
    rules = db.rules(wanted.as_of).of_items if wanted.as_of else None
    return listed(db.store, _filter(db, wanted), day(wanted.as_of), rules, progress)


def shown(db: Database, wanted: Listing, progress: Progress = untold) -> Report:
    """Return the list of the chips that are asked for; raises ChipcalcError."""
    rules = db.rules(wanted.as_of).of_items if wanted.as_of else None
    return chips(db.store, _filter(db, wanted), day(wanted.as_of), rules, progress)


def _filter(db: Database, wanted: Listing) -> Filter:
    return Filter(
        _names(wanted.vendors),
        _names(wanted.families),
        _names(wanted.markets),
        wanted.sort,
        tuple(wanted.metrics),
        conditions(wanted.when, db.store),
        exchange_rates(wanted.rates),
        wanted.whole,
    )


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return names that are given one by one or with commas between them, each once."""
    found = (name.strip() for text in texts for name in text.split(","))
    return tuple(dict.fromkeys(filter(None, found)))
