"""The article of July 2025 that this calculator was asked for, from the real spec sheets.

Part A can be settled by data sheets and rules. The figures expected here follow from the sheets'
own: 148 and 296 TFLOPS dense for the H20; 989.4, 1978.9 and 3958 for the H100 SXM (NVIDIA's H100
white paper); 2400 and 3.2 of 3A090.b as of November 17, 2023 (88 FR 73458). Part B cannot be.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import pytest

from chipcalc.claims.checker import Checker
from chipcalc.claims.claim import Claims, references
from chipcalc.claims.finding import ClaimFinding, Interpretation
from chipcalc.figures.figure import Figure
from chipcalc.files import BUILT_IN
from chipcalc.schema.base import parse
from chipcalc.schema.load import read
from chipcalc.sheets.store import Store
from chipcalc.tables.claims import report
from chipcalc.values.units import quantity
from chipcalc.words.language import ENGLISH
from shared import STORE

ARTICLE = BUILT_IN / "claims" / "h20-returns-2025-07.yaml"
ELSEWHERE = ("b01", "b02", "b03", "b04", "b05", "b06", "b07", "b08", "b10")


@cache
def real() -> tuple[Store, Claims, dict[str, ClaimFinding]]:
    """Return the real store, the article, and the answer to each of its claims."""
    store = STORE
    article = parse(Claims, read(ARTICLE))
    checker = Checker(store)
    return store, article, {each.id: checker.check(each) for each in article.claims}


def finding(name: str) -> ClaimFinding:
    """Return the answer to a claim."""
    return real()[2][name]


def said(name: str) -> str:
    """Return what the report says of a claim, without its line breaks."""
    store, article, found = real()
    rows = report(article, [found[name]], store, ENGLISH).rows
    return "\n".join(" ".join(row.texts[-1].split()) for row in rows)


def per_cent(name: str, chip: str, **row: str) -> tuple[float, float]:
    """Return the ends of a ratio in per cent, to a tenth."""
    (one,) = [
        each.figure.value.amount
        for each in finding(name).instances
        if isinstance(each.figure, Figure)
        and each.sheets[-1].id == chip
        and all(each.row.get(key) == value for key, value in row.items())
    ]
    return round(float(one.low * 100), 1), round(float(one.high * 100), 1)


def under(found: Interpretation, chip: str, **row: str) -> float:
    """Return the one figure of a misreading for a chip, in per cent."""
    (one,) = [
        each.figure.value.amount.best
        for each in found.instances
        if isinstance(each.figure, Figure)
        and each.sheets[-1].id == chip
        and all(each.row.get(key) == value for key, value in row.items())
    ]
    return round(float(one * 100), 1)


@pytest.mark.parametrize("name", [each.id for each in parse(Claims, read(ARTICLE)).claims])
def test_every_claim_comes_out_as_its_file_expects(name: str) -> None:
    found = finding(name)
    assert found.settlement == (found.claim.expect or "outside the spec sheets")


@pytest.mark.parametrize("number", ["int8", "fp8", "bf16", "fp16", "tf32"])
@pytest.mark.parametrize(
    ("chip", "share"), [("h100-sxm", 15.0), ("h100-pcie", 19.6), ("h100-nvl", 17.7)]
)
def test_a01_the_h20_computes_more_than_a_tenth_at_every_ai_format(
    number: str, chip: str, share: float
) -> None:
    assert per_cent("a01", chip, format=number) == (share, share)


def test_a01_only_fp64_is_below_a_tenth() -> None:
    """44 TFLOPS of FP32 are printed for the H20, 39.5 make its cores and a clock: of 67."""
    assert per_cent("a01", "h100-sxm", format="fp32") == (59.0, 65.7)
    assert per_cent("a01", "h100-sxm", format="fp64") == (2.9, 2.9)
    assert {each.row["format"] for each in finding("a01").holding} == {"fp64"}
    assert finding("a01").settlement == "fails"  # at every format of AI work
    assert "FP64 (vector) 3.9 % (holds)" in said("a01")


def test_a01_dense_against_sparse_makes_it_true() -> None:
    """148 / 1979 = 7.5 %."""
    first = finding("a01").interpretations[0]
    assert (first.turns[0].what, first.turns[0].sides) == ("2:4 sparse", ("to",))
    assert under(first, "h100-sxm", format="fp16") == 7.5
    case = next(
        e for e in first.instances if e.sheets[-1].id == "h100-sxm" and e.row["format"] == "fp16"
    )
    assert [e.value.amount.best for e in case.sides if isinstance(e, Figure)] == [148, 1979]


def test_a01_what_goes_far_past_the_line_explains_nothing() -> None:
    """1 of 67 TFLOPS is 1.5 %: nobody would print "less than a tenth" of that."""
    kinds = [each.turns[0].what for each in finding("a01").interpretations]
    assert kinds[0] == "2:4 sparse"
    assert "engine" not in kinds


def test_a02_the_links_are_equal_for_the_modules_alone() -> None:
    found = finding("a02")
    assert [each.sheets[-1].id for each in found.holding] == ["h100-sxm", "h100-sxm-96gb"]
    for chip in ("h100-pcie", "h100-nvl"):
        assert per_cent("a02", chip) == (150.0, 150.0)


def test_a03_both_are_of_one_architecture() -> None:
    assert {each.sheets[0].id for each in finding("a03").holding} >= {"h20", "h100-sxm"}


def test_a04_the_power_is_eight_to_eleven_times_the_figure() -> None:
    assert "400–550 W, 8–11 × the printed 50 W" in said("a04")
    assert "what it leaves out" in said("a04")


@pytest.mark.parametrize(
    ("chip", "ends"),
    [
        ("ascend-910b3", (47.3, 50.2)),
        ("ascend-910b4", (52.9, 60.2)),
        ("ascend-910c", (18.5, 20.9)),
        ("ascend-950pr", (30.5, 34.3)),
        ("ascend-950dt", (27.1, 30.5)),
    ],
)
def test_a05_half_depends_on_which_ascend(chip: str, ends: tuple[float, float]) -> None:
    """148 TFLOPS at FP16 of 313 (cube 294.9), 280 (245.8), 800 (707.8), 486 (432), 547 (486)."""
    assert per_cent("a05", chip, format="fp16") == ends


def test_a05_names_those_for_which_half_holds() -> None:
    line = next(each for each in said("a05").split("\n") if each.startswith("holds for: "))
    assert "Ascend 910B3 at INT8, BF16, FP16" in line
    for chip in ("910B1", "910C", "950", "310"):
        assert f"Ascend {chip}" not in line


def test_a05_against_a_small_ascend_the_h20_is_faster() -> None:
    """148 of 70 TFLOPS."""
    assert per_cent("a05", "ascend-310p", format="fp16") == (211.4, 211.4)


def test_a06_the_generations_are_interpolated_between_the_products_of_nvidia() -> None:
    """FP16 per watt: 125 / 300, 312 / 400, 989.4 / 700 and 2250 / 1000 TFLOPS per watt."""
    line = [Fraction(125, 300), Fraction(312, 400), Fraction(9894, 7000), Fraction(9, 4)]
    (found,) = [
        each.place
        for each in finding("a06").places
        if each.place.sheet.id == "bi-v150" and each.place.metric == "throughput_per_watt"
    ]
    figures = [answer.value.amount.best for _, answer in found.line if isinstance(answer, Figure)]
    assert figures[:3] == [pytest.approx(float(each), rel=0.05) for each in line[:3]]
    assert isinstance(found.answer, Figure)
    assert found.behind
    for end, behind in zip(("high", "low"), found.behind, strict=True):
        share = math.log(getattr(found.answer.value.amount, end) / figures[0])
        first = math.log(figures[1] / figures[0])
        second = math.log(figures[2] / figures[1])
        place = share / first if share < first else 1 + (share - first) / second
        assert behind == pytest.approx(3 - place)


@pytest.mark.parametrize("chip", ["ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910c"])
def test_a06_huawei_lies_one_to_two_generations_behind_by_density(chip: str) -> None:
    (found,) = [
        each.place
        for each in finding("a06").places
        if each.place.sheet.id == chip and each.place.metric == "performance_density"
    ]
    assert found.behind
    assert 1 <= found.behind[0] <= found.behind[1] <= 2


def test_a06_unpublished_die_areas_are_named() -> None:
    line = next(each for each in said("a06").split("\n") if each.startswith("unknown: "))
    assert "MTT S4000" in line


def test_a07_the_h20_lies_just_below_both_lines() -> None:
    assert "2,368 TOPS·bit: 98.7 % of the line ≥ 2,400 of 3A090.b.1" in said("a07")
    assert "2.909 TOPS·bit/mm²: 90.9 % of the line ≥ 3.2 of 3A090.b.2" in said("a07")


def test_a07_a_smaller_die_or_150_tflops_would_be_caught() -> None:
    """2368 / 3.2 = 740 mm²; 2400 / 16 = 150 TFLOPS."""
    assert "applicable die area > 740 mm²" in said("a07")
    assert "FP16 150 TFLOPS" in said("a07")


def test_a08_is_listed_by_metric() -> None:
    """The 910B4 declares 280 TFLOPS at FP16: 4480; the 910C 752 at its best figure: 12,032."""
    best = {
        each.sheets[0].id: each.sides[0].value.amount
        for each in finding("a08").instances
        if each.metric == "tpp" and isinstance(each.sides[0], Figure)
    }
    assert best["ascend-910b4"].high == 4480
    assert best["ascend-910c"].low <= 12032 <= best["ascend-910c"].high
    assert "Memory bandwidth, H20 96GB 4,000 GB/s; at least as good:" in said("a08")


def test_a08_a_chip_of_2026_is_not_one_that_china_already_has() -> None:
    holding = {each.sheets[0].id for each in finding("a08").holding}
    assert "ascend-910c" in holding
    assert "ascend-950dt" not in holding
    later = {e.sheets[0].id for each in finding("a08").interpretations for e in each.instances}
    assert "ascend-950dt" in later


def test_a09_the_h20_is_far_from_a_b200_by_performance_but_half_by_memory() -> None:
    assert per_cent("a09", "b200") == (6.6, 6.6)
    assert per_cent("a09-memory", "b200")[0] == 50.0


def test_a10_the_h20_draws_several_times_the_power_of_a_car_chip() -> None:
    """400 to 550 W over 45 to 90 W."""
    amounts = {
        each.sheets[-1].id: each.figure.value.amount
        for each in finding("a10").instances
        if isinstance(each.figure, Figure)
    }
    assert (amounts["orin-x"].low, amounts["orin-x"].high) == (Fraction(400, 90), Fraction(550, 45))


def test_a11_is_asked_of_the_rules_and_of_the_letter() -> None:
    (checked,) = finding("a11").checked
    assert [each.provision.id for each in checked.findings] == [
        "us-3a090-a",
        "us-3a090-b",
        "us-letter-2025-04-reported",
    ]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_part_b_is_outside_the_sheets_and_never_a_silent_gap(name: str) -> None:
    found = finding(name)
    assert found.settlement == "outside the spec sheets"
    words = said(name)
    assert "no spec sheet states" in words
    assert words.count("elsewhere: ") == len(references(found.claim))
    assert ("no reference figure was found" in words) == (not references(found.claim))


def test_b09_buys_about_347_cards_at_a_rate_of_the_users() -> None:
    """30,000,000 CNY / 7.2 / 12,000 USD = 347.2."""
    store, article, _ = real()
    assert "--rate" in said("b09")
    claim = next(each for each in article.claims if each.id == "b09")
    found = Checker(store, [quantity("7.2 CNY/USD")]).check(claim)
    rows = report(article, [found], store, ENGLISH).rows
    text = " ".join(" ".join(row.texts[-1].split()) for row in rows)
    assert "buys about 347 of H20 96GB at 12,000 USD each, exchanged at 7.2 CNY/USD" in text
