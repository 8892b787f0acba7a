"""The words of a report in another language: phrases are data, English is what stands in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import unknown
from chipcalc.files import LANGUAGES, by_id
from chipcalc.schema.base import Frozen
from chipcalc.schema.load import loaded
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
        listed = f"known are {', '.join(known)}"
        raise unknown(f"no language '{code}'", code, known, ("languages", "known"), listed)
    found = loaded(Phrases, files[code])[0]
    return Language(code, found.comma, found.phrases)
