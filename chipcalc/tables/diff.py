"""What a comparison of two days shows: the answers on both, and each rule that says another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.check.dated import Shift, Step
from chipcalc.check.result import Finding
from chipcalc.contract import diff as contract
from chipcalc.licence.dated import Dated
from chipcalc.rules.rule import DEFINITION
from chipcalc.tables.report import Cell, Column, Grid, Part, Report, Row, cell
from chipcalc.words import dated, explanation
from chipcalc.words import diff as words
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.commands import written
from chipcalc.words.line import Block, TextLine, block, command, deeper
from chipcalc.words.roles import finding_role, verdict_words


def report(
    courses: Sequence[words.Course],
    days: tuple[datetime.date, datetime.date],
    asked: Sequence[str] = (),
    *,
    whole: bool = False,
) -> Report:
    """Return what changed for chips, or shipments, between two days.

    `asked` are the words of the command that asks for it, for those that show more; the whole
    report has definitions, and the amendments that do not concern the chips.
    """
    rows = [row for each in courses for row in _rows(each, whole=whole, many=len(courses) > 1)]
    one = not any(each.concerning[1:] for each in courses)
    before, after = map(str, days) if one else ("before", "after")
    columns = (
        Column("rule", name="rule"), Column(before, name="before"), Column(after, name="after"),
        Column("what decides now", name="why"),
        Column("by", name="by"),
    )  # fmt: skip
    parts: list[Part] = [Grid(columns, tuple(rows), "diff")] if rows else []
    parts += [block(*_idle(courses))] if whole else []
    parts.append(_more(courses, asked, whole=whole))
    return Report(
        lambda: contract.data(courses, *days),
        lambda: list(contract.records(courses)),
        title=tuple(words.headline(each, *days) for each in courses),
        parts=tuple(each for each in parts if each),
        unbroken=tuple(each.ends[0].sheet.name for each in courses),
    )


def _rows(course: words.Course, *, whole: bool, many: bool) -> Iterator[Row]:
    """Yield a row for each rule that says something else, day by day."""
    steps = [(e.step if isinstance(e, Dated) else e, e) for e in course.concerning]
    if many and steps:
        yield Row((cell(words.about(course)),), heading=True)
    turned = any(shift.turns for step, _ in steps for shift in step.shifts)
    for step, change in steps:
        moves = dated.moved(change.moves) if isinstance(change, Dated) else ""
        shifts = [e for e in step.shifts if whole or (e.kind != DEFINITION and e.turns >= turned)]
        if len(steps) > 1 and (shifts or moves):
            yield Row(
                (cell(": ".join(filter(None, (str(step.day), moves))), level=1),), heading=True
            )
        yield from (_row(each, step) for each in sorted(shifts, key=lambda e: not e.turns))


def _row(shift: Shift, step: Step) -> Row:
    after = shift.after
    why = explanation.reasons(after, step.after.case)[:1] if after else []
    return Row(
        (
            cell(shift.finding.provision.rule.paragraph),
            _verdict(shift.before),
            _verdict(after),
            cell(*why),
            cell(words.by_of(step, shift), role="faint"),
        )
    )


def _verdict(finding: Finding | None) -> Cell:
    if finding is None:
        return cell("–", role="missing")
    return cell(verdict_words(finding.verdict), role=finding_role(finding))


def _idle(courses: Sequence[words.Course]) -> Iterator[str | TextLine]:
    """Yield the amendments that do not concern a chip."""
    for course in courses:
        if course.beside:
            yield f"Changed, and does not concern {words.about(course)}"
            lines = (
                f"{each.day} {each.provision.rule.paragraph}: {dated.amended([each])}"
                for each in course.beside
            )
            yield from deeper(lines)


def _more(courses: Sequence[words.Course], asked: Sequence[str], *, whole: bool) -> Block:
    """Return that this is no advice, with the command that shows more."""
    left = sum(len(each.beside) for each in courses)
    if whole or not asked or not (left or any(each.concerning for each in courses)):
        return block(NO_ADVICE)
    plural = "s that change" if left > 1 else " that changes"
    lead = f"Every rule, and {left} amendment{plural} nothing here:" if left else "Every rule:"
    return (
        TextLine(f"{NO_ADVICE} {lead}", role="faint"),
        command(written(*asked, "--all")),
    )
