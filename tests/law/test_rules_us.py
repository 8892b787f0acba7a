"""The rules of the United States: what the texts, the vendors and the filings say of real chips.

Limits, operators and dates are restated here from the publications, so that a slip of the pen in
a rule file fails a test.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.api.database import Database
from chipcalc.check.examples import failures
from chipcalc.check.result import Checked, Finding
from chipcalc.check.what_if import blank, suppose
from chipcalc.commands.check import asked, tally
from chipcalc.commands.check import check as checked_as
from chipcalc.commands.tally import OPEN
from chipcalc.deciding.outcome import Outcome, Span
from chipcalc.figures.figure import Figure, Missing, key
from chipcalc.rules.criteria import Threshold, leaves
from chipcalc.rules.rule import LETTER, Version
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import Bounds
from chipcalc.values.logic import Verdict
from chipcalc.values.units import unit
from chipcalc.words.check import sentence
from daily import daily
from shared import RULEBOOK, STORE, real_rules

SHEETS = {sheet.id: sheet for sheet in STORE.all()}
MARKETS = ("datacenter", "consumer", "workstation", "automotive", "edge")
TODAY = "2026-07-31"
STEP = Decimal("0.000000001")

Given: TypeAlias = Mapping[str, str]
Limbs: TypeAlias = tuple[str, ...]


def check(values: Given, day: str, chip: str = "", *only: str) -> Checked:
    """Return what the rules of a day say of an item described by values, or of a changed chip.

    All rules are asked, or those that are named; these still find the ones that they refer to.
    """
    sheet = SHEETS[chip] if chip else blank(STORE.vocabulary)
    supposed = suppose(sheet, values, STORE.vocabulary)
    return real_rules(day, *only).check(supposed.evaluator, supposed.circumstances)


def finding(checked: Checked, rule: str) -> Finding:
    """Return the finding of one rule."""
    return next(each for each in checked.findings if each.provision.id == rule)


def alone(rule: str, values: Given, day: str, chip: str = "") -> Finding:
    """Return what one rule says, where it alone is asked."""
    return finding(check(values, day, chip, rule), rule)


def limbs(checked: Checked) -> Limbs:
    """Return the limbs of 3A090.a and 3A090.b that a circuit meets."""
    rules = [each for each in checked.findings if each.provision.id in ("us-3a090-a", "us-3a090-b")]
    return tuple(cite for each in rules for cite in each.cites)


def cells(line: str) -> list[str]:
    """Return the cells of one line of a table in text."""
    return [cell.strip() for cell in line.split("|")]


def rows(table: str) -> list[list[str]]:
    """Return the rows of a table in text: indented ones below the cells of their heading.

    A line after # is a remark.
    """
    found, heading = [], [""]
    for line in table.strip("\n").splitlines():
        if line.startswith(" "):
            found.append([*heading, *cells(line)])
        elif not line.startswith("#"):
            heading = cells(line)
    return found


# Published classifications. NVIDIA: its list of parts as of 2026-07-31 with ECCN and processing
# performance, https://www.nvidia.com/en-us/about-nvidia/company-policies/export-regulations/ .
# 8-K: NVIDIA's filing of 2023-10-17 names the RTX 4090 among the products affected. Press: Reuters
# of 2022-11-08 on the A800, NVIDIA's word to Tom's Hardware on the RTX 4090 D, and on the A100
# https://epoch.ai/gradient-updates/us-export-controls-china-ai . Text is derived: 87 FR 62186 has
# its entries in force from 2022-10-07 and 88 FR 73458 replaces them from 2023-11-17, so that
# 2022-10-06 has no rule and 2023-11-16 is the last day of the older one.


class Published(NamedTuple):
    """Who says so of a chip on a day, its figures, the limbs that they meet, the vendor's ECCN.

    `sheet` is the chip's spec sheet, where there is one.
    """

    source: str
    day: str
    chip: str
    market: str
    tpp: str
    area: str
    io: str
    limbs: str
    eccn: str
    sheet: str

    def values(self) -> dict[str, str]:
        """Return the figures as a user gives them."""
        area, io = self.area and f"{self.area} mm^2", self.io and f"{self.io} GB/s"
        found = {"market": self.market, "tpp": self.tpp, "die_area": area, "io_bandwidth": io}
        return {name: value for name, value in found.items() if value}

    def met(self) -> Limbs:
        """Return the limbs, in the order of the text."""
        return tuple(f"3A090.{each}" for each in self.limbs.split(", ") if each)


PUBLISHED = [
    Published(*row)
    for row in rows("""
NVIDIA | 2026-07-31
# quotients: L4 6.62…, A40 3.80… (and 2392 < 2400), L40 4.78…, L40S 9.64…
  L4 | datacenter | 1952 | 294.5 | 64 | a.2 | 4A090.a | l4
  A40 | datacenter | 2392 | 628.4 | | b.2 | 4A090.b | a40
  L40 | datacenter | 2912 | 608.5 | 64 | b.1, b.2 | 4A090.b | l40
  L40S | datacenter | 5872 | 608.5 | 64 | a.1, a.2 | 4A090.a | l40s
# 3.196… rounds to 3.20 and is not 3.2
  A30 | datacenter | 2640 | 826 | | b.1 | 4A090.b | a30
# 2.909… and 3.142…: below 3.2, and the performance below 2400
  H20 | datacenter | 2368 | 814 | | | 4A994.l | h20
  L20 | datacenter | 1912 | 608.5 | 64 | | 4A994.l | l20
  H100 SXM | datacenter | 15840 | 814 | | a.1, a.2 | 4A090.a | h100-sxm
  RTX 5090 | consumer | 6720 | 750 | | a.1, a.2 | 4A090.a | rtx-5090
# one die, 8.46…, for two markets
  RTX PRO 4500 Server | datacenter | 3200 | 378 | | a.2 | 4A090.a |
  RTX PRO 4500 | workstation | 3200 | 378 | | | 4A994.l |
# 254 and 2070 are sparse: 127 × 8, 1035 × 4; the second needs no die area, Note 2 settles it
  DRIVE Orin | automotive | 1016 | 455 | | | 4A994.l | orin-x
  Jetson T5000 | edge | 4140 | | | | 5A992.c | jetson-t5000
press | 2023-12-28
  RTX 4090 D | consumer | 4707 | 608.5 | 64 | | | rtx-4090d
8-K | 2023-11-17
  RTX 4090 | consumer | 5286 | 608.5 | 64 | a.1, a.2 | | rtx-4090
press | 2022-11-08
# 400 + 64 GB/s are below 600; the rule of 2022 asks for both
  A800 | datacenter | 4992 | 826 | 464 | | | a800-sxm
text | 2023-11-16
  A800 | datacenter | 4992 | 826 | 464 | | | a800-sxm
NVIDIA | 2023-11-17
  A800 | datacenter | 4992 | 826 | 464 | a.1, a.2 | 4A090.a | a800-sxm
press | 2022-10-07
  A100 SXM | datacenter | 4992 | 826 | 664 | a.1 to a.4 | | a100-sxm
