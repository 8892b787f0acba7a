"""The usual misreadings of a printed ratio: what people set against what by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.comparison.comparison import raw_metrics
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing, converted, operate
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Over,
    fold,
    metrics_of,
)
from chipcalc.vocabulary.model import Vocabulary

EMPTY: Conditions = MappingProxyType({})
Evaluate: TypeAlias = Callable[[Sheet, Conditions], Evaluator]
TurnKind: TypeAlias = Literal[
    "",
    "reading",
    "slip",
    "metric",
    "unlike",
    "other",
    "variant",
    "line",
    "later",
    "marketed",
    "stated",
    "declared",
    "system",
]


class Turn(NamedTuple):
    """One usual misreading: other conditions, factors or chips for one side of a ratio, or both.

    `kind` and `what` name it. For each of the `sides`, `reading` is another reading such as
    sparsity, `times` a factor, `metric` another metric and the one in whose place it is put;
    `chip` is the name that is read as another chip of its family; `names` are those of the chips on
    its sides, as the claim writes them.
    """

    kind: TurnKind = ""
    what: str = ""
    sides: tuple[str, ...] = ()
    reading: Conditions = EMPTY
    times: Fraction = Fraction(1)
    metric: tuple[str, str] = ("", "")
    chip: str = ""
    names: tuple[str, ...] = ()

    @property
    def key(self) -> object:
        """Return what it makes of the figures of a side, by which two misreadings are the same."""
        same = self.times == 1 and not self.reading
        return same or (frozenset(self.reading.items()), self.times.as_integer_ratio()), self.metric


PLAIN = Turn()


def turns(sides: Mapping[str, Expression], vocabulary: Vocabulary) -> Iterator[Turn]:
    """Yield the misreadings that make sense for the sides of a comparison, the commonest first.

    Rows that are unlike, and other chips of a family, are for the caller to try.
    """
    named = {name: {each.name for each in metrics_of(node)} for name, node in sides.items()}
    named = {name: metrics for name, metrics in named.items() if metrics}
    yield from _other_readings(named, vocabulary)
    for slip in vocabulary.slips:
        for name, metrics in named.items():
            if any(_has(slip.unit.dimension, each, vocabulary) for each in metrics):
                yield Turn("slip", slip.label, (name,), times=slip.times)
    for metric in dict.fromkeys(each for metrics in named.values() for each in sorted(metrics)):
        having = tuple(name for name, metrics in named.items() if metric in metrics)
        for other in vocabulary.metric(metric).mistaken_for:
            for chosen in _choices(having):
                yield Turn("metric", other, chosen, metric=(metric, other))


def _other_readings(named: Mapping[str, set[str]], vocabulary: Vocabulary) -> Iterator[Turn]:
    """Yield the readings of a condition beside the usual one.

    Where the usual one is the sum, as of two directions, any figure has its part. The other way
    round, as with sparsity, only a figure that is stated counts: not every chip has it.
    """
    for name, condition in vocabulary.conditions.items():
        having = tuple(
            each
            for each, metrics in named.items()
            if any(name in vocabulary.metric(metric).by for metric in _stated(metrics, vocabulary))
        )
        for value, known in condition.values.items():
            if condition.role != "reading" or known.becomes != condition.default:
                continue
            for chosen in _choices(having):
                if known.times and known.times > 1:
                    yield Turn("reading", known.label, chosen, times=1 / known.times)
                else:
                    yield Turn("reading", known.label, chosen, reading={name: value})


def _stated(metrics: set[str], vocabulary: Vocabulary) -> set[str]:
    return {raw for each in metrics for raw in raw_metrics(each, vocabulary)}


def _choices(sides: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the sides to which a misreading can apply, one alone before both; the later first."""
    yield from ((each,) for each in reversed(sides))
    if len(sides) > 1:
        yield sides


def _has(dimension: tuple[tuple[str, int], ...], metric: str, vocabulary: Vocabulary) -> bool:
    wanted = {name for name, _ in dimension}
    return wanted <= {name for name, _ in vocabulary.metric(metric).unit.dimension}


def side(
    node: Expression,
    chosen: Mapping[str, Sheet],
    row: Conditions,
    turn: Turn,
    evaluate: Evaluate,
) -> Answer:
    """Return one side of a comparison for chosen chips and a row, under a misreading of it."""
    answer = fold(node, _Side(chosen, row, turn, evaluate))
    if turn.times == 1 or isinstance(answer, Missing):
        return answer
    value = Quantity(answer.value.amount * exactly(turn.times), answer.value.unit)
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
        mistaken, other = self.turn.metric
        if node.name == mistaken:
            return _in_unit_of(evaluator.figure(other), other, mistaken, evaluator.vocabulary)
        return evaluator.figure(node.name, {**node.when, **self.row})

    def attribute(self, node: Attribute) -> Answer:
        return Missing("undefined", f"{node.of}.{node.name} stands alone")

    def operation(self, node: Operation, operands: Sequence[Answer]) -> Answer:
        return operate(node.operator, operands)

    def over(self, node: Over, of: Answer) -> Answer:
        return of

    def convert(self, node: Convert, of: Answer) -> Answer:
        return converted(of, node.unit)


def _in_unit_of(answer: Answer, metric: str, mistaken: str, vocabulary: Vocabulary) -> Answer:
    """Return the figure of a metric with the unit of the one that it was mistaken for."""
    if isinstance(answer, Missing):
        return answer
    amount = answer.value.to(vocabulary.metric(metric).unit).amount
    return answer._replace(value=Quantity(amount, vocabulary.metric(mistaken).unit))


def chips_of(node: Expression) -> list[str]:
    """Return the names of chips and families in an expression, in order."""
    return [each.chip for each in metrics_of(node)]
