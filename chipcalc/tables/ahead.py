"""What is coming, on screens of checks and licences: a line for each day, below the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chipcalc.check.dated import Step
from chipcalc.licence.dated import Dated, Later
from chipcalc.licence.licence import DESTINATION
from chipcalc.tables.report import Screen
from chipcalc.words import dated as words
from chipcalc.words.commands import Question, written
from chipcalc.words.line import TextLine, command

_DAY = "--as-of"


def checked(base: Screen, coming: Sequence[Sequence[Step]], question: Question) -> Screen:
    """Return the screen of a check with what is coming, and the commands that show it whole."""
    if len(coming) == 1:
        steps = coming[0]
        asked = ("diff", *question.chips, *without_day(question.options))
        return _added(base, map(words.ahead, steps), map(_between(asked), steps))
    by_day = words.by_day(coming)
    asked = ("check", *question.chips, *without_day(question.options))
    lines = [words.ahead_of_many(each, len(coming)) for each in by_day.values()]
    return _added(base, lines, (written(*asked, _DAY, str(day)) for day in by_day))


def shipped(
    base: Screen,
    coming: Sequence[Sequence[Dated]],
    later: Sequence[Later],
    asked_by: Sequence[str],
) -> Screen:
    """Return the screen of licences with what is coming, and the commands that show it whole."""
    if len(coming) == 1:
        (found,) = coming
        asked = ("diff", *_again(asked_by, found)[1:])
        steps = [each.step for each in found]
        return _added(base, map(words.shipment_ahead, found), map(_between(asked), steps))
    asked = _again(asked_by, [each for found in coming for each in found])
    told = [*words.together(coming), *((e.day, words.worldwide_ahead(e)) for e in later)]
    commands = (written(*asked, _DAY, str(day)) for day, _ in told)
    return _added(base, (line for _, line in told), commands)


def _again(asked_by: Sequence[str], found: Sequence[Dated]) -> tuple[str, ...]:
    """Return the words of the command that asked, without its day; made up where none did."""
    if asked_by or not found:
        return without_day(asked_by)
    case = found[0].before.checked.case
    return ("licence", case.evaluator.sheet.id, "--to", case.said(DESTINATION))


def _between(asked: Sequence[str]) -> Any:
    """Return a function that makes the command that compares the two sides of a step."""

    def compared(step: Step) -> str:
        return written(*asked, "--between", str(step.before.day), str(step.day))

    return compared


def without_day(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a command without the day that it is about."""
    if _DAY not in asked:
        return tuple(asked)
    at = [*asked].index(_DAY)
    return (*asked[:at], *asked[at + 2 :])


def _added(base: Screen, lines: Iterable[TextLine], commands: Iterable[str]) -> Screen:
    shown = (TextLine("What changes then:", role="faint"), *map(command, dict.fromkeys(commands)))
    return base._replace(title=(*base.title, *lines), parts=(*base.parts, shown))
