"""The short proof of an answer: each figure once, each criterion once, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chipcalc.check.result import Checked, Finding
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure, Key
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Combined
from chipcalc.tables import contents
from chipcalc.tables.check import NOTHING_SAID
from chipcalc.tables.criteria import Told, about
from chipcalc.tables.outcomes import outcomes_of
from chipcalc.tables.report import NOTHING, Column, Grid, Part, Row, Screen, cell
from chipcalc.words import explanation, labels, proof, provenance, release, tree
from chipcalc.words.check import (
    decisive,
    first_said,
    freshness,
    headline,
    limb,
    no_advice,
    taken_as,
    views,
    warned,
)
from chipcalc.words.closest import decides
from chipcalc.words.commands import Question
from chipcalc.words.comparisons import compared
from chipcalc.words.explanation import Step
from chipcalc.words.figures import amount, equals, origins
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
_BESIDE = 26  # signs


def short(found: Sequence[Checked], question: Question) -> Screen:
    """Return the short proof of each answer, and the command for all the rest."""
    parts: list[Part] = []
    for number, checked in enumerate(found):
        if number:
            parts.append((TextLine(""), *_title(checked)))
        parts += _proof(checked)
    parts.append(block(*freshness(found)))
    more = question.command("--explain", "--all")
    if any(each.findings for each in found):
        parts.append(no_advice(proof.left_out(found), more))
    else:
        parts.append((NOTHING_SAID,))
    kept = tuple(each for each in parts if each and not (isinstance(each, Grid) and not each.rows))
    names = tuple(each.sheet.name for each in found)
    return Screen(_title(found[0]), kept, names, more)


def _title(checked: Checked) -> tuple[TextLine, ...]:
    said = (decisive(checked) or "", decides(checked), *warned(checked))
    return block(*first_said(checked), headline(checked), *said)


def _proof(checked: Checked) -> list[Part]:
    if checked.circuits:
        return _of_circuits(checked)
    told = proof.proved(checked)
    return [
        _figures(checked, told),
        criteria(checked, told),
        *outcomes_of(checked),
        () if checked.straddles else block(*views(checked)),
        block(*proof.exceptions(told, checked), *proof.resting(checked)),
        block(
            "" if decisive(checked) else taken_as(checked),
            release.told(checked.sheet, checked.day),
        ),
        block(*proof.law(told)),
    ]


def _of_circuits(checked: Checked) -> list[Part]:
    """Return what the circuits of an item come to together, and the proof of each of them."""
    found: list[Part] = [contents.item(checked), block(*contents.taken(checked))]
    for each in checked.circuits:
        found += [(TextLine(""), *_title(each.alone)), *_proof(each.alone)]
    return found


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
    known = provenance.used(told)
    rows = [row for each in known.items() for row in _figure_rows(*each, known, checked)]
    return Grid(columns, tuple(rows), "proved")


def _figure_rows(
    name: Key, figure: Figure, known: Mapping[Key, Figure], checked: Checked
) -> Iterator[Row]:
    """Yield a figure with what it is made of, and below it what comes to the same."""
    vocabulary = checked.case.evaluator.vocabulary
    dies = provenance.dies_of(name[0], checked)
    how = provenance.equation(figure, known, checked) if figure.derived else dies
    equation, origin, same = f"= {how}" if how else "", origins(figure), equals(figure)
    yield Row(
        (
            cell(labels.brief(name, vocabulary)),
            cell(amount(figure)),
            cell(labels.unit_text(name, figure.value.unit, vocabulary)),
            cell(_if_short(equation)),
            cell(provenance.firmness(figure, checked)),
            cell(_if_short(origin)),
        )
    )
    equal = f"equal for {join_words(same)}" if same else ""
    for each in (equation, equal, origin):
        if each and (each == equal or not _if_short(each)):
            yield Row((cell(each, level=2, role="faint"),), heading=True)


def _if_short(words: str) -> str:
    """Return words that find room beside a figure; longer ones stand below it."""
    return words if len(words) <= _BESIDE else ""


def criteria(checked: Checked, told: Sequence[Finding]) -> Grid:
    """Return every criterion of some rules: what is asked, what is there, and whether it holds."""
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
    decided = explanation.decided(finding, checked.case)[:1]
    decider = decided[0].line if decided else None
    line = proof.body(finding)
    for place, step in _placed(line, tree.steps(line, checked.case, shown), paragraph):
        yield _step_row(step, checked, place, names, decides=step.line is decider)


_JOINTS = {"all": "and", "any": "or"}


def _placed(line: Line, steps: Iterable[Step], paragraph: str) -> Iterator[tuple[str, Step]]:
    """Yield each step with what stands before it: the limb that it begins, or how it goes on.

    A limb has no row of its own: it stands before the first of its criteria.
    """
    joints = {0: _joint(line)}
    begun: set[int] = set()
    limb_of = ""
    for step in steps:
        group = step.line is not None and isinstance(step.line.node, Combined)
        cite = step.line.cite if step.line is not None else ""
        joint = joints.get(step.depth, "") if step.depth in begun else ""
        begun = {each for each in begun if each < step.depth} | {step.depth}
        if group and step.line is not None:
            joints[step.depth + 1] = _joint(step.line)
        if cite:
            limb_of = limb(cite, paragraph)
            continue
        yield " ".join(filter(None, (joint, limb_of))), step
        limb_of = ""


def _joint(line: Line) -> str:
    """Return the word between the parts of a group; none between limbs."""
    node = line.node
    if not isinstance(node, Combined) or any(each.cite for each in line.parts):
        return ""
    return _JOINTS[node.how]


def _step_row(step: Step, checked: Checked, place: str, names: Told, *, decides: bool) -> Row:
    line, mark = step.line, step.mark
    level = step.depth + (place in ("", *_JOINTS.values()) and step.depth > 0) or 1
    no = cell(mark, role="strong" if decides and mark == "no" else "")
    found = compared(line, checked.case.evaluator.vocabulary) if line else None
    if found and line:
        words = about(found, line, checked, names, place)
        near = cell(found.margin, role="strong" if found.near else "")
        value = cell(found.value, role="" if found.known else "missing")
        return Row(
            (cell(words, level=level), cell(found.asked), cell(found.limit), value, no, near)
        )
    words = " ".join(filter(None, (place, step.about, step.says)))
    return Row((cell(words, level=level), NOTHING, NOTHING, NOTHING, no))
