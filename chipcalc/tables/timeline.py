"""What a timeline shows: classifications by day, and every change with its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.check.timeline import ENDED, Change, Moment, changes
from chipcalc.contract import timeline
from chipcalc.errors import join_words
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.line import block, deeper
from chipcalc.words.timeline import answers


def report(found: Sequence[Moment]) -> Report:
    """Return chips by the days on which rules changed, and what changed."""
    chips = [each.sheet for each in found[0].checked]
    shown = answers(found)
    changed = list(changes(found, shown))
    days = {each.day for each in changed if each.kind == CLASSIFICATION}
    rows = [
        Row((cell(_day(moment, number)), *(cell(of_chip[number]) for of_chip in shown)))
        for number, moment in enumerate(found)
        if number == 0 or moment.day in days
    ]
    columns = [Column("from")]
    columns += [
        Column(chip.name, group=number, name="answer") for number, chip in enumerate(chips, start=1)
    ]
    by_day = sorted(changed, key=lambda each: each.day)
    lines, beside = list(_classified(by_day)), list(_beside(by_day))
    notes = [block("What changed", *deeper(lines))] if lines else []
    notes += [block("Beside the classification", *deeper(beside))] if beside else []
    return Report(
        lambda: timeline.data(found, shown, changed),
        lambda: list(timeline.records(changed)),
        title=block(f"{join_words(chip.name for chip in chips)} through the rules"),
        parts=(
            Grid(tuple(columns), tuple(rows), "timeline"),
            *notes,
            block(NO_ADVICE),
        ),
    )


def _classified(changed: Sequence[Change]) -> Iterator[str]:
    """Yield what became of the classification of each chip."""
    for each in changed:
        if each.kind == CLASSIFICATION:
            yield f"{each.day} {each.name}: {each.before} → {each.after}"


def _beside(changed: Sequence[Change]) -> Iterator[str]:
    """Yield what letters, policies and bills came to, a line for each day and rule."""
    found: dict[tuple[datetime.date, str, str], list[Change]] = {}
    for each in changed:
        if each.kind != CLASSIFICATION:
            found.setdefault((each.day, each.paragraph, each.kind), []).append(each)
    for (day, rule, kind), same in found.items():
        if all(each.after == ENDED for each in same):
            yield f"{day} {rule} ({kind}): {ENDED}"
        else:
            yield f"{day} {rule} ({kind}): {'; '.join(f'{e.name} {e.after}' for e in same)}"


def _day(moment: Moment, number: int) -> str:
    return "before" if number == 0 else moment.day.isoformat()
