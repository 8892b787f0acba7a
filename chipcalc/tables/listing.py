"""The list of chips: what is equal in all of them in its title, what differs as columns."""

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
from chipcalc.errors import each_of, join_words
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.figures.statements import Conditions
from chipcalc.progress import Progress, untold
from chipcalc.sheets.release import release
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.listing_cells import (
    Figures,
    class_cell,
    class_name,
    fact,
    figure_cell,
    metric_title,
)
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Report, Row, cell
from chipcalc.tables.selection import UNKNOWN, Filter, market, selected
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words import release as release_words
from chipcalc.words import sheet as words
from chipcalc.words.commands import written
from chipcalc.words.line import TextLine, block, command

if TYPE_CHECKING:  # most lists ask for no class
    from chipcalc.check.day import DayRules
    from chipcalc.check.result import Checked


class _Listed(NamedTuple):
    """Chips that are to be listed, with their figures and, of a day, their classes.

    `vendors` and `markets` are those of the chips, with how many are theirs.
    """

    sheets: tuple[Sheet, ...]
    figures: tuple[Figures, ...]
    classes: Mapping[str, Checked]
    wanted: Filter
    vocabulary: Vocabulary
    vendors: Mapping[str, int]
    markets: Mapping[str, int]
    day: datetime.date | None = None
    left_out: tuple[str, ...] = ()

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
        return market if 2 * count > len(self.sheets) and market != UNKNOWN else ""


