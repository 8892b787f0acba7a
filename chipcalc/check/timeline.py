"""Chips through the versions of the rules: what each was classified as, and what changed when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked, Classed
from chipcalc.check.what_if import Supposed
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION, Rule
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.types import day_before
from chipcalc.values.logic import Verdict

ENDED = "ended"


class Moment(NamedTuple):
    """A day on which rules changed: what began or ended, and every chip checked on it."""

    day: datetime.date
    began: tuple[str, ...]
    ended: tuple[str, ...]
    checked: tuple[Checked, ...]


def days(rulebook: Rulebook) -> tuple[datetime.date, ...]:
    """Return the day before the first rule, then every day on which a rule changed."""
    found = rulebook.days()
    before = day_before(found[0]) if found else datetime.date.min
    return (before, *found)


def moments(
    rulebook: Rulebook,
    chips: Sequence[Supposed],
    only: Sequence[str] = (),
    through: Callable[[Sequence[datetime.date]], Iterable[datetime.date]] = iter,
) -> Iterator[Moment]:
    """Yield chips checked on the day before the first rule, and whenever a rule changed.

    `through` goes through the days one by one, and may tell how far it is.
    """
    for day in through(days(rulebook)):
        rules = Ruleset(rulebook, day, only)
        checked = tuple(rules.check(each.evaluator, each.circumstances) for each in chips)
        yield Moment(day, *_changes(rulebook, day), checked)


def _changes(rulebook: Rulebook, day: datetime.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    began, ended = [], []
    for versions in rulebook.of_items().values():
        for each in versions:
            if each.version.begins == day:
                began.append(each.rule.paragraph)
            if each.until() == day and not any(v.version.begins == day for v in versions):
                ended.append(each.rule.paragraph)
    return tuple(began), tuple(ended)


class Change(NamedTuple):
    """What became of a chip, by its id, on a day: under one rule or in its classification.

    A change of the classification is one of no rule and no paragraph.
    """

    day: datetime.date
    chip: str
    name: str
    rule: str
    paragraph: str
    kind: str
    before: str
    after: str


def changes(found: Sequence[Moment], shown: Sequence[Sequence[str]]) -> Iterator[Change]:
    """Yield what changed from each moment to the next.

    `shown` gives the classification of every chip in words, moment by moment.
    """
    for index, chip in enumerate(found[0].checked if found else ()):
        answers = shown[index]
        for number, moment in enumerate(found[1:], start=1):
            if answers[number] != answers[number - 1]:
                yield Change(
                    moment.day, chip.sheet.id, chip.sheet.name, "", "", CLASSIFICATION,
                    answers[number - 1], answers[number],
                )  # fmt: skip
            seen = {e.provision.id for m in found[:number] for e in m.checked[index].findings}
            before, after = found[number - 1].checked[index], moment.checked[index]
            yield from _others(before, after, moment.day, seen)


def _others(
    before: Checked, after: Checked, day: datetime.date, seen: Collection[str]
) -> Iterator[Change]:
    """Yield the changes of verdict under rules that are no classification."""
    old = {each.provision.id: each.verdict.value for each in before.findings}
    new = {each.provision.id: each for each in after.findings}
    for name, finding in new.items():
        rule = finding.provision.rule
        if rule.kind != CLASSIFICATION and old.get(name) != finding.verdict:
            yield Change(
                day, after.sheet.id, after.sheet.name, name, rule.paragraph, rule.kind,
                old.get(name, ENDED if name in seen else "no rule yet"), finding.verdict.value,
            )  # fmt: skip
    for finding in before.findings:
        rule = finding.provision.rule
        if rule.kind != CLASSIFICATION and finding.provision.id not in new:
            yield Change(
                day, after.sheet.id, after.sheet.name, rule.id, rule.paragraph, rule.kind,
                finding.verdict.value, ENDED,
            )  # fmt: skip


class Stay(NamedTuple):
    """How a chip stands from a day on: under which paragraph, whatever the limb; `first` says so.

    Days before any rule classified it are no part of its stays.
    """

    since: datetime.date
    first: Checked

    @property
    def classed(self) -> Classed:
        presumption = self.first.presumption
        if presumption is None:
            return self.first.classed
        return Classed.named if presumption.verdict is Verdict.met else Classed.unknown

    @property
    def stands(self) -> tuple[Classed, str, bool]:
        """How it stands, to be compared with how it stood before."""
        return self.classed, self.paragraph, bool(self.presumed)

    @property
    def presumed(self) -> str:
        """The paragraph that it is presumed to fall under; empty where it is not."""
        presumption = self.first.presumption
        held = presumption is not None and presumption.verdict is Verdict.met
        return self.first.presumed(presumption) if presumption and held else ""

    @property
    def paragraph(self) -> str:
        """The paragraph that it falls under, or is presumed to; empty if not settled, or none."""
        if self.classed is Classed.unknown:
            return ""
        return self.presumed or self.first.classification.paragraph

    @property
    def is_control(self) -> bool:
        """Whether the paragraph is one of control, not what remains below it."""
        if self.presumed:
            return True
        return self.classed is Classed.named and not self.first.classification.residual


def stays(found: Sequence[Moment], index: int) -> tuple[Stay, ...]:
    """Return the stays of a chip, by its number, one after another."""
    kept: list[Stay] = []
    for moment in found:
        stay = Stay(moment.day, moment.checked[index])
        if not kept and stay.classed is Classed.no_rule:
            continue
        if not kept or stay.stands != kept[-1].stands:
            kept.append(stay)
    return tuple(kept)


class Reach(NamedTuple):
    """Whom a rule beside the classification reaches from a day on, until it ended or that changed.

    `verdicts` are those of the chips in their order, None where it is not asked of one;
    `provisions` are the texts that it had, the first one from that day on, each with its day.
    """

    since: datetime.date
    verdicts: tuple[Verdict | None, ...]
    provisions: tuple[tuple[datetime.date, Provision], ...]
    until: datetime.date | None = None

    @property
    def rule(self) -> Rule:
        return self.provisions[0][1].rule

    @property
    def reaches(self) -> set[Verdict | None]:
        return set(self.verdicts)


def reaches(found: Sequence[Moment]) -> list[Reach]:
    """Return whom each rule reaches that is no classification, in the order of days."""
    rows: list[Reach] = []
    open_rows: dict[str, int] = {}
    for moment in found:
        asked = [{e.provision.id: e for e in each.findings} for each in moment.checked]
        names = dict.fromkeys(name for each in asked for name in each)
        for name in [each for each in open_rows if each not in names]:
            at = open_rows.pop(name)
            rows[at] = rows[at]._replace(until=moment.day)
        for name in names:
            findings = [each.get(name) for each in asked]
            provision = next(each.provision for each in findings if each)
            if provision.rule.kind == CLASSIFICATION:
                continue
            verdicts = tuple(each.verdict if each else None for each in findings)
            dated = (moment.day, provision)
            at = open_rows.get(name, -1)
            if at >= 0 and rows[at].verdicts == verdicts:
                rows[at] = rows[at]._replace(provisions=(*rows[at].provisions, dated))
            else:
                if at >= 0:
                    rows[at] = rows[at]._replace(until=moment.day)
                open_rows[name] = len(rows)
                rows.append(Reach(moment.day, verdicts, (dated,)))
    return rows
