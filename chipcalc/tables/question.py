"""The answers to claims in one line: a line for the verdict, and one for each thing behind it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.claims.answered import Answered
from chipcalc.contract import question as contract
from chipcalc.tables.layout import wide
from chipcalc.tables.report import Part, Report
from chipcalc.words.claims.misread import why
from chipcalc.words.claims.question import cases_said, names_of, told
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.commands import written
from chipcalc.words.line import HARD_SPACE, Block, TextLine, command

_MOST = 12  # reasons that are listed where all are asked for


def report(
    found: Sequence[Answered],
    day: datetime.date,
    who: Speaker,
    options: Sequence[str] = (),
    *,
    explain: bool = False,
) -> Report:
    """Return the answers, each in a few lines; with every case and reading if asked for.

    `options` are those of the question, which the command that explains it repeats.
    """
    first, *rest = [_answer(each, who, options, explain=explain) for each in found]
    parts: list[Part] = [
        each if not number else (TextLine(""), *each) for number, each in enumerate(rest)
    ]
    return Report(
        lambda: contract.data(found, day, who),
        lambda: contract.records(found, who),
        title=first,
        parts=tuple(parts),
        language=who.language.code,
        unbroken=tuple(sorted({name for each in found for name in names_of(each, who).values()})),
    )


def _answer(answer: Answered, who: Speaker, options: Sequence[str], *, explain: bool) -> Block:
    said = told(answer, who)
    room = max((wide(label) for label, _, _ in said.lines), default=0) + 1
    brief = answer.quoted is not None and not explain  # what is quoted needs the room
    lines = [_line(*each, room, explain=explain) for each in said.lines if not (brief and each[2])]
    if explain:
        lines += _explained(answer, who)
    else:
        lines.append(command(written("claims", "--that", answer.asked.text, *options, "-e")))
    return (said.title, *lines)


def _line(label: str, text: str, minor: bool, room: int, *, explain: bool) -> TextLine:  # noqa: FBT001
    """Return a line behind its label; one that matters less is left out where there is no room."""
    padded = label + " " * (room - wide(label))
    if minor and not explain:
        led = f"{padded} ".replace(" ", HARD_SPACE)
        return TextLine(led + text, 1, clipped=True, minor=True)
    return TextLine(text, 1, padded, clipped=not explain)


def _explained(answer: Answered, who: Speaker) -> Iterator[TextLine]:
    """Yield every case as it is written, then every reading that brings out what is printed."""
    yield TextLine(who.say("As the claim is written"), 1, role="heading")
    yield from (TextLine(each, 2) for each in cases_said(answer, who))
    names = names_of(answer, who)
    if answer.reasons:
        yield TextLine(
            who.say("What brings out the printed figure, the most usual first"), 1, role="heading"
        )
    for each in answer.reasons[:_MOST]:
        yield TextLine(why(each, answer.asked, names, who), 2, "–")
    left = len(answer.reasons) - _MOST
    if left > 0:
        yield TextLine(who.say("and {count} rarer ones", count=str(left)), 2)