def chips(
    store: Store,
    wanted: Filter,
    day: datetime.date | None = None,
    rules: DayRules | None = None,
    progress: Progress = untold,
) -> Report:
    """Return the chips that pass a filter, with their classes under the rules of a day, if any.

    Those that are not out by the day of the rules are left out, unless the whole is asked for;
    without rules, a screen folds those that are not out by `day` into one line. What may be out
    stays, with a mark. Raises ChipcalcError for a name that no chip has, and for prices that do
    not compare.
    """
    sheets = selected(store, wanted, progress)
    early = [each.id for each in sheets if rules and not wanted.whole and _is_later(each, day)]
    sheets = [each for each in sheets if each.id not in early]
    vocabulary = store.vocabulary
    each_of(wanted.shown, vocabulary.metric)
    when = dict(wanted.when or {})
    readings = _readings(when, vocabulary)
    check_modes(sheets, readings, {}, vocabulary)
    evaluators = [Evaluator(each, vocabulary, {}, readings) for each in sheets]
    rows_of = {
        metric: {**headline(evaluators, metric, vocabulary, when), **_own(metric, when, vocabulary)}
        for metric in wanted.shown
    }
    if wanted.sort:
        evaluators = ranked(evaluators, wanted.sort, rows_of[wanted.sort], wanted.rates)
    plain = [Evaluator(each.sheet, vocabulary) for each in evaluators] if rules else []
    classes = {each.sheet.id: rules.check(each) for each in progress(plain) if rules}
    listed = _Listed(
        tuple(each.sheet for each in evaluators),
        tuple(_figures(evaluators, m, rows_of[m], readings, vocabulary) for m in wanted.shown),
        classes,
        wanted,
        vocabulary,
        Counter(each.sheet.chip.vendor for each in evaluators),
        Counter(market(each.sheet) for each in evaluators),
        day,
        tuple(early),
    )
    records = list(_records(listed))
    return Report(
        lambda: catalogue.chips(records, early),
        lambda: list(map(flat, records)),
        title=block(_title(listed)),
        parts=(_grid(listed), block(*_at_the_end(listed, evaluators))),
        unbroken=tuple(each.name for each in sheets),
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


def _records(listed: _Listed) -> Iterator[dict[str, Any]]:
    for sheet in listed.sheets:
        record = catalogue.about(sheet)
        for each in listed.figures:
            unit = listed.vocabulary.unit(each.metric, each.row)
            record.update(catalogue.figure(each.metric, each.row, each.answers[sheet.id], unit))
        if sheet.id in listed.classes:
            checked = listed.classes[sheet.id]
            record.update(as_of=checked.day.isoformat(), classification=class_name(checked))
        yield record


def _title(listed: _Listed) -> str:
    """Return how many chips there are, and what is equal in all of them."""
    wanted, vocabulary, count = listed.wanted, listed.vocabulary, len(listed.sheets)
    found = [f"{count} chip{'' if count == 1 else 's'}"]
    if wanted.families:
        many = "families" if len(wanted.families) > 1 else "family"
        found[0] += f" of the {many} {join_words(wanted.families)}"
    if len(listed.vendors) > 1:
        found.append(f"{len(listed.vendors)} vendors")
    elif listed.sheets:
        (only,) = listed.vendors
        found.append(f"{'all ' * (count > 1)}{labels.vendor(only, vocabulary)}")
    usual = listed.usual_market
    if usual and len(listed.markets) == 1:
        found.append(f"for {words.market(usual, vocabulary)}")
    elif usual and not _in_headings(listed):
        found.append(f"for {words.market(usual, vocabulary)} unless marked")
    if wanted.sort:
        better = vocabulary.metric(wanted.sort).better
        order = "lowest" if better == "lower" else "highest"
        found.append(f"{order} {labels.brief((wanted.sort, frozenset()), vocabulary)} first")
    said = ", ".join(found)
    gone = len(listed.left_out)
    return f"{said}; {gone} left out, not out by {listed.day}: --all" if gone else said


def _in_headings(listed: _Listed) -> bool:
    return listed.grouped and len(listed.markets) > 1


def _grid(listed: _Listed) -> Grid:
    rows: list[Row] = []
    heading = ""
    headings = {each.id: _heading(each, listed) for each in listed.sheets}
    later = [each for each in listed.sheets if _is_later(each, listed.day)]
    folded = "" if len(later) == len(listed.sheets) else _folded(len(later), listed)
    columns = _columns(listed)
    for sheet in _ordered(listed):
        if listed.grouped and headings[sheet.id] != heading:
            heading = headings[sheet.id]
            group = [each for each in listed.sheets if headings[each.id] == heading]
            gone = bool(folded) and all(_is_later(each, listed.day) for each in group)
            rows.append(Row((cell(heading),), heading=True, minor=gone))
        rows.append(
            Row(_cells(sheet, columns, listed), minor=bool(folded) and _is_later(sheet, listed.day))
        )
    return Grid(columns, tuple(rows), "list", folded=folded)


def _ordered(listed: _Listed) -> Sequence[Sheet]:
    """Return the chips as they are listed, those below one heading together."""
    if not listed.grouped:
        return listed.sheets
    return sorted(listed.sheets, key=lambda each: (each.chip.vendor, market(each), each.id))


def _heading(sheet: Sheet, listed: _Listed) -> str:
    """Return what chips of one heading have in common, so far as others have not."""
    vendor = labels.vendor(sheet.chip.vendor, listed.vocabulary) if len(listed.vendors) > 1 else ""
    known = market(sheet) if len(listed.markets) > 1 else ""
    made_for = f"for {words.market(known, listed.vocabulary)}" if known else ""
    if known == UNKNOWN:
        made_for = "market not known"
    found = ", ".join(filter(None, (vendor, made_for)))
    return f"{found[:1].upper()}{found[1:]}"


def _columns(listed: _Listed) -> tuple[Column, ...]:
    found = [Column("id", name="id")]
    if not (listed.figures or listed.classes):
        found.append(Column("name", name="name"))
    if not listed.grouped:
        if len(listed.vendors) > 1:
            found.append(Column("vendor", name="vendor"))
        if len(listed.markets) > 1:
            found.append(Column("market", name="market"))
    found += _launch_columns(listed)
    for number, each in enumerate(listed.figures, start=1):
        title = metric_title(each, listed.vocabulary)
        unit = labels.unit_text((each.metric, frozenset()), each.unit, listed.vocabulary)
        found.append(Column(title, "decimal", number, "figure", unit))
    if listed.classes:
        day = next(iter(listed.classes.values())).day.isoformat()
        found.append(Column("class", "left", len(listed.figures), "class", day))
    return tuple(found)


def _launch_columns(listed: _Listed) -> Iterator[Column]:
    """Yield the columns of the day of launch, and of what is not surely out, if there is room.

    Else the mark stands below the id.
    """
    if _tells_launch(listed):
        yield Column("launched", name="launched")
        if any(_mark(each, listed) for each in listed.sheets):
            yield Column("", name="availability")


def _tells_launch(listed: _Listed) -> bool:
    """Whether there is room for the day of launch: not beside vendors, figures and classes."""
    return listed.grouped or len(listed.vendors) < 2 or not listed.figures


def _cells(sheet: Sheet, columns: Sequence[Column], listed: _Listed) -> tuple[Cell, ...]:
    usual = listed.usual_market
    vendor = labels.vendor(sheet.chip.vendor, listed.vocabulary)
    is_usual = bool(usual) and market(sheet) == usual
    made: dict[str, Cell] = {
        "id": cell(
            sheet.id,
            *([] if _tells_launch(listed) else [_mark(sheet, listed)]),
            level=int(listed.grouped),
            role="strong",
        ),
        "name": cell(sheet.name),
        "vendor": cell(vendor),
        "market": NOTHING if is_usual else fact(sheet.market.value if sheet.market else ""),
        "launched": fact(str(sheet.chip.launched or "")),
        "availability": cell(_mark(sheet, listed), role="open"),
    }
    found = [made[each.name] for each in columns if each.name in made]
    found += [figure_cell(each, sheet) for each in listed.figures]
    if sheet.id in listed.classes:
        checked = listed.classes[sheet.id]
        found.append(class_cell(checked))
    return tuple(found)


def _is_later(sheet: Sheet, day: datetime.date | None) -> bool:
    """Whether a chip is not out by a day; nothing is later than no day."""
    return day is not None and release(sheet, day).out is Verdict.not_met


def _is_out(sheet: Sheet, day: datetime.date | None) -> bool:
    """Whether a chip is surely out by a day, or no day is asked."""
    return day is None or release(sheet, day).out is Verdict.met


def _mark(sheet: Sheet, listed: _Listed) -> str:
    """Return what marks a chip that is not surely out; that its launch is unknown stands there."""
    if listed.day is None:
        return ""
    found = release(sheet, listed.day)
    known = found.word or found.launched or not _tells_launch(listed)
    return release_words.mark(found) if known else ""


def _folded(count: int, listed: _Listed) -> str:
    if not count or listed.wanted.whole:
        return ""
    return f"and {count} not out by {listed.day}: --all"


def _at_the_end(listed: _Listed, evaluators: Sequence[Evaluator]) -> Iterator[TextLine]:
    """Yield the command that says more: of the two best, or of the first chip."""
    out = [each for each in evaluators if _is_out(each.sheet, listed.day)]
    shown = out or [e for e in evaluators if not _is_later(e.sheet, listed.day)] or [*evaluators]
    if len(shown) > 1 and listed.figures:
        first = listed.figures[0]
        best = ranked(shown, first.metric, first.when, listed.wanted.rates)
        known = [e for e in best if isinstance(first.answers[e.sheet.id], Figure)]
        if len(known) > 1:
            yield command(written("compare", *(each.sheet.id for each in known[:2])))
            return
    if shown:
        yield command(written("show", shown[0].sheet.id))


def _readings(when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if vocabulary.conditions[k].role in ("reading", "mode")}


def _own(metric: str, when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if k in vocabulary.metric(metric).by}
