"""A board or a system in words: what it contains, and which of its circuits gave an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.contents import leading
from chipcalc.check.result import Checked, Finding, Part
from chipcalc.errors import join_words
from chipcalc.sheets.sheet import Content
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation


def counted(part: Part | Content) -> str:
    """Return so many circuits of one kind: ``384 × Ascend 910C``."""
    return f"{part.number:,} × {part.sheet.name}"


def listed(parts: Sequence[Part | Content]) -> str:
    """Return all circuits of an item: ``2 × GB200 GPU and 1 × Grace CPU``."""
    return join_words(counted(each) for each in parts)


def because(checked: Checked) -> str:
    """Return which circuits gave the answer, to stand behind it; nothing for a single circuit.

    ``, because it contains 384 × Ascend 910C (3A090.a)``.
    """
    if not checked.circuits:
        return ""
    found = checked.classification
    lead = leading(checked.circuits, found)
    same = [each for each in checked.circuits if _alike(each, lead)]
    if found.verdict is Verdict.unknown:
        return f"; open: {listed(same)}"
    alone = lead.alone.classification.paragraph
    named = f"{listed(same)} ({alone})" if alone else listed(same)
    if found.verdict is Verdict.met and not found.residual:
        return f", because it contains {named}"
    return f"; it contains {named}"


def _alike(part: Part, lead: Part) -> bool:
    one, other = part.alone.classification, lead.alone.classification
    return (one.verdict, one.paragraph) == (other.verdict, other.paragraph)


def told_by(finding: Finding, checked: Checked) -> list[Part]:
    """Return the circuits for which a rule comes to what it says of the item."""
    return [each for each in checked.circuits if _verdict(finding, each) is finding.verdict]


def _verdict(finding: Finding, part: Part) -> Verdict | None:
    found = _own(finding, part)
    return found.verdict if found else None


def _own(finding: Finding, part: Part) -> Finding | None:
    same = (e for e in part.within.findings if e.provision.id == finding.provision.id)
    return next(same, None)


def reasons(finding: Finding, checked: Checked) -> list[str]:
    """Return what decided on a rule; for a board or a system by which circuits, and why."""
    if not checked.circuits:
        return explanation.reasons(finding, checked.case)
    if finding.provision.rule.residual and finding.verdict is not Verdict.met:
        controls = [e for e in checked.findings if e.provision.rule.is_control]
        first = next((e for e in controls if e.verdict is Verdict.met), None)
        if first:
            return [f"{first.provision.rule.paragraph} comes first"]
    parts = told_by(finding, checked)
    return list(_by_part(finding, parts, checked))


def _by_part(finding: Finding, parts: Sequence[Part], checked: Checked) -> Iterator[str]:
    """Yield each reason once, behind the circuits that it is about."""
    told: dict[str, list[Part]] = {}
    for part in parts:
        own = _own(finding, part)
        said = explanation.reasons(own, part.within.case) if own else []
        lead = said[0].partition(": ")[0] if said else ""
        lead = f"{lead}: " if lead in (finding.provision.rule.paragraph, *finding.cites) else ""
        told.setdefault(said[0].removeprefix(lead) if said else "", []).append(part)
    for why, same in told.items():
        named = listed(same) if len(checked.circuits) > 1 else ""
        yield ": ".join(filter(None, (named, why)))