""")
]
SAID = [each for each in PUBLISHED if each.eccn]
WITH_SHEET = [each for each in PUBLISHED if each.sheet]


def named(published: Sequence[Published]) -> list[str]:
    """Return a name for each row."""
    return [f"{each.chip} on {each.day}" for each in published]


def tier(checked: Checked) -> str:
    """Return a or b for a board of 4A090, and nothing for one that is left to 4A994.l."""
    classification = checked.classification
    assert classification.verdict is Verdict.met, classification
    return {"4A090.a": "a", "4A090.b": "b", "4A994.l": ""}[classification.paragraph]


def tier_of(eccn: str) -> str:
    """Return the same for an ECCN that a vendor declares.

    5A992.c is mass-market encryption: with the performance of 3A090 it would be 5A992.z. 5A002.z.1
    leaves open whether .a or .b follows; NVIDIA's parts there are far above 4800.
    """
    known = {"4A090.a": "a", "4A090.b": "b", "4A994.l": "", "5A992.c": "", "5A002.z.1": "a"}
    return known[eccn.split(" (", 1)[0]]


@pytest.mark.parametrize("row", PUBLISHED, ids=named(PUBLISHED))
def test_the_published_figures_meet_the_published_limbs_and_no_others(row: Published) -> None:
    checked = check(row.values(), row.day)
    assert limbs(checked) == row.met()
    controls = [each.verdict for each in checked.findings if each.provision.rule.is_control]
    assert controls
    assert Verdict.unknown not in controls


@pytest.mark.parametrize("row", WITH_SHEET, ids=named(WITH_SHEET))
def test_the_spec_sheet_leads_to_the_published_paragraph(row: Published) -> None:
    checked = check({}, row.day, row.sheet)
    assert {each[:7] for each in limbs(checked)} == {each[:7] for each in row.met()}


@pytest.mark.parametrize("row", SAID, ids=named(SAID))
def test_a_board_falls_under_the_eccn_that_nvidia_publishes(row: Published) -> None:
    """For the residual entry: no format has more than 64 bits, so that TOPS ≥ TPP ÷ 64."""
    tops = format(Decimal(row.tpp) / 64, "f")
    values = {**row.values(), "item": "board", "processing_performance": f"{tops} TOPS"}
    assert tier(check(values, row.day)) == tier_of(row.eccn)


def test_before_the_first_rule_an_a100_has_no_classification() -> None:
    checked = check({"tpp": "4992", "io_bandwidth": "664 GB/s"}, "2022-10-06")
    assert [each for each in checked.findings if each.provision.rule.kind == "classification"] == []
    assert checked.classification.verdict is Verdict.not_met
    assert checked.classification.paragraph == ""


@pytest.mark.parametrize(
    ("chip", "most"), [("journey-5", 1024), ("journey-6e", 1024), ("journey-6p", 4480)]
)
def test_a_rate_that_may_be_sparse_settles_what_its_dense_rate_cannot_reach(
    chip: str, most: int
) -> None:
    """128, 80 to 128 and 560 TOPS at INT8, in whatever sparsity; made for vehicles (Note 2)."""
    checked = check({}, TODAY, chip)
    answer = checked.case.evaluator.figure("tpp")
    assert isinstance(answer, Missing)
    assert answer.bounds(unit("TOPS*bit")) == Bounds(None, Fraction(most))
    assert {finding(checked, f"us-3a090-{each}").verdict for each in "ab"} == {Verdict.not_met}
    assert "not 3A090.a, not 3A090.b; not settled; 3A991.p" in sentence(checked)


def test_where_nobody_lists_the_formats_a_rate_that_may_be_sparse_settles_nothing() -> None:
    """1,000 TOPS at INT8 are 8,000 at most, and FP32 would reach as much at 250 TFLOPS."""
    checked = check({}, TODAY, "huashan-a2000")
    found = finding(checked, "us-3a090-a")
    assert found.verdict is Verdict.unknown
    answer = checked.case.evaluator.figure("tpp")
    assert isinstance(answer, Missing)
    assert answer.bounds(unit("TOPS*bit")) is None
    assert "which other formats" in answer.because


def test_a_rate_that_may_be_sparse_leaves_open_what_it_may_reach() -> None:
    """1,000 TOPS of unstated sparsity are a TPP of 8,000 or less, where 4,800 would decide."""
    checked = check({}, TODAY, "nio-nx9031")
    assert finding(checked, "us-3a090-a").verdict is Verdict.unknown
    assert checked.deciding
    assert key("tpp") in checked.deciding.metrics


def test_without_a_die_area_the_l40_is_unknown_and_the_area_decides() -> None:
    """2912 ÷ 5.92, ÷ 3.2 = 910 and ÷ 1.6 = 1820; a planar chip has no such area at all."""
    checked = check({"tpp": "2912", "market": "datacenter"}, TODAY)
    assert {finding(checked, f"us-3a090-{each}").verdict for each in "ab"} == {Verdict.unknown}
    assert checked.deciding
    cut = Fraction(2912) / Fraction("5.92")
    assert [area(each) for each in checked.deciding.outcomes] == [
        (0, 0, ()),
        (0, cut, ("3A090.a.2",)),
        (cut, 910, ("3A090.b.1", "3A090.b.2")),
        (910, 1820, ("3A090.b.1",)),
        (1820, None, ()),
    ]
    for outcome in checked.deciding.outcomes[1:4]:
        assert span(outcome).high_included  # "or more" of the quotient is "or less" of the area


def span(outcome: Outcome) -> Span:
    """Return the one span of an outcome."""
    (found,) = outcome.where
    assert isinstance(found, Span)
    assert found.metric[0] == "applicable_die_area"
    return found


def area(outcome: Outcome) -> tuple[Fraction | int, Fraction | None, Limbs]:
    """Return from where to where the die area reaches, and what follows."""
    found = span(outcome)
    return found.low or 0, found.high, outcome.judgement.cites


# Two rows of NVIDIA's list cannot be right by the text; see whether they are still there.


@pytest.mark.parametrize(
    ("row", "eccn", "values"),
    [
        ("HGX A100 40GB", "4A090.a", {"tpp": "3822", "die_area": "826 mm^2"}),
        ("IGX Thor with a discrete GPU", "5A992.c", {"tpp": "7024"}),
    ],
)
def test_a_published_row_that_contradicts_the_rule_still_does(
    row: str, eccn: str, values: dict[str, str]
) -> None:
    """3822 ÷ 826 = 4.62… is b.1 and b.2, not .a; 7024 is a.1 for every market, and not free."""
    for market in MARKETS if row.startswith("IGX") else ("datacenter",):
        checked = check({**values, "item": "board", "market": market}, TODAY)
        assert tier(checked) != tier_of(eccn), f"{row} agrees now: list it with the others"


DECLARED = {
    sheet.id: sheet.chip.declared.eccn.value
    for sheet in SHEETS.values()
    if sheet.chip.vendor == "nvidia" and sheet.chip.declared.eccn
}
CONTRADICTS_THE_RULE: dict[str, str] = {}  # id of a sheet, and why its declared ECCN cannot be
INFERRED_FROM_THE_ECCN = (  # the agreement of these proves nothing
    "rtx-pro-6000d",  # its rate is the largest for which an ECCN outside 3A090 leaves room
    "thor-x",  # its rates are read as sparse, among other reasons because a kit is 4A994.l
)


@pytest.mark.parametrize("chip", sorted({*DECLARED} - {*INFERRED_FROM_THE_ECCN}))
def test_the_board_of_a_chip_falls_under_the_eccn_that_its_sheet_declares(chip: str) -> None:
    agrees = tier(check({"item": "board"}, TODAY, chip)) == tier_of(DECLARED[chip])
    assert agrees != (chip in CONTRADICTS_THE_RULE), f"{chip}: {DECLARED[chip]}"


@pytest.mark.parametrize("chip", INFERRED_FROM_THE_ECCN)
def test_a_dense_rate_that_is_inferred_from_an_eccn_is_marked_as_an_estimate(chip: str) -> None:
    rates = [each.statement for each in SHEETS[chip].statements["throughput"]]
    assert {each.status for each in rates if each.when["sparsity"] == "dense"} == {"estimated"}
    assert chip in DECLARED


@pytest.mark.parametrize("chip", DECLARED)
def test_a_z_paragraph_is_pointed_to_where_the_declared_eccn_is_of_090_or_z(chip: str) -> None:
    checked = check({"item": "system"}, TODAY, chip)
    controlled = tier_of(DECLARED[chip]) != ""
    assert (finding(checked, "us-z-paragraphs").verdict is Verdict.met) == controlled


def test_a_rate_that_the_data_sheet_rounds_adds_a_limb_to_the_a30_and_changes_no_paragraph() -> (
    None
):
    """NVIDIA declares 2640; its data sheet prints 661 TOPS for INT4, and 4 × 661 = 2644."""
    area = Fraction(826)
    assert Fraction(2640) / area < Fraction("3.2") < Fraction(4 * 661) / area
    assert limbs(check({"tpp": "2640"}, TODAY, "a30")) == ("3A090.b.1",)
    assert limbs(check({"tpp": "2644"}, TODAY, "a30")) == ("3A090.b.1", "3A090.b.2")


def test_where_declared_and_computed_figures_meet_different_limbs_the_common_ones_are_told() -> (
    None
):
    checked = check({"tpp_declared": "2640"}, TODAY, "a30")
    assert finding(checked, "us-3a090-b").straddles
    assert limbs(checked) == ("3A090.b.1",)


# BIS's own example, in the preambles of 87 FR 62186 and 88 FR 73458 and in the note to 3A090:
# 4800 is reached with 600 tera operations at 8 bits, or with 300 TFLOPS at 16 bits.

EXAMPLES = [
    ({"throughput[int8]": "600 TOPS"}, "4800"),
    ({"throughput[fp16]": "300 TFLOPS"}, "4800"),
    ({"throughput[int8]": "600 TOPS", "throughput[fp16]": "300 TFLOPS"}, "4800"),
    ({"throughput[int8]": "599.999999999 TOPS"}, "4799.999999992"),
    ({"throughput[fp16]": "299.9999999999 TFLOPS"}, "4799.9999999984"),
    ({"throughput[int8]": "0.6 POPS"}, "4800"),
    ({"throughput[fp16]": "0.3 PFLOPS"}, "4800"),
    # a multiply-accumulate is two operations, so that 300 of them are 600
    ({"throughput[int8]": "300 TMACS"}, "4800"),
    # dense alone counts; the skipping of zeros doubles a rate
    ({"throughput[int8,sparsity=2:4]": "1200 TOPS"}, "4800"),
    ({"throughput[int8,sparsity=2:4]": "1199.99 TOPS"}, "4799.96"),
]


@pytest.mark.parametrize(("rates", "tpp"), EXAMPLES, ids=[" ".join(each) for each, _ in EXAMPLES])
def test_the_example_of_the_bureau_comes_out_exactly(rates: dict[str, str], tpp: str) -> None:
    checked = check({**rates, "market": "consumer"}, TODAY)
    figure = checked.case.evaluator.figure("tpp")
    assert isinstance(figure, Figure)
    amount = figure.value.to(unit("TOPS*bit")).amount
    assert (amount.low, amount.high) == (Fraction(tpp), Fraction(tpp))
    assert limbs(checked) == (("3A090.a.1",) if Fraction(tpp) >= 4800 else ())


UNITS = """\
market: {value: edge, status: official, source: sheet}
units:
  gpu: {label: GPU}
  npu: {label: NPU, formats: [int8]}
