"""What all readers share: the data, opened once, and what was found of it on a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import partial
from threading import RLock
from typing import Any, NamedTuple, TypeVar

from chipcalc.api.chip import Chip
from chipcalc.api.database import Database, day
from chipcalc.api.rules import Rules
from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.files import is_file
from chipcalc.sheets import counts
from chipcalc.sheets.store import Store
from chipcalc.web.settings import Settings, settings
from chipcalc.words.language import Language, language

T = TypeVar("T")
_MOST_KEPT = 400
_BETWEEN = re.compile(r"[\s=<>≤≥,;()\[\]]+")


class Chosen(NamedTuple):
    """The chips of some names, each once, what to tell of the names, and what is wrong."""

    chips: tuple[Chip, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the chips."""
        return tuple(each.id for each in self.chips)


class Library:
    """The data of a server or a site. One answer is made at a time, and kept while there is room.

    Nothing in it changes while it is open, so that what was found holds; what is asked without a
    day is asked of today.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self.lock = RLock()
        self._kept: dict[object, Any] = {}

    @property
    def store(self) -> Store:
        """The sheets and the vocabulary."""
        return self.db.store

    @property
    def settings(self) -> Settings:
        """The chips that are chosen at first, and what people compare chips for."""
        return self.kept(("settings",), lambda: settings(self.store.folders))

    def language(self, code: str) -> Language:
        """Return a language by its code; raises ChipcalcError for one that is not there."""
        return self.kept(("language", code), lambda: language(code, self.store.folders))

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """Return what is kept under a key, made where it is not there yet."""
        with self.lock:
            if key not in self._kept:
                made = make()
                while len(self._kept) >= _MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = made
            found: T = self._kept[key]
            return found

    def has(self, key: object) -> bool:
        """Whether something is kept under a key."""
        return key in self._kept

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Every chip, by id."""
        return self.kept(("chips",), lambda: tuple(self.db))

    def day(self, said: str) -> datetime.date:
        """Return a day from its text, today for none; raises ChipcalcError for what is no day."""
        return day(said)

    def rules(self, on: datetime.date) -> Rules:
        """Return the rules of a day."""
        return self.kept(("rules", on), lambda: self.db.rules(on))

    def choose(self, names: Sequence[str], *, counted: bool = False) -> Chosen:
        """Return the chips of some names; what is no name is among the problems.

        Where they are `counted`, ``8 h20`` is so many as one. A page opens no files: a name that
        leads to one is refused.
        """
        choose = partial(counts.chosen, self.store) if counted else self.store.choose
        chips: dict[str, Chip] = {}
        notices: list[str] = []
        problems: list[Problem] = []
        for name in names:
            try:
                choice = choose(plain_name(name))
            except ChipcalcError as fault:
                problems += fault.problems
                continue
            chips |= {each.id: Chip(each, self.store) for each in choice.sheets}
            notices += choice.notices
        return Chosen(tuple(chips.values()), tuple(dict.fromkeys(notices)), tuple(problems))


def plain_name(name: str) -> str:
    """Return the name of a chip, or a text with several; raises ChipcalcError for one of a file."""
    for each in (name, *_BETWEEN.split(name)):
        if is_file(each):
            raise error(f"'{each}' is no name of a chip", "a page opens no files: name a chip")
    return name
