"""A chip as a user describes it: what is given stands, what it replaces is gone, the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.what_if import Supposed, blank, settings, suppose
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Conversion, Converted, Figure, Missing
from chipcalc.rules.circumstances import spelled
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.exact import decimal_text
from chipcalc.values.units import quantity, unit

Load: TypeAlias = Callable[[str], Sheet]
INT8 = {"format": "int8", "engine": "tensor"}
FP16 = {"format": "fp16", "engine": "tensor"}
TF32 = {"format": "tf32", "engine": "tensor"}
FP32 = {"format": "fp32", "engine": "vector"}


def supposing(store: Store, chip: str = "", /, **facts: str) -> Supposed:
    """Return a chip, or an item without a file, with some facts supposed."""
    sheet = store.sheet(chip) if chip else blank(store.vocabulary)
    return suppose(sheet, facts, store.vocabulary)


def evaluator(store: Store, chip: str = "", /, **facts: str) -> Evaluator:
    """Return what reads a chip with some facts supposed."""
    return supposing(store, chip, **facts).evaluator


def fault(store: Store, chip: str = "", /, **facts: str) -> Problem:
    """Return what is wrong with some facts."""
    with pytest.raises(ChipcalcError) as caught:
        supposing(store, chip, **facts)
    (problem,) = caught.value.problems
    return problem


def exact(answer: Answer, into: str) -> Fraction | int:
    """Return the one amount of a figure in a unit."""
    assert isinstance(answer, Figure), answer
    amount = answer.value.to(unit(into)).amount
    assert amount.exact
    return amount.best


def kind(answer: Answer) -> str:
    """Return why there is no figure."""
    assert isinstance(answer, Missing), answer
    return answer.kind


def stated(sheet: Sheet, metric: str) -> list[tuple[Statement, str]]:
    """Return the statements of a metric that were not supposed, with their places."""
    found = sheet.statements.get(metric, ())
    return [(each.statement, each.origin) for each in found if each.origin]


# Settings as people type them.

EXAMPLE = "tpp=2368 or market=edge"


def test_a_setting_is_a_name_and_a_value() -> None:
    typed = ["tpp=2368", " market = edge ", "throughput[int8]=296 TOPS"]
    assert settings(typed, EXAMPLE) == {
        "tpp": "2368",
        "market": "edge",
        "throughput[int8]": "296 TOPS",
    }


def test_a_condition_may_be_written_in_full() -> None:
    typed = ["throughput[format=int8, engine=vector]=1 TOPS"]
    assert settings(typed, EXAMPLE) == {"throughput[format=int8, engine=vector]": "1 TOPS"}


@pytest.mark.parametrize(
    "typed",
    [
        "tpp",
        "tpp=",
        "tpp= ",
        "=5",
        "",
        "throughput[int8]",
        "throughput[format=int8]",
        "throughput[format=int8]=",
    ],
)
def test_a_setting_without_a_name_or_a_value_sets_nothing_and_is_shown_how(typed: str) -> None:
    with pytest.raises(ChipcalcError) as caught:
        settings([typed], EXAMPLE)
    assert caught.value.problems == (
        Problem(f"'{typed}' sets nothing", hint=f"write for example {EXAMPLE}"),
    )


@pytest.mark.parametrize("other", ["tpp=3000", "tpp=2000", " tpp = 3000"])
def test_a_name_that_is_set_twice_is_an_error(other: str) -> None:
    with pytest.raises(ChipcalcError, match="'tpp' is set twice"):
        settings(["tpp=2000", "market=edge", other], EXAMPLE)


# An item without a file.


def test_of_an_item_that_is_not_described_every_metric_is_unknown(store: Store) -> None:
    found = evaluator(store)
    for metric in store.vocabulary.metrics:
        assert kind(found.figure(metric)) == "unknown"


def test_a_described_item_is_what_was_given_and_nothing_else(store: Store) -> None:
    """296 TOPS × 8 bit on 814 mm²."""
    found = evaluator(store, **{"throughput[int8]": "296 TOPS", "die_area": "814 mm^2"})
    assert exact(found.figure("tpp"), "TOPS*bit") == 2368
    density = exact(found.figure("performance_density"), "TOPS*bit/mm^2")
    assert density == Fraction(2368, 814)
    assert kind(found.figure("throughput", FP16)) == "unknown"
    assert kind(found.figure("memory_bandwidth")) == "unknown"


def test_what_was_given_has_its_own_status_and_no_place_in_a_file(store: Store) -> None:
    facts = {"memory_bandwidth": "1 TB/s", "tpp": "5", "die_area": "9 mm^2"}
    found = evaluator(store, "a10", **facts)
    for metric in ("memory_bandwidth", "tpp", "applicable_die_area", "die_area"):
        answer = found.figure(metric)
        assert isinstance(answer, Figure)
        assert answer.status == "given"
        assert "".join(each.origin for each in answer.statements()) == ""


def test_a_figure_that_rests_on_something_given_is_no_firmer(store: Store) -> None:
    answer = evaluator(store, "a10", board_power="350 W").figure("throughput_per_watt", INT8)
    assert isinstance(answer, Figure)
    assert answer.status == "given"


# What is given can be read back.

ASKED = {
    "memory_capacity": ("memory_capacity", {}, "GB"),
    "memory_bandwidth": ("memory_bandwidth", {}, "GB/s"),
    "memory-bandwidth": ("memory_bandwidth", {}, "TB/s"),
    "board_power": ("board_power", {}, "W"),
    "price": ("price", {}, "CNY"),
    "tpp_declared": ("tpp_declared", {}, "POPS*bit"),
    "link_bandwidth": ("link_bandwidth", {}, "GB/s"),
    "link_bandwidth[both]": ("link_bandwidth", {}, "GB/s"),
    "host_bandwidth": ("host_bandwidth", {}, "TB/s"),
    "throughput[int8]": ("throughput", INT8, "TOPS"),
    "throughput[INT8]": ("throughput", INT8, "POPS"),
    "throughput[format=fp16]": ("throughput", FP16, "TFLOPS"),
    "throughput[fp32, vector]": ("throughput", FP32, "TFLOPS"),
    "throughput[engine=vector,format=fp32]": ("throughput", FP32, "GFLOPS"),
    "throughput[tf32,tensor,dense]": ("throughput", TF32, "TFLOPS"),
    "die_area": ("die_area", {}, "mm^2"),
    "die-area": ("applicable_die_area", {}, "mm^2"),
    "applicable_die_area": ("applicable_die_area", {}, "mm^2"),
    "tpp": ("tpp", {}, "TOPS*bit"),
    "performance_density": ("performance_density", {}, "TOPS*bit/mm^2"),
    "io_bandwidth": ("io_bandwidth", {}, "GB/s"),
    "arithmetic_intensity": ("arithmetic_intensity", {}, "op/B"),
}
CHIPS = ["", "a10", "a20", "a20-lite", "b100-sxm", "b100-pcie", "lt910", "p1", "z1"]


@given(
    typed=st.sampled_from(sorted(ASKED)),
    chip=st.sampled_from(CHIPS),
    amount=st.decimals(0, 100_000, places=3).map(Fraction),
)
def test_what_is_supposed_is_what_is_read_exactly(
    typed: str, chip: str, amount: Fraction, store: Store
) -> None:
    metric, when, into = ASKED[typed]
    found = evaluator(store, chip, **{typed: f"{decimal_text(amount)} {into}"})
    assert exact(found.figure(metric, when), into) == amount


@given(typed=st.sampled_from(sorted(ASKED)), chip=st.sampled_from([each for each in CHIPS if each]))
def test_a_supposed_value_leaves_every_other_statement_as_it_was(
    typed: str, chip: str, store: Store
) -> None:
    """Statements that share its format and engine go, or all where the metric has neither."""
    metric, when, into = ASKED[typed]
    before, after = store.sheet(chip), evaluator(store, chip, **{typed: f"7 {into}"}).sheet
    rows = {name: value for name, value in when.items() if metric == "throughput"}
    for name, statements in before.statements.items():
        kept = [
            each
            for each in statements
            if name != metric
            or (rows and any(each.statement.when.get(row) != rows[row] for row in rows))
        ]
        assert stated(after, name) == [(e.statement, e.origin) for e in kept]
    assert set(after.statements) <= {*before.statements, metric}
    assert before.statements == store.sheet(chip).statements


def test_the_sheet_itself_does_not_change(store: Store) -> None:
    sheet = store.sheet("a10")
    suppose(sheet, {"memory_bandwidth": "1 GB/s", "die_area": "1 mm^2"}, store.vocabulary)
    found = Evaluator(sheet, store.vocabulary)
    assert exact(found.figure("memory_bandwidth"), "GB/s") == 2000
    assert exact(found.figure("die_area"), "mm^2") == 800


FACTS = {
    "throughput[int8]": "296 TOPS",
    "throughput[fp16]": "148 TFLOPS",
    "die_area": "814 mm^2",
    "memory_bandwidth": "4 TB/s",
    "market": "edge",
    "launched": "2024-02",
    "price": "9 kUSD",
}


@given(order=st.permutations(list(FACTS)), chip=st.sampled_from(CHIPS))
def test_the_order_in_which_facts_are_given_does_not_matter(
    order: list[str], chip: str, store: Store
) -> None:
    one, other = supposing(store, chip, **FACTS), supposing(store, chip, **pick(FACTS, order))
    assert one.circumstances == other.circumstances == {"market": "edge"}
    assert one.evaluator.sheet.chip == other.evaluator.sheet.chip
    for metric in store.vocabulary.metrics:
        for when in ({}, INT8, FP16):
            first, second = (each.evaluator.figure(metric, when) for each in (one, other))
            assert isinstance(first, Figure) == isinstance(second, Figure)
            if isinstance(first, Figure) and isinstance(second, Figure):
                assert first.value == second.value


def pick(facts: Mapping[str, str], order: list[str]) -> dict[str, str]:
    """Return the same facts in another order."""
    return {name: facts[name] for name in order}


# Throughput: formats, engines, sparsity, details and processing units.


def test_another_format_keeps_its_rate_and_its_place(store: Store) -> None:
    found = evaluator(store, "a10", **{"throughput[int8]": "10 TOPS"})
    answer = found.figure("throughput", FP16)
    assert exact(answer, "TFLOPS") == 200
    assert isinstance(answer, Figure)
    assert [each.origin for each in answer.statements()] == ["a10.yaml:15"]
    assert exact(found.figure("tpp"), "TOPS*bit") == 200 * 16


def test_another_engine_keeps_its_rate(store: Store) -> None:
    found = evaluator(store, "a10", **{"throughput[fp32,tensor]": "10 TFLOPS"})
    assert exact(found.figure("throughput", FP32), "TFLOPS") == 25
    tensor = {"format": "fp32", "engine": "tensor"}
    assert exact(found.figure("throughput", tensor), "TFLOPS") == 10


def test_a_dense_rate_replaces_what_was_derived_from_a_sparse_one(store: Store) -> None:
    """B100 publishes 2,000 TFLOPS with 2:4 sparsity alone, which is 1,000 dense."""
    answer = evaluator(store, "b100-sxm", **{"throughput[fp16]": "900 TFLOPS"}).figure(
        "throughput", FP16
    )
    assert exact(answer, "TFLOPS") == 900
    assert isinstance(answer, Figure)
    assert not answer.derived


def test_a_sparse_rate_replaces_the_dense_one(store: Store) -> None:
    """Half of 1,600 TFLOPS, and not the 500 that the sheet states."""
    found = evaluator(store, "a20", **{"throughput[fp16,2:4]": "1600 TFLOPS"})
    answer = found.figure("throughput", FP16)
    assert exact(answer, "TFLOPS") == 800
    assert isinstance(answer, Figure)
    assert answer.how == Converted((Conversion("2:4 sparse", Fraction(1, 2)),))


def test_a_dense_rate_leaves_no_sparse_one_behind(store: Store) -> None:
    """1,000 with sparsity would contradict 100 without."""
    found = evaluator(store, "a20", **{"throughput[fp16]": "100 TFLOPS"})
    assert kind(found.figure("throughput", {**FP16, "sparsity": "2:4"})) == "unknown"


def test_a_rate_replaces_both_ways_to_count_it(store: Store) -> None:
    """Cube units alone at 256, cube and vector units at 320."""
    found = evaluator(store, "lt910", **{"throughput[fp16]": "100 TFLOPS"})
    assert exact(found.figure("throughput", FP16), "TFLOPS") == 100


def test_a_format_that_the_sheet_denies_can_be_supposed(store: Store) -> None:
    found = evaluator(store, "a20", **{"throughput[tf32]": "600 TFLOPS"})
    assert exact(found.figure("throughput", {"format": "tf32"}), "TFLOPS") == 600


def test_a_link_may_be_given_in_each_direction(store: Store) -> None:
    each = evaluator(store, "a10", **{"link_bandwidth[each]": "150 GB/s"})
    assert exact(each.figure("link_bandwidth"), "GB/s") == 300
    assert exact(each.figure("io_bandwidth"), "GB/s") == 300 + 64


def test_a_link_that_the_sheet_denies_can_be_supposed(store: Store) -> None:
    found = evaluator(store, "a20", host_bandwidth="64 GB/s")
    assert exact(found.figure("io_bandwidth"), "GB/s") == 800 + 64


def test_a_rate_of_the_whole_chip_replaces_those_of_its_units(store: Store) -> None:
    """INT8 of 150 TOPS, in two kinds of units, becomes 400; the GPU keeps its FP16."""
    found = evaluator(store, "z1", **{"throughput[int8]": "400 TOPS"})
    assert exact(found.figure("throughput", INT8), "TOPS") == 400
    assert exact(found.figure("throughput", FP16), "TFLOPS") == 80
    assert exact(found.figure("tpp"), "TOPS*bit") == 400 * 8


def test_a_rate_of_one_unit_leaves_those_of_the_others(store: Store) -> None:
    """A GPU of 200 TOPS beside two accelerators of 25."""
    found = evaluator(store, "z1", **{"throughput[int8,unit=gpu]": "200 TOPS"})
    assert exact(found.figure("throughput", INT8), "TOPS") == 200 + 2 * 25
    assert exact(found.figure("throughput", {**INT8, "unit": "dla"}), "TOPS") == 25


def test_a_rate_counted_in_one_way_leaves_the_other_way(store: Store) -> None:
    found = evaluator(store, "lt910", **{"throughput[fp16,counts=cube]": "250 TFLOPS"})
    both = {**FP16, "counts": "cube+vector"}
    assert exact(found.figure("throughput", both), "TFLOPS") == 320


@pytest.mark.parametrize("chip", ["a10", "z1"])
def test_a_unit_that_a_chip_does_not_have_is_an_error(chip: str, store: Store) -> None:
    """Otherwise the rate would count nowhere, and the old one would be gone."""
    assert "npu" in fault(store, chip, **{"throughput[int8,unit=npu]": "200 TOPS"}).what


def test_a_rate_replaces_the_one_of_the_only_engine_that_the_sheet_states(store: Store) -> None:
    """A10 has FP32 on vector engines alone, and that is what throughput[fp32] means of it."""
    found = evaluator(store, "a10", **{"throughput[fp32]": "50 TFLOPS"})
    assert exact(found.figure("throughput", {"format": "fp32"}), "TFLOPS") == 50


# Variants.


def test_a_variant_keeps_what_it_mirrors_with_its_place(store: Store) -> None:
    found = evaluator(store, "a20-lite", **{"throughput[int8]": "10 TOPS"})
    assert exact(found.figure("throughput", INT8), "TOPS") == 10
    answers = {
        "throughput": (found.figure("throughput", FP16), "a20.yaml:14", "reported"),
        "memory_bandwidth": (found.figure("memory_bandwidth"), "a20.yaml:19", "reported"),
        "memory_capacity": (found.figure("memory_capacity"), "a20-lite.yaml:10", "estimated"),
        "die_area": (found.figure("die_area"), "a20.yaml:25", "reported"),
    }
    for answer, origin, status in answers.values():
        assert isinstance(answer, Figure)
        assert next(answer.statements()).origin == origin
        assert answer.status == status


def test_a_supposed_value_replaces_what_a_variant_mirrors(store: Store) -> None:
    found = evaluator(store, "a20-lite", memory_bandwidth="1 TB/s", memory_capacity="1 GB")
    assert exact(found.figure("memory_bandwidth"), "TB/s") == 1
    assert exact(found.figure("memory_capacity"), "GB") == 1
    assert stated(found.sheet, "memory_bandwidth") == []


def test_a_given_die_stands_for_all_dies_that_a_variant_mirrors(store: Store) -> None:
    found = evaluator(store, "a20-lite", die_area="500 mm^2")
    for metric in ("die_area", "applicable_die_area"):
        assert exact(found.figure(metric), "mm^2") == 500
    assert exact(found.figure("performance_density"), "TOPS*bit/mm^2") == 16


# Dies and derived metrics.


def test_a_given_die_counts_although_those_of_the_sheet_are_planar(store: Store) -> None:
    found = evaluator(store, "p1", die_area="40 mm^2")
    assert exact(found.figure("performance_density"), "TOPS*bit/mm^2") == 2


def test_an_applicable_die_area_may_be_given_without_a_die(store: Store) -> None:
    found = evaluator(store, "a20", applicable_die_area="1000 mm^2")
    assert exact(found.figure("performance_density"), "TOPS*bit/mm^2") == 8
    assert exact(found.figure("die_area"), "mm^2") == 2 * 400 + 150


def test_a_given_total_leaves_the_rates_and_moves_what_rests_on_it(store: Store) -> None:
    found = evaluator(store, "a10", tpp="1600")
    assert exact(found.figure("throughput", INT8), "TOPS") == 400
    assert exact(found.figure("performance_density"), "TOPS*bit/mm^2") == 2


def test_nothing_divides_by_a_die_of_no_area(store: Store) -> None:
    assert kind(evaluator(store, "a10", die_area="0 mm^2").figure("performance_density")) == (
        "undefined"
    )


@pytest.mark.parametrize(
    ("typed", "amount"), [("4800", 4800), ("4800 TOPS*bit", 4800), ("4.8 POPS*bit", 4800)]
)
def test_what_people_write_without_a_unit_may_come_without_one(
    typed: str, amount: int, store: Store
) -> None:
    assert exact(evaluator(store, tpp=typed).figure("tpp"), "TOPS*bit") == amount


# Circumstances and dates.


@pytest.mark.parametrize("typed", ["datacenter", " Datacenter ", "DATACENTER"])
def test_a_circumstance_is_known_in_any_case(typed: str, store: Store) -> None:
    assert supposing(store, market=typed).circumstances == {"market": "datacenter"}
    assert spelled("market", typed, store.vocabulary) == "datacenter"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("datacentre", "did you mean 'datacenter'?"),
        ("moon", "known are datacenter, consumer, workstation, automotive, edge"),
        ("", "known are datacenter, consumer, workstation, automotive, edge"),
    ],
)
def test_a_wrong_circumstance_is_an_error_with_those_that_there_are(
    typed: str, hint: str, store: Store
) -> None:
    problem = fault(store, market=typed)
    assert (problem.what, problem.hint) == (f"no market '{typed}'", hint)


@pytest.mark.parametrize("day", ["2024", "2024-02", "2024-02-29"])
def test_a_launch_is_known_to_the_year_month_or_day(day: str, store: Store) -> None:
    for chip in ("", "a10", "a20-lite"):
        assert str(evaluator(store, chip, launched=day).sheet.chip.launched) == day


@pytest.mark.parametrize("day", ["2023-02-29", "soon", "2024-13", "24-02"])
def test_a_launch_on_no_day_is_an_error(day: str, store: Store) -> None:
    assert day in fault(store, launched=day).what


# Mistakes.

WRONG_NAMES = {
    "tppp": "tpp",
    "TPP": "tpp",
    "memory_bandwith": "memory_bandwidth",
    "memory-kind": "memory_kind",
    "throughput[int8": "throughput",
    "throughput]int8[": "throughput",
}


@pytest.mark.parametrize("typed", WRONG_NAMES)
def test_a_wrong_name_is_an_error_with_the_nearest(typed: str, store: Store) -> None:
    problem = fault(store, **{typed: "5 GB/s"})
    assert problem.what == f"no metric or circumstance '{typed}'"
    assert f"'{WRONG_NAMES[typed]}'" in problem.hint


def test_a_name_like_no_other_is_to_be_looked_up(store: Store) -> None:
    assert "chipcalc metrics" in fault(store, qqq="5").hint


@pytest.mark.parametrize(
    ("metric", "typed", "complaint"),
    [
        ("memory_bandwidth", "5", "has no unit"),
        ("memory_bandwidth", "5 GHz", "'GHz' is a frequency"),
        ("memory_bandwidth", "5 GB", "'GB' is information, but memory_bandwidth is measured"),
        ("memory_bandwidth", "five GB/s", "is not a quantity"),
        ("memory_bandwidth", "nan GB/s", "is not a quantity"),
        ("memory_bandwidth", "inf GB/s", "is not a quantity"),
        ("memory_bandwidth", "3,35 TB/s", "is not a number"),
        ("memory_bandwidth", "-5 GB/s", "negative"),
        ("memory_bandwidth", "5 Gb/s", "'Gb' is not a unit"),
        ("memory_bandwidth", "550-400 GB/s", "ends below its beginning"),
        ("tpp", "2368 TOPS", "'TOPS' is operation per time, but tpp is measured"),
        ("tpp", "nan", "is not a quantity"),
        ("tpp", "2,368", "is not a number"),
        ("tpp", "1e9999", "is not a number"),
        ("performance_density", "5.92 TOPS*bit", "performance_density is measured in"),
        ("die_area", "814", "has no unit"),
        ("die_area", "814 mm", "'mm' is length"),
        ("die_area", "-1 mm^2", "negative"),
        ("throughput[int8]", "296", "has no unit"),
        ("throughput[int8]", "-296 TOPS", "negative"),
        ("tpp_declared", "2368", "has no unit"),
        ("price", "9 W", "price is measured in USD"),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_with_a_next_step(
    metric: str, typed: str, complaint: str, store: Store
) -> None:
    for chip in ("", "a10"):
        problem = fault(store, chip, **{metric: typed})
        assert complaint in problem.what
        assert metric.split("[", maxsplit=1)[0] in problem.what
        assert problem.hint


@pytest.mark.parametrize("metric", ["tpp", "performance_density"])
def test_a_bare_amount_is_not_negative_either(metric: str, store: Store) -> None:
    assert "negative" in fault(store, **{metric: "-5"}).what


def test_a_rate_needs_its_format(store: Store) -> None:
    problem = fault(store, throughput="5 TOPS")
    assert problem == Problem("throughput needs its format", hint="write throughput[int8]=…")


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("throughput[int9]", "no condition 'int9' in 'throughput[int9]'"),
        ("throughput[format=int9]", "no format 'int9'"),
        ("throughput[int8,fp16]", "format cannot be both 'int8' and 'fp16'"),
        ("throughput[int8,both]", "throughput has no condition 'direction'"),
        ("memory_bandwidth[int8]", "memory_bandwidth has no condition 'format'"),
        ("board_power[unit=gpu]", "board_power has no condition 'unit'"),
    ],
)
def test_a_wrong_condition_is_an_error(typed: str, complaint: str, store: Store) -> None:
    assert fault(store, "a10", **{typed: "5 TOPS"}).what == complaint


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("tpp[int8]", "100"),
        ("performance_density[fp16]", "1"),
        ("die_area[int8]", "5 mm^2"),
        ("applicable_die_area[dense]", "5 mm^2"),
    ],
)
def test_a_condition_that_a_derived_metric_does_not_have_is_an_error(
    typed: str, value: str, store: Store
) -> None:
    assert "has no condition" in fault(store, "a10", **{typed: value}).what


@pytest.mark.parametrize(
    ("typed", "amount"), [("io_bandwidth[both]", 500), ("io_bandwidth[each]", 1000)]
)
def test_a_derived_metric_under_a_condition_is_refused_or_counts(
    typed: str, amount: int, store: Store
) -> None:
    try:
        found = evaluator(store, "a10", **{typed: "500 GB/s"})
    except ChipcalcError:
        return
    assert exact(found.figure("io_bandwidth"), "GB/s") == amount


def test_another_unit_of_a_price_is_no_mistake(store: Store) -> None:
    found = evaluator(store, "a10", price="9 kUSD")
    assert exact(found.figure("price"), "USD") == 9000
    assert quantity("9 kUSD").to(unit("USD")) == quantity("9000 USD")
