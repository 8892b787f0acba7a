"""What changed between two days in words, from the rules' own texts and days."""

from __future__ import annotations

import pytest

import chipcalc as cc
from chipcalc.words import diff as words
from shared import STORE, text_of

DB = cc.Database(STORE)


def says(chip: str, first: str, last: str, to: str = "") -> str:
    """Return what changed for a chip in a sentence."""
    (found,) = DB.diff(DB[chip], between=(first, last), to=to).says
    return found


def test_the_first_line_says_what_changed_and_which_amendment_did_it() -> None:
    """88 FR 73458, effective 2023-11-17: TPP 2,896.8 and PD 4.76 meet 3A090.b."""
    assert says("l40", "2023-11-16", "2023-11-17", "CN").startswith(
        "L40: 3A991.p → 3A090.b, by 88 FR 73458 on 2023-11-17; licence to China: depends on end use"
        " → required, by 88 FR 73458 on 2023-11-17"
    )


def test_a_chip_that_nothing_reaches_is_said_to_be_as_it_was() -> None:
    """89 FR 23876, in force 2024-04-04, is about licence exceptions and review."""
    found = says("h20", "2024-04-03", "2024-04-05")
    assert found.startswith("Nothing changes for H20 96GB between 2024-04-03 and 2024-04-05; ")
    assert found.endswith(" rule versions changed that do not concern it")


def test_no_rule_between_two_days_is_told_as_such() -> None:
    found = says("h20", "2024-01-01", "2024-02-01")
    assert found.endswith("; no rule changed")


def test_the_same_answer_on_other_lines_is_told_as_such() -> None:
    found = says("h20", "2023-11-16", "2023-11-17", "CN")
    assert found.startswith("H20 96GB to China: the same answer on 2023-11-16 and on 2023-11-17")
    assert found.endswith("3A090.b, by 88 FR 73458 on 2023-11-17")


def test_a_country_that_joins_a_group_is_named_as_the_cause() -> None:
    """89 FR 18780: Nicaragua joined D:1 and D:5 on 2024-03-15; no rule was amended for it."""
    found = says("h100-sxm", "2024-03-14", "2024-03-15", "NI")
    assert "→ required, as Nicaragua joined D:1 and D:5 (89 FR 18780) on 2024-03-15" in found


def test_a_letter_that_names_the_chip_is_told_with_its_day() -> None:
    """NVIDIA's 8-K of 2025-04-15: notified on 2025-04-09 that the H20 needs a licence."""
    found = says("h20", "2025-04-08", "2025-04-09", "CN")
    assert "Letter of April 2025: none → applies, on 2025-04-09" in found
    assert "licence to China" not in found


def test_a_bill_is_told_as_proposed() -> None:
    assert "GAIN AI Act, proposed: none → met, on 2025-10-09" in says(
        "h100-sxm", "2025-10-08", "2025-10-09"
    )


@pytest.mark.parametrize(("first", "last"), [("2023-01-01", "2026-11-27"), ("2023-11-16",) * 2])
@pytest.mark.parametrize("chip", ["l40", "h20", "a800-sxm", "metax-c500-oam"])
def test_every_amendment_between_two_days_is_counted_once(chip: str, first: str, last: str) -> None:
    found = DB.diff(DB[chip], between=(first, last))
    (steps,) = found.found
    course = words.Course(steps)
    of_all = {made.key for step in course.steps for made in step.amendments}
    concerning = {made.key for step in course.steps for made in step.concerning}
    assert {each.key for each in course.beside} == of_all - concerning


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(cc.ChipcalcError, match="comes before"):
        DB.diff(DB["h20"], between=("2024-01-02", "2024-01-01"))


def test_since_when_a_licence_is_needed_never_hides_a_letter() -> None:
    (course,) = [DB.shipping(DB["h20"], to=["CN"])]
    first = text_of(course.report().title)
    assert first.startswith("H20 96GB to China: depends from 2022-10-07; required of ")
    assert "by the Letter of April 2025" in first


def test_a_timeline_of_shipments_names_the_amendment_of_every_change() -> None:
    """L40 to China: 3A090.b by 88 FR 73458, and the review of 91 FR 1684."""
    report = DB.shipping(DB["l40"], to=["CN"]).report()
    rows = {row.cells[0].text: row.texts for row in report.rows}
    assert rows["2023-11-17"][1:3] == ("3A090.b", "required")
    assert "88 FR 73458" in rows["2023-11-17"][4]
    assert rows["2026-01-15"][4] == "91 FR 1684"


def test_a_timeline_of_shipments_has_every_change_of_the_answer_in_its_data() -> None:
    found = DB.shipping(DB["a800-sxm"], to=["CN", "AE"])
    data = found.to_dict()
    for told, changes in zip(data["shipments"], found.changes, strict=True):
        days = {each["day"] for each in told["changes"] if each["answer_changes"]}
        assert days == {each.day.isoformat() for each in changes if each.turns}
