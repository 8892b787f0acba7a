"""What a metric comes to for a chip: sums, readings, ranges, and why there is no figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.figures.counting import Counting
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Conversion, Converted, Figure, Key, Missing, key
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity, quantity, unit
from chipcalc.vocabulary.expressions import Convert, from_data

Load: TypeAlias = Callable[[str], Sheet]
Ask: TypeAlias = Callable[..., Answer]
Amount: TypeAlias = Fraction | int
FIRM = "status: official, source: sheet"
TENSOR = {"engine": "tensor"}
INT8 = {"format": "int8", "engine": "tensor"}
FP16 = {"format": "fp16", "engine": "tensor"}


@pytest.fixture(scope="session")
def ask(store: Store) -> Ask:
    """Return a function that asks for a metric of a chip of the made-up folder, or of a sheet."""

    def asked(
        chip: str | Sheet,
        metric: str,
        when: Mapping[str, str] | None = None,
        reading: Mapping[str, str] | None = None,
    ) -> Answer:
        sheet = store.sheet(chip) if isinstance(chip, str) else chip
        return Evaluator(sheet, store.vocabulary, {}, reading or {}).figure(metric, when)

    return asked


def ends(answer: Answer, into: str) -> tuple[Amount, Amount, Amount]:
    """Return low, best and high of a figure in a unit."""
    assert isinstance(answer, Figure), answer
    amount = answer.value.to(unit(into)).amount
    return amount.low, amount.best, amount.high


def exact(answer: Answer, into: str) -> Amount:
    """Return the one amount of a figure in a unit."""
    low, best, high = ends(answer, into)
    assert low == best == high
    return best


def kind(answer: Answer) -> str:
    """Return why there is no figure."""
    assert isinstance(answer, Missing), answer
    return answer.kind


def rate(
    value: object, number_format: str, more: str = "", sparsity: str = "dense", extra: str = ""
) -> str:
    """Return one statement of a throughput."""
    when = f'format: {number_format}, engine: tensor, sparsity: "{sparsity}"{more}'
    return f"    - {{value: {value}, {extra}unit: TOPS, when: {{{when}}}, {FIRM}}}\n"


def rates(*statements: str) -> str:
    """Return the values of a sheet that states throughputs alone."""
    return "values:\n  throughput:\n" + "".join(statements)


# Stated figures, and the lack of them.


def test_a_stated_figure_is_the_vendors_and_not_derived(ask: Ask) -> None:
    answer = ask("a10", "throughput", INT8)
    assert exact(answer, "TOPS") == 400
    assert isinstance(answer, Figure)
    assert (answer.status, answer.derived) == ("official", False)
    assert [each.origin for each in answer.statements()] == ["a10.yaml:14"]


def test_before_anything_is_stated_every_metric_is_unknown(
    ask: Ask, load: Load, store: Store
) -> None:
    sheet = load("")
    for metric in store.vocabulary.metrics:
        assert kind(ask(sheet, metric)) == "unknown"


def test_a_format_that_is_listed_without_a_figure_is_unknown(ask: Ask, load: Load) -> None:
    sheet = load("formats: [int8]\n")
    assert kind(ask(sheet, "throughput", INT8)) == "unknown"
    assert kind(ask(sheet, "throughput", FP16)) == "not offered"


def test_a_format_of_which_nothing_is_said_is_unknown(ask: Ask, load: Load) -> None:
    assert kind(ask(load(""), "throughput", INT8)) == "unknown"


@pytest.mark.parametrize("when", [{"format": "tf32"}, {"format": "tf32", "engine": "tensor"}])
def test_a_format_that_the_sheet_denies_is_not_offered(when: dict[str, str], ask: Ask) -> None:
    assert kind(ask("a20", "throughput", when)) == "not offered"


def test_what_a_chip_does_not_have_differs_from_what_is_unknown(ask: Ask) -> None:
    assert kind(ask("a20", "host_bandwidth")) == "not offered"
    assert kind(ask("b100-sxm", "host_bandwidth")) == "unknown"


def test_a_variant_offers_what_the_chip_offers_that_it_mirrors(ask: Ask, load: Load) -> None:
    variant = load("variant_of: {chip: a20}\n")
    assert kind(ask(variant, "host_bandwidth")) == "not offered"
    assert kind(ask(variant, "throughput", {"format": "tf32"})) == "not offered"


def test_a_variants_own_figure_counts_although_the_other_chip_has_no_such_thing(
    ask: Ask, load: Load
) -> None:
    statement = f"{{value: 64, unit: GB/s, when: {{direction: both}}, {FIRM}}}"
    variant = load(f"variant_of: {{chip: a20}}\nvalues: {{host_bandwidth: [{statement}]}}\n")
    assert exact(ask(variant, "host_bandwidth"), "GB/s") == 64


def test_an_open_row_is_ambiguous_and_never_chosen(ask: Ask) -> None:
    answer = ask("a10", "throughput")
    assert kind(answer) == "ambiguous"
    assert isinstance(answer, Missing)
    assert "format=int8, format=fp16, format=tf32 or format=fp32" in answer.because


def test_a_wrong_metric_is_an_error_with_the_nearest(ask: Ask) -> None:
    with pytest.raises(ChipcalcError, match="no metric 'board_powr'"):
        ask("a10", "board_powr")


@pytest.mark.parametrize("when", [{"fromat": "int8"}, {"format": "fp61"}])
def test_a_wrong_condition_is_an_error_and_never_ignored(when: dict[str, str], ask: Ask) -> None:
    with pytest.raises(ChipcalcError, match=r"no (condition|format) '(fromat|fp61)'"):
        ask("a10", "throughput", when)


def test_a_figure_knows_of_which_metric_it_is_and_so_do_the_parts_of_a_quotient(ask: Ask) -> None:
    """Performance density is TPP over the area of the dies, both metrics of their own."""
    answer = ask("b100-sxm", "performance_density")
    assert isinstance(answer, Figure)
    assert answer.metric == key("performance_density")
    assert [each.metric for each in answer.parts] == [key("tpp"), key("applicable_die_area")]
    rate = ask("b100-sxm", "throughput", FP16)
    assert isinstance(rate, Figure)
    assert rate.metric == key("throughput", FP16)


# Readings: dense and sparse, each and both directions.


def test_2_4_sparsity_halves_to_the_dense_rate_and_is_marked_derived(ask: Ask) -> None:
    answer = ask("b100-sxm", "throughput", FP16)
    assert exact(answer, "TFLOPS") == 1000
    assert isinstance(answer, Figure)
    assert answer.derived
    assert answer.how == Converted((Conversion("2:4 sparse", Fraction(1, 2)),))
    assert answer.status == "official"


def test_a_stated_dense_rate_comes_before_half_of_a_sparse_one(ask: Ask, load: Load) -> None:
    """199 is the rounded dense rate; half of 399 would be another figure."""
    answer = ask(
        load(rates(rate(399, "int8", sparsity="2:4"), rate(199, "int8"))), "throughput", INT8
    )
    assert exact(answer, "TOPS") == 199
    assert isinstance(answer, Figure)
    assert not answer.derived


@pytest.mark.parametrize(
    ("when", "printed"),
    [
        (INT8, "sparse, ratio not stated"),
        ({"format": "fp32", "engine": "vector"}, "sparsity not stated"),
    ],
)
def test_a_rate_whose_sparsity_is_not_2_4_is_never_halved(
    when: dict[str, str], printed: str, ask: Ask
) -> None:
    answer = ask("lt910", "throughput", when)
    assert kind(answer) == "unknown"
    assert isinstance(answer, Missing)
    assert answer.because == f"only published as: {printed}"
    assert [each.statement.when["format"] for each in answer.seen] == [when["format"]]


@pytest.mark.parametrize("sparsity", ["2:4", "sparse"])
def test_a_dense_rate_never_becomes_a_sparse_one(sparsity: str, ask: Ask) -> None:
    assert kind(ask("a10", "throughput", {**INT8, "sparsity": sparsity})) == "unknown"
    assert kind(ask("a10", "throughput", INT8, {"sparsity": sparsity})) == "unknown"


def test_a_sparse_rate_is_given_to_those_who_ask_for_it(ask: Ask) -> None:
    assert exact(ask("a20", "throughput", {**FP16, "sparsity": "2:4"}), "TFLOPS") == 1000
    assert exact(ask("a20", "throughput", FP16, {"sparsity": "2:4"}), "TFLOPS") == 1000
    assert exact(ask("a20", "throughput", FP16), "TFLOPS") == 500


def test_each_direction_of_a_link_counts_twice_and_is_marked_derived(ask: Ask) -> None:
    answer = ask("a20", "link_bandwidth")
    assert exact(answer, "GB/s") == 800
    assert isinstance(answer, Figure)
    assert answer.how == Converted((Conversion("each direction", Fraction(2)),))
    assert exact(ask("a20", "link_bandwidth", {"direction": "each"}), "GB/s") == 400


def test_both_directions_count_as_they_are(ask: Ask) -> None:
    answer = ask("a10", "link_bandwidth")
    assert exact(answer, "GB/s") == 600
    assert isinstance(answer, Figure)
    assert not answer.derived


def bounds(answer: Answer, into: str) -> tuple[Amount | None, Amount | None]:
    """Return the bounds of what is not known, in a unit."""
    assert kind(answer) == "unknown"
    assert isinstance(answer, Missing)
    return answer.bounds(unit(into)) or (None, None)


def test_a_link_of_unstated_direction_is_unknown(ask: Ask) -> None:
    """392 GB/s both ways together, or as much each way."""
    assert bounds(ask("lt910", "link_bandwidth"), "GB/s") == (392, 784)


@pytest.mark.parametrize("sparsity", ["sparse", "unstated"])
def test_a_dense_rate_is_no_more_than_a_published_one(sparsity: str, ask: Ask, load: Load) -> None:
    """560 TOPS, dense or sparse not stated, are 560 dense at most: a TPP of 4,480."""
    sheet = load("formats: [int8]\n" + rates(rate(560, "int8", sparsity=sparsity)))
    assert bounds(ask(sheet, "throughput", INT8), "TOPS") == (None, 560)
    assert bounds(ask(sheet, "tpp"), "TOPS*bit") == (None, 4480)


def test_no_rate_bounds_formats_that_may_be_there_besides(ask: Ask, load: Load) -> None:
    """A sheet that does not list its formats may leave out the one with the largest TPP."""
    sheet = load(rates(rate(560, "int8", sparsity="unstated")))
    assert bounds(ask(sheet, "throughput", INT8), "TOPS") == (None, 560)
    answer = ask(sheet, "tpp")
    assert bounds(answer, "TOPS*bit") == (None, None)
    assert isinstance(answer, Missing)
    assert answer.because.endswith("which other formats it offers is not published")
    known = load(rates(rate(200, "fp16"), rate(500, "int8", sparsity="unstated")))
    assert bounds(ask(known, "tpp"), "TOPS*bit") == (3200, None)


def test_of_published_rates_that_differ_the_largest_bounds_the_dense_one(
    ask: Ask, load: Load
) -> None:
    both = [
        rate(300, "int8", sparsity="sparse"),
        rate(750, "int8", sparsity="sparse", extra="range: [700, 800], "),
    ]
    assert bounds(ask(load(rates(*both)), "throughput", INT8), "TOPS") == (None, 800)


def test_a_bound_carries_through_what_is_computed(ask: Ask, load: Load) -> None:
    """At most 560 TOPS over 35 W, and a TPP of at most 4,480 over 448 mm²."""
    power = f"  board_power: [{{value: 35, unit: W, {FIRM}}}]\n"
    die = f"{{name: A, transistor: finfet, area: {{value: 448, unit: mm^2, {FIRM}}}}}"
    published = "formats: [int8]\n" + rates(rate(560, "int8", sparsity="unstated"))
    sheet = load(published + power + f"dies: [{die}]\n")
    assert bounds(ask(sheet, "throughput_per_watt", INT8), "TOPS/W") == (None, 16)
    assert bounds(ask(sheet, "performance_density"), "TOPS*bit/mm^2") == (None, 10)


def test_a_rate_that_may_be_dense_may_be_the_largest(ask: Ask, load: Load) -> None:
    """200 TFLOPS at FP16 make 3,200; up to 500 TOPS at INT8 may make 4,000."""
    formats = "formats: [int8, fp16]\n"
    sheet = load(formats + rates(rate(200, "fp16"), rate(500, "int8", sparsity="unstated")))
    assert bounds(ask(sheet, "tpp"), "TOPS*bit") == (3200, 4000)
    less = load(formats + rates(rate(200, "fp16"), rate(400, "int8", sparsity="unstated")))
    assert exact(ask(less, "tpp"), "TOPS*bit") == 3200


def test_a_format_that_is_listed_without_a_rate_leaves_the_largest_open(
    ask: Ask, load: Load
) -> None:
    """300 TOPS at INT8 make 2,400; FP32 would make more from 75 TFLOPS on."""
    answer = ask(load("formats: [int8, fp32]\n" + rates(rate(300, "int8"))), "tpp")
    assert bounds(answer, "TOPS*bit") == (2400, None)
    assert isinstance(answer, Missing)
    assert answer.because == "FP32 is listed without a rate"
    sparse = rates(rate(300, "int8", sparsity="sparse"))
    both = ask(load("formats: [int8, fp32]\n" + sparse), "tpp")
    assert isinstance(both, Missing)
    assert both.because.startswith("INT8 tensor is only published as: ")
    assert both.because.endswith(", and FP32 is listed without a rate")
    several = ask(load("formats: [int8, fp16, fp32]\n" + rates(rate(300, "int8"))), "tpp")
    assert isinstance(several, Missing)
    assert several.because == "FP16 and FP32 are listed without a rate"


def same_as(number_format: str, more: str) -> str:
    """Return that a format runs at the rate of another one."""
    return f"same_as: {{{number_format}: {{{more}, {FIRM}}}}}\n"


def test_a_format_may_run_at_the_rate_of_another_one(ask: Ask, load: Load) -> None:
    """FP16 at the 300 TOPS of INT8 makes 4,800, and not 2,400."""
    text = "formats: [int8, fp16]\n" + same_as("fp16", "format: int8") + rates(rate(300, "int8"))
    answer = ask(load(text), "throughput", FP16)
    assert exact(answer, "TOPS") == 300
    assert isinstance(answer, Figure)
    assert [each.line for each in answer.statements()] == [7]
    assert exact(ask(load(text), "tpp"), "TOPS*bit") == 4800


def test_a_format_may_run_at_so_many_times_the_rate_of_another_one(ask: Ask, load: Load) -> None:
    half = same_as("fp16", "format: int8, times: 0.5, range: [0.25, 0.5], unit: PFLOPS")
    answer = ask(load(half + rates(rate(800, "int8"))), "throughput", FP16)
    assert ends(answer, "PFLOPS") == (200, 400, 400)


def test_the_worse_of_two_statuses_holds_of_a_rate_that_is_shared(ask: Ask, load: Load) -> None:
    estimate = "same_as: {fp16: {format: int8, status: estimated, note: as ever}}\n"
    answer = ask(load(estimate + rates(rate(800, "int8"))), "throughput", FP16)
    assert isinstance(answer, Figure)
    assert answer.status == "estimated"


def test_one_unit_alone_may_have_the_format_of_another_rate(ask: Ask, load: Load) -> None:
    """FP16 runs on the GPU at twice the 100 TOPS of INT8, and not at all on the NPU."""
    units = "units: {gpu: {label: GPU}, npu: {label: NPU, formats: [int8]}}\n"
    fp16 = same_as("fp16", "format: int8, times: 2, when: {unit: gpu}")
    both = [rate(100, "int8", ", unit: gpu"), rate(50, "int8", ", unit: npu")]
    sheet = load("formats: [fp16, int8]\n" + units + fp16 + rates(*both))
    assert exact(ask(sheet, "throughput", FP16), "TOPS") == 200
    low, _, high = ends(ask(sheet, "tpp"), "TOPS*bit")
    assert (low, high) == (3200, 3600)  # at FP16 alone, or with the NPU at INT8


def test_a_unit_that_lists_a_format_without_a_rate_leaves_the_sum_open(
    ask: Ask, load: Load
) -> None:
    """The GPU makes 800, the NPU 400 or, at an unknown rate of FP16, more."""
    units = "units: {gpu: {label: GPU}, npu: {label: NPU, formats: [int8, fp16]}}\n"
    both = [rate(100, "int8", ", unit: gpu"), rate(50, "int8", ", unit: npu")]
    gpu_fp16 = rate(50, "fp16", ", unit: gpu")
    answer = ask(load("formats: [int8, fp16]\n" + units + rates(*both, gpu_fp16)), "tpp")
    assert bounds(answer, "TOPS*bit") == (1200, None)


def test_the_area_of_dies_is_more_than_that_of_the_known_ones(ask: Ask, load: Load) -> None:
    dies = f"[{{name: A, transistor: finfet, area: {{value: 300, unit: mm^2, {FIRM}}}}}, "
    sheet = load(f"dies: {dies}{{name: B, transistor: finfet}}]\n")
    assert bounds(ask(sheet, "applicable_die_area"), "mm^2") == (300, None)


# Statements that differ in a detail, and ranges.


def test_statements_that_differ_only_in_a_detail_give_a_range(ask: Ask) -> None:
    """320 TFLOPS by cube and vector units, 256 by cube units: the first one is the best figure."""
    answer = ask("lt910", "throughput", FP16)
    assert ends(answer, "TFLOPS") == (256, 320, 320)
    assert isinstance(answer, Figure)
    assert answer.status == "reported"
    assert len(list(answer.statements())) == 2


def test_a_detail_that_is_named_picks_its_statement(ask: Ask) -> None:
    assert exact(ask("lt910", "throughput", {**FP16, "counts": "cube"}), "TFLOPS") == 256


def test_amounts_in_another_currency_never_join_a_range(ask: Ask, load: Load) -> None:
    prices = f"[{{value: 10, unit: USD, {FIRM}}}, {{value: 80, unit: CNY, {FIRM}}}]"
    assert exact(ask(load(f"values: {{price: {prices}}}"), "price"), "USD") == 10


def test_a_range_stays_a_range(ask: Ask) -> None:
    assert ends(ask("b100-pcie", "board_power"), "W") == (300, 300, 350)


def test_a_quotient_of_ranges_reaches_from_the_least_to_the_most(ask: Ask) -> None:
    """750 TFLOPS over 300 to 350 W."""
    answer = ask("b100-pcie", "throughput_per_watt", FP16)
    assert ends(answer, "TFLOPS/W") == (Fraction(750, 350), Fraction(5, 2), Fraction(5, 2))


# Processing units and total processing performance.


def test_a_chips_rate_is_the_sum_over_its_processing_units(ask: Ask) -> None:
    """100 TOPS of the GPU and two accelerators of 25; FP16 of the GPU alone."""
    assert exact(ask("z1", "throughput", INT8), "TOPS") == 100 + 2 * 25
    assert exact(ask("z1", "throughput", FP16), "TFLOPS") == 80


def test_a_processing_unit_can_be_asked_for_alone(ask: Ask) -> None:
    answer = ask("z1", "throughput", {**INT8, "unit": "dla"})
    assert exact(answer, "TOPS") == 25
    assert isinstance(answer, Figure)
    assert answer.label == "Peak throughput INT8 tensor DLA"


def test_a_unit_whose_rate_is_missing_makes_the_sum_unknown(ask: Ask, load: Load) -> None:
    units = "units: {gpu: {label: GPU}, dla: {label: DLA}}\n"
    answer = ask(load(units + rates(rate(100, "int8", ", unit: gpu"))), "throughput", INT8)
    assert kind(answer) == "unknown"


def test_a_format_that_no_unit_offers_is_unknown(ask: Ask, load: Load) -> None:
    units = "units: {gpu: {label: GPU, formats: [int8]}}\n"
    sheet = load(units + rates(rate(100, "int8", ", unit: gpu")))
    assert kind(ask(sheet, "throughput", FP16)) == "unknown"


def test_a_rate_of_the_whole_chip_stands_where_its_units_are_not_published(
    ask: Ask, load: Load
) -> None:
    units = "units: {gpu: {label: GPU}, dla: {label: DLA}}\n"
    sheet = load(units + rates(rate(140, "int8"), rate(100, "int8", ", unit: gpu")))
    assert exact(ask(sheet, "throughput", INT8), "TOPS") == 140
    assert exact(ask(sheet, "tpp"), "TOPS*bit") == 140 * 8


def test_a_rounded_total_and_the_sum_of_the_units_make_a_range(ask: Ask, load: Load) -> None:
    units = "units: {gpu: {label: GPU}, dla: {label: DLA}}\n"
    parts = [rate(100, "int8", ", unit: gpu"), rate(39, "int8", ", unit: dla")]
    sheet = load(units + rates(rate(140, "int8"), *parts))
    assert ends(ask(sheet, "throughput", INT8), "TOPS") == (139, 140, 140)
    assert ends(ask(sheet, "tpp"), "TOPS*bit") == (139 * 8, 139 * 8, 140 * 8)


def test_a_sparse_rate_of_the_whole_chip_leaves_the_sum_of_the_dense_ones(
    ask: Ask, load: Load
) -> None:
    units = "units: {gpu: {label: GPU}}\n"
    parts = [rate(300, "int8", sparsity="sparse"), rate(100, "int8", ", unit: gpu")]
    assert exact(ask(load(units + rates(*parts)), "throughput", INT8), "TOPS") == 100


def test_what_no_unit_can_have_stays_not_offered(ask: Ask, load: Load) -> None:
    sheet = load("not_offered: [fp16]\nunits: {gpu: {label: GPU}}\n")
    assert kind(ask(sheet, "throughput", FP16)) == "not offered"


@pytest.mark.parametrize(
    ("chip", "low", "best", "high"),
    [
        ("a10", 3200, 3200, 3200),
        ("a20", 8000, 8000, 8000),
        ("b100-sxm", 16000, 16000, 16000),
        ("lt910", 256 * 16, 320 * 16, 320 * 16),
        ("p1", 80, 80, 80),
    ],
)
def test_total_processing_performance_is_the_largest_dense_rate_times_its_bits(
    chip: str, low: int, best: int, high: int, ask: Ask
) -> None:
    """Technical Note 2 to 3A090.a: 400 × 8 = 200 × 16 = 3,200 for the A10, and so on."""
    assert ends(ask(chip, "tpp"), "TOPS*bit") == (low, best, high)


def test_total_processing_performance_stays_dense_although_sparse_rates_are_asked_for(
    ask: Ask,
) -> None:
    """Technical Note 2 to 3A090.a: where zeros can be skipped, the dense rate counts."""
    assert exact(ask("a20", "tpp", reading={"sparsity": "2:4"}), "TOPS*bit") == 8000


def test_tf32_counts_19_to_32_bits(ask: Ask, load: Load) -> None:
    """19 bits enter the multiplier, 32 are stored: 100 TFLOPS are 1,900 to 3,200 TOPS·bit."""
    sheet = load(rates(rate(100, "tf32")))
    assert ends(ask(sheet, "tpp"), "TOPS*bit") == (1900, 1900, 3200)
    with_int8 = load(rates(rate(100, "tf32"), rate(300, "int8")))
    assert ends(ask(with_int8, "tpp"), "TOPS*bit") == (2400, 2400, 3200)


def test_units_that_are_fastest_at_different_formats_give_the_range_of_both_readings(
    ask: Ask,
) -> None:
    """Sum of the largest: 80 × 16 + 2 × 25 × 8. Largest of the sums: 80 × 16 or 150 × 8."""
    assert ends(ask("z1", "tpp"), "TOPS*bit") == (1280, 1680, 1680)


BITS = {"int8": (8, 8), "fp16": (16, 16), "tf32": (19, 32), "fp32": (32, 32)}
PARTS = st.dictionaries(
    st.sampled_from(["gpu", "dla", "npu"]),
    st.tuples(
        st.integers(1, 4),
        st.dictionaries(st.sampled_from(sorted(BITS)), st.integers(1, 2000), min_size=1),
    ),
    min_size=1,
)


@given(parts=PARTS)
def test_total_processing_performance_agrees_with_a_sum_by_hand(
    parts: dict[str, tuple[int, dict[str, int]]], ask: Ask, load: Load
) -> None:
    units = "".join(
        f"  {name}: {{label: {name}, count: {count}, formats: [{', '.join(offered)}]}}\n"
        for name, (count, offered) in parts.items()
    )
    statements = [
        rate(value, each, f", unit: {name}")
        for name, (_, offered) in parts.items()
        for each, value in offered.items()
    ]
    found = ends(ask(load(f"units:\n{units}{rates(*statements)}"), "tpp"), "TOPS*bit")
    for end, index in ((0, 0), (2, 1)):
        sum_of_largest = sum(
            count * max(value * BITS[each][index] for each, value in offered.items())
            for count, offered in parts.values()
        )
        largest_of_sums = max(
            sum(count * offered.get(each, 0) for count, offered in parts.values()) * bits[index]
            for each, bits in BITS.items()
        )
        assert found[end] == (min, max)[index](sum_of_largest, largest_of_sums)


@st.composite
def nested_ranges(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Return low, best and high of a range and of one within it."""
    a, b, c, d, e = sorted(draw(st.lists(st.integers(0, 2000), min_size=5, max_size=5)))
    best = draw(st.sampled_from([b, c, d]))
    return [(a, best, e), (b, best, d)]