values:
  throughput:
"""


Rates: TypeAlias = list[tuple[str, str, Decimal]]


def check_units(rates: Rates, path: Path, head: str) -> Checked:
    """Return what the rules of today say of a circuit with a GPU and an NPU at these rates."""
    lines = []
    for processor, number_format, amount in rates:
        when = f"format: {number_format}, engine: tensor, sparsity: dense, unit: {processor}"
        said = "status: official, source: sheet"
        lines.append(f"    - {{value: {amount:f}, unit: TOPS, when: {{{when}}}, {said}}}\n")
    formats = ", ".join(dict.fromkeys(number_format for _, number_format, _ in rates))
    path.write_text(f"{head}formats: [{formats}]\n{UNITS}{''.join(lines)}", encoding="utf-8")
    supposed = suppose(STORE.from_file(str(path)), {}, STORE.vocabulary)
    return real_rules(TODAY).check(supposed.evaluator)


@pytest.mark.parametrize(("less", "expected"), [(Decimal(0), ("3A090.a.1",)), (STEP, ())])
def test_units_that_are_each_below_the_limit_reach_it_together(
    less: Decimal, expected: Limbs, tmp_path: Path, head: str
) -> None:
    """The note adds up the units: (300 + 300) × 8."""
    rates = [("gpu", "int8", Decimal(300)), ("npu", "int8", 300 - less)]
    checked = check_units(rates, tmp_path / "soc.yaml", head)
    assert limbs(checked) == expected
    assert finding(checked, "us-3a090-a").verdict is not Verdict.unknown


def test_units_that_are_fastest_at_different_formats_are_counted_both_ways(
    tmp_path: Path, head: str
) -> None:
    """Each at its best, 200 × 16 + 200 × 8 = 4800; at 8 bits together, (300 + 200) × 8 = 4000."""
    gpu = [("gpu", "int8", Decimal(300)), ("gpu", "fp16", Decimal(200))]
    for less, best in ((Decimal(0), Verdict.met), (STEP, Verdict.not_met)):
        rates = [*gpu, ("npu", "int8", 200 - less)]
        checked = check_units(rates, tmp_path / "soc.yaml", head)
        performances = {(500 - less) * 8, 200 * 16 + (200 - less) * 8}
        figure = checked.case.evaluator.figure("tpp")
        assert isinstance(figure, Figure)
        amount = figure.value.to(unit("TOPS*bit")).amount
        assert {amount.low, amount.high} == {Fraction(each) for each in performances}
        found = finding(checked, "us-3a090-a")
        assert found.verdict is (Verdict.unknown if best is Verdict.met else best)
        views = {
            each.figure.value.to(unit("TOPS*bit")).amount.best: each.judgement.cites
            for each in checked.views
        }
        assert checked.straddles == (best is Verdict.met)
        if best is Verdict.met:
            assert views == {Fraction(4000): (), Fraction(4800): ("3A090.a.1",)}


# Limits: a rule on a day with the limb that is met; below it a figure, its relation and limit, and
# what else is known of the item, so that this one figure decides. Units are those of the metric.
# A letter binds its addressees alone, so that it needs a chip of theirs with changed figures.

SHORT = {
    "density": "performance_density",
    "area": "applicable_die_area",
    "hbm": "memory_bandwidth_density",
    "memory": "memory_bandwidth",
    "io": "io_bandwidth",
    "rate": "processing_performance",
    "app": "adjusted_peak_performance",
    "node": "process_node",
}
HOLDS = {  # below, on and above the limit
    "≥": (False, True, True),
    ">": (False, False, True),
    "<": (True, False, False),
    "≤": (True, True, False),
}


class Limit(NamedTuple):
    """One limit of a rule on a day."""

    rule: str
    day: str
    cite: str
    limit: str
    rest: str

    def cases(self) -> Iterator[tuple[dict[str, str], bool]]:
        """Yield an item one step below the limit, on it and above it, and whether it is met."""
        name, sign, amount = self.limit.split()
        rest = dict(each.strip().split("=") for each in self.rest.split(",") if each)
        for step, holds in zip((-STEP, Decimal(0), STEP), HOLDS[sign], strict=True):
            yield in_units({**rest, name: format(Decimal(amount) + step, "f")}), holds


def in_units(values: Given) -> dict[str, str]:
    """Return values under their full names, numbers in the unit of their metric."""
    found = {}
    for short, value in values.items():
        name = SHORT.get(short, short)
        definition = STORE.vocabulary.metrics.get(name)
        found[name] = f"{value} {definition.unit.text}" if definition else value
    return found


LIMITS = [
    Limit(*row)
    for row in rows("""
# 87 FR 62186: 600 Gbyte/s or more, and 4800 or more; the market plays no part
us-3a090-a | 2022-10-07 | 3A090.a.1 to a.4
  io ≥ 600 | tpp=4800
  tpp ≥ 4800 | io=600
us-3a090-a | 2023-11-16 | 3A090.a.1 to a.4
  io ≥ 600 | tpp=4800, market=consumer
  tpp ≥ 4800 | io=600, market=consumer, density=20
us-4a090-a | 2022-10-07 | 4A090.a
  tpp ≥ 4800 | io=600, item=board
us-4a090-a | 2023-11-16 | 4A090.a
  io ≥ 600 | tpp=4800, item=system
# 88 FR 73458, 3A090.a: 4800 or more; 1600 or more and 5.92 or more
us-3a090-a | 2023-11-17 | 3A090.a.1
  tpp ≥ 4800 | market=datacenter, density=0
us-3a090-a | 2026-07-23 | 3A090.a.1
  tpp ≥ 4800 | market=datacenter, density=5.919999999
us-3a090-a | 2023-11-17 | 3A090.a.2
  tpp ≥ 1600 | market=datacenter, density=5.92
us-3a090-a | 2026-07-23 | 3A090.a.2
  tpp ≥ 1600 | market=datacenter, density=999
us-3a090-a | 2023-11-17 | 3A090.a.2
  density ≥ 5.92 | market=datacenter, tpp=1600
us-3a090-a | 2026-07-23 | 3A090.a.2
  density ≥ 5.92 | market=datacenter, tpp=4799.999999
# a larger die is a smaller density: 5.92 × 500 = 2960
  area ≤ 500 | market=datacenter, tpp=2960
# Note 2: for other markets 4800 alone counts, whatever the density
us-3a090-a | 2023-11-17 | 3A090.a.1
  tpp ≥ 4800 | market=consumer, density=20
  tpp ≥ 4800 | market=workstation, density=20
  tpp ≥ 4800 | market=automotive, density=20
us-3a090-a | 2026-07-23 | 3A090.a.1
  tpp ≥ 4800 | market=edge, density=20
us-3a090-b | 2026-07-23 | 3A090.b.2
  tpp ≥ 4800 | market=edge, density=3.2
  tpp ≥ 4800 | market=consumer, density=5.919999999
# 3A090.b: 2400 or more and less than 4800, with 1.6 or more and less than 5.92
us-3a090-b | 2023-11-17 | 3A090.b.1
  tpp ≥ 2400 | market=datacenter, density=1.6
us-3a090-b | 2026-07-23 | 3A090.b.1
  tpp ≥ 2400 | market=datacenter, density=3.199999999
us-3a090-b | 2023-11-17 | 3A090.b.1
  tpp < 4800 | market=datacenter, density=1.6
us-3a090-b | 2026-07-23 | 3A090.b.1
  tpp < 4800 | market=datacenter, density=3.199999999
us-3a090-b | 2023-11-17 | 3A090.b.1
  density ≥ 1.6 | market=datacenter, tpp=2400
