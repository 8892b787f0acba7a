"""The facts: what published figures and first principles say of the built-in spec sheets."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.lint.sheets import problems
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval
from chipcalc.values.units import unit
from shared import STORE

PD = "TOPS*bit/mm^2"
SHEETS = {sheet.id: sheet for sheet in STORE.all()}


def exact(chip: str, metric: str, into: str, /, **when: str) -> Interval:
    """Return what a metric of a chip comes to, in a unit."""
    answer = Evaluator(SHEETS[chip], STORE.vocabulary).figure(metric, when)
    assert isinstance(answer, Figure), answer
    return answer.value.to(unit(into)).amount


def ratio(chip: str, base: str, metric: str, /, **when: str) -> Fraction:
    """Return the best figure of one chip over that of another."""
    into = STORE.vocabulary.metric(metric).unit.text
    return exact(chip, metric, into, **when).best / exact(base, metric, into, **when).best


def test_the_specs_have_no_problem() -> None:
    assert problems(STORE, set(STORE.files)) == []


def test_there_are_240_chips_or_more_one_file_each() -> None:
    assert len(SHEETS) == len({each.document.file for each in SHEETS.values()}) >= 240


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_every_figure_has_a_source_or_says_why_it_is_an_estimate(sheet: Sheet) -> None:
    located = [each for found in sheet.statements.values() for each in found]
    for each in [*located, *(area for area in sheet.areas if area)]:
        statement = each.statement
        assert statement.source or (statement.status == "estimated" and statement.note)
        for key in statement.source:
            assert STORE.source(sheet, key), f"{each.origin}: no source {key}"


def test_every_chip_but_memory_says_for_which_market_it_is() -> None:
    """The paragraph on memory does not ask for the market."""
    silent = [sheet for sheet in SHEETS.values() if sheet.market is None]
    assert {family for sheet in silent for family in sheet.chip.family} == {"hbm"}


def test_published_rates_of_new_sheets_make_the_tpp_of_their_classes() -> None:
    """AMD lists the MI100 as 4A090.b: TPP from 2,400 below 4,800, density from 1.6 below 5.92."""
    tpp, density = exact("mi100", "tpp", "TOPS*bit"), exact("mi100", "performance_density", PD)
    assert tpp == Interval(*[Fraction("184.6") * 16] * 3)
    assert 2400 <= tpp.best < 4800
    assert Fraction("1.6") <= density.best < Fraction("5.92")


@pytest.mark.parametrize(("chip", "tops"), [("rtx-5080", 1801), ("rtx-5070-ti", 1406)])
def test_rates_from_units_and_clock_agree_with_the_sparse_rate_on_the_box(
    chip: str, tops: int
) -> None:
    found = exact(chip, "tpp", "TOPS*bit")
    assert abs(found.best - Fraction(tops, 2) * 4) < 4


def test_aws_counts_memory_in_binary_units_and_tf32_between_two_lengths() -> None:
    assert exact("trainium3", "memory_capacity", "GB").best == 144 * Fraction(2**30, 10**9)
    tpp = exact("trainium3", "tpp", "TOPS*bit")
    assert tpp.low == 2517 * 8
    assert tpp.high == 671 * 32


def test_memory_on_the_die_of_a_chip_is_no_memory_bandwidth() -> None:
    for chip in ("groq-3-lpu", "groq-lpu-v1", "wse-3", "mtia-1", "tesla-d1"):
        found = Evaluator(SHEETS[chip], STORE.vocabulary).figure("memory_bandwidth", {})
        assert not isinstance(found, Figure), chip


@pytest.mark.parametrize("number_format", ["int8", "fp8", "bf16", "fp16", "tf32"])
def test_the_h20_computes_15_per_cent_of_the_h100_at_every_tensor_format(
    number_format: str,
) -> None:
    """NVIDIA's H100 whitepaper against the H20 table printed by Tom's Hardware in November 2023."""
    found = ratio("h20", "h100-sxm", "throughput", format=number_format, engine="tensor")
    assert round(found * 100, 1) == Fraction(150, 10)


def test_the_h20_has_two_thirds_of_the_h100s_fp32_and_a_34th_of_its_fp64() -> None:
    """44 of 67 and 1 of 34 TFLOPS on the vector units."""
    assert ratio("h20", "h100-sxm", "throughput", format="fp32", engine="vector") == Fraction(
        44, 67
    )
    assert ratio("h20", "h100-sxm", "throughput", format="fp64", engine="vector") == Fraction(1, 34)


def test_the_h20_has_more_memory_bandwidth_than_the_h100_and_the_same_link() -> None:
    """4.0 against 3.35 TB/s; 18 NVLink 4 links of 50 GB/s each on both."""
    assert ratio("h20", "h100-sxm", "memory_bandwidth") == Fraction(400, 335)
    assert exact("h20", "link_bandwidth", "GB/s").best == 18 * 50
    assert ratio("h20", "h100-sxm", "link_bandwidth") == 1


def test_the_h20s_total_processing_performance_is_2368_and_its_density_below_3_2() -> None:
    """296 TOPS at 8 bits, 148 TFLOPS at 16 bits; one GH100 die of 814 mm²."""
    assert exact("h20", "tpp", "TOPS*bit") == Interval(*[Fraction(296 * 8)] * 3)
    density = exact("h20", "performance_density", "TOPS*bit/mm^2")
    assert density == Interval(*[Fraction(2368, 814)] * 3)
    assert density.high < Fraction(32, 10)


def test_the_h100s_computed_performance_and_the_declared_one_stand_side_by_side() -> None:
    """1978.9 TFLOPS at 8 bits (whitepaper); 15,840 in NVIDIA's export-compliance list."""
    assert exact("h100-sxm", "tpp", "TOPS*bit").best == Fraction("1978.9") * 8
    assert exact("h100-sxm", "tpp_declared", "TOPS*bit").best == 15840
    assert Fraction(194, 10) < exact("h100-sxm", "performance_density", "TOPS*bit/mm^2").best
    assert Fraction(15840, 814) < Fraction(195, 10)


