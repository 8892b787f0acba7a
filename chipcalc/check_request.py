"""A check as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc import check_contract, check_report, headroom_report, rules_report, timeline_report
from chipcalc.check import Checked, Day
from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.explained import explained
from chipcalc.report import Report
from chipcalc.rulebook import Rulebook
from chipcalc.store import Sheet, Store
from chipcalc.supposed import Supposed, blank, settings, suppose
from chipcalc.timeline import moments
from chipcalc.verdict import Verdict
from chipcalc.why_not import why_not as why_not_report


class Asked(NamedTuple):
    """What a user asks about: chips by name, or an item described by its values alone.

    `given` are values and circumstances in words that change the chips, or describe the item.
    """

    chips: tuple[str, ...] = ()
    given: Mapping[str, str] = {}


class Answered(NamedTuple):
    """The chips that could be checked, what to tell about names, and what went wrong."""

    found: tuple[Checked, ...]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def day_of(text: str) -> datetime.date:
    """Return the day that ``2023-11-17`` writes, today for nothing; raises ChipcalcError."""
    if not text:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise error(f"'{text}' is not a day", "write year, month and day: 2026-01-31") from None


def asked(
    chips: Sequence[str],
    *,
    throughput: Sequence[str] = (),
    die_area: str = "",
    changes: Sequence[str] = (),
    circumstances: Mapping[str, str] | None = None,
) -> Asked:
    """Return what some arguments ask for; raises ChipcalcError where they ask for nothing."""
    rates = settings(throughput, "int8=296TOPS")
    given = {f"throughput[{name}]": value for name, value in rates.items()}
    if die_area:
        given["die_area"] = die_area
    named = {name: value for name, value in (circumstances or {}).items() if value}
    for more in (settings(changes, "tpp=2368 or market=datacenter"), named):
        for name in more:
            if name in given:
                raise error(f"'{name}' is given twice", "give it once")
        given |= more
    if not chips and not given:
        raise error("nothing to check", "name a chip, or describe one: --throughput int8=296TOPS")
    return Asked(tuple(chips), given)


def rules_of(
    store: Store,
    day: datetime.date,
    own: Sequence[Path],
    only: Sequence[str],
    *,
    shipments: bool = False,
) -> tuple[Rulebook, Day]:
    """Return all rules and those of one day; raises ChipcalcError for a rule that is not there."""
    rulebook = Rulebook(store, own)
    return rulebook, Day(rulebook, day, only, shipments=shipments)


def check(store: Store, day: Day, wanted: Asked) -> Answered:
    """Return every chip checked; goes on after a chip that cannot be read."""
    chips, notices, problems = chosen(store, wanted)
    found = tuple(day.check(each.evaluator, each.circumstances) for each in chips)
    return Answered(found, notices, problems)


def chosen(
    store: Store, wanted: Asked
) -> tuple[list[Supposed], tuple[str, ...], tuple[Problem, ...]]:
    """Return the chips asked about, each once, what to tell about names, and what went wrong."""
    notices: list[str] = []
    problems: list[Problem] = []
    sheets: list[Sheet] = [] if wanted.chips else [blank(store.vocabulary)]
    for name in wanted.chips:
        try:
            choice = store.choose(name)
        except ChipcalcError as fault:
            problems += fault.problems
            continue
        sheets += choice.sheets
        notices += choice.notices
    unique = {each.document.file: each for each in sheets}.values()
    chips = [suppose(each, wanted.given, store.vocabulary) for each in unique]
    return chips, tuple(notices), tuple(problems)


def report(
    answered: Answered, rulebook: Rulebook, *, explain: bool = False, why_not: str = ""
) -> Report:
    """Return the report of what could be checked; raises ChipcalcError for a wrong paragraph."""
    found = answered.found
    if why_not:
        return why_not_report(found, why_not)
    base = explained(found, rulebook) if explain else check_report.summary(found)
    notes = [*base.notes, *check_report.rule_notes(found), check_report.NO_ADVICE]
    return base._replace(
        data=lambda: check_contract.data(found, rulebook),
        records=lambda: list(check_contract.records(found)),
        notes=tuple(each for each in notes if each),
        hint="" if explain else "--explain shows every step, with sources.",
    )


def headroom(answered: Answered, *, largest: bool) -> Report:
    """Return the distances to every line, or what stays outside of the control paragraphs."""
    if largest:
        return headroom_report.largest(answered.found)
    return headroom_report.lines(answered.found)


def timeline(
    store: Store, wanted: Asked, own: Sequence[Path], only: Sequence[str] = ()
) -> tuple[Report | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return chips through all versions of the rules, with notices and problems."""
    chips, notices, problems = chosen(store, wanted)
    if not chips:
        return None, notices, problems
    found = list(moments(Rulebook(store, own), chips, only))
    return timeline_report.report(found), notices, problems


def rules(store: Store, name: str, as_of: str, own: Sequence[Path]) -> Report:
    """Return the rules of a day, or one rule; raises ChipcalcError for a name that is none."""
    rulebook = Rulebook(store, own)
    if name:
        day = day_of(as_of) if as_of else None
        return rules_report.one(rulebook.rule(name), rulebook, day)
    return rules_report.listed(rulebook, day_of(as_of))


def exit_code(answered: Answered) -> int:
    """Return 1 where a control paragraph is met, 3 where one may be, 0 where none is.

    What remains below the controls does not count, nor do letters, bills and policies; rules of
    the user's own do.
    """
    verdicts = {
        finding.verdict
        for checked in answered.found
        for finding in checked.findings
        if finding.provision.rule.is_control
    }
    if Verdict.met in verdicts:
        return 1
    return 3 if Verdict.unknown in verdicts else 0
