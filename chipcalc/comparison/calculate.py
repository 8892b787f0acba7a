"""The unit-aware calculator: one expression over chips and quantities, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from chipcalc.comparison.by_format import bound, formats
from chipcalc.comparison.standing import RATE
from chipcalc.errors import ChipcalcError, Excerpt, Problem, each_of, join_words
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing, operate
from chipcalc.figures.statements import Conditions
from chipcalc.sheets import counts
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values import numbers, units
from chipcalc.values.spellings import named, readable
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import notation
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
    rebuild,
)
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.vocabulary.notation import Span, Written


class _Calculator:
    """Reads an expression as its result, each metric of the chip that it names."""

    def __init__(self, store: Store, written: Written) -> None:
        self.store = store
        self.written = written
        self.notices: list[str] = []
        self.used: list[tuple[Metric, Figure]] = []
        self.missing: list[Metric] = []
        self.places: list[Span] = []
        self.sheets: dict[str, Sheet] = {}

    def constant(self, node: Constant) -> Answer:
        return Figure(node.value, numbers.quantity(node.value))

    def metric(self, node: Metric) -> Answer:
        choice = counts.chosen(self.store, node.chip)
        self.notices.extend(choice.notices)
        if len(choice.sheets) > 1:
            raise self._several(node.chip, [sheet.id for sheet in choice.sheets])
        evaluator = Evaluator(
            choice.sheets[0], self.store.vocabulary, {}, _readings(node, self.store.vocabulary)
        )
        answer = evaluator.figure(node.name, node.when)
        if isinstance(answer, Missing):
            self.missing.append(node._replace(chip=choice.sheets[0].of_one))
            self.places.append(self.written.span(node))
            return answer._replace(because=f"{choice.sheets[0].name}: {answer.because}")
        used = node._replace(
            chip=choice.sheets[0].id, when=_stated(node, answer, self.store.vocabulary)
        )
        self.used.append((used, answer))
        self.sheets[choice.sheets[0].id] = choice.sheets[0]
        return answer

    def attribute(self, node: Attribute) -> Answer:
        return Missing("undefined", f"{node.of}.{node.name} stands alone")

    def operation(self, node: Operation, operands: Sequence[Answer]) -> Answer:
        try:
            return operate(node.operator, operands)
        except ChipcalcError as fault:
            kinds = [e.value.unit.dimension for e in operands if isinstance(e, Figure)]
            unlike = next((n for n, each in enumerate(kinds) if each != kinds[0]), 0)
            raise self._placed(fault, node.operands[unlike]) from None

    def over(self, node: Over, of: Answer) -> Answer:
        return of

    def convert(self, node: Convert, of: Answer) -> Answer:
        try:
            return of if isinstance(of, Missing) else of._replace(value=of.value.to(node.unit))
        except ChipcalcError as fault:
            raise self._placed(fault, node) from None

    def _placed(self, fault: ChipcalcError, node: Expression) -> ChipcalcError:
        """Return an error with the part of the expression that it is about."""
        excerpt = Excerpt((self.written.text,), (self.written.span(node),))
        return ChipcalcError(*(e._replace(excerpt=e.excerpt or excerpt) for e in fault.problems))

    def _several(self, name: str, chips: Sequence[str]) -> ChipcalcError:
        """Return the error of a name of several chips, with one that may stand in its place."""
        what = f"'{name}' stands for {len(chips)} chips, and calc needs one"
        hint = f"name one of {', '.join(chips)}"
        instead = ((name, chips[0]),)
        return ChipcalcError(Problem(what, hint=hint, choices=tuple(chips), instead=instead))


class Calculation(NamedTuple):
    """An expression with its exact result, and the figure of every metric that it names.

    `when` says under which conditions, where it names none itself.
    """

    expression: str
    figure: Figure
    used: tuple[tuple[Metric, Figure], ...]
    notices: tuple[str, ...] = ()
    shown: Quantity | None = None
    sheets: tuple[Sheet, ...] = ()
    when: Conditions = NONE

    @property
    def as_shown(self) -> Quantity:
        """The result in the unit that it is best read in: one in which it is one or more."""
        return self.shown or self.figure.value

    @property
    def is_ratio(self) -> bool:
        """Whether it is how many times one figure of a chip is another amount of its kind."""
        return bool(self.used) and not self.figure.value.unit.parts


def calculate(expression: str, store: Store) -> Calculation:
    """Return what an expression comes to, exactly.

    Raises ChipcalcError for an expression that cannot be read, for a name that is not found,
    for units that do not fit, and where a figure is not published or may be several.
    """
    written = _written(expression, store)
    found = _computed(written, written.node, store)
    if isinstance(found, Problem):
        raise ChipcalcError(found)
    return found


def calculations(expression: str, store: Store) -> tuple[Calculation, ...]:
    """Return what an expression comes to; for each number format, where it names none.

    Formats count for which every figure is known. Raises ChipcalcError as `calculate` does, and
    where there is no such format.
    """
    written = _written(expression, store)
    chips = {each.chip: counts.chosen(store, each.chip).sheets for each in metrics_of(written.node)}
    rows = formats(metrics_of(written.node), chips, store.vocabulary)
    if not rows:
        return (calculate(expression, store),)
    found = []
    for row in rows:
        node = rebuild(written.node, partial(bound, row=row))
        computed = _computed(written, node, store)
        if isinstance(computed, Calculation):
            found.append(computed._replace(when=row))
    if not found:
        raise ChipcalcError(_no_common_format(written, chips))
    return tuple(found)


def _written(expression: str, store: Store) -> Written:
    """Return an expression as it is read; raises ChipcalcError with all that is wrong in it."""

    def is_chip(word: str) -> bool:
        return store.match(word).confidence != "none"

    found = notation.written(expression, store.vocabulary, notation.Alone(is_chip, RATE))
    _check_names(found, store)
    return found


def _computed(written: Written, node: Expression, store: Store) -> Calculation | Problem:
    """Return what an expression comes to, or why there is no result."""
    calculator = _Calculator(store, written)
    answer = fold(node, calculator)
    if isinstance(answer, Missing):
        return _unanswered(answer, calculator)
    value, shown = answer.value, answer.value
    if not isinstance(node, Convert):
        value = usual(answer.value, store.vocabulary)
        shown = value if _is_bare(value, store.vocabulary) else readable(value)
    return Calculation(
        written.text,
        answer._replace(value=value),
        tuple(calculator.used),
        tuple(dict.fromkeys(calculator.notices)),
        shown,
        tuple(calculator.sheets.values()),
    )


def _no_common_format(written: Written, chips: Mapping[str, Sequence[Sheet]]) -> Problem:
    names = join_words(dict.fromkeys(each.name for found in chips.values() for each in found))
    what = f"unknown: no number format has the figures of {names}"
    excerpt = Excerpt((written.text,), ((0, len(written.text)),))
    hint = f"name one for each, such as {next(iter(chips))}.{RATE}[fp16]"
    return Problem(what, hint=hint, excerpt=excerpt)


def _is_bare(value: Quantity, vocabulary: Vocabulary) -> bool:
    """Whether people write such a quantity without its unit, which then must not change."""
    metrics = vocabulary.metrics.values()
    return any(each.bare and each.unit.dimension == value.unit.dimension for each in metrics)


def _unanswered(answer: Missing, calculator: _Calculator) -> Problem:
    """Return the problem of an expression with a figure that is not there, or may be several."""
    what = f"{answer.kind}: {answer.because}"
    if not calculator.missing:
        return Problem(what, hint="compute its parts alone, to see which one it is")
    excerpt = Excerpt((calculator.written.text,), (calculator.places[0],))
    if answer.kind == "ambiguous":
        hint = "name one in the brackets, such as throughput[fp64, vector]"
        return Problem(what, hint=hint, excerpt=excerpt)
    command = f"chipcalc show {calculator.missing[0].chip}"
    hint = f"'{command}' lists what is published"
    return Problem(what, hint=hint, excerpt=excerpt, command=command)


def _check_names(written: Written, store: Store) -> None:
    """Raise ChipcalcError with every chip of an expression that nothing goes by."""
    places: dict[str, Span] = {}
    for each in metrics_of(written.node):
        places.setdefault(each.chip, written.span(each))

    def known(chip: str) -> None:
        try:
            counts.chosen(store, chip)
        except ChipcalcError as fault:
            raise ChipcalcError(
                *(e if e.file else e.within(written.text, *places[chip]) for e in fault.problems)
            ) from None

    each_of(list(places), known)


def usual(value: Quantity, vocabulary: Vocabulary) -> Quantity:
    """Return a quantity in the field's own unit for its dimension, where a metric has one.

    Else a product of units is one with a name of its own, such as Wh.
    """
    if not value.unit.dimension or len(value.unit.parts) < 2:
        return value
    fitting = [
        each.unit
        for each in vocabulary.metrics.values()
        if each.unit.dimension == value.unit.dimension
    ]
    if not fitting:
        return named(value)
    if value.unit.parts in [unit.parts for unit in fitting]:
        return value
    unit = fitting[0]
    for name, _ in value.unit.parts:
        unit = unit.with_part(units.unit(name))
    return value.to(unit)


def _stated(node: Metric, answer: Figure, vocabulary: Vocabulary) -> Conditions:
    """Return under what a figure was asked for, and stated where no format was named."""
    if not answer.located or any(name in node.when for name in vocabulary.leading):
        return node.when
    stated = answer.located.statement.when.items()
    rows = {name: each for name, each in stated if vocabulary.conditions[name].role == "row"}
    return {**rows, **node.when}


def _readings(node: Metric, vocabulary: Vocabulary) -> dict[str, str]:
    return {
        name: value
        for name, value in node.when.items()
        if vocabulary.conditions[name].role == "reading"
    }
