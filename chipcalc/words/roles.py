"""The roles of verdicts: colour follows the consequence, and the word always stays."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.values.logic import Verdict
from chipcalc.words.line import Role

NOT_SETTLED = "not settled"
NO_PARAGRAPH = "no paragraph modelled"
NONE_ASKED = "none of those asked"
_CONTROLS: Mapping[Verdict, Role] = {
    Verdict.met: "stop",
    Verdict.not_met: "go",
    Verdict.unknown: "open",
}


def verdict_words(verdict: Verdict) -> str:
    """Return a verdict in words; a figure is unknown, a verdict is not settled."""
    return NOT_SETTLED if verdict is Verdict.unknown else verdict.value


def finding_role(finding: Finding) -> Role:
    """Return the role of what a rule says: of consequence where it is a control that is met."""
    if finding.provision.rule.is_control:
        return _CONTROLS[finding.verdict]
    return "open" if finding.verdict is Verdict.unknown else ""


def classification_role(checked: Checked) -> Role:
    """Return the role of a classification: controlled, presumed so, open, or neither."""
    if checked.presumption:
        return _CONTROLS[checked.presumption.verdict]
    if checked.classed is Classed.unknown:
        return "open"
    found = checked.classification
    return "stop" if found.verdict is Verdict.met and not found.residual else "go"
