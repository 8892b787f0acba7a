"""What is supposed of a chip stands in every contract, beside what its sheet says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import chipcalc as cc
from chipcalc.api.chip import Chip
from chipcalc.tables.headroom import lines
from chipcalc.tables.largest import largest
from chipcalc.tables.report import Report
from chipcalc.tables.why_not import why_not

RULES = cc.open().rules(as_of="2026-02-01")
H20 = cc.open()["h20"]  # official: GH100's die of 814 mm²; reported: made for data centers
SUPPOSED = H20.suppose(die_area="700mm2", market="consumer")


def checked(chip: Chip) -> Report:
    return RULES.check(chip).report()


COMMANDS: dict[str, Callable[[Chip], Report]] = {
    "check": checked,
    "headroom": lambda chip: lines([RULES.check(chip).checked]),
    "headroom --max": lambda chip: largest([RULES.check(chip).checked]),
    "why-not": lambda chip: why_not([RULES.check(chip).checked], "3A090.a"),
    "licence": lambda chip: RULES.licence(chip, to="CN").report(),
    "budget": lambda chip: RULES.budget(chip).report(),
    "timeline": lambda chip: cc.open().timeline(chip, rules=["3A090.a"]).report(),
}


def supposed(report: Report) -> list[dict[str, Any]]:
    found = report.data()["supposed"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_contract_says_what_is_supposed_as_given_and_what_the_sheet_says(
    command: str,
) -> None:
    area, market = supposed(COMMANDS[command](SUPPOSED))
    assert (area["chip"], area["what"], area["given"]) == ("h20", "die_area", "700mm2")
    assert (area["metric"], area["exact"], area["unit"]) == ("die_area", "700", "mm^2")
    assert (area["sheet"]["exact"], area["sheet"]["status"]) == ("814", "official")
    assert (market["what"], market["given"], market["metric"]) == ("market", "consumer", None)
    assert market["sheet"]["says"] == "datacenter"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_flat_record_says_what_is_supposed(command: str) -> None:
    records = COMMANDS[command](SUPPOSED).records()
    assert records
    assert {each["supposed"] for each in records} == {"die_area=700mm2; market=consumer"}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_supposed_of_a_chip_as_it_is(command: str) -> None:
    report = COMMANDS[command](H20)
    assert supposed(report) == []
    assert {each["supposed"] for each in report.records()} == {""}


def test_what_the_sheet_says_already_supposes_nothing() -> None:
    assert supposed(RULES.check(H20, market="datacenter", item="ic").report()) == []


def test_what_a_shipment_is_about_is_not_supposed_of_the_item() -> None:
    report = RULES.licence(H20, to="CN", headquarters="CN", transaction="export").report()
    assert supposed(report) == []


def test_what_the_sheet_does_not_say_is_told_with_the_reason() -> None:
    chip = cc.open()["metax-c500-oam"].suppose(applicable_die_area="800 mm2", item="board")
    area, item = supposed(RULES.check(chip).report())
    assert (area["sheet"]["value"], area["sheet"]["status"]) == (None, "unknown")
    assert (item["given"], item["sheet"]) == ("board", None)


def test_the_launch_can_be_supposed() -> None:
    (launch,) = supposed(RULES.check(H20.suppose(launched="2026-01")).report())
    assert (launch["what"], launch["given"]) == ("launched", "2026-01")
    assert launch["sheet"]["says"].startswith("20")


def test_of_an_item_without_a_sheet_everything_is_supposed() -> None:
    found = supposed(RULES.check(cc.item(tpp=2912, market="datacenter")).report())
    assert [(each["what"], each["given"], each["sheet"]) for each in found] == [
        ("tpp", "2912", None),
        ("market", "datacenter", None),
    ]


def test_what_is_supposed_later_stands_beside_what_was_supposed_before() -> None:
    chip = H20.suppose(die_area="700mm2").suppose(tpp=2000)
    assert [each["what"] for each in supposed(RULES.check(chip).report())] == ["die_area", "tpp"]
