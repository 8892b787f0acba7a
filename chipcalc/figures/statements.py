"""Which statements of a sheet answer a question, and what they come to together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, TypeVar

from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Conversion, Converted, Figure, Missing, extreme
from chipcalc.figures.offered import is_partial, offered, without_rate
from chipcalc.sheets.chip import ProcessingUnit, Statement
from chipcalc.sheets.rates import FORMAT
from chipcalc.sheets.sheet import Located, Sheet, worst
from chipcalc.values.interval import exactly, hull
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary

Conditions: TypeAlias = Mapping[str, str]
T = TypeVar("T")


class Scope(NamedTuple):
    """What an expression is read for: the conditions bound so far, and the die, if any."""

    when: Conditions
    die: int | None = None

    def bind(self, names: Sequence[str], values: Sequence[str]) -> Scope:
        """Return the scope with further conditions."""
        return self._replace(when={**self.when, **dict(zip(names, values, strict=True))})


class Matching:
    """Finds the statements of one sheet under conditions; `reading` overrides the usual ones."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary, reading: Conditions) -> None:
        self.sheet = sheet
        self.vocabulary = vocabulary
        self.reading = reading
        self._known: dict[object, Any] = {}  # what is asked for again and again, by the question

    def _once(self, asked: object, find: Callable[[], T]) -> T:
        """Return what was found for a question before, or find it."""
        if asked not in self._known:
            self._known[asked] = find()
        found: T = self._known[asked]
        return found

    @cached_property
    def units(self) -> Mapping[str, ProcessingUnit]:
        """The processing units of the chip, by the name that statements give them."""
        return self.sheet.mirrors("units").chip.units

    def offered(self, wanted: Conditions) -> Sequence[str] | None:
        """Return the formats listed for the chip, or a unit that is named; None where none are."""
        part = self._part(wanted)[1]
        return self._once(("offered", part), lambda: offered(self.sheet, part))

    def without_rate(self, wanted: Conditions) -> Sequence[str]:
        """Return the labels of the formats that are listed without a rate.

        One whose rate may be that of another condition says so: ``FP16 beyond engine not stated``.
        """
        part = self._part(wanted)
        return self._once(("without rate", part), lambda: self._without_rate(part))

    def _without_rate(self, part: tuple[str, str | None]) -> Sequence[str]:
        found = without_rate(self.sheet, *part, self._unsettled)
        wholly = without_rate(self.sheet, *part) if found else ()
        said = join_words((self.value_label(*each) for each in self._unsettled), "or")
        labels = ((each, self.value_label(FORMAT, each)) for each in found)
        return [label if each in wholly else f"{label} beyond {said}" for each, label in labels]

    def is_partial(self, wanted: Conditions) -> bool:
        """Whether other rates may be missing: no formats are listed, and some rate is unsure.

        So it is where all rates are of an engine that others usually outdo.
        """
        if self.offered(wanted) is not None:
            return False
        flags = self._unsettled, self._where("partial")
        return self._once("partial", lambda: is_partial(self.sheet, *flags))

    @cached_property
    def _unsettled(self) -> Sequence[tuple[str, str]]:
        """The values of conditions under which a figure may belong to any of the others."""
        return self._where("unsettled")

    def _where(self, flag: str) -> Sequence[tuple[str, str]]:
        """Return the values of conditions that the vocabulary marks with a flag."""
        return [
            (name, value)
            for name, condition in self.vocabulary.conditions.items()
            for value, each in condition.values.items()
            if getattr(each, flag)
        ]

    def _part(self, wanted: Conditions) -> tuple[str, str | None]:
        """Return the condition that names a processing unit, and the one that is asked for."""
        name = next(iter(self._part_names), "")
        return name, wanted.get(name)

    def answer(self, name: str, definition: MetricDefinition, wanted: Conditions) -> Answer:
        """Return the figure that the statements under some conditions give together.

        Statements that differ only in a detail make a range. A reading that can be converted
        to the wanted one counts only where nothing states the wanted one itself.
        """
        asked = (name, frozenset(wanted.items()))
        return self._once(asked, lambda: self._answer(name, definition, wanted))

    def _answer(self, name: str, definition: MetricDefinition, wanted: Conditions) -> Answer:
        statements = self.sheet.statements.get(name, ())
        label = self._label(definition, wanted)
        if not statements and name in self.sheet.mirrors("not_offered").chip.not_offered:
            return Missing("not offered", f"{definition.label}: the chip has none")
        asked = {**self._defaults(definition), **wanted}
        fitting = self._fitting(statements, asked)
        if not fitting:
            return self._absent(definition, wanted)
        fitting = self._meant(fitting, wanted)
        open_rows = self._open_rows(fitting, wanted)
        if open_rows:
            found = join_words(open_rows, "or")
            return Missing("ambiguous", f"{label} could be {found}; say which", tuple(fitting))
        direct = [each for each in fitting if not self._conversions(each.statement, asked)]
        if direct:
            return self._joined(direct, label)
        converted = [
            each for each in fitting if self._conversion(each.statement, asked) is not None
        ]
        if converted:
            return self._converted(converted, asked, label)
        kinds = join_words(
            dict.fromkeys(self._reading_label(each.statement, asked) for each in fitting), "or"
        )
        low, high = self._bounds(fitting, asked, label)
        seen = tuple(fitting)
        return Missing("unknown", f"only published as: {kinds}", seen, low=low, high=high)

    def _joined(self, located: Sequence[Located], label: str) -> Figure:
        first = located[0]
        unit = first.statement.unit
        same = [each for each in located if each.statement.unit.dimension == unit.dimension]
        amounts = [each.statement.quantity.to(unit).amount for each in same]
        return Figure(
            Quantity(hull(amounts), unit),
            label,
            worst(each.statement.status for each in same),
            located=first,
            others=tuple(same[1:]),
        )

    def _converted(self, located: Sequence[Located], asked: Conditions, label: str) -> Figure:
        stated = self._joined(located, label)
        steps = self._conversion(located[0].statement, asked) or ()
        amount = stated.value.amount
        for each in steps:
            amount = amount * exactly(each.times)
        value = Quantity(amount, stated.value.unit)
        return Figure(value, label, stated.status, Converted(steps), (stated,))

    def _bounds(
        self, located: Sequence[Located], asked: Conditions, label: str
    ) -> tuple[Figure | None, Figure | None]:
        """Return what statements under other readings leave for the one that is asked for.

        Where several do, and do not agree, the widest of their bounds holds.
        """
        found = [(each, self._bounding(each.statement, asked)) for each in located]
        lows = [self._bound(each, times[0], asked, label) for each, times in found if times]
        highs = [self._bound(each, times[1], asked, label) for each, times in found if times]
        if not highs:
            return None, None
        low, high = extreme("smallest", lows), extreme("largest", highs)
        return low if low.value.amount.low else None, high

    def _bounding(self, statement: Statement, asked: Conditions) -> tuple[Fraction, ...] | None:
        """Return between which multiples of a statement the one asked for lies; None if unsaid."""
        least = most = Fraction(1)
        for name in self._conversions(statement, asked):
            bounds = self.vocabulary.conditions[name].values[statement.when[name]].bounds
            if bounds is None or bounds.value != asked[name]:
                return None
            least, most = least * bounds.times[0], most * bounds.times[1]
        return least, most

    def _bound(self, located: Located, by: Fraction, asked: Conditions, label: str) -> Figure:
        stated = self._joined([located], label)
        if by == 1:
            return stated
        amount = stated.value.amount * exactly(by)
        steps = (Conversion(self._reading_label(located.statement, asked), by),)
        value = Quantity(amount, stated.value.unit)
        return Figure(value, label, stated.status, Converted(steps), (stated,))

    def _conversions(self, statement: Statement, asked: Conditions) -> list[str]:
        """Return the readings in which a statement is not the one that is asked for."""
        return [
            name
            for name, value in asked.items()
            if self.vocabulary.conditions[name].role == "reading"
            and statement.when.get(name) not in (None, value)
        ]

    def _conversion(self, statement: Statement, asked: Conditions) -> tuple[Conversion, ...] | None:
        """Return how a statement is read as the one asked for; None where it cannot be."""
        steps = []
        for name in self._conversions(statement, asked):
            stated = self.vocabulary.conditions[name].values[statement.when[name]]
            if stated.becomes != asked[name] or stated.times is None:
                return None
            steps.append(Conversion(stated.label, stated.times))
        return tuple(steps)

    def _reading_label(self, statement: Statement, asked: Conditions) -> str:
        names = self._conversions(statement, asked)
        return " ".join(
            self.vocabulary.conditions[name].values[statement.when[name]].label for name in names
        )

    @cached_property
    def _part_names(self) -> tuple[str, ...]:
        known = self.vocabulary.conditions.items()
        return tuple(name for name, each in known if each.role == "part")

    def _defaults(self, definition: MetricDefinition) -> dict[str, str]:
        defaults = {
            name: self.vocabulary.conditions[name].default
            for name in definition.by
            if self.vocabulary.conditions[name].role == "reading"
        }
        usual = {name: value for name, value in defaults.items() if value}
        modes = {k: v for k, v in self.usual_modes.items() if k in definition.by}
        read = {k: v for k, v in self.reading.items() if k in definition.by}
        return {**usual, **modes, **read}

    @cached_property
    def usual_modes(self) -> Mapping[str, str]:
        """The mode of what a sheet states without one, by its condition; none without modes."""
        first = self.sheet.usual_mode
        known = self.vocabulary.conditions.items()
        return {name: first for name, each in known if each.role == "mode"} if first else {}

    def occurring(
        self, names: Sequence[str], when: Conditions, stated: Iterable[Conditions]
    ) -> Sequence[Conditions]:
        """Return the combinations of condition values that statements are about, under conditions.

        What names no mode is about the usual one; a chip without modes has none to go through.
        """
        known, usual = self.vocabulary.conditions, self.usual_modes
        rows = [each for each in names if known[each].role != "mode" or each in usual]
        usual = {name: value for name, value in usual.items() if name in rows}
        found: dict[tuple[str, ...], None] = {}
        for own in stated:
            each = {**usual, **own}
            fits = all(each.get(key) in (None, value) for key, value in when.items())
            if fits and all(name in each for name in rows):
                found[tuple(each[name] for name in rows)] = None
        words = {name: self.sheet.modes if name in usual else known[name].values for name in rows}
        order = {value: i for name in rows for i, value in enumerate(words[name])}
        placed = sorted(found, key=lambda values: [order.get(value, 0) for value in values])
        return [dict(zip(rows, values, strict=True)) for values in placed]

    def _fitting(self, statements: Iterable[Located], asked: Conditions) -> list[Located]:
        """Return the statements about the same thing: same format, same engine, same part."""
        known = self.vocabulary.conditions
        same = [(name, asked.get(name)) for name in self._part_names]
        usual = {k: v for k, v in self.usual_modes.items() if k in asked}
        same += [(name, asked[name]) for name in usual]
        same += [
            (name, value)
            for name, value in asked.items()
            if value and known[name].role in ("row", "detail")
        ]
        return [each for each in statements if _states(each.statement.when, same, usual)]

    def _meant(self, fitting: list[Located], wanted: Conditions) -> list[Located]:
        """Return the statements that a question means which does not name all of its row.

        Beside the rate of tensor cores, that of vector units at the same format is not meant.
        """
        if len(fitting) < 2:
            return fitting
        asked = set(wanted.values())
        aside = {
            (name, value)
            for name, condition in self.vocabulary.conditions.items()
            if condition.role == "row" and name not in wanted
            for value, each in condition.values.items()
            if asked.intersection(each.aside_of)
        }
        kept = [each for each in fitting if aside.isdisjoint(each.statement.when.items())]
        return kept or fitting

    def _open_rows(self, fitting: Iterable[Located], wanted: Conditions) -> list[str]:
        """Return the values between which a row condition that was not named leaves a choice."""
        for name, condition in self.vocabulary.conditions.items():
            if condition.role == "row" and name not in wanted:
                values = dict.fromkeys(each.statement.when.get(name, "") for each in fitting)
                if len(values) > 1:
                    return [f"{name}={value}" for value in values]
        return []

    def _absent(self, definition: MetricDefinition, wanted: Conditions) -> Missing:
        formats = self.sheet.mirrors("formats").chip.formats
        asked = wanted.get(FORMAT)
        denied = asked in self.sheet.mirrors("not_offered").chip.not_offered
        if asked and (denied or (formats is not None and asked not in formats)):
            label = self.vocabulary.conditions[FORMAT].values[asked].label
            return Missing("not offered", f"{label} is not among its formats")
        for name in self.usual_modes:
            mode = {**self._defaults(definition), **wanted}.get(name)
            if mode and mode not in self.sheet.modes:
                labels = join_words(each.label for each in self.sheet.modes.values())
                return Missing("undefined", f"it has no mode {mode}; it has {labels}")
            if mode and mode != self.usual_modes[name]:
                label = self._label(definition, {**wanted, name: mode})
                return Missing("unknown", f"{label} is not published")
        return Missing("unknown", f"{self._label(definition, wanted)} is not published")

    def _label(self, definition: MetricDefinition, when: Conditions) -> str:
        named = [self.value_label(name, value) for name, value in when.items()]
        return " ".join([definition.label, *named])

    def joined_label(self, row: Conditions) -> str:
        """Return the labels of the values of some conditions."""
        return " ".join(self.value_label(name, value) for name, value in row.items())

    def value_label(self, name: str, value: str) -> str:
        if self.vocabulary.conditions[name].role == "part":
            return self.units[value].label if value in self.units else value
        if self.vocabulary.conditions[name].role == "mode":
            return self.sheet.modes[value].label if value in self.sheet.modes else value
        known = self.vocabulary.conditions[name].values.get(value)
        return known.label if known else value


def _states(when: Conditions, wanted: Iterable[tuple[str, str | None]], usual: Conditions) -> bool:
    """Whether conditions have some values, those that are not named having the usual ones."""
    return all(when.get(name, usual.get(name)) == value for name, value in wanted)
