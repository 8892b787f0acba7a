"""Conditions are found by their value alone, and unknown ones are answered with the nearest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.vocabulary.conditions import parse
from shared import STORE

VOCABULARY = STORE.vocabulary


def refusal(text: str, where: str = "") -> tuple[str, str]:
    """Return fault and hint of conditions that are refused."""
    with pytest.raises(ChipcalcError) as caught:
        parse(text, VOCABULARY, where)
    (problem,) = caught.value.problems
    return problem.what, problem.hint


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("", {}),
        (" , ", {}),
        ("fp16", {"format": "fp16"}),
        ("FP16", {"format": "fp16"}),
        ("fp16, vector", {"format": "fp16", "engine": "vector"}),
        ("sparsity=2:4", {"sparsity": "2:4"}),
        ("2:4,bf16", {"sparsity": "2:4", "format": "bf16"}),
        (" format = BF16 ", {"format": "bf16"}),
        ("accumulate=fp32", {"accumulate": "fp32"}),
        ("fp16, accumulate=fp16", {"format": "fp16", "accumulate": "fp16"}),
        ("unit=gpu", {"unit": "gpu"}),
        ("unit=DLA 2", {"unit": "DLA 2"}),
        ("fp16, fp16", {"format": "fp16"}),
    ],
)
def test_conditions_are_written_by_value_or_by_name(text: str, conditions: dict[str, str]) -> None:
    assert parse(text, VOCABULARY) == conditions


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("vectr", "no condition 'vectr'", "did you mean 'vector'?"),
        ("engine=tensr", "no engine 'tensr'", "did you mean 'tensor'?"),
        ("formt=fp16", "no condition 'formt'", "did you mean 'format'?"),
        ("direction=sideways", "no direction 'sideways'", "known are both, each, unstated"),
        ("sparsity=", "no sparsity ''", "known are dense, 2:4, sparse, unstated"),
        ("=fp16", "no condition ''", "known are format, engine"),
    ],
)
def test_an_unknown_condition_is_answered_with_the_known_ones(
    text: str, what: str, hint: str
) -> None:
    found = refusal(text)
    assert found[0] == what
    assert hint in found[1]


def test_an_error_names_the_figure_that_the_condition_was_for() -> None:
    assert (
        refusal("fp61", "h20.throughput[fp61]")[0]
        == "no condition 'fp61' in 'h20.throughput[fp61]'"
    )


@pytest.mark.parametrize("text", ["fp16, fp8", "fp16, format=fp8", "dense, sparsity=2:4"])
def test_a_condition_given_two_values_is_refused(text: str) -> None:
    """A rate is of one format: neither value may silently win."""
    name = "sparsity" if "dense" in text else "format"
    assert name in refusal(text)[0]


@pytest.mark.parametrize(
    "name", [name for name, each in VOCABULARY.conditions.items() if each.values]
)
def test_every_value_of_every_condition_can_be_written(name: str) -> None:
    for value in VOCABULARY.conditions[name].values:
        assert parse(f"{name}={value.upper()}", VOCABULARY) == {name: value}


@given(
    st.text() | st.lists(st.sampled_from(["fp16", "unit", "format", "=", ",", "x"])).map("".join)
)
def test_any_text_is_conditions_or_an_error_of_ours(text: str) -> None:
    try:
        found = parse(text, VOCABULARY)
    except ChipcalcError:
        return
    assert set(found) <= set(VOCABULARY.conditions)
    assert all(value in text.casefold() or value in text for value in found.values())
