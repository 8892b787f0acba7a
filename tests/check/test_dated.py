"""What changes for an item from one day to the next, and what did it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from chipcalc.check.dated import Step, classified, step, steps_ahead, turning
from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked
from chipcalc.check.what_if import Supposed, blank, suppose
from chipcalc.rules.dates import ahead
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict
from daily import daily
from shared import RULEBOOK, STORE, real_rules

CHIPS = sorted(STORE.files)
# Note 1 to 3A090.a (90 FR 5298): no memory of high bandwidth, 33 billion transistors, packaged by
# the fabricator outside Macau and D:5; below 30 billion overcomes the presumption, 35 in 2027.
FOUNDRY = {
    "process_node": "5 nm",
    "applicable_die_area": "300 mm^2",
    "tpp": "1000",
    "io_bandwidth": "100 GB/s",
    "processing_performance": "125 TOPS",
    "market": "datacenter",
    "party": "fabricator",
    "packaging": "fabricator",
    "memory_kind": "other",
}


def item(chip: str = "", given: Mapping[str, str] | None = None) -> Supposed:
    """Return a chip, or an item described by what is given."""
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    return suppose(sheet, given or {}, STORE.vocabulary)


def coming(day: str, chip: str = "", given: Mapping[str, str] | None = None) -> list[Step]:
    """Return what is known on a day to change for a chip or an item."""
    rules = real_rules(day)
    return list(steps_ahead(rules, rules.check(*item(chip, given))))


def cited(found: Step) -> set[str | None]:
    """Return the citations of what turned a verdict, or changed its grounds."""
    return {each.provision.version.citation for each in found.decisive}


def test_a_count_between_two_dated_limits_is_presumed_only_until_the_later_one() -> None:
    (found,) = coming("2026-11-27", given={**FOUNDRY, "transistors": "33 billion"})
    assert found.day == datetime.date(2027, 1, 1)
    assert found.reclassified
    (before, after) = (each.presumption for each in (found.before, found.after))
    assert before
    assert before.verdict is Verdict.met
    assert after is None
    assert cited(found) == {"90 FR 5298"}


@pytest.mark.parametrize(
    "given",
    [
        {"transistors": "33 billion", "memory_kind": "hbm"},  # the higher limit is not for these
        {"transistors": "29 billion"},  # overcome already
        {"transistors": "40 billion"},  # above both
        {"transistors": "33 billion", "party": "other"},  # nobody presumes
    ],
)
def test_a_dated_limit_that_changes_nothing_for_an_item_is_not_coming(
    given: Mapping[str, str],
) -> None:
    assert coming("2026-11-27", given={**FOUNDRY, **given}) == []


def test_a_dated_limit_is_not_coming_more_than_a_year_ahead() -> None:
    given = {**FOUNDRY, "transistors": "33 billion"}
    assert coming("2025-12-31", given=given) == []
    assert len(coming("2026-01-01", given=given)) == 1


def test_the_paragraph_of_october_2023_is_coming_from_its_release_on() -> None:
    """88 FR 73458: TPP 2,896.8 and PD 4.76 of the L40 meet 3A090.b from 2023-11-17."""
    assert coming("2023-10-16", "l40") == []
    (found,) = coming("2023-10-17", "l40")
    assert (found.day, found.reclassified) == (datetime.date(2023, 11, 17), True)
    assert found.before.classification.paragraph == "3A991.p"
    assert found.after.classification.paragraph == "3A090.b"
    assert cited(found) == {"88 FR 73458"}


def test_the_same_answer_on_other_lines_is_coming_as_such() -> None:
    """The H20, 2,368 and 2.91, is below the lines of 2022 and below those of 2023."""
    (found,) = coming("2023-11-16", "h20")
    assert not found.reclassified
    assert not found.beside
    assert {e.finding.provision.id for e in found.shifts} == {"us-3a090-a", "us-3a090-b"}


def test_a_tariff_that_is_proclaimed_is_coming_beside_the_classification() -> None:
    """Proclaimed on 2026-01-14, in force on 2026-01-15; the H200 is within its first band."""
    (found,) = coming("2026-01-14", "h200-sxm")
    assert not found.reclassified
    (shift,) = found.beside
    assert shift.finding.provision.id == "us-tariff-232"
    assert shift.before is None


def test_a_bill_is_never_coming() -> None:
    for day in ("2025-10-08", "2025-12-03", "2025-12-17", "2026-04-29"):
        assert coming(day, "h100-sxm") == []


def test_what_was_announced_after_the_day_plays_no_part() -> None:
    """The AI Diffusion rule was to be obeyed from 2025-05-15; on 2025-05-13 it was given up."""
    later = Ruleset(RULEBOOK, datetime.date(2025, 5, 15), known=datetime.date(2025, 2, 1))
    assert later.provisions["us-ai-diffusion"].version.standing == "in force"
    told = Ruleset(RULEBOOK, datetime.date(2025, 5, 15), known=datetime.date(2025, 5, 13))
    assert told.provisions["us-ai-diffusion"].version.standing == "not enforced"


def comparable(found: Checked) -> object:
    """Return what a check comes to, without the day.

    A rule that is not met asks no more of an item than one that is not there yet.
    """
    said = [
        (e.provision.id, e.verdict, e.cites)
        for e in found.findings
        if e.verdict is not Verdict.not_met or e.provision.rule.kind == CLASSIFICATION
    ]
    return classified(found), said


DAYS = sorted(
    day - datetime.timedelta(days=1)
    for day in turning(RULEBOOK)
    if day < datetime.date.max and ahead(RULEBOOK.provisions.values(), day - datetime.timedelta(1))
)


@pytest.mark.parametrize("chip", daily(CHIPS, CHIPS[::9]))
def test_no_coming_change_is_missed_because_days_are_skipped(chip: str) -> None:
    """A day is not asked about where no text that changes concerns the item; here all are."""
    for day in daily(DAYS, DAYS[::3]):
        for given in ({}, {"party": "fabricator"}):
            rules = real_rules(day.isoformat())
            one = item(chip, given)
            before = rules.check(*one)
            found = {each.day for each in steps_ahead(rules, before)}
            for later, made in ahead(RULEBOOK.provisions.values(), day).items():
                after = rules.later(later).check(*one)
                changed = comparable(after) != comparable(before)
                assert not changed or later in found
                assert bool(step(later, before, after, made).shifts) == (later in found)
                before = after if later in found else before


def test_days_ahead_were_found() -> None:
    assert len(DAYS) > 3
