"""Chips side by side: which rows there are, what stands in them, and the ratios to a base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.comparison.best import best_of, scaled_unit
from chipcalc.comparison.modes import check_modes, modes_of, without_modes
from chipcalc.comparison.options import Options
from chipcalc.comparison.ratios import bounds_of, ratio_of
from chipcalc.errors import ChipcalcError, Problem, each_of, error
from chipcalc.figures.circuits import OF_SEVERAL
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.exchange import NeedsRate, exchanged, lacking_rate
from chipcalc.figures.figure import Answer, Figure, is_known, key
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import Bounds, Interval
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.expressions import NameReading, fold
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary


class ComparedRow(NamedTuple):
    """One row: a metric under conditions, the answer of every chip, and its ratio to the base.

    Where a ratio is not known, `bounds` has what it cannot be below or above, if anything is known.
    """

    metric: str
    when: Conditions
    unit: Unit
    answers: tuple[Answer, ...]
    ratios: tuple[Interval | None, ...]
    best: int | None
    bounds: tuple[Bounds | None, ...]


class Comparison(NamedTuple):
    """Chips side by side; the first one is the base of all ratios.

    `unsaid` are rows that so many of a chip have no figure of together.
    """

    evaluators: tuple[Evaluator, ...]
    lines: tuple[ComparedRow, ...]
    vocabulary: Vocabulary
    options: Options
    unsaid: tuple[ComparedRow, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(each.sheet for each in self.evaluators)

    @property
    def mixed(self) -> bool:
        """Whether the chips are read in different ways, dense against sparse for example.

        A mode is no way to read a figure: each chip has its own.
        """
        read = [without_modes(each.reading, self.vocabulary) for each in self.evaluators]
        return any(each != read[0] for each in read)


def compare(sheets: Sequence[Sheet], vocabulary: Vocabulary, options: Options) -> Comparison:
    """Return the comparison of two or more chips; raises ChipcalcError for a wrong name."""
    unique = _unique(sheets)
    if len(unique) < 2:
        what, command = "a comparison takes two different chips", "chipcalc compare h20 h100"
        raise ChipcalcError(Problem(what, hint=f"for example: {command}", command=command))
    every, own = {**options.when, **options.reading}, options.readings
    check_modes(unique, every, own, vocabulary)
    when, reading = without_modes(options.when, vocabulary), modes_of(every, vocabulary)
    options = options._replace(when=when, reading={**options.reading, **reading})
    named = (*options.metrics, *options.extra, *([options.sort] if options.sort else []))
    each_of(named, vocabulary.metric)
    given = {
        key(name): Figure(value, vocabulary.metric(name).label)
        for name, value in options.given.items()
    }
    evaluators = [
        Evaluator(
            sheet,
            vocabulary,
            {**given, **options.supposed.get(sheet.id, {})},
            _reading(sheet, options),
        )
        for sheet in unique
    ]
    if options.sort:
        row = {**headline(evaluators, options.sort, vocabulary, options.when), **options.when}
        evaluators = ranked(evaluators, options.sort, row, options.rates)
    if options.turned:
        evaluators.insert(0, evaluators.pop())
    if options.base:
        evaluators.sort(key=lambda each: each.sheet.id != options.base)
    rows = list(dict.fromkeys(_rows(evaluators, vocabulary, options)))
    lines = tuple(_line(evaluators, metric, dict(when), options.rates) for metric, when in rows)
    asked = (*(() if options.asked.purpose else options.metrics), *options.extra)
    unsaid = tuple(each for each in lines if each.metric not in asked and _is_unsaid(each))
    wanted = [each for each in lines if each not in unsaid]
    found = Comparison(
        tuple(evaluators),
        tuple(_wanted(wanted, vocabulary, options)),
        vocabulary,
        options,
        tuple(_wanted(unsaid, vocabulary, options)),
    )
    if found.mixed:
        return found._replace(lines=tuple(each._replace(best=None) for each in found.lines))
    return found


def _unique(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return each chip once; raises ChipcalcError for two sheets that call themselves the same."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        first = found.setdefault(sheet.id, sheet)
        if first.document.file != sheet.document.file:
            what = f"{first.document.file} and {sheet.document.file} are both called '{sheet.id}'"
            raise error(what, "give one of them another id")
    return list(found.values())


def ranked(
    evaluators: Sequence[Evaluator],
    metric: str,
    when: Conditions,
    rates: Sequence[Quantity] = (),
) -> list[Evaluator]:
    """Return chips in the order of a metric, the best first and the unknown last.

    Raises ChipcalcError where two figures have no order, such as prices in two currencies without
    a rate of exchange between them.
    """
    answers = {each.sheet.id: _answer(each, metric, when, rates) for each in evaluators}
    known = [each for each in evaluators if isinstance(answers[each.sheet.id], Figure)]
    for each in known[1:]:
        _check_order(known[0], answers[known[0].sheet.id], each, answers[each.sheet.id], metric)
    sign = 1 if evaluators and evaluators[0].vocabulary.metric(metric).better == "lower" else -1

    def key_of(each: Evaluator) -> tuple[bool, Fraction, str]:
        answer = answers[each.sheet.id]
        if isinstance(answer, Figure):
            return (False, sign * answer.value.base.best, each.sheet.id)
        return (True, Fraction(0), each.sheet.id)

    return sorted(evaluators, key=key_of)


def _check_order(
    first: Evaluator, one: Answer, second: Evaluator, other: Answer, metric: str
) -> None:
    if not isinstance(one, Figure) or not isinstance(other, Figure):
        return
    units = one.value.unit, other.value.unit
    if units[0].dimension == units[1].dimension:
        return
    label = first.vocabulary.metric(metric).label
    what = (
        f"{label} of {first.sheet.name} is in {units[0]}, of {second.sheet.name} in {units[1]}, "
        "and these have no order"
    )
    lacking = lacking_rate(units[1], units[0])
    if lacking:
        hint = f"give a rate of exchange: --rate 'NUMBER {lacking.one}/{lacking.other}'"
        raise error(what, hint)
    raise error(what, "leave one of them out, or choose another metric")


def _answer(
    evaluator: Evaluator, metric: str, when: Conditions, rates: Sequence[Quantity]
) -> Answer:
    """Return a figure, money in the usual currency where a rate of exchange is given."""
    answer = evaluator.figure(metric, when)
    if not rates:
        return answer
    found = exchanged(answer, evaluator.vocabulary.unit(metric, when), rates)
    return answer if isinstance(found, NeedsRate) else found


def headline(
    evaluators: Sequence[Evaluator], metric: str, vocabulary: Vocabulary, when: Conditions
) -> dict[str, str]:
    """Return the conditions of the one row that stands for a metric with a row per format.

    It is the first of the headline formats for which all chips, or else most, have a figure.
    """
    order = [value for each in vocabulary.conditions.values() for value in each.headline]
    rows = [row for row in combinations(evaluators, metric, vocabulary) if agrees(row, when)]
    rows.sort(key=lambda row: min((order.index(v) for v in row.values() if v in order), default=99))
    best: dict[str, str] = rows[0] if rows else {}
    most = 0
    for row in rows:
        known = sum(isinstance(each.figure(metric, row), Figure) for each in evaluators)
        if known > most:
            best, most = row, known
        if known == len(evaluators):
            break
    return best


def combinations(
    evaluators: Sequence[Evaluator], metric: str, vocabulary: Vocabulary
) -> list[dict[str, str]]:
    """Return the row conditions under which the chips make statements about a metric."""
    raw = raw_metrics(metric, vocabulary)
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for evaluator in evaluators:
        for name, bound in raw.items():
            rows = [
                each
                for each in vocabulary.metric(name).by
                if vocabulary.conditions[each].role == "row" and each not in bound
            ]
            for located in evaluator.stating(name) if rows else ():
                stated = located.statement.when
                found[tuple((each, stated[each]) for each in rows if each in stated)] = None
    order = {
        (name, value): index
        for name, condition in vocabulary.conditions.items()
        for index, value in enumerate(condition.values)
    }
    return [dict(each) for each in sorted(found, key=lambda row: [order[pair] for pair in row])]


def raw_metrics(metric: str, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Return the stated metrics that a metric rests on, each with the conditions it binds."""
    formula = vocabulary.metric(metric).formula
    if formula is None:
        return {metric: frozenset()}
    found: dict[str, frozenset[str]] = {}
    for name, bound in fold(formula, NameReading()).items():
        for inner, more in raw_metrics(name, vocabulary).items():
            found[inner] = bound | more
    return found


