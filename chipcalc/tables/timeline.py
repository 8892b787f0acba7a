"""What a timeline shows: since when chips are what, day by day, and whom other rules reach."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.check.timeline import (
    ENDED,
    Change,
    Moment,
    Reach,
    changes,
    reaches,
    stays,
)
from chipcalc.contract import timeline
from chipcalc.errors import join_words
from chipcalc.rules.rule import CLASSIFICATION, PROPOSAL
from chipcalc.tables.report import Cell, Column, Grid, Part, Report, Row, cell
from chipcalc.values.logic import Verdict
from chipcalc.words import supposed
from chipcalc.words import timeline as words
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.chips import short_names, some
from chipcalc.words.commands import written
from chipcalc.words.line import Block, Phrase, TextLine, block, command, deeper, phrased
from chipcalc.words.roles import NO_PARAGRAPH, NOT_SETTLED

_FEW = 4  # chips that are columns


def report(found: Sequence[Moment], asked: Sequence[str] = (), *, whole: bool = False) -> Report:
    """Return chips by the days on which rules changed, and what changed.

    `asked` are the words of the command that asks for it, for those that show more; the whole
    report names every change of every chip.
    """
    sheets = [each.sheet for each in found[0].checked]
    answers = words.answers(found)
    changed = list(changes(found, answers))
    asked = asked or ("timeline", *(each.id for each in sheets))
    beside = _sorted_out(found)
    parts = (
        _whole(found, answers, changed) if whole else _short(found, answers, changed, beside, asked)
    )
    told = (each.rule.paragraph for each in (*beside.bills, *beside.none))
    return Report(
        lambda: timeline.data(found, answers, changed),
        lambda: list(timeline.records(found, changed)),
        title=_title(found),
        parts=parts,
        unbroken=(*(each.name for each in sheets), *told),
    )


def _title(found: Sequence[Moment]) -> Block:
    """Return since when each chip is what; of many chips, how many."""
    names = [each.sheet.name + supposed.said(each) for each in found[0].checked]
    by_chip = [stays(found, number) for number in range(len(names))]
    same: dict[str, list[int]] = {}
    for number, each in enumerate(by_chip):
        told = "".join(phrase.text for phrase in words.what_became([("", each)]))
        same.setdefault(told, []).append(number)
    few = len(names) <= _FEW
    said = [
        (join_words(names[n] for n in numbers) if few else str(len(numbers)), by_chip[numbers[0]])
        for numbers in same.values()
    ]
    told = supposed.said_of_all(found[0].checked)
    lead = [] if few else [Phrase(f"{len(names)} chips{told} through the rules: ", "title")]
    return (phrased(*lead, *words.what_became(said)),)


def _short(
    found: Sequence[Moment],
    answers: Sequence[Sequence[str]],
    changed: Sequence[Change],
    beside: _Beside,
    asked: Sequence[str],
) -> tuple[Part, ...]:
    """Return the short answer: the days of a change, and below whom other rules reach."""
    days = {each.day for each in changed if each.kind == CLASSIFICATION}
    at = [number for number, moment in enumerate(found) if number and moment.day in days]
    few = len(found[0].checked) <= _FEW
    table = _by_day(found, answers, at) if few else _by_change(found)
    return (
        *([table] if table.rows else []),
        *_beside(found, beside),
        block(*words.open_ones(found[-1].checked)),
        _more(found, at, asked),
    )


def _by_day(found: Sequence[Moment], answers: Sequence[Sequence[str]], at: Sequence[int]) -> Grid:
    """Return a row for each day, with a chip in each column; what has changed is strong."""
    rows = []
    before: list[str] = []
    for count, number in enumerate(at):
        moment = found[number]
        shown = [
            words.screened(of_chip[number], checked) + supposed.ruling_mark(checked)
            for of_chip, checked in zip(answers, moment.checked, strict=True)
        ]
        cells = [
            cell(each, role="" if not before else "faint" if each == before[n] else "strong")
            for n, each in enumerate(shown)
        ]
        began = cell(words.what_began(moment, count), role="faint")
        rows.append(Row((cell(moment.day.isoformat()), *cells, began)))
        before = shown
    columns = [Column("", name="day")]
    columns += [Column(each.sheet.name, name="answer") for each in found[0].checked]
    return Grid((*columns, Column("", name="began")), tuple(rows), "timeline")


def _marked_names(found: Sequence[Moment]) -> list[str]:
    """Return what chips are called in short, with the mark of what is supposed of them."""
    checked = found[0].checked
    names = short_names([each.sheet.name for each in checked])
    return [name + mark for name, mark in zip(names, _marks(found).values(), strict=True)]


def _marks(found: Sequence[Moment]) -> dict[str, str]:
    """Return the mark of what is supposed of each chip by its id; nothing where nothing is."""
    mark = f", {supposed.MARK}"
    return {e.sheet.id: mark if supposed.of(e.case) else "" for e in found[0].checked}


def _by_change(found: Sequence[Moment]) -> Grid:
    """Return a row for each change of many chips: on which day, from what to what, and of whom."""
    names = _marked_names(found)
    same: dict[tuple[datetime.date, str, str], list[str]] = {}
    for number, name in enumerate(names):
        before = ""
        for each in stays(found, number):
            now = words.paragraph(each.first)
            same.setdefault((each.since, before, now), []).append(name)
            before = now
    rows = [
        Row(
            (
                cell(day.isoformat()),
                cell(f"{before} → {now}" if before else now, role="strong"),
                cell(str(len(chips))),
                cell(some(chips)),
            )
        )
        for (day, before, now), chips in sorted(same.items(), key=lambda each: each[0])
    ]
    columns = (
        Column("from", name="day"), Column("became", name="answer"),
        Column("chips", "right"), Column("", name="chip"),
    )  # fmt: skip
    return Grid(columns, tuple(rows), "timeline")


class _Beside(NamedTuple):
    """Rules beside the classification: those that differ by chip, bills for all, those for none."""

    left: tuple[Reach, ...]
    bills: tuple[Reach, ...]
    none: tuple[Reach, ...]


def _sorted_out(found: Sequence[Moment]) -> _Beside:
    beside = reaches(found)
    by_rule: dict[str, list[Reach]] = {}
    for each in beside:
        by_rule.setdefault(each.rule.id, []).append(each)
    none = [rows[0] for rows in by_rule.values() if _all(rows, Verdict.not_met)]
    bills = [
        rows[0]
        for rows in by_rule.values()
        if rows[0].rule.kind == PROPOSAL and _all(rows, Verdict.met)
    ]
    told = {each.rule.id for each in (*none, *bills)}
    left = [each for each in beside if each.rule.id not in told]
    return _Beside(tuple(left), tuple(bills), tuple(none))


def _beside(found: Sequence[Moment], beside: _Beside) -> Iterator[Part]:
    """Yield whom other rules reach: a row for each, and a line for those that are alike for all."""
    if beside.left:
        yield _reached(found, beside.left)
    chips = len(found[0].checked)
    everyone = "it" if chips == 1 else "both" if chips == 2 else f"all {chips}"
    if beside.bills:
        dated = "; ".join(f"{each.rule.paragraph} ({each.since})" for each in beside.bills)
        yield block(f"Proposed, would cover {everyone}: {dated}")
    if beside.none:
        ruled = "; ".join(each.rule.paragraph for each in beside.none)
        yield block(f"{'Not reached by' if chips == 1 else 'None is reached by'}: {ruled}")


def _all(rows: Sequence[Reach], verdict: Verdict) -> bool:
    return all(each.reaches == {verdict} for each in rows)


def _reached(found: Sequence[Moment], left: Sequence[Reach]) -> Grid:
    """Return a row for each rule and day, with yes, no or ? for each chip, or how many of many."""
    names = _marked_names(found)
    few = len(names) <= _FEW
    rows = []
    for each in left:
        shown = [
            cell(words.MARKS[verdict], role="open" if verdict is Verdict.unknown else "")
            for verdict in each.verdicts
        ]
        if not few:
            shown = [cell(str(each.verdicts.count(verdict))) for verdict in _VERDICTS]
        rows.append(Row((cell(each.since.isoformat()), *shown, cell(words.whom(each)))))
    titles = names if few else [words.MARKS[verdict] for verdict in _VERDICTS]
    side = [Column(e, "left" if few else "right", name="reached") for e in titles]
    columns = (Column("", name="day"), *side, Column(_BESIDE, name="whom"))
    return Grid(columns, tuple(rows), "reached")


_VERDICTS = (Verdict.met, Verdict.not_met, Verdict.unknown)
_BESIDE = "reached beside the classification (? not settled)"


def _more(found: Sequence[Moment], at: Sequence[int], asked: Sequence[str]) -> Block:
    """Return the commands that show every change, and the text that the last one rests on."""
    whole = (
        TextLine(f"{NO_ADVICE} Every change:", role="faint"),
        command(written(*asked, "--all")),
    )
    own = {"--rules", "--specs"} & {each.partition("=")[0] for each in asked}
    rules = [
        finding.provision
        for number in at[-1:]
        for checked in found[number].checked
        for finding in checked.findings
        if finding.provision.rule.is_control
        and finding.provision.version.begins == found[number].day
    ]
    if not rules or own:
        return whole
    day = rules[0].version.begins.isoformat()
    return (*whole, command(written("rules", rules[0].rule.paragraph, "--as-of", day)))


def _whole(
    found: Sequence[Moment], answers: Sequence[Sequence[str]], changed: Sequence[Change]
) -> tuple[Part, ...]:
    """Return every change: of the classification by day, then of every other rule."""
    days = {each.day for each in changed if each.kind == CLASSIFICATION}
    rows = [
        Row((cell(_day(moment, number)), *_classes(moment, number, answers)))
        for number, moment in enumerate(found)
        if number == 0 or moment.day in days
    ]
    columns = [Column("from")]
    columns += [
        Column(each.sheet.name, group=number, name="answer")
        for number, each in enumerate(found[0].checked, start=1)
    ]
    by_day = sorted(changed, key=lambda each: each.day)
    marks = _marks(found)
    lines, beside = list(_classified(by_day, marks)), list(_every_other(by_day, marks))
    notes = [block("What changed", *deeper(lines))] if lines else []
    notes += [block("Beside the classification", *deeper(beside))] if beside else []
    return (Grid(tuple(columns), tuple(rows), "timeline-whole"), *notes, block(NO_ADVICE))


def _classes(moment: Moment, number: int, answers: Sequence[Sequence[str]]) -> Iterator[Cell]:
    for each, checked in zip(answers, moment.checked, strict=True):
        yield cell(_open(each[number]) + supposed.ruling_mark(checked))


def _classified(changed: Sequence[Change], marks: Mapping[str, str]) -> Iterator[str]:
    """Yield what became of the classification of each chip."""
    for each in changed:
        if each.kind == CLASSIFICATION:
            became = f"{_open(each.before)} → {_open(each.after)}{marks[each.chip]}"
            yield f"{each.day} {each.name}: {became}"


def _every_other(changed: Sequence[Change], marks: Mapping[str, str]) -> Iterator[str]:
    """Yield what letters, policies and bills came to, a line for each day and rule."""
    found: dict[tuple[datetime.date, str, str], list[Change]] = {}
    for each in changed:
        if each.kind != CLASSIFICATION:
            found.setdefault((each.day, each.paragraph, each.kind), []).append(each)
    for (day, rule, kind), same in found.items():
        if all(each.after == ENDED for each in same):
            yield f"{day} {rule} ({kind}): {ENDED}"
        else:
            told = "; ".join(f"{e.name} {_open(e.after)}{marks[e.chip]}" for e in same)
            yield f"{day} {rule} ({kind}): {told}"


def _open(answer: str) -> str:
    """Return an answer as a screen has it: not settled, or that no paragraph is modelled."""
    return {Verdict.unknown.value: NOT_SETTLED, "none": NO_PARAGRAPH}.get(answer, answer)


def _day(moment: Moment, number: int) -> str:
    return "before" if number == 0 else moment.day.isoformat()
