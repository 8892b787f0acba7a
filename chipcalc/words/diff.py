"""What changed between two days in words: what a chip was and is, and which amendment did it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.dated import Shift, Step, classified
from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.licence.dated import Dated, answered
from chipcalc.licence.licence import Licence
from chipcalc.rules.dates import Amendment, each_once
from chipcalc.rules.rule import DEFINITION, EXCEPTION, PROPOSAL, REQUIREMENT, REVIEW, Kind
from chipcalc.words import dated, history, shipments
from chipcalc.words import licence as licence_words
from chipcalc.words.line import Phrase, TextLine, phrased
from chipcalc.words.roles import classification_role, verdict_words

_ARROW = " → "


class Course(NamedTuple):
    """A chip, or a shipment of it, on the two sides of each day of a change."""

    changes: Sequence[Step | Dated]

    @property
    def steps(self) -> list[Step]:
        """What changes for the item on each day."""
        return [each.step if isinstance(each, Dated) else each for each in self.changes]

    @property
    def ends(self) -> tuple[Checked, Checked]:
        """The item on the first and on the last day."""
        return self.steps[0].before, self.steps[-1].after

    @property
    def licences(self) -> tuple[Licence, Licence] | None:
        """The shipment on the first and on the last day; None where no destination is asked for."""
        first, last = self.changes[0], self.changes[-1]
        if isinstance(first, Dated) and isinstance(last, Dated):
            return first.before, last.after
        return None

    @property
    def concerning(self) -> list[Step | Dated]:
        """The days on which something changes for the chip: an answer, or what it rests on."""
        return [each for each in self.changes if _concerns(each)]

    @property
    def turns(self) -> bool:
        """Whether the answer is another one on the last day than on the first."""
        licences = self.licences
        if licences:
            return answered(licences[0]) != answered(licences[1])
        return classified(self.ends[0]) != classified(self.ends[1]) or any(
            each.beside for each in self.steps
        )

    @property
    def beside(self) -> list[Amendment]:
        """The amendments of the time between that do not concern the chip."""
        return each_once(made for each in self.steps for made in each.idle)


def _concerns(change: Step | Dated) -> bool:
    if isinstance(change, Dated):
        return change.concerns
    return bool(change.concerning)


def about(course: Course) -> str:
    """Return the chip, with its destination if any: ``L40 to China``."""
    checked = course.ends[0]
    to = shipments.destination(checked)
    return f"{checked.sheet.name}{f' to {to}' if to else ''}"


def headline(course: Course, first: datetime.date, last: datetime.date) -> TextLine:
    """Return what changed in a line, and what did it; or that nothing did.

    ``L40: 3A991.p → 3A090.b; licence to China: not required → required, by 88 FR 73458 on
    2023-11-17``
    """
    told = list(_told(course))
    name = Phrase(f"{course.ends[0].sheet.name}: ", "title")
    if told:
        parts = [
            each for number, change in enumerate(told) for each in (["; "] * bool(number) + change)
        ]
        return phrased(name, *parts)
    beside = course.beside
    count = f"{len(beside)} rule version{'s' * (len(beside) != 1)} changed"
    idle = (
        f"{count} that do{'es' * (len(beside) == 1)} not concern it"
        if beside
        else "no rule changed"
    )
    if course.concerning:
        names = dict.fromkeys(
            each.finding.provision.rule.paragraph
            for step in course.steps
            for each in step.shifts
            if step.concerning and each.kind != DEFINITION
        )
        when = _when([_by(e.day, dated.amended(e.decisive)) for e in course.steps if e.concerning])
        lines = f", and rests on other lines: {join_words(names)}{when}" if names else ""
        return phrased(
            Phrase(f"{about(course)}: the same answer on {first} and on {last}", "title"), lines
        )
    return phrased(
        Phrase(f"Nothing changes for {about(course)} between {first} and {last}", "title"),
        f"; {idle}",
    )


def _told(course: Course) -> Iterator[list[str | Phrase]]:
    """Yield each answer that is another one: the classification, the licence, and what follows."""
    old, new = course.ends
    if classified(old) != classified(new):
        shifts = [(e, [s for s in e.shifts if s.classifies and s.turns]) for e in course.steps]
        did = [_by(each.day, dated.amended(each.of(found))) for each, found in shifts if found]
        yield [
            shipments.classified(old), _ARROW,
            Phrase(shipments.classified(new), classification_role(new)), _when(did),
        ]  # fmt: skip
    licences = course.licences
    if licences is None:
        yield from _beside(course.steps)
        return
    changes = [each for each in course.changes if isinstance(each, Dated)]
    was, now = licences
    to = shipments.destination(new)
    before, after = ("; ".join(filter(None, history.said(each).licence)) for each in licences)
    if before != after:
        did = [_did(e, REQUIREMENT) for e in changes if e.before.answer[:2] != e.after.answer[:2]]
        yield [
            f"licence to {to}: {before}",
            _ARROW,
            Phrase(after, shipments.role(now.enforced.verdict)),
            _when(did),
        ]
    for label, kind in (("review", REVIEW), ("exceptions", EXCEPTION)):
        before, after = (dated.further(each, kind) for each in licences)
        unasked = was.review.judgement.unasked or now.review.judgement.unasked
        if before != after and not unasked:
            did = [
                _did(e, kind)
                for e in changes
                if dated.further(e.before, kind) != dated.further(e.after, kind)
            ]
            yield [f"{label}: {before}", _ARROW, after, _when(did)]
    yield from _letters(changes, was, now)


def _letters(changes: Sequence[Dated], was: Licence, now: Licence) -> Iterator[list[str | Phrase]]:
    old, new = ({e.provision.id: e for e in each.notices} for each in (was, now))
    for name in dict.fromkeys((*old, *new)):
        before, after = (
            licence_words.verdict(found[name], side.checked.case) if name in found else "none"
            for found, side in ((old, was), (new, now))
        )
        if before != after:
            paragraph = (new.get(name) or old[name]).provision.rule.paragraph
            day = [
                _by(each.day, "")
                for each in changes
                for shift in each.step.shifts
                if shift.finding.provision.id == name
            ]
            yield [f"{paragraph}: {before}", _ARROW, after, _when(day)]


def _beside(steps: Sequence[Step]) -> Iterator[list[str | Phrase]]:
    for each in steps:
        for shift in each.beside:
            rule = shift.finding.provision.rule
            name = f"{rule.paragraph}{', proposed' * (rule.kind == PROPOSAL)}"
            by = by_of(each, shift)
            did = [_by(each.day, "" if by == rule.paragraph else by)]
            yield [
                f"{name}: {_verdict(shift, before=True)}",
                _ARROW,
                _verdict(shift, before=False),
                _when(did),
            ]


def _verdict(shift: Shift, *, before: bool) -> str:
    found = shift.before if before else shift.after
    return verdict_words(found.verdict) if found else "none"


def _did(change: Dated, *kinds: Kind) -> str:
    """Return what made a change of some kinds of rules, and when."""
    made = dated.amended(change.made_by(*kinds) or change.step.decisive)
    moves = dated.moved(change.moves)
    told = (
        f"by {made} on {change.day}" if made else "",
        f"as {moves} on {change.day}" if moves else "",
    )
    return join_words(filter(None, told))


def _by(day: datetime.date, made: str) -> str:
    return f"by {made} on {day}" if made else f"on {day}"


def _when(did: Sequence[str]) -> str:
    """Return by what and when: ``, by 88 FR 73458 on 2023-11-17``."""
    return f", {join_words(dict.fromkeys(did))}" if did else ""


def by_of(step: Step, shift: Shift) -> str:
    """Return what made one rule say something else: its own text, or one that it refers to."""
    found = step.of([shift])
    own = [each for each in found if each.provision.id == shift.finding.provision.id]
    return dated.amended(own or found)
