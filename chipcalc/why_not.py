"""What kept a chip out of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc import explanation
from chipcalc.case import Line
from chipcalc.check import Checked, Finding
from chipcalc.check_report import NO_ADVICE, rule_notes, wrapped
from chipcalc.errors import ChipcalcError, did_you_mean, error
from chipcalc.explanation import Step
from chipcalc.outcomes import outcome_lines
from chipcalc.report import Column, Report, Row
from chipcalc.verdict import Verdict


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
            name = line.cite or finding.provision.rule.paragraph
            verdict = finding.verdict if line is finding.line else line.verdict
            rows.append(Row((checked.sheet.name, name, verdict.value)))
            for step in _failing(line, verdict, checked):
                says = f"{step.about} {step.says}".strip()
                rows.append(Row(("", "", "", wrapped(says, 36), step.margin)))
                records.append(
                    {
                        "chip": checked.sheet.id,
                        "cite": name,
                        "verdict": verdict.value,
                        "because": says,
                        "margin": step.margin,
                    }
                )
            if verdict is Verdict.unknown and finding.deciding:
                lines_of = outcome_lines(finding.deciding, checked.case, "not met")
                rows += [Row(("", "", "", wrapped(each, 36))) for each in lines_of]
    columns = (
        Column(""),
        Column(""),
        Column("verdict"),
        Column("because"),
        Column("margin", "right"),
    )
    data = {"schema": "chipcalc.why-not/1", "as_of": found[0].day.isoformat(), "reasons": records}
    return Report(
        columns,
        tuple(rows),
        lambda: data,
        lambda: records,
        title=f"Why not {place}, on {found[0].day}",
        notes=(*(each for each in rule_notes(found) if each), NO_ADVICE),
    )


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
        for line in explanation.all_lines(finding.line)
        if line.cite.casefold() == wanted
    ][:1]


def _no_place(place: str, checked: Checked) -> ChipcalcError:
    known = [each.provision.rule.paragraph for each in checked.findings]
    known += [
        line.cite
        for each in checked.findings
        for line in explanation.all_lines(each.line)
        if line.cite
    ]
    hint = (
        did_you_mean(place, known)
        or f"known on {checked.day} are {', '.join(dict.fromkeys(known))}"
    )
    return error(f"no paragraph '{place}' is asked of {checked.sheet.name}", hint)


def _failing(line: Line, verdict: Verdict, checked: Checked) -> Iterator[Step]:
    """Yield the criteria that gave a verdict, each with its limb, in the order of the text."""
    for limb, each in line.decisive(verdict):
        step = explanation.step(each, checked.case)
        yield step._replace(about=" ".join(filter(None, (f"{limb}:" if limb else "", step.about))))
