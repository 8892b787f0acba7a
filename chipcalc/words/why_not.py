"""What kept a chip out of a paragraph, in words, and which paragraphs can be asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.lines import all_lines
from chipcalc.check.result import Checked, Finding
from chipcalc.errors import ChipcalcError, unknown
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Threshold
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, supposed
from chipcalc.words.explanation import Step


class Asked(NamedTuple):
    """A chip asked about a rule, or about one limb of it."""

    checked: Checked
    finding: Finding
    line: Line

    @property
    def place(self) -> str:
        """The limb, or else the paragraph."""
        return self.line.cite or self.finding.provision.rule.paragraph

    @property
    def verdict(self) -> Verdict:
        """What is said of the place."""
        whole = self.line is self.finding.line
        return self.finding.verdict if whole else self.line.verdict


def asked(found: Sequence[Checked], place: str) -> list[Asked]:
    """Return chips with the rule of an id or paragraph, or with the limb of that name.

    Raises ChipcalcError for a place that no rule of the day has.
    """
    return [_asked(each, place) for each in found]


def _asked(checked: Checked, place: str) -> Asked:
    wanted = place.casefold()
    for finding in checked.findings:
        rule = finding.provision.rule
        if wanted in (rule.id, rule.paragraph.casefold()):
            return Asked(checked, finding, finding.line)
    for finding in checked.findings:
        for line in all_lines(finding.line):
            if line.cite.casefold() == wanted:
                return Asked(checked, finding, line)
    raise _no_place(place, checked)


def _no_place(place: str, checked: Checked) -> ChipcalcError:
    known = [each.provision.rule.paragraph for each in checked.findings]
    known += [line.cite for each in checked.findings for line in all_lines(each.line) if line.cite]
    what = f"no paragraph '{place}' is asked of {checked.sheet.name}"
    listed = f"known on {checked.day} are {', '.join(dict.fromkeys(known))}"
    return unknown(what, place, known, ("paragraphs", "asked"), listed)


def because(asked: Asked) -> Iterator[Step]:
    """Yield what gave a verdict: an exception, and the criteria, each with its limb.

    Where no criterion did, the views of a figure differ, or nothing depends on what is not known.
    """
    for limb, step in reasons(asked):
        about = " ".join(filter(None, (f"{limb}:" if limb else "", step.about)))
        says = step.says
        if step.line is not None and isinstance(step.line.node, Threshold):
            says = supposed.marked(says, step.line, asked.checked.case)
        yield step._replace(about=about, says=says)


def reasons(asked: Asked) -> Iterator[tuple[str, Step]]:
    """Yield what gave a verdict, each reason with the limb that it stands in, if any."""
    checked, finding, line = asked
    verdict = asked.verdict
    if verdict is Verdict.met:
        says = f"{asked.place} is met"
        yield "", Step(0, verdict, supposed.marked(says, line, checked.case))
    elif taken := explanation.taken_out(line, checked.case):
        yield "", Step(0, verdict, supposed.marked(taken, line, checked.case))
    criteria = list(line.decisive(verdict))
    for limb, each in criteria:
        yield limb, explanation.step(each, checked.case)
    if not criteria and line is finding.line:
        for reason in explanation.reasons(finding, checked.case):
            yield "", Step(0, verdict, reason)


def said(step: Step) -> str:
    """Return a reason in one line, without its margin."""
    return f"{step.about} {step.says}".strip()
