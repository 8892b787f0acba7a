"""The usual misreadings of a printed ratio: what people set against what by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from chipcalc import notation
from chipcalc.claim import Compare
from chipcalc.evaluate import Evaluator
from chipcalc.expr import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Over,
    fold,
)
from chipcalc.figure import Answer, Figure, Missing, converted, operate
from chipcalc.interval import exactly
from chipcalc.matching import Conditions
from chipcalc.model import Vocabulary
from chipcalc.store import Sheet
from chipcalc.units import Quantity

EMPTY: Conditions = MappingProxyType({})
Evaluate: TypeAlias = Callable[[Sheet, Conditions], Evaluator]


class Turn(NamedTuple):
    """One usual misreading: other conditions or factors for one side of a ratio, or for both.

    `kind` and `what` name it; `row` puts in a format or engine, `reading` another reading such
    as sparsity, `times` a factor and `metric` another metric, for each of the `sides`.
    """

    kind: str = ""
    what: str = ""
    sides: tuple[str, ...] = ()
    row: Conditions = EMPTY
    reading: Conditions = EMPTY
    times: Fraction = Fraction(1)
    metric: str = ""


PLAIN = Turn()
_SIDES = (("of",), ("to",), ("of", "to"))


def turns(compare: Compare, vocabulary: Vocabulary, rows: Sequence[Conditions]) -> Iterator[Turn]:
    """Yield the misreadings that make sense for a comparison, the commonest first."""
    sides = _SIDES if compare.to else (("of",),)
    metrics = {
        each.name
        for text in (compare.of, compare.to)
        if text
        for each in metrics_of(notation.parse(text, vocabulary))
    }
    yield from _other_readings(metrics, sides, vocabulary)
    for name in metrics:
        for other in vocabulary.metric(name).mistaken_for:
            yield Turn("metric", other, ("of", "to") if compare.to else ("of",), metric=other)
    for slip in vocabulary.slips:
        if any(_has(slip.unit.dimension, name, vocabulary) for name in metrics):
            for chosen in sides[:2]:
                yield Turn("slip", slip.label, chosen, times=slip.times)
    for row in rows if compare.to else ():
        for chosen in (("of",), ("to",)):
            yield Turn("row", "", chosen, row=row)


def _other_readings(
    metrics: set[str], sides: Sequence[tuple[str, ...]], vocabulary: Vocabulary
) -> Iterator[Turn]:
    by = {condition for name in metrics for condition in vocabulary.metric(name).by}
    for name, condition in vocabulary.conditions.items():
        if condition.role != "reading" or name not in by:
            continue
        for value, known in condition.values.items():
            if known.becomes == condition.default:
                for chosen in sides:
                    yield Turn("reading", known.label, chosen, reading={name: value})


def _has(dimension: tuple[tuple[str, int], ...], metric: str, vocabulary: Vocabulary) -> bool:
    wanted = {name for name, _ in dimension}
    return wanted <= {name for name, _ in vocabulary.metric(metric).unit.dimension}


def side(
    node: Expression,
    name: str,
    chosen: Mapping[str, Sheet],
    row: Conditions,
    turn: Turn,
    evaluate: Evaluate,
) -> Answer:
    """Return one side of a comparison for chosen chips and a row, under a misreading."""
    applied = turn if name in turn.sides else PLAIN
    answer = fold(node, _Side(chosen, row, applied, evaluate))
    if applied.times == 1 or isinstance(answer, Missing):
        return answer
    value = Quantity(answer.value.amount * exactly(applied.times), answer.value.unit)
    return answer._replace(value=value)


class _Side:
    """Reads an expression as its value, each chip and open row being chosen."""

    def __init__(
        self, chosen: Mapping[str, Sheet], row: Conditions, turn: Turn, evaluate: Evaluate
    ) -> None:
        self.chosen = chosen
        self.row = row
        self.turn = turn
        self.evaluate = evaluate

    def constant(self, node: Constant) -> Answer:
        return Figure(node.value, "the figure")

    def metric(self, node: Metric) -> Answer:
        evaluator = self.evaluate(self.chosen[node.chip], self.turn.reading)
        if self.turn.metric:
            return evaluator.figure(self.turn.metric)
        row = {**self.row, **self.turn.row} if not self.turn.row else dict(self.turn.row)
        return evaluator.figure(node.name, {**row, **node.when})

    def attribute(self, node: Attribute) -> Answer:
        return Missing("undefined", f"{node.of}.{node.name} stands alone")

    def operation(self, node: Operation, operands: Sequence[Answer]) -> Answer:
        return operate(node.operator, operands)

    def over(self, node: Over, of: Answer) -> Answer:
        return of

    def convert(self, node: Convert, of: Answer) -> Answer:
        return converted(of, node.unit)


def chips_of(node: Expression) -> list[str]:
    """Return the names of chips and families in an expression, in order."""
    return [each.chip for each in metrics_of(node)]


def metrics_of(node: Expression) -> list[Metric]:
    """Return the figures of chips that an expression names, in order."""
    return fold(node, _Metrics())


class _Metrics:
    """Reads an expression as the figures of chips in it."""

    def constant(self, node: Constant) -> list[Metric]:
        return []

    def metric(self, node: Metric) -> list[Metric]:
        return [node]

    def attribute(self, node: Attribute) -> list[Metric]:
        return []

    def operation(self, node: Operation, operands: Sequence[list[Metric]]) -> list[Metric]:
        return [each for found in operands for each in found]

    def over(self, node: Over, of: list[Metric]) -> list[Metric]:
        return of

    def convert(self, node: Convert, of: list[Metric]) -> list[Metric]:
        return of