us-3a090-b | 2026-07-23 | 3A090.b.1
  density ≥ 1.6 | market=datacenter, tpp=4799.999999
us-3a090-b | 2023-11-17 | 3A090.b.1
  density < 5.92 | market=datacenter, tpp=2400
us-3a090-b | 2026-07-23 | 3A090.b.1
  area ≤ 1820 | market=datacenter, tpp=2912
# and 1600 or more, with no upper bound, with 3.2 or more and less than 5.92
us-3a090-b | 2023-11-17 | 3A090.b.2
  tpp ≥ 1600 | market=datacenter, density=3.2
us-3a090-b | 2026-07-23 | 3A090.b.2
  tpp ≥ 1600 | market=datacenter, density=5.919999999
us-3a090-b | 2023-11-17 | 3A090.b.2
  density ≥ 3.2 | market=datacenter, tpp=1600
us-3a090-b | 2026-07-23 | 3A090.b.2
  density ≥ 3.2 | market=datacenter, tpp=2399.999999
  density ≥ 3.2 | market=datacenter, tpp=99999
us-3a090-b | 2023-11-17 | 3A090.b.2
  density < 5.92 | market=datacenter, tpp=1600
us-3a090-b | 2026-07-23 | 3A090.b.2
  density < 5.92 | market=datacenter, tpp=99999
# 89 FR 96790, 3A090.c: greater than 2; Licence Exception HBM, 15 CFR 740.25: less than 3.3
us-3a090-c | 2024-12-02 | 3A090.c
  hbm > 2 | item=memory
us-3a090-c | 2026-07-23 | 3A090.c
  memory > 242 | item=memory, package_area=121
us-le-hbm | 2024-12-02 | 15 CFR 740.25
  hbm < 3.3 | item=memory
us-le-hbm | 2026-07-23 | 15 CFR 740.25
  hbm > 2 | item=memory
# boards, computers and .z items: the same parameters
us-4a090-a | 2023-11-17 | 4A090.a
  tpp ≥ 4800 | item=board, market=consumer
us-4a090-a | 2026-07-23 | 4A090.a
  density ≥ 5.92 | item=system, market=datacenter, tpp=1600
us-4a090-b | 2023-11-17 | 4A090.b
  tpp ≥ 2400 | item=board, market=datacenter, density=1.6
  tpp < 4800 | item=board, market=datacenter, density=1.6
us-4a090-b | 2026-07-23 | 4A090.b
  density ≥ 3.2 | item=system, market=datacenter, tpp=1600
us-z-paragraphs | 2023-11-17 | .z, performance of 3A090.a
  tpp ≥ 4800 | item=system, market=edge, density=0
us-z-paragraphs | 2026-07-23 | .z, performance of 3A090.b
  tpp ≥ 2400 | item=ic, market=datacenter, density=1.6
# 3A991.p: 8 TOPS or more, or 150 Gbyte/s or more; 4A994.l: boards and computers with such circuits
us-3a991-p | 2022-10-07 | 3A991.p.1
  rate ≥ 8 | tpp=64, io=149.999
us-3a991-p | 2026-07-23 | 3A991.p.1
  rate ≥ 8 | tpp=64, io=0
us-3a991-p | 2026-07-23 | 3A991.p.2
  io ≥ 150 | tpp=0, rate=7.999
us-4a994-l | 2026-07-23 | 4A994.l
  rate ≥ 8 | tpp=64, io=0, item=board
  io ≥ 150 | tpp=0, rate=0, item=system
# what 3A090 describes is not left to them
us-3a991-p | 2026-07-23 | 3A991.p.1
  tpp < 4800 | rate=600, market=consumer
us-4a994-l | 2026-07-23 | 4A994.l
  tpp < 1600 | rate=600, market=datacenter, density=3.2, item=board
us-4a003-app | 2026-07-23 | 4A003.b
  app > 70 | item=system
# Note 1 to 3A090.a: the 16/14 nm node or below; below 30, 35 and 40 billion transistors
us-foundry-presumption | 2025-01-16 | Note 1 to 3A090.a
  node ≤ 16 | party=fabricator, transistors=30, area=0
us-foundry-presumption | 2026-07-23 | Note 1 to 3A090.a
  node ≤ 16 | party=osat, transistors=99, area=0
us-foundry-presumption | 2025-01-16 | Note 1 to 3A090.a
  transistors ≥ 30 | party=fabricator, packaging=fabricator, node=16, memory_kind=hbm
us-foundry-presumption | 2026-12-31 | Note 1 to 3A090.a
  transistors ≥ 30 | party=osat, packaging=approved, node=4, memory_kind=other
us-foundry-presumption | 2027-01-01 | Note 1 to 3A090.a
  node ≤ 16 | party=osat, transistors=50, area=0
  transistors ≥ 35 | party=fabricator, packaging=fabricator, node=4, memory_kind=other
  transistors ≥ 30 | party=fabricator, packaging=fabricator, node=4, memory_kind=hbm
us-foundry-presumption | 2027-12-31 | Note 1 to 3A090.a
  transistors ≥ 35 | party=osat, packaging=approved, node=4, memory_kind=other
us-foundry-presumption | 2028-12-31 | Note 1 to 3A090.a
  transistors ≥ 30 | party=osat, packaging=approved, node=4, memory_kind=hbm
# nothing is printed for 2028; that 35 goes on is inferred
us-foundry-presumption | 2028-06-30 | Note 1 to 3A090.a
  node ≤ 16 | party=osat, transistors=50, area=0
  transistors ≥ 35 | party=osat, packaging=approved, node=4, memory_kind=other
us-foundry-presumption | 2029-01-01 | Note 1 to 3A090.a
  node ≤ 16 | party=osat, transistors=50, area=0
  transistors ≥ 40 | party=fabricator, packaging=fabricator, node=4, memory_kind=other
  transistors ≥ 30 | party=fabricator, packaging=fabricator, node=4, memory_kind=hbm
# 90 FR 4544: 3A090.a, printed the whole time, enforced or not
us-ai-diffusion | 2025-01-13 | 15 CFR 742.6(a)(6)(iii)(A)
  tpp ≥ 4800 | market=consumer
us-ai-diffusion | 2026-07-23 | 15 CFR 742.6(a)(6)(iii)(A)
  density ≥ 5.92 | market=datacenter, tpp=1600, item=board
# 91 FR 1684: less than 21,000 and less than 6,500 GB/s
us-review-policy-2026 | 2026-01-15 | 15 CFR 742.6(b)(10)(iii)(A)(1)
  tpp < 21000 | memory=6499.999
  memory < 6500 | tpp=20999.999, item=board
# and for items of 3A090 or 4A090 alone
  tpp ≥ 4800 | memory=1000, market=consumer
  density ≥ 3.2 | memory=1000, market=datacenter, tpp=1600
  area ≤ 1820 | memory=1000, market=datacenter, tpp=2912, item=board
# proclamation of 2026-01-14: greater than and less than, on all eight sides
us-tariff-232 | 2026-01-15 | U.S. note 39(b), first band
  tpp > 14000 | memory=4800
  tpp < 17500 | memory=4800
  memory > 4500 | tpp=15840
  memory < 5000 | tpp=14000.001
us-tariff-232 | 2026-01-15 | U.S. note 39(b), second band
  tpp > 20800 | memory=6000
  tpp < 21100 | memory=6000
  memory > 5800 | tpp=20918
  memory < 6200 | tpp=21099.999
# NVIDIA, Form 8-K of 2023-10-24: 4800 or more, and designed or marketed for data centers
us-letter-2023-10 | 2023-10-23 |
  tpp ≥ 4800 | market=datacenter, chip=l40
# Intel's e-mail of April 2025, as Reuters prints it: 1,400, 1,100 or together 1,700 GB/s or more
us-letter-2025-04-reported | 2025-04-09 |
  memory ≥ 1400 | io=299, chip=l20
  io ≥ 1100 | memory=599, chip=mi308x
  memory ≥ 1300 | io=400, chip=gaudi3
  io ≥ 700 | memory=1000, chip=l20
# H.R.6875, section 2, covered integrated circuit
us-ai-overwatch | 2025-12-18 |
  tpp ≥ 4800 | market=datacenter, density=1.599, memory=0, io=0
  tpp ≥ 2400 | market=datacenter, density=1.6, memory=0, io=0
  density ≥ 1.6 | market=datacenter, tpp=2400, memory=0, io=0
  tpp ≥ 1600 | market=datacenter, density=3.2, memory=0, io=0
  density ≥ 3.2 | market=datacenter, tpp=1600, memory=0, io=0
  memory ≥ 1400 | market=datacenter, tpp=1599, io=299
  io ≥ 1100 | market=datacenter, tpp=1599, memory=599
  memory ≥ 1300 | market=datacenter, tpp=1599, io=400
