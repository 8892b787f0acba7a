"""Chips side by side: the rows, the ratios as intervals, and who is best for certain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

import pytest

from chipcalc.comparison.comparison import (
    ComparedRow,
    Comparison,
    combinations,
    compare,
    headline,
    is_elementary,
    raw_metrics,
)
from chipcalc.comparison.options import Options
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.units import quantity

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
INT8 = {"format": "int8", "engine": "tensor"}
FP16 = {"format": "fp16", "engine": "tensor"}


def together(store: Store, *chips: str | Sheet, **options: object) -> Comparison:
    """Return the comparison of chips of the made-up folder and of other sheets."""
    sheets = [store.sheet(chip) if isinstance(chip, str) else chip for chip in chips]
    return compare(sheets, store.vocabulary, Options(**options))  # type: ignore[arg-type]


def line(found: Comparison, metric: str, **when: str) -> ComparedRow:
    """Return the one row of a metric, under conditions where it has several."""
    (only,) = [
        each for each in found.lines if each.metric == metric and when.items() <= each.when.items()
    ]
    return only


def ids(found: Comparison) -> list[str]:
    """Return the chips in their order."""
    return [sheet.id for sheet in found.sheets]


def power(value: str, chip: str, load: Load) -> Sheet:
    """Return a chip of that name with a board power."""
    sheet = load(f"values: {{board_power: [{{value: {value}, unit: W, {FIRM}}}]}}")
    return Sheet(sheet.chip.model_copy(update={"id": chip}), sheet.document)


def test_the_rows_are_those_of_the_vocabulary_in_its_order(store: Store) -> None:
    found = together(store, "a10", "a20")
    assert [(each.metric, *each.when.values()) for each in found.lines] == [
        ("throughput", "int8", "tensor"),
        ("throughput", "fp16", "tensor"),
        ("throughput", "tf32", "tensor"),
        ("throughput", "fp32", "vector"),
        ("memory_capacity",),
        ("memory_bandwidth",),
        ("link_bandwidth",),
        ("board_power",),
        ("die_area",),
        ("price",),
        ("throughput_per_watt", "fp16", "tensor"),
        ("tpp",),
        ("performance_density",),
    ]


def test_a_row_where_known_needs_a_figure(store: Store) -> None:
    metrics = {each.metric for each in together(store, "a20", "p1").lines}
    assert "price" not in metrics
    assert "tpp_declared" not in metrics
    assert "memory_capacity" in metrics
    assert "tpp_declared" in {each.metric for each in together(store, "a20", "b100-sxm").lines}


def test_metrics_that_are_named_are_the_rows_in_that_order_known_or_not(store: Store) -> None:
    found = together(store, "a20", "p1", metrics=("price", "io_bandwidth", "tpp", "price"))
    assert [each.metric for each in found.lines] == ["price", "io_bandwidth", "tpp"]


def test_extra_metrics_join_the_usual_ones_in_the_order_of_the_vocabulary(store: Store) -> None:
    metrics = [
        each.metric for each in together(store, "a10", "a20", extra=("host_bandwidth",)).lines
    ]
    assert metrics.index("link_bandwidth") + 1 == metrics.index("host_bandwidth")


def test_conditions_narrow_the_rows_and_leave_those_they_are_not_about(store: Store) -> None:
    found = together(store, "a10", "a20", when={"format": "int8"})
    assert line(found, "throughput").when == INT8
    assert line(found, "throughput_per_watt").when == INT8
    assert line(found, "board_power").when == {}


def test_a_detail_narrows_the_statements_of_a_row(store: Store) -> None:
    row = line(together(store, "lt910", "a10", when={"counts": "cube"}), "throughput", **FP16)
    assert row.when == {**FP16, "counts": "cube"}
    assert isinstance(row.answers[0], Figure)
    assert row.answers[0].value == quantity("256 TFLOPS")


def test_a_metric_with_a_row_per_format_shows_the_first_headline_format_that_most_chips_have(
    store: Store, load: Load
) -> None:
    int8 = f"{{value: 5, unit: TOPS, when: {{{', '.join(f'{k}: {v}' for k, v in INT8.items())}, "
    sheet = load(
        f"values: {{throughput: [{int8}sparsity: dense}}, {FIRM}}}],"
        f" board_power: [{{value: 5, unit: W, {FIRM}}}]}}"
    )
    for other, expected in (("a20", "fp16"), (sheet, "int8"), ("p1", "fp16")):
        row = line(together(store, "a10", other), "throughput_per_watt")
        assert row.when["format"] == expected


def test_a_metric_with_a_row_per_format_shows_all_of_them_when_it_is_named(store: Store) -> None:
    found = together(store, "a10", "a20", metrics=("throughput_per_watt",))
    assert [each.when["format"] for each in found.lines] == ["int8", "fp16", "tf32", "fp32"]


def test_chips_without_any_such_figure_have_no_headline(store: Store, load: Load) -> None:
    evaluators = [Evaluator(load(""), store.vocabulary)]
    assert headline(evaluators, "throughput_per_watt", store.vocabulary, {}) == {}
    assert combinations(evaluators, "throughput", store.vocabulary) == []


def test_all_statements_have_a_row_each_the_sparse_ones_too(store: Store) -> None:
    found = together(store, "a20", "b100-sxm", metrics=("throughput",), all_statements=True)
    rows = {(each.when["format"], each.when["sparsity"]): each.answers for each in found.lines}
    assert set(rows) == {("int8", "dense"), ("fp16", "dense"), ("fp16", "2:4"), ("int8", "2:4")}
    sparse, dense = rows["fp16", "2:4"], rows["fp16", "dense"]
    assert [isinstance(each, Figure) and each.derived for each in sparse] == [False, False]
    assert [isinstance(each, Figure) and each.derived for each in dense] == [False, True]
    missing = rows["int8", "2:4"][0]
    assert isinstance(missing, Missing)
    assert missing.kind == "unknown"


def test_all_statements_may_be_narrowed_by_a_condition(store: Store) -> None:
    found = together(
        store, "a20", "p1", metrics=("throughput",), all_statements=True, when={"format": "int8"}
    )
    assert [each.when["format"] for each in found.lines] == ["int8"]


def test_a_metric_that_no_chip_states_has_one_row_among_all_statements(store: Store) -> None:
    found = together(store, "a20", "p1", metrics=("price",), all_statements=True)
    assert [dict(each.when) for each in found.lines] == [{}]


def test_statements_about_the_same_share_a_row_however_their_conditions_are_ordered(
    store: Store, load: Load
) -> None:
    when = "{sparsity: dense, engine: tensor, format: int8}"
    sheet = load(f"values: {{throughput: [{{value: 5, unit: TOPS, when: {when}, {FIRM}}}]}}")
    found = together(store, "p1", sheet, metrics=("throughput",), all_statements=True)
    assert len(found.lines) == 1


def test_ratios_are_to_the_first_chip(store: Store) -> None:
    row = line(together(store, "a10", "a20", "b100-sxm"), "memory_bandwidth")
    assert row.ratios == (exactly(1), exactly(2), exactly(4))


def test_a_ratio_to_a_range_is_an_interval(store: Store) -> None:
    """400 W over 300 to 350 W lies between 8/7 and 4/3."""
    row = line(together(store, "b100-pcie", "a10"), "board_power")
    assert row.ratios[1] == Interval(Fraction(8, 7), Fraction(4, 3), Fraction(4, 3))


def test_a_chip_is_exactly_once_itself_even_where_its_figure_is_a_range(store: Store) -> None:
    row = line(together(store, "b100-pcie", "a10"), "board_power")
    assert row.ratios[0] == exactly(1)


@pytest.mark.parametrize(
    ("chips", "metric"),
    [
        (("p1", "a10"), "board_power"),
        (("a10", "p1"), "board_power"),
        (("a10", "lt910"), "price"),
        (("zero", "a10"), "board_power"),
    ],
    ids=["base unknown", "other unknown", "currencies", "base zero"],
)
def test_without_two_like_figures_there_is_no_ratio(
    chips: tuple[str, str], metric: str, store: Store, load: Load
) -> None:
    sheets = [power("0", chip, load) if chip == "zero" else chip for chip in chips]
    assert line(together(store, *sheets), metric).ratios[1] is None


@pytest.mark.parametrize(
    ("chips", "metric", "best"),
    [
        (("a10", "a20"), "memory_capacity", "a20"),
        (("a10", "a20"), "board_power", "a10"),
        (("b100-pcie", "a10"), "board_power", "b100-pcie"),
        (("a10", "a20", "p1"), "memory_capacity", "a20"),
        (("a10", "p1"), "memory_capacity", None),
        (("a10", "a20"), "die_area", None),
        (("a10", "lt910"), "price", None),
        (("a20", "a20-lite"), "memory_bandwidth", None),
    ],
    ids=[
        "higher",
        "lower",
        "a range all below",
        "among the known",
        "only one known",
        "neither direction",
        "currencies",
        "a tie",
    ],
)
def test_the_best_is_marked_only_where_it_is_certain(
    chips: tuple[str, ...], metric: str, best: str | None, store: Store
) -> None:
    found = together(store, *chips)
    index = line(found, metric).best
    assert (None if index is None else ids(found)[index]) == best


def test_no_chip_is_best_where_ranges_overlap(store: Store, load: Load) -> None:
    """300 to 350 W against 340 W: either could be the lower one."""
    found = together(store, "b100-pcie", power("340", "x1", load))
    assert line(found, "board_power").best is None
    assert line(together(store, "b100-pcie", power("299", "x1", load)), "board_power").best == 1


def test_readings_are_those_of_all_chips_or_of_one(store: Store) -> None:
    sparse = {"sparsity": "2:4"}
    both = together(store, "a20", "b100-sxm", reading=sparse)
    one = together(store, "a20", "b100-sxm", readings={"b100-sxm": sparse})
    assert not both.mixed
    assert one.mixed
    assert line(both, "throughput", **FP16).ratios[1] == exactly(2)
    assert line(one, "throughput", **FP16).ratios[1] == exactly(4)


def test_nobody_is_best_where_unlike_readings_are_mixed(store: Store) -> None:
    found = together(store, "a20", "b100-sxm", readings={"a20": {"sparsity": "2:4"}})
    assert {each.best for each in found.lines} == {None}


def test_dense_is_never_set_against_sparse_unless_that_is_asked_for(store: Store) -> None:
    """The A20's dense 500 TFLOPS against half of the B100's sparse 2,000."""
    assert line(together(store, "a20", "b100-sxm"), "throughput", **FP16).ratios[1] == exactly(2)


@pytest.mark.parametrize(
    ("metric", "order"),
    [
        ("tpp", ["b100-sxm", "a20", "a20-lite", "a10"]),
        ("board_power", ["a10", "a20", "a20-lite", "b100-sxm"]),
        ("throughput", ["b100-sxm", "a20", "a20-lite", "a10"]),
        ("price", ["a10", "a20", "a20-lite", "b100-sxm"]),
    ],
    ids=["highest first", "lowest first", "by the headline format", "the unknown last"],
)
def test_chips_sort_by_a_metric_the_best_first(metric: str, order: list[str], store: Store) -> None:
    assert ids(together(store, "a20-lite", "b100-sxm", "a20", "a10", sort=metric)) == order


def test_chips_sort_by_the_format_that_is_asked_for(store: Store) -> None:
    found = together(store, "p1", "z1", "b100-pcie", sort="throughput", when={"format": "int8"})
    assert ids(found) == ["z1", "p1", "b100-pcie"]


@pytest.mark.parametrize(
    ("less", "more"),
    [("100000000000000000", "100000000000000001"), ("1e99", "1.00000000000000000001e99")],
)
def test_sorting_is_exact(less: str, more: str, store: Store, load: Load) -> None:
    found = together(store, power(more, "x1", load), power(less, "x2", load), sort="board_power")
    assert ids(found) == ["x2", "x1"]


def test_the_base_comes_first_whatever_the_order(store: Store) -> None:
    found = together(store, "a10", "a20", "b100-sxm", sort="tpp", base="a10")
    assert ids(found) == ["a10", "b100-sxm", "a20"]
    assert line(found, "tpp").ratios[0] == exactly(1)


@pytest.mark.parametrize("chips", [(), ("a10",), ("a10", "a10")])
def test_a_comparison_takes_two_different_chips(chips: tuple[str, ...], store: Store) -> None:
    with pytest.raises(ChipcalcError, match="two different chips"):
        together(store, *chips)


def test_a_chip_that_is_named_twice_has_one_column(store: Store) -> None:
    assert ids(together(store, "a10", "a20", "a10")) == ["a10", "a20"]


@pytest.mark.parametrize(
    "options",
    [{"metrics": ("board_powr",)}, {"extra": ("board_powr",)}, {"sort": "board_powr"}],
    ids=["metrics", "extra", "sort"],
)
def test_a_wrong_metric_is_an_error(options: dict[str, object], store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no metric 'board_powr'"):
        together(store, "a10", "a20", **options)


def test_a_row_is_in_the_largest_unit_in_which_no_figure_is_below_one(
    store: Store, load: Load
) -> None:
    slow = load(f"values: {{memory_bandwidth: [{{value: 999, unit: GB/s, {FIRM}}}]}}")
    assert line(together(store, "a10", "a20"), "memory_bandwidth").unit.text == "TB/s"
    assert line(together(store, "a10", slow), "memory_bandwidth").unit.text == "GB/s"
    assert line(together(store, "a20", "p1"), "memory_capacity").unit.text == "GB"


def test_another_currency_does_not_choose_the_unit_of_a_row(store: Store) -> None:
    assert line(together(store, "a10", "lt910"), "price").unit.text == "kUSD"


def test_a_rate_in_floating_point_is_written_in_flops(store: Store) -> None:
    found = together(store, "a10", "a20")
    assert line(found, "throughput", **FP16).unit.text == "TFLOPS"
    assert line(found, "throughput", **INT8).unit.text == "TOPS"


def test_a_derived_metric_rests_on_the_metrics_that_sheets_state(store: Store) -> None:
    bound = frozenset({"unit", "format", "engine", "sparsity"})
    assert raw_metrics("board_power", store.vocabulary) == {"board_power": frozenset()}
    assert raw_metrics("performance_density", store.vocabulary) == {"throughput": bound}


def test_what_rests_on_dies_alone_is_elementary(store: Store) -> None:
    elementary = [
        name for name in store.vocabulary.metrics if is_elementary(name, store.vocabulary)
    ]
    assert {"board_power", "die_area", "applicable_die_area"} <= set(elementary)
    assert {"tpp", "throughput_per_watt", "io_bandwidth"}.isdisjoint(elementary)


def priced(amount: str, unit: str, chip: str, load: Load) -> Sheet:
    """Return a chip of that name with a price."""
    price = f"{{value: {amount}, unit: {unit}, as_of: 2025-01, {FIRM}}}"
    sheet = load(f"values: {{price: [{price}]}}")
    return Sheet(sheet.chip.model_copy(update={"id": chip}), sheet.document)


def test_prices_in_two_currencies_have_no_order(store: Store, load: Load) -> None:
    dear, cheap = priced("900", "USD", "dear", load), priced("1000", "CNY", "cheap", load)
    with pytest.raises(ChipcalcError) as caught:
        together(store, dear, cheap, sort="price")
    (problem,) = caught.value.problems
    assert "have no order" in problem.what
    assert problem.hint == "give a rate of exchange: --rate 'NUMBER CNY/USD'"


def test_a_rate_of_exchange_puts_prices_in_order(store: Store, load: Load) -> None:
    """A thousand yuan at 7.2 to the dollar are 138.9 dollars, and 900 dollars are 6.48 times it."""
    dear, cheap = priced("900", "USD", "dear", load), priced("1000", "CNY", "cheap", load)
    rates = (quantity("7.2 CNY/USD"),)
    found = together(store, dear, cheap, sort="price", rates=rates)
    assert ids(found) == ["cheap", "dear"]
    (line,) = [each for each in found.lines if each.metric == "price"]
    ratio = line.ratios[1]
    assert ratio is not None
    assert ratio.best == Fraction("6.48")
    assert line.best == 0


def test_without_a_rate_prices_in_two_currencies_have_no_ratio_and_no_best(
    store: Store, load: Load
) -> None:
    dear, cheap = priced("900", "USD", "dear", load), priced("1000", "CNY", "cheap", load)
    (line,) = [e for e in together(store, dear, cheap).lines if e.metric == "price"]
    assert line.ratios[1] is None
    assert line.best is None
