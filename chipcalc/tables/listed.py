"""Which chips a list shows, in which order, with the figures and the classes beside them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from chipcalc.comparison.comparison import ComparedRow, headline, ranked
from chipcalc.comparison.modes import check_modes
from chipcalc.comparison.shown import scaled
from chipcalc.contract import catalogue
from chipcalc.contract.common import flat
from chipcalc.contract.flow import Flow
from chipcalc.errors import each_of
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.statements import Conditions
from chipcalc.progress import Progress, untold
from chipcalc.sheets.release import release
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.listing_cells import Figures, class_name
from chipcalc.tables.selection import UNKNOWN, Filter, market, selected
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary

if TYPE_CHECKING:  # most lists ask for no class
    from chipcalc.check.day import DayRules
    from chipcalc.check.result import Checked


class Listed(NamedTuple):
    """Chips that are to be listed, with their figures and, of a day, their classes.

    `vendors` and `markets` are those of the chips, with how many are theirs. `classes` are there
    once `classed` was asked.
    """

    evaluators: tuple[Evaluator, ...]
    figures: tuple[Figures, ...]
    rules: DayRules | None
    wanted: Filter
    vocabulary: Vocabulary
    vendors: Mapping[str, int]
    markets: Mapping[str, int]
    day: datetime.date | None = None
    left_out: tuple[str, ...] = ()
    classes: Mapping[str, Checked] = {}

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the chips, in the order of the list."""
        return tuple(each.sheet for each in self.evaluators)

    @property
    def grouped(self) -> bool:
        """Whether chips stand below headings, as there are too many columns otherwise."""
        named = not (self.figures or self.classes)  # names take the room of a column
        several = len(self.vendors) > 1 or (len(self.markets) > 1 and named)
        return several and not self.wanted.sort

    @property
    def usual_market(self) -> str:
        """The market of most of the chips, which need not be named for each of them."""
        market, count = max(self.markets.items(), key=lambda each: each[1], default=("", 0))
        return market if 2 * count > len(self.evaluators) and market != UNKNOWN else ""

    def classed(self, progress: Progress = untold) -> Listed:
        """Return the same with the class of every chip, if there are rules."""
        sheets = progress(self.sheets) if self.rules else ()
        found = ((each.id, self._class(each)) for each in sheets)
        return self._replace(classes={name: checked for name, checked in found if checked})

    def _class(self, sheet: Sheet) -> Checked | None:
        return self.rules.check(Evaluator(sheet, self.vocabulary)) if self.rules else None

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield what is told of each chip; its class comes from `classes`."""
        return (self._record(each, self.classes.get(each.id)) for each in self.sheets)

    def flow(self, progress: Progress = untold) -> Flow:
        """Return the same chip by chip; a class is found when its chip is told, and not kept."""

        def each() -> Iterator[dict[str, Any]]:
            for sheet in progress(self.sheets):
                yield self._record(sheet, self._class(sheet))

        data = catalogue.chips((), self.left_out)
        before = {"schema": data["schema"], "count": len(self.evaluators)}
        return Flow(
            lambda: before,
            "chips",
            each,
            {"left_out": data["left_out"]},
            catalogue.columns([e.metric for e in self.figures], classes=self.rules is not None),
            lambda: map(flat, each()),
        )

    def _record(self, sheet: Sheet, checked: Checked | None) -> dict[str, Any]:
        record = catalogue.about(sheet)
        for each in self.figures:
            unit = self.vocabulary.unit(each.metric, each.row)
            record.update(catalogue.figure(each.metric, each.row, each.answers[sheet.id], unit))
        if checked:
            record.update(catalogue.classed(checked.day, class_name(checked)))
        return record


def listed(
    store: Store,
    wanted: Filter,
    day: datetime.date | None = None,
    rules: DayRules | None = None,
    progress: Progress = untold,
) -> Listed:
    """Return the chips that pass a filter, with their figures; those of no class yet.

    Those that are not out by the day of the rules, if any, are left out, unless the whole is asked
    for. Raises ChipcalcError for a name that no chip has, and for prices that do not compare.
    """
    sheets = selected(store, wanted, progress)
    early = [each.id for each in sheets if rules and not wanted.whole and is_later(each, day)]
    gone = {*early}
    vocabulary = store.vocabulary
    each_of(wanted.shown, vocabulary.metric)
    when = dict(wanted.when or {})
    readings = _readings(when, vocabulary)
    sheets = [each for each in sheets if each.id not in gone]
    check_modes(sheets, readings, {}, vocabulary)
    evaluators = [Evaluator(each, vocabulary, {}, readings) for each in sheets]
    rows_of = {
        metric: {**headline(evaluators, metric, vocabulary, when), **_own(metric, when, vocabulary)}
        for metric in wanted.shown
    }
    if wanted.sort:
        evaluators = ranked(evaluators, wanted.sort, rows_of[wanted.sort], wanted.rates)
    return Listed(
        tuple(evaluators),
        tuple(_figures(evaluators, m, rows_of[m], readings, vocabulary) for m in wanted.shown),
        rules,
        wanted,
        vocabulary,
        Counter(each.sheet.chip.vendor for each in evaluators),
        Counter(market(each.sheet) for each in evaluators),
        day,
        tuple(early),
    )


def _figures(
    evaluators: Sequence[Evaluator],
    metric: str,
    when: Conditions,
    readings: Conditions,
    vocabulary: Vocabulary,
) -> Figures:
    answers = {each.sheet.id: each.figure(metric, when) for each in evaluators}
    usual = vocabulary.unit(metric, when)
    row = ComparedRow(metric, when, usual, tuple(answers.values()), (), None, ())
    unit = scaled(row, vocabulary)
    return Figures(metric, when, {**readings, **when}, unit, answers)


def is_later(sheet: Sheet, day: datetime.date | None) -> bool:
    """Whether a chip is not out by a day; nothing is later than no day."""
    return day is not None and release(sheet, day).out is Verdict.not_met


def _readings(when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if vocabulary.conditions[k].role in ("reading", "mode")}


def _own(metric: str, when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if k in vocabulary.metric(metric).by}
