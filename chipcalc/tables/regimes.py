"""What other regimes say of chips, on the screen of a check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from chipcalc.check.result import Checked
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.report import Part, Screen, is_lines
from chipcalc.words import regimes
from chipcalc.words.commands import Question
from chipcalc.words.line import TextLine, block, command

OPTION, EVERY = "--regime", "all"
Drawn: TypeAlias = Callable[[Sequence[Checked], Rulebook, Question], Screen]


class Beside(NamedTuple):
    """The same chips under the rules of other regimes, to be told in a line each, or in full."""

    found: Sequence[tuple[Rulebook, Sequence[Checked]]] = ()
    in_full: bool = False


NOTHING = Beside()


def added(base: Screen, beside: Beside, question: Question, drawn: Drawn) -> Screen:
    """Return a screen with what other regimes say; `drawn` makes the screen of one of them."""
    if not beside.found:
        return base
    return (
        _in_full(base, beside, question, drawn)
        if beside.in_full
        else _in_lines(base, beside, question)
    )


def with_open(base: Screen, found: Sequence[Checked]) -> Screen:
    """Return a screen with what the answers of its regime leave open, where it has words for it."""
    left = block(*regimes.left_open(found))
    if not left:
        return base
    first, rest = base.parts[:1], base.parts[1:]
    left = (TextLine(""), *left) if first and is_lines(first[0]) else left
    if rest and is_lines(rest[0]) and rest[0][0].text:
        rest = ((TextLine(""), *rest[0]), *rest[1:])
    return base._replace(parts=(*first, left, *rest))


def _in_lines(base: Screen, beside: Beside, question: Question) -> Screen:
    """Return a screen with a line for each other regime below the answer, and their command."""
    lines = [regimes.line(checked) for _, checked in beside.found]
    names = tuple(name for _, checked in beside.found for name in regimes.names(checked))
    return base._replace(
        title=(*base.title, *lines),
        parts=_followed(base.parts, command(question.command(OPTION, EVERY))),
        unbroken=(*base.unbroken, *names),
    )


def _followed(parts: Sequence[Part], again: TextLine) -> tuple[Part, ...]:
    """Return parts that end with one more command, told by the line above the last ones."""
    last = parts[-1] if parts and is_lines(parts[-1]) else ()
    leads = [at for at, each in enumerate(last) if each.role == "faint" and each.text.endswith(":")]
    if not leads:
        return (*parts, (TextLine("Other regimes in full:", role="faint"), again))
    at = leads[-1]
    lead = last[at]._replace(text=f"{last[at].text[:-1]}, then other regimes:")
    return (*parts[:-1], (*last[:at], lead, *last[at + 1 :], again))


def _in_full(base: Screen, beside: Beside, question: Question, drawn: Drawn) -> Screen:
    """Return a screen with that of every other regime below it, each asked as `drawn` does."""
    parts: list[Part] = list(base.parts)
    names = list(base.unbroken)
    for book, checked in beside.found:
        regime = book.regime
        own = question._replace(options=(*question.options, OPTION, regime.id if regime else ""))
        screen = with_open(drawn(checked, book, own), checked)
        head = TextLine(regime.name if regime else "", role="heading")
        parts += [(TextLine(""), head, *screen.title), *screen.parts]
        names += screen.unbroken
    return base._replace(parts=tuple(parts), unbroken=tuple(dict.fromkeys(names)))
