"""Which chips a row of a table means, by its name and its maker."""

from __future__ import annotations

from typing import NamedTuple

from chipcalc.screening.cells import counted_name
from chipcalc.sheets.matching import Confidence, Match
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store


class Meant(NamedTuple):
    """The chips that a row may mean, how surely, and so many of them in one item.

    `refused` are chips that the name fits and the maker of the row does not.
    """

    confidence: Confidence = "none"
    sheets: tuple[Sheet, ...] = ()
    circuits: int = 1
    refused: tuple[str, ...] = ()


def meant(name: str, vendor: str, store: Store) -> Meant:
    """Return what a name means; of a name that several share, every chip that it may be.

    A number in front of a name, as in ``8 x H20``, says how many one item contains.
    """
    if not name:
        return Meant()
    found, count = store.match(name), 1
    if not found.candidates:
        number, rest = counted_name(name)
        if number:
            found, count = store.match(rest), number
    if not found.candidates:
        return Meant()
    if vendor and not _fits(found, vendor, store):
        return Meant(refused=tuple(each.id for each in found.candidates))
    ids = dict.fromkeys(each.id for each in found.candidates)
    return Meant(found.confidence, tuple(map(store.sheet, ids)), count)


def _fits(found: Match, vendor: str, store: Store) -> bool:
    """Whether a chip may be of a maker: one of its names says so, or it goes by both together."""
    ids = {each.id for each in found.candidates}
    together = {each.id for each in store.match(f"{vendor} {found.name}").candidates}
    return bool(ids & together)
