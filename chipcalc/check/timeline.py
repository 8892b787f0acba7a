"""Chips through the versions of the rules: what each was classified as, and what changed when."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked
from chipcalc.check.what_if import Supposed
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.rules.rulebook import Rulebook

ENDED = "ended"


class Moment(NamedTuple):
    """A day on which rules changed: what began or ended, and every chip checked on it."""

    day: datetime.date
    began: tuple[str, ...]
    ended: tuple[str, ...]
    checked: tuple[Checked, ...]


def moments(
    rulebook: Rulebook, chips: Sequence[Supposed], only: Sequence[str] = ()
) -> Iterator[Moment]:
    """Yield the day before the first rule, then every day on which a rule changed."""
    days = rulebook.days()
    before = days[0] - datetime.timedelta(days=1) if days else datetime.date.min
    for day in (before, *days):
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
