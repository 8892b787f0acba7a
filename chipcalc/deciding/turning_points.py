"""Where a comparison turns: the exact value of one input at which a metric reaches its limit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.figures.figure import Key, key
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Leaf,
    Metric,
    Operation,
    Over,
    fold,
    metrics_of,
    rebuild,
    walk,
)
from chipcalc.vocabulary.model import Vocabulary

Ratio: TypeAlias = tuple[int, int]
Ends: TypeAlias = Mapping[Key, Sequence[Fraction]]


def inputs(metric: Metric, vocabulary: Vocabulary, given: Collection[Key] = ()) -> Iterator[Key]:
    """Yield what a metric is calculated from by plain arithmetic: TPP and die area for density.

    A metric that is given is an input itself.
    """
    for each in metrics_of(expanded(metric, vocabulary, given)):
        yield key(each.name, each.when)


def expanded(metric: Metric, vocabulary: Vocabulary, given: Collection[Key] = ()) -> Expression:
    """Return a metric as arithmetic on inputs; a metric that goes over things is an input."""
    formula = vocabulary.metric(metric.name).formula
    if formula is None or key(metric.name, metric.when) in given:
        return metric
    if any(isinstance(each, Attribute | Over) for each in walk(formula)):
        return metric

    def under_the_same_conditions(node: Leaf) -> Expression:
        if not isinstance(node, Metric):
            return node
        definition = vocabulary.metric(node.name)
        when = {**metric.when, **node.when}
        if definition.formula is None:
            when = {name: value for name, value in when.items() if name in definition.by}
        return expanded(node._replace(when=when), vocabulary, given)

    return rebuild(formula, under_the_same_conditions)


def curves(formula: Expression, free: Key, known: Ends) -> tuple[Curve, ...]:
    """Return how arithmetic depends on one input: a curve for each end of what else is a range.

    `known` gives the ends of the ranges of all other inputs, in base units. Every value at which
    the result may turn is on one of the curves. Raises UnsolvableError where the input stands on
    both sides of an operation, or a divisor passes zero.
    """
    return fold(formula, _Curves(free, known))


class UnsolvableError(Exception):
    """A formula in which the turning points of an input cannot be found exactly."""


class Curve(NamedTuple):
    """How a result depends on one input x: (a·x + b) / (c·x + d), in base units.

    All four are whole numbers, which is exact and many times faster than fractions.
    """

    a: int
    b: int
    c: int = 0
    d: int = 1

    @classmethod
    def level(cls, amount: Fraction) -> Curve:
        """Return the same result whatever x is."""
        above, below = amount.as_integer_ratio()
        return cls(0, above, 0, below)

    @property
    def flat(self) -> bool:
        return not self.a and not self.c

    def reaching(self, limit: Ratio) -> Iterator[Fraction]:
        """Yield the x at which the result equals a limit; none for a flat curve."""
        above, below = limit
        slope = self.a * below - above * self.c
        if slope:
            yield Fraction(above * self.d - self.b * below, slope)

    def scaled(self, by: Ratio) -> Curve:
        above, below = by
        return Curve(self.a * above, self.b * above, self.c * below, self.d * below)

    def raised(self, by: Ratio) -> Curve:
        above, below = by
        a, b = (one * below + above * other for one, other in ((self.a, self.c), (self.b, self.d)))
        return Curve(a, b, self.c * below, self.d * below)

    def inverse(self) -> Curve:
        return Curve(self.c, self.d, self.a, self.b)


class _Curves(NamedTuple):
    """Reads arithmetic as curves over one input: one for each end of what else is a range."""

    free: Key
    known: Ends

    def constant(self, node: Constant) -> tuple[Curve, ...]:
        return _level(node.value.base)

    def metric(self, node: Metric) -> tuple[Curve, ...]:
        name = key(node.name, node.when)
        if name == self.free:
            return (Curve(1, 0),)
        return tuple(Curve.level(end) for end in self.known.get(name, ()))

    def attribute(self, node: Attribute) -> tuple[Curve, ...]:
        return ()

    def operation(
        self, node: Operation, operands: Sequence[tuple[Curve, ...]]
    ) -> tuple[Curve, ...]:
        if node.operator in ("smallest", "largest"):
            return tuple(curve for each in operands for curve in each)
        first = operands[0]
        for second in operands[1:]:
            first = tuple(_calculated(node.operator, a, b) for a in first for b in second)
        return first

    def over(self, node: Over, of: tuple[Curve, ...]) -> tuple[Curve, ...]:
        return ()

    def convert(self, node: Convert, of: tuple[Curve, ...]) -> tuple[Curve, ...]:
        return of


def _level(amount: Interval) -> tuple[Curve, ...]:
    ends: Iterable[Fraction] = dict.fromkeys((amount.low, amount.high))
    return tuple(map(Curve.level, ends))


def _calculated(operator: str, first: Curve, second: Curve) -> Curve:
    """Return the curve of an operation of which at most one side depends on the input."""
    level, curve = (second, first) if second.flat else (first, second)
    if not level.flat:
        raise UnsolvableError("both sides of an operation depend on one input")
    by = (level.b, level.d)
    if operator == "add":
        return curve.raised(by)
    if operator == "multiply":
        return curve.scaled(by)
    if operator == "subtract":
        if second.flat:
            return first.raised((-level.b, level.d))
        return second.scaled((-1, 1)).raised(by)
    if second.flat:
        return first.scaled((level.d, level.b)) if level.b else Curve(0, 0)
    if any(zero > 0 for zero in second.reaching((0, 1))):
        raise UnsolvableError("a divisor passes zero")
    return second.inverse().scaled(by)