def is_elementary(metric: str, vocabulary: Vocabulary) -> bool:
    """Whether a metric is stated by the sheets, or put together from their dies alone."""
    return set(raw_metrics(metric, vocabulary)) <= {metric}


def _reading(sheet: Sheet, options: Options) -> dict[str, str]:
    return {**options.reading, **options.readings.get(sheet.id, {})}


def _rows(
    evaluators: Sequence[Evaluator], vocabulary: Vocabulary, options: Options
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the metric and conditions of every row, in the order of the vocabulary."""
    usual = [name for name, each in vocabulary.metrics.items() if each.compare != "when asked"]
    names = [*(options.metrics or usual), *options.extra]
    order = list(vocabulary.metrics)
    if not options.metrics:
        names.sort(key=order.index)
    for name in names:
        definition = vocabulary.metric(name)
        if options.all_statements and definition.formula is None:
            yield from _statement_rows(evaluators, name, definition, options.when)
            continue
        rows = [
            row
            for row in combinations(evaluators, name, vocabulary) or [{}]
            if agrees(row, options.when) and _is_among(row, options.only)
        ]
        if (
            definition.per_row == "headline"
            and name not in (*options.metrics, *options.extra)
            and rows
        ):
            rows = [headline(evaluators, name, vocabulary, options.when)]
        for row in rows:
            yield name, tuple({**row, **_details(definition, options.when)}.items())


def _statement_rows(
    evaluators: Sequence[Evaluator], name: str, definition: MetricDefinition, when: Conditions
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    found = {
        tuple((each, stated[each]) for each in definition.by if each in stated): None
        for evaluator in evaluators
        for located in evaluator.sheet.statements.get(name, ())
        if agrees(stated := located.statement.when, when)
    }
    yield from ((name, row) for row in found or {(): None})


def _details(definition: MetricDefinition, when: Conditions) -> dict[str, str]:
    return {name: value for name, value in when.items() if name in definition.by}


def agrees(row: Conditions, when: Conditions) -> bool:
    """Whether no condition that both name has one value here and another one there."""
    return all(row.get(name, value) == value for name, value in when.items())


def _is_among(row: Conditions, only: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether each condition of a row has one of the values that count, if some of them do."""
    return all(value in only.get(name, (value,)) for name, value in row.items())


def _line(
    evaluators: Sequence[Evaluator], metric: str, when: Conditions, rates: Sequence[Quantity]
) -> ComparedRow:
    vocabulary = evaluators[0].vocabulary
    answers = tuple(_answer(each, metric, when, rates) for each in evaluators)
    base = answers[0]
    ratios = (ratio_of(base, base), *(ratio_of(each, base) for each in answers[1:]))
    unit = scaled_unit(answers, metric, when, vocabulary)
    best = best_of(answers, vocabulary.metric(metric))
    bounds = (None, *(bounds_of(each, base) for each in answers[1:]))
    return ComparedRow(metric, when, unit, answers, ratios, best, bounds)


def _is_unsaid(line: ComparedRow) -> bool:
    return any(each is OF_SEVERAL for each in line.answers)


def _wanted(
    lines: Sequence[ComparedRow], vocabulary: Vocabulary, options: Options
) -> Iterator[ComparedRow]:
    """Yield the lines to show; a metric that is shown where known needs a figure."""
    for line in lines:
        known = any(is_known(each) for each in line.answers)
        asked = line.metric in (*options.metrics, *options.extra)
        if asked or known or vocabulary.metric(line.metric).compare == "always":
            yield line
