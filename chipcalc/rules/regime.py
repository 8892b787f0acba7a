"""Regimes: who publishes rules, what answers are called, what is known of texts not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import REGIMES, by_id
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import Field
from chipcalc.schema.load import loaded_leniently
from chipcalc.schema.source import Source
from chipcalc.schema.types import Confidence, Day, Identifier, Text, Texts


class Says(Frozen):
    """What answers are called where a list does not say more than that an item stands in it."""

    listed: Text
    not_listed: Text
    means: Text | None = Field(default=None, description="what being listed does not say")


class Known(Frozen):
    """What is known to exist, with its day: a dated note, from which nothing is computed."""

    day: Day
    says: Text
    until: Day | None = Field(default=None, description="the first day on which it is gone")
    source: Texts
    confidence: Confidence


class Regime(Sound):
    """A country or a union with export rules: those in `rules/<id>/`, if any were read.

    The one with the lowest `order` gives the answer, and the others follow it. `aliases` are other
    names that people type. Without `says`, an answer is the paragraph alone.
    """

    id: Identifier
    name: Text
    short: Text = Field(description="its name in few letters, for tables and lines")
    aliases: Texts = ()
    order: int
    publisher: Text = Field(description="who publishes the rules, and where")
    says: Says | None = None
    verified: Day = Field(description="the last day on which it was looked for")
    sources: Mapping[Identifier, Source] = {}
    known: tuple[Known, ...] = ()
    notes: tuple[Text, ...] = ()

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the whole, each with its hint."""
        for each in self.known:
            if each.until and each.until <= each.day:
                yield Problem("a note ends before it begins", hint="order day: and until:")


def load(folders: Sequence[Path]) -> dict[str, Regime]:
    """Return every regime by its id, in their order; raises ChipcalcError with all problems."""
    found: list[Regime] = []
    problems: list[Problem] = []
    for name, path in by_id(folders, REGIMES).items():
        regime, faults, document = loaded_leniently(Regime, path)
        problems += faults
        if regime is not None:
            if regime.id != name:
                what = f"the id is '{regime.id}', but the file is named {path.name}"
                problems.append(document.problem(("id",), what, "make them equal"))
            found.append(regime)
    if problems:
        raise ChipcalcError(*problems)
    return {each.id: each for each in sorted(found, key=lambda each: (each.order, each.id))}
