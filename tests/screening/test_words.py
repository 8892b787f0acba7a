"""The names of columns and the words of cells: each means one thing that the vocabulary has."""

from __future__ import annotations

from collections import Counter

import pytest

from chipcalc.screening.meaning import known
from chipcalc.screening.words import column_words, plain
from chipcalc.values.units import unit
from shared import STORE

VOCABULARY = STORE.vocabulary

WORDS = column_words(STORE.folders)
SAID = WORDS.said


def test_what_the_names_mean_is_in_the_vocabulary() -> None:
    conditions = VOCABULARY.conditions
    assert {*SAID.metrics, SAID.rates.metric} <= {*VOCABULARY.metrics}
    assert {*SAID.circumstances, *SAID.values} <= {*VOCABULARY.circumstances}
    assert {*SAID.rates.formats} <= {*conditions["format"].values}
    assert {*SAID.rates.of_matrix_units, *SAID.rates.always_dense} <= {*SAID.rates.formats}
    assert {*SAID.rates.engines} <= {*conditions["engine"].values}
    for name, values in SAID.values.items():
        assert {*values} <= {*VOCABULARY.circumstances[name].values}
    assert all(unit(each) for each in SAID.units.values())


@pytest.mark.parametrize(
    "groups",
    [
        [SAID.roles, SAID.circumstances, SAID.metrics],
        [SAID.rates.formats, SAID.rates.engines, SAID.words, {"idle": SAID.rates.idle}],
        [SAID.kinds],
        *([each] for each in SAID.values.values()),
    ],
)
def test_no_word_means_two_things(groups: list[dict[str, tuple[str, ...]]]) -> None:
    words = [plain(word) for named in groups for group in named.values() for word in {*group}]
    assert [word for word, number in Counter(words).items() if number > 1] == []


@pytest.mark.parametrize(
    ("column", "when", "measured"),
    [
        ("INT8 (TOPS)", "tensor int8 unstated", "TOPS"),
        ("INT8 dense [TOPS]", "tensor int8 dense", "TOPS"),
        ("FP16 Tensor Core with sparsity, TFLOPS", "tensor fp16 sparse", "TFLOPS"),
        ("fp8_sparse_tflops", "tensor fp8 sparse", "TFLOPS"),
        ("FP16 (TFLOPS)", "unstated fp16 unstated", "TFLOPS"),
        ("FP32 TFLOPS", "unstated fp32 dense", "TFLOPS"),
        ("BF16 vector (TFLOPS)", "vector bf16 dense", "TFLOPS"),
        ("稠密INT8算力 (TOPS)", "tensor int8 dense", "TOPS"),
    ],
)
def test_a_column_of_rates_says_what_its_words_say(column: str, when: str, measured: str) -> None:
    found = known(column, WORDS, VOCABULARY)
    assert [value for _, value in found.when] == when.split()
    assert str(found.unit) == measured


@pytest.mark.parametrize(
    "column",
    [
        "FP16/FP8 (TFLOPS)",
        "AI performance (TOPS)",
        "INT8 per watt (TOPS)",
        "Speed",
        "Bandwidth (gbps)",
        "Die Size (W)",
    ],
)
def test_a_column_whose_words_are_not_all_understood_is_not_read_as_a_figure(column: str) -> None:
    found = known(column, WORDS, VOCABULARY)
    assert found.unit is None
    assert not found.is_figure or found.about != SAID.rates.metric
