"""What a check of a board or a system shows: its answer, its circuits, then the item itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Classed, Finding, Part
from chipcalc.tables import check
from chipcalc.tables.outcomes import outcomes_of
from chipcalc.tables.report import Cell, Column, Grid, Row, Screen, cell, is_lines
from chipcalc.tables.report import Part as Shown
from chipcalc.words import besides, contents, explanation, outcomes, pointers, provenance, release
from chipcalc.words.check import classed, freshness, headline, limb, no_advice, standing, taken_as
from chipcalc.words.closest import nearest
from chipcalc.words.commands import Question
from chipcalc.words.line import TextLine, block, deeper
from chipcalc.words.roles import classification_role, finding_role, verdict_words

_FIRM = "in force"


def summary(checked: Checked, question: Question) -> Screen:
    """Return the answer for a board or a system on a screen."""
    shown: list[Shown] = [_circuits(checked), *_open(checked), item(checked), _besides(checked)]
    shown.append(block(pointers.look_at(checked), *besides.lines(checked)))
    shown.append(block(*_basis(checked)))
    proof = no_advice("Proof:", question.command("--explain"))
    shown.append(block(*taken(checked), *freshness([checked]), *proof))
    names = tuple(dict.fromkeys(each.sheet.name for each in checked.circuits))
    kept = tuple(each for each in shown if not isinstance(each, Grid) or each.rows)
    parts = _apart([each for each in kept if each])
    return Screen(block(headline(checked)), parts, names, question.command("--all"))


def everything(checked: Checked) -> Screen:
    """Return every rule with every reason, of the item and of each of its circuits."""
    rows: list[Row] = []
    for kind, findings in checked.by_kind():
        rows.append(Row((cell(kind.capitalize()),), heading=True))
        rows += [_row(each, checked, 1) for each in findings]
    columns = (
        Column("", name="rule"),
        Column("verdict"),
        Column("what decides", name="why"),
        Column("standing", name="standing"),
    )
    shown: list[Shown] = [_circuits(checked), Grid(columns, tuple(rows), "check")]
    for part in checked.circuits:
        inner = check.everything(part.alone)
        shown += [(TextLine(""), *inner.title), *inner.parts]
    names = tuple(dict.fromkeys(each.sheet.name for each in checked.circuits))
    return Screen(block(headline(checked), *taken(checked)), tuple(shown), names)


def _apart(parts: Sequence[Shown]) -> tuple[Shown, ...]:
    """Return parts in which a block does not follow another without an empty line."""
    found: list[Shown] = []
    for each in parts:
        follows = found and is_lines(found[-1]) and is_lines(each)
        found.append((TextLine(""), *each) if follows and is_lines(each) else each)
    return tuple(found)


def taken(checked: Checked) -> Iterator[str]:
    """Yield under which circumstances the item was asked, and what its sheet may leave out."""
    yield taken_as(checked)
    yield release.told(checked.sheet, checked.day)
    yield "Circuits that are not listed were not asked"
    eccn = checked.sheet.chip.declared.eccn
    goes = pointers.agrees(eccn.value, checked) if eccn else ""
    yield f"{provenance.declared(checked)}{f': {goes}' if goes else ''}"


def _circuits(checked: Checked) -> Grid:
    """Return the circuits, each with its classification and what decides on it."""
    columns = (
        Column("Circuits", name="circuit"),
        Column("number", "right", name="count"),
        Column("class", name="classification"),
        Column("what decides", name="why"),
    )
    return Grid(columns, tuple(map(_circuit, checked.circuits)), "circuits")


def _circuit(part: Part) -> Row:
    alone = part.alone
    role = classification_role(alone)
    return Row(
        (
            cell(part.sheet.name),
            cell(f"{part.number:,}"),
            cell(classed(alone), role="" if role == "go" else role),
            cell(*decided(alone)),
        )
    )


def decided(alone: Checked) -> list[str]:
    """Return in a few words what decides on one circuit."""
    if alone.classed is Classed.unknown:
        return outcomes.unknowns(alone.decides, alone.case) if alone.decides else []
    paragraph = alone.classification.paragraph
    for finding in alone.findings:
        rule = finding.provision.rule
        if rule.paragraph == paragraph and not rule.residual:
            first = explanation.decided(finding, alone.case)[:1]
            return [_in_short(each.limb, each.says, paragraph) for each in first]
    near = nearest(alone)
    return [near.says] if near else []


def _in_short(place: str, says: str, paragraph: str) -> str:
    """Return a reason behind its limb: ``a.1: TPP 36,000 ≥ 4,800``."""
    return ": ".join(filter(None, (limb(place, paragraph), says)))


def _open(checked: Checked) -> Iterator[Shown]:
    """Yield, for each circuit that leaves the answer open, what its values lead to."""
    if checked.classed is not Classed.unknown:
        return
    for part in checked.circuits:
        found = outcomes_of(part.alone) if part.alone.classed is Classed.unknown else []
        if found:
            yield block(f"{part.sheet.name}:")
            yield from found


def item(checked: Checked) -> Grid:
    """Return what the paragraphs about boards and systems say of the item."""
    found = [each for each in checked.findings if besides.decides(each)]
    columns = (
        Column("Item", name="paragraph"),
        Column("", name="verdict"),
        Column("what decides", name="why"),
        Column("standing", name="standing"),
    )
    return _firm(columns, [_row(each, checked) for each in found], "item")


def _besides(checked: Checked) -> Grid:
    columns = tuple(Column("", name=name) for name in ("rule", "verdict", "why", "standing"))
    rows = [_row(each, checked, 1) for each in besides.told(checked)]
    head = [Row((cell("Besides the classification"),), heading=True)] if rows else []
    return _firm(columns, [*head, *rows], "besides")


def _row(finding: Finding, checked: Checked, level: int = 0) -> Row:
    firm = standing(finding.provision)
    cells: tuple[Cell, ...] = (
        cell(finding.provision.rule.paragraph, level=level),
        cell(verdict_words(finding.verdict), role=finding_role(finding)),
        cell(*contents.reasons(finding, checked)),
        cell("" if firm == _FIRM else firm),
    )
    return Row(cells)


def _firm(columns: Sequence[Column], rows: Sequence[Row], kind: str) -> Grid:
    """Return a table whose last column is there where some text is not simply in force."""
    width = len(columns) - 1
    if any(each.cells[width:] and each.cells[width].parts for each in rows):
        return Grid(tuple(columns), tuple(rows), kind)
    kept = tuple(each._replace(cells=each.cells[:width]) for each in rows)
    return Grid(tuple(columns[:width]), kept, kind)


def _basis(checked: Checked) -> Iterator[TextLine]:
    """Yield the figures of the circuits, each as it comes about."""
    for part in checked.circuits:
        lines = list(provenance.equations(part.alone))
        if lines:
            yield TextLine(f"Each {part.sheet.name}:")
            yield from deeper(lines)