def test_orin_x_is_127_dense_tops_as_gpu_and_accelerators_together() -> None:
    """254 TOPS with 2:4 sparsity is 167 of the GPU and 87 of two NVDLA; dense is half of each."""
    assert exact("orin-x", "throughput", "TOPS", format="int8", unit="gpu").best == Fraction(167, 2)
    assert exact("orin-x", "throughput", "TOPS", format="int8", unit="dla").best == Fraction(87, 2)
    assert exact("orin-x", "throughput", "TOPS", format="int8") == Interval(*[Fraction(127)] * 3)
    assert exact("orin-x", "tpp", "TOPS*bit") == Interval(*[Fraction(127 * 8)] * 3)


def test_jetson_t5000_counts_1035_dense_fp4_and_not_2070() -> None:
    """2,070 TFLOPS is the FP4 rate with sparsity; 1,035 at 4 bits is 4,140."""
    assert exact("jetson-t5000", "tpp", "TOPS*bit").best == 1035 * 4


def test_ascend_910b3_lies_between_its_cube_only_rate_and_the_brochure_total() -> None:
    """20 cores × 8192 operations × 1.80 GHz is 294.9 TFLOPS; the brochure adds the vector units."""
    found = exact("ascend-910b3", "throughput", "TFLOPS", format="fp16", engine="tensor")
    assert (found.low, found.high) == (Fraction("294.9"), Fraction(313))
    assert abs(found.low - Fraction(20 * 8192 * 18, 10_000)) < Fraction(1, 10)


def test_the_a30_stays_below_a_density_of_3_2_by_a_hair() -> None:
    """NVIDIA declares 2,640; 2,640 / 826 mm² is 3.196, which is not 3.2."""
    assert Fraction(2640, 826) < Fraction(32, 10)
    assert exact("a30", "performance_density", "TOPS*bit/mm^2").high < Fraction(3202, 1000)


def test_tf32_counts_between_19_and_32_bits() -> None:
    """CloudBlazer T20: 160 TFLOPS of TF32 is 3,040 at 19 bits and 5,120 at 32; INT8 gives 2,560."""
    found = exact("cloudblazer-t20", "tpp", "TOPS*bit")
    assert found.low <= 160 * 19 <= found.best
    assert found.high == 160 * 32


def test_a_chip_with_only_a_sparse_figure_has_no_dense_one() -> None:
    answer = Evaluator(SHEETS["nio-nx9031"], STORE.vocabulary).figure(
        "throughput", {"format": "int8", "engine": "tensor"}
    )
    assert not isinstance(answer, Figure)


@pytest.mark.parametrize(
    ("name", "chips"),
    [
        ("昇腾910C", ["ascend-910c"]),
        ("英伟达H20", ["h20"]),
        ("昇腾910B", ["ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910b4"]),
        ("Ｈ２０", ["h20"]),
        ("H100 SXM", ["h100-sxm"]),
        ("h100", ["h100-sxm"]),
    ],
)
def test_a_chip_goes_by_the_names_people_type(name: str, chips: list[str]) -> None:
    assert sorted(sheet.id for sheet in STORE.choose(name).sheets) == chips


def test_h100_alone_means_the_sxm_part_and_names_the_others() -> None:
    (notice,) = STORE.choose("h100").notices
    assert "h100-sxm" in notice
    assert "h100-nvl, h100-pcie" in notice


@pytest.mark.parametrize(("family", "least"), [("ascend", 16), ("orin", 5), ("thor", 4)])
def test_a_family_stands_for_its_chips(family: str, least: int) -> None:
    assert len(STORE.choose(family).sheets) >= least


def test_h2o_with_a_letter_suggests_h20_and_no_product_of_another_number() -> None:
    with pytest.raises(ChipcalcError, match="no sheet for 'h2O'") as caught:
        STORE.choose("h2O")
    assert caught.value.problems[0].hint == "ids that look alike: h20"


def test_a_user_folder_shadows_a_whole_file(tmp_path: Path) -> None:
    folder = tmp_path / "chips" / "nvidia"
    folder.mkdir(parents=True)
    (folder / "h20.yaml").write_text("id: h20\nname: My H20\nvendor: nvidia\n", encoding="utf-8")
    store = Store((tmp_path, *STORE.folders))
    choice = store.choose("h20")
    assert choice.sheets[0].name == "My H20"
    assert choice.sheets[0].statements == {}
    assert "shadows" in choice.notices[0]