@given(ranges=st.dictionaries(st.sampled_from(sorted(BITS)), nested_ranges(), min_size=1))
def test_a_narrower_input_never_moves_the_result_outside(
    ranges: dict[str, list[tuple[int, int, int]]], ask: Ask, load: Load
) -> None:
    results = []
    for index in (0, 1):
        statements = [
            rate(best, each, extra=f"range: [{low}, {high}], ")
            for each, (low, best, high) in ((each, found[index]) for each, found in ranges.items())
        ]
        results.append(ends(ask(load(rates(*statements)), "tpp"), "TOPS*bit"))
    wide, narrow = results
    assert wide[0] <= narrow[0] <= narrow[1] <= narrow[2] <= wide[2]


# Dies.


def test_planar_and_memory_dies_never_count_in_the_applicable_die_area(ask: Ask) -> None:
    """Two compute dies of 400 mm²; not the planar die of 150, not four stacks of 110."""
    assert exact(ask("a20", "applicable_die_area"), "mm^2") == 2 * 400
    assert exact(ask("a20", "die_area"), "mm^2") == 2 * 400 + 150


def test_a_non_planar_input_output_die_counts(ask: Ask, load: Load) -> None:
    area = f"area: {{value: 100, unit: mm^2, {FIRM}}}"
    dies = [
        f"{{name: compute, transistor: gaa, {area}}}",
        f"{{name: io, transistor: finfet, {area}}}",
    ]
    sheet = load(f"dies: [{', '.join(dies)}]")
    assert exact(ask(sheet, "applicable_die_area"), "mm^2") == 100 + 100


