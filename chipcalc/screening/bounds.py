"""The formulas of metrics as columns: the least and the most that each row's figure may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import narwhals as nw

from chipcalc.screening.meaning import ENGINE, FORMAT, TENSOR
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Metric,
    Operation,
    Over,
    fold,
)
from chipcalc.vocabulary.model import ConditionValue, MetricDefinition, Vocabulary

_DIE = "die"
_UP_TO_IT = (Fraction(0), Fraction(1))


class Bounds(NamedTuple):
    """Columns with the ends of a figure in base units, as numbers; None where no row has an end."""

    low: nw.Expr | float | None
    high: nw.Expr | float | None


NOTHING = Bounds(None, None)
_Meaning: TypeAlias = Callable[[Mapping[str, str]], Bounds]


class Given(NamedTuple):
    """A column of a frame: the metric and conditions that it states, and its unit's factor.

    The conditions have the usual readings, such as dense; a column that is not `sure` has others,
    and states no more than the most that the figure may be.
    """

    column: str
    metric: str
    when: Mapping[str, str]
    factor: float
    sure: bool = True

    @property
    def value(self) -> nw.Expr:
        """The amounts in base units."""
        return nw.col(self.column) * self.factor


def given(
    column: str, metric: str, when: Mapping[str, str], factor: float, known: Vocabulary
) -> Given | None:
    """Return what a column states, read as rules read it; None where that is left to a check."""
    usual: dict[str, str] = {}
    sure = True
    for name, value in when.items():
        condition = known.conditions[name]
        said = condition.values.get(value)
        if condition.role != "reading" or value == condition.default:
            usual[name] = value
        elif said is None or condition.default is None:
            return None
        elif said.becomes == condition.default and said.times is not None:
            usual[name] = condition.default
            factor *= float(said.times)
        elif (
            said.bounds
            and said.bounds.value == condition.default
            and said.bounds.times == _UP_TO_IT
        ):
            usual[name], sure = condition.default, False
        else:
            return None
    return Given(column, metric, usual, factor, sure)


class FormulaColumns:
    """Reads formulas for all rows of a frame at once; a figure is worked out once and named.

    What a frame cannot say, such as a sum over processing units with figures of their own, is
    unknown, never wrong.
    """

    def __init__(self, given: Sequence[Given], vocabulary: Vocabulary) -> None:
        self.given = given
        self.vocabulary = vocabulary
        self.layers: list[dict[str, nw.Expr]] = []
        self._known: dict[tuple[str, frozenset[tuple[str, str]]], Bounds] = {}

    def figure(self, name: str, when: Mapping[str, str]) -> Bounds:
        """Return the ends of a metric under conditions."""
        key = (name, frozenset(when.items()))
        if key not in self._known:
            self._known[key] = self._named(self._figure(name, when))
        return self._known[key]

    def _named(self, found: Bounds) -> Bounds:
        """Return columns that hold the ends, so that what rests on them does not repeat them."""
        ends = {}
        for end in ("low", "high"):
            value = getattr(found, end)
            if isinstance(value, nw.Expr):
                name = f"__figure_{len(self.layers)}_{end}"
                ends[name] = value
                found = found._replace(**{end: nw.col(name)})
        if ends:
            self.layers.append(ends)
        return found

    def _figure(self, name: str, when: Mapping[str, str]) -> Bounds:
        definition = self.vocabulary.metric(name)
        if definition.formula is None or definition.given:
            return self._stated(name, definition, when)
        die = self._die(name)
        if die:
            return Bounds(die.value, die.value)
        return fold(definition.formula, self)(dict(when))

    def _die(self, name: str) -> Given | None:
        """Return the column with the area of the one die, which counts in sums over dies."""
        formula = self.vocabulary.metric(name).formula
        if not isinstance(formula, Over) or formula.each != (_DIE,):
            return None
        for each in self.given:
            kind = self.vocabulary.metric(each.metric).die
            if kind and all(kind.get(key) in values for key, values in formula.where.items()):
                return each
        return None

    def _stated(self, name: str, definition: MetricDefinition, when: Mapping[str, str]) -> Bounds:
        """Return what columns state of a metric: itself, or the most that it may be."""
        asked = {key: value for key, value in when.items() if key in definition.by}
        for key in definition.by:
            condition = self.vocabulary.conditions[key]
            if condition.role == "reading" and condition.default:
                asked.setdefault(key, condition.default)
        found = [e for e in self.given if e.metric == name and dict(e.when) == asked]
        sure = [each.value for each in found if each.sure]
        vague = [each.value for each in found if not each.sure]
        if not found:
            return NOTHING
        low = _first(sure[::-1]) if sure else None
        return Bounds(low, _first([*sure[::-1], *vague[::-1]]))

    def _value(self, name: str, value: str) -> ConditionValue:
        return self.vocabulary.conditions[name].values[value]

    # --- the reading itself: each node becomes a function of its conditions

    def constant(self, node: Constant) -> _Meaning:
        return lambda _: _exactly(node.value)

    def metric(self, node: Metric) -> _Meaning:
        return lambda when: self.figure(node.name, {**when, **node.when})

    def attribute(self, node: Attribute) -> _Meaning:
        def read(when: Mapping[str, str]) -> Bounds:
            if node.of == _DIE:
                return NOTHING
            value = self.vocabulary.conditions[node.of].values.get(when.get(node.of, ""))
            amount = getattr(value, node.name, None) if value else None
            return _exactly(amount.quantity) if amount else NOTHING

        return read

    def operation(self, node: Operation, operands: Sequence[_Meaning]) -> _Meaning:
        def read(when: Mapping[str, str]) -> Bounds:
            found = [each(when) for each in operands]
            result = found[0]
            for other in found[1:]:
                result = _pair(node.operator, result, other)
            return result

        return read

    def over(self, node: Over, of: _Meaning) -> _Meaning:
        def read(when: Mapping[str, str]) -> Bounds:
            if node.each == (_DIE,):
                return NOTHING
            if any(self.vocabulary.conditions[each].role == "part" for each in node.each):
                return of(when)  # a frame has no processing units: the chip as a whole
            rows = self._rows(node.each, when)
            found = [of({**when, **row}) for row in rows]
            if node.function != "largest":
                return found[0] if len(found) == 1 else NOTHING
            largest = _largest(found)
            return self._with_others(largest) if FORMAT in node.each else largest

        return read

    def convert(self, node: Convert, of: _Meaning) -> _Meaning:  # noqa: ARG002 a reading's
        return of

    def _rows(self, names: Sequence[str], when: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the values of conditions that columns state together."""
        found: dict[tuple[tuple[str, str], ...], None] = {}
        for each in self.given:
            row = {name: each.when[name] for name in names if name in each.when}
            if row and all(each.when.get(k, v) == v for k, v in when.items() if k not in row):
                found[tuple(row.items())] = None
        return [dict(each) for each in found]

    def _with_others(self, found: Bounds) -> Bounds:
        """Return the largest rate without its upper end in rows where others may be larger."""
        if found.high is None or isinstance(found.high, float):
            return Bounds(found.low, None)
        whole = self.complete()
        return Bounds(found.low, nw.when(whole).then(found.high))

    def complete(self) -> nw.Expr:
        """Return in which rows the rates are all that usually decide, by what they state."""
        rates = [each for each in self.given if FORMAT in each.when]
        tensor = [each for each in rates if each.when.get(ENGINE) == TENSOR]
        found = nw.lit(value=False)
        for each in tensor:
            by = self._value(FORMAT, each.when[FORMAT]).outdone_by
            there = ~nw.col(each.column).is_null()
            faster = [e for e in tensor if e.when[FORMAT] in by]
            found = found | (
                there & _any(~nw.col(e.column).is_null() for e in faster) if by else there
            )
        unsure = [e for e in rates if any(self._value(k, v).unsettled for k, v in e.when.items())]
        for each in unsure:
            found = found & nw.col(each.column).is_null()
        return found


