"""What the circuits of a board or a system have together: a sum where one counts, else nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from chipcalc.figures.figure import CIRCUITS, Answer, Figure, Missing
from chipcalc.figures.statements import Conditions
from chipcalc.figures.sums import times, total
from chipcalc.vocabulary.model import MetricDefinition

if TYPE_CHECKING:
    from chipcalc.figures.evaluate import Evaluator

OF_SEVERAL = Missing("undefined", "so many of a chip have no such figure together")
OF_EACH = Missing("undefined", "each circuit has its own, and they are not added up")


class Held(NamedTuple):
    """So many circuits of one kind in a board or a system, each read by itself."""

    number: int
    evaluator: Evaluator


def of_none(
    definition: MetricDefinition, circuits: Sequence[Held], count: int = 1
) -> Missing | None:
    """Return why there is no figure of a metric whatever a sheet says; None where there may be."""
    if definition.given:
        return Missing("unknown", f"{definition.label.lower()} is not given")
    apart = definition.of_several in ("each", "range")
    if count > 1 and (apart or (definition.formula is None and not definition.scales)):
        return OF_SEVERAL
    return OF_EACH if circuits and apart else None


def of_count(answer: Answer, count: int) -> Answer:
    """Return an answer of one chip as that of so many: its amount, or what bounds it."""
    if isinstance(answer, Figure):
        return times(answer, count)
    low, high = (each and times(each, count) for each in (answer.low, answer.high))
    return answer._replace(low=low, high=high) if count > 1 else answer


def over_circuits(circuits: Sequence[Held], name: str, when: Conditions) -> Answer | None:
    """Return the sum of a metric over the circuits that have it; None where none has."""
    found = [(each, each.evaluator.figure(name, when)) for each in circuits]
    figures = [
        times(answer, each.number)._replace(label=each.evaluator.sheet.name)
        for each, answer in found
        if isinstance(answer, Figure)
    ]
    return (
        total(figures, CIRCUITS)._replace(how=CIRCUITS, parts=tuple(figures)) if figures else None
    )