def test_an_unknown_transistor_type_makes_the_applicable_die_area_unknown(ask: Ask) -> None:
    answer = ask("z1", "applicable_die_area")
    assert kind(answer) == "unknown"
    assert kind(ask("z1", "performance_density")) == "unknown"
    assert exact(ask("z1", "die_area"), "mm^2") == 300


def test_a_memory_die_of_unknown_transistors_does_not_matter(ask: Ask) -> None:
    assert exact(ask("a20", "performance_density"), "TOPS*bit/mm^2") == 10


def test_a_missing_die_area_is_unknown_and_never_zero(ask: Ask) -> None:
    for metric in ("die_area", "applicable_die_area", "performance_density"):
        assert kind(ask("b100-pcie", metric)) == "unknown"


def test_the_unknown_area_of_a_die_that_does_not_count_does_not_matter(
    ask: Ask, load: Load
) -> None:
    dies = f"[{{name: a, transistor: gaa, area: {{value: 5, unit: mm^2, {FIRM}}}}}, "
    sheet = load(f"dies: {dies}{{name: b, transistor: planar}}, {{name: c, kind: memory}}]")
    assert exact(ask(sheet, "applicable_die_area"), "mm^2") == 5


def test_an_all_planar_chip_has_no_performance_density(ask: Ask) -> None:
    assert exact(ask("p1", "die_area"), "mm^2") == 100
    assert kind(ask("p1", "performance_density")) == "undefined"


