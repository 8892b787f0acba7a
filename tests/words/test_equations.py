"""An equation that is printed comes out: its terms give the figure at both of its ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.words.figures import deciding_terms, worked
from shared import STORE

METRICS = ("tpp", "performance_density", "processing_performance", "io_bandwidth")


def figures(figure: Figure) -> Iterator[Figure]:
    """Yield a figure and all that it was made of."""
    yield figure
    for each in figure.parts:
        yield from figures(each)


def computed(chip: str) -> Iterator[Figure]:
    """Yield the figures of a chip that the rules compare, with their parts."""
    evaluator = Evaluator(STORE.sheet(chip), STORE.vocabulary)
    for metric in METRICS:
        answer = evaluator.figure(metric, {})
        if isinstance(answer, Figure):
            yield from figures(answer)


@pytest.mark.parametrize("chip", sorted(STORE.files))
def test_the_terms_of_a_largest_figure_give_both_its_ends(chip: str) -> None:
    for figure in computed(chip):
        if figure.is_largest:
            unit = figure.value.unit
            amounts = [each.value.to(unit).amount for each in deciding_terms(figure)]
            assert max(each.low for each in amounts) == figure.value.amount.low
            assert max(each.best for each in amounts) == figure.value.amount.best
            assert max(each.high for each in amounts) == figure.value.amount.high


def test_a_term_that_gives_one_end_alone_does_not_stand_for_the_figure() -> None:
    """24.5 × 16 is 392, and not 646.4, which is 10.1 × 64; 55.8 × 16 is 892.8, 10.8 × 64 less."""
    sheet = STORE.sheet("dcu-z100")
    rated = sheet.chip.model_copy(update={"formats": ("fp64", "fp32", "fp16")})  # if these are all
    figure = Evaluator(replace(sheet, chip=rated), STORE.vocabulary).figure("tpp", {})
    assert isinstance(figure, Figure)
    assert worked(figure) == (
        "the larger of FP64 vector 10.1–10.8 TFLOPS × 64 bit"
        " and FP16 vector 24.5–55.8 TFLOPS × 16 bit"
    )


def test_a_term_that_gives_both_ends_stands_alone() -> None:
    assert worked(next(computed("h20"))) == "FP8 tensor 296 TFLOPS × 8 bit"
