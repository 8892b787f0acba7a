"""A shipment from rule version to rule version: on which day the answer changes, and by what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from chipcalc.check.day import ShipmentRules
from chipcalc.check.what_if import suppose
from chipcalc.licence.dated import Dated, Moment, ahead, answered, changes, days, moments
from chipcalc.licence.dated import worldwide_ahead as all_ahead
from chipcalc.licence.licence import shipment, worldwide
from chipcalc.rules.rule import REQUIREMENT, REVIEW
from chipcalc.values.logic import Verdict
from daily import daily
from shared import RULEBOOK, STORE, shipping_rules

D = datetime.date
CASES = [
    ("h20", "CN"), ("h100-sxm", "CN"), ("a800-sxm", "AE"), ("l40", "NI"), ("h100-sxm", "DE"),
    ("rtx-4090", "KH"), ("h20", "RU"), ("l40", "CY"),
]  # fmt: skip


def history(chip: str, country: str, given: Mapping[str, str] | None = None) -> list[Moment]:
    """Return a shipment on every day on which rules or groups change."""
    one = suppose(STORE.sheet(chip), given or {}, STORE.vocabulary)
    return list(moments(RULEBOOK, one, country, days(RULEBOOK)))


def coming(chip: str, country: str, day: str) -> list[Dated]:
    """Return what is known on a day to change for a shipment."""
    rules = shipping_rules(day)
    one = suppose(STORE.sheet(chip), {}, STORE.vocabulary)
    return list(ahead(rules, shipment(rules, one, country).licence))


def needed(found: Dated) -> tuple[Verdict, Verdict]:
    """Return whether a licence is needed as enforced, before and after."""
    return found.before.enforced.verdict, found.after.enforced.verdict


def test_the_rule_of_october_2023_made_a_licence_necessary() -> None:
    """88 FR 73458: the L40 is a 3A090.b item from 2023-11-17, licensed for China.

    Before, the end use could ask for a licence (part 744).
    """
    (found,) = [e for e in changes(history("l40", "CN")) if e.day == D(2023, 11, 17)]
    assert needed(found) == (Verdict.unknown, Verdict.met)
    made = found.made_by(REQUIREMENT)
    assert {each.provision.version.citation for each in made} == {"88 FR 73458"}


def test_the_review_of_january_2026_changed_the_answer_but_not_the_licence() -> None:
    """91 FR 1684: case by case under conditions, where denial was presumed before."""
    (found,) = [e for e in changes(history("h100-sxm", "CN")) if e.day == D(2026, 1, 15)]
    assert needed(found) == (Verdict.met, Verdict.met)
    assert found.turns
    assert {e.provision.version.citation for e in found.made_by(REVIEW)} == {"91 FR 1684"}


def test_a_country_that_joins_a_group_changes_the_answer_without_an_amendment() -> None:
    """89 FR 18780: Nicaragua joined D:1 and D:5 on 2024-03-15."""
    (found,) = [e for e in changes(history("h100-sxm", "NI")) if e.day == D(2024, 3, 15)]
    assert found.turns
    assert {(e.change.country, e.group.id) for e in found.moves} == {("NI", "D:1"), ("NI", "D:5")}
    assert not found.step.concerning


@pytest.mark.parametrize(("chip", "country"), daily(CASES, CASES[::2]))
def test_an_answer_is_carried_on_only_where_asking_anew_gives_the_same(
    chip: str, country: str
) -> None:
    one = suppose(STORE.sheet(chip), {}, STORE.vocabulary)
    for each in history(chip, country):
        anew = shipment(ShipmentRules(RULEBOOK, each.day), one, country).licence
        assert answered(anew) == answered(each.licence), each.day


def test_what_is_coming_is_what_then_held_but_for_what_nobody_announced() -> None:
    """That applications were reviewed otherwise than printed was never announced."""
    (found,) = coming("l40", "CN", "2023-10-17")
    one = suppose(STORE.sheet("l40"), {}, STORE.vocabulary)
    held = shipment(shipping_rules("2023-11-17"), one, "CN").licence
    assert found.day == D(2023, 11, 17)
    assert answered(found.after)[:-1] == answered(held)[:-1]
    assert [each.then for each in found.after.review.judgement.follows] == ["presumption of denial"]
    assert coming("l40", "CN", "2023-10-16") == []


def test_a_text_that_must_be_obeyed_later_is_coming_on_that_day() -> None:
    """90 FR 4544, in force 2025-01-13, was to be obeyed from 2025-05-15, until it was given up."""
    (found,) = coming("h100-sxm", "DE", "2025-02-01")
    assert found.day == D(2025, 5, 15)
    assert needed(found)[1] is Verdict.met
    assert coming("h100-sxm", "DE", "2025-05-13") == []


def test_what_is_coming_for_all_countries_is_told_once() -> None:
    rules = shipping_rules("2023-11-10")
    items = [suppose(STORE.sheet("l40"), {}, STORE.vocabulary)]
    (found,) = all_ahead(rules, items, worldwide(rules, items))
    now = {
        code: each.licence.enforced.verdict for each in found.after[0] for code in each.countries
    }
    assert found.day == D(2023, 11, 17)
    assert now["CN"] is Verdict.met
    assert {each.provision.version.citation for each in found.amendments} >= {"88 FR 73458"}


def test_nothing_is_coming_for_all_countries_where_no_rule_changes() -> None:
    rules = shipping_rules("2024-01-01")
    items = [suppose(STORE.sheet("l40"), {}, STORE.vocabulary)]
    assert not list(all_ahead(rules, items, worldwide(rules, items)))
