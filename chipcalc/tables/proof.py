"""The short proof of an answer: each figure once, each criterion once, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check import lines as check_lines
from chipcalc.check.result import Checked, Finding
from chipcalc.figures.figure import Figure
from chipcalc.rules.criteria import Combined
from chipcalc.tables.check import NOTHING_SAID
from chipcalc.tables.criteria import Told, about
from chipcalc.tables.outcomes import outcomes_of
from chipcalc.tables.report import NOTHING, Column, Grid, Part, Row, Screen, cell
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, labels, proof, provenance
from chipcalc.words.check import (
    decisive,
    first_said,
    freshness,
    headline,
    limb,
    no_advice,
    taken_as,
    views,
)
from chipcalc.words.closest import decides
from chipcalc.words.commands import Question
from chipcalc.words.comparisons import compared
from chipcalc.words.explanation import MARKS, Step
from chipcalc.words.figures import equals, origins
from chipcalc.words.line import TextLine, block
from chipcalc.words.roles import finding_role, verdict_words

_CRITERIA = (
    Column("", name="place"),
    Column("", name="sign"),
    Column("line", "decimal", name="limit"),
    Column("here", "decimal", name="value"),
    Column("", name="mark"),
    Column("margin %", "decimal", name="margin"),
)
_MARKS = {**MARKS, Verdict.unknown: "open"}


def short(found: Sequence[Checked], question: Question) -> Screen:
    """Return the short proof of each answer, and the command for all the rest."""
    parts: list[Part] = []
    for number, checked in enumerate(found):
        if number:
            parts.append(_title(checked))
        parts += _proof(checked)
    parts.append(block(*freshness(found)))
    more = question.command("--explain", "--all")
    if any(each.findings for each in found):
        rest = proof.left_out(found)
        parts.append(block(rest) if rest else ())
        parts.append(no_advice("Everything, with all sources:", more))
    else:
        parts.append((NOTHING_SAID,))
    kept = tuple(each for each in parts if each and not (isinstance(each, Grid) and not each.rows))
    names = tuple(each.sheet.name for each in found)
    return Screen(_title(found[0]), kept, names, more)


def _title(checked: Checked) -> tuple[TextLine, ...]:
    return block(
        *first_said(checked), headline(checked), decisive(checked) or "", decides(checked)
    )


def _proof(checked: Checked) -> list[Part]:
    told = proof.proved(checked)
    return [
        _figures(checked, told),
        _criteria(checked, told),
        *outcomes_of(checked),
        block(*views(checked)),
        block(*proof.exceptions(told, checked), *proof.resting(checked)),
        block("" if decisive(checked) else taken_as(checked), provenance.declared(checked)),
        block(*proof.law(told)),
    ]


def _figures(checked: Checked, told: Sequence[Finding]) -> Grid:
    """Return the figures that the criteria compare, each with what it is made of."""
    columns = (
        Column("", name="figure"),
        Column("", "decimal", name="value"),
        Column("", name="unit"),
        Column("", name="how"),
        Column("", name="status"),
        Column("", name="origin"),
    )
    rows = [
        _figure_row(name, figure, known, checked)
        for known in [provenance.used(told)]
        for name, figure in known.items()
    ]
    return Grid(columns, tuple(rows), "proved")


def _figure_row(
    name: check_lines.Key, figure: Figure, known: dict[check_lines.Key, Figure], checked: Checked
) -> Row:
    vocabulary = checked.case.evaluator.vocabulary
    unit = labels.unit_text(name, figure.value.unit, vocabulary)
    how = f"= {provenance.equation(figure, known, checked)}" if figure.derived else ""
    same = equals(figure)
    dies = provenance.dies_of(name[0], checked)
    return Row(
        (
            cell(labels.brief(name, vocabulary)),
            cell(provenance.amount(figure)),
            cell("" if unit == "1" else unit),
            cell(how, f"= {dies}" if dies else "", f"equal for {explanation.join_words(same)}" if same else ""),
            cell(provenance.firmness(figure, checked)),
            cell(origins(figure)),
        )
    )


def _criteria(checked: Checked, told: Sequence[Finding]) -> Grid:
    names = Told()
    rows = [row for each in told for row in _finding(each, checked, told, names)]
    return Grid(_CRITERIA, tuple(rows), "criteria")


def _finding(
    finding: Finding, checked: Checked, told: Sequence[Finding], names: Told
) -> Iterator[Row]:
    paragraph = finding.provision.rule.paragraph
    head = f"{paragraph}  {verdict_words(finding.verdict)}   {proof.since(finding)}"
    yield Row((cell(head, role=finding_role(finding)),), heading=True)
    shown = {each.provision.id for each in told} - {finding.provision.id}
    place = ""
    nearest = explanation.decided(finding, checked.case)[:1]
    decider = nearest[0].line if nearest else None
    for step in explanation.steps(proof.body(finding), checked.case, shown):
        line = step.line
        if line is not None and isinstance(line.node, Combined) and line.node.cite:
            place = limb(line.node.cite, paragraph)
            continue
        row = _step_row(step, checked, place, names, decides=line is decider)
        if row:
            yield row
            place = ""


def _step_row(
    step: Step, checked: Checked, place: str, names: Told, *, decides: bool
) -> Row | None:
    line, mark = step.line, _MARKS[step.verdict]
    found = compared(line, checked.case.evaluator.vocabulary) if line else None
    if found and line:
        words = about(found, line, checked, names, place)
        no = cell(mark, role="strong") if decides and mark == "no" else cell(mark)
        margin = cell(found.margin, role="strong" if found.near else "") if found.margin else NOTHING
        value = cell(found.value, role="" if found.known else "missing")
        return Row((cell(words, level=1), cell(found.asked), cell(found.limit), value, no, margin))
    if line is not None and isinstance(line.node, Combined):
        return None
    words = " ".join(filter(None, (place, step.about, step.says)))
    return Row((cell(words, level=1), NOTHING, NOTHING, NOTHING, cell(mark)))
