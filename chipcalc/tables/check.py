"""What a check shows: one chip rule by rule, or many chips side by side."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.check.lines import all_lines, compared_key
from chipcalc.check.result import Checked, Finding
from chipcalc.figures.figure import Figure, Key
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rule import POLICY
from chipcalc.tables.report import Column, Grid, Row, Screen, cell
from chipcalc.words import explanation, figures, labels, provenance
from chipcalc.words.check import (
    deciding,
    first_said,
    is_control,
    named,
    nearest,
    standing,
    title,
    views,
)
from chipcalc.words.line import block, deeper

_REASONS = 3


def summary(found: Sequence[Checked]) -> Screen:
    """Return one chip rule by rule, or several chips side by side."""
    return _one(found[0]) if len(found) == 1 else _many(found)


def _one(checked: Checked) -> Screen:
    rows = []
    for kind, findings in checked.by_kind():
        rows.append(Row((cell(kind.capitalize()),), heading=True))
        rows += [_finding_row(each, checked) for each in findings]
    columns = (
        Column("", name="rule"),
        Column("verdict"),
        Column("what decides", name="why"),
        Column("standing", name="standing"),
    )
    blocks = (provenance.inputs(checked), deciding(checked), views(checked))
    below = tuple(block(*each) for each in blocks)
    shown = columns if rows else ()
    return Screen(
        title=title(checked),
        parts=(
            Grid(shown, tuple(rows), "check"),
            *below,
        ),
    )


def _finding_row(finding: Finding, checked: Checked) -> Row:
    why = explanation.reasons(finding, checked.case)
    more = [f"and {len(why) - _REASONS} more"] if len(why) > _REASONS else []
    return Row(
        (
            cell(finding.provision.rule.paragraph, level=1),
            cell(finding.verdict.value),
            cell(*why[:_REASONS], *more),
            cell(standing(finding.provision)),
        )
    )


def _many(found: Sequence[Checked]) -> Screen:
    vocabulary = found[0].case.evaluator.vocabulary
    metrics = list(
        dict.fromkeys(
            compared_key(node)
            for checked in found
            for finding in checked.findings
            if is_control(finding)
            for line in all_lines(finding.line)
            if isinstance(node := line.node, Threshold)
        )
    )
    titles = [labels.brief(each, vocabulary) for each in metrics]
    columns = [Column("chip", name="chip")]
    columns += [Column(each, "right", group, "metric") for group, each in enumerate(titles, 1)]
    columns += [Column("classification", group=len(metrics) + 1, name="classification")]
    columns += [Column("nearest line", "right", len(metrics) + 2, "nearest")]
    rows = [_chip_row(each, metrics) for each in found]
    said = [(each.sheet.name, [*first_said(each), *deciding(each)]) for each in found]
    below = tuple(block(name, *deeper(lines)) for name, lines in said if lines)
    head = block(f"Export thresholds on {found[0].day}")
    return Screen(
        title=head,
        parts=(
            Grid(tuple(columns), tuple(rows), "checks"),
            *below,
        ),
    )


def _chip_row(checked: Checked, metrics: Sequence[Key]) -> Row:
    cells = [cell(checked.sheet.name)]
    for name, when in metrics:
        figure = checked.case.evaluator.figure(name, dict(when))
        cells.append(cell(figures.amount(figure) if isinstance(figure, Figure) else figure.kind))
    found = checked.classification
    cites = [each for each in found.cites if each != found.paragraph and not found.residual]
    own = [each for each in checked.findings if each.provision.rule.kind == POLICY]
    cites += [f"{each.provision.rule.paragraph}: {each.verdict}" for each in own]
    controls = [each.line for each in checked.findings if is_control(each)]
    near = nearest(controls, checked.case)
    return Row((*cells, cell(named(checked), *cites), cell(near)))
