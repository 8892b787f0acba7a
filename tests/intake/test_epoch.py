"""Epoch's table and the sheets agree on the chips that both have, but for what is listed with why.

The excerpt is of 'Machine Learning Hardware', Epoch AI, https://epoch.ai/data/machine-learning-hardware,
state of 2026-04-22, CC BY 4.0; its first line says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.intake.mapping import mapping
from chipcalc.intake.table import table
from chipcalc.intake.understood import Stated, understood
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import Interval
from printed import EXCERPT
from shared import STORE

WITHIN = Fraction(5, 100)
RATE, MEMORY, BANDWIDTH = "throughput", "memory_capacity", "memory_bandwidth"
DENSE = {"engine": "tensor", "sparsity": "dense"}
GIB = "Epoch's gigabytes are those of 2^30 bytes that Google and AWS print"
DIFFERS = {
    ("Google TPU v7 Ironwood", MEMORY): GIB,
    ("Google TPU v6e Trillium", MEMORY): GIB,
    ("Google TPU v5p", MEMORY): GIB,
    ("Google TPU v4", MEMORY): GIB,
    ("Google TPU v3", MEMORY): GIB,
    ("Amazon Trainium2", MEMORY): GIB,
    ("Amazon Trainium1", MEMORY): GIB,
    ("Amazon Trainium1", BANDWIDTH): "AWS prints 820 GiB/s, Epoch 820 GB/s",
    ("AWS Inferentia2", MEMORY): GIB,
    ("AWS Inferentia2", BANDWIDTH): "AWS prints 820 GiB/s, Epoch 820 GB/s",
    ("AMD Radeon Instinct MI308X", BANDWIDTH): "Epoch has 10.3 TB/s, twice that of eight stacks",
    ("MetaX MXC500 (PCIe)", BANDWIDTH): "Epoch has 18 TB/s for 1.8 TB/s",
    ("MetaX MXC500 (OAM)", BANDWIDTH): "Epoch has 18 TB/s for 1.8 TB/s",
    ("NVIDIA A100 PCIe", MEMORY): "the row is of the 40 GB card, the sheet of that with 80 GB",
    ("NVIDIA Tesla V100 SXM2", MEMORY): "the row is of the 16 GB module, the sheet of that with 32",
}


@cache
def compared() -> dict[tuple[str, str], tuple[Interval, Interval]]:
    """Return what Epoch and the sheet say of each figure that both have, by name and metric."""
    by = mapping("epoch-ml-hardware")
    found = understood(table(Path(EXCERPT), wanted={by.name}), by)
    assert found.faults == ()
    pairs: dict[tuple[str, str], tuple[Interval, Interval]] = {}
    for item in found.items:
        (candidate,) = STORE.match(item.name).candidates
        sheet = STORE.sheet(candidate.id)
        for stated in (e for e in item.figures if e.reading.metric in (RATE, MEMORY, BANDWIDTH)):
            for ours in _ours(stated, sheet):
                theirs = stated.quantity.to(ours.value.unit).amount
                pairs.setdefault((item.name, stated.reading.metric), (theirs, ours.value.amount))
    return pairs


def _ours(stated: Stated, sheet: Sheet) -> Iterator[Figure]:
    """Yield the figure of the sheet for a column; the rate of the tensor column is FP16 or BF16."""
    evaluator = Evaluator(sheet, STORE.vocabulary)
    if stated.reading.metric != RATE:
        answers = [evaluator.figure(stated.reading.metric, {})]
    elif stated.reading.when["engine"] == "tensor":
        answers = [evaluator.figure(RATE, {"format": e, **DENSE}) for e in ("fp16", "bf16")]
    else:
        answers = []
    yield from (each for each in answers if isinstance(each, Figure))


def agrees(theirs: Interval, ours: Interval) -> bool:
    """Whether a figure lies within the range of another, or at most so far from it."""
    return ours.low * (1 - WITHIN) <= theirs.best <= ours.high * (1 + WITHIN)


def test_the_excerpt_says_whose_it_is_and_under_which_licence() -> None:
    first = Path(EXCERPT).read_text(encoding="utf-8").splitlines()[0]
    assert "Epoch AI" in first
    assert "CC BY 4.0" in first


def test_figures_that_differ_from_those_of_epoch_are_listed_with_the_reason() -> None:
    differing = {key for key, (theirs, ours) in compared().items() if not agrees(theirs, ours)}
    assert differing == set(DIFFERS)


def test_many_chips_are_compared_in_each_figure() -> None:
    names = [metric for _, metric in compared()]
    assert names.count(RATE) >= 50
    assert names.count(MEMORY) >= 70
    assert names.count(BANDWIDTH) >= 80
