"""Modes of a chip, such as power limits: which figures hold in which, and what is paired."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from chipcalc.comparison.comparison import Comparison, compare
from chipcalc.comparison.options import Options
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.values.units import unit
from chipcalc.words.modes import paired
from shared import STORE

# NVIDIA's table of the Jetson AGX Orin 64GB by power mode, sparse INT8 of GPU and DLA:
# github.com/NVIDIA/Deep-Learning-Accelerator-SW, README.md
ORIN = "jetson-agx-orin-64gb"
PRINTED = {"50w": 109 + 92, "30w": 41 + 90, "15w": 14 + 40}
WATTS = {"maxn": 60, "50w": 50, "30w": 30, "15w": 15}
INT8 = {"format": "int8", "engine": "tensor"}
FP16 = {"format": "fp16", "engine": "tensor"}


def asked(chip: str, metric: str, reading: dict[str, str] | None = None, **when: str) -> Answer:
    evaluator = Evaluator(STORE.sheet(chip), STORE.vocabulary, {}, reading or {})
    return evaluator.figure(metric, when)


def amount(answer: Answer, into: str) -> Fraction:
    assert isinstance(answer, Figure), answer
    assert answer.value.amount.exact
    return answer.value.to(unit(into)).amount.best


@pytest.mark.parametrize("mode", PRINTED)
def test_a_mode_has_half_the_sparse_rate_that_is_printed_for_it(mode: str) -> None:
    rate = asked(ORIN, "throughput", None, **INT8, mode=mode)
    assert amount(rate, "TOPS") == Fraction(PRINTED[mode], 2)


@pytest.mark.parametrize("mode", WATTS)
def test_a_mode_has_its_own_power(mode: str) -> None:
    assert amount(asked(ORIN, "board_power", None, mode=mode), "W") == WATTS[mode]
    assert amount(asked(ORIN, "board_power", {"mode": mode}), "W") == WATTS[mode]


def test_without_a_mode_the_first_one_of_the_sheet_is_meant() -> None:
    assert amount(asked(ORIN, "board_power"), "W") == 60
    assert amount(asked(ORIN, "board_power", None, mode="maxn"), "W") == 60
    assert isinstance(asked(ORIN, "throughput_per_watt", {"mode": "maxn"}, **FP16), Figure)


@pytest.mark.parametrize("mode", PRINTED)
def test_a_formula_never_pairs_the_rate_of_one_mode_with_the_power_of_another(mode: str) -> None:
    per_watt = asked(ORIN, "throughput_per_watt", {"mode": mode}, **INT8)
    assert amount(per_watt, "TOPS/W") == Fraction(PRINTED[mode], 2 * WATTS[mode])


def test_a_rate_that_is_published_for_one_mode_is_unknown_in_another_and_not_equal() -> None:
    assert isinstance(asked(ORIN, "throughput", None, **FP16), Figure)
    for metric in ("throughput", "throughput_per_watt"):
        missing = asked(ORIN, metric, {"mode": "30w"}, **FP16)
        assert isinstance(missing, Missing)
        assert missing.kind == "unknown"
    assert isinstance(asked(ORIN, "memory_bandwidth", {"mode": "30w"}), Missing)


def test_a_mode_that_the_chip_does_not_have_has_no_figures() -> None:
    missing = asked(ORIN, "board_power", {"mode": "25w"})
    assert isinstance(missing, Missing)
    assert missing.because == "it has no mode 25w; it has MAXN (60 W), 50 W, 30 W and 15 W"


@pytest.mark.parametrize("metric", ["tpp", "processing_performance", "performance_density"])
@pytest.mark.parametrize("chip", [ORIN, "jetson-t5000", "gaudi3", "mtt-s5000"])
def test_no_mode_that_is_asked_for_makes_a_chip_less_than_it_can_do(chip: str, metric: str) -> None:
    usual = asked(chip, metric)
    for mode in STORE.sheet(chip).modes:
        for each in (asked(chip, metric, {"mode": mode}), asked(chip, metric, None, mode=mode)):
            assert type(each) is type(usual)
            if isinstance(each, Figure) and isinstance(usual, Figure):
                assert each.value == usual.value


def test_total_processing_performance_is_that_of_the_fastest_mode_whichever_is_the_first() -> None:
    tpp = asked("mtt-s5000", "tpp")  # FP8: 1,000 to 1,024 TFLOPS with liquid, 920 with air
    assert isinstance(tpp, Figure)
    assert [tpp.value.amount.low, tpp.value.amount.high] == [8_000, 8_192]
    sheet = STORE.sheet("mtt-s5000")
    turned = dict(reversed(list(sheet.modes.items())))
    other = sheet.chip.model_copy(update={"modes": turned})
    found = Evaluator(replace(sheet, chip=other), STORE.vocabulary).figure("tpp")
    assert isinstance(found, Figure)
    assert found.value == tpp.value


def together(*chips: str, **options: object) -> Comparison:
    sheets = [STORE.sheet(each) for each in chips]
    return compare(sheets, STORE.vocabulary, Options(**options))  # type: ignore[arg-type]


def test_a_comparison_says_which_modes_it_pairs() -> None:
    said = "Modes: Jetson AGX Orin 64GB MAXN (60 W), also 50 W, 30 W, 15 W"
    assert paired(together(ORIN, "h100-sxm")) == said
    assert paired(together("h20", "h100-sxm")) == ""


def test_a_mode_can_be_asked_of_one_chip_alone() -> None:
    found = together(ORIN, "jetson-t5000", readings={ORIN: {"mode": "30w"}})
    orin = "Jetson AGX Orin 64GB 30 W, also MAXN (60 W), 50 W, 15 W"
    assert paired(found) == f"Modes: {orin}; Jetson T5000 130 W, also 40 W"
    assert not found.mixed


def test_a_mode_that_is_asked_of_all_leaves_a_chip_without_modes_as_it_is() -> None:
    found = together(ORIN, "h100-sxm", when={"mode": "15w"}, metrics=("board_power",))
    watts = [amount(each, "W") for each in found.lines[0].answers]
    assert watts == [15, 700]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"when": {"mode": "25w"}}, "no mode '25w'"),
        ({"readings": {"h100-sxm": {"mode": "30w"}}}, "H100 SXM5 80GB has no mode '30w'"),
    ],
)
def test_a_mode_that_no_chip_has_is_an_error(options: dict[str, object], what: str) -> None:
    with pytest.raises(ChipcalcError) as caught:
        together(ORIN, "h100-sxm", **options)
    assert caught.value.problems[0].what == what