def _any(found: Iterable[nw.Expr]) -> nw.Expr:
    result = nw.lit(value=False)
    for each in found:
        result = result | each
    return result


def _exactly(quantity: Quantity) -> Bounds:
    factor = quantity.unit.factor
    amount = quantity.amount
    return Bounds(float(amount.low * factor), float(amount.high * factor))


def _largest(found: Sequence[Bounds]) -> Bounds:
    """Return the largest in each row of what is there; what is not there does not count."""
    lows = [each.low for each in found if isinstance(each.low, nw.Expr)]
    highs = [each.high for each in found if isinstance(each.high, nw.Expr)]
    return Bounds(_greatest(lows) if lows else None, _greatest(highs) if highs else None)


def _greatest(found: Sequence[nw.Expr]) -> nw.Expr:
    """Return the greatest in each row; some engines take none of one column alone."""
    return nw.max_horizontal(*found) if len(found) > 1 else found[0]


def _first(found: Sequence[nw.Expr]) -> nw.Expr:
    """Return the first in each row that is there."""
    return nw.coalesce(*found) if len(found) > 1 else found[0]


def _pair(operator: str, one: Bounds, other: Bounds) -> Bounds:
    """Return the ends of arithmetic on amounts that are never negative."""
    if operator == "multiply":
        return Bounds(_times(one.low, other.low), _times(one.high, other.high))
    if operator == "divide":
        return Bounds(_over(one.low, other.high), _over(one.high, other.low))
    if operator == "add":
        return Bounds(_plus(one.low, other.low), _plus(one.high, other.high))
    return NOTHING


End: TypeAlias = "nw.Expr | float | None"


def _times(one: End, other: End) -> End:
    return None if one is None or other is None else one * other


def _plus(one: End, other: End) -> End:
    return None if one is None or other is None else one + other


def _over(one: End, other: End) -> End:
    """Return a quotient; none where the divisor may be nothing."""
    if one is None or other is None:
        return None
    if isinstance(other, nw.Expr):
        return one / nw.when(other > 0).then(other)
    return one / other if other else None
