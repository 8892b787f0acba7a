"""The contract of a licence: complete, and in agreement with itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from chipcalc.check.what_if import suppose
from chipcalc.commands.licence import Shipments, report
from chipcalc.contract import licence
from chipcalc.licence.licence import Shipment, shipment, worldwide
from chipcalc.places.load import load
from shared import RULEBOOK, STORE, shipping_rules

TODAY = shipping_rules("2026-03-01")


def shipped(chip: str, to: str, **facts: str) -> Shipment:
    """Return a shipment on 2026-03-01."""
    return shipment(TODAY, suppose(STORE.sheet(chip), facts, STORE.vocabulary), to)


def entry(chip: str, to: str, **facts: str) -> dict[str, Any]:
    """Return the contract of one shipment."""
    data = licence.data([shipped(chip, to, **facts)], RULEBOOK)
    assert (data["schema"], data["as_of"]) == ("chipcalc.licence/2", "2026-03-01")
    (found,) = data["shipments"]
    return dict(found)


def rules(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules of a shipment by id."""
    return {each["rule"]: each for each in found["rules"]}


def test_printed_and_enforced_are_two_answers_with_the_rules_that_give_them() -> None:
    found = entry("h100-sxm", "DE", headquarters="DE", parent_headquarters="DE")
    assert found["licence"]["printed"]["verdict"] == "met"
    assert found["licence"]["enforced"]["verdict"] == "not met"
    asked = rules(found)
    assert (asked["us-ai-diffusion"]["printed"], asked["us-ai-diffusion"]["enforced"]) == (
        True,
        False,
    )
    assert asked["us-licence-a"]["enforced"]


def test_what_was_not_asked_is_no_verdict() -> None:
    found = entry("h100-sxm", "DE", headquarters="DE", parent_headquarters="DE")
    for name in ("exceptions", "review"):
        assert found[name]["verdict"] == "not asked"
        assert found[name]["says"] == ["no licence needed"]


def test_sources_that_differ_are_marked_as_such() -> None:
    found = entry("l40", "CN", transaction="reexport")["review"]
    assert (found["verdict"], found["differ"], len(found["says"])) == ("unknown", True, 2)
    assert entry("l40", "CN", transaction="export")["review"]["differ"] is False


def test_an_open_answer_lists_what_leads_to_each_answer() -> None:
    found = entry("h100-sxm", "CN")["review"]
    assert found["verdict"] == "unknown"
    answers = {
        tuple(each["where"][0]["values"]): (each["verdict"], each["says"])
        for each in found["deciding"]
    }
    assert answers == {
        ("export",): ("met", ["case by case, with (dd) certifications"]),
        ("reexport", "in-country"): ("met", ["presumption of denial"]),
    }


def test_every_rule_has_its_dates_sources_confidence_and_conditions() -> None:
    for each in entry("rtx-4090", "CN", transaction="export")["rules"]:
        assert each["confidence"], each["rule"]
        assert each["in_force"], each["rule"]
        assert {"until", "announced", "published", "compliance", "note", "notes"} <= each.keys()
        assert each["sources"] or each["confidence"] == "unverified", each["rule"]
    nac = rules(entry("rtx-4090", "CN", transaction="export"))["us-nac"]
    assert (nac["answer"], nac["verdict"]) == ("open", "met")
    assert any("25 calendar days" in each for each in nac["conditions"])


def test_circumstances_that_nobody_gave_are_marked_as_assumed() -> None:
    found = entry("l40", "SA", headquarters="SA", item="board")
    assert found["circumstances"]["destination"] == "SA"
    assert found["circumstances"]["parent_headquarters"] is None
    assert found["circumstances"]["item"] == "board"
    assert "party" in found["assumed"]
    assert "item" not in found["assumed"]


def test_the_rules_of_one_country_are_not_told_of_a_region() -> None:
    item = suppose(STORE.sheet("h20"), {}, STORE.vocabulary)
    (found,) = worldwide(TODAY, [item])
    data = licence.data(found, RULEBOOK)
    for each in data["shipments"]:
        assert (each["rules"] is None) == (len(each["destinations"]) > 1)


def test_a_letter_is_told_of_the_countries_that_it_is_for_and_of_no_others() -> None:
    item = suppose(
        STORE.sheet("h20"), {"headquarters": "US", "parent_headquarters": "US"}, STORE.vocabulary
    )
    (found,) = worldwide(TODAY, [item])
    told = {
        country
        for each in licence.data(found, RULEBOOK)["shipments"]
        for country in each["destinations"]
        if any(e["rule"] == "us-letter-2025-04" for e in each["notices"])
    }
    members = next(g for b in load(STORE.folders) for g in b.groups if g.id == "D:5").members
    assert told == {"MO", *members}


def test_records_have_one_line_for_each_rule_with_the_answer_on_each() -> None:
    found = [shipped("h20", "CN", end_use="other"), shipped("b200", "CN")]
    records = list(licence.records(found))
    assert {(e["chip"], e["licence_enforced"]) for e in records} == {
        ("h20", "not met"),
        ("b200", "met"),
    }
    assert all(e["exceptions"] == "" for e in records if e["chip"] == "h20")
    assert {e["rule"] for e in records} >= {"us-licence-a", "us-nac", "us-letter-2025-04"}


def test_summaries_have_one_line_for_each_shipment() -> None:
    found = [shipped("h20", "CN"), shipped("b200", "CN"), shipped("b200", "DE")]
    (first, second, _) = licence.summaries(found)
    assert first["notices"].startswith("Letter of April 2025")
    assert second["review"] == "presumption of denial"
    assert "rule" not in first


@pytest.mark.parametrize("matrix", [False, True])
def test_every_format_tells_of_the_same_shipments(*, matrix: bool) -> None:
    answered = Shipments(((shipped("h20", "CN"),),))
    told = report(answered, RULEBOOK, matrix=matrix)
    assert [each["chip"] for each in told.data()["shipments"]] == ["h20"]
    assert {each["chip"] for each in told.records()} == {"h20"}
