"""Places on one day: which countries belong to which groups, and how a set of them is described."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from chipcalc.errors import join_words
from chipcalc.places import countries
from chipcalc.places.groups import Group, Groups, MembershipChange, SameAs
from chipcalc.values.logic import Verdict, some

_MOST_NAMES = 5
_WORTH_A_GROUP = 2
_FIRM = ("text", "quoted")


class Area(NamedTuple):
    """Countries as groups and codes: those within, all where it is empty, less those without."""

    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The number of names that it takes."""
        return len(self.within) + len(self.without)


class Membership(NamedTuple):
    """Whether a country belongs to a group, as one of the answers where that is not known."""

    country: str
    group: str
    belongs: bool


class Places:
    """The groups of countries as they were on a day."""

    def __init__(
        self,
        books: Sequence[Groups] = (),
        day: datetime.date = datetime.date.max,
        settled: Mapping[tuple[str, str], Verdict] | None = None,
    ) -> None:
        self.day = day
        self.settled = settled or {}
        self.books = tuple(books)
        self.groups = {each.id: each for book in books for each in book.groups}
        self._cut: dict[object, list[tuple[str, ...]]] = {}
        self._since = {each.id: book.since for book in books for each in book.groups}
        self.same_as: dict[str, SameAs] = {e.country: e for book in books for e in book.same_as}

    @cached_property
    def state(self) -> tuple[object, ...]:
        """What its answers rest on: two days between which nothing changes have the same.

        Books of groups are told apart by their identity.
        """
        spans = (change.between for group in self.groups.values() for change in group.changes)
        turns = sorted({*self._since.values(), *(day for span in spans for day in span)})
        passed = bisect_right(turns, self.day)
        return passed, frozenset(self.settled.items()), *map(id, self.books)

    def home(self, country: str) -> str:
        """Return the country to which the regulations count a place: Hong Kong to China."""
        return self.same_as[country].of if country in self.same_as else country

    def holds(self, country: str, values: Iterable[str]) -> Verdict:
        """Return whether a country is one of some countries, or in one of some groups."""
        home = self.home(country)
        return some([self._within(home, each) for each in values])

    def _within(self, country: str, value: str) -> Verdict:
        group = self.groups.get(value)
        if group is None:
            return Verdict.met if country == self.home(value) else Verdict.not_met
        if (value, country) in self.settled:
            return self.settled[value, country]
        if self.day < self._since[value]:
            return Verdict.unknown
        return group.holds(country, self.day)

    def variants(
        self, said: Iterable[str], asked: Collection[str]
    ) -> Iterator[tuple[tuple[Membership, ...], Places]]:
        """Yield the groups with every answer to whether some countries belong to those asked for.

        Only what happened about the day is varied; each variant has the answers that make it. Where
        all is known, there is one variant without any: the groups as they are.
        """
        homes = dict.fromkeys(map(self.home, said))
        unsure = [
            (name, country)
            for country in homes
            for name in self.groups
            if name in asked and country in self.unsure(name)
        ]
        if not unsure:
            yield (), self
            return
        for verdicts in product((Verdict.met, Verdict.not_met), repeat=len(unsure)):
            settled = dict(zip(unsure, verdicts, strict=True))
            answers = tuple(
                Membership(country, name, verdict is Verdict.met)
                for (name, country), verdict in settled.items()
            )
            yield answers, Places(self.books, self.day, settled)

    @cached_property
    def all(self) -> tuple[str, ...]:
        """The codes of all countries, those that count to another one left out."""
        return tuple(each for each in countries.codes() if each not in self.same_as)

    def cut(self, codes: Sequence[str], values: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """Return the parts of some countries that answer alike to a question about places."""
        asked = (tuple(codes), tuple(values))
        if asked not in self._cut:
            found: dict[Verdict, list[str]] = {}
            for each in codes:
                found.setdefault(self.holds(each, values), []).append(each)
            self._cut[asked] = [tuple(found[each]) for each in Verdict if each in found]
        return self._cut[asked]

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        """The countries that surely belong to each group."""
        return {
            name: frozenset(c for c in self.all if self._within(c, name) is Verdict.met)
            for name in self.groups
        }

    def area(self, codes: Collection[str]) -> Area:
        """Return some countries by groups as far as that is shorter; always exactly these.

        Places that count as another country are never described by groups, but by themselves.
        """
        counted = tuple(sorted({*codes} & {*self.same_as}))
        chosen = frozenset(codes) & frozenset(self.all)
        rest = frozenset(self.all) - chosen
        if not rest:
            return Area()
        if counted:
            return Area((*counted, *self._covered(chosen)))
        found = [Area(self._covered(chosen))] if chosen else []
        found += [Area((), self._covered(rest)), self._mixed(chosen, rest)]
        return min(found, key=lambda each: each.size)

    def _covered(self, chosen: frozenset[str]) -> tuple[str, ...]:
        """Return groups that lie within some countries, then the countries that are left."""
        inside = {name: each for name, each in self._members.items() if each <= chosen}
        return _named(inside, chosen)

    def _mixed(self, chosen: frozenset[str], rest: frozenset[str]) -> Area:
        """Return groups that reach beyond some countries, less what lies beyond."""
        names: list[str] = []
        left, beyond = set(chosen), set[str]()
        while True:
            gains = {
                name: len(each & left) - len((each & rest) - beyond)
                for name, each in self._members.items()
            }
            best = max(gains, key=lambda name: gains[name], default="")
            if not best or gains[best] < 1 or len(self._members[best] & left) < _WORTH_A_GROUP:
                break
            names.append(best)
            left -= self._members[best]
            beyond |= self._members[best] & rest
        without = self._taken(beyond, chosen)
        return Area((*sorted(names), *sorted(left)), without if names else self._covered(rest))

    def _taken(self, beyond: set[str], chosen: frozenset[str]) -> tuple[str, ...]:
        """Return groups and countries that take away some countries, and none of the chosen."""
        apart = {name: each for name, each in self._members.items() if not each & chosen}
        return _named(apart, beyond)

    def described(self, codes: Collection[str]) -> str:
        """Return some countries in words: ``in D:5 or Macau``, ``outside A:5``, ``China``."""
        area = self.area(codes)
        if not area.size:
            return "anywhere"
        within = self.listed(area.within, "or")
        if area.within and any(each in self.groups for each in area.within):
            within = f"in {within}"
        without = f"outside {self.listed(area.without, 'and')}" if area.without else ""
        return ", ".join(filter(None, (within, without)))

    def listed(self, values: Sequence[str], last: str) -> str:
        """Return groups and countries by name; many countries by their codes."""
        plain = [each for each in values if each not in self.groups]
        if len(plain) > _MOST_NAMES:
            return join_words(values, last)
        return join_words((e if e in self.groups else self.named(e) for e in values), last)

    def named(self, country: str) -> str:
        """Return the name of a country, and how it counts: ``Hong Kong (counts as China)``."""
        name, home = countries.name(country), self.home(country)
        return name if home == country else f"{name} (counts as {countries.name(home)})"

    def unsure(self, group: str) -> list[str]:
        """Return the countries of which it is not known on the day whether they are in a group."""
        spans = [each for each in self.groups[group].changes if self._is_open(each)]
        return list(dict.fromkeys(each.country for each in spans))

    def open_changes(self, asked: Collection[str]) -> Iterator[str]:
        """Yield what is known of the changes of some groups that happened about the day."""
        for group in self.groups.values():
            for change in group.changes if group.id in asked else ():
                if self._is_open(change):
                    yield told(group, change)

    def _is_open(self, change: MembershipChange) -> bool:
        first, last = change.between
        return first <= self.day < last

    def remarks(self, country: str, asked: Collection[str]) -> Iterator[str]:
        """Yield what to know about a country in some groups: what it counts to, unsure changes."""
        if country in self.same_as:
            same = self.same_as[country]
            names = countries.name(country), countries.name(same.of)
            yield f"{names[0]} counts as {names[1]}" + (f": {same.note}" if same.note else "")
        home = self.home(country)
        for group in self.groups.values():
            for change in group.changes if group.id in asked else ():
                if change.country == home and self._unsure(change):
                    yield told(group, change)

    def _unsure(self, change: MembershipChange) -> bool:
        return self._is_open(change) or change.confidence not in _FIRM

    def freshness(self) -> Iterator[str]:
        """Yield how far the lists of the groups are from the day."""
        for book in self.books:
            if self.day < book.since:
                yield f"Country groups are given from {book.since} on, and not for {self.day}"
            elif self.day < book.read:
                yield (
                    f"Country groups were read in the issue of {book.read}; for {self.day}, known"
                    " changes since are undone (inferred)"
                )
            if self.day > book.verified:
                yield f"Country groups last checked on {book.verified}, before {self.day}"


def _named(groups: Mapping[str, frozenset[str]], wanted: Collection[str]) -> tuple[str, ...]:
    """Return groups that hold many of some countries, then the countries that none of them does."""
    names: list[str] = []
    left = set(wanted)
    while groups:
        best = max(groups, key=lambda name: len(groups[name] & left))
        if len(groups[best] & left) < _WORTH_A_GROUP:
            break
        names.append(best)
        left -= groups[best]
    return (*sorted(names), *sorted(left))


def told(group: Group, change: MembershipChange) -> str:
    """Return a change of a group in a sentence: when, how firm, and what to know."""
    first, last = change.between
    when = f"on {first}" if first == last else f"between {first} and {last}"
    done = "joined" if change.joined else "left"
    note = f": {change.note}" if change.note else ""
    cited = ", ".join(filter(None, (change.citation, change.confidence)))
    return f"{countries.name(change.country)} {done} {group.id} {when} ({cited}){note}"
