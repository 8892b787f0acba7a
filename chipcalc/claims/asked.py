"""A claim as somebody asks it: one side, its relation to what is printed, and the other side."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.claims.tolerance import Wanted
from chipcalc.figures.statements import Conditions
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.expressions import NONE

How: TypeAlias = Literal["ratio", "difference", "figure"]
Shown: TypeAlias = Literal["percent", "times", "unit"]
Side: TypeAlias = Literal["of", "to"]


class Term(NamedTuple):
    """One side: so many chips of a name by a metric under conditions, or a plain quantity.

    `named` are the metrics that the claim itself names, and `when` its conditions. `limit` is
    set for the line of a rule, which no claim names by itself. `quoted` is a figure that the claim
    prints for the chip.
    """

    name: str = ""
    number: Fraction = Fraction(1)
    metric: str = ""
    when: Conditions = NONE
    value: Quantity | None = None
    limit: bool = False
    quoted: Quantity | None = None

    @property
    def is_chip(self) -> bool:
        """Whether a chip is on this side."""
        return bool(self.name)


class Asked(NamedTuple):
    """A claim: `of` is so much of `to`, so much more, or so much by itself.

    `printed` is what the claim prints, in `unit`, and `wanted` what counts as that; `other` is
    the same in the other sense of its words, as of "six times more". `how` says whether the sides
    are divided or subtracted. `named` says whether the claim names a metric.
    """

    text: str
    of: Term
    to: Term | None
    wanted: Wanted
    unit: Unit
    how: How = "figure"
    shown: Shown = "unit"
    other: Wanted | None = None
    named: bool = True
    measured: str = ""
    terms: Mapping[str, str] = NONE

    @property
    def sides(self) -> dict[Side, Term]:
        """The sides of the claim, by name."""
        return {"of": self.of, **({"to": self.to} if self.to else {})}
