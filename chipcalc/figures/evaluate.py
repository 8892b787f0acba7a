"""One reading of an expression: what it comes to for a chip, exactly, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

from chipcalc.figures import dies
from chipcalc.figures.circuits import Held, of_count, of_none, over_circuits
from chipcalc.figures.counting import BOTH_WAYS, Counting
from chipcalc.figures.figure import (
    Answer,
    Figure,
    Key,
    Missing,
    Summed,
    called,
    converted,
    key,
    lacking,
    operate,
)
from chipcalc.figures.largest import NO_SUCH, fastest, largest
from chipcalc.figures.statements import Conditions, Matching, Scope
from chipcalc.figures.sums import either, of_parts, times, total
from chipcalc.sheets.rates import FORMAT
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.values import numbers
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import conditions
from chipcalc.vocabulary.expressions import (
    NONE,
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
from chipcalc.vocabulary.model import Amount, MetricDefinition, Vocabulary

DIES = ("die",)
_Meaning: TypeAlias = "Callable[[Scope], Answer]"
NOTHING_GIVEN: Mapping[Key, Answer] = MappingProxyType({})


class Evaluator:
    """Reads metrics and expressions for one chip.

    `given` holds answers that stand in for what the sheet says, by name and conditions; `reading`
    overrides the usual conditions for this chip, for example its sparsity. What a board or a
    system contains is in its sheet, or `held`.
    """

    def __init__(
        self,
        sheet: Sheet,
        vocabulary: Vocabulary,
        given: Mapping[Key, Answer] = NOTHING_GIVEN,
        reading: Conditions = NONE,
        counting: Counting = BOTH_WAYS,
        held: tuple[Held, ...] = (),
    ) -> None:
        self.sheet = sheet
        self._held = held
        self.vocabulary = vocabulary
        self.given = given
        self.reading = reading
        self.counting = counting
        self._matching = Matching(sheet, vocabulary, reading)
        self._known: dict[Key, Answer] = {}
        self._stating: dict[Key, Answer] = {}
        self._reach: dict[str, frozenset[str]] = {}
        self._meanings: dict[str, _Meaning] = {}
        self._others: dict[object, tuple[object, Evaluator]] = {}
        self.of_sheet: dict[object, Any] = {}  # the same of the sheet alone, whatever is given
        self.memo: dict[object, Any] = {}  # what others made of these figures, by what it rests on

    def supposing(self, answers: Mapping[Key, Answer]) -> Evaluator:
        """Return the same reading of the same chip with some answers put in place of its own.

        The same answers lead to the same evaluator, and so to what is known of it.
        """
        asked = tuple((name, id(answer)) for name, answer in answers.items())
        return self.other(asked, answers, lambda: answers)

    def other(
        self, asked: object, kept: object, answers: Callable[[], Mapping[Key, Answer]]
    ) -> Evaluator:
        """Return the evaluator of some answers, made once for what is asked.

        `kept` lives as long as it does, so that `asked` may name it by its identity.
        """
        if asked not in self._others:
            self._others[asked] = (kept, self._supposing(answers()))
        return self._others[asked][1]

    def _supposing(self, answers: Mapping[Key, Answer]) -> Evaluator:
        given = {**self.given, **answers}
        other = Evaluator(self.sheet, self.vocabulary, given, self.reading, self.counting)
        other._held = self._held
        self._shares(other)
        other._stating = self._stating  # what the sheet states is the same
        changed = {name for name, _ in answers}
        other._known = {
            asked: answer
            for asked, answer in self._known.items()
            if changed.isdisjoint(self.rests_on(asked[0]))
        }
        return other

    @cached_property
    def circuits(self) -> tuple[Held, ...]:
        """The circuits of a board or a system; nothing for a circuit."""
        return self._held or tuple(
            Held(e.number, Evaluator(e.sheet, self.vocabulary, reading=self.reading))
            for e in self.sheet.contents
        )

    @property
    def mode(self) -> str:
        """The mode in which the chip is read: the one asked for, else its usual; or nothing."""
        usual = self._matching.usual_modes
        return next((self.reading.get(name, first) for name, first in usual.items()), "")

    def stating(self, metric: str) -> tuple[Located, ...]:
        """Return what the sheet states of a metric, and its circuits where their sum counts."""
        own = self.sheet.statements.get(metric, ())
        if self.vocabulary.metric(metric).of_several != "sum":
            return own
        return (*own, *(e for held in self.circuits for e in held.evaluator.stating(metric)))

    def rests_on(self, name: str) -> frozenset[str]:
        """Return a metric's name and those of all that its formula rests on."""
        if name not in self._reach:
            formula = self.vocabulary.metric(name).formula
            named = {each.name for each in metrics_of(formula)} if formula is not None else ()
            self._reach[name] = frozenset((name,)).union(*map(self.rests_on, named))
        return self._reach[name]

    def is_supposed(self, name: str) -> bool:
        """Whether a metric rests on something that a user gave in place of the sheet's."""
        changed = {given for given, _ in self.given} | set(self.sheet.supposed)
        return not changed.isdisjoint(self.rests_on(name))

    def counted(self, counting: Counting) -> Evaluator:
        """Return the same reading with one way to count where a rule leaves it open."""
        other = Evaluator(self.sheet, self.vocabulary, self.given, self.reading, counting)
        other._held = self._held
        self._shares(other)
        if counting.units == self.counting.units:
            other._stating = self._stating
        return other

    def _shares(self, other: Evaluator) -> None:
        """Give another reading of the same chip what rests on neither figures nor counting."""
        other._reach = self._reach
        other._matching = self._matching
        other._occasions = self._occasions
        other.of_sheet = self.of_sheet

    def figure(self, name: str, when: Conditions | None = None) -> Answer:
        """Return what a metric comes to under conditions; raises ChipcalcError for a wrong name."""
        asked = key(name, when or NONE)
        if asked not in self._known:
            for condition, value in asked[1]:
                conditions.check(condition, value, self.vocabulary)
            self._known[asked] = self._metric(name, Scope(dict(when or {})))
        return self._known[asked]

    def value(self, node: Expression) -> Answer:
        """Return what an expression comes to for this chip."""
        return fold(node, self)(Scope({}))

    # The next six methods are the reading itself: each node becomes a function of its scope.

    def constant(self, node: Constant) -> _Meaning:
        return lambda _: Figure(node.value, numbers.quantity(node.value))

    def metric(self, node: Metric) -> _Meaning:
        return lambda scope: self._metric(
            node.name, scope._replace(when={**scope.when, **node.when})
        )

    def attribute(self, node: Attribute) -> _Meaning:
        return lambda scope: self._attribute(node, scope)

    def operation(self, node: Operation, operands: Sequence[_Meaning]) -> _Meaning:
        return lambda scope: operate(node.operator, [operand(scope) for operand in operands])

    def over(self, node: Over, of: _Meaning) -> _Meaning:
        return lambda scope: self._over(node, of, scope)

    def convert(self, node: Convert, of: _Meaning) -> _Meaning:
        return lambda scope: converted(of(scope), node.unit)

    def _metric(self, name: str, scope: Scope) -> Answer:
        """Return a metric as far as conditions are bound; for a chip as a whole it is found once.

        The figures of a sheet are on the way to one another: density to performance.
        """
        definition, when = self.vocabulary.metric(name), scope.when
        if definition.formula is None:
            when = {each: value for each, value in when.items() if each in definition.by}
        asked = key(name, when)
        if asked in self.given:
            return _of(asked, self.given[asked])
        known = self._known if definition.formula and scope.die is None else {}
        if asked not in known:
            known[asked] = self._found(asked, definition, scope._replace(when=when))
        return known[asked]

    def _found(self, asked: Key, definition: MetricDefinition, scope: Scope) -> Answer:
        name, when = asked[0], scope.when
        count = self.sheet.count
        lacking = of_none(definition, self.circuits, count)
        if lacking:
            return lacking
        if definition.formula is None:
            if asked not in self._stating:
                stated = of_count(self._raw(name, definition, when), count)
                self._stating[asked] = _of(asked, stated)
            return self._stating[asked]
        answer = self._meaning(name, definition.formula)(scope)
        unit = self.vocabulary.unit(name, when)
        if isinstance(answer, Missing):
            return answer.bounded_in(unit)
        if answer.value.unit.dimension != unit.dimension:
            unit = answer.value.unit
        return answer._replace(value=answer.value.to(unit), label=definition.label, metric=asked)

    def _meaning(self, name: str, formula: Expression) -> _Meaning:
        return self._meanings.get(name) or self._meanings.setdefault(name, fold(formula, self))

    def _raw(self, name: str, definition: MetricDefinition, wanted: Conditions) -> Answer:
        """Return a raw metric as it is stated, else the sum over circuits where that counts."""
        answer = self._stated(name, definition, wanted)
        if isinstance(answer, Figure) or definition.of_several != "sum":
            return answer
        return over_circuits(self.circuits, name, wanted) or answer

    def _stated(self, name: str, definition: MetricDefinition, wanted: Conditions) -> Answer:
        """Return a raw metric: of the chip as a whole, else the sum over its processing units."""
        parts = [key for key in definition.by if self.vocabulary.conditions[key].role == "part"]
        whole = self._matching.answer(name, definition, wanted)
        if not parts or not self._matching.units or parts[0] in wanted:
            return whole
        part = parts[0]
        summed = self._summed(name, definition, wanted, part)
        if isinstance(whole, Missing):
            if isinstance(summed, Figure) or (whole.kind == "unknown" and not whole.high):
                return summed
            return whole
        if isinstance(summed, Missing) or self.counting.units == "whole":
            return whole
        return summed if self.counting.units == "sum" else either(whole, summed)

    def _summed(
        self, name: str, definition: MetricDefinition, wanted: Conditions, part: str
    ) -> Answer:
        figures = []
        for unit, described in self._matching.units.items():
            if described.formats is not None and wanted.get("format") not in described.formats:
                continue
            answer = self._matching.answer(name, definition, {**wanted, part: unit})
            if isinstance(answer, Missing):
                return answer._replace(low=None, high=None)  # of this unit alone
            figures.append(times(answer, described.count)._replace(label=described.label))
        if not figures:
            return Missing("unknown", "no figure for any processing unit")
        return total(figures, Summed("processing units"))

    def _attribute(self, node: Attribute, scope: Scope) -> Answer:
        if node.of == "die" and scope.die is not None:
            return dies.fact(self.sheet, node.name, scope.die)
        value = self.vocabulary.conditions[node.of].values.get(scope.when.get(node.of, ""))
        amount: Amount | None = getattr(value, node.name, None)
        if value is None or amount is None:
            return Missing("unknown", f"no {node.name} for this {node.of}")
        quantity = amount.quantity
        if self.counting.ends != "both":
            end = quantity.amount.low if self.counting.ends == "low" else quantity.amount.high
            quantity = Quantity(exactly(end), quantity.unit)
        return Figure(quantity, f"{node.name} of {value.label}")

    def _over(self, node: Over, of: _Meaning, scope: Scope) -> Answer:
        if node.each == DIES:
            return dies.over(self.sheet, node.where, lambda die: of(scope._replace(die=die)))
        if any(self.vocabulary.conditions[each].role == "part" for each in node.each):
            return self._over_parts(node, of, scope)
        label = self._matching.joined_label
        answers = [called(of(each), label(row)) for row, each in self._rows(node.each, scope)]
        if node.function == "largest":
            formats = FORMAT in node.each
            return fastest(answers, scope.when, self._matching) if formats else largest(answers)
        if figures := [each for each in answers if isinstance(each, Figure)]:
            return total(figures, Summed("conditions"))
        return lacking("add", answers) if answers else NO_SUCH

    def _over_parts(self, node: Over, of: _Meaning, scope: Scope) -> Answer:
        """Return the sum over processing units, or what is stated for the chip as a whole."""
        whole = of(scope)
        if self.counting.units == "whole" and isinstance(whole, Figure):
            return whole
        summed: list[Figure] = []
        for unit, described in self._matching.units.items():
            answer = of(scope.bind(node.each, (unit,)))
            if isinstance(answer, Missing):
                return whole
            summed.append(times(answer, described.count)._replace(label=described.label))
        return of_parts(whole, summed, self.counting)

    @cached_property
    def _occasions(self) -> Sequence[Conditions]:
        """The conditions that anything is stated under, each once."""
        stated = (e.statement.when for name in self.vocabulary.metrics for e in self.stating(name))
        return list({frozenset(each.items()): each for each in stated}.values())

    def _rows(self, names: Sequence[str], scope: Scope) -> Iterator[tuple[Conditions, Scope]]:
        """Yield the combinations of conditions to go through, each with the scope for it.

        Going through the modes of a chip overrides a mode that was asked for; the usual mode is
        named only where another one would be read without its name.
        """
        usual = {name: v for name, v in self._matching.usual_modes.items() if name in names}
        outer = {name: value for name, value in scope.when.items() if name not in usual}
        for row in self._matching.occurring(names, outer, self._occasions):
            said = {name: value for name, value in row.items() if usual.get(name) != value}
            bound = row if any(name in self.reading for name in usual) else said
            yield said, scope._replace(when={**outer, **bound})


def _of(metric: Key, answer: Answer) -> Answer:
    """Return an answer as that of a metric."""
    return answer if isinstance(answer, Missing) else answer._replace(metric=metric)
