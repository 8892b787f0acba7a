"""The days on which rules change, and what of that is known before."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import zip_longest
from typing import NamedTuple

from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import BUDGET


class Turn(Enum):
    """What happens to the text of a rule on a day."""

    begins = auto()
    ends = auto()
    binds = auto()  # it is in force already, and must be obeyed from then on


class Amendment(NamedTuple):
    """What happens to one version of a rule on a day."""

    day: datetime.date
    turn: Turn
    provision: Provision

    @property
    def key(self) -> tuple[datetime.date, str, str, int]:
        """What tells it from every other one."""
        return self.day, self.turn.name, self.provision.id, self.provision.number


def each_once(made: Iterable[Amendment]) -> list[Amendment]:
    """Return some amendments in their order, each once."""
    return list({each.key: each for each in made}.values())


def amendments(versions: Sequence[Provision]) -> Iterator[Amendment]:
    """Yield all that happens to some versions of one rule; an end where none takes its place."""
    following = [each.version.begins for each in versions[1:]]
    for each, after in zip_longest(versions, following):
        begins, ended, binds = each.version.begins, each.version.ended, each.version.compliance
        until = min(filter(None, (ended, after)), default=datetime.date.max)
        if begins < datetime.date.max:
            yield Amendment(begins, Turn.begins, each)
        if ended == until and ended != after:
            yield Amendment(until, Turn.ends, each)
        if binds and begins < binds < until:
            yield Amendment(binds, Turn.binds, each)


def expected(
    rules: Iterable[Sequence[Provision]], day: datetime.date, known: datetime.date
) -> list[Provision]:
    """Return the version of each rule that holds on a day by what was known before it.

    An end counts where the text says so, or where it had come by then, or on the day itself: a rule
    that takes the place of a letter is known by the letter's last days.
    """
    found = []
    for versions in rules:
        told = [e for e in versions if e.version.known <= known and e.version.begins <= day]
        if told and not _is_over(told[-1], day, known):
            found.append(told[-1])
    return found


def _is_over(each: Provision, day: datetime.date, known: datetime.date) -> bool:
    ended = each.version.ended
    if ended is None or ended > day:
        return False
    return ended <= known or ended == day or each.end_is_printed


def ahead(
    rules: Iterable[Sequence[Provision]], day: datetime.date
) -> dict[datetime.date, list[Amendment]]:
    """Return what is known on a day to happen after it, by day, the nearest first.

    What is announced and not in force yet counts whenever that will be; a change that the text in
    force dates itself counts within a year.
    """
    found: dict[datetime.date, list[Amendment]] = {}
    for versions in rules:
        if all(_is_past(each, day) for each in versions):
            continue
        held = next((each for each in versions if each.holds(day)), None)
        told = [each for each in versions if each.version.known <= day]
        for each in amendments(told):
            if each.day > day and _is_told(each) and _counts(each, held, day):
                found.setdefault(each.day, []).append(each)
    return dict(sorted(found.items()))


def ahead_for(
    rules: Iterable[Sequence[Provision]],
    day: datetime.date,
    applies: Callable[[Provision], bool],
) -> dict[datetime.date, list[Amendment]]:
    """Return what is ahead on those days on which some rule that applies changes.

    Budgets limit what many items add up to, and are asked of none by itself.
    """
    found = ahead((each for each in rules if each[0].rule.kind != BUDGET), day)
    return {at: made for at, made in found.items() if any(applies(e.provision) for e in made)}


def _is_past(each: Provision, day: datetime.date) -> bool:
    version = each.version
    last = max(filter(None, (version.begins, version.compliance, version.ended)))
    return last <= day


def _is_told(each: Amendment) -> bool:
    return each.turn is not Turn.ends or each.provision.end_is_printed


def _counts(each: Amendment, held: Provision | None, day: datetime.date) -> bool:
    dated = held is not None and _publication(held) == _publication(each.provision)
    month_and_day = (day.month, day.day)
    within = (each.day.year, each.day.month, each.day.day) <= (day.year + 1, *month_and_day)
    return within or not dated


def _publication(each: Provision) -> tuple[str | None, datetime.date | None]:
    return each.version.citation, each.version.published or each.version.announced
