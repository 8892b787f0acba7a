"""What an item is that falls under no control: what remains below by its name, or nothing."""

from __future__ import annotations

from chipcalc.check.result import Checked, Finding
from chipcalc.rules.criteria import Unless
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict
from chipcalc.words.roles import NO_PARAGRAPH, NONE_ASKED


def otherwise(checked: Checked) -> str:
    """Return what an item is that falls under no control: by name where a paragraph remains.

    Where what is open is that paragraph alone, nothing modelled remains below it.
    """
    if not any(
        e.provision.rule.is_control and e.verdict is Verdict.unknown for e in checked.findings
    ):
        return nothing(checked)
    remains = [each for each in checked.findings if each.provision.rule.residual]
    for finding in remains:
        line = finding.line
        body = line.parts[0] if isinstance(line.node, Unless) else line
        if body.verdict is Verdict.met:
            return finding.provision.rule.paragraph
        if body.verdict is Verdict.unknown:
            return f"{finding.provision.rule.paragraph} or {nothing(checked)}"
    return nothing(checked)


def nothing(checked: Checked) -> str:
    """Return what is said of an item under no paragraph: modelled, or asked where that is less.

    Where a regime has words for it, they count.
    """
    case = checked.case
    asked = {each.provision.id for each in checked.findings}
    every = (each for each in case.provisions.values() if each.rule.kind == CLASSIFICATION)
    left = [e for e in every if e.id not in asked and case.scope(e) is not Verdict.not_met]
    return NONE_ASKED if left else unlisted(checked)


def unlisted(checked: Checked) -> str:
    """Return what an item is called that is in no paragraph, in the words of the regime."""
    says = checked.regime.says if checked.regime else None
    return says.not_listed if says else NO_PARAGRAPH


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
    every value of what is not known, leads to some paragraph; of several circuits each counts.
    """
    if checked.circuits:
        return all(may_be_none(each.alone) for each in checked.circuits)
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
