"""What rules say besides the classification: in rows where it reaches a chip, else in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chipcalc.check.lines import is_addressed
from chipcalc.check.result import Checked, Finding
from chipcalc.rules.rule import CLASSIFICATION, GUIDANCE
from chipcalc.values.logic import Verdict
from chipcalc.words.line import TextLine

_PROPOSED = "proposed"
_FIRM = ("in force", _PROPOSED)


def decides(finding: Finding) -> bool:
    """Whether a rule classifies, or is one of the user's own controls."""
    rule = finding.provision.rule
    return rule.kind == CLASSIFICATION or rule.is_control


def _others(checked: Checked) -> Iterator[Finding]:
    for each in checked.findings:
        if not decides(each):
            yield each


def _is_proposed(finding: Finding) -> bool:
    return finding.provision.version.standing == _PROPOSED


def follows(finding: Finding, checked: Checked) -> bool:
    """Whether a rule is not settled for nothing else than what leaves the classification open."""
    open_, mine = checked.deciding, finding.deciding
    always = finding.provision.rule.kind == GUIDANCE
    if finding.verdict is not Verdict.unknown or not open_ or not mine or always:
        return False
    return {*mine.metrics} <= {*open_.metrics} and {*mine.circumstances} <= {*open_.circumstances}


def told(checked: Checked) -> list[Finding]:
    """Return what reaches the chip or may, apart from proposals and what follows from the rest."""
    return [
        each
        for each in _others(checked)
        if each.verdict is not Verdict.not_met
        and not _is_proposed(each)
        and not follows(each, checked)
    ]


def lines(checked: Checked) -> Iterator[TextLine]:
    """Yield in a line each: what follows the answer, what bills would do, what is not met.

    A letter to another maker is nothing to say of a chip.
    """
    others = list(_others(checked))
    proposed = [each for each in others if _is_proposed(each) and not follows(each, checked)]
    yield from _line("Follow it: ", (each for each in others if follows(each, checked)))
    yield from _line("Proposed, would cover it: ", _with(proposed, Verdict.met))
    yield from _line("Proposed, not settled: ", _with(proposed, Verdict.unknown))
    unmet = _with(others, Verdict.not_met)
    yield from _line("Not met: ", (each for each in unmet if is_addressed(each.line)))


def _with(found: Iterable[Finding], verdict: Verdict) -> list[Finding]:
    return [each for each in found if each.verdict is verdict]


def _line(lead: str, found: Iterable[Finding]) -> Iterator[TextLine]:
    names = [_named(each) for each in found]
    if names:
        between = "; " if any("," in each for each in names) else ", "
        yield TextLine(lead + between.join(names))


def _named(finding: Finding) -> str:
    """Return the name of a rule, with how firm it is where that is not to be expected."""
    firm = finding.provision.version.standing
    return finding.provision.rule.paragraph + ("" if firm in _FIRM else f" ({firm})")
