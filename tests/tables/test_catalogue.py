"""Things looked up: the list of chips, the metrics, and formulas in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.store import Store
from chipcalc.tables.catalogue import Filter, chips, describe, metric, metrics
from chipcalc.tables.report import Report
from chipcalc.values.units import unit
from chipcalc.vocabulary.expressions import Convert, Metric, from_data
from chipcalc.words.line import block
from chipcalc.yamlio import Data
from shared import said, shown


def ids(found: Report) -> list[str]:
    """Return the chips that are listed."""
    return [row.texts[0] for row in found.rows]


def test_without_a_filter_all_chips_are_listed_by_id(store: Store) -> None:
    found = chips(store, Filter())
    assert ids(found) == [sheet.id for sheet in store.all()]
    assert [column.title for column in found.columns] == [
        "id",
        "name",
        "vendor",
        "launched",
        "market",
    ]
    assert found.rows[0].texts == ("a10", "Acme A10", "acme", "2022-03", "datacenter")
    assert said(found.notes[0]) == ["8 chips"]


def test_what_a_sheet_does_not_say_is_unknown_and_null(store: Store) -> None:
    found = chips(store, Filter(vendor="zenith"))
    assert found.rows[0].texts == ("p1", "Zenith P1", "zenith", "unknown", "edge")
    days = ("launched_from", "launched_to", "launched_precision")
    assert [found.data()["chips"][0][each] for each in days] == [None, None, None]
    assert [next(iter(found.records()))[each] for each in days] == ["", "", ""]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(vendor="Longteng"), ["lt910"]),
        (Filter(family="Atlas"), ["a10", "a20", "a20-lite"]),
        (Filter(market="Automotive"), ["z1"]),
        (Filter(market="datacenter", family="atlas"), ["a10", "a20", "a20-lite"]),
        (Filter(market="unknown"), ["b100-pcie"]),
        (Filter(vendor="zenith", family="atlas"), []),
    ],
    ids=["vendor", "family", "market", "two", "unknown market", "nothing in common"],
)
def test_a_filter_lets_through_the_chips_that_pass_all_of_it(
    wanted: Filter, expected: list[str], store: Store
) -> None:
    assert ids(chips(store, wanted)) == expected


@pytest.mark.parametrize(
    ("wanted", "what", "hint"),
    [
        (Filter(vendor="acne"), "no vendor 'acne'", "did you mean 'acme'?"),
        (Filter(family="qqq"), "no family 'qqq'", "known are for example atlas, b100, zenith"),
        (Filter(market="cars"), "no market 'cars'", "automotive, datacenter, edge"),
    ],
)
def test_a_name_that_no_chip_has_is_an_error(
    wanted: Filter, what: str, hint: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError, match=what) as caught:
        chips(store, wanted)
    assert caught.value.problems[0].hint.endswith(hint)


def test_one_chip_is_counted_in_the_singular(store: Store) -> None:
    assert chips(store, Filter(vendor="longteng")).notes == (block("1 chip"),)


def test_metrics_that_are_asked_for_stand_beside_the_chips(store: Store) -> None:
    found = chips(store, Filter(family="atlas", metrics=("throughput", "price")))
    assert [column.title for column in found.columns][-2:] == ["FP16 peak throughput", "Price"]
    assert [shown(row)[-2:] for row in found.rows] == [
        ("200 TFLOPS", "10,000 USD"),
        ("500 TFLOPS", "unknown"),
        ("500 TFLOPS", "unknown"),
    ]


def test_chips_sort_by_a_metric_the_best_first_and_the_unknown_last(store: Store) -> None:
    assert ids(chips(store, Filter(vendor="acme", sort="board_power"))) == [
        "b100-pcie",
        "a10",
        "a20",
        "a20-lite",
        "b100-sxm",
    ]
    found = chips(store, Filter(sort="performance_density"))
    assert ids(found) == ["b100-sxm", "a20", "a20-lite", "a10", "b100-pcie", "lt910", "p1", "z1"]


def test_a_sheet_is_sorted_by_the_format_that_is_asked_for(store: Store) -> None:
    wanted = Filter(vendor="zenith", sort="throughput", when={"format": "int8"})
    assert [shown(row)[::4] for row in chips(store, wanted).rows] == [
        ("z1", "150 TOPS"),
        ("p1", "10 TOPS"),
    ]


def test_a_reading_that_is_asked_for_is_named_above_its_column(store: Store) -> None:
    when = {"sparsity": "2:4", "format": "fp16"}
    found = chips(store, Filter(family="b100", metrics=("throughput_per_watt",), when=when))
    assert [shown(row)[-1] for row in found.rows] == ["unknown", "2 TFLOPS/W"]
    assert "2:4 sparse" in found.columns[-1].title


def test_the_records_of_a_list_carry_amount_range_unit_and_status(store: Store) -> None:
    found = chips(store, Filter(family="b100", metrics=("board_power", "host_bandwidth")))
    pcie = {
        "chip": "b100-pcie",
        "name": "Acme B100 PCIe",
        "vendor": "acme",
        "launched_from": "2025-02-01",
        "launched_to": "2025-02-28",
        "launched_precision": "month",
        "market": "",
        "board_power": "300",
        "board_power_low": "300",
        "board_power_high": "350",
        "board_power_exact": "",
        "board_power_exact_low": "",
        "board_power_exact_high": "",
        "board_power_unit": "W",
        "board_power_status": "reported",
        "board_power_when": "",
        "host_bandwidth": "",
        "host_bandwidth_low": "",
        "host_bandwidth_high": "",
        "host_bandwidth_exact": "",
        "host_bandwidth_exact_low": "",
        "host_bandwidth_exact_high": "",
        "host_bandwidth_unit": "GB/s",
        "host_bandwidth_status": "unknown",
        "host_bandwidth_when": "",
    }
    assert next(iter(found.records())) == pcie
    data = found.data()
    assert (data["schema"], data["count"]) == ("chipcalc.list/2", 2)
    power = {
        "board_power": 300,
        "board_power_low": 300,
        "board_power_high": 350,
        "board_power_exact": "300",
        "board_power_exact_low": "300",
        "board_power_exact_high": "350",
        "board_power_when": {},
        "host_bandwidth_when": {},
    }
    assert data["chips"][0] == {**{k: v or None for k, v in pcie.items()}, **power}


def test_a_record_says_of_which_format_its_rate_is(store: Store) -> None:
    found = chips(store, Filter(family="atlas", metrics=("throughput",)))
    assert any("fp16" in value for value in next(iter(found.records())).values())


def test_a_wrong_sheet_stops_the_list(specs: Path) -> None:
    (specs / "chips" / "acme" / "a10.yaml").write_text("id: a10\n", encoding="utf-8")
    with pytest.raises(ChipcalcError, match="'name' is missing"):
        chips(Store((specs,)), Filter())


def test_the_metrics_are_listed_by_section_with_unit_and_kind(store: Store) -> None:
    found = metrics(store.vocabulary)
    cells = {row.texts[0]: row.texts[1:] for row in found.rows if not row.heading}
    assert cells["board_power"] == ("Board power", "W", "stated")
    assert cells["tpp"] == ("Total processing performance", "TOPS·bit", "derived")
    assert cells["arithmetic_intensity"] == ("Arithmetic intensity", "op/B", "given")
    assert [row.texts[0] for row in found.rows if row.heading] == list(
        dict.fromkeys(each.section for each in store.vocabulary.metrics.values())
    )
    assert found.data()["schema"] == "chipcalc.metrics/2"
    assert [each["metric"] for each in found.records()] == list(store.vocabulary.metrics)
    assert found.data()["metrics"] == list(found.records())


def test_a_metric_says_how_to_state_it_with_right_and_wrong_examples(store: Store) -> None:
    found = metric("throughput", store.vocabulary)
    facts = [(each["key"], each["value"]) for each in found.records()]
    assert facts == [
        ("label", "Peak throughput"),
        ("unit", "TOPS"),
        ("better", "higher"),
        ("state", "The peak rate, a multiply-accumulate counted as two operations."),
        ("right", "400 TOPS, INT8, dense"),
        ("wrong", "800 TOPS: the rate with sparsity, printed as if it were dense"),
        ("conditions", "format, engine, sparsity, unit, counts"),
    ]
    data = found.data()
    assert (data["schema"], data["unit"], data["kind"]) == ("chipcalc.metric/2", "TOPS", "stated")
    assert data["right"] == ["400 TOPS, INT8, dense"]
    assert data["conditions"] == ["format", "engine", "sparsity", "unit", "counts"]
    assert (data["formula"], data["source"]) == (None, None)
    assert (said(found.title), data["metric"]) == (["throughput"], "throughput")


def test_a_derived_metric_says_its_formula_and_where_it_comes_from(store: Store) -> None:
    found = {each["key"]: each["value"] for each in metric("tpp", store.vocabulary).records()}
    assert found["formula"] == (
        "the sum over every unit of "
        "(the largest over every format and engine of (throughput[dense] × bits of the format))"
    )
    assert found["source"].startswith("15 CFR part 774")


def test_a_wrong_metric_is_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no metric 'board_powr'"):
        metric("board_powr", store.vocabulary)


WORDS: dict[str, tuple[Data, str]] = {
    "metric": ("a", "a"),
    "quantity": ({"multiply": ["a", "2 op/B"]}, "a × 2 op/B"),
    "sum": ({"add": ["a", "b", "c"]}, "a + b + c"),
    "difference": ({"subtract": ["a", "b"]}, "a − b"),
    "sum divided": ({"divide": [{"add": ["a", "b"]}, "c"]}, "(a + b) ÷ c"),
    "divided by a sum": ({"divide": ["a", {"add": ["b", "c"]}]}, "a ÷ (b + c)"),
    "difference divided": ({"divide": [{"subtract": ["a", "b"]}, "c"]}, "(a − b) ÷ c"),
    "divided by a product": ({"divide": ["a", {"multiply": ["b", "c"]}]}, "a ÷ (b × c)"),
    "divided by a quotient": ({"divide": ["a", {"divide": ["b", "c"]}]}, "a ÷ (b ÷ c)"),
    "less a difference": ({"subtract": ["a", {"subtract": ["b", "c"]}]}, "a − (b − c)"),
    "extreme": ({"smallest": ["a", "b"]}, "the smallest of a and b"),
    "dies": (
        {
            "sum": {
                "each": "die",
                "where": {"kind": "logic", "transistor": ["gaa", "finfet"]},
                "of": "die.area",
            }
        },
        "the sum over every die, kind logic, transistor gaa or finfet of (area of the die)",
    ),
}


@pytest.mark.parametrize(("formula", "words"), WORDS.values(), ids=WORDS)
def test_a_formula_is_described_in_words_that_mean_the_same(formula: Data, words: str) -> None:
    assert describe(from_data(formula)) == words


def test_a_conversion_is_described_by_its_unit() -> None:
    assert describe(Convert(Metric("board_power"), unit("kW"))) == "board_power in kW"
