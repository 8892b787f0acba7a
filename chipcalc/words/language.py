"""The words of a report in another language: phrases are data, English is what stands in code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, Problem, join_words, unknown
from chipcalc.files import LANGUAGES, by_id
from chipcalc.schema.base import Frozen
from chipcalc.schema.load import loaded
from chipcalc.schema.types import Text
from chipcalc.yamlio import Document

_PLACE = re.compile(r"\{([A-Za-z_]+)\}")


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
        return _PLACE.sub(lambda found: str(values[found[1]]), self.phrases.get(phrase, phrase))

    def listed(self, items: Iterable[str]) -> str:
        """Return items as a list within a sentence."""
        return self.comma.join(items)


ENGLISH = Language()


def phrase_problems(found: Phrases, document: Document) -> Iterator[Problem]:
    """Yield the translations that do not have the places of the English phrase, or have others.

    A place is a word in braces, and nothing is computed there.
    """
    for english, said in found.phrases.items():
        wanted, given = set(_PLACE.findall(english)), set(_PLACE.findall(said))
        places = ("phrases", english)
        for each in sorted(wanted - given):
            hint = f"write {{{each}}} where it stands"
            yield document.problem(places, f"the place {{{each}}} is missing", hint)
        for each in sorted(given - wanted):
            yield document.problem(places, f"the English phrase has no {{{each}}}", _known(wanted))
        if set("{}") & set(_PLACE.sub("", said)):
            what = "a brace that is no place of a value"
            yield document.problem(places, what, _known(wanted))


def _known(places: Iterable[str]) -> str:
    named = [f"{{{each}}}" for each in sorted(places)]
    return f"its places are {join_words(named)}" if named else "leave the braces out"


def language(code: str, folders: Iterable[Path]) -> Language:
    """Return a language by its code; raises ChipcalcError for one that has no phrases."""
    if code == ENGLISH.code:
        return ENGLISH
    files = by_id(folders, LANGUAGES)
    if code not in files:
        known = [ENGLISH.code, *files]
        listed = f"known are {', '.join(known)}"
        raise unknown(f"no language '{code}'", code, known, ("languages", "known"), listed)
    found, document = loaded(Phrases, files[code])
    problems = list(phrase_problems(found, document))
    if problems:
        raise ChipcalcError(*problems)
    return Language(code, found.comma, found.phrases)
