"""Short names of chips beside one another: H20 for H20 96GB, and families that head several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from chipcalc.files import folded
from chipcalc.sheets.sheet import Sheet

_SIZE = re.compile(r"\s*\b\d+ ?[GT]B\b")
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_FEW = 3  # chips of a family under one heading
_SPOKEN = 3  # letters that are said one by one: MI, SA, RTX
_VOWELS = frozenset("AEIOU")
_SAID_WITH_A_VOWEL = frozenset("AEFHILMNORSX")


class Naming(NamedTuple):
    """What a chip is called in a table: shortest, and with what its name says of it besides."""

    short: str
    label: str


def namings(sheets: Sequence[Sheet]) -> tuple[Naming, ...]:
    """Return what some chips are called, each in its own way; whole names where short ones clash.

    An aside such as ``(rumoured)`` stays in the label.
    """
    shorts = [_short(each) for each in sheets]
    found = [_alone(each, sheets) or short for each, short in zip(sheets, shorts, strict=True)]
    for names in (shorts, [each.name for each in sheets], [each.id for each in sheets]):
        counts = Counter(found)
        found = [
            other if counts[each] > 1 else each for each, other in zip(found, names, strict=True)
        ]
    return tuple(
        Naming(name, " ".join((name, *(each for each in _remarks(sheet) if each not in name))))
        for sheet, name in zip(sheets, found, strict=True)
    )


def called(sheets: Sequence[Sheet], language: str) -> dict[str, str]:
    """Return what some chips are called in short by their ids: by their own names in a language.

    Where two would be called alike, or a chip has none, it is its short name.
    """
    own = Counter(each.chip.names[language] for each in sheets if language in each.chip.names)
    found = {each.id: each.chip.names.get(language, "") for each in sheets}
    return {
        each.id: found[each.id] if own[found[each.id]] == 1 else naming.short
        for each, naming in zip(sheets, namings(sheets), strict=True)
    }


def _alone(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    """Return the family that means a chip when named alone, where no other chip is of it."""
    first = _SIZE.sub("", sheet.name).split(" ")[0]
    family = folded(first)
    stands = family in sheet.chip.stands_for
    return first if stands and sum(family in each.chip.family for each in sheets) == 1 else ""


def _short(sheet: Sheet) -> str:
    """Return the words of a name that are its id; else all but its size and its other names."""
    bare = _SIZE.sub("", sheet.name)
    outside = _ASIDE.sub("", bare).strip()
    for words in (outside, *_ASIDE.findall(bare)):
        parts = words.split(" ")
        for start in range(len(parts)):
            for stop in range(len(parts), start, -1):
                piece = " ".join(parts[start:stop])
                if folded(piece) == folded(sheet.id):
                    return piece
    return outside or sheet.name


def _remarks(sheet: Sheet) -> Iterator[str]:
    """Yield the asides of a name that say something of the chip, and are no other name of it."""
    for each in _ASIDE.findall(_SIZE.sub("", sheet.name)):
        if each[:1].islower() or each[:1].isdigit():
            yield f"({each})"


class Family(NamedTuple):
    """Chips by their places that stand under one heading; each alone where it has no words."""

    words: str
    members: tuple[int, ...]


def families(sheets: Sequence[Sheet], names: Sequence[Naming]) -> list[Family]:
    """Return chips that follow one another as families; those that are few stand alone."""
    heads = [_head(sheet, each) for sheet, each in zip(sheets, names, strict=True)]
    found: list[Family] = []
    for head, group in groupby(range(len(sheets)), lambda index: heads[index]):
        members = tuple(group)
        if head and len(members) >= _FEW:
            found.append(Family(head, members))
        else:
            found += [Family("", (each,)) for each in members]
    return found


def _head(sheet: Sheet, naming: Naming) -> str:
    """Return the first word of a chip's name where it is one of its families."""
    first, _, rest = naming.short.partition(" ")
    return first if rest and folded(first) in sheet.chip.family else ""


def within(naming: Naming, family: Family) -> str:
    """Return what a chip is called below the heading of its family."""
    return naming.label.removeprefix(family.words).strip()


def agreeing(verb: str, sheet: Sheet) -> str:
    """Return a verb, or ``it``, as it stands with a chip, or with so many of it."""
    if sheet.count == 1:
        return verb
    return {"has": "have", "it": "they"}.get(verb, verb.removesuffix("s"))


def with_article(name: str) -> str:
    """Return a name with its indefinite article: ``an H20``, ``a B200``, ``an Ascend 910C``."""
    letters = re.match("[A-Za-z]*", name)
    word = letters[0] if letters else ""
    spoken = word.isupper() and len(word) <= _SPOKEN
    vowel = word[:1] in _SAID_WITH_A_VOWEL if spoken else word[:1].upper() in _VOWELS
    return f"{'an' if vowel else 'a'} {name}"
