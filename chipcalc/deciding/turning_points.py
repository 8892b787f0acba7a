"""Where a comparison turns: the exact value of one input at which a metric reaches its limit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Key, key
from chipcalc.rules.criteria import Threshold
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Over,
    fold,
)
from chipcalc.vocabulary.model import Vocabulary

Ends: TypeAlias = Mapping[Key, Sequence[Fraction]]


def inputs(metric: Metric, vocabulary: Vocabulary, given: Collection[Key] = ()) -> Iterator[Key]:
    """Yield what a metric is calculated from by plain arithmetic: TPP and die area for density.

    A metric that is given is an input itself.
    """
    yield from fold(expanded(metric, vocabulary, given), _Inputs())


def expanded(metric: Metric, vocabulary: Vocabulary, given: Collection[Key] = ()) -> Expression:
    """Return a metric as arithmetic on inputs; a metric that goes over things is an input."""
    formula = vocabulary.metric(metric.name).formula
    if formula is None or key(metric.name, metric.when) in given:
        return metric
    if not fold(formula, _IsArithmetic()):
        return metric
    return fold(formula, _Expanded(vocabulary, given, metric.when))


def turning_points(
    node: Threshold, free: Key, known: Ends, evaluator: Evaluator
) -> Iterator[Fraction]:
    """Yield the values of one input, in base units, at which a metric may equal its limit.

    `known` gives the ends of the ranges of all other inputs, in base units. Every value at which
    the comparison changes is among those yielded; some may change nothing. Raises UnsolvableError
    where the input stands on both sides of an operation, or a divisor passes zero.
    """
    limit = node.limit.amount.best * node.limit.unit.factor
    formula = expanded(node.of, evaluator.vocabulary, evaluator.given)
    for curve in fold(formula, _Curves(free, known)):
        yield from curve.reaching(limit)


class UnsolvableError(Exception):
    """A formula in which the turning points of an input cannot be found exactly."""


class Curve(NamedTuple):
    """How a result depends on one input x: (a·x + b) / (c·x + d), in base units."""

    a: Fraction
    b: Fraction
    c: Fraction = Fraction(0)
    d: Fraction = Fraction(1)

    @property
    def flat(self) -> bool:
        return not self.a and not self.c

    def reaching(self, limit: Fraction) -> Iterator[Fraction]:
        """Yield the x at which the result equals a limit; none for a flat curve."""
        slope = self.a - limit * self.c
        if slope:
            yield (limit * self.d - self.b) / slope

    def scaled(self, by: Fraction) -> Curve:
        return Curve(self.a * by, self.b * by, self.c, self.d)

    def raised(self, by: Fraction) -> Curve:
        return Curve(self.a + by * self.c, self.b + by * self.d, self.c, self.d)

    def inverse(self) -> Curve:
        return Curve(self.c, self.d, self.a, self.b)


class _Inputs:
    """Reads arithmetic as the metrics it starts from."""

    def constant(self, node: Constant) -> list[Key]:
        return []

    def metric(self, node: Metric) -> list[Key]:
        return [key(node.name, node.when)]

    def attribute(self, node: Attribute) -> list[Key]:
        return []

    def operation(self, node: Operation, operands: Sequence[list[Key]]) -> list[Key]:
        return [each for found in operands for each in found]

    def over(self, node: Over, of: list[Key]) -> list[Key]:
        return of

    def convert(self, node: Convert, of: list[Key]) -> list[Key]:
        return of


class _IsArithmetic:
    """Reads a formula as whether it is plain arithmetic on other metrics."""

    def constant(self, node: Constant) -> bool:
        return True

    def metric(self, node: Metric) -> bool:
        return True

    def attribute(self, node: Attribute) -> bool:
        return False

    def operation(self, node: Operation, operands: Sequence[bool]) -> bool:
        return all(operands)

    def over(self, node: Over, of: bool) -> bool:  # noqa: FBT001 a reading's result
        return False

    def convert(self, node: Convert, of: bool) -> bool:  # noqa: FBT001 a reading's result
        return of


class _Expanded(NamedTuple):
    """Reads a formula as the same with derived metrics replaced by their own formulas."""

    vocabulary: Vocabulary
    given: Collection[Key]
    when: Mapping[str, str]

    def constant(self, node: Constant) -> Expression:
        return node

    def metric(self, node: Metric) -> Expression:
        """Return a metric under the conditions of the whole, as far as it is stated by them."""
        definition = self.vocabulary.metric(node.name)
        when = {**self.when, **node.when}
        if definition.formula is None:
            when = {name: value for name, value in when.items() if name in definition.by}
        return expanded(node._replace(when=when), self.vocabulary, self.given)

    def attribute(self, node: Attribute) -> Expression:
        return node

    def operation(self, node: Operation, operands: Sequence[Expression]) -> Expression:
        return Operation(node.operator, tuple(operands))

    def over(self, node: Over, of: Expression) -> Expression:
        return node

    def convert(self, node: Convert, of: Expression) -> Expression:
        return of


class _Curves(NamedTuple):
    """Reads arithmetic as curves over one input: one for each end of what else is a range."""

    free: Key
    known: Ends

    def constant(self, node: Constant) -> tuple[Curve, ...]:
        return _level(node.value.amount, node.value.unit.factor)

    def metric(self, node: Metric) -> tuple[Curve, ...]:
        name = key(node.name, node.when)
        if name == self.free:
            return (Curve(Fraction(1), Fraction(0)),)
        return tuple(Curve(Fraction(0), end) for end in self.known.get(name, ()))

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


def _level(amount: Interval, factor: Fraction) -> tuple[Curve, ...]:
    ends: Iterable[Fraction] = dict.fromkeys((amount.low, amount.high))
    return tuple(Curve(Fraction(0), end * factor) for end in ends)


def _calculated(operator: str, first: Curve, second: Curve) -> Curve:
    """Return the curve of an operation of which at most one side depends on the input."""
    level, curve = (second, first) if second.flat else (first, second)
    if not level.flat:
        raise UnsolvableError("both sides of an operation depend on one input")
    by = level.b / level.d
    if operator == "add":
        return curve.raised(by)
    if operator == "multiply":
        return curve.scaled(by)
    if operator == "subtract":
        return first.raised(-by) if second.flat else second.scaled(Fraction(-1)).raised(by)
    if second.flat:
        return first.scaled(1 / by) if by else Curve(Fraction(0), Fraction(0))
    if any(zero > 0 for zero in second.reaching(Fraction(0))):
        raise UnsolvableError("a divisor passes zero")
    return second.inverse().scaled(by)
