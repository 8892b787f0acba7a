"""Things looked up: the metrics, the units that are understood, and formulas in words."""

from __future__ import annotations

import re

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.store import Store
from chipcalc.tables.catalogue import describe, metric, metrics, units_understood
from chipcalc.values.units import kind, unit
from chipcalc.vocabulary.expressions import Convert, Metric, from_data
from chipcalc.yamlio import Data
from shared import said


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
    assert said(found.title) == ["throughput: peak throughput, in TOPS, stated"]
    assert found.data()["metric"] == "throughput"


def test_a_metric_is_told_with_its_short_name_and_all_of_its_units(store: Store) -> None:
    assert said(metric("tpp", store.vocabulary).title) == [
        "tpp: total processing performance (TPP), in TOPS·bit, derived"
    ]
    assert said(metric("price", store.vocabulary).title) == ["price: in USD, kUSD or CNY, stated"]


def test_the_units_that_are_understood_are_all_those_of_the_unit_file(store: Store) -> None:
    """Every name that is listed is one that can be written, and means what stands beside it."""
    found = units_understood(store.vocabulary)
    listed = {row.texts[0]: row.texts[1] for row in found.grids[0].rows if not row.heading}
    assert {each["unit"] for each in found.records()} == set(listed)
    for short, others in listed.items():
        for name in filter(None, re.split(", | or ", others)):
            assert (unit(name).factor, unit(name).dimension) == (
                unit(short).factor,
                unit(short).dimension,
            )
    assert {"GB", "TOPS", "kW"} <= {
        f"{p['prefix']}{u}" for p in found.data()["prefixes"] for u in listed
    }
    assert listed["USD"] == "US_dollar"


def test_the_units_of_metrics_are_examples_of_products(store: Store) -> None:
    examples = [row.texts for row in units_understood(store.vocabulary).grids[1].rows]
    assert ("GB/s, TB/s", "information per time") in examples
    for written, measures in examples:
        assert {kind(unit(each)) for each in written.split(", ")} == {measures}


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
