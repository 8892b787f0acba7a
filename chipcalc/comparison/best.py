"""Which of some answers is best for certain, and the unit in which they stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.figures.figure import Answer, Figure
from chipcalc.figures.statements import Conditions
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary, largest_unit


def scaled_unit(
    answers: Sequence[Answer], metric: str, when: Conditions, vocabulary: Vocabulary
) -> Unit:
    """Return the largest of the metric's units in which no figure of the row is below one."""
    usual = vocabulary.unit(metric, when)
    amounts = [
        each.value.base.best
        for each in answers
        if isinstance(each, Figure) and each.value.unit.dimension == usual.dimension
    ]
    units = [usual, *vocabulary.metric(metric).larger]
    return (largest_unit(units, min(amounts)) if amounts else None) or usual


def best_of(answers: Sequence[Answer], definition: MetricDefinition) -> int | None:
    """Return the one chip that is best for certain among the known figures, if there is one."""
    figures = [(i, each.value) for i, each in enumerate(answers) if isinstance(each, Figure)]
    if definition.better == "neither" or len(figures) < 2:
        return None
    if len({value.unit.dimension for _, value in figures}) > 1:
        return None
    amounts = [(i, value.base) for i, value in figures]
    for i, amount in amounts:
        rest = [other for j, other in amounts if j != i]
        higher = definition.better == "higher" and all(amount.low > each.high for each in rest)
        lower = definition.better == "lower" and all(amount.high < each.low for each in rest)
        if higher or lower:
            return i
    return None
