"""What an item of open classification may be below the controls: what remains, or nothing."""

from __future__ import annotations

from chipcalc.check.result import Checked, Finding
from chipcalc.rules.criteria import Unless
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict


def names_control(finding: Finding) -> bool:
    """Whether a finding is of a paragraph that controls items, not of what remains below."""
    rule = finding.provision.rule
    return rule.kind == CLASSIFICATION and not rule.residual


def is_below(checked: Checked) -> bool:
    """Whether an item of unknown classification falls under no control whatever it is."""
    controls = {each.provision.rule.paragraph for each in checked.findings if names_control(each)}
    return controls.isdisjoint(checked.classification.possible)


def may_be_none(checked: Checked) -> bool:
    """Whether an item of unknown classification may fall under nothing at all.

    It cannot where what remains is asked for and there, nor where every view of a figure, or
    every value of what is not known, leads to some paragraph.
    """
    remains = [e.line for e in checked.findings if e.provision.rule.residual]
    bodies = [e.parts[0] if isinstance(e.node, Unless) else e for e in remains]
    if any(each.verdict is Verdict.met for each in bodies):
        return False
    outcomes_of = checked.deciding.outcomes if checked.deciding else ()
    for judgements in (
        [each.judgement for each in checked.views],
        [each.judgement for each in outcomes_of],
    ):
        if judgements and all(each.verdict is Verdict.met for each in judgements):
            return False
    return True
