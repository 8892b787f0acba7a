"""Specs and rules that tests share, made ready once in a process."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from chipcalc.check.day import Ruleset, ShipmentRules
from chipcalc.files import BUILT_IN
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.tables.render import FORMATS, marked
from chipcalc.tables.report import Report, Row
from chipcalc.tables.style import Style
from chipcalc.words.line import TextLine

STORE = Store((BUILT_IN,))
RULEBOOK = Rulebook(STORE)
SOME_DAY = "2023-01-01"


@lru_cache(maxsize=50)
def rulebook(store: Store, own: tuple[Path, ...] = ()) -> Rulebook:
    """Return the rules of a store, and of files of a user's."""
    return Rulebook(store, own)


@lru_cache(maxsize=100)
def rules(store: Store, day: str = SOME_DAY, own: tuple[Path, ...] = ()) -> Ruleset:
    """Return the rules about items on a day."""
    return Ruleset(rulebook(store, own), datetime.date.fromisoformat(day))


@cache
def real_rules(day: str, *only: str) -> Ruleset:
    """Return the built-in rules about items on a day, or some of them."""
    return Ruleset(RULEBOOK, datetime.date.fromisoformat(day), only)


@cache
def shipping_rules(day: str) -> ShipmentRules:
    """Return the built-in rules about shipments on a day."""
    return ShipmentRules(RULEBOOK, datetime.date.fromisoformat(day))


def shown(row: Row) -> tuple[str, ...]:
    """Return the cells of a row as words with their marks, each on one line."""
    return tuple(f"{each.joint} ".join(marked(each)) for each in row.cells)


def printed(name: str, report: Report, width: int = 80) -> str:
    """Return a report in a format, at a width."""
    return FORMATS[name](report, Style(width))


def said(lines: Iterable[TextLine]) -> list[str]:
    """Return lines with what sets them in, and their markers."""
    return [
        f"{'  ' * each.level}{f'{each.marker} ' * bool(each.marker)}{each.text}" for each in lines
    ]


def text_of(block: Iterable[TextLine]) -> str:
    """Return a block as text."""
    return "\n".join(said(block))