# S.4456, section 2, restricted integrated circuit
us-ai-overwatch-senate | 2026-04-30 |
  tpp ≥ 21000 | market=datacenter, density=0, launched=2026-01-01
  tpp ≥ 1600 | market=datacenter, density=21, launched=2026-01-01
  density ≥ 21 | market=datacenter, tpp=1600, launched=2026-01-01
  tpp ≥ 4800 | market=datacenter, density=0, launched=2026-01-02
  tpp ≥ 2400 | market=datacenter, density=1.6, launched=2026-01-02
  density ≥ 1.6 | market=datacenter, tpp=2400, launched=2026-01-02
  tpp ≥ 1600 | market=datacenter, density=3.2, launched=2026-01-02
  density ≥ 3.2 | market=datacenter, tpp=1600, launched=2026-01-02
# S.3374, section 2, advanced integrated circuit
us-safe-chips | 2025-12-04 |
  tpp ≥ 4800 | market=datacenter, density=0, memory=0, io=0
  tpp ≥ 2400 | market=datacenter, density=1.6, memory=0, io=0
  density ≥ 1.6 | market=datacenter, tpp=2400, memory=0, io=0
  tpp ≥ 1600 | market=datacenter, density=3.2, memory=0, io=0
  density ≥ 3.2 | market=datacenter, tpp=1600, memory=0, io=0
  memory ≥ 4100 | market=datacenter, tpp=1599, io=899
  io ≥ 1100 | market=datacenter, tpp=1599, memory=3899
  memory ≥ 4000 | market=datacenter, tpp=1599, io=1000
# GAIN AI Act, as introduced again in S.3150 of 2025-11-06, section 2, advanced integrated circuit
us-gain-ai | 2025-11-06 |
  tpp ≥ 4800 | market=datacenter, density=0, memory=0, io=0
  tpp ≥ 2400 | market=datacenter, density=1.6, memory=0, io=0
  density ≥ 1.6 | market=datacenter, tpp=2400, memory=0, io=0
  tpp ≥ 1600 | market=datacenter, density=3.2, memory=0, io=0
  density ≥ 3.2 | market=datacenter, tpp=1600, memory=0, io=0
  memory ≥ 1400 | market=datacenter, tpp=1599, io=299
  io ≥ 1100 | market=datacenter, tpp=1599, memory=599
  io ≥ 700 | market=datacenter, tpp=1599, memory=1000
""")
]


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"{row.rule} {row.day} {row.limit}")
def test_a_limit_holds_from_the_figure_and_on_the_side_that_the_text_gives(row: Limit) -> None:
    for values, holds in row.cases():
        chip = values.pop("chip", "")
        found = alone(row.rule, values, row.day, chip)
        assert found.verdict is (Verdict.met if holds else Verdict.not_met), values
        if holds and row.cite:
            assert row.cite in found.cites


def test_every_rule_with_a_figure_has_its_limits_in_the_table() -> None:
    """Rules without one name circuits, other rules or destinations; two letters are not public."""
    with_figures = {
        name
        for name, versions in RULEBOOK.provisions.items()
        if any(isinstance(leaf, Threshold) for each in versions for leaf in leaves(each.criterion))
    }
    assert with_figures <= {row.rule for row in LIMITS}


def test_the_house_bill_restates_limits_that_its_reference_to_3a090_hides() -> None:
    """H.R.6875, section 2, covered integrated circuit: six figures, all of them "or more"."""
    (text,) = RULEBOOK.provisions["us-ai-overwatch"]
    compared = [each for each in leaves(text.criterion) if isinstance(each, Threshold)]
    assert {each.relation for each in compared} == {"at_least"}
    limits = [(each.of.name, each.limit.amount.best) for each in compared]
    density = [Fraction("1.6"), Fraction("3.2")]
    assert sorted(best for name, best in limits if name == "performance_density") == density
    assert sorted(best for name, best in limits if name == "tpp") == [1600, 2400, 4800]


def test_an_integrated_circuit_is_never_said_to_meet_a_paragraph_on_boards() -> None:
    for each in check({}, TODAY, "h100-sxm").findings:
        assert not [cite for cite in each.cites if cite.startswith("4A090")], each.provision.id


def test_the_first_day_after_2026_01_01_is_first_marketed_after_it() -> None:
    values = {"tpp": "4800", "performance_density": "0", "market": "datacenter"}
    verdicts = [
        finding(check({**values, "launched": day}, "2026-04-30"), "us-ai-overwatch-senate").verdict
        for day in ("2025-12-31", "2026-01-01", "2026-01-02", "2026", "2025")
    ]
    met, not_met = Verdict.met, Verdict.not_met
    assert verdicts == [not_met, not_met, met, Verdict.unknown, not_met]


@pytest.mark.parametrize("tpp", ["1600", "2400", "4799.999999999", "4800"])
def test_a_chip_without_a_non_planar_die_is_caught_by_4800_alone(tpp: str) -> None:
    """It has no applicable die area, so no density: inferred, as CSET and law firms read it."""
    checked = check({"tpp": tpp, "applicable_die_area": "0 mm^2", "market": "datacenter"}, TODAY)
    assert limbs(checked) == (("3A090.a.1",) if tpp == "4800" else ())
    verdicts = {finding(checked, f"us-3a090-{each}").verdict for each in "ab"}
    assert Verdict.unknown not in verdicts


@pytest.mark.parametrize("day", ["2025-01-16", "2027-07-01", "2028-07-01", "2029-07-01"])
def test_the_presumption_begins_with_the_first_non_planar_square_millimetre(day: str) -> None:
    values = {"party": "fabricator", "process_node": "22 nm", "transistors": "50 billion"}
    for size, expected in (("0", Verdict.not_met), (f"{STEP:f}", Verdict.met)):
        checked = check({**values, "applicable_die_area": f"{size} mm^2"}, day)
        assert finding(checked, "us-foundry-presumption").verdict is expected


@pytest.mark.parametrize("party", ["other", ""])
def test_nobody_but_fabricators_and_packagers_is_asked_for_the_presumption(party: str) -> None:
    given_party = {"party": party} if party else {}
    checked = check({**given_party, "process_node": "4 nm", "transistors": "80 billion"}, TODAY)
    assert "us-foundry-presumption" not in {each.provision.id for each in checked.findings}


def test_a_presumption_changes_no_classification_and_stands_before_it() -> None:
    fabricator, anybody = (check(each, TODAY, "h20") for each in ({"party": "fabricator"}, {}))
    assert finding(fabricator, "us-foundry-presumption").verdict is Verdict.met
    assert fabricator.classification == anybody.classification
    presumption = fabricator.presumption
    assert presumption is not None
    assert fabricator.presumed(presumption) == "3A090.a"
    assert "presumed 3A090.a" in sentence(fabricator)
    assert anybody.presumption is None


# Note 1.a to 1.c as codified on 2026-07-23: an approved or authorized designer; packaging by the
# fabricator outside Macau and D:5; packaging by an approved company that attests the count. Each
# count is for the whole package. 35 billion is for 2027, 40 for 2029 and later, without HBM.


class Overcome(NamedTuple):
    """What is said of packaging and attestation, and of the count and the memory, on a day."""

    day: str
    said: str
    transistors: str
    memory: str
    expected: str


OVERCOME = [
    Overcome(*row)
    for row in rows("""
2026-07-31
  | 29 | other | unknown
  | 30 | other | met
  packaging=fabricator | 29 | hbm | not met
  packaging=approved | 29 | hbm | not met
  packaging=other | 29 | other | met
  packaging=fabricator | 30 | other | met
  packaging=approved | 34 | other | met
  attestation=designer | 80 | hbm | not met
  packaging=other, attestation=designer | 80 | hbm | not met
2027-06-30
  packaging=fabricator | 34 | other | not met
  packaging=approved | 34 | other | not met
  packaging=other | 34 | other | met
  | 34 | other | unknown
  packaging=fabricator | 34 | hbm | met
  packaging=fabricator | 35 | other | met
2029-01-01
  packaging=approved | 39 | other | not met
  packaging=approved | 40 | other | met
  | 39 | hbm | met
