"""What is found once of an item's figures: what comparisons rest on, where they turn, their values.

Every rule, day, region and way to count that asks for the same comparison uses it again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub, truediv
from typing import Any, NamedTuple, TypeAlias

from chipcalc.deciding.turning_points import expanded, turning_points
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, Missing, key
from chipcalc.rules.criteria import Threshold
from chipcalc.values.logic import Relation
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
Value: TypeAlias = Callable[[At], Fraction]


class Comparison:
    """A comparison of an item, equal to itself alone: one object for all rules that ask for it.

    `on` are the inputs of its metric, of which one `repeats` where it stands there twice; `edge`
    is the limit in base units.
    """

    __slots__ = ("edge", "node", "of", "on", "repeats")

    def __init__(self, node: Threshold, names: Sequence[Key]) -> None:
        self.node = node
        self.of = key(node.of.name, node.of.when)
        self.on = frozenset(names)
        self.repeats = len(self.on) < len(names)
        self.edge = node.limit.base.best


class Known:
    """What is found once of the figures of one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.cells: dict[object, Any] = {}  # by the comparisons and what is open
        self.sums: dict[object, Any] = {}
        self._comparisons: dict[int, tuple[Threshold, Comparison]] = {}
        self._same: dict[tuple[Key, Relation, Fraction], Comparison] = {}
        self._formulas: dict[Key, Expression] = {}
        self._values: dict[tuple[Key, tuple[Key, ...]], Value | None] = {}
        self._turns: dict[tuple[object, ...], tuple[Fraction, ...]] = {}

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
            same = (found.of, node.relation, found.edge)
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

    def turns(self, comparison: Comparison, free: Key, at: At) -> Sequence[Fraction]:
        """Return where a comparison turns along one input, others being `at` some values.

        Raises UnsolvableError where that cannot be found exactly.
        """
        others = [name for name in comparison.on if name != free]
        asked = (comparison, free, *((name, at[name]) for name in others if name in at))
        if asked not in self._turns:
            ends = {
                name: (at[name],) if name in at else ends_of(self.answer(name)) for name in others
            }
            found = turning_points(comparison.node, free, ends, self.evaluator)
            self._turns[asked] = tuple(found)
        return self._turns[asked]

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
        unit = self.evaluator.vocabulary.unit(name[0], dict(name[1]))
        return figure.value.amount.exact and figure.value.unit.dimension == unit.dimension


class _Arithmetic(NamedTuple):
    """Reads arithmetic as a function of the open inputs, in base units; the others are `fixed`."""

    fixed: At

    def constant(self, node: Constant) -> Value:
        value = node.value.base.best
        return lambda _: value

    def metric(self, node: Metric) -> Value:
        name = key(node.name, node.when)
        if name in self.fixed:
            value = self.fixed[name]
            return lambda _: value
        return lambda at: at[name]

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


_ARITHMETIC: Mapping[Operator, Callable[[Fraction, Fraction], Fraction]] = {
    "add": add,
    "subtract": sub,
    "multiply": mul,
    "divide": truediv,
    "smallest": min,
    "largest": max,
}


def ends_of(answer: Answer) -> tuple[Fraction, ...]:
    """Return the ends of a figure in base units; what a chip does not have is zero."""
    if isinstance(answer, Missing):
        return (Fraction(0),) if answer.kind == "not offered" else ()
    amount = answer.value.base
    return tuple(dict.fromkeys((amount.low, amount.high)))
