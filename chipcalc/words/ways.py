"""The ways to see a case in words: how a figure is stated, what is taken of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc.check.ways import Basis, Way
from chipcalc.errors import join_words
from chipcalc.places.on_day import Membership
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.labels import place, value_label

_BASES: Mapping[Basis, str] = {
    Basis.computed: "computed",
    Basis.declared: "declared by the vendor",
    Basis.summed_over_units: "sum over units of each one's largest",
    Basis.of_whole: "largest format of the chip as a whole",
}


def stated(way: Way, vocabulary: Vocabulary) -> str:
    """Return how a figure is stated: ``declared by the vendor``, ``TF32 as 19 bits``."""
    if isinstance(way, Basis):
        return _BASES[way]
    return ", ".join(
        f"{value_label('format', name, vocabulary)} as {bits} bits" for name, bits in way.bits
    )


def belonging(places: Sequence[Membership]) -> str:
    """Return what is taken of groups of countries: ``China in D:5``; nothing for none."""
    return join_words(
        f"{place(each.country)} {'in' if each.belongs else 'not in'} {each.group}"
        for each in places
    )
