"""Where a pointer leads, in words: which paragraph of which entry to look at first."""

from __future__ import annotations

from chipcalc.check.result import Checked, Finding
from chipcalc.rules.pointed import Pointed, pointed
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels


def leads_to(finding: Finding, checked: Checked) -> list[Pointed]:
    """Return where a pointer that is met leads; nothing for any other rule."""
    if finding.verdict is not Verdict.met:
        return []
    return list(pointed(finding.provision, finding.cites, checked.case))


def look_at(checked: Checked) -> str:
    """Return which paragraphs the pointers lead to, and when each is the one.

    ``Look first at 5A002.z for encryption that 5A002 describes; at 5A992.z.1 for …``.
    """
    vocabulary = checked.case.evaluator.vocabulary
    found = [each for finding in checked.findings for each in leads_to(finding, checked)]
    said = [_said(each, vocabulary, alone=len(found) == 1) for each in found]
    return f"Look first at {'; at '.join(said)}" if said else ""


def _said(each: Pointed, vocabulary: Vocabulary, *, alone: bool) -> str:
    needs = [
        " or ".join(labels.said(node.name, value, vocabulary) for value in node.values)
        for node in each.needs
    ]
    when = f" for {' and '.join(needs)}" if needs else ""
    return each.paragraph + when + (f"; ask {each.ask}" if each.ask and alone else "")


def is_said(checked: Checked) -> bool:
    """Whether anybody said what the pointers ask for, or the item is more than a circuit."""
    names = {
        name
        for finding in checked.findings
        for entry in finding.provision.version.points_to
        for name in entry.when
    }
    return any(checked.case.given.get(name) for name in names)


def agrees(eccn: str, checked: Checked) -> str:
    """Return how the class that a vendor declares goes with where the pointers lead."""
    entry = eccn.partition(" ")[0].partition(".z")
    if not entry[1]:
        return ""
    for finding in checked.findings:
        for each in leads_to(finding, checked):
            if each.paragraph.startswith(f"{entry[0]}{entry[1]}"):
                own = checked.classification.paragraph
                return f"the .z paragraph of {entry[0]}, which comes before {own}"
    return ""
