"""What a timeline shows: classifications by day, and every change with its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked
from chipcalc.check.timeline import ENDED, Change, Moment, changes
from chipcalc.contract import timeline
from chipcalc.errors import join_words
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.tables.layout import broken as wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.words.check import NO_ADVICE, NO_RULE, named

_ANSWER_WIDTH = 22


def report(found: Sequence[Moment]) -> Report:
    """Return chips by the days on which rules changed, and what changed."""
    chips = [each.sheet for each in found[0].checked]
    shown = answers(found)
    changed = list(changes(found, shown))
    days = {each.day for each in changed if each.kind == CLASSIFICATION}
    rows = [
        Row(
            (
                _day(moment, number),
                *(wrapped(of_chip[number], _ANSWER_WIDTH) for of_chip in shown),
            )
        )
        for number, moment in enumerate(found)
        if number == 0 or moment.day in days
    ]
    columns = [Column("from")]
    columns += [
        Column(wrapped(chip.name, _ANSWER_WIDTH), group=number)
        for number, chip in enumerate(chips, start=1)
    ]
    records = [
        {
            "day": each.day.isoformat(),
            "chip": each.chip,
            "rule": each.rule,
            "kind": each.kind,
            "before": each.before,
            "after": each.after,
        }
        for each in changed
    ]
    lines = [
        f"{each.day} {each.chip}: {each.before} → {each.after}"
        for each in sorted(changed, key=lambda each: each.day)
        if each.kind == CLASSIFICATION
    ]
    beside = list(_beside(changed))
    notes = ["\n".join(["What changed", *(f"  {each}" for each in lines)]) if lines else ""]
    if beside:
        notes.append("\n".join(["Beside the classification", *(f"  {each}" for each in beside)]))
    return Report(
        tuple(columns),
        tuple(rows),
        lambda: timeline.data(found, shown, records),
        lambda: records,
        title=f"{join_words(chip.name for chip in chips)} through the rules",
        notes=(*(each for each in notes if each), NO_ADVICE),
    )


def _beside(changed: Sequence[Change]) -> Iterator[str]:
    """Yield what letters, policies and bills came to, a line for each day and rule."""
    found: dict[tuple[datetime.date, str, str], list[Change]] = {}
    for each in sorted(changed, key=lambda each: each.day):
        if each.kind != CLASSIFICATION:
            found.setdefault((each.day, each.rule, each.kind), []).append(each)
    for (day, rule, kind), same in found.items():
        if all(each.after == ENDED for each in same):
            yield f"{day} {rule} ({kind}): {ENDED}"
        else:
            yield f"{day} {rule} ({kind}): {'; '.join(f'{e.chip} {e.after}' for e in same)}"


def _day(moment: Moment, number: int) -> str:
    return "before" if number == 0 else moment.day.isoformat()


def answers(found: Sequence[Moment]) -> list[list[str]]:
    """Return the classification of every chip in words, moment by moment."""
    by_chip = zip(*(moment.checked for moment in found), strict=True)
    return [list(_answers(checked)) for checked in by_chip]


def _answers(found: Sequence[Checked]) -> Iterator[str]:
    """Yield the classifications of one chip, day by day; a rule that has ended is not to come."""
    begun = False
    for checked in found:
        answer = _shown(checked)
        yield "no rule any more" if begun and answer == NO_RULE else answer
        begun = begun or answer != NO_RULE


def _shown(checked: Checked) -> str:
    """Return a classification in words: the limb, or none with what remains below."""
    found = checked.classification
    name = named(found, checked.findings)
    if name == NO_RULE or name == "unknown":
        return name
    if found.residual:
        return f"none ({found.paragraph})"
    return join_words(found.cites) or name
