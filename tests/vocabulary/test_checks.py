"""Whether the vocabulary holds together: names lead somewhere, formulas can be computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc import yamlio
from chipcalc.errors import ChipcalcError
from chipcalc.schema.base import parse
from chipcalc.sheets.chip import Die
from chipcalc.sheets.store import Store
from chipcalc.values.units import unit
from chipcalc.vocabulary.checks import grave_problems, vocabulary_problems
from chipcalc.vocabulary.expressions import Convert, Metric, from_data
from chipcalc.vocabulary.model import Vocabulary


@pytest.fixture
def text(store: Store) -> str:
    """Return the vocabulary of the made-up folder."""
    (folder,) = store.folders
    return (folder / "metrics.yaml").read_text(encoding="utf-8")


def vocabulary(text: str) -> Vocabulary:
    """Return the vocabulary that a text describes."""
    return parse(Vocabulary, yamlio.load(text, "metrics.yaml"))


def with_metric(text: str, metric: str) -> Vocabulary:
    """Return a vocabulary with one metric more."""
    common = "    section: Compute\n    say: how\n    label: M\n"
    return vocabulary(f"{text}  extra:\n{common}{metric}")


def test_the_made_up_vocabulary_is_sound(store: Store) -> None:
    assert list(grave_problems(store.vocabulary)) == []
    assert list(vocabulary_problems(store.vocabulary, Die.model_fields)) == []


VOCABULARY = {
    "condition": (
        "    unit: W\n    by: [directoin]\n",
        "metrics.extra: no condition 'directoin'",
        "did you mean 'direction'?",
    ),
    "needed condition": (
        "    unit: W\n    needs: [directoin]\n",
        "metrics.extra: no condition 'directoin'",
        "did you mean 'direction'?",
    ),
    "metric of a formula": (
        "    unit: W\n    formula: board_powr\n",
        "metrics.extra.formula: no metric 'board_powr'",
        "did you mean 'board_power'?",
    ),
    "attribute": (
        "    unit: mm^2\n    formula: {sum: {each: die, of: die.aera}}\n",
        "metrics.extra.formula: no attribute 'die.aera'",
        "did you mean 'die.area'?",
    ),
    "unlike quantities": (
        "    unit: W\n    formula: {add: [board_power, memory_capacity]}\n",
        "metrics.extra.formula: 'W' is energy per time, but 'GB' is information",
        "compare like with like",
    ),
    "unit of a formula": (
        "    unit: GB\n    formula: {divide: [throughput, board_power]}\n",
        "metrics.extra.unit: the formula gives operation per energy, but 'GB' is information",
        "did you mean 'TOPS/W'?",
    ),
}


@pytest.mark.parametrize(("metric", "problem", "hint"), VOCABULARY.values(), ids=VOCABULARY)
def test_a_metric_that_leads_nowhere_or_does_not_fit_is_a_fault(
    metric: str, problem: str, hint: str, text: str
) -> None:
    found = vocabulary_problems(with_metric(text, metric), Die.model_fields)
    assert [(str(each), each.hint) for each in found] == [(f"metrics.yaml: {problem}", hint)]


NEVER = {
    "unknown thing": (
        "    unit: GB\n    formula: {sum: {each: unti, of: memory_capacity}}\n",
        "nothing is called 'unti'",
        "did you mean 'unit'?",
    ),
    "unknown fact of a die": (
        "    unit: mm^2\n    formula: {sum: {each: die, where: {knd: logic}, of: die.area}}\n",
        "a die has no 'knd'",
        "did you mean 'kind'?",
    ),
    "unknown condition": (
        "    unit: TOPS\n    formula: {metric: throughput, when: {sparsty: dense}}\n",
        "no condition 'sparsty'",
        "did you mean 'sparsity'?",
    ),
    "unknown value of a condition": (
        "    unit: TOPS\n    formula: {metric: throughput, when: {sparsity: dens}}\n",
        "no sparsity 'dens'",
        "did you mean 'dense'?",
    ),
    "deep in a formula": (
        (
            "    unit: TOPS/W\n    formula:\n      divide:\n"
            "      - {largest: {each: format, of: {metric: throughput, when: {sparsity: dens}}}}\n"
            "      - board_power\n"
        ),
        "no sparsity 'dens'",
        "did you mean 'dense'?",
    ),
}


@pytest.mark.parametrize(("metric", "what", "hint"), NEVER.values(), ids=NEVER)
def test_a_formula_that_could_never_be_computed_is_a_fault(
    metric: str, what: str, hint: str, text: str
) -> None:
    (found,) = vocabulary_problems(with_metric(text, metric), Die.model_fields)
    assert (found.path, found.what, found.hint) == ("metrics.extra.formula", what, hint)


def test_a_formula_may_multiply_by_a_quantity_and_convert(text: str) -> None:
    sound = with_metric(text, "    unit: J\n    formula: {multiply: [board_power, 2 s]}\n")
    assert list(vocabulary_problems(sound, Die.model_fields)) == []
    extra = sound.metrics["extra"]
    kilowatts = extra.model_copy(
        update={"unit": unit("W"), "formula": Convert(Metric("board_power"), unit("kW"))}
    )
    converted = sound.model_copy(update={"metrics": {**sound.metrics, "extra": kilowatts}})
    assert list(vocabulary_problems(converted, Die.model_fields)) == []


@pytest.mark.parametrize(
    ("first", "second", "circle"),
    [
        ("first", "board_power", ["first"]),
        ("second", "first", ["first", "second"]),
        ("second", "second", ["second"]),
    ],
    ids=["itself", "each other", "the other one itself"],
)
def test_a_formula_that_rests_on_itself_is_a_grave_fault(
    first: str, second: str, circle: list[str], store: Store
) -> None:
    power = store.vocabulary.metrics["board_power"]
    metrics = {
        **store.vocabulary.metrics,
        "first": power.model_copy(update={"formula": from_data({"add": [first, "board_power"]})}),
        "second": power.model_copy(update={"formula": from_data(second)}),
    }
    found = grave_problems(store.vocabulary.model_copy(update={"metrics": metrics}))
    assert [each.path for each in found] == [f"metrics.{name}.formula" for name in circle]


@pytest.mark.parametrize("word", ["die_area", "tpp_declared", "format"])
def test_the_words_that_every_sheet_needs_are_there(word: str, text: str) -> None:
    without = vocabulary(text.replace(f"\n  {word}:", f"\n  other_{word}:"))
    assert [each.what for each in grave_problems(without)] == [f"'{word}' is missing"]


def test_a_vocabulary_with_a_grave_fault_is_refused_before_it_is_used(specs: Path) -> None:
    path = specs / "metrics.yaml"
    text = path.read_text(encoding="utf-8").replace("\n  die_area:", "\n  area:")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChipcalcError, match="'die_area' is missing"):
        Store((specs,)).choose("a10")


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("default: dense", "default: dens", "conditions.sparsity"),
        ("becomes: both", "becomes: bothe", "conditions.direction"),
        ("headline: [fp16", "headline: [fp61", "conditions.format"),
    ],
)
def test_a_condition_leads_to_its_own_values_only(
    right: str, wrong: str, place: str, text: str
) -> None:
    assert right in text
    assert [
        each.path
        for each in vocabulary_problems(vocabulary(text.replace(right, wrong)), Die.model_fields)
    ] == [place]


def test_a_detail_stands_beside_a_metric_that_there_is(text: str) -> None:
    beside = "memory_type: {{label: Memory type, beside: {}}}"
    plain = "memory_type: {label: Memory type}"
    right = vocabulary(text.replace(plain, beside.format("memory_capacity")))
    assert list(vocabulary_problems(right, Die.model_fields)) == []
    wrong = vocabulary(text.replace(plain, beside.format("memory_capacty")))
    (found,) = vocabulary_problems(wrong, Die.model_fields)
    assert (str(found).endswith("no metric 'memory_capacty'"), found.path) == (
        True,
        "details.memory_type",
    )
