"""What a group of countries is: the members on the day it was read, and its known changes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, TypeAlias

from chipcalc.errors import Problem
from chipcalc.places.countries import CODE
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import (
    AfterValidator,
    BeforeValidator,
    Field,
    RefusedError,
    WithJsonSchema,
)
from chipcalc.schema.source import Source
from chipcalc.schema.types import Confidence, Day, Identifier, Text, Texts, read_day
from chipcalc.values.logic import Verdict

_GROUP = re.compile(r"[A-Z][\w.:() -]{2,}")


def _code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise RefusedError(
            Problem(f"'{value}' is no code of a country", hint="write two capital letters: FR")
        )
    return value


def _group(value: str) -> str:
    if not _GROUP.fullmatch(value):
        hint = "begin with a capital, and write three characters or more: D:5"
        raise RefusedError(Problem(f"'{value}' is no name of a group", hint=hint))
    return value


Code: TypeAlias = Annotated[
    Text, AfterValidator(_code), WithJsonSchema({"type": "string", "pattern": f"^{CODE.pattern}$"})
]
GroupName: TypeAlias = Annotated[
    Text,
    AfterValidator(_group),
    WithJsonSchema({"type": "string", "pattern": f"^{_GROUP.pattern}$"}),
]


def _span(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    read_day(value)  # a fault is told once, not for both ends
    return (value, value)


When: TypeAlias = Annotated[
    tuple[Day, Day],
    BeforeValidator(_span),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {
                    "type": "array",
                    "items": {"type": "string", "format": "date"},
                    "minItems": 2,
                    "maxItems": 2,
                },
            ],
            "description": "a day; or the first day on which it can have happened, and that by "
            "which it had",
        }
    ),
]


class Cited(Sound):
    """Where a fact about countries stands, and how firm it is."""

    source: Texts = ()
    citation: Text | None = None
    at: Text | None = Field(default=None, description="the place in the source")
    confidence: Confidence
    note: Text | None = None

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, each with its hint."""
        if not self.source and not (self.confidence == "unverified" and self.note):
            yield Problem(
                "a fact needs a source",
                hint="name one of sources:, or mark it unverified with a note",
            )


class MembershipChange(Cited):
    """A country that joined or left a group; two days are the span in which it did so."""

    country: Code
    joined: When | None = None
    left: When | None = None

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, each with its hint."""
        yield from super().problems()
        if (self.joined is None) == (self.left is None):
            yield Problem("a country joined or left", hint="write one of joined: and left:")
        elif self.between[0] > self.between[1]:
            yield Problem("the span ends before it begins", hint="write [first day, last day]")
        if self.between[0] < self.between[1] and not self.note:
            yield Problem("a day that is not known needs a note", hint="add note: …")

    @property
    def between(self) -> tuple[datetime.date, datetime.date]:
        """The first day on which it can have happened, and the day by which it had."""
        return self.joined or self.left or (datetime.date.max, datetime.date.max)


class Group(Cited):
    """A group of countries: who belongs to it now, and how that came about."""

    id: GroupName
    title: Text
    members: tuple[Code, ...]
    changes: tuple[MembershipChange, ...] = ()

    def holds(self, country: str, day: datetime.date) -> Verdict:
        """Return whether a country belongs to the group on a day; unknown within a span."""
        inside = country in self.members
        for change in reversed(self.changes):
            if change.country != country:
                continue
            first, last = change.between
            if day >= last:
                break
            if day >= first:
                return Verdict.unknown
            inside = change.left is not None
        return Verdict.met if inside else Verdict.not_met

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, each with its hint."""
        yield from super().problems()
        for country in dict.fromkeys(self.members):
            if self.members.count(country) > 1:
                yield Problem(f"{country} is named twice", hint="name it once")
        for country in dict.fromkeys(each.country for each in self.changes):
            yield from self._disorder([e for e in self.changes if e.country == country])

    def _disorder(self, changes: list[MembershipChange]) -> Iterator[Problem]:
        """Yield where the changes of one country do not lead to what it is now."""
        country, last = changes[-1].country, changes[-1]
        if (last.joined is not None) != (country in self.members):
            done = "joined" if last.joined else "left"
            yield Problem(
                f"{country} {done} last, but members: says otherwise", hint="make the two agree"
            )
        for before, after in pairwise(changes):
            if before.between[1] > after.between[0]:
                yield Problem(
                    f"the changes of {country} are not in order",
                    hint="order them by day, oldest first",
                )
            if (before.joined is None) == (after.joined is None):
                yield Problem(
                    f"{country} joined or left twice in a row", hint="give what happened in between"
                )


class SameAs(Cited):
    """A country or territory to which the regulations apply as to another one."""

    country: Code
    of: Code


class Groups(Frozen):
    """The groups of countries of one regime, as read on a day."""

    id: Identifier
    since: Day = Field(description="the first day for which the lists are given")
    read: Day = Field(description="the issue of the text that the members are taken from")
    verified: Day = Field(description="the last day on which the text was checked")
    sources: Mapping[Identifier, Source] = {}
    notes: tuple[Text, ...] = ()
    groups: tuple[Group, ...]
    same_as: tuple[SameAs, ...] = ()
