"""What stands in a row of the list of chips: a figure, a class, a fact, and what is above them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from chipcalc.contract.compare import fitted
from chipcalc.figures.figure import Answer, Figure
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.tables.report import Cell, cell
from chipcalc.tables.selection import UNKNOWN
from chipcalc.values import numbers
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels

if TYPE_CHECKING:  # most lists ask for no class
    from chipcalc.check.result import Checked


class Figures(NamedTuple):
    """The figures of a metric, by chip, and the unit of their column.

    They are those of a row of conditions; `when` adds the readings that were asked for.
    """

    metric: str
    row: Conditions
    when: Conditions
    unit: Unit
    answers: Mapping[str, Answer]


def figure_cell(each: Figures, sheet: Sheet) -> Cell:
    """Return the figure of a chip in the unit of its column, or what is known in its place."""
    answer = each.answers[sheet.id]
    if not isinstance(answer, Figure):
        bounds = answer.bounds(each.unit)
        words = numbers.bounds(bounds, numbers.COMPUTED_DIGITS) if bounds else answer.kind
        return cell(words, role="" if bounds else "missing")
    shown, unit = fitted(answer.value, each.unit)
    digits = numbers.stated_digits(answer.value.unit, each.unit)
    if answer.derived:
        digits = numbers.COMPUTED_DIGITS if shown.exact else numbers.RATIO_DIGITS
    return Cell((numbers.amounts(shown, digits) + unit,), estimated=answer.status == "estimated")


def class_name(checked: Checked) -> str:
    """Return the class of a chip as a check says it."""
    from chipcalc.words.check import named

    return named(checked)


def class_cell(checked: Checked) -> Cell:
    """Return the class of a chip as a check says it, in the role of its consequence."""
    from chipcalc.check.result import Classed
    from chipcalc.words.roles import NOT_SETTLED, classification_role

    words = NOT_SETTLED if checked.classed is Classed.unknown else class_name(checked)
    return cell(words, role=classification_role(checked))


def fact(known: str) -> Cell:
    """Return what is known of a chip, or that nothing is."""
    return cell(known) if known else cell(UNKNOWN, role="missing")


def metric_title(each: Figures, vocabulary: Vocabulary) -> str:
    """Return what a column is about: ``FP16 per watt, 2:4 sparse``, ``TPP``."""
    definition = vocabulary.metric(each.metric)
    known = [
        labels.value_label(name, value, vocabulary)
        for name, value in each.when.items()
        if vocabulary.conditions[name].role == "reading"
    ]
    label = definition.short or definition.label
    led = next((name for name in vocabulary.leading if name in each.when), "")
    if led:
        following = definition.row_label or definition.label.lower()
        label = f"{labels.value_label(led, each.when[led], vocabulary)} {following}"
    return ", ".join([label, *known])
