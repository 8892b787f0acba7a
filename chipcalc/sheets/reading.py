"""What a printed name says: the name proper, whose it is, and what tells its variants apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from chipcalc.files import folded
from chipcalc.schema.base import Frozen
from chipcalc.schema.types import Identifier, Text

_MARKS = re.compile(r"\((?:r|tm|c)\)|[®™©]", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9+.]+|[^\W\d_a-z]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIZE = re.compile(rf"({_NUMBER.pattern})([a-z]+)")


class VendorWords(Frozen):
    """How else a vendor is called, and product lines that its names may leave out."""

    also: tuple[Text, ...] = ()
    lines: tuple[Text, ...] = ()


class NameWords(Frozen):
    """The words around the name proper of a chip, as specs/names.yaml has them.

    `attributes` are words that tell variants apart, by the detail of a sheet that they are about,
    and `sizes` the units of such numbers, by their metric; `misprints` are put right first.
    """

    vendors: Mapping[Identifier, VendorWords] = {}
    generic: tuple[Text, ...] = ()
    misprints: Mapping[Text, Text] = {}
    attributes: Mapping[Text, tuple[Text, ...]] = {}
    sizes: Mapping[Text, tuple[Text, ...]] = {}


class Attribute(NamedTuple):
    """A word that tells variants apart, with the fact of a sheet that it is about.

    A size stands without its unit, such as ``80``.
    """

    about: str
    word: str


class Reading(NamedTuple):
    """What a name says: the words of the name proper, its product lines and its attributes."""

    words: tuple[str, ...]
    lines: frozenset[str] = frozenset()
    attributes: tuple[Attribute, ...] = ()

    @property
    def proper(self) -> str:
        """The name proper, without separators."""
        return "".join(self.words)


class Reader:
    """Reads names by the words of a vocabulary; `vendors` are their names by id."""

    def __init__(self, words: NameWords, vendors: Mapping[str, str]) -> None:
        self._misprints = {folded(wrong): folded(right) for wrong, right in words.misprints.items()}
        self._vendors: dict[tuple[str, ...], set[str]] = {}
        self._lines: dict[tuple[str, ...], set[str]] = {}
        for vendor in {*vendors, *words.vendors}:
            known = words.vendors.get(vendor, VendorWords())
            for each in (vendor, vendors.get(vendor, vendor), *known.also):
                self._vendors.setdefault(tuple(split(each)), set()).add(vendor)
            for each in known.lines:
                self._lines.setdefault(tuple(split(each)), set()).add(vendor)
        self._generic = {tuple(split(each)) for each in words.generic}
        self._about = _by_word(words.attributes)
        self._units = _by_word(words.sizes)
        self._phrases = {*self._vendors, *self._lines, *self._generic}
        self._longest = max(map(len, self._phrases), default=1)
        self._single: dict[str, list[str]] = {}  # by the letter that they begin with
        for each in {each[0] for each in (*self._vendors, *self._lines) if len(each) == 1}:
            self._single.setdefault(each[0], []).append(each)
        self._split: dict[str, tuple[list[str], Set[str]]] = {}
        self._read: dict[tuple[str, str], Reading] = {}

    def read(self, name: str, vendor: str) -> Reading:
        """Return what a name says if it is of a chip of a vendor: another's words are its own.

        A name of nothing but such words keeps those of a product line, or else all of them.
        """
        if name not in self._split:
            words = self._words(name)
            self._split[name] = words, self._mentioned(words)
        words, mentioned = self._split[name]
        vendor = vendor if vendor in mentioned else ""  # to all others it says the same
        if (name, vendor) not in self._read:
            readings = (self._reading(words, vendor, lines=each) for each in (True, False))
            whole = Reading(tuple(words))
            self._read[name, vendor] = next((each for each in readings if each.words), whole)
        return self._read[name, vendor]

    def _mentioned(self, words: Sequence[str]) -> Set[str]:
        """Return the vendors of which some words name one, or a product line, anywhere."""
        found: set[str] = set()
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                phrase = tuple(words[start:end])
                found |= self._vendors.get(phrase, set()) | self._lines.get(phrase, set())
        return found

    def _reading(self, words: Sequence[str], vendor: str, *, lines: bool) -> Reading:
        proper: list[str] = []
        found: set[str] = set()
        attributes: list[Attribute] = []
        while words:
            phrase = self._phrase(words)
            attribute = self.attribute(words[0])
            if attribute:
                attributes.append(attribute)
            elif lines and vendor in self._lines.get(phrase, ()):
                found.add("".join(phrase))
            elif vendor not in self._vendors.get(phrase, ()) and phrase not in self._generic:
                proper += phrase
            words = words[len(phrase) :]
        return Reading(tuple(proper), frozenset(found), tuple(attributes))

    def attribute(self, word: str) -> Attribute | None:
        """Return what a word tells variants apart by; None where it does not."""
        if word in self._about:
            return Attribute(self._about[word], word)
        size = _SIZE.fullmatch(word)
        return Attribute(self._units[size[2]], size[1]) if size and size[2] in self._units else None

    def attributes(self, text: str, about: str) -> Iterator[Attribute]:
        """Yield what a text says that tells variants apart, about one fact."""
        found = map(self.attribute, self._words(text))
        return (each for each in found if each and each.about == about)

    def counts(self, about: str, unit: str) -> bool:
        """Whether sizes about a fact are told in a unit."""
        return self._units.get(folded(unit)) == about

    def behind_vendor(self, name: str) -> Iterator[tuple[str, Set[str]]]:
        """Yield what follows a vendor that a name begins with, folded, and who goes by that."""
        wanted = folded(name)
        for phrase, vendors in self._vendors.items():
            ahead = "".join(phrase)
            if wanted.startswith(ahead) and wanted != ahead:
                yield wanted.removeprefix(ahead), vendors

    def bare(self, name: str) -> str:
        """Return a name without the words for vendors and product lines, if anything is left."""
        words = self._words(name)
        kept: list[str] = []
        while words:
            phrase = self._phrase(words)
            kept += [] if phrase in self._phrases else phrase
            words = words[len(phrase) :]
        return "".join(kept) or folded(name)

    def _words(self, name: str) -> list[str]:
        """Return the words of a name, misprints put right.

        Known words that run on are cut off, and a number and its unit are one word.
        """
        words: list[str] = []
        rest = [self._misprints.get(each, each) for each in split(name)]
        while rest:
            word = rest.pop(0)
            if rest and _NUMBER.fullmatch(word) and self.attribute(word + rest[0]):
                word += rest.pop(0)
            known = self._single.get(word[:1], ())
            ahead = max((each for each in known if _runs_on(each, word)), key=len, default="")
            words.append(ahead or word)
            rest[:0] = [word.removeprefix(ahead)] if ahead else []
        return words

    def _phrase(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the longest phrase that begins some words and is known, else their first."""
        for length in range(min(self._longest, len(words)), 0, -1):
            phrase = tuple(words[:length])
            if phrase in self._phrases:
                return phrase
        return (words[0],)


def _by_word(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {folded(word): about for about, found in words.items() for word in found}


def split(name: str) -> list[str]:
    """Return the words of a name, folded, without marks and separators."""
    plain = _MARKS.sub(" ", unicodedata.normalize("NFKC", name)).casefold()
    return list(filter(None, (each.strip(".") for each in _WORD.findall(plain))))


def _runs_on(known: str, word: str) -> bool:
    """Whether a word begins with a known one that ends where a number or other script begins."""
    rest = word.removeprefix(known)
    return word.startswith(known) and bool(rest) and (rest[0].isdigit() or not known.isascii())
