"""A shipment from rule version to rule version: how the answer changes, on which day, by what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chipcalc.check.dated import Step, classified, coming, state, step, turning
from chipcalc.check.day import ShipmentRules
from chipcalc.check.what_if import Supposed
from chipcalc.deciding.minimal import minimal
from chipcalc.licence.licence import Licence, Shipment, licence, shipment, worldwide
from chipcalc.licence.questions import Aspect
from chipcalc.places.groups import Group, MembershipChange
from chipcalc.rules.case import Case
from chipcalc.rules.circumstances import Circumstances
from chipcalc.rules.dates import Amendment, each_once
from chipcalc.rules.rule import EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW, Kind
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.types import day_before

KINDS: tuple[Kind, ...] = (REQUIREMENT, EXCEPTION, REVIEW, LETTER, GUIDANCE)


class Move(NamedTuple):
    """A country that joins or leaves a group, which makes a shipment another case."""

    group: Group
    change: MembershipChange


class Dated(NamedTuple):
    """A shipment on the two sides of a day.

    `moves` are those of its own places on the day, `elsewhere` those of other countries, which
    matter where headquarters are not known.
    """

    step: Step
    before: Licence
    after: Licence
    moves: tuple[Move, ...] = ()
    elsewhere: tuple[Move, ...] = ()

    @property
    def concerns(self) -> bool:
        """Whether a rule that the shipment rests on, or a group of its own places, changed."""
        return bool(self.step.concerning or (self.moves and self.turns))

    @property
    def day(self) -> datetime.date:
        return self.step.day

    @property
    def turns(self) -> bool:
        """Whether any answer is another one, or what decides one that is open."""
        return answered(self.before) != answered(self.after)

    def made_by(self, *kinds: Kind) -> list[Amendment]:
        """Return the amendments by which rules of some kinds say something else.

        Rules that come to another verdict are the first to be named.
        """
        shifts = [each for each in self.step.shifts if each.kind in kinds]
        turned = [each for each in shifts if each.turns]
        return self.step.of(turned or shifts)


class Moment(NamedTuple):
    """A day on which rules or groups change, with the answer that holds from then on."""

    day: datetime.date
    licence: Licence
    amendments: tuple[Amendment, ...] = ()
    moves: tuple[Move, ...] = ()
    elsewhere: tuple[Move, ...] = ()


def answered(found: Licence) -> tuple[object, ...]:
    """Return all that is said of a shipment, to be compared."""
    notices = tuple((each.provision.id, each.verdict) for each in found.notices)
    return (classified(found.checked), notices, *map(_aspect, found.answer))


def _aspect(found: Aspect) -> tuple[object, ...]:
    decided = found.deciding
    outcomes = minimal(decided.outcomes) if decided else ()
    views = tuple((each.judgement, each.way, each.places) for each in found.views)
    return found.judgement, found.unsure, outcomes, views


def ahead(rules: ShipmentRules, found: Licence) -> Iterator[Dated]:
    """Yield what is known on a day to change for a shipment after it, day by day."""
    before, checked = found, found.checked
    for later, made in coming(rules, checked.cases):
        after = licence(later, checked.item, checked.case.given)
        dated = Dated(step(later.day, before.checked, after.checked, made), before, after)
        if dated.turns or any(each.kind in KINDS for each in dated.step.shifts):
            yield dated
        before = after


class Later(NamedTuple):
    """Shipments of some items to all countries on a day to come, beside those until then."""

    day: datetime.date
    amendments: tuple[Amendment, ...]
    before: Sequence[Sequence[Shipment]]
    after: Sequence[Sequence[Shipment]]


def worldwide_ahead(
    rules: ShipmentRules, items: Sequence[Supposed], found: Sequence[Sequence[Shipment]]
) -> Iterator[Later]:
    """Yield what is known on a day to change after it for some country, day by day."""
    cases = [rules.case(each.evaluator, each.circumstances) for each in items]
    dates = {later.day for later, _ in coming(rules, cases)}
    before = found
    for day in sorted(dates):
        after = worldwide(rules.later(day), items)
        made = each_once(made for each in _pairs(before, after) for made in _made(rules, *each))
        if made:
            yield Later(day, tuple(made), before, after)
        before = after


def _pairs(
    before: Sequence[Sequence[Shipment]], after: Sequence[Sequence[Shipment]]
) -> list[tuple[Licence, Licence]]:
    """Return the answers of both days for the same item and country, equal pairs once."""
    found: dict[tuple[int, int], tuple[Licence, Licence]] = {}
    for olds, news in zip(before, after, strict=True):
        by_code = {code: each.licence for each in olds for code in each.countries}
        for each in news:
            for code in each.countries:
                pair = by_code[code], each.licence
                found.setdefault((id(pair[0]), id(pair[1])), pair)
    return list(found.values())


def _made(rules: ShipmentRules, before: Licence, after: Licence) -> list[Amendment]:
    """Return what made the answer of the later day another one; nothing where it is the same."""
    if answered(before) == answered(after):
        return []
    made = [
        each
        for day, found in turning(rules.rulebook).items()
        if before.checked.day < day <= after.checked.day
        for each in found
    ]
    return step(after.checked.day, before.checked, after.checked, made).decisive


def moments(
    rulebook: Rulebook,
    item: Supposed,
    country: str,
    days: Iterable[datetime.date],
    only: Sequence[str] = (),
) -> Iterator[Moment]:
    """Yield a shipment on each of some days in their order; asked anew where it may be another.

    What happened since the last of them comes with each.
    """
    made = turning(rulebook)
    changes = list(_moves(rulebook))
    last: Moment | None = None
    known: dict[str, object] = {}
    for day in days:
        rules = ShipmentRules(rulebook, day, only)
        since = last.day if last else datetime.date.min
        amended = tuple(e for at, found in made.items() if since < at <= day for e in found)
        moved = [each for at, each in changes if since < at <= day]
        now = state(rules, rules.case(item.evaluator, item.circumstances))
        if last is None or moved or now != known:
            found = shipment(rules, item, country).licence
        else:
            found = last.licence
        homes = _homes(found.checked.case)
        mine = tuple(each for each in moved if each.change.country in homes)
        others = tuple(each for each in moved if each.change.country not in homes)
        last, known = Moment(day, found, amended, mine, others), now
        yield last


def days(rulebook: Rulebook) -> list[datetime.date]:
    """Return the day before the first rule, then every day on which rules or groups change."""
    found = sorted({*turning(rulebook), *(day for day, _ in _moves(rulebook))})
    return [day_before(found[0]), *found] if found else []


def changes(found: Sequence[Moment]) -> Iterator[Dated]:
    """Yield each change of the answer or its grounds, with what happened since the last moment."""
    yield from (each for each in _sides(found) if each.before is not each.after)


def _sides(found: Sequence[Moment]) -> Iterator[Dated]:
    for before, after in pairwise(found):
        made = step(after.day, before.licence.checked, after.licence.checked, after.amendments)
        yield Dated(made, before.licence, after.licence, after.moves, after.elsewhere)


def between(
    rulebook: Rulebook,
    item: Supposed,
    country: str,
    first: datetime.date,
    last: datetime.date,
    only: Sequence[str] = (),
) -> Iterator[Dated]:
    """Yield a shipment on the two sides of every day on which rules or groups change.

    Where nothing changes there is one step, from the first day to the last.
    """
    asked = [first, *(day for day in days(rulebook) if first < day <= last)]
    asked = asked if len(asked) > 1 else [first, last]
    yield from _sides(list(moments(rulebook, item, country, asked, only)))


def _moves(rulebook: Rulebook) -> Iterator[tuple[datetime.date, Move]]:
    for book in rulebook.groups:
        for group in book.groups:
            for change in group.changes:
                for day in dict.fromkeys(change.between):
                    yield day, Move(group, change)


def _homes(case: Case) -> set[str]:
    """Return the countries of a shipment: where it goes, and of headquarters."""
    known = case.evaluator.vocabulary.circumstances
    given: Circumstances = case.given
    return {
        case.places.home(code)
        for name, definition in known.items()
        if definition.places and (code := given.get(name))
    }
