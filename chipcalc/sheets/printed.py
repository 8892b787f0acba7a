"""The chips of a name: one of their own, that of a family, or one as it is printed somewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from chipcalc.files import folded
from chipcalc.sheets.matching import Reader, Reading, split
from chipcalc.sheets.names import Naming, called
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.variants import contradicts


class Match(NamedTuple):
    """What of names was compared, and the chips that go by the name so."""

    proper: Callable[[str], str]
    chips: Sequence[Naming]


def matching(
    name: str, files: Mapping[str, Path], reader: Reader, sheet: Callable[[str], Sheet]
) -> Match | None:
    """Return the chips of a name; None where there is none.

    The whole name is compared first. Else the proper part of it is, and the chips whose vendor and
    whose facts agree with the rest; their sheets alone are loaded.
    """
    found = called(folded(name), files).chips
    if found:
        return Match(folded, found)

    def fits(reading: Reading, each: Naming) -> bool:
        vendor = files[each.id].parent.name
        sold = all(vendor in possible for possible in reading.vendors)
        return sold and not contradicts(reading.attributes, sheet(each.id))

    for reading in reader.readings(name):
        alike = called(reading.proper, files, reader.proper)
        found = alike.keep(partial(fits, reading)).chips
        if found:
            return Match(reader.proper, _meant(reading, found))
    return None


def _meant(reading: Reading, found: Sequence[Naming]) -> Sequence[Naming]:
    """Return the chips that are meant before others that fit: by their id, or by every word."""
    words = {each.word for each in reading.attributes}
    if not words:
        return [each for each in found if folded(each.id) == reading.proper] or found
    named = [each for each in found if any(words <= {*split(name)} for name in each.own)]
    return named or found
