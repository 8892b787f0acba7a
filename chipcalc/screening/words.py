"""The names of columns and the words of cells that people use, as specs/columns.yaml has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from chipcalc import bounded
from chipcalc.errors import error
from chipcalc.schema.base import Frozen
from chipcalc.schema.load import loaded
from chipcalc.schema.types import Identifier, Text

COLUMNS = "columns.yaml"
_GAP = re.compile(r"[\s_\-–/.:·'’&+,;()\[\]]+")
_CJK = "\u3040-\u30ff\u3400-\u9fff"
_SEAM = re.compile(f"(?<=[a-z0-9])(?=[{_CJK}])|(?<=[{_CJK}])(?=[a-z0-9])")
Named = Mapping[Identifier, tuple[Text, ...]]


class RateWords(Frozen):
    """The words of a column that states a rate, and what goes without saying of some formats."""

    metric: Identifier
    formats: Named
    engines: Named
    of_matrix_units: tuple[Text, ...] = ()
    always_dense: tuple[Text, ...] = ()
    idle: tuple[Text, ...] = ()


class ColumnWords(Frozen):
    """What people call columns, by what the columns say; and the words that stand in cells."""

    roles: Named
    circumstances: Named
    metrics: Named
    rates: RateWords
    units: Mapping[Text, Text]
    words: Named
    values: Mapping[Identifier, Named]
    kinds: Named
    not_parts: tuple[Text, ...]


class Words:
    """The same, ready to be looked up by plain words."""

    def __init__(self, said: ColumnWords) -> None:
        self.said = said

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The role of a column by its plain name, the names that go first in front."""
        return _by_word(self.said.roles)

    @cached_property
    def circumstances(self) -> Mapping[str, str]:
        """The circumstance that a column says, by its plain name."""
        return _by_word(self.said.circumstances)

    @cached_property
    def metrics(self) -> Mapping[str, str]:
        """The metric that a column states, by its plain name; rates are not among them."""
        return _by_word(self.said.metrics)

    @cached_property
    def formats(self) -> Mapping[str, str]:
        """The number format that a word means."""
        return _by_word(self.said.rates.formats)

    @cached_property
    def engines(self) -> Mapping[str, str]:
        """The engine that a word means."""
        return _by_word(self.said.rates.engines)

    @cached_property
    def idle(self) -> frozenset[str]:
        """The words that say nothing of a rate."""
        return frozenset(map(plain, self.said.rates.idle))

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The unit that a word at the end of a column's name means."""
        return {plain(word): unit for word, unit in self.said.units.items()}

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What a word beside a figure means: dense, sparse, each or total."""
        return _by_word(self.said.words)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """What a row is, by a word for it."""
        return _by_word(self.said.kinds)

    @cached_property
    def not_parts(self) -> frozenset[str]:
        """The words that begin a row which is no part, such as a total."""
        return frozenset(map(plain, self.said.not_parts))

    def value(self, circumstance: str, text: str) -> str:
        """Return a word for a circumstance as the vocabulary has it; nothing where it has none."""
        known = _by_word(self.said.values.get(circumstance, {}))
        return known.get(plain(text), "")


def plain(text: str) -> str:
    """Return words as they are compared: without case, one space for each gap.

    Chinese and Latin letters have one between them.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _GAP.sub(" ", _SEAM.sub(" ", folded)).strip()


def found_in(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each known word that a text holds, the longest first, with what it means."""
    rest = f" {plain(text)} "
    for word in sorted(known, key=len, reverse=True):
        wanted = f" {word} " if word.isascii() else word
        if wanted in rest:
            rest = rest.replace(wanted, "  ")
            yield word, known[word]


def without(text: str, words: Sequence[str]) -> str:
    """Return plain words without some of them."""
    rest = f" {plain(text)} "
    for word in words:
        rest = rest.replace(f" {word} " if word.isascii() else word, "  ")
    return plain(rest)


def _by_word(named: Named) -> Mapping[str, str]:
    return {plain(word): name for name, words in named.items() for word in words}


def column_words(folders: Sequence[Path]) -> Words:
    """Return the words of the first folder that has them; raises ChipcalcError without any."""
    path = next((each / COLUMNS for each in folders if bounded.is_file(each / COLUMNS)), None)
    if path is None:
        raise error(f"no {COLUMNS} in any spec folder", "add one")
    return Words(loaded(ColumnWords, path)[0])