def test_performance_density_is_exact(ask: Ask, load: Load) -> None:
    """2,368 / 814 has no finite decimal form; rounding it could move it across a line."""
    area = f"area: {{value: 814, unit: mm^2, {FIRM}}}"
    sheet = load(f"dies: [{{name: a, transistor: finfet, {area}}}]\n{rates(rate(296, 'int8'))}")
    assert exact(ask(sheet, "performance_density"), "TOPS*bit/mm^2") == Fraction(2368, 814)


# Formulas.


def test_what_a_chip_does_not_have_adds_nothing_to_its_inputs_and_outputs(ask: Ask) -> None:
    assert exact(ask("a10", "io_bandwidth"), "GB/s") == 600 + 64
    assert exact(ask("a20", "io_bandwidth"), "GB/s") == 800
    assert kind(ask("b100-sxm", "io_bandwidth")) == "unknown"


@pytest.mark.parametrize(
    ("intensity", "attained"), [("2 op/B", 4), ("100 op/B", 200), ("1 kop/B", 200)]
)
def test_a_chip_attains_the_lesser_of_its_peak_and_what_memory_feeds(
    intensity: str, attained: int, store: Store
) -> None:
    """The roofline model of Williams, Waterman and Patterson, 2009: 2 TB/s against 200 TFLOPS."""
    known = {key("arithmetic_intensity"): Figure(quantity(intensity), "intensity", "given")}
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary, known)
    assert exact(evaluator.figure("attainable_throughput", FP16), "TFLOPS") == attained


