"""What a check of one chip shows: its answer, what decides, what else there is, and its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.tables.criteria import PIECES, Told, reason_cells
from chipcalc.tables.outcomes import outcomes_of
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Part, Row, Screen, cell, is_lines
from chipcalc.values.logic import Verdict
from chipcalc.words import besides, explanation, pointers, provenance, release
from chipcalc.words.check import (
    NO_ADVICE,
    deciding,
    decisive,
    first_said,
    freshness,
    headline,
    limb,
    no_advice,
    standing,
    taken_as,
    title,
    views,
    warned,
)
from chipcalc.words.closest import decides, nearest
from chipcalc.words.commands import Question
from chipcalc.words.letters import is_guidance, meaning
from chipcalc.words.line import Block, TextLine, block, command
from chipcalc.words.roles import classification_role, finding_role
from chipcalc.words.what_if import to_suppose

_REASONS = 3
_FIRM = "in force"
NOTHING_SAID = TextLine(NO_ADVICE, role="faint")


def summary(checked: Checked, question: Question) -> Screen:
    """Return the answer for one chip on a screen."""
    circumstance = decisive(checked)
    near = nearest(checked)
    closest = f"Closest line: {near.says}" if near else ""
    second = decides(checked) if classification_role(checked) == "open" else closest
    parts: list[Part] = [*outcomes_of(checked), _deciding(checked), _besides(checked)]
    leads = pointers.look_at(checked) if pointers.is_said(checked) else ""
    other = block(leads, *besides.lines(checked))
    shown = [each for each in parts if _shows(each)]
    parts.append((TextLine(""), *other) if other and shown and is_lines(shown[-1]) else other)
    basis = block(
        *provenance.equations(checked),
        "" if circumstance else taken_as(checked),
        release.told(checked.sheet, checked.day),
        provenance.declared(checked),
        *freshness([checked]) if checked.findings else (),
    )
    if basis and parts[-1]:
        basis = (TextLine(""), *basis)
    parts += [basis, _last(checked, question)]
    head = block(*first_said(checked), headline(checked), circumstance, second, *warned(checked))
    return Screen(head, tuple(filter(_shows, parts)), whole=question.command("--all"))


def _shows(part: Part) -> bool:
    return bool(part.rows) if isinstance(part, Grid) else bool(part)


def _last(checked: Checked, question: Question) -> Block:
    """Return that this is no advice, with what can be asked next."""
    if not checked.findings:
        return (NOTHING_SAID,)
    proof = question.command("--explain")
    suppose = to_suppose(checked)
    if not suppose:
        return no_advice("Proof:", proof)
    first, given = no_advice("To suppose a value, and the proof:", question.command(*suppose))
    return (first, given, command(proof))


def _deciding(checked: Checked) -> Grid:
    """Return what decided on each paragraph, or what is not known of it."""
    findings = [each for each in checked.findings if besides.decides(each)]
    if outcomes_of(checked) and checked.classed is Classed.unknown:
        findings = [e for e in findings if e.verdict is not Verdict.unknown or not _classes(e)]
    told = Told()
    rows = [row for each in findings for row in _finding_rows(each, checked, told)]
    columns = [
        Column("Class", name="paragraph"),
        Column("", name="verdict"),
        Column("what decides", name="why"),
    ]
    words = len(columns)
    figures = slice(words, words + len(PIECES))
    if any(each.parts for row in rows for each in row.cells[figures]):
        return _with_standing([*columns, *PIECES], rows, "standing", "deciding")
    rows = [row._replace(cells=row.cells[:words] + row.cells[figures.stop :]) for row in rows]
    return _with_standing(columns, rows, "standing", "deciding")


def _with_standing(columns: Sequence[Column], rows: Sequence[Row], title: str, kind: str) -> Grid:
    """Return a table whose last column says how firm texts are, where any is not in force."""
    width = len(columns)
    if any(each.cells[width:] and each.cells[width].parts for each in rows):
        return Grid((*columns, Column(title, name="standing")), tuple(rows), kind)
    kept = (each._replace(cells=each.cells[:width]) for each in rows)
    return Grid(tuple(columns), tuple(kept), kind)


def _classes(finding: Finding) -> bool:
    return finding.provision.rule.kind == CLASSIFICATION


def _finding_rows(finding: Finding, checked: Checked, told: Told) -> Iterator[Row]:
    """Yield a row a reason, the first of them behind the paragraph and its verdict."""
    paragraph = finding.provision.rule.paragraph
    role = finding_role(finding)
    head = [cell(paragraph), cell(explanation.verdict(finding, checked.case), role=role)]
    reasons = explanation.decided(finding, checked.case)
    if finding.straddles and checked.straddles:
        reasons = reasons[1:]  # the views stand above the answer
    firm = _firmness(finding)
    for each in reasons[:_REASONS]:
        cells = reason_cells(each, checked, told, limb(each.limb, paragraph))
        missing = [NOTHING] * (1 + len(PIECES) - len(cells))
        yield Row((*head, *cells, *missing, firm))
        head, firm = [NOTHING, NOTHING], NOTHING
    if len(reasons) > _REASONS:
        yield Row((NOTHING, NOTHING, cell(f"and {len(reasons) - _REASONS} more")), minor=True)
    if not reasons:
        missing = [NOTHING] * (1 + len(PIECES))
        yield Row((*head, *missing, firm))


def _besides(checked: Checked) -> Grid:
    """Return what reaches the chip besides its classification, or may, each with one reason."""
    findings = besides.told(checked)
    columns = [Column("", name="rule"), Column("", name="verdict"), Column("", name="why")]
    rows = [Row((*_besides_cells(each, checked), _firmness(each))) for each in findings]
    head = [Row((cell("Besides the classification"),), heading=True)] if rows else []
    return _with_standing(columns, [*head, *rows], "", "besides")


def _firmness(finding: Finding) -> Cell:
    """Return how firm a text is; nothing for one that is in force, and was read."""
    firm = standing(finding.provision)
    return NOTHING if firm == _FIRM else cell(firm)


def _besides_cells(finding: Finding, checked: Checked) -> Sequence[Cell]:
    reasons = explanation.reasons(finding, checked.case)
    if is_guidance(finding):
        reasons = [meaning(finding, checked)]
    return (
        cell(finding.provision.rule.paragraph, level=1),
        cell(explanation.verdict(finding, checked.case), role=finding_role(finding)),
        cell(*reasons[:1]),
    )


def everything(checked: Checked) -> Screen:
    """Return every rule with every reason, below the same answer."""
    rows = []
    for kind, findings in checked.by_kind():
        rows.append(Row((cell(kind.capitalize()),), heading=True))
        rows += [_whole_row(each, checked) for each in findings]
    columns = (
        Column("", name="rule"),
        Column("verdict"),
        Column("what decides", name="why"),
        Column("standing", name="standing"),
    )
    told = block(release.told(checked.sheet, checked.day))
    blocks = (told, provenance.inputs(checked), deciding(checked), views(checked))
    return Screen(
        title=title(checked),
        parts=(
            Grid(columns if rows else (), tuple(rows), "check"),
            *filter(None, (block(*each) for each in blocks)),
        ),
    )


def _whole_row(finding: Finding, checked: Checked) -> Row:
    return Row(
        (
            cell(finding.provision.rule.paragraph, level=1),
            cell(explanation.verdict(finding, checked.case), role=finding_role(finding)),
            cell(*explanation.reasons(finding, checked.case)),
            cell(standing(finding.provision)),
        )
    )
