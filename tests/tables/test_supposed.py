"""What-ifs look like what-ifs: whatever a supposition changes bears its mark."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

import chipcalc as cc
from chipcalc.api.chip import Chip
from chipcalc.tables.answers import check
from chipcalc.tables.answers import licence as licence_report
from chipcalc.tables.headroom import lines
from chipcalc.tables.report import Grid, Report
from chipcalc.tables.timeline import report as timeline_report
from chipcalc.tables.why_not import why_not

DB = cc.open()
RULES = DB.rules(as_of="2026-02-01")
MARK = "supposed"
SUPPOSED = {
    "a smaller die": {"die_area": "592mm2"},
    "more performance": {"tpp": "4800"},
    "another market": {"market": "consumer"},
    "both": {"tpp": "4700", "market": "consumer"},
    "more memory bandwidth": {"memory_bandwidth": "5TB/s"},
}


def checked(chip: Chip, *, explain: bool = False, all_: bool = False) -> Report:
    return check([RULES.check(chip).checked], RULES.rulebook, explain=explain, all_=all_)


COMMANDS: dict[str, Callable[[Chip], Report]] = {
    "check": checked,
    "check --all": lambda chip: checked(chip, all_=True),
    "check --explain --all": lambda chip: checked(chip, explain=True, all_=True),
    "licence": lambda chip: RULES.licence(chip, to="CN").report(),
    "licence --all": lambda chip: licence_report(
        [[RULES.licence(chip, to="CN").shipment]], RULES.rulebook, whole=True
    ),
    "licence of the world": lambda chip: RULES.licence(chip).report(),
    "headroom --all": lambda chip: lines([RULES.check(chip).checked], whole=True),
    "budget": lambda chip: RULES.budget(chip).report(),
    "timeline": lambda chip: DB.timeline(chip, rules=["3A090.a", "3A090.b"]).report(),
    "timeline --all": lambda chip: timeline_report(
        DB.timeline(chip, rules=["3A090.a"]).moments, whole=True
    ),
}


def rows(report: Report) -> Iterator[tuple[str, ...]]:
    for part in report.parts:
        if isinstance(part, Grid):
            grouped = part.kind == "licence-regions"  # the rows below a heading bear the mark
            yield from (each.texts for each in part.rows if not (grouped and each.heading))


def headings(report: Report) -> str:
    grids = [part for part in report.parts if isinstance(part, Grid)]
    return " ".join(column.title for grid in grids for column in grid.columns)


@pytest.mark.parametrize("given", SUPPOSED)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_row_that_a_supposition_changes_bears_its_mark(command: str, given: str) -> None:
    """A row that is not one of the chip as it is rests on what is supposed of it."""
    chip = DB["h20"]
    plain = {*rows(COMMANDS[command](chip))}
    report = COMMANDS[command](chip.suppose(**SUPPOSED[given]))
    reasons = {each[2:] for each in plain if len(each) > 3}  # one may now be the second of its rule
    changed = [e for e in rows(report) if e not in plain and not (e[0] == "" and e[2:] in reasons)]
    unmarked = [each for each in changed if MARK not in " ".join(each)]
    assert not unmarked or MARK in headings(report)


@pytest.mark.parametrize("given", SUPPOSED)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_line_says_what_is_supposed(command: str, given: str) -> None:
    report = COMMANDS[command](DB["h20"].suppose(**SUPPOSED[given]))
    assert MARK in report.title[0].text


@pytest.mark.parametrize("command", COMMANDS)
def test_of_a_chip_as_it_is_nothing_bears_the_mark(command: str) -> None:
    report = COMMANDS[command](DB["h20"])
    assert not [each for each in rows(report) if MARK in " ".join(each)]
    assert MARK not in report.title[0].text
    assert json.loads(json.dumps(report.data()))["supposed"] == []


def test_what_kept_it_out_bears_the_mark_where_it_is_supposed() -> None:
    chip = DB["h20"].suppose(tpp="2500", market="consumer")
    found = list(rows(why_not([RULES.check(chip).checked], "3A090.b")))
    assert all(MARK in " ".join(each) for each in found)


def test_what_the_vendor_declares_is_said_of_the_chip_as_it_is_published() -> None:
    """NVIDIA lists the H20 as 4A994.l; a chip of another die is none that it lists."""
    plain, other = (checked(chip) for chip in (DB["h20"], DB["h20"].suppose(tpp="9600")))
    assert "The vendor lists it as 4A994.l" in text(plain)
    assert "Declared for the chip as published: 4A994.l" in text(other)
    assert plain.data()["chips"][0]["declared_eccn"] == "4A994.l"
    assert other.data()["chips"][0]["declared_eccn"] is None


def text(report: Report) -> str:
    blocks = [part for part in report.parts if isinstance(part, tuple)]
    return "\n".join(getattr(line, "text", "") for block in blocks for line in block)


WARNING = "which usually decides"


def described(**rates: str) -> Report:
    return checked_item(cc.item(throughput=rates, market="datacenter"))


def checked_item(item: cc.Item) -> Report:
    return check([RULES.check(item).checked], RULES.rulebook)


@pytest.mark.parametrize(
    "rates", [["fp32"], ["fp16"], ["bf16"], ["fp64", "fp32"], ["fp32", "fp16"]]
)
def test_a_part_described_by_formats_that_do_not_decide_as_a_rule_says_so(rates: list[str]) -> None:
    """At the same TPP, an H20 has 44 TFLOPS at FP32 (1,408) and 296 TOPS at INT8 (2,368)."""
    report = described(**dict.fromkeys(rates, "44 TFLOPS"))
    assert WARNING in "\n".join(each.text for each in report.title)
    assert all(WARNING in each["warning"] for each in report.data()["supposed"] if each["metric"])


@pytest.mark.parametrize("rates", [["int8"], ["fp8"], ["fp32", "int8"], ["fp64", "fp16", "fp8"]])
def test_a_part_described_by_what_decides_as_a_rule_has_no_warning(rates: list[str]) -> None:
    report = described(**dict.fromkeys(rates, "44 TFLOPS" if rates != ["int8"] else "44 TOPS"))
    assert WARNING not in "\n".join(each.text for each in report.title)
    assert {each["warning"] for each in report.data()["supposed"]} == {None}


def test_a_rate_beside_the_performance_itself_decides_nothing() -> None:
    report = checked_item(cc.item(tpp=4800, throughput={"fp32": "44 TFLOPS"}, market="datacenter"))
    assert WARNING not in "\n".join(each.text for each in report.title)


def test_a_sheet_says_itself_what_it_offers() -> None:
    report = checked(DB["h20"].suppose(throughput={"fp32": "60 TFLOPS"}))
    assert WARNING not in "\n".join(each.text for each in report.title)
