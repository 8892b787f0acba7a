"""The formulas of metrics as columns: the least and the most that each row's figure may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import narwhals as nw

from chipcalc.screening.ends import NOTHING, Bounds, constant, first, largest, pair, same
from chipcalc.screening.meaning import ENGINE, FORMAT, TENSOR
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Metric,
    Operation,
    Over,
    fold,
    metrics_of,
)
from chipcalc.vocabulary.model import ConditionValue, MetricDefinition, Vocabulary

_DIE = "die"
_UP_TO_IT = (Fraction(0), Fraction(1))


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
        self._columns: dict[int, tuple[nw.Expr, str]] = {}

    def figure(self, name: str, when: Mapping[str, str]) -> Bounds:
        """Return the ends of a metric under conditions."""
        key = (name, frozenset(when.items()))
        if key not in self._known:
            self._known[key] = self._named(self._figure(name, when))
        return self._known[key]

    def fed_by(self, name: str) -> list[str]:
        """Return the columns on which a metric rests."""
        found: dict[str, None] = {}
        left, seen = [name], set()
        while left:
            each = left.pop()
            seen.add(each)
            found |= dict.fromkeys(e.column for e in self.given if e.metric == each)
            die = self._die(each)
            found |= {die.column: None} if die else {}
            formula = self.vocabulary.metric(each).formula
            left += {e.name for e in metrics_of(formula)} - seen if formula is not None else ()
        return list(found)

    def _named(self, found: Bounds) -> Bounds:
        """Return columns that hold the ends, so that what rests on them does not repeat them."""
        name = f"__figure_{len(self.layers)}"
        if found.low is found.high and isinstance(found.low, nw.Expr):
            self.layers.append({name: found.low})
            return same(self._column(name))
        ends = {
            f"{name}_{end}": value
            for end, value in zip(found._fields, found, strict=True)
            if isinstance(value, nw.Expr)
        }
        if ends:
            self.layers.append(ends)
        named = {each.rpartition("_")[2]: self._column(each) for each in ends}
        return found._replace(**named)

    def _column(self, name: str) -> nw.Expr:
        found = nw.col(name)
        self._columns[id(found)] = (found, name)
        return found

    def columns_of(self, name: str, when: Mapping[str, str]) -> dict[str, str]:
        """Return the columns that hold the ends of a metric; one that holds both is its low end."""
        found = self.figure(name, when)
        ends = {
            end: self._columns[id(value)][1]
            for end, value in zip(found._fields, found, strict=True)
            if isinstance(value, nw.Expr)
        }
        return {"low": ends["low"]} if len({*ends.values()}) == 1 < len(ends) else ends

    def _figure(self, name: str, when: Mapping[str, str]) -> Bounds:
        definition = self.vocabulary.metric(name)
        if definition.formula is None or definition.given:
            return self._stated(name, definition, when)
        die = self._die(name)
        if die:
            return same(die.value)
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
        low = first(sure[::-1]) if sure else None
        return Bounds(low, first([*sure[::-1], *vague[::-1]])) if vague else same(low)

    def _value(self, name: str, value: str) -> ConditionValue:
        return self.vocabulary.conditions[name].values[value]

    # --- the reading itself: each node becomes a function of its conditions

    def constant(self, node: Constant) -> _Meaning:
        return lambda _: constant(node.value)

    def metric(self, node: Metric) -> _Meaning:
        return lambda when: self.figure(node.name, {**when, **node.when})

    def attribute(self, node: Attribute) -> _Meaning:
        def read(when: Mapping[str, str]) -> Bounds:
            if node.of == _DIE:
                return NOTHING
            value = self.vocabulary.conditions[node.of].values.get(when.get(node.of, ""))
            amount = getattr(value, node.name, None) if value else None
            return constant(amount.quantity) if amount else NOTHING

        return read

    def operation(self, node: Operation, operands: Sequence[_Meaning]) -> _Meaning:
        def read(when: Mapping[str, str]) -> Bounds:
            found = [each(when) for each in operands]
            result = found[0]
            for other in found[1:]:
                result = pair(node.operator, result, other)
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
            most = largest(found)
            return self._with_others(most) if FORMAT in node.each else most

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
        if found.low is found.high and self._is_complete():
            return found
        whole = self.complete()
        return Bounds(found.low, nw.when(whole).then(found.high))

    def _is_complete(self) -> bool:
        """Whether every rate of a frame is all that decides by itself."""
        rates = [each for each in self.given if FORMAT in each.when]
        return not any(
            self.is_loose(each)
            or each.when.get(ENGINE) != TENSOR
            or self._value(FORMAT, each.when[FORMAT]).outdone_by
            for each in rates
        )

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
        for each in rates:
            if self.is_loose(each):
                found = found & nw.col(each.column).is_null()
        return found

    def is_loose(self, given: Given) -> bool:
        """Whether a check may know more of what a column states than its bounds do."""
        return any(self._value(key, value).unsettled for key, value in given.when.items())


def _any(found: Iterable[nw.Expr]) -> nw.Expr:
    result = nw.lit(value=False)
    for each in found:
        result = result | each
    return result