def test_without_an_intensity_the_attainable_throughput_is_unknown(ask: Ask) -> None:
    answer = ask("a10", "attainable_throughput", FP16)
    assert isinstance(answer, Missing)
    assert answer.because == "arithmetic intensity is not given"


def test_a_price_in_another_currency_keeps_it(ask: Ask) -> None:
    answer = ask("lt910", "price")
    assert isinstance(answer, Figure)
    assert answer.value == quantity("100000 CNY")


def test_a_quotient_by_another_currency_keeps_it(ask: Ask) -> None:
    """3,200 TOPS·bit for 10,000 USD; 4,096 to 5,120 for 100,000 CNY."""
    assert exact(ask("a10", "tpp_per_price"), "TOPS*bit/USD") == Fraction(32, 100)
    low, _, high = ends(ask("lt910", "tpp_per_price"), "TOPS*bit/CNY")
    assert (low, high) == (Fraction(4096, 100_000), Fraction(5120, 100_000))


def test_an_expression_may_name_quantities_conditions_and_units(store: Store) -> None:
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary)
    power = evaluator.value(from_data({"subtract": ["board_power", "0.1 kW"]}))
    assert exact(power, "W") == 300
    converted = evaluator.value(Convert(from_data("board_power"), unit("kW")))
    assert isinstance(converted, Figure)
    assert converted.value == quantity("0.4 kW")


