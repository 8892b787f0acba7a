"""The unit-aware calculator: one expression over chips and quantities, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.errors import error
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing, operate
from chipcalc.sheets.store import Store
from chipcalc.values import numbers, units
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Metric,
    Operation,
    Over,
    fold,
)
from chipcalc.vocabulary.model import Vocabulary


class _Calculator:
    """Reads an expression as its result, each metric of the chip that it names."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.notices: list[str] = []
        self.used: list[tuple[Metric, Figure]] = []

    def constant(self, node: Constant) -> Answer:
        return Figure(node.value, numbers.quantity(node.value))

    def metric(self, node: Metric) -> Answer:
        choice = self.store.choose(node.chip)
        self.notices.extend(choice.notices)
        if len(choice.sheets) > 1:
            ids = ", ".join(sheet.id for sheet in choice.sheets)
            raise error(f"'{node.chip}' stands for several chips", f"name one of {ids}")
        evaluator = Evaluator(
            choice.sheets[0], self.store.vocabulary, {}, _readings(node, self.store.vocabulary)
        )
        answer = evaluator.figure(node.name, node.when)
        if isinstance(answer, Missing):
            return answer._replace(because=f"{choice.sheets[0].name}: {answer.because}")
        self.used.append((node._replace(chip=choice.sheets[0].id), answer))
        return answer

    def attribute(self, node: Attribute) -> Answer:
        return Missing("undefined", f"{node.of}.{node.name} stands alone")

    def operation(self, node: Operation, operands: Sequence[Answer]) -> Answer:
        return operate(node.operator, operands)

    def over(self, node: Over, of: Answer) -> Answer:
        return of

    def convert(self, node: Convert, of: Answer) -> Answer:
        return of if isinstance(of, Missing) else of._replace(value=of.value.to(node.unit))


class Calculation(NamedTuple):
    """An expression with its exact result, and the figure of every metric that it names."""

    expression: str
    figure: Figure
    used: tuple[tuple[Metric, Figure], ...]
    notices: tuple[str, ...] = ()


def calculate(expression: str, store: Store) -> Calculation:
    """Return what an expression comes to, exactly.

    Raises ChipcalcError for an expression that cannot be read, for a name that is not found,
    for units that do not fit, and where a figure is not published.
    """
    node = notation.parse(expression, store.vocabulary)
    calculator = _Calculator(store)
    answer = fold(node, calculator)
    if isinstance(answer, Missing):
        hint = "'chipcalc show CHIP' lists what is published"
        if answer.kind == "ambiguous":
            hint = "name one in the brackets, such as throughput[fp64, vector]"
        raise error(f"{answer.kind}: {answer.because}", hint)
    value = answer.value if isinstance(node, Convert) else usual(answer.value, store.vocabulary)
    figure = answer._replace(value=value)
    return Calculation(expression, figure, tuple(calculator.used), tuple(calculator.notices))


def usual(value: Quantity, vocabulary: Vocabulary) -> Quantity:
    """Return a quantity in the field's own unit for its dimension, where a metric has one."""
    if not value.unit.dimension or len(value.unit.parts) < 2:
        return value
    fitting = [
        each.unit
        for each in vocabulary.metrics.values()
        if each.unit.dimension == value.unit.dimension
    ]
    if not fitting or value.unit.parts in [unit.parts for unit in fitting]:
        return value
    unit = fitting[0]
    for name, _ in value.unit.parts:
        unit = unit.with_part(units.unit(name))
    return value.to(unit)


def _readings(node: Metric, vocabulary: Vocabulary) -> dict[str, str]:
    return {
        name: value
        for name, value in node.when.items()
        if vocabulary.conditions[name].role == "reading"
    }
