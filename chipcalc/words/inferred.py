"""What an answer rests on that no text says: how a rule reads a figure that an item cannot have."""

from __future__ import annotations

from chipcalc.check.lines import all_lines, uninferred
from chipcalc.check.result import Checked
from chipcalc.rules.criteria import Threshold
from chipcalc.words.explanation import absent


def inferred(checked: Checked) -> str:
    """Return why a figure that the controls compare counts as not met where there is none.

    The words are those of the rules; nothing where every figure exists, or no rule says so.
    """
    found: dict[str, None] = {}
    named = "" if checked.classification.residual else checked.classification.paragraph
    for finding in checked.findings:
        version = finding.provision.version
        if named and finding.provision.rule.paragraph != named:
            continue
        if not finding.provision.rule.is_control or uninferred(finding.line) is finding.verdict:
            continue
        for line in all_lines(finding.line):
            undefined = isinstance(line.node, Threshold) and absent(line) == "undefined"
            if undefined and isinstance(line.node, Threshold):
                why = version.where_undefined.get(line.node.of.name, "")
                found[why.rstrip(".")] = None
    return f"Inferred: {'; '.join(filter(None, found))}." if any(found) else ""
