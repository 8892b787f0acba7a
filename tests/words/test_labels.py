"""Metrics, conditions and answers are called what the field calls them."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import pytest

from chipcalc.figures.figure import Figure, How, Missing, Operated, key
from chipcalc.schema.source import Status
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.units import Quantity, quantity, unit
from chipcalc.words import labels


def figure(amount: str, status: Status = "official", how: How | None = None) -> Figure:
    """Return a figure as a sheet states it, or as something computed it."""
    return Figure(quantity(amount), "Figure", status, how)


def test_a_value_of_a_condition_is_called_by_its_label(store: Store) -> None:
    assert labels.value_label("format", "fp16", store.vocabulary) == "FP16"
    assert labels.value_label("direction", "each", store.vocabulary) == "each direction"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        pytest.param(figure("3.35 TB/s"), "3.35 TB/s", id="stated"),
        pytest.param(figure("12345.678 GB"), "12,345.678 GB", id="stated in full"),
        pytest.param(
            figure("12345.678 GB", how=Operated("add")), "12,346 GB", id="computed: whole digits"
        ),
        pytest.param(figure("2.90909 TB/s", how=Operated("divide")), "2.909 TB/s", id="computed"),
        pytest.param(figure("64 GB", "estimated"), "~64 GB", id="estimated"),
        pytest.param(Missing("unknown", "not published"), "unknown", id="unknown"),
        pytest.param(Missing("not offered", "no link"), "not offered", id="not offered"),
        pytest.param(Missing("undefined", "no die"), "undefined", id="undefined"),
    ],
)
def test_an_answer_in_one_cell_is_a_quantity_or_why_there_is_none(
    answer: Figure | Missing, shown: str
) -> None:
    assert labels.short(answer) == shown


def test_a_range_that_was_computed_has_three_digits() -> None:
    amount = Interval(Fraction(15, 7), Fraction(15, 7), Fraction(5, 2))
    found = Figure(Quantity(amount, unit("TOPS/W")), "per watt", how=Operated("divide"))
    assert labels.short(found) == "2.14–2.5 TOPS/W"


@pytest.mark.parametrize(
    ("metric", "long", "short"),
    [
        ("tpp", "total processing performance", "TPP"),
        ("performance_density", "performance density", "PD"),
        ("applicable_die_area", "applicable die area", "die area"),
        ("memory_bandwidth", "memory bandwidth", "memory bandwidth"),
    ],
)
def test_a_metric_has_a_name_within_a_sentence_and_a_short_one(
    metric: str, long: str, short: str, store: Store
) -> None:
    assert labels.label(key(metric), store.vocabulary) == long
    assert labels.brief(key(metric), store.vocabulary) == short


def test_the_conditions_of_a_metric_follow_its_name(store: Store) -> None:
    found = labels.label(key("throughput", {"format": "fp16"}), store.vocabulary)
    assert found == "peak throughput FP16"
    assert labels.brief(key("tpp", {"format": "int8"}), store.vocabulary) == "TPP INT8"


def test_a_condition_without_a_fixed_list_of_values_is_not_named(store: Store) -> None:
    found = labels.label(key("throughput", {"unit": "gpu", "format": "int8"}), store.vocabulary)
    assert found == "peak throughput INT8"


def test_the_conditions_stand_in_the_same_order_in_every_run(store: Store) -> None:
    program = (
        "import sys; from pathlib import Path; from chipcalc.words import labels;"
        "from chipcalc.figures.figure import key; from chipcalc.sheets.store import Store;"
        "when = {'format': 'int8', 'engine': 'tensor', 'sparsity': 'dense', 'counts': 'cube'};"
        "store = Store((Path(sys.argv[1]),));"
        "print(labels.label(key('throughput', when), store.vocabulary))"
    )
    folder = str(store.folders[0])
    said = {
        subprocess.run(
            [sys.executable, "-c", program, folder],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONUTF8": "1"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in range(4)
    }
    assert len(said) == 1


def test_people_write_some_metrics_without_a_unit(store: Store) -> None:
    vocabulary = store.vocabulary
    assert labels.unit_shown("tpp", unit("TOPS*bit"), vocabulary) == ""
    assert labels.unit_shown("memory_bandwidth", unit("GB/s"), vocabulary) == "GB/s"


def test_a_unit_has_the_name_that_the_field_gives_it_and_no_other_unit_has(store: Store) -> None:
    density = key("performance_density")
    own = unit("TOPS*bit/mm^2")
    assert labels.unit_text(density, own, store.vocabulary) == "TPP/mm²"
    other = unit("TOPS*bit/cm^2")
    assert labels.unit_text(density, other, store.vocabulary) == str(other)
    assert labels.unit_text(key("tpp"), unit("TOPS*bit"), store.vocabulary) == "TOPS·bit"


def test_only_the_first_letter_of_a_label_is_lowered() -> None:
    assert labels.lower("Ratio of TPP to FP16") == "ratio of TPP to FP16"


def test_an_exact_amount_is_no_range() -> None:
    assert labels.short(Figure(Quantity(exactly(5), unit("W")), "power")) == "5 W"


@pytest.mark.parametrize(
    ("name", "values", "negated", "said"),
    [
        ("market", ("edge",), False, "designed or marketed for edge devices"),
        ("market", ("edge",), True, "not designed or marketed for edge devices"),
        ("item", ("board",), False, "item is board"),
        ("item", ("ic", "board"), True, "item is not integrated circuit or board"),
    ],
)
def test_a_circumstance_reads_as_a_fact(
    name: str, values: tuple[str, ...], *, negated: bool, said: str, store: Store
) -> None:
    assert labels.circumstance(name, values, store.vocabulary, negated=negated) == said
