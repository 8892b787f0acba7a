"""Which chips a name means, as people and drivers write it, for which reason and how surely."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.files import folded
from chipcalc.sheets.names import Naming, Namings
from chipcalc.sheets.reading import Attribute, Reader, Reading
from chipcalc.sheets.sheet import Sheet

Confidence: TypeAlias = Literal["exact", "sure", "likely", "several", "none"]
Reason: TypeAlias = Literal["id", "name", "alias", "family", "words"]


class Candidate(NamedTuple):
    """A chip that a name fits, and by what: its id, name, alias or family, or its words."""

    id: str
    reason: Reason


class Match(NamedTuple):
    """What a name means: every chip that it fits, and those of them that a command takes.

    It is ``exact`` where a sheet has the name itself; ``sure`` where it says what a name of one
    chip says, but for the vendor and the like; ``likely`` where it fits one chip only, whose names
    say more or whose sheet does not confirm a word; ``several`` where it fits more, of which one
    may be taken for all.
    """

    name: str
    confidence: Confidence
    candidates: tuple[Candidate, ...] = ()
    chosen: tuple[str, ...] = ()


class _Known(NamedTuple):
    """The names of a chip, read as those of its vendor."""

    id: str
    own: tuple[Reading, ...]
    families: tuple[Reading, ...]
    stands_for: tuple[Reading, ...]

    def is_of(self, lines: Collection[str]) -> bool:
        """Whether the chip may be of some product lines: its names say one of them, or none."""
        said = {each for reading in self.own for each in reading.lines}
        related = {each.proper for each in self.families}
        return not lines or not said or not (said | related).isdisjoint(lines)


class _Fit(NamedTuple):
    """How well a chip fits what a name says: the least rank is the best."""

    rank: int
    candidate: Candidate
    sure: bool = True
    stands: bool = False


class Matcher:
    """Matches names with the chips of some sheets.

    `reader` and `sheet` are asked only where a name is not that of a chip or family as it stands.
    """

    def __init__(
        self,
        sheets: Mapping[str, Path],
        reader: Callable[[], Reader],
        sheet: Callable[[str], Sheet],
    ) -> None:
        self.namings = Namings(sheets)
        self._reader = reader
        self._sheet = sheet

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {folded(chip): chip for chip in self.namings.sheets}

    @cached_property
    def _vendors(self) -> Collection[str]:
        return {self.namings.vendor(chip) for chip in self.namings.sheets}

    def match(self, name: str) -> Match:
        """Return what a name means; an id goes before all else, and no sheet is read for it.

        Raises ChipcalcError for a sheet that the name leads to and that cannot be read.
        """
        wanted = folded(name)
        if name in self.namings.sheets:
            return _settled(name, [Candidate(name, "id")], "exact")
        if not wanted:
            return Match(name, "none")
        return self._written(name, wanted) or self._behind_vendor(name) or self._said(name)

    def beginning(self, text: str) -> list[str]:
        """Return the chips that a text means, or else those with a name that begins like it."""
        found = self.match(text).candidates
        ahead = {folded(text), *(rest for rest, _ in self._reader().behind_vendor(text))} - {""}
        return [each.id for each in found] or sorted(
            {
                naming.id
                for each in ahead
                for naming in self.namings.mentioning([each])
                if any(folded(name).startswith(each) for name in naming.own)
            }
        )

    def _written(self, name: str, wanted: str, vendors: Set[str] | None = None) -> Match | None:
        """Return what a name means that is written like one of a chip, or else of a family.

        Only chips of some vendors count, where these are given.
        """
        chip = self._ids.get(wanted)
        if chip and (vendors is None or self.namings.vendor(chip) in vendors):
            return _settled(name, [Candidate(chip, "id")], "exact")
        among = [
            each
            for each in self.namings.mentioning([wanted])
            if vendors is None or self.namings.vendor(each.id) in vendors
        ]
        named = [each for each in among if wanted in map(folded, each.own)]
        if named:
            return _settled(name, [_by_name(wanted, each) for each in named], "exact")
        related = [each for each in among if wanted in map(folded, each.families)]
        standing = [each.id for each in related if wanted in map(folded, each.stands_for)]
        found = [Candidate(each.id, "family") for each in related]
        return _settled(name, found, "exact", standing) if found else None

    def _behind_vendor(self, name: str) -> Match | None:
        """Return what a name means that is written like one of a chip behind its vendor."""
        for rest, vendors in self._reader().behind_vendor(name):
            found = self._written(name, rest, vendors)
            if found:
                several = found.confidence == "several"
                return found if several else found._replace(confidence="sure")
        return None

    def _said(self, name: str) -> Match:
        """Return what a name means by its words: the chips that fit best."""
        reader = self._reader()
        fits: list[_Fit] = []
        for words in {reader.read(name, each).words for each in self._vendors}:
            for naming in self.namings.mentioning(words):
                asked = reader.read(name, self.namings.vendor(naming.id))
                fits += self._fits(asked, naming) if asked.words == words else ()
        best = min((each.rank for each in fits), default=0)
        found = [each for each in fits if each.rank == best]
        standing = [each.candidate.id for each in found if each.stands]
        confidence: Confidence = "sure" if all(each.sure for each in found) else "likely"
        return _settled(name, [each.candidate for each in found], confidence, standing)

    def _fits(self, asked: Reading, naming: Naming) -> Iterator[_Fit]:
        """Yield how a chip fits what a name says, if it does.

        Without a word that tells variants apart the family goes before the names of its chips:
        one of them may have an alias that says no more.
        """
        known = self._known(naming)
        if not known.is_of(asked.lines):
            return
        named = _of(asked, known.own, known.families)
        related = asked.proper in {each.proper for each in known.families}
        by_family, by_words = Candidate(naming.id, "family"), Candidate(naming.id, "words")
        if not asked.attributes:
            if asked.proper == folded(naming.id):
                yield _Fit(0, by_words)
            if related:
                stands = asked.proper in {each.proper for each in known.stands_for}
                yield _Fit(1, by_family, stands=stands)
        if any({*each.attributes} == {*asked.attributes} for each in named):
            yield _Fit(2, by_words)
        elif named or (asked.attributes and related):
            agreed = self._agreement(asked.attributes, known)
            unsaid = not any(_within(each.attributes, asked.attributes) for each in named)
            if agreed is not False:
                yield _Fit(3 if named else 4, by_words, sure=bool(agreed) and not unsaid)

    def _known(self, naming: Naming) -> _Known:
        vendor = self.namings.vendor(naming.id)

        def read(names: Sequence[str]) -> tuple[Reading, ...]:
            return tuple(self._reader().read(each, vendor) for each in names)

        return _Known(naming.id, read(naming.own), read(naming.families), read(naming.stands_for))

    def _agreement(self, attributes: Sequence[Attribute], known: _Known) -> bool | None:
        """Return whether a sheet confirms every word; None where it says nothing against any."""
        found = [self._confirms(each, known) for each in attributes]
        return False if False in found else None if None in found else True

    def _confirms(self, asked: Attribute, known: _Known) -> bool | None:
        """Return whether the names or the facts of a sheet say a word; None where they are silent.

        A size is held against every one that the sheet states.
        """
        reader, sheet = self._reader(), self._sheet(known.id)
        said = [each for name in known.own for each in name.attributes if each.about == asked.about]
        for fact in sheet.details(asked.about):
            said += reader.attributes(fact.value, asked.about)
        if any(_same(asked, each) for each in said):
            return True
        stated = [each.statement for each in sheet.statements.get(asked.about, ())]
        sizes = [each for each in stated if reader.counts(asked.about, str(each.unit))]
        for each in sizes:
            low, high = each.range or (each.value, each.value)
            if low <= Fraction(asked.word) <= high or round(each.value) == Fraction(asked.word):
                return True
        return False if said or sizes else None


def _by_name(wanted: str, naming: Naming) -> Candidate:
    """Return a chip that goes by a folded name, with what kind of name it is."""
    return Candidate(naming.id, "name" if folded(naming.name) == wanted else "alias")


def _settled(
    name: str, found: Sequence[Candidate], sure: Confidence, standing: Sequence[str] = ()
) -> Match:
    """Return a match: of one chip as surely as is said, or of several; one may stand for all."""
    if not found:
        return Match(name, "none")
    ids = tuple(each.id for each in found)
    if len(found) == 1:
        return Match(name, sure, tuple(found), ids)
    return Match(name, "several", tuple(found), tuple(standing) if len(standing) == 1 else ids)


def _of(asked: Reading, own: Sequence[Reading], families: Sequence[Reading]) -> list[Reading]:
    """Return the names that are the one asked for, which may say the family besides."""
    words = {each.proper for each in families if each.proper.isalpha()}
    short = "".join(each for each in asked.words if each not in words)
    return [each for each in own if each.proper in (asked.proper, short)]


def _within(fewer: Sequence[Attribute], more: Sequence[Attribute]) -> bool:
    """Whether every one of some words is said by one of others."""
    return all(any(_same(each, other) for other in more) for each in fewer)


def _same(attribute: Attribute, other: Attribute) -> bool:
    """Whether two words say the same, or one is the other with its generation: SXM and SXM5."""
    short, long = sorted((attribute.word, other.word), key=len)
    alike = short == long or (short.isalpha() and long.removeprefix(short).isdigit())
    return alike and attribute.about == other.about
