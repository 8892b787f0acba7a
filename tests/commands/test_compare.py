"""What people ask for in words: chips, conditions, readings of one chip, an intensity."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.api.database import Database
from chipcalc.commands.compare import Wanted, comparison, conditions
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.sheets.store import Store
from chipcalc.tables.compare import Look
from chipcalc.tables.report import Report
from chipcalc.values import units
from shared import STORE


def asked(
    store: Store, *chips: str, percent: bool = False, sources: bool = False, **options: Any
) -> Report:
    """Return the report of a comparison."""
    found = comparison(Database(store), Wanted(chips, percent=percent, **options)).comparison
    return found.shown(Look(percent, sources))


def fault(store: Store, *chips: str, **options: Any) -> Problem:
    """Return the problem of a comparison."""
    with pytest.raises(ChipcalcError) as caught:
        comparison(Database(store), Wanted(chips, **options))
    (problem,) = caught.value.problems
    return problem


def values(found: Report, metric: str, **when: str) -> dict[str, int | float | None]:
    """Return what the chips come to in the one row of a metric."""
    (row,) = [
        each
        for each in found.data()["rows"]
        if each["metric"] == metric and when.items() <= each["when"].items()
    ]
    return {chip: value["value"] for chip, value in row["values"].items()}


def amounts(found: Report, metric: str, unit: str, **when: str) -> dict[str, Fraction]:
    """Return what the chips come to in the one row of a metric, in a unit; 0 for nothing."""
    (row,) = [
        each
        for each in found.data()["rows"]
        if each["metric"] == metric and when.items() <= each["when"].items()
    ]
    times = units.unit(row["unit"]).factor / units.unit(unit).factor
    return {chip: Fraction(value["exact"] or 0) * times for chip, value in row["values"].items()}


def chips(found: Report) -> list[str]:
    """Return the chips in their order."""
    return list(found.data()["chips"])


def test_names_are_found_and_families_expand_with_a_notice(store: Store) -> None:
    found = comparison(Database(store), Wanted(["b100", "Ａ１０", "atlas"]))
    assert chips(found.comparison.report()) == ["b100-sxm", "a10", "a20", "a20-lite"]
    assert found.notices == (
        "b100 is read as b100-sxm (also b100-pcie)",
        "atlas stands for 3 chips: a10, a20 and a20-lite",
    )
    assert found.understood == found.notices[:1]


def test_a_pattern_is_enough_for_a_comparison(store: Store) -> None:
    assert chips(asked(store, "a*0")) == ["a10", "a20"]


def test_the_base_comes_first_and_need_not_be_named_twice(store: Store) -> None:
    assert chips(asked(store, "a10", "a20", base="b100")) == ["b100-sxm", "a10", "a20"]
    assert chips(asked(store, "a10", "a20", base="A-20")) == ["a20", "a10"]


@pytest.mark.parametrize("base", ["atlas", "a?0"])
def test_the_base_is_one_chip(base: str, store: Store) -> None:
    found = fault(store, "a10", "a20", base=base)
    assert found.what == f"--base takes one chip, and '{base}' stands for several"
    assert "a20" in found.hint


def test_an_unknown_name_is_an_error(store: Store) -> None:
    assert fault(store, "a1O", "a20").hint == "ids that look alike: a10"


def test_two_sheets_that_call_themselves_the_same_chip_are_never_silently_made_one(
    store: Store, tmp_path: Path
) -> None:
    """Someone copies a sheet, changes a figure, and compares the two with a third chip."""
    text = store.files["a10"].read_text(encoding="utf-8")
    path = tmp_path / "what-if.yaml"
    path.write_text(text.replace("value: 400, unit: W", "value: 300, unit: W"), encoding="utf-8")
    assert "a10" in fault(store, "a20", "a10", str(path)).what


def test_the_same_sheet_under_two_names_is_one_chip(store: Store) -> None:
    assert chips(asked(store, "a10", "a20", "hgx a10", "atlas")) == ["a10", "a20", "a20-lite"]


def test_a_reading_of_a_chip_that_is_not_compared_is_an_error(store: Store) -> None:
    problem = fault(store, "a10", "a20", when=("b100-sxm:sparsity=2:4",))
    assert "not compared" in problem.what


def test_conditions_narrow_the_rows(store: Store) -> None:
    found = asked(store, "a10", "a20", when=["format=INT8"], metrics=["throughput"])
    assert values(found, "throughput") == {"a10": 400, "a20": 1000}


@pytest.mark.parametrize("when", ["sparsity=2:4", "2:4"])
def test_a_reading_holds_for_all_chips(when: str, store: Store) -> None:
    found = asked(store, "a20", "b100", when=[when], metrics=["throughput"])
    assert values(found, "throughput", format="fp16") == {"a20": 1000, "b100-sxm": 2000}


@pytest.mark.parametrize("when", ["b100:sparsity=2:4", "b100-sxm: sparsity = 2:4", "b100:2:4"])
def test_a_reading_may_be_asked_of_one_chip_by_name(when: str, store: Store) -> None:
    found = asked(store, "a20", "b100", when=[when], metrics=["throughput"])
    assert values(found, "throughput", format="fp16") == {"a20": 500, "b100-sxm": 2000}
    assert found.title[1].text.startswith("Mixed readings")


def test_a_reading_of_one_chip_goes_before_that_of_all(store: Store) -> None:
    wanted = ["sparsity=2:4", "a20:sparsity=dense"]
    found = asked(store, "a20", "b100", when=wanted, metrics=["throughput"])
    assert values(found, "throughput", format="fp16") == {"a20": 500, "b100-sxm": 2000}


def test_a_reading_of_a_family_holds_for_its_chips(store: Store) -> None:
    found = asked(store, "a20", "a20-lite", when=["atlas:2:4"], metrics=["throughput"])
    assert values(found, "throughput", format="fp16") == {"a20": 1000, "a20-lite": 1000}


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("b100:format=fp16", "'b100:format=fp16' is not a reading of one chip"),
        ("b1OO:sparsity=2:4", "no sheet for 'b1OO'"),
        ("fromat=fp16", "no condition 'fromat'"),
        ("format=fp61", "no format 'fp61'"),
    ],
)
def test_a_condition_that_cannot_be_read_is_an_error(when: str, what: str, store: Store) -> None:
    assert fault(store, "a10", "b100", when=[when]).what == what


def test_several_conditions_are_read_together(store: Store) -> None:
    texts: Sequence[str] = ["format=fp16, vector", "counts=cube"]
    assert conditions(texts, store) == {"format": "fp16", "engine": "vector", "counts": "cube"}
    assert conditions([], store) == {}


def test_at_an_intensity_the_attainable_throughput_joins_the_rows(store: Store) -> None:
    """Two operations for each byte at 2 and 4 TB/s."""
    found = asked(store, "a10", "a20", at="2 op/B")
    attained = values(found, "attainable_throughput", format="fp16")
    assert attained == {"a10": 4, "a20": 8}
    assert "attainable_throughput" not in {
        row["metric"] for row in asked(store, "a10", "a20").data()["rows"]
    }


@pytest.mark.parametrize(
    ("at", "what"),
    [
        ("2", "'2' has no unit"),
        ("two op/B", "'two op/B' is not a quantity"),
        ("2 W", "'W' is energy per time, not operations per byte"),
        ("2 B/op", "'B/op' is information per operation, not operations per byte"),
        ("0 op/B", "an arithmetic intensity is more than zero"),
        ("-1 op/B", "an arithmetic intensity is more than zero"),
    ],
)
def test_an_intensity_is_operations_for_each_byte(at: str, what: str, store: Store) -> None:
    found = fault(store, "a10", "a20", at=at)
    assert (found.what, found.hint) == (what, "write for example --at '2 op/B'")


def test_order_metrics_and_looks_are_passed_on(store: Store) -> None:
    found = asked(
        store,
        "a10",
        "a20",
        metrics=["memory_capacity"],
        sort="tpp",
        percent=True,
        sources=True,
    )
    assert chips(found) == ["a20", "a10"]
    assert found.rows[1].texts[-1] == "62.5 %"
    assert found.notes[1][0].text.startswith("Sources of Acme A20")
    every = asked(store, "a20", "b100", metrics=["throughput"], all_statements=True)
    assert len(every.rows) == 1 + 4


@pytest.mark.parametrize("option", [{"metrics": ["board_powr"]}, {"sort": "board_powr"}])
def test_a_wrong_metric_is_an_error(option: dict[str, Any], store: Store) -> None:
    assert fault(store, "a10", "a20", **option).hint == "did you mean 'board_power'?"


@given(count=st.integers(2, 10**6))
def test_so_many_of_a_chip_have_so_many_times_the_rate_the_memory_and_the_power(
    count: int, store: Store
) -> None:
    found = asked(store, f"{count} a10", "a20")
    whole = f"{count} a10"
    assert chips(found) == [whole, "a20"]
    assert amounts(found, "throughput", "TFLOPS", format="fp16")[whole] == 200 * count
    assert amounts(found, "memory_capacity", "GB")[whole] == 80 * count
    assert amounts(found, "memory_bandwidth", "GB/s")[whole] == 2000 * count
    assert amounts(found, "board_power", "W")[whole] == 400 * count
    assert amounts(found, "price", "USD")[whole] == 10000 * count


def test_what_so_many_chips_do_not_add_up_stays_as_it_is_or_is_left_out() -> None:
    one, many = asked(STORE, "h100-sxm", "h20"), asked(STORE, "8 h100-sxm", "h20")
    for metric in ("throughput_per_watt", "memory_bandwidth_per_watt", "ridge_point"):
        assert values(many, metric)["8 h100-sxm"] == values(one, metric)["h100-sxm"]
    shown = {each["metric"] for each in many.data()["rows"]}
    apart = {"link_bandwidth", "host_bandwidth", "die_area", "tpp", "performance_density"}
    assert apart.isdisjoint(shown)
    said = " ".join(each.text for each in many.lines)
    assert "Of each chip, and not added up: chip to chip, host link, logic die area" in said
    asked_for = asked(STORE, "8 h100-sxm", "h20", metrics=["tpp"])
    assert values(asked_for, "tpp")["8 h100-sxm"] is None


@pytest.mark.parametrize("text", ["8 a10", "8 x a10", "8× a10", " 8  A10 SXM"])
def test_a_number_before_a_chip_says_how_many(text: str, store: Store) -> None:
    assert chips(asked(store, text, "a20")) == ["8 a10", "a20"]


def test_one_of_a_chip_is_the_chip_and_none_of_it_is_refused(store: Store) -> None:
    assert chips(asked(store, "1 a10", "a20")) == ["a10", "a20"]
    assert fault(store, "0 a10", "a20").what == "'0 a10': 0 is no number of chips"
    assert fault(store, "8 a1O", "a20").what == "no sheet for 'a1O'"


def test_verbs_agree_with_so_many_chips(store: Store) -> None:
    first = asked(store, "a20", "8 a10").title[0].text
    assert first.startswith("8 Acme A10 compute 3.2 × an Acme A20")
    other = asked(store, "8 a10", "a20").title[0].text
    assert other.startswith("Acme A20 computes 0.312 × what 8 Acme A10 do")


def test_of_two_chips_the_first_is_said_in_per_cent_of_the_second(store: Store) -> None:
    found = asked(store, "a10", "a20", percent=True)
    assert found.title[0].text.startswith("Acme A10 computes 40.0 % of an Acme A20")
    assert found.data()["base"] == "a20"
    based = asked(store, "a10", "a20", percent=True, base="a10")
    assert based.data()["base"] == "a10"
    three = asked(store, "a10", "a20", "b100", percent=True)
    assert three.data()["base"] == "a10"


def test_a_figure_is_supposed_of_all_chips_or_of_one(store: Store) -> None:
    every = asked(store, "a10", "a20", supposing=["price=25000USD"])
    assert amounts(every, "price", "USD") == {"a10": 25000, "a20": 25000}
    one = asked(store, "a10", "a20", supposing=["a20:price=25kUSD", "a20:tpp=5000"])
    assert amounts(one, "price", "USD") == {"a10": 10000, "a20": 25000}
    assert values(one, "tpp") == {"a10": 3200, "a20": 5000}
    assert one.title[0].text.endswith(", supposed: a20:price=25kUSD, a20:tpp=5000")
    (price,) = (row for row in one.rows if row.texts[0] == "Price")
    assert [bool(any(each.footnotes)) for each in price.cells[2:4]] == [True, True]
    assert "supposed" in [each.text for each in one.lines]
    several = asked(store, "8 a10", "a20", supposing=["8 a10:price=2kUSD"])
    assert amounts(several, "price", "USD")["8 a10"] == 16000


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("b100-pcie:price=1USD", "is for a chip that is not compared"),
        ("price", "sets nothing"),
        ("market=consumer", "is no figure"),
        ("price=3GB", "GB"),
    ],
)
def test_what_cannot_be_supposed_is_refused(text: str, what: str, store: Store) -> None:
    assert what in fault(store, "a10", "a20", supposing=[text]).what


def test_a_purpose_shows_what_matters_for_it(store: Store) -> None:
    found = asked(store, "a10", "a20", purpose="serving")
    rows = found.data()["rows"]
    assert {each["metric"] for each in rows} == {
        "memory_bandwidth",
        "throughput",
        "attainable_throughput",
    }
    assert {each["when"].get("format", "fp16") for each in rows} == {"fp16"}
    assert values(found, "attainable_throughput") == {"a10": 4, "a20": 8}
    other = asked(store, "a10", "a20", purpose="serving", when=["format=int8"], at="1 op/B")
    assert values(other, "attainable_throughput", format="int8") == {"a10": 2, "a20": 4}
    assert fault(store, "a10", "a20", purpose="gaming").what == "no purpose 'gaming'"


def test_every_built_in_purpose_shows_something_of_two_chips() -> None:
    assert list(STORE.vocabulary.purposes) == ["training", "prefill", "decode", "car"]
    for name in STORE.vocabulary.purposes:
        assert asked(STORE, "orin-x", "thor-x", purpose=name).data()["rows"]