@pytest.mark.parametrize("each", ["format", "engine"])
def test_a_bit_length_needs_a_format(each: str, store: Store) -> None:
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary)
    assert kind(evaluator.value(from_data(f"{each}.bits"))) == "unknown"


def test_a_sum_over_formats_adds_them(store: Store) -> None:
    """400 + 200 + 100 on tensor engines; FP32 runs on vector engines."""
    sums = from_data({"sum": {"each": ["format", "engine"], "of": "throughput"}})
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary)
    assert exact(evaluator.value(sums), "TOPS") == 400 + 200 + 100 + 25


def test_a_sum_over_units_of_a_chip_without_units_is_that_of_the_chip(store: Store) -> None:
    sums = from_data({"sum": {"each": "unit", "of": "memory_capacity"}})
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary)
    assert exact(evaluator.value(sums), "GB") == 80


def test_a_count_of_dies_is_a_number(store: Store) -> None:
    count = from_data({"sum": {"each": "die", "of": "die.count"}})
    assert exact(Evaluator(store.sheet("a20"), store.vocabulary).value(count), "1") == 2 + 1 + 4


def test_asked_twice_a_figure_is_the_same(store: Store) -> None:
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary)
    assert evaluator.figure("tpp") is evaluator.figure("tpp", {})


