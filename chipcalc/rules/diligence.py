"""What guidance says to ask of a transaction: lists of questions, dated and with sources."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import DILIGENCE, by_id
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import Field
from chipcalc.schema.load import loaded
from chipcalc.schema.source import Source
from chipcalc.schema.types import Confidence, Day, Identifier, Text, Texts
from chipcalc.yamlio import Document


class Questions(Sound):
    """A list of questions: where it stands, since when, and about which items, if not all."""

    id: Identifier
    title: Text
    at: Text = Field(description="the place in the source")
    since: Day | None = Field(default=None, description="the first day on which it can be asked")
    until: Day | None = Field(default=None, description="the first day on which it is gone")
    source: Texts
    confidence: Confidence
    note: Text | None = None
    about: tuple[Identifier, ...] = Field(
        default=(), description="rules of which one is met, or may be; else all items"
    )
    asks: Texts

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with a list, each with its hint."""
        if self.since and self.until and self.until <= self.since:
            yield Problem("it is gone before it begins", hint="order since: and until:")
        if not self.asks:
            yield Problem("it asks nothing", hint="write asks: with a question")

    def holds(self, day: datetime.date) -> bool:
        """Whether the list is there on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


class Diligence(Frozen):
    """The lists of questions of one regime, as read on a day."""

    id: Identifier
    verified: Day = Field(description="the last day on which the texts were checked")
    sources: Mapping[Identifier, Source] = {}
    lists: tuple[Questions, ...]


def load(folders: Sequence[Path]) -> tuple[tuple[Diligence, Document], ...]:
    """Return the lists of every regime; raises ChipcalcError with the problems of all files."""
    found: list[tuple[Diligence, Document]] = []
    problems: list[Problem] = []
    for path in by_id(folders, DILIGENCE).values():
        try:
            found.append(loaded(Diligence, path))
        except ChipcalcError as fault:
            problems += fault.problems
    if problems:
        raise ChipcalcError(*problems)
    return tuple(found)


def asked(
    found: Sequence[Diligence], day: datetime.date, open_rules: Collection[str]
) -> list[Questions]:
    """Return the lists that are to be asked on a day of an item for which some rules are open.

    Open are the rules that are met, or may be.
    """
    return [
        each
        for regime in found
        for each in regime.lists
        if each.holds(day) and (not each.about or set(each.about) & set(open_rules))
    ]