""")
]


@pytest.mark.parametrize("row", OVERCOME, ids=lambda row: f"{row.day} {row.said} {row.transistors}")
@pytest.mark.parametrize("party", ["fabricator", "osat"])
def test_a_low_count_overcomes_the_presumption_only_as_note_1_says(
    row: Overcome, party: str
) -> None:
    said = dict(each.strip().split("=") for each in row.said.split(",") if each)
    node = {"process_node": "5 nm", "transistors": f"{row.transistors} billion"}
    values = {"party": party, "memory_kind": row.memory, **node, **said}
    assert alone("us-foundry-presumption", values, row.day).verdict.value == row.expected


def test_where_it_is_packaged_decides_for_a_fabricator() -> None:
    """Orin has 17 to 21 billion transistors; nothing is said of who packages it where."""
    orin = check({"party": "fabricator"}, TODAY, "orin-x")
    presumption = orin.presumption
    assert presumption is not None
    assert presumption.verdict is Verdict.unknown
    assert presumption.deciding is not None
    assert presumption.deciding.circumstances == ("packaging",)
    assert "2026-07-31: not settled whether presumed 3A090.a" in sentence(orin)


@pytest.mark.parametrize(
    ("chip", "said", "status"),
    [
        ("h20", (), 1),  # 80 billion transistors
        ("orin-x", (), OPEN),
        ("orin-x", ("packaging=other",), 1),
        ("orin-x", ("packaging=approved",), 0),
        ("h20", ("attestation=designer",), 0),
    ],
)
def test_the_status_tells_whether_a_presumption_holds(
    chip: str, said: Sequence[str], status: int
) -> None:
    database = Database(STORE)
    wanted = asked([chip], changes=["party=fabricator", *said])
    assert tally(checked_as(database, database.rules(TODAY), wanted)).code == status


def test_a_text_for_2028_is_inferred_as_nothing_is_printed_for_it() -> None:
    texts = RULEBOOK.provisions["us-foundry-presumption"]
    by_year = {each.version.begins.year: each.version.confidence for each in texts}
    assert by_year == {2025: "text", 2027: "text", 2028: "inferred", 2029: "text"}


def test_one_chip_above_70_wt_is_always_above_4800_as_well() -> None:
    """APP takes 0.9 of a 64-bit rate at most, TPP 64 of it: 70 ÷ 0.9 × 64 = 4977.8."""
    rate = format(Decimal(70) / Decimal("0.9") + STEP, "f")
    values = {"throughput[fp64,engine=vector]": f"{rate} TFLOPS", "item": "system"}
    checked = check(values, TODAY)
    assert finding(checked, "us-4a003-app").verdict is Verdict.met
    assert checked.classification.paragraph == "4A090.a"


# Letters name chips.


@pytest.mark.parametrize(
    ("rule", "day", "chip", "expected"),
    [
        # NVIDIA, Form 8-K of 2022-08-31; AMD's word to Reuters on MI250 and MI100 of the same day
        ("us-letter-2022-08", "2022-08-31", "a100-sxm", "met"),
        ("us-letter-2022-08", "2022-08-31", "a100-pcie", "met"),
        ("us-letter-2022-08", "2022-08-31", "h100-pcie", "met"),
        ("us-letter-2022-08", "2022-08-31", "mi250x", "met"),
        ("us-letter-2022-08", "2022-08-31", "v100", "not met"),
        ("us-letter-2022-08", "2022-08-31", "a30", "not met"),
        # NVIDIA, Form 8-K of 2023-10-24: five products, and the RTX 4090 is none of them
        ("us-letter-2023-10", "2023-10-24", "a100-sxm", "met"),
        ("us-letter-2023-10", "2023-10-24", "a800-sxm", "met"),
        ("us-letter-2023-10", "2023-10-24", "h100-sxm", "met"),
        ("us-letter-2023-10", "2023-10-24", "h800-sxm", "met"),
        ("us-letter-2023-10", "2023-10-24", "l40s", "met"),
        ("us-letter-2023-10", "2023-10-24", "l40", "not met"),
        ("us-letter-2023-10", "2023-10-24", "rtx-4090", "not met"),
        # NVIDIA, Form 8-K filed on 2025-04-15; AMD, Form 8-K of 2025-04-16
        ("us-letter-2025-04", "2025-04-16", "h20", "met"),
        ("us-letter-2025-04", "2025-04-16", "mi308x", "not met"),
        ("us-letter-2025-04-amd", "2025-04-16", "mi308x", "met"),
        ("us-letter-2025-04-amd", "2025-04-16", "h20", "not met"),
        ("us-letter-2025-04", "2025-04-16", "l20", "unknown"),
        ("us-letter-2025-04-reported", "2025-04-16", "h20", "met"),
        # the press on parts that are built for China below 1,400 GB/s
        ("us-letter-2025-04-reported", "2025-08-01", "rtx-pro-6000d", "not met"),
        ("us-letter-2025-04-reported", "2025-08-01", "rtx-5090d-v2", "not met"),
        # 91 FR 1684 names two chips that pass; the tariff lies around the same two
        ("us-review-policy-2026", "2026-01-15", "h200-sxm", "met"),
        ("us-review-policy-2026", "2026-01-15", "mi325x", "met"),
        ("us-review-policy-2026", "2026-01-15", "b200", "not met"),
        ("us-review-policy-2026", "2026-01-15", "h20", "not met"),
        ("us-tariff-232", "2026-01-15", "h200-sxm", "met"),
        ("us-tariff-232", "2026-01-15", "mi325x", "met"),
        ("us-tariff-232", "2026-01-15", "h20", "not met"),
    ],
)
def test_a_chip_that_a_filing_or_rule_names_comes_out_as_it_says(
    rule: str, day: str, chip: str, expected: str
) -> None:
    assert alone(rule, {}, day, chip).verdict == expected


# Who received a letter: NVIDIA and AMD in 2022, NVIDIA alone in 2023 (Form 8-K of 2023-10-24),
# both in 2025; Intel's is known from the press, which prints the figures.
LETTERS = {
    "us-letter-2022-08": ("2022-08-31", ("nvidia", "amd")),
    "us-letter-2023-10": ("2023-10-24", ("nvidia",)),
    "us-letter-2025-04": ("2025-04-16", ("nvidia",)),
    "us-letter-2025-04-amd": ("2025-04-16", ("amd",)),
    "us-letter-2025-04-reported": ("2025-04-16", ("nvidia", "amd", "intel")),
}


def is_memory(sheet: Sheet) -> bool:
    return sheet.item is not None and sheet.item.value == "memory"


@pytest.mark.parametrize("rule", LETTERS)
def test_a_letter_is_not_met_by_the_chip_of_a_maker_that_did_not_receive_it(rule: str) -> None:
    day, addressees = LETTERS[rule]
    huge = {"tpp": "99999", "memory_bandwidth": "99999 GB/s", "io_bandwidth": "99999 GB/s"}
    others = [
        chip
        for chip, sheet in SHEETS.items()
        if sheet.chip.vendor not in addressees and not is_memory(sheet)  # of which no letter speaks
    ]
    assert {"ascend-910b1", "br100"} <= {*others}
    for chip in others:
        supposed = {**huge, "market": "datacenter", "launched": day}
        for values in ({},) if SHEETS[chip].contents else ({}, supposed):
            assert alone(rule, values, day, chip).verdict is Verdict.not_met, chip


def test_a_letter_names_those_who_received_it_and_no_others() -> None:
    for versions in RULEBOOK.provisions.values():
        rule = versions[-1].rule
        assert rule.addressees == LETTERS.get(rule.id, ("", ()))[1], rule.id
        assert bool(rule.addressees) is (rule.kind == LETTER), rule.id


@pytest.mark.parametrize("rule", LETTERS)
def test_whether_a_letter_binds_the_maker_of_an_item_without_a_sheet_is_unknown(rule: str) -> None:
    """Every public figure is far above its limit, so that the maker alone is left open."""
    day, _ = LETTERS[rule]
    values = {"tpp": "99999", "memory_bandwidth": "99999 GB/s", "market": "datacenter"}
    assert alone(rule, values, day).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("rule", "chip", "expected"),
    [
        # what NVIDIA's letter says of others than A100 and H100 is for its future circuits
        ("us-letter-2022-08", "a30", "not met"),
        ("us-letter-2022-08", "l40", "unknown"),
        ("us-letter-2022-08", "mi210", "unknown"),
        ("us-letter-2025-04", "h200-sxm", "unknown"),
        ("us-letter-2025-04-amd", "mi325x", "unknown"),
    ],
)
def test_what_a_letter_says_of_an_addressees_other_chips_is_not_public(
    rule: str, chip: str, expected: str
) -> None:
    assert alone(rule, {}, LETTERS[rule][0], chip).verdict == expected


def test_the_h200_nvl_is_in_the_tariff_by_nvidias_figure_and_not_by_its_data_sheet() -> None:
    """NVIDIA declares 14,144; its data sheet's 1670.5 TFLOPS at 8 bits make 13,364."""
    for tpp, expected in (("14144", Verdict.met), ("13364", Verdict.not_met)):
        found = finding(
            check({"tpp": tpp}, "2026-01-15", "h200-nvl", "us-tariff-232"), "us-tariff-232"
        )
        assert found.verdict is expected
    both = finding(check({}, "2026-01-15", "h200-nvl"), "us-tariff-232")
    assert both.straddles
    assert both.verdict is Verdict.unknown


