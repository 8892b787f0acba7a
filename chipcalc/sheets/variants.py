"""Whether what a printed name tells of a variant is what a sheet says of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chipcalc.sheets.matching import SIZE, Attribute, split
from chipcalc.sheets.sheet import Sheet


def contradicts(attributes: Sequence[Attribute], sheet: Sheet) -> bool:
    """Whether a sheet says otherwise than one of the words; what it does not say is no otherwise.

    Sizes are compared with every capacity of the sheet, words with those of its names and details.
    """
    return any(_otherwise(each, sheet) for each in attributes)


def _otherwise(attribute: Attribute, sheet: Sheet) -> bool:
    chip = sheet.chip
    named = {word for name in (chip.id, chip.name, *chip.aliases) for word in split(name)}
    if attribute.word in named:
        return False
    size = SIZE.fullmatch(attribute.word)
    stated = sheet.statements.get(attribute.about, ())
    if size and stated:
        return all(round(each.statement.value) != Fraction(size[1]) for each in stated)
    words = {word for fact in sheet.details(attribute.about) for word in split(fact.value)}
    return bool(words) and not any(_same(attribute.word, each) for each in words)


def _same(word: str, other: str) -> bool:
    """Whether two words are one, or one is the other with its generation: SXM and SXM5."""
    short, long = sorted((word, other), key=len)
    return short == long or (short.isalpha() and long.removeprefix(short).isdigit())
