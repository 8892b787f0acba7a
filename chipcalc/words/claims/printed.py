"""What counts as a printed figure, in words: its tolerance, or the line that it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from chipcalc.claims.asked import Asked
from chipcalc.figures.figure import Figure
from chipcalc.rules.criteria import SIGNS
from chipcalc.values import numbers
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.line import HARD_SPACE

_EDGE = Fraction(1, 50)  # of a line: what lies nearer is worth a second look
_BASES: Mapping[str, str] = {"digits": "from its digits", "words": "as a round figure"}


def read_as(asked: Asked, found: Sequence[Figure], who: Speaker) -> str:
    """Return what counts as printed, and whether a figure that was found lies on the edge of it."""
    wanted = asked.wanted
    if wanted.bound:
        text = f"{SIGNS[wanted.bound]}{HARD_SPACE}{printed(wanted.amount, asked)}"
        text = who.joined(filter(None, (text, _edge(asked, found, who))))
    else:
        low, high = (printed(each, asked) for each in wanted.ends)
        basis = _BASES.get(wanted.tolerance.basis if wanted.tolerance else "", "as given")
        span = f"{low.partition(HARD_SPACE)[0]}–{high}"
        text = who.say("{span}, {basis}", span=span, basis=who.say(basis))
    if asked.other:
        other = who.say("or {other}", other=printed(asked.other.amount, asked))
        text = who.say("{first} ({rest})", first=text, rest=other)
    return text


def _edge(asked: Asked, found: Sequence[Figure], who: Speaker) -> str:
    """Return that a figure lies on a line, or just beside it."""
    for figure in found:
        if figure.value.amount.best == asked.wanted.amount:
            return who.say("the figure lies exactly on that line")
        if asked.wanted.distance(figure.value.amount) < _EDGE:
            return who.say("the figure lies within 2 % of that line")
    return ""


def printed(value: Fraction, asked: Asked) -> str:
    """Return an amount as the claim prints its own."""
    digits = numbers.COMPUTED_DIGITS
    if asked.shown == "percent":
        return f"{numbers.amount(value * 100, digits)}{HARD_SPACE}%"
    if asked.shown == "times":
        return f"{numbers.amount(value, digits)}{HARD_SPACE}×"
    return f"{numbers.amount(value, numbers.STATED_DIGITS)}{HARD_SPACE}{asked.unit}"
