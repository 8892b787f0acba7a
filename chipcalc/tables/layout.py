"""How wide things are on a terminal: the columns of each kind of answer, and how lines break."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

PAGE = 80
NARROWEST = 40
HARD_SPACE = "\u00a0"
_CLOSING = frozenset(",.;:!?)]}%×，。；：、！？）］】》」％…")
_OPENING = frozenset("([{（［【《「")


class Layout(NamedTuple):
    """How a column is set: its width, that of its title, and the spaces of a level.

    No width leaves the text on one line; what is wrapped hangs `hanging` spaces further in.
    """

    width: int = 0
    title: int = 0
    step: int = 2
    hanging: int = 0


_PLAIN = Layout()
_LAYOUTS: Mapping[str, Mapping[str, Layout]] = {}


def layout(kind: str, column: str) -> Layout:
    """Return how a column of an answer is set."""
    return _LAYOUTS.get(kind, {}).get(column, _PLAIN)


def wrapped(words: str, width: int) -> list[str]:
    """Return text in lines of a width on the screen, where Chinese characters take two columns.

    Lines break at spaces, and between Chinese characters, which have none; but not at a hard
    space, before a sign that closes, after one that opens, or after an operator.
    """
    if not width:
        return [words]
    joined = re.sub(r"(?<=[≥≤<>]) | (?=%)", HARD_SPACE, words)
    lines = [""]
    for piece in _pieces(joined):
        if lines[-1] and _wide(lines[-1] + piece.rstrip(" ")) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return [plain(line.rstrip(" ")) for line in lines]


def plain(words: str) -> str:
    """Return text with ordinary spaces only."""
    return words.replace(HARD_SPACE, " ")


def _pieces(words: str) -> Iterator[str]:
    """Yield the parts of a text that stay together: words with their space, single characters."""
    signs = " ".join(filter(None, words.split(" ")))
    start = 0
    for at in range(1, len(signs)):
        if _breaks(signs[at - 1], signs[at]):
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


WIDTH = PAGE


def broken(words: str, width: int, indent: str = "") -> str:
    """Return text in lines of a width, cut neither within a word nor before a per cent sign."""
    joined = re.sub(r"(?<=[≥≤<>]) | (?=%)", HARD_SPACE, words)
    lines = textwrap.wrap(joined, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(indent + line.replace(HARD_SPACE, " ") for line in lines)