# Answers that stand in for what the sheet says.


def supposed(number: Amount, into: str) -> Figure:
    """Return a figure that somebody supposes."""
    return Figure(Quantity(exactly(number), unit(into)), "supposed", "given")


def test_a_supposed_answer_stands_in_for_what_the_sheet_says(store: Store) -> None:
    """TPP of 1,600 on 800 mm², and an input without its host link: 600 + 100."""
    evaluator = Evaluator(store.sheet("a10"), store.vocabulary)
    other = evaluator.supposing(
        {key("tpp"): supposed(1600, "TOPS*bit"), key("host_bandwidth"): supposed(100, "GB/s")}
    )
    assert exact(other.figure("tpp"), "TOPS*bit") == 1600
    assert exact(other.figure("performance_density"), "TOPS*bit/mm^2") == 2
    assert exact(other.figure("io_bandwidth"), "GB/s") == 700
    assert exact(evaluator.figure("performance_density"), "TOPS*bit/mm^2") == 4


def test_an_absence_can_be_supposed_as_well(store: Store) -> None:
    gone = Missing("unknown", "set free")
    other = Evaluator(store.sheet("a10"), store.vocabulary).supposing({key("tpp"): gone})
    assert other.figure("tpp") == gone
    assert other.figure("performance_density") == gone
    assert exact(other.figure("throughput", INT8), "TOPS") == 400


def test_what_was_supposed_before_stays_and_may_be_supposed_anew(store: Store) -> None:
    first = Evaluator(store.sheet("a10"), store.vocabulary).supposing(
        {key("tpp"): supposed(800, "TOPS*bit"), key("board_power"): supposed(100, "W")}
    )
    second = first.supposing({key("tpp"): supposed(1600, "TOPS*bit")})
    assert exact(second.figure("tpp"), "TOPS*bit") == 1600
    assert exact(second.figure("throughput_per_watt", INT8), "TOPS/W") == 4
    assert exact(first.figure("tpp"), "TOPS*bit") == 800


def test_an_answer_under_conditions_stands_for_these_alone(store: Store) -> None:
    answers = {key("throughput", INT8): supposed(7, "TOPS")}
    other = Evaluator(store.sheet("a10"), store.vocabulary, answers)
    assert exact(other.figure("throughput", INT8), "TOPS") == 7
    assert exact(other.figure("throughput", FP16), "TFLOPS") == 200


def test_a_supposed_reading_and_count_stay_with_what_is_supposed(store: Store) -> None:
    sparse = Evaluator(store.sheet("a20"), store.vocabulary, {}, {"sparsity": "2:4"})
    other = sparse.supposing({key("board_power"): supposed(100, "W")})
    assert exact(other.figure("throughput_per_watt", FP16), "TFLOPS/W") == 10
    whole = Evaluator(store.sheet("z1"), store.vocabulary).counted(Counting(units="whole"))
    again = whole.supposing({key("applicable_die_area"): supposed(100, "mm^2")})
    density = exact(again.figure("performance_density"), "TOPS*bit/mm^2")
    assert density == Fraction(1280, 100)


METRICS = (
    "tpp", "performance_density", "applicable_die_area", "io_bandwidth", "link_bandwidth",
    "host_bandwidth", "memory_bandwidth", "board_power", "throughput_per_watt", "tpp_per_price",
)  # fmt: skip
SUPPOSED: dict[Key, Answer] = {
    key("tpp"): supposed(3, "TOPS*bit"),
    key("applicable_die_area"): supposed(5, "mm^2"),
    key("link_bandwidth"): supposed(7, "GB/s"),
    key("board_power"): supposed(11, "W"),
    key("price"): supposed(13, "USD"),
    key("throughput", INT8): supposed(17, "TOPS"),
    key("host_bandwidth"): Missing("not offered", "none"),
}


