"""The words of a report in another language: phrases are data, English is what stands in code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import did_you_mean, error
from chipcalc.files import LANGUAGES, by_id
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.load import read
from chipcalc.schema.types import Text


class Phrases(Frozen):
    """One language: its own name, the comma of its lists, and its words for English ones."""

    language: Text
    comma: str
    phrases: Mapping[str, Text]


class Language(NamedTuple):
    """How to say things: `say` fills a phrase in, `label` translates a name of the vocabulary."""

    code: str = "en"
    comma: str = ", "
    phrases: Mapping[str, str] = {}

    def say(self, phrase: str, **values: str) -> str:
        """Return a phrase in this language with its values filled in."""
        return self.phrases.get(phrase, phrase).format(**values)

    def listed(self, items: Iterable[str]) -> str:
        """Return items as a list within a sentence."""
        return self.comma.join(items)


ENGLISH = Language()


def language(code: str, folders: Iterable[Path]) -> Language:
    """Return a language by its code; raises ChipcalcError for one that has no phrases."""
    if code == ENGLISH.code:
        return ENGLISH
    files = by_id(folders, LANGUAGES)
    if code not in files:
        known = [ENGLISH.code, *files]
        hint = did_you_mean(code, known) or f"known are {', '.join(known)}"
        raise error(f"no language '{code}'", hint)
    found = parse(Phrases, read(files[code]))
    return Language(code, found.comma, found.phrases)


HARD_SPACE = "\u00a0"
_CLOSING = frozenset(",.;:!?)]}%×，。；：、！？）］】》」％…")
_OPENING = frozenset("([{（［【《「")


def wrapped(words: str, width: int, indent: str = "") -> str:
    """Return text in lines of a width on the screen, where Chinese characters take two columns.

    Lines break at spaces, and between Chinese characters, which have none; but not at a hard
    space, before a sign that closes or after one that opens.
    """
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and _wide(lines[-1] + piece.rstrip(" ")) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return "\n".join(indent + plain(line.rstrip(" ")) for line in lines)


def plain(words: str) -> str:
    """Return text with ordinary spaces only."""
    return words.replace(HARD_SPACE, " ")


def _pieces(words: str) -> Iterable[str]:
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
