"""The steps of a verdict as a tree that folds: open as far as the first thing that is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chipcalc.check.result import Checked, Finding
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict
from chipcalc.web.marks import Mark, of_role
from chipcalc.words import tree
from chipcalc.words.check import standing
from chipcalc.words.explanation import Step
from chipcalc.words.roles import finding_role, verdict_words


class Node(NamedTuple):
    """A step with those below it."""

    step: Step
    below: tuple[Node, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something at or below it is not settled."""
        return self.step.verdict is Verdict.unknown or any(each.is_open for each in self.below)


class Explained(NamedTuple):
    """What a rule says of an item, how firm its text is, and the steps to it."""

    rule: str
    paragraph: str
    title: str
    verdict: str
    mark: Mark | None
    standing: str
    nodes: tuple[Node, ...]
    unfolded: bool


def explained(checked: Checked) -> tuple[list[Explained], list[Explained]]:
    """Return the rules that classify an item, and all others that were asked."""
    told: set[str] = set()
    others = {each.provision.id for each in checked.findings}
    made = [
        _explained(each, checked, others - {each.provision.id}, told) for each in checked.findings
    ]
    kinds = [each.provision.rule.kind == CLASSIFICATION for each in checked.findings]
    first = [each for each, classifies in zip(made, kinds, strict=True) if classifies]
    unfolded = next((each.rule for each in first if each.verdict != "not met"), "")
    first = [each._replace(unfolded=each.rule == unfolded) for each in first]
    return first, [each for each, classifies in zip(made, kinds, strict=True) if not classifies]


def _explained(finding: Finding, checked: Checked, others: set[str], told: set[str]) -> Explained:
    rule, version = finding.provision.rule, finding.provision.version
    words = verdict_words(finding.verdict)
    steps = tree.steps(finding.line, checked.case, tree.Shown(others, told))
    return Explained(
        rule.id,
        rule.paragraph,
        rule.title,
        words,
        of_role(words, finding_role(finding)),
        f"{standing(finding.provision)} since {version.begins}",
        nested(steps),
        unfolded=False,
    )


def nested(steps: Iterable[Step]) -> tuple[Node, ...]:
    """Return steps as trees: below each one those that are deeper and follow it."""
    return _nested(list(steps))


def _nested(steps: Sequence[Step]) -> tuple[Node, ...]:
    found = []
    start = 0
    while start < len(steps):
        stop = start + 1
        while stop < len(steps) and steps[stop].depth > steps[start].depth:
            stop += 1
        found.append(Node(steps[start], _nested(steps[start + 1 : stop])))
        start = stop
    return tuple(found)
