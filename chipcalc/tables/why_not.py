"""What kept a chip out of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.lines import all_lines
from chipcalc.check.result import Checked, Finding
from chipcalc.errors import ChipcalcError, did_you_mean, error
from chipcalc.rules.case import Line
from chipcalc.tables.layout import broken as wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation
from chipcalc.words.check import NO_ADVICE, rule_notes
from chipcalc.words.explanation import Step
from chipcalc.words.outcomes import outcome_lines

_NAME_WIDTH = 22
_BECAUSE_WIDTH = 36


def why_not(found: Sequence[Checked], place: str) -> Report:
    """Return what kept chips out of a paragraph, or of one limb of it.

    Raises ChipcalcError for a place that no rule of the day has.
    """
    rows: list[Row] = []
    records: list[dict[str, str]] = []
    for checked in found:
        lines = _lines_of(checked, place)
        if not lines:
            raise _no_place(place, checked)
        for finding, line in lines:
            rows += _rows(finding, line, checked)
            records += _records(finding, line, checked)
    columns = (Column(""), Column("verdict"), Column("because"), Column("margin", "right"))
    data = {"schema": "chipcalc.why-not/1", "as_of": found[0].day.isoformat(), "reasons": records}
    return Report(
        columns,
        tuple(rows),
        lambda: data,
        lambda: records,
        title=f"Why not {place}, on {found[0].day}",
        notes=(*(each for each in rule_notes(found) if each), NO_ADVICE),
    )


def _rows(finding: Finding, line: Line, checked: Checked) -> Iterator[Row]:
    name = wrapped(checked.sheet.name, _NAME_WIDTH)
    place = wrapped(_place(finding, line), _NAME_WIDTH - 2, "  ")
    verdict = _verdict(finding, line)
    yield Row((f"{name}\n{place}", verdict.value))
    for step in _because(finding, line, checked):
        yield Row(
            ("", "", wrapped(_said(step), _BECAUSE_WIDTH), step.margin.replace(" to ", " to\n"))
        )
    if verdict is Verdict.unknown and finding.deciding:
        for each in outcome_lines(finding.deciding, checked.case, "not met"):
            yield Row(("", "", wrapped(each, _BECAUSE_WIDTH)))


def _records(finding: Finding, line: Line, checked: Checked) -> Iterator[dict[str, str]]:
    for step in _because(finding, line, checked):
        yield {
            "chip": checked.sheet.id,
            "cite": _place(finding, line),
            "verdict": _verdict(finding, line).value,
            "because": _said(step),
            "margin": step.margin,
        }


def _place(finding: Finding, line: Line) -> str:
    return line.cite or finding.provision.rule.paragraph


def _verdict(finding: Finding, line: Line) -> Verdict:
    return finding.verdict if line is finding.line else line.verdict


def _said(step: Step) -> str:
    return f"{step.about} {step.says}".strip()


def _lines_of(checked: Checked, place: str) -> list[tuple[Finding, Line]]:
    """Return the whole of a rule, by id or paragraph, or the limb of that name."""
    wanted = place.casefold()
    for finding in checked.findings:
        rule = finding.provision.rule
        if wanted in (rule.id, rule.paragraph.casefold()):
            return [(finding, finding.line)]
    return [
        (finding, line)
        for finding in checked.findings
        for line in all_lines(finding.line)
        if line.cite.casefold() == wanted
    ][:1]


def _no_place(place: str, checked: Checked) -> ChipcalcError:
    known = [each.provision.rule.paragraph for each in checked.findings]
    known += [line.cite for each in checked.findings for line in all_lines(each.line) if line.cite]
    hint = (
        did_you_mean(place, known)
        or f"known on {checked.day} are {', '.join(dict.fromkeys(known))}"
    )
    return error(f"no paragraph '{place}' is asked of {checked.sheet.name}", hint)


def _because(finding: Finding, line: Line, checked: Checked) -> Iterator[Step]:
    """Yield what gave a verdict: an exception, and the criteria, each with its limb.

    Where no criterion did, the views of a figure differ, or nothing depends on what is not known.
    """
    verdict = _verdict(finding, line)
    if verdict is Verdict.met:
        yield Step(0, verdict, f"{_place(finding, line)} is met")
    elif taken := explanation.taken_out(line, checked.case):
        yield Step(0, verdict, taken)
    criteria = list(line.decisive(verdict))
    for limb, each in criteria:
        step = explanation.step(each, checked.case)
        yield step._replace(about=" ".join(filter(None, (f"{limb}:" if limb else "", step.about))))
    if not criteria and line is finding.line:
        for reason in explanation.reasons(finding, checked.case):
            yield Step(0, verdict, reason)
