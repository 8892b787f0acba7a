"""What is found once of an item's figures: what comparisons rest on, where they turn, their values.

Every rule, day, region and way to count that asks for the same comparison uses it again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

from chipcalc.deciding.turning_points import Curve, curves, expanded
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, Missing, key
from chipcalc.rules.criteria import Threshold
from chipcalc.values.logic import Relation
from chipcalc.values.units import Unit
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Operator,
    Over,
    fold,
    metrics_of,
)

At: TypeAlias = Mapping[Key, Fraction]
# An amount as a numerator and a denominator above zero that may have a divisor in common: what is
# only compared need not be reduced, and is computed many times faster.
Ratio: TypeAlias = tuple[int, int]
Value: TypeAlias = Callable[[At], Ratio]


class Comparison:
    """A comparison of an item, equal to itself alone: one object for all rules that ask for it.

    `on` are the inputs of its metric, of which one `repeats` where it stands there twice; `limit`
    is that in base units, above and below the line of a fraction.
    """

    __slots__ = ("limit", "node", "of", "on", "repeats")

    def __init__(self, node: Threshold, names: Sequence[Key]) -> None:
        self.node = node
        self.of = key(node.of.name, node.of.when)
        self.on = frozenset(names)
        self.repeats = len(self.on) < len(names)
        self.limit: Ratio = node.limit.base.best.as_integer_ratio()

    @property
    def edge(self) -> Fraction:
        """The limit as one number."""
        return Fraction(*self.limit)


class Known:
    """What is found once of the figures of one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.cells: dict[object, Any] = {}  # by the comparisons and what is open
        self.posed: dict[object, Any] = {}  # by the comparisons, as rules have them
        self._comparisons: dict[int, tuple[Threshold, Comparison]] = {}
        self._same: dict[tuple[Key, Relation, Ratio], Comparison] = {}
        self._formulas: dict[Key, Expression] = {}
        self._values: dict[tuple[Key, tuple[Key, ...]], Value | None] = {}
        self._ranges: dict[Key, tuple[Fraction, Fraction | None]] = {}
        self._units: dict[Key, Unit] = {}
        self._curves: dict[tuple[object, ...], tuple[Curve, ...]] = {}

    @classmethod
    def of(cls, evaluator: Evaluator) -> Known:
        """Return what is known of an evaluator; there is one for each."""
        found: Known | None = evaluator.memo.get(cls)
        if found is None:
            found = evaluator.memo[cls] = cls(evaluator)
        return found

    def comparison(self, node: Threshold) -> Comparison:
        """Return the comparison that a rule asks for: the same one for equal limits."""
        kept = self._comparisons.get(id(node))
        if kept is None:
            found = Comparison(node, self._inputs(key(node.of.name, node.of.when)))
            same = (found.of, node.relation, found.limit)
            found = self._same.setdefault(same, found)
            kept = self._comparisons[id(node)] = (node, found)
        return kept[1]

    def formula(self, of: Key) -> Expression:
        """Return a metric as arithmetic on its inputs."""
        if of not in self._formulas:
            metric = Metric(of[0], when=dict(of[1]))
            known = self.evaluator
            self._formulas[of] = expanded(metric, known.vocabulary, known.given)
        return self._formulas[of]

    def _inputs(self, of: Key) -> list[Key]:
        return [key(each.name, each.when) for each in metrics_of(self.formula(of))]

    def inputs(self, comparisons: Sequence[Comparison]) -> list[Key]:
        """Return the inputs of some comparisons, each once, in the order of the text."""
        names = (name for each in comparisons for name in self._inputs(each.of))
        return list(dict.fromkeys(names))

    def answer(self, name: Key) -> Answer:
        """Return what is known of an input."""
        return self.evaluator.figure(name[0], dict(name[1]))

    def unit(self, name: Key) -> Unit:
        """Return the unit of a metric under its conditions."""
        if name not in self._units:
            self._units[name] = self.evaluator.vocabulary.unit(name[0], dict(name[1]))
        return self._units[name]

    def domain(self, name: Key) -> tuple[Fraction, Fraction | None]:
        """Return between which values an open input lies; a high end of None is open."""
        if name not in self._ranges:
            self._ranges[name] = self._range(name)
        return self._ranges[name]

    def _range(self, name: Key) -> tuple[Fraction, Fraction | None]:
        answer = self.answer(name)
        if isinstance(answer, Figure):
            ends = ends_of(answer)
            return ends[0], ends[-1]
        low, high = answer.bounds(self.unit(name)) or (None, None)
        factor = self.unit(name).factor
        return (low or Fraction(0)) * factor, None if high is None else high * factor

    def curves(self, comparison: Comparison, free: Key, at: At) -> Sequence[Curve]:
        """Return how a metric that is compared goes along one input, others being `at` some values.

        Raises UnsolvableError where that cannot be found exactly.
        """
        others = [name for name in comparison.on if name != free]
        values = ((name, at[name].as_integer_ratio()) for name in others if name in at)
        asked = (comparison.of, free, *values)
        if asked not in self._curves:
            ends = {
                name: (at[name],) if name in at else ends_of(self.answer(name)) for name in others
            }
            self._curves[asked] = curves(self.formula(comparison.of), free, ends)
        return self._curves[asked]

    def plain(self, of: Key, free: Collection[Key]) -> Value | None:
        """Return a metric as a function of its open inputs; None where it is not so simple.

        That is where another input is no single figure, or goes over something that is open.
        """
        asked = (of, tuple(free))
        if asked not in self._values:
            self._values[asked] = self._compiled(of, free)
        return self._values[asked]

    def _compiled(self, of: Key, free: Collection[Key]) -> Value | None:
        names = {name for name, _ in free}
        fixed = {}
        for each in self._inputs(of):
            answer = self.answer(each)
            if each in free:
                continue
            if not names.isdisjoint(self.evaluator.rests_on(each[0])):
                return None
            if isinstance(answer, Missing) or not self._is_plain(each, answer):
                return None
            fixed[each] = answer.value.base.best
        return fold(self.formula(of), _Arithmetic(fixed))

    def _is_plain(self, name: Key, figure: Figure) -> bool:
        """Whether an answer is one figure, of the kind that its metric has."""
        same = figure.value.unit.dimension == self.unit(name).dimension
        return figure.value.amount.exact and same


