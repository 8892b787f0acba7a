"""The words of a report in another language: phrases are data, English is what stands in code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from chipcalc import model
from chipcalc.errors import did_you_mean, error
from chipcalc.files import language_files
from chipcalc.model import Frozen, Text
from chipcalc.store import read


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
    files = language_files(folders)
    if code not in files:
        known = [ENGLISH.code, *files]
        hint = did_you_mean(code, known) or f"known are {', '.join(known)}"
        raise error(f"no language '{code}'", hint)
    found = model.parse(Phrases, read(files[code]))
    return Language(code, found.comma, found.phrases)


def wrapped(words: str, width: int, indent: str = "") -> str:
    """Return text in lines of a width on the screen, where Chinese characters take two columns.

    Lines break at spaces, and between Chinese characters, which have none.
    """
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and _wide(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return "\n".join(indent + line.rstrip() for line in lines)


def _pieces(words: str) -> Iterable[str]:
    """Yield the parts of a text that stay together: words with their space, single characters."""
    piece = ""
    for sign in " ".join(words.split()):
        east = unicodedata.east_asian_width(sign) in "WF"
        if east and piece and sign not in "，。；：、）％！？":
            yield piece
            piece = ""
        piece += sign
        if sign == " " or (east and sign != "（"):
            yield piece
            piece = ""
    if piece:
        yield piece


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
