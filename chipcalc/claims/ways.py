"""The ways to read one side of a claim: each figure of a chip that is published or follows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.claims.asked import Term
from chipcalc.claims.context import Context
from chipcalc.claims.misreadings import EMPTY
from chipcalc.comparison.comparison import agrees, raw_metrics
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.figures.statements import Conditions
from chipcalc.rules.criteria import Threshold, leaves
from chipcalc.rules.provision import Provision
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.model import Slip, Vocabulary

_ONCE = Fraction(1)


class RuleLine(NamedTuple):
    """A limit of a rule: in which version it stands, and whether that is in force on the day."""

    limit: Quantity
    provision: Provision
    in_force: bool


class Way(NamedTuple):
    """One way to read a side: by which metric, row and reading, and what that comes to.

    `reading` are the conditions that are not the usual ones, a mode among them; `slip` is a slip
    of the pen, `whole` the sheet of the system that is meant, `located` one statement of several,
    `declared` says that the vendor declares the figure itself, `least` that there may be more of
    it, as some rates are not known, `part` that it is a part of what is stated, such as one
    direction of two. A quantity has no sheet; it may be a line of a rule.
    """

    answer: Answer
    metric: str = ""
    row: Conditions = EMPTY
    reading: Conditions = EMPTY
    sheet: Sheet | None = None
    slip: Slip | None = None
    whole: Sheet | None = None
    located: Located | None = None
    declared: bool = False
    least: bool = False
    part: bool = False
    line: RuleLine | None = None

    @property
    def known(self) -> Figure | None:
        """The figure, where there is one."""
        return self.answer if isinstance(self.answer, Figure) else None

    @property
    def as_stated(self) -> bool:
        """Whether nothing but its reading sets it apart from what the sheet says."""
        return self.slip is None


class Ways:
    """Reads terms for chips; each is read once."""

    def __init__(self, context: Context, day: datetime.date) -> None:
        self.context = context
        self.day = day
        self.vocabulary = context.vocabulary
        self._plain: dict[object, tuple[Way, ...]] = {}
        self._every: dict[object, tuple[Way, ...]] = {}

    def plain(self, term: Term, sheet: Sheet | None) -> tuple[Way, ...]:
        """Return a side as it is written: a way for each row, or why there is no figure."""
        if sheet is None and term.limit:
            return tuple(each for each in self._limits(term) if each.line and each.line.in_force)
        if sheet is None:
            answer: Answer = Figure(term.value, "the figure") if term.value else NOTHING
            return (Way(answer, term.metric),)
        asked = (_key(term), sheet.id)
        if asked not in self._plain:
            self._plain[asked] = tuple(self._as_written(term, sheet))
        return self._plain[asked]

    def every(self, term: Term, sheet: Sheet | None) -> tuple[Way, ...]:
        """Return all ways to read a side that have a figure, those as it is written first."""
        if sheet is None:
            return (*self.plain(term, None), *self._other_lines(term))
        asked = (_key(term), sheet.id)
        if asked not in self._every:
            found = [each for each in self._all(term, sheet) if each.known]
            self._every[asked] = tuple(found)
        return self._every[asked]

    def _as_written(self, term: Term, sheet: Sheet) -> Iterator[Way]:
        rows_named, named = self._named(term)
        reading = self._covered(named, sheet, term.metric)
        rows: list[Conditions] = self._rows(sheet, term.metric, rows_named)
        for row in rows or [rows_named]:
            answer = self._figure(sheet, term, term.metric, row, reading)
            yield Way(answer, term.metric, row, reading, sheet)

    def _all(self, term: Term, sheet: Sheet) -> Iterator[Way]:
        stated = list(self._stated(term, sheet, term.metric))
        yield from self.plain(term, sheet)
        yield from self._at_least(self.plain(term, sheet))
        yield from stated
        yield from self._alone(term, (*self.plain(term, sheet), *stated))
        for other in self.vocabulary.metric(term.metric).mistaken_for:
            yield from self._mistaken(term, sheet, other)
        yield from self._declared(term, sheet)
        for system in self._systems(term, sheet):
            whole = term._replace(number=_ONCE)
            ways = (*self.plain(whole, system), *self._stated(whole, system, term.metric))
            for each in (*ways, *self._alone(whole, ways)):
                yield each._replace(sheet=sheet, whole=system)

    def slipped(self, ways: Sequence[Way]) -> Iterator[Way]:
        """Yield the same ways with every slip of the pen that their unit allows."""
        for each in ways:
            if each.known is None:
                continue
            measured = {name for name, _ in each.known.value.unit.dimension}
            for slip in self.vocabulary.slips:
                if {name for name, _ in slip.unit.dimension} <= measured:
                    value = _times(each.known.value, slip.times)
                    yield each._replace(answer=each.known._replace(value=value), slip=slip)

    def _stated(self, term: Term, sheet: Sheet, metric: str) -> Iterator[Way]:
        """Yield what a sheet states under other conditions than those of the term."""
        rows_named, named = self._named(term)
        for row in self._rows(sheet, metric, EMPTY) or [EMPTY]:
            other = [] if agrees(row, rows_named) else [EMPTY]
            for reading in (*other, *self._readings(sheet, metric, row)):
                if reading != named or not agrees(row, term.when):
                    answer = self._figure(sheet, term, metric, row, reading)
                    yield Way(answer, metric, row, reading, sheet)
            for reading, times in self._parts(metric):
                answer = self._figure(sheet, term, metric, row, EMPTY)
                if isinstance(answer, Figure):
                    part = answer._replace(value=_times(answer.value, times))
                    yield Way(part, metric, row, reading, sheet, part=True)

    def _alone(self, term: Term, ways: Iterable[Way]) -> Iterator[Way]:
        """Yield what single sources print where they do not agree, or leave room."""
        for each in ways:
            figure = each.known
            located = figure.located if figure else None
            if figure is None or located is None or figure.value.amount.exact:
                continue
            for one in (located, *figure.others):
                stated = one.statement
                fits = stated.unit.dimension == figure.value.unit.dimension
                if fits and stated.status != "estimated":
                    best = Quantity(exactly(stated.quantity.amount.best), stated.unit)
                    value = _times(best, term.number)
                    alone = figure._replace(
                        value=value, status=stated.status, located=one, others=()
                    )
                    yield each._replace(answer=alone, located=one)

    def _limits(self, term: Term) -> Iterator[Way]:
        """Yield the lines of rules by a metric, those in force first, and then what came before."""
        lines = self.lines(term.metric)
        for each in sorted(lines, key=lambda line: not line.in_force):
            yield Way(Figure(each.limit, each.provision.rule.paragraph), term.metric, line=each)

    def _other_lines(self, term: Term) -> Iterator[Way]:
        """Yield the lines that may be meant in place of the one that is printed."""
        if not term.limit and (term.value is None or not term.metric):
            return
        printed = term.value.base if term.value else None
        found = list(self._limits(term))
        is_line = any(each.known and each.known.value.base == printed for each in found)
        for each in found if is_line or term.limit else ():
            if each.known and each.known.value.base != printed:
                yield each

    def lines(self, metric: str) -> list[RuleLine]:
        """Return the limits of controls by a metric up to the day, each amount once."""
        found: dict[object, RuleLine] = {}
        for versions in self.context.rulebook.provisions.values():
            for each in versions:
                if each.rule.is_control and each.version.begins <= self.day:
                    for node in leaves(each.criterion):
                        if isinstance(node, Threshold) and node.of.name == metric:
                            line = RuleLine(node.limit, each, each.holds(self.day))
                            before = found.get(node.limit.base.best)
                            if before is None or (line.in_force and not before.in_force):
                                found[node.limit.base.best] = line
        return list(found.values())

    def _at_least(self, ways: Iterable[Way]) -> Iterator[Way]:
        """Yield what is known of figures that are not known as a whole: that of some rates."""
        for each in ways:
            answer = each.answer
            if isinstance(answer, Missing) and answer.low and not answer.high:
                yield each._replace(answer=answer.low, least=True)

    def _mistaken(self, term: Term, sheet: Sheet, other: str) -> Iterator[Way]:
        """Yield the figures of a metric with the unit of the one in whose place it is put."""
        unit = self.vocabulary.metric(term.metric).unit
        own = self.vocabulary.metric(other).unit
        for row in self._rows(sheet, other, EMPTY) or [EMPTY]:
            answer = self._figure(sheet, term, other, row, EMPTY)
            if isinstance(answer, Figure):
                value = Quantity(answer.value.to(own).amount, unit)
                yield Way(answer._replace(value=value), other, row, EMPTY, sheet)

    def _declared(self, term: Term, sheet: Sheet) -> Iterator[Way]:
        declared = self.vocabulary.metric(term.metric).declared
        if declared:
            answer = self._figure(sheet, term, declared, EMPTY, EMPTY)
            yield Way(answer, term.metric, EMPTY, EMPTY, sheet, declared=True)

    def _systems(self, term: Term, sheet: Sheet) -> Iterator[Sheet]:
        """Yield the systems that hold so many of a chip."""
        for system in self.context.systems() if term.number != 1 else ():
            held = {each.sheet.id: each.number for each in system.contents}
            if held.get(sheet.id) == term.number:
                yield system

    def _named(self, term: Term) -> tuple[dict[str, str], dict[str, str]]:
        """Return the rows and the readings that a term names."""
        roles = {name: self.vocabulary.conditions[name].role for name in term.when}
        rows = {name: value for name, value in term.when.items() if roles[name] == "row"}
        read = {name: v for name, v in term.when.items() if roles[name] in ("reading", "mode")}
        usual = self.vocabulary.conditions
        return rows, {name: v for name, v in read.items() if v != usual[name].default}

    def _covered(self, reading: Conditions, sheet: Sheet, metric: str) -> Conditions:
        """Return a reading as the sheet has it: one that is not specific stands for any other."""
        found = dict(reading)
        for name, value in reading.items():
            known = self.vocabulary.conditions[name].values.get(value)
            stated = [
                each
                for row in self._rows(sheet, metric, EMPTY) or [EMPTY]
                for each in self._readings(sheet, metric, row)
                if name in each
            ]
            values = list(dict.fromkeys(each[name] for each in stated))
            if known and known.bounds and values and value not in values:
                found[name] = values[0]
        return found

    def _rows(self, sheet: Sheet, metric: str, named: Conditions) -> list[Conditions]:
        return [row for row in self.context.rows(sheet, metric) if agrees(row, named)]

    def _readings(self, sheet: Sheet, metric: str, row: Conditions) -> list[Conditions]:
        """Return the readings of a row beside the usual one that a sheet makes statements under."""
        evaluator = self.context.evaluator(sheet)
        found: dict[tuple[tuple[str, str], ...], None] = {}
        for name in raw_metrics(metric, self.vocabulary):
            for located in evaluator.stating(name):
                when = located.statement.when
                if agrees(when, row) and not self._is_part(when):
                    reading = self._reading(when)
                    found.update({tuple(reading.items()): None} if reading else {})
        return [dict(each) for each in found]

    def _reading(self, when: Conditions) -> dict[str, str]:
        """Return the conditions of a statement that make it another reading than the usual one."""
        found = {}
        for name, value in when.items():
            condition = self.vocabulary.conditions[name]
            known = condition.values.get(value)
            reading = condition.role == "reading" and value != condition.default
            if reading and not (known and (known.inferred or (known.times or 0) > 1)):
                found[name] = value
        return found

    def _is_part(self, when: Conditions) -> bool:
        return any(self.vocabulary.conditions[each].role == "part" for each in when)

    def _parts(self, metric: str) -> Iterator[tuple[dict[str, str], Fraction]]:
        """Yield the readings that are a part of the usual one, which any figure has."""
        stated = {
            each
            for raw in raw_metrics(metric, self.vocabulary)
            for each in self.vocabulary.metric(raw).by
        }
        for name in stated:
            condition = self.vocabulary.conditions[name]
            for value, known in condition.values.items():
                if condition.role == "reading" and known.times and known.times > 1:
                    yield {name: value}, 1 / known.times

    def _figure(
        self, sheet: Sheet, term: Term, metric: str, row: Conditions, reading: Conditions
    ) -> Answer:
        """Return a figure of so many chips under a row and a reading."""
        evaluator = self.context.evaluator(sheet, reading)
        by = self._rests_on(metric)
        details = {
            name: value
            for name, value in term.when.items()
            if self.vocabulary.conditions[name].role == "detail" and name in by
        }
        rows = {name: value for name, value in row.items() if name in by}
        answer = evaluator.figure(metric, {**details, **rows})
        if isinstance(answer, Missing) or term.number == 1:
            return answer
        return answer._replace(value=_times(answer.value, term.number))

    def _rests_on(self, metric: str) -> frozenset[str]:
        raw = raw_metrics(metric, self.vocabulary)
        return frozenset(name for each in raw for name in self.vocabulary.metric(each).by)


NOTHING = Missing("undefined", "nothing stands there")


def _times(value: Quantity, times: Fraction) -> Quantity:
    return value if times == 1 else Quantity(value.amount * exactly(times), value.unit)


def _key(term: Term) -> object:
    return term._replace(when=tuple(sorted(term.when.items())))  # type: ignore[arg-type]


def lead_rows(rows: Sequence[Way], vocabulary: Vocabulary) -> list[Way]:
    """Return the ways at the rows by which figures are called, of AI work; all where none is."""
    found = [each for each in rows if is_lead(each.row, vocabulary)]
    return found or list(rows)


def is_lead(row: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    """Whether a row is one by which figures are called, and not of an engine that others outdo."""
    known = vocabulary.conditions
    named = [each for each in vocabulary.leading if each in row]
    headline = all(row[each] in known[each].headline for each in named)
    partial = any(known[n].values[v].partial for n, v in row.items() if v in known[n].values)
    return headline and not partial