class _Arithmetic(NamedTuple):
    """Reads arithmetic as a function of the open inputs, in base units; the others are `fixed`."""

    fixed: At

    def constant(self, node: Constant) -> Value:
        value = node.value.base.best.as_integer_ratio()
        return lambda _: value

    def metric(self, node: Metric) -> Value:
        name = key(node.name, node.when)
        if name in self.fixed:
            value = self.fixed[name].as_integer_ratio()
            return lambda _: value
        return lambda at: at[name].as_integer_ratio()

    def attribute(self, node: Attribute) -> Value:
        raise TypeError("a property is of what a formula goes through")

    def operation(self, node: Operation, operands: Sequence[Value]) -> Value:
        how = _ARITHMETIC[node.operator]
        if len(operands) == 2:
            first, second = operands
            return lambda at: how(first(at), second(at))
        return lambda at: reduce(how, [each(at) for each in operands])

    def over(self, node: Over, of: Value) -> Value:
        raise TypeError("a metric that goes over things is an input")

    def convert(self, node: Convert, of: Value) -> Value:
        return of


def _sum(one: Ratio, other: Ratio) -> Ratio:
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def _difference(one: Ratio, other: Ratio) -> Ratio:
    return one[0] * other[1] - other[0] * one[1], one[1] * other[1]


def _product(one: Ratio, other: Ratio) -> Ratio:
    return one[0] * other[0], one[1] * other[1]


def _quotient(one: Ratio, other: Ratio) -> Ratio:
    if not other[0]:
        raise ZeroDivisionError("the divisor is zero")
    sign = -1 if other[0] < 0 else 1
    return sign * one[0] * other[1], sign * one[1] * other[0]


def _smaller(one: Ratio, other: Ratio) -> Ratio:
    return one if one[0] * other[1] <= other[0] * one[1] else other


def _larger(one: Ratio, other: Ratio) -> Ratio:
    return one if one[0] * other[1] >= other[0] * one[1] else other


_ARITHMETIC: Mapping[Operator, Callable[[Ratio, Ratio], Ratio]] = {
    "add": _sum,
    "subtract": _difference,
    "multiply": _product,
    "divide": _quotient,
    "smallest": _smaller,
    "largest": _larger,
}


def ends_of(answer: Answer) -> tuple[Fraction, ...]:
    """Return the ends of a figure in base units; what a chip does not have is zero."""
    if isinstance(answer, Missing):
        return (Fraction(0),) if answer.kind == "not offered" else ()
    amount = answer.value.base
    return tuple(dict.fromkeys((amount.low, amount.high)))
