"""What the check of a claim comes to: how it is settled, by which cases and interpretations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.check import lines as check_lines
from chipcalc.check.result import Checked
from chipcalc.claims.claim import Claim, Settlement
from chipcalc.claims.misreadings import EMPTY, Turn
from chipcalc.comparison.generations import Place
from chipcalc.figures.exchange import NeedsRate
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.figures.statements import Conditions
from chipcalc.rules.case import Line
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict


class Instance(NamedTuple):
    """One case of a claim: chips, and a row such as a format, with what it comes to.

    `sides` are the figures that a ratio is made of, or the one that is compared with a line.
    `against` is the row of the second side where it is another one, `cite` the place of a line,
    `needs` the rate of exchange without which there is no figure, `leads` whether it counts for
    the verdict: so do the formats of AI work where no format is named.
    """

    sheets: tuple[Sheet, ...]
    row: Conditions
    figure: Answer
    verdict: Verdict
    sides: tuple[Answer, ...] = ()
    metric: str = ""
    line: Line | None = None
    against: Conditions = EMPTY
    cite: str = ""
    needs: NeedsRate | None = None
    leads: bool = True

    @property
    def key(self) -> tuple[tuple[str, ...], frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
        """Return the chips and the rows, by which two cases are the same."""
        ids = tuple(each.id for each in self.sheets)
        return ids, frozenset(self.row.items()), frozenset((self.against or self.row).items())

    @property
    def holds(self) -> bool:
        """Whether the claim holds for this case."""
        return self.verdict is Verdict.met


class Interpretation(NamedTuple):
    """An interpretation under which the printed figure comes out, with the cases of it.

    Misreadings that come to the same figures are alternatives; `also` are those that are made at
    once with them.
    """

    turns: tuple[Turn, ...]
    instances: tuple[Instance, ...]
    also: tuple[Turn, ...] = ()


class Placed(NamedTuple):
    """A chip's place on a line of products, and whether it is as far behind as the claim says."""

    place: Place
    verdict: Verdict


class ClaimFinding(NamedTuple):
    """A claim with its answer: how it is settled, in which cases, under which interpretations.

    `needs` is what it lacks to be computed: a rate of exchange, or a price.
    """

    claim: Claim
    settlement: Settlement
    instances: tuple[Instance, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    places: tuple[Placed, ...] = ()
    checked: tuple[Checked, ...] = ()
    needs: NeedsRate | Missing | None = None

    @property
    def holding(self) -> list[Instance]:
        """Return the cases for which the claim holds."""
        return [each for each in self.instances if each.holds]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the chips that the claim is about, each once."""
        found = [sheet for each in self.instances for sheet in each.sheets]
        found += [each.place.sheet for each in self.places]
        found += [each.sheet for each in self.checked]
        return tuple({each.id: each for each in found}.values())

    def figures(self) -> Iterator[tuple[Sheet, Figure]]:
        """Yield every figure that the answer rests on, and its sheet."""
        under = (each for found in self.interpretations for each in found.instances)
        for instance in (*self.instances, *under):
            for sheet in instance.sheets:
                yield from ((sheet, side) for side in instance.sides if isinstance(side, Figure))
        for place in (each.place for each in self.places):
            for sheet, answer in ((place.sheet, place.answer), *place.line):
                if isinstance(answer, Figure):
                    yield sheet, answer
        for checked in self.checked:
            for figure in check_lines.figures([each.line for each in checked.findings]).values():
                yield checked.sheet, figure


def settled(verdicts: Sequence[Verdict]) -> Settlement:
    """Return how a claim is settled by all of its cases together."""
    if not verdicts:
        return "outside the spec sheets"
    if all(each is Verdict.met for each in verdicts):
        return "holds"
    return "fails" if all(each is Verdict.not_met for each in verdicts) else "depends"


def settled_by_figures(instances: Sequence[Instance]) -> Settlement:
    """Return how a claim is settled by cases of which some may have no figure.

    A figure that nobody published keeps a claim from holding as a whole, but does not save one
    that fails wherever it can be computed. What a chip does not have says nothing about it.
    """
    settlement = settled([e.verdict for e in instances if isinstance(e.figure, Figure)])
    lacking = [e for e in instances if isinstance(e.figure, Missing) and not has_none(e.figure)]
    return "depends" if settlement == "holds" and lacking else settlement


def has_none(answer: Answer) -> bool:
    """Whether a chip has no such thing at all, which is known, and so no unknown figure."""
    return isinstance(answer, Missing) and answer.kind in ("not offered", "undefined")
