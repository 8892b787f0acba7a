"""How wide things are on a terminal: the columns of each kind of answer, and how lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from chipcalc.words.line import HARD_SPACE, plain

PAGE = 80
NARROWEST = 40
HEADING = "heading"
_CLOSING = frozenset(",.;:!?)]}%×，。；：、！？）］】》」％…")
_OPENING = frozenset("([{（［【《「")


class Layout(NamedTuple):
    """How a column is set: its width, that of its title, and the spaces of a level.

    No width leaves the text on one line; what is wrapped hangs `hanging` spaces further in, and
    breaks after hyphens where that is said; parts after the first are set in `below` spaces. The
    parts of columns that are `beside` one another begin on the same lines. One with a `rest` is
    as wide as the other columns leave it of so many, each of them counting as its `least` at least.
    """

    width: int = 0
    title: int = 0
    step: int = 2
    hanging: int = 0
    hyphens: bool = False
    below: int = 0
    beside: bool = False
    rest: int = 0
    least: int = 0


_PLAIN = Layout()
_LAYOUTS: Mapping[str, Mapping[str, Layout]] = {
    "list": {"fact": Layout(18, hyphens=True), "figure": Layout(title=18)},
    "metric": {"fact": Layout(64)},
    "show": {HEADING: Layout(), "fact": Layout(38, hanging=2)},
    "compare": {
        HEADING: Layout(),
        "row": Layout(28),
        "chip": Layout(title=16),
        "figure": Layout(title=16),
    },
    "check": {"rule": Layout(22), "why": Layout(36), "standing": Layout(9)},
    "checks": {
        "chip": Layout(18),
        "metric": Layout(title=16),
        "classification": Layout(26, below=2),
        "nearest": Layout(20),
    },
    "steps": {"place": Layout(24, step=1), "says": Layout(34)},
    "why-not": {"place": Layout(22, below=2), "because": Layout(36)},
    "distances": {"place": Layout(25)},
    "bounds": {
        "place": Layout(24),
        "span": Layout(28, beside=True),
        "share": Layout(24, beside=True),
    },
    "timeline": {"answer": Layout(22, title=22)},
    "claims": {"claim": Layout(least=5), "verdict": Layout(14), "says": Layout(rest=76)},
    "rules": {"paragraph": Layout(24), "standing": Layout(14)},
    "licence": {
        "rule": Layout(20),
        "answer": Layout(12),
        "why": Layout(27),
        "standing": Layout(13),
    },
    "licence-regions": {
        "destination": Layout(24),
        "licence": Layout(19),
        "exceptions": Layout(15),
        "review": Layout(15),
    },
    "licence-matrix": {
        "chip": Layout(18),
        "classification": Layout(12),
        "destination": Layout(19, title=19),
    },
    "budget": {"name": Layout(42)},
    "groups": {"title": Layout(40)},
}


def layout(kind: str, column: str, *, heading: bool = False) -> Layout:
    """Return how a column of an answer is set; its headings, where these are set otherwise."""
    columns = _LAYOUTS.get(kind, {})
    return columns.get(HEADING if heading and HEADING in columns else column, _PLAIN)


def laid(parts: Sequence[str], level: int, place: Layout, joint: str = "") -> list[list[str]]:
    """Return the lines of each part of a cell that is some levels in.

    What joins two parts takes no room from the words before it.
    """
    found = [_lines(each, level, place, first=not number) for number, each in enumerate(parts)]
    return [*([*lines[:-1], f"{lines[-1]}{joint}"] for lines in found[:-1]), *found[-1:]]


def _lines(part: str, level: int, place: Layout, *, first: bool) -> list[str]:
    indent = " " * (place.step * level + (0 if first else place.below))
    hanging = " " * (place.hanging if first else 0)
    width = max(place.width - len(indent), 1) if place.width else 0
    head, *rest = wrapped(part, width, hyphens=place.hyphens)
    return [indent + head, *(f"{indent}{hanging}{line}" for line in rest)]


def level_with(cells: Sequence[list[list[str]]]) -> list[list[list[str]]]:
    """Return cells of which each part has as many lines as the longest of those beside it."""
    heights = [max(map(len, parts)) for parts in zip_longest(*cells, fillvalue=())]
    return [
        [
            [*part, *[""] * (height - len(part))]
            for part, height in zip(parts, heights, strict=False)
        ]
        for parts in cells
    ]


def wrapped(words: str, width: int, *, hyphens: bool = False) -> list[str]:
    """Return text in lines of a width on the screen, where Chinese characters take two columns.

    Lines break at spaces, and between Chinese characters, which have none; but not at a hard
    space, before a sign that closes, after one that opens, or after an operator; after hyphens
    only if that is asked for.
    """
    if not width:
        return [words]
    fits = len(words) <= (width if words.isascii() else width // 2)
    if fits and "  " not in words:
        return [plain(words)]
    joined = re.sub(r"(?<=[≥≤<>]) | (?=%)", HARD_SPACE, words)
    lines = [""]
    for piece in _pieces(joined, hyphens=hyphens):
        if lines[-1] and _wide(lines[-1] + piece.rstrip(" ")) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return [plain(line.rstrip(" ")) for line in lines]


def _pieces(words: str, *, hyphens: bool) -> Iterator[str]:
    """Yield the parts of a text that stay together: words with their space, single characters."""
    signs = " ".join(filter(None, words.split(" ")))
    start = 0
    for at in range(1, len(signs)):
        if _breaks(signs[at - 1], signs[at]) or (
            hyphens and signs[at - 1] == "-" and signs[at].isalpha()
        ):
            yield signs[start:at]
            start = at
    yield signs[start:]


def _breaks(before: str, after: str) -> bool:
    """Whether a line may break between two signs."""
    if before in _OPENING or after in _CLOSING or after == " ":
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _wide(text: str) -> int:
    return sum(2 if _is_wide(sign) else 1 for sign in text)