@given(
    chip=st.sampled_from(["a10", "a20", "a20-lite", "b100-sxm", "b100-pcie", "lt910", "p1", "z1"]),
    before=st.lists(st.sampled_from(METRICS)),
    first=st.sets(st.sampled_from(sorted(SUPPOSED, key=str))),
    second=st.sets(st.sampled_from(sorted(SUPPOSED, key=str))),
)
def test_what_is_supposed_step_by_step_is_what_is_supposed_at_once(
    chip: str, before: list[str], first: set[Key], second: set[Key], store: Store
) -> None:
    """Whatever was read in between, no old answer is left where a new one counts."""
    evaluator = Evaluator(store.sheet(chip), store.vocabulary)
    for found in (first, second):
        for metric in before:
            evaluator.figure(metric)
            evaluator.figure(metric, INT8)
        evaluator = evaluator.supposing({each: SUPPOSED[each] for each in found})
    answers = {each: SUPPOSED[each] for each in first | second}
    fresh = Evaluator(store.sheet(chip), store.vocabulary, answers)
    for metric in METRICS:
        for when in ({}, INT8):
            assert same(evaluator.figure(metric, when), fresh.figure(metric, when))


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same amount, or missing for the same reason."""
    if isinstance(one, Figure) and isinstance(other, Figure):
        return one.value == other.value and one.status == other.status
    if isinstance(one, Missing) and isinstance(other, Missing):
        return one[:2] == other[:2]
    return False


# Ways to count where a rule leaves it open.


@given(parts=PARTS)
def test_each_way_to_count_gives_its_own_figure(
    parts: dict[str, tuple[int, dict[str, int]]], load: Load, store: Store
) -> None:
    """The sum of the largest or the largest of the sums, with fewer bits or with more."""
    units = "".join(
        f"  {name}: {{label: {name}, count: {count}, formats: [{', '.join(offered)}]}}\n"
        for name, (count, offered) in parts.items()
    )
    statements = [
        rate(value, each, f", unit: {name}")
        for name, (_, offered) in parts.items()
        for each, value in offered.items()
    ]
    both = Evaluator(load(f"units:\n{units}{rates(*statements)}"), store.vocabulary)
    lengths: tuple[Literal["low", "high"], ...] = ("low", "high")
    for index, end in enumerate(lengths):
        summed = sum(
            count * max(value * BITS[each][index] for each, value in offered.items())
            for count, offered in parts.values()
        )
        whole = max(
            sum(count * offered.get(each, 0) for count, offered in parts.values()) * bits[index]
            for each, bits in BITS.items()
        )
        way = Counting(end, "sum")
        assert exact(both.counted(way).figure("tpp"), "TOPS*bit") == summed
        way = way._replace(units="whole")
        assert exact(both.counted(way).figure("tpp"), "TOPS*bit") == whole


def test_a_total_that_a_vendor_prints_is_the_figure_for_the_chip_as_a_whole(
    load: Load, store: Store
) -> None:
    """140 TOPS in print, 100 + 39 by units."""
    units = "units: {gpu: {label: GPU}, dla: {label: DLA}}\n"
    parts = [rate(100, "int8", ", unit: gpu"), rate(39, "int8", ", unit: dla")]
    both = Evaluator(load(units + rates(rate(140, "int8"), *parts)), store.vocabulary)
    for way, tops in ((Counting(units="whole"), 140), (Counting(units="sum"), 139)):
        assert exact(both.counted(way).figure("throughput", INT8), "TOPS") == tops
        assert exact(both.counted(way).figure("tpp"), "TOPS*bit") == tops * 8


@pytest.mark.parametrize("units", ["sum", "whole"])
def test_without_processing_units_there_is_one_way_to_count(
    units: Literal["sum", "whole"], store: Store
) -> None:
    one_way = Evaluator(store.sheet("a10"), store.vocabulary).counted(Counting(units=units))
    assert exact(one_way.figure("tpp"), "TOPS*bit") == 3200


def test_a_way_to_count_keeps_what_is_supposed(store: Store) -> None:
    answers = {key("tpp"): supposed(5, "TOPS*bit")}
    evaluator = Evaluator(store.sheet("z1"), store.vocabulary, answers)
    assert exact(evaluator.counted(Counting(units="sum")).figure("tpp"), "TOPS*bit") == 5


def test_a_rate_of_the_whole_chip_is_never_more_than_the_sum_of_its_units(
    ask: Ask, load: Load
) -> None:
    """INT8 by units is 1,200; FP16 of the chip as a whole is 1,600, so the sum is no less."""
    units = "units: {gpu: {label: GPU}, dla: {label: DLA, formats: [int8]}}\n"
    parts = [rate(100, "int8", ", unit: gpu"), rate(50, "int8", ", unit: dla"), rate(100, "fp16")]
    low, _, _ = ends(ask(load(units + rates(*parts)), "tpp"), "TOPS*bit")
    assert low == 1600


# An area that is not known, and yet more than zero.


@pytest.mark.parametrize(
    ("dies", "positive"),
    [
        ("[{name: a, transistor: finfet}]", True),
        ("[{name: a, transistor: gaa, count: 2}, {name: b, kind: memory}]", True),
        ("[{name: a, transistor: planar}, {name: b, transistor: non-planar}]", True),
        ("[{name: a}]", False),
        (f"[{{name: a, area: {{value: 5, unit: mm^2, {FIRM}}}}}]", False),
    ],
)
def test_a_die_that_counts_has_an_area_though_it_is_not_known(
    dies: str, *, positive: bool, ask: Ask, load: Load
) -> None:
    answer = ask(load(f"dies: {dies}"), "applicable_die_area")
    assert isinstance(answer, Missing)
    assert (answer.kind, answer.positive) == ("unknown", positive)


@pytest.mark.parametrize("dies", ["[]", "[{name: a, transistor: planar}]"])
def test_where_no_die_is_sure_to_count_nothing_is_sure_of_the_area(
    dies: str, ask: Ask, load: Load
) -> None:
    answer = ask(load(f"dies: {dies}"), "applicable_die_area")
    assert isinstance(answer, Missing)
    assert not answer.positive
