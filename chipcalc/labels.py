"""Answers and conditions as they are written in a cell."""

from __future__ import annotations

from chipcalc import text
from chipcalc.figure import Answer, Figure
from chipcalc.model import Vocabulary


def value_label(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return how people call a value of a condition: ``FP16``."""
    return vocabulary.conditions[name].values[value].label


def short(answer: Answer) -> str:
    """Return an answer in one cell: the quantity, marked when estimated, or why there is none."""
    if not isinstance(answer, Figure):
        return answer.kind
    digits = text.STATED
    if answer.derived:
        digits = text.COMPUTED if answer.value.amount.exact else text.RATIO
    mark = "~" if answer.status == "estimated" else ""
    return mark + text.quantity(answer.value, digits)
