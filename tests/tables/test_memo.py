"""A memo of a shipment: all that a lawyer reads, in that order, from the values of the answer."""

from __future__ import annotations

import datetime
import json
from functools import cache

import pytest

from chipcalc.api.database import Database
from chipcalc.commands import licence as request
from chipcalc.commands.check import Asked
from chipcalc.commands.memo import report
from chipcalc.errors import ChipcalcError
from chipcalc.licence.licence import Licence
from chipcalc.rules.rule import EXCEPTION, REQUIREMENT, REVIEW
from chipcalc.tables.proof import criteria
from chipcalc.tables.report import Grid, Report
from chipcalc.values.logic import Verdict
from chipcalc.words import licence as licence_words
from chipcalc.words import proof
from contracts import faults
from daily import daily
from shared import STORE, printed, shown

DAY = "2026-02-01"
CHIPS = sorted(STORE.files)
CASES = [("h100-sxm", "CN"), ("h20", "CN"), ("metax-c500-oam", "SA"), ("orin-x", "DE")]
SECTIONS = [
    "Item",
    "Classification, paragraph by paragraph",
    "Licence, exceptions, review",
    "Conditions to tick off",
    "Open questions",
    "Not modelled, and can decide",
    "To ask of the transaction",
    "Sources",
    "Signatures",
]


@cache
def memo(chip: str, to: str, day: str = DAY, **given: str) -> tuple[Report, Licence]:
    rules = Database(STORE).rules(day)
    answered = request.shipments(Database(STORE), rules, Asked((chip,), given), [to])
    return report(answered, rules, ()), answered.found[0][0].licence


def headings(found: Report) -> list[str]:
    return [each.text for each in found.lines if each.role == "heading"]


def test_the_first_line_answers_and_the_sections_stand_in_the_order_in_which_they_are_read() -> (
    None
):
    found, _ = memo("h100-sxm", "CN")
    assert found.title[0].text.startswith("H100 SXM5 80GB to China, 2026-02-01: required")
    assert headings(found) == SECTIONS


@pytest.mark.parametrize(("chip", "to"), CASES)
def test_every_criterion_that_classifies_stands_in_it(chip: str, to: str) -> None:
    found, licence = memo(chip, to)
    wanted = criteria(licence.checked, proof.proved(licence.checked)).rows
    rows = [shown(row) for grid in found.grids for row in grid.rows]
    assert all(shown(row) in rows for row in wanted)


@pytest.mark.parametrize(("chip", "to"), CASES)
def test_every_figure_that_is_compared_has_a_source(chip: str, to: str) -> None:
    found, _ = memo(chip, to)
    figures = next(each for each in found.grids if each.kind == "memo")
    numbers = {each.marker for each in found.lines if each.marker.isdigit()}
    for row in (each for each in figures.rows if not each.heading):
        cited = row.cells[-1].text
        assert set(cited.split(", ")) <= numbers or cited == "none", row


def test_an_estimate_that_rests_on_no_publication_says_so() -> None:
    """The die area of the Orin-X is estimated: nobody printed it."""
    found, _ = memo("orin-x", "DE")
    figures = next(each for each in found.grids if each.kind == "memo")
    cited = {row.cells[0].text: row.cells[-1].text for row in figures.rows if not row.heading}
    assert cited["die area"] == "none"


@pytest.mark.parametrize(("chip", "to"), CASES)
def test_every_condition_of_a_rule_that_may_apply_is_there_to_tick(chip: str, to: str) -> None:
    found, licence = memo(chip, to)
    boxes = {each.text for each in found.lines if each.marker == "[ ]"}
    if licence.needed is Verdict.not_met:
        return
    for each in (*licence.of(EXCEPTION), *licence.of(REVIEW)):
        version = each.provision.version
        if each.verdict is not Verdict.not_met and version.standing == "in force":
            assert set(version.conditions) <= boxes


@pytest.mark.parametrize(("chip", "to"), CASES)
def test_all_that_is_not_modelled_is_said_whole(chip: str, to: str) -> None:
    found, licence = memo(chip, to)
    told = {each.text for each in found.lines}
    assert set(licence_words.left_out([licence])) <= told
    for each in proof.proved(licence.checked):
        assert set(each.provision.version.not_modelled) <= told


@pytest.mark.parametrize(("chip", "to"), CASES)
def test_every_requirement_that_may_apply_is_in_the_table(chip: str, to: str) -> None:
    found, licence = memo(chip, to)
    rows = [shown(row)[0].strip() for row in found.rows]
    if licence.enforced.deciding or licence.enforced.views:
        pytest.skip("what is missing stands in place of the rules")
    for each in licence.of(REQUIREMENT):
        if each.verdict is Verdict.met:
            assert each.provision.rule.paragraph in rows


def test_what_is_open_is_said_with_what_would_settle_it() -> None:
    found, _ = memo("h100-sxm", "CN")
    told = [each.text for each in found.lines]
    assert "Review of an application: depends on transaction" in told
    assert "transaction: not given" in told
    settled, _ = memo("h100-sxm", "CN", transaction="export")
    assert "transaction: not given" not in [each.text for each in settled.lines]


def test_red_flags_are_of_the_day_and_of_the_item() -> None:
    """The guidance on diversion is of 2025-05-13, and about items such as those of 3A090."""

    def flags(chip: str, day: str) -> bool:
        text = printed("table", memo(chip, "CN", day)[0])
        assert "Supplement No. 3 to 15 CFR part 732" in " ".join(text.split())
        return "only after October 2022" in text

    assert flags("h100-sxm", "2025-05-13")
    assert not flags("h100-sxm", "2025-05-12")
    assert not flags("h20", "2026-02-01"), "an item of 3A991.p"


def test_it_is_signed_dated_and_no_advice() -> None:
    found, _ = memo("h100-sxm", "CN")
    text = printed("table", found)
    assert "Prepared by: ____" in text
    assert "Reviewed by: ____" in text
    assert "no legal advice" in text
    assert f"Law of {DAY}" in text
    today = datetime.datetime.now(tz=datetime.UTC).date()
    assert f"made on {today} by chipcalc" in text


def test_its_data_are_those_of_the_licence() -> None:
    found, _ = memo("h100-sxm", "CN")
    data = json.loads(printed("json", found))
    assert data["schema"] == "chipcalc.licence/2"
    assert faults(data) == []


def test_markdown_and_html_have_headings_boxes_and_links() -> None:
    found, _ = memo("h100-sxm", "CN")
    text, page = printed("markdown", found), printed("html", found)
    for each in SECTIONS:
        assert f"\n### {each}\n" in text
        assert f'<h2 class="heading">{each}</h2>' in page
    assert "- [ ] (dd)(1)(v): checks of the customer." in text
    assert "☐ (dd)(1)(v): checks of the customer." in page
    assert '<a href="https://www.nvidia.com/en-us/data-center/h100/">' in page


@pytest.mark.parametrize("places", [["CN", "DE"], []])
def test_a_memo_is_about_one_shipment(places: list[str]) -> None:
    rules = Database(STORE).rules(DAY)
    answered = request.shipments(Database(STORE), rules, Asked(("h20",)), places)
    with pytest.raises(ChipcalcError, match="one chip and one destination"):
        report(answered, rules, ())


@pytest.mark.parametrize("chip", daily(CHIPS, CHIPS[::16]))
def test_there_is_a_memo_of_every_chip(chip: str) -> None:
    found, _ = memo(chip, "CN")
    assert {"Item", "Open questions", "Signatures"} <= set(headings(found))
    for part in found.parts:
        assert not isinstance(part, Grid) or part.rows
