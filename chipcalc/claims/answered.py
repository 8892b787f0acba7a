"""What a claim in one line comes to: its verdict, like for like and as it is marketed, and why."""

from __future__ import annotations

from typing import NamedTuple

from chipcalc.claims.asked import Asked
from chipcalc.claims.claim import Settlement
from chipcalc.claims.reasons import Reason
from chipcalc.claims.ways import Way
from chipcalc.figures.figure import Answer, Figure
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict


class Compared(NamedTuple):
    """One case as the claim is written: the ways to read its sides, and what they come to.

    `leads` says whether it is of a row by which figures are called, which counts for the verdict.
    """

    of: Way
    to: Way | None
    figure: Answer
    verdict: Verdict
    leads: bool

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The chips of the sides."""
        return tuple(each.sheet for each in (self.of, self.to) if each and each.sheet)

    @property
    def known(self) -> Figure | None:
        """What it comes to, where that is known."""
        return self.figure if isinstance(self.figure, Figure) else None


class Beside(NamedTuple):
    """Another metric by which what is printed comes out."""

    metric: str
    figure: Figure


class Allowed(NamedTuple):
    """How many times another chip the peak figures allow one to be: at one format, and at all.

    Work is bound by the rate or by memory, so that at one format no ratio exceeds the larger of
    both; `fastest` sets the largest rates that are published against each other.
    """

    alike: Figure | None
    fastest: Figure | None


class LeftOut(NamedTuple):
    """Chips of a name that do not count: they were not out yet, or are for another market."""

    later: tuple[Sheet, ...] = ()
    elsewhere: tuple[Sheet, ...] = ()


class Quoted(NamedTuple):
    """What a claim prints for its chips: each figure as a claim by itself, and their ratio."""

    figures: tuple[Answered, ...]
    ratio: Figure | None = None
    verdict: Verdict = Verdict.unknown


class Answered(NamedTuple):
    """A claim with its answer.

    `cases` are those as it is written, those of the chips that are meant first; `by` are the
    readings under which it holds, or holds as marketed, `reasons` those that explain what is
    printed otherwise. `chosen` are the chips that the names mean alone; `allowed` is what the peak
    figures allow of what is only measured; `quoted` is what the claim prints for its chips.
    """

    asked: Asked
    settlement: Settlement
    cases: tuple[Compared, ...]
    by: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()
    left_out: LeftOut = LeftOut()
    beside: tuple[Beside, ...] = ()
    chosen: tuple[str, ...] = ()
    allowed: Allowed | None = None
    quoted: Quoted | None = None

    @property
    def leading(self) -> tuple[Compared, ...]:
        """The cases that count for the verdict."""
        return tuple(each for each in self.cases if each.leads)

    @property
    def meant(self) -> tuple[Compared, ...]:
        """The leading cases of the chips that the names mean alone."""
        mine = tuple(e for e in self.leading if all(s.id in self.chosen for s in e.sheets))
        return mine or self.leading

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The chips that the claim is about, each once."""
        found = [sheet for each in self.cases for sheet in each.sheets]
        return tuple({each.id: each for each in found}.values())
