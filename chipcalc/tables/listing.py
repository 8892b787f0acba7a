"""The list of chips: what is equal in all of them in its title, what differs as columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chipcalc.comparison.comparison import ranked
from chipcalc.contract import catalogue
from chipcalc.contract.common import flat
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure
from chipcalc.progress import Progress, untold
from chipcalc.sheets.release import release
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.listed import Listed, is_later, listed
from chipcalc.tables.listing_cells import class_cell, fact, figure_cell, metric_title
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Report, Row, cell
from chipcalc.tables.selection import UNKNOWN, Filter, market
from chipcalc.values.logic import Verdict
from chipcalc.words import labels
from chipcalc.words import release as release_words
from chipcalc.words import sheet as words
from chipcalc.words.commands import written
from chipcalc.words.line import TextLine, block, command

if TYPE_CHECKING:  # most lists ask for no class
    from chipcalc.check.day import DayRules


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
    found = listed(store, wanted, day, rules, progress).classed(progress)
    records = list(found.records())
    return Report(
        lambda: catalogue.chips(records, found.left_out),
        lambda: list(map(flat, records)),
        title=block(_title(found)),
        parts=(_grid(found), block(*_at_the_end(found))),
        unbroken=tuple(each.name for each in found.sheets),
    )


def _title(listed: Listed) -> str:
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


def _in_headings(listed: Listed) -> bool:
    return listed.grouped and len(listed.markets) > 1


def _grid(listed: Listed) -> Grid:
    rows: list[Row] = []
    heading = ""
    headings = {each.id: _heading(each, listed) for each in listed.sheets}
    later = [each for each in listed.sheets if is_later(each, listed.day)]
    folded = "" if len(later) == len(listed.sheets) else _folded(len(later), listed)
    columns = _columns(listed)
    for sheet in _ordered(listed):
        if listed.grouped and headings[sheet.id] != heading:
            heading = headings[sheet.id]
            group = [each for each in listed.sheets if headings[each.id] == heading]
            gone = bool(folded) and all(is_later(each, listed.day) for each in group)
            rows.append(Row((cell(heading),), heading=True, minor=gone))
        rows.append(
            Row(_cells(sheet, columns, listed), minor=bool(folded) and is_later(sheet, listed.day))
        )
    return Grid(columns, tuple(rows), "list", folded=folded)


def _ordered(listed: Listed) -> Sequence[Sheet]:
    """Return the chips as they are listed, those below one heading together."""
    if not listed.grouped:
        return listed.sheets
    return sorted(listed.sheets, key=lambda each: (each.chip.vendor, market(each), each.id))


def _heading(sheet: Sheet, listed: Listed) -> str:
    """Return what chips of one heading have in common, so far as others have not."""
    vendor = labels.vendor(sheet.chip.vendor, listed.vocabulary) if len(listed.vendors) > 1 else ""
    known = market(sheet) if len(listed.markets) > 1 else ""
    made_for = f"for {words.market(known, listed.vocabulary)}" if known else ""
    if known == UNKNOWN:
        made_for = "market not known"
    found = ", ".join(filter(None, (vendor, made_for)))
    return f"{found[:1].upper()}{found[1:]}"


def _columns(listed: Listed) -> tuple[Column, ...]:
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


def _launch_columns(listed: Listed) -> Iterator[Column]:
    """Yield the columns of the day of launch, and of what is not surely out, if there is room.

    Else the mark stands below the id.
    """
    if _tells_launch(listed):
        yield Column("launched", name="launched")
        if any(_mark(each, listed) for each in listed.sheets):
            yield Column("", name="availability")


def _tells_launch(listed: Listed) -> bool:
    """Whether there is room for the day of launch: not beside vendors, figures and classes."""
    return listed.grouped or len(listed.vendors) < 2 or not listed.figures


def _cells(sheet: Sheet, columns: Sequence[Column], listed: Listed) -> tuple[Cell, ...]:
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


def _is_out(sheet: Sheet, day: datetime.date | None) -> bool:
    """Whether a chip is surely out by a day, or no day is asked."""
    return day is None or release(sheet, day).out is Verdict.met


def _mark(sheet: Sheet, listed: Listed) -> str:
    """Return what marks a chip that is not surely out; that its launch is unknown stands there."""
    if listed.day is None:
        return ""
    found = release(sheet, listed.day)
    known = found.word or found.launched or not _tells_launch(listed)
    return release_words.mark(found) if known else ""


def _folded(count: int, listed: Listed) -> str:
    if not count or listed.wanted.whole:
        return ""
    return f"and {count} not out by {listed.day}: --all"


def _at_the_end(listed: Listed) -> Iterator[TextLine]:
    """Yield the command that says more: of the two best, or of the first chip."""
    evaluators = listed.evaluators
    out = [each for each in evaluators if _is_out(each.sheet, listed.day)]
    shown = out or [e for e in evaluators if not is_later(e.sheet, listed.day)] or [*evaluators]
    if len(shown) > 1 and listed.figures:
        first = listed.figures[0]
        best = ranked(shown, first.metric, first.when, listed.wanted.rates)
        known = [e for e in best if isinstance(first.answers[e.sheet.id], Figure)]
        if len(known) > 1:
            yield command(written("compare", *(each.sheet.id for each in known[:2])))
            return
    if shown:
        yield command(written("show", shown[0].sheet.id))