# Dates: the first day and, where a later text or an end is known, the last one.

PERIODS = rows("""
  us-3a991-p | 2022-10-07 | 2023-11-16
  us-4a994-l | 2022-10-07 | 2023-11-16
  us-3a991-p | 2023-11-17 |
  us-4a994-l | 2023-11-17 |
  us-4a003-app | 2023-12-04 |
  us-tariff-232 | 2026-01-15 |
  us-letter-2022-08 | 2022-08-26 | 2022-10-06
  us-letter-2023-10 | 2023-10-23 | 2023-11-16
  us-letter-2025-04 | 2025-04-09 |
  us-letter-2025-04-amd | 2025-04-09 |
  us-letter-2025-04-reported | 2025-04-09 |
  us-ai-overwatch | 2025-12-18 |
  us-ai-overwatch-senate | 2026-04-30 |
  us-safe-chips | 2025-12-04 |
  us-gain-ai | 2025-10-09 | 2025-11-05
  us-gain-ai | 2025-11-06 |
87 FR 62186
  us-3a090-a | 2022-10-07 | 2023-11-16
  us-4a090-a | 2022-10-07 | 2023-11-16
88 FR 73458
  us-3a090-a | 2023-11-17 |
  us-3a090-b | 2023-11-17 |
  us-4a090-a | 2023-11-17 |
  us-4a090-b | 2023-11-17 |
  us-z-paragraphs | 2023-11-17 | 2024-04-03
89 FR 23876
  us-z-paragraphs | 2024-04-04 |
89 FR 96790
  us-3a090-c | 2024-12-02 |
  us-le-hbm | 2024-12-02 |
90 FR 4544
  us-ai-diffusion | 2025-01-13 | 2025-05-12
  us-ai-diffusion | 2025-05-13 | 2026-07-09
  us-ai-diffusion | 2026-07-10 |
90 FR 5298
  us-foundry-presumption | 2025-01-16 | 2026-12-31
  us-foundry-presumption | 2027-01-01 | 2027-12-31
  us-foundry-presumption | 2029-01-01 |
91 FR 1684
  us-review-policy-2026 | 2026-01-15 |
""")


def text_on(rule: str, day: datetime.date) -> Version | None:
    """Return the text of a rule that holds on a day."""
    holding = [each.version for each in RULEBOOK.on(day) if each.id == rule]
    return holding[0] if holding else None


@pytest.mark.parametrize(("citation", "rule", "first", "last"), PERIODS)
def test_a_text_holds_from_its_first_day_to_its_last(
    citation: str, rule: str, first: str, last: str
) -> None:
    day = datetime.timedelta(days=1)
    begins = datetime.date.fromisoformat(first)
    text = text_on(rule, begins)
    assert text
    assert text.begins == begins
    assert (text.citation or "") == citation
    assert text_on(rule, begins - day) is not text
    ends = datetime.date.fromisoformat(last or "2040-01-01")
    assert text_on(rule, ends) is text
    assert (text_on(rule, ends + day) is text) == (not last)


def test_a_rule_has_no_text_before_the_first_period_of_the_table() -> None:
    firsts: dict[str, str] = {}
    for _, rule, first, _ in PERIODS:
        firsts[rule] = min(first, firsts.get(rule, first))
    for rule, first in firsts.items():
        before = datetime.date.fromisoformat(first) - datetime.timedelta(days=1)
        assert text_on(rule, before) is None


@pytest.mark.parametrize(
    ("rule", "day", "published", "compliance", "standing"),
    [
        ("us-3a090-a", "2022-10-07", "2022-10-13", "", "in force"),
        ("us-3a090-a", "2023-11-17", "2023-10-25", "", "in force"),
        ("us-3a090-b", "2023-11-17", "2023-10-25", "", "in force"),
        ("us-3a090-c", "2024-12-02", "2024-12-05", "2024-12-31", "in force"),
        ("us-le-hbm", "2024-12-02", "2024-12-05", "", "in force"),
        ("us-z-paragraphs", "2024-04-04", "2024-04-04", "", "in force"),
        ("us-ai-diffusion", "2025-01-13", "2025-01-15", "2025-05-15", "in force"),
        ("us-ai-diffusion", "2025-05-13", "", "", "not enforced"),
        ("us-foundry-presumption", "2025-01-16", "2025-01-16", "", "in force"),
        ("us-review-policy-2026", "2026-01-15", "2026-01-15", "", "in force"),
        ("us-letter-2025-04", "2025-04-09", "", "", "in force"),
        ("us-letter-2025-04-reported", "2025-04-09", "", "", "reported"),
        ("us-ai-overwatch", "2025-12-18", "", "", "proposed"),
        ("us-ai-overwatch-senate", "2026-04-30", "", "", "proposed"),
        ("us-safe-chips", "2025-12-04", "", "", "proposed"),
        ("us-gain-ai", "2025-11-06", "", "", "proposed"),
    ],
)
def test_a_text_has_the_dates_of_the_federal_register_and_its_standing(
    rule: str, day: str, published: str, compliance: str, standing: str
) -> None:
    text = text_on(rule, datetime.date.fromisoformat(day))
    assert text
    assert str(text.published or "") == published
    assert str(text.compliance or "") == compliance
    assert text.standing == standing


@pytest.mark.parametrize(
    ("rule", "day", "confidence"),
    [
        ("us-3a090-a", "2022-10-07", "quoted"),
        ("us-3a090-a", "2023-11-17", "text"),
        ("us-3a090-b", "2023-11-17", "text"),
        ("us-3a090-c", "2024-12-02", "text"),
        ("us-4a090-a", "2022-10-07", "secondary"),
        ("us-4a003-app", "2023-12-04", "secondary"),
        ("us-z-paragraphs", "2023-11-17", "secondary"),
        ("us-foundry-presumption", "2027-01-01", "text"),
        ("us-foundry-presumption", "2028-01-01", "inferred"),
        ("us-foundry-presumption", "2029-01-01", "text"),
        ("us-tariff-232", "2026-01-15", "quoted"),
        ("us-letter-2023-10", "2023-10-23", "secondary"),
        ("us-letter-2025-04", "2025-04-09", "text"),
        ("us-letter-2025-04-amd", "2025-04-09", "secondary"),
        ("us-letter-2025-04-reported", "2025-04-09", "secondary"),
        ("us-3a991-p", "2022-10-07", "unverified"),
        ("us-4a994-l", "2022-10-07", "unverified"),
        ("us-3a991-p", "2023-11-17", "text"),
        ("us-4a994-l", "2023-11-17", "text"),
        ("us-gain-ai", "2025-10-09", "unverified"),
        ("us-gain-ai", "2025-11-06", "quoted"),
    ],
)
def test_a_text_is_no_firmer_than_what_was_read_of_it(rule: str, day: str, confidence: str) -> None:
    text = text_on(rule, datetime.date.fromisoformat(day))
    assert text
    assert text.confidence == confidence


def test_no_text_is_checked_later_than_the_issue_of_the_code_that_it_cites() -> None:
    for versions in RULEBOOK.provisions.values():
        rule, latest = versions[-1].rule, versions[-1]
        issues = [
            source.published
            for key in latest.version.source
            if key.startswith("ecfr-") and (source := RULEBOOK.source(latest, key))
        ]
        for issue in issues:
            assert str(rule.verified) <= str(issue), rule.id


# What is no classification stays out of it.

CLASSIFYING = {"3A090.a", "3A090.b", "3A090.c", "3A991.p"}
CLASSIFYING |= {"4A003.b", "4A090.a", "4A090.b", "4A994.l"}
OTHER = [
    each for each, found in RULEBOOK.provisions.items() if found[0].rule.kind != "classification"
]
PARAGRAPHS = [each for each in RULEBOOK.provisions if each not in OTHER]
WATCHED = ("h20", "h100-sxm", "h200-sxm", "l40s", "l20", "a800-sxm", "rtx-4090", "mi308x", "b200")


def test_only_paragraphs_of_the_commerce_control_list_classify() -> None:
    rules = [found[0].rule for found in RULEBOOK.provisions.values()]
    assert {each.paragraph for each in rules if each.kind == "classification"} == CLASSIFYING
    assert {each.paragraph for each in rules if each.residual} == {"3A991.p", "4A994.l"}
    presumed = {each.paragraph for each in rules if each.kind == "presumption"}
    assert presumed == {"Note 1 to 3A090.a"}
    assert {each.paragraph for each in rules if each.is_control} <= CLASSIFYING | presumed


