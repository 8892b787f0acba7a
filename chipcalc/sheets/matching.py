"""What a printed name says: the name proper, whose it is, and what tells its variants apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.files import folded
from chipcalc.schema.base import Frozen
from chipcalc.schema.types import Identifier, Text

_MARKS = re.compile(r"\((?:r|tm|c)\)|[®™©]", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9+.]+|[^\W\d_]+", re.IGNORECASE)
SIZE = re.compile(r"(\d+(?:\.\d+)?)([a-z]+)")


class VendorWords(Frozen):
    """How else a vendor is called, and product lines that its names may leave out."""

    also: tuple[Text, ...] = ()
    lines: tuple[Text, ...] = ()


class NameWords(Frozen):
    """The words around the name proper of a chip, as specs/names.yaml has them."""

    vendors: Mapping[Identifier, VendorWords] = {}
    generic: tuple[Text, ...] = ()
    attributes: Mapping[str, tuple[Text, ...]] = {}


class Attribute(NamedTuple):
    """A word that tells variants apart, such as ``80gb``, with the fact of a sheet it is about."""

    about: str
    word: str


class Reading(NamedTuple):
    """What a name says: its proper part without separators, its vendors, and its attributes.

    `vendors` has a set for each word that stands for a vendor or its product line: the vendor of
    a chip of that name is in all of them.
    """

    proper: str
    vendors: tuple[frozenset[str], ...] = ()
    attributes: tuple[Attribute, ...] = ()


class Reader:
    """Reads names by the words of a vocabulary; `vendors` are their names by id."""

    def __init__(self, words: NameWords, vendors: Mapping[str, str]) -> None:
        owners: dict[tuple[str, ...], set[str]] = {}
        for vendor in {*vendors, *words.vendors}:
            known = words.vendors.get(vendor, VendorWords())
            for each in (vendor, vendors.get(vendor, vendor), *known.also, *known.lines):
                owners.setdefault(tuple(split(each)), set()).add(vendor)
        self._owners = {phrase: frozenset(found) for phrase, found in owners.items()}
        self._generic = {tuple(split(each)) for each in words.generic}
        self._about = {
            folded(word): about for about, found in words.attributes.items() for word in found
        }
        self._single = [each[0] for each in self._owners if len(each) == 1]
        self._longest = max(map(len, (*self._owners, *self._generic)), default=1)

    def read(self, name: str) -> Reading:
        """Return what a name says; one that has no proper part is its own."""
        words = [part for word in split(name) for part in self._apart(word)]
        proper: list[str] = []
        vendors: list[frozenset[str]] = []
        attributes: list[Attribute] = []
        while words:
            phrase = self._phrase(words)
            about = self._attribute(words[0])
            if not proper and phrase in self._owners:
                vendors.append(self._owners[phrase])
            elif about:
                attributes.append(Attribute(about, words[0]))
            elif phrase not in self._generic:
                proper.append(words[0])
            words = words[len(phrase) :]
        if not proper and attributes:
            return Reading("".join(each.word for each in attributes), tuple(vendors))
        if not proper:
            return Reading(folded(name))
        return Reading("".join(proper), tuple(vendors), tuple(attributes))

    def readings(self, name: str) -> Iterator[Reading]:
        """Yield what a name says; next without what stands in brackets, if that is no number."""
        whole = self.read(name)
        yield whole
        outer, *inner = re.split(r"[(\[（]", name)
        told = [self.read(each.strip(" )]）")) for each in inner]
        if told and not any(map(str.isdigit, "".join(each.proper for each in told))):
            yield whole._replace(proper=self.read(outer).proper)

    def proper(self, name: str) -> str:
        """Return the proper part of a name."""
        return self.read(name).proper

    def _phrase(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the longest phrase that begins some words and is known, else their first."""
        for length in range(min(self._longest, len(words)), 0, -1):
            phrase = tuple(words[:length])
            if phrase in self._owners or phrase in self._generic:
                return phrase
        return (words[0],)

    def _apart(self, word: str) -> Iterator[str]:
        """Yield the words of one that is written without spaces, as in Chinese: 华为昇腾."""
        while not word.isascii():
            owner = next((each for each in self._single if word.startswith(each)), "")
            if not owner:
                break
            yield owner
            word = word.removeprefix(owner)
        if word:
            yield word

    def _attribute(self, word: str) -> str:
        """Return what a word is about, where it tells variants apart."""
        size = SIZE.fullmatch(word)
        return self._about.get(word, "") or (self._about.get(size[2], "") if size else "")


def split(name: str) -> list[str]:
    """Return the words of a name, folded; a size and its unit are one word."""
    plain = _MARKS.sub(" ", unicodedata.normalize("NFKC", name)).casefold()
    plain = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)\s+([gt]i?b)\b", r"\1\2", plain)
    return list(filter(None, (each.strip(".") for each in _WORD.findall(plain))))
