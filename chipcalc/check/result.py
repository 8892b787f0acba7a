"""What a check comes to: findings, the classification and the views of a figure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from chipcalc.check.ways import Way
from chipcalc.deciding.outcome import Deciding
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.figures.offered import tells_formats
from chipcalc.rules.case import Case, Judgement, Line
from chipcalc.rules.provision import Provision
from chipcalc.rules.regime import Regime
from chipcalc.rules.rule import CLASSIFICATION, PRESUMPTION
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict, agreed


class Finding(NamedTuple):
    """What one rule says of a chip: the verdict, the limbs that are met, and the explanation.

    `judgement` is what stands after all views of the chip's figures; `line` explains the view
    from the spec sheet, and `computed` and `declared` are what that view and the vendor's own
    figures come to. `deciding` is there where something is not known.
    """

    provision: Provision
    line: Line
    judgement: Judgement
    deciding: Deciding | None = None
    computed: Judgement | None = None
    declared: Judgement | None = None

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def cites(self) -> tuple[str, ...]:
        return self.judgement.cites

    @property
    def straddles(self) -> bool:
        """Whether computed and declared figures lead to different answers."""
        return None not in (self.computed, self.declared) and self.computed != self.declared


class Classification(NamedTuple):
    """The paragraph that an item falls under; none of those modelled where `paragraph` is empty.

    Where it is not known, `possible` lists the paragraphs that it may be.
    """

    verdict: Verdict
    paragraph: str = ""
    cites: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    residual: bool = False


class Classed(Enum):
    """How a classification stands: an item that no rule classifies yet is not one under none."""

    named = auto()
    none = auto()
    unknown = auto()
    no_rule = auto()


class ByWay(NamedTuple):
    """One way to state a figure that rules compare, and the classification that follows."""

    way: Way
    metric: str
    figure: Figure
    judgement: Judgement


class Part(NamedTuple):
    """So many circuits of one kind in a board or a system.

    `alone` is one of them by itself; `within` is what the rules about boards and systems say where
    it is the one circuit of the item.
    """

    number: int
    alone: Checked
    within: Checked

    @property
    def sheet(self) -> Sheet:
        return self.alone.sheet


class Checked(NamedTuple):
    """A chip checked against all rules of a day that apply to it.

    A board or a system has its circuits, `whole` reads its own sheet; its case is that of the
    circuit that gave the answer. `regime` is the one whose rules were asked.
    """

    case: Case
    day: datetime.date
    findings: tuple[Finding, ...]
    classification: Classification
    deciding: Deciding | None
    views: tuple[ByWay, ...]
    circuits: tuple[Part, ...] = ()
    whole: Evaluator | None = None
    regime: Regime | None = None

    @property
    def sheet(self) -> Sheet:
        return self.item.sheet

    @property
    def item(self) -> Evaluator:
        """What was asked about: the board or the system itself, not the circuit that decides."""
        return self.whole or self.case.evaluator

    @property
    def cases(self) -> tuple[Case, ...]:
        """Everything that the rules were read for: of several circuits each, alone and within."""
        each = (case for part in self.circuits for case in (part.alone.case, part.within.case))
        return tuple(each) or (self.case,)

    @property
    def formats_assumed(self) -> bool:
        """Whether a control is not met on the rates of a sheet that tells no list of formats.

        A faster format than those that have a rate would decide otherwise; that there is none is
        assumed.
        """
        below = any(
            each.provision.rule.is_control and each.verdict is Verdict.not_met
            for each in self.findings
        )
        return below and not all(tells_formats(e.evaluator.sheet) for e in self.cases)

    @property
    def straddles(self) -> bool:
        """Whether the views of a figure lead to different classifications."""
        return len({view.judgement for view in self.views}) > 1

    @property
    def presumption(self) -> Finding | None:
        """The presumption that holds or may, where the item does not fall under its rule anyway.

        Of several, one that holds comes first.
        """
        found = [
            each
            for each in self.findings
            if each.provision.rule.kind == PRESUMPTION
            and each.verdict is not Verdict.not_met
            and self.presumed(each) != self.classification.paragraph
        ]
        return min(found, key=lambda each: each.verdict is not Verdict.met, default=None)

    @property
    def decides(self) -> Deciding | None:
        """What decides an open answer: first of all on a presumption that may hold."""
        found = self.presumption
        if found and found.verdict is Verdict.unknown and found.deciding:
            return found.deciding
        return self.deciding

    def presumed(self, presumption: Finding) -> str:
        """Return the paragraph that a presumption is about; its own where it names none."""
        rule = presumption.provision.rule
        named = self.case.provisions.get(rule.presumes or "")
        return named.rule.paragraph if named else rule.paragraph

    @property
    def classed(self) -> Classed:
        """How the classification stands, by whether any rule classifies items on the day."""
        if all(each.provision.rule.kind != CLASSIFICATION for each in self.findings):
            return Classed.no_rule
        if self.classification.verdict is Verdict.unknown:
            return Classed.unknown
        return Classed.named if self.classification.paragraph else Classed.none

    def by_kind(self) -> Iterator[tuple[str, list[Finding]]]:
        """Yield the findings of each kind of rule, classifications first."""
        kinds = dict.fromkeys(each.provision.rule.kind for each in self.findings)
        for kind in kinds:
            yield kind, [each for each in self.findings if each.provision.rule.kind == kind]


def common(judgements: Sequence[Judgement]) -> Judgement:
    """Return the verdict on which all agree, with the limbs that all name."""
    verdict = agreed(each.verdict for each in judgements)
    if verdict is not Verdict.met:
        return Judgement(verdict)
    first, *others = (each.cites for each in judgements)
    return Judgement(verdict, tuple(c for c in first if all(c in each for each in others)))
