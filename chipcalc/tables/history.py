"""What a timeline of shipments shows: the answer for a destination, day by day, and what did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.contract import history as contract
from chipcalc.licence.dated import Dated, Moment, changes
from chipcalc.licence.licence import DESTINATION
from chipcalc.tables.report import Cell, Column, Grid, Report, Row, cell
from chipcalc.words import dated, shipments
from chipcalc.words import history as words
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.commands import written
from chipcalc.words.line import Block, Phrase, TextLine, block, command, phrased

_FEW = 4
_SAME = "as before"
_BRIEF = 14  # what is said again, and not that it is as before
_OTHERWISE = "depends on them in another way"


class Course(NamedTuple):
    """One shipment through the rules, and every change of its answer or its grounds."""

    moments: Sequence[Moment]
    changes: Sequence[Dated]

    @property
    def name(self) -> str:
        """The chip and the destination: ``L40 to China``."""
        checked = self.moments[0].licence.checked
        return f"{checked.sheet.name} to {shipments.destination(checked)}"

    def shown(self, *, whole: bool) -> list[Dated]:
        """Return the changes that are rows: of the answer, and of what it rests on where whole."""
        return [e for e in self.changes if matters(e) or (whole and (e.concerns or e.turns))]

    @property
    def elsewhere(self) -> list[Dated]:
        """The changes that other countries made, which headquarters may lie in."""
        return [each for each in self.changes if each.turns and not each.concerns]


def matters(change: Dated) -> bool:
    """Whether the answer is another one by a rule, or by the shipment's own places."""
    return change.turns and change.concerns


def report(
    found: Sequence[Sequence[Moment]], asked: Sequence[str] = (), *, whole: bool = False
) -> Report:
    """Return shipments by the days on which their answer changes.

    `asked` are the words of the command that asks for it, for those that show more; the whole
    report has the days as well on which the answer stays and rests on other lines.
    """
    courses = [Course(each, list(changes(each))) for each in found]
    rows = [row for each in courses for row in _rows(each, whole=whole, many=len(courses) > 1)]
    columns = (
        Column("from", name="day"), Column("class", name="class"),
        Column("licence", name="licence"), Column("review, exceptions, letters", name="further"),
        Column("by", name="by"),
    )  # fmt: skip
    kept = [(each.moments, each.shown(whole=True)) for each in courses]
    return Report(
        lambda: contract.data(kept),
        lambda: list(contract.records(kept)),
        title=_title(courses),
        parts=(
            Grid(columns, tuple(rows), "history"),
            *filter(None, (_left(courses, whole=whole), _more(courses, asked, whole=whole))),
        ),
        unbroken=tuple(each.moments[0].licence.checked.sheet.name for each in courses),
    )


def _title(courses: Sequence[Course]) -> Block:
    if len(courses) > _FEW:
        days = {change.day for each in courses for change in each.changes if matters(change)}
        return block(
            f"{len(courses)} shipments through the rules: answers change on {len(days)} days"
        )
    return tuple(
        phrased(Phrase(f"{each.name}: ", "title"), *words.stays(each.moments)) for each in courses
    )


def _rows(course: Course, *, whole: bool, many: bool) -> Iterator[Row]:
    """Yield a row for each day; what has not changed since the row above is faint."""
    if many:
        yield Row((cell(course.name),), heading=True)
    before: words.Said | None = None
    for each in course.shown(whole=whole):
        now = words.said(each.after)
        parts = zip(now, before or [()] * len(now), strict=True)
        cells = [_cell(said, was) for said, was in parts]
        if not cells[1].role:
            cells[1] = cells[1]._replace(role=words.role(each.after))
        if now == before and each.turns:
            cells[2] = cell(_OTHERWISE)
        by = words.made(each)
        if not each.turns:
            by = f"{by}: {dated.by_other_lines(each.step.shifts)}"
        yield Row((cell(each.day.isoformat()), *cells, cell(by, role="faint")))
        before = now


def _cell(said: str | Sequence[str], before: object) -> Cell:
    """Return what is said; in a word where the row above says the same at length."""
    parts = [said] if isinstance(said, str) else [*filter(None, said)]
    if said != before:
        return Cell(tuple(parts) or ("–",), joint=";")
    brief = len("; ".join(parts)) <= _BRIEF
    return cell("; ".join(parts) or "–" if brief else _SAME, role="faint")


def _left(courses: Sequence[Course], *, whole: bool) -> Block:
    """Return on how many days rules changed without changing what is shown."""
    days = {moment.day for each in courses for moment in each.moments[1:] if moment.amendments}
    shown = {change.day for each in courses for change in each.shown(whole=whole)}
    others = {change.day for each in courses for change in each.elsewhere} - shown
    left = sorted(days - shown - others)
    told = f": {', '.join(map(str, left))}" if whole else ""
    return block(
        f"On {len(left)} more days rules changed, and none of this{told}." if left else "",
        f"Left out: {len(others)} days on which only headquarters in a country that joined or left"
        " a group come to something else."
        if others
        else "",
    )


def _more(courses: Sequence[Course], asked: Sequence[str], *, whole: bool) -> Block:
    """Return that this is no advice, with the commands that show more."""
    days = [each.day for each in courses[0].shown(whole=whole)]
    if whole or not asked or not days:
        return block(NO_ADVICE)
    checked = courses[0].moments[0].licence.checked
    to = checked.case.said(DESTINATION)
    options = shipments.options(checked.case.given, checked.case.evaluator.vocabulary)
    last = written(
        "licence", checked.sheet.id, "--to", to, *options, "--as-of", days[-1].isoformat()
    )
    lead = "Every change, and the last answer whole:"
    return (
        TextLine(f"{NO_ADVICE} {lead}", role="faint"),
        command(written(*asked, "--all")),
        command(last),
    )