DAYS = sorted({str(RULEBOOK.provisions[each][0].version.begins) for each in OTHER} | {TODAY})


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("item", ["ic", "board", "system"])
def test_the_classification_is_the_same_when_no_other_kind_of_rule_is_asked(
    day: str, item: str
) -> None:
    alone = real_rules(day, *PARAGRAPHS)
    third = DAYS.index(day) % 3  # daily, a third of the chips on each day, and all of them in turn
    for chip in daily(WATCHED, WATCHED[third::3]):
        supposed = suppose(SHEETS[chip], {"item": item}, STORE.vocabulary)
        expected = alone.check(supposed.evaluator, supposed.circumstances).classification
        classification = check({"item": item}, day, chip).classification
        assert classification == expected
        assert {classification.paragraph, *classification.possible} <= {"", *CLASSIFYING}


@pytest.mark.parametrize(
    ("rule", "first", "chip", "paragraph"),
    [
        ("us-letter-2022-08", "2022-08-26", "a100-sxm", ""),
        ("us-letter-2023-10", "2023-10-23", "a800-sxm", "3A991.p"),
        ("us-letter-2025-04", "2025-04-09", "h20", "3A991.p"),
        ("us-letter-2025-04-reported", "2025-04-09", "h20", "3A991.p"),
    ],
)
def test_a_letter_is_met_from_its_day_on_and_the_eccn_stays(
    rule: str, first: str, chip: str, paragraph: str
) -> None:
    """NVIDIA still lists HGX H20 boards as 4A994.l in July 2026."""
    before = str(datetime.date.fromisoformat(first) - datetime.timedelta(days=1))
    assert rule not in {each.provision.id for each in check({}, before, chip).findings}
    assert alone(rule, {}, first, chip).verdict is Verdict.met
    for day in (before, first):
        assert check({}, day, chip).classification.paragraph == paragraph


def test_the_tariff_and_the_policy_are_met_by_a_chip_that_stays_3a090_a() -> None:
    checked = check({}, "2026-01-15", "h200-sxm")
    assert finding(checked, "us-tariff-232").verdict is Verdict.met
    assert finding(checked, "us-review-policy-2026").verdict is Verdict.met
    assert checked.classification.paragraph == "3A090.a"


# Bills leave out what is not for data centers.


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("us-ai-overwatch", "2025-12-18"),
        ("us-ai-overwatch-senate", "2026-04-30"),  # (a)(9)(D)(i)
        ("us-safe-chips", "2025-12-04"),  # section 2, (b)
    ],
)
@pytest.mark.parametrize("market", MARKETS[1:])
def test_a_bill_leaves_out_what_is_not_designed_or_marketed_for_data_centers(
    rule: str, day: str, market: str
) -> None:
    values = {"tpp": "30000", "performance_density": "40", "launched": "2026-03-01"}
    assert alone(rule, {**values, "market": market}, day).verdict is Verdict.not_met
    assert alone(rule, {**values, "market": "datacenter"}, day).verdict is Verdict.met


# The text of 3A090.a and 3A090.b once more, as plain arithmetic.

Exact: TypeAlias = Fraction | None


def by_the_text(tpp: Fraction, density: Exact, market: str) -> Limbs:
    """Return the limbs that are met; a density of None is that of a chip that has none."""
    if market != "datacenter" and not tpp >= 4800:
        return ()
    dense = density is not None
    of = density or Fraction(0)
    found = {
        "3A090.a.1": tpp >= 4800,
        "3A090.a.2": tpp >= 1600 and dense and of >= Fraction("5.92"),
        "3A090.b.1": 2400 <= tpp < 4800 and dense and Fraction("1.6") <= of < Fraction("5.92"),
        "3A090.b.2": tpp >= 1600 and dense and Fraction("3.2") <= of < Fraction("5.92"),
    }
    return tuple(cite for cite, met in found.items() if met)


def around(points: Sequence[Fraction]) -> list[Fraction]:
    """Return points, something between each two, and something beyond the last."""
    ordered = sorted({Fraction(0), *points})
    return [*ordered, *((one + two) / 2 for one, two in pairwise(ordered)), ordered[-1] + 1]


def every_case(tpp: Exact, size: Exact, market: str) -> Iterator[Limbs]:
    """Yield what the text says for every value of what is not known (None, or no market).

    A die area of zero is that of a chip without non-planar dies.
    """
    densities = [Fraction(each) for each in ("1.6", "3.2", "5.92")]
    points = [Fraction(each) for each in (1600, 2400, 4800)]
    points += [each * size for each in densities if size]
    for performance in [tpp] if tpp is not None else around(points):
        edges = [performance / each for each in densities]
        for area in [size] if size is not None else around(edges):
            density = performance / area if area else None
            for word in [market] if market else MARKETS:
                yield by_the_text(performance, density, word)


AREAS = st.one_of(
    st.integers(1, 300_000).map(lambda each: Decimal(each) / 100),
    st.sampled_from([Decimal(each) for each in ("0", "294.5", "608.5", "814", "826", "1000")]),
)
NEAR = st.sampled_from([Decimal(0), STEP, -STEP])


@st.composite
def figures(draw: st.DrawFn) -> tuple[Decimal, Decimal]:
    """Return processing performance and die area: anything, or on a limit, or a step beside it."""
    size = draw(AREAS)
    lines = [Decimal(each) for each in ("1600", "2400", "4800")]
    lines += [Decimal(each) * size for each in ("1.6", "3.2", "5.92")]
    anything = st.integers(0, 700_000).map(lambda each: Decimal(each) / 100)
    tpp = draw(st.one_of(anything, st.sampled_from(lines)))
    return max(tpp + draw(NEAR), Decimal(0)), size


ONLY = real_rules(TODAY, "us-3a090-a", "us-3a090-b")


@given(figures(), st.sampled_from(("", *MARKETS)), st.sampled_from(("", "tpp", "area", "both")))
def test_the_verdicts_are_those_of_the_text_whatever_is_not_known(
    both: tuple[Decimal, Decimal], market: str, unknown: str
) -> None:
    tpp, size = both
    values = {"tpp": f"{tpp:f}", "applicable_die_area": f"{size:f} mm^2", "market": market}
    if unknown in ("tpp", "both"):
        del values["tpp"]
    if unknown in ("area", "both"):
        del values["applicable_die_area"]
    values = {name: value for name, value in values.items() if value}
    cases = list(
        every_case(
            Fraction(tpp) if "tpp" in values else None,
            Fraction(size) if "applicable_die_area" in values else None,
            market,
        )
    )
    supposed = suppose(blank(STORE.vocabulary), values, STORE.vocabulary)
    checked = ONLY.check(supposed.evaluator, supposed.circumstances)
    for rule, paragraph in (("us-3a090-a", "3A090.a"), ("us-3a090-b", "3A090.b")):
        outcomes = {any(cite.startswith(paragraph) for cite in case) for case in cases}
        expected = Verdict.met if outcomes == {True} else Verdict.not_met
        found = finding(checked, rule)
        assert found.verdict is (Verdict.unknown if len(outcomes) > 1 else expected)
        if len(cases) == 1:
            assert found.cites == tuple(each for each in cases[0] if each.startswith(paragraph))
        elif found.verdict is Verdict.met:
            assert set(found.cites) <= set.intersection(*map(set, cases))


@given(figures(), st.sampled_from(MARKETS))
def test_3a090_a_names_a_circuit_before_3a090_b(both: tuple[Decimal, Decimal], market: str) -> None:
    tpp, size = both
    met = by_the_text(Fraction(tpp), Fraction(tpp) / Fraction(size) if size else None, market)
    values = {"tpp": f"{tpp:f}", "applicable_die_area": f"{size:f} mm^2", "market": market}
    classification = check(values, TODAY, "", *PARAGRAPHS).classification
    if met:
        assert classification.paragraph == met[0][:7]
        assert classification.cites == tuple(each for each in met if each[:7] == met[0][:7])
    else:
        assert classification.paragraph in ("", "3A991.p")


def test_every_example_in_the_rule_files_comes_out_as_it_says() -> None:
    for versions in RULEBOOK.provisions.values():
        assert [each.what for each in failures(versions, RULEBOOK)] == []


STACKS = [each for each in SHEETS if "hbm" in SHEETS[each].chip.family]


@pytest.mark.parametrize("chip", STACKS)
def test_a_memory_stack_is_asked_of_the_paragraph_of_memory_alone(chip: str) -> None:
    """89 FR 96790: 3A090.c is of memory, 3A090.a and .b of integrated circuits that compute."""
    asked = {each.provision.id for each in check({}, TODAY, chip).findings}
    assert "us-3a090-c" in asked
    assert asked.isdisjoint({"us-3a090-a", "us-3a090-b"})
