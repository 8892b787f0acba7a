"""What a check shows: one chip rule by rule, or many chips side by side."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.check.lines import all_lines, compared_key
from chipcalc.check.result import Checked, Finding
from chipcalc.figures.figure import Figure, Key
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rule import POLICY
from chipcalc.tables.layout import wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.words import explanation, labels, provenance
from chipcalc.words.check import deciding, first_said, is_control, named, standing, title, views

_NAME_WIDTH = 20
_WHY_WIDTH = 36
_STANDING_WIDTH = 9
_METRIC_WIDTH = 16
_CITE_WIDTH = 24
_REASONS = 3


def summary(found: Sequence[Checked]) -> Report:
    """Return one chip rule by rule, or several chips side by side."""
    return _one(found[0]) if len(found) == 1 else _many(found)


def _one(checked: Checked) -> Report:
    rows = []
    for kind, findings in checked.by_kind():
        rows.append(Row((kind.capitalize(),), heading=True))
        rows += [_finding_row(each, checked) for each in findings]
    columns = (Column(""), Column("verdict"), Column("what decides"), Column("standing"))
    blocks = (provenance.inputs(checked), deciding(checked), views(checked))
    below = tuple("\n".join(each) for each in blocks)
    shown = columns if rows else ()
    return Report(shown, tuple(rows), dict, list, title=title(checked), notes=below)


def _finding_row(finding: Finding, checked: Checked) -> Row:
    why = explanation.reasons(finding, checked.case)
    more = [f"and {len(why) - _REASONS} more"] if len(why) > _REASONS else []
    return Row(
        (
            wrapped(finding.provision.rule.paragraph, _NAME_WIDTH, "  "),
            finding.verdict.value,
            "\n".join(wrapped(each, _WHY_WIDTH) for each in (*why[:_REASONS], *more)),
            wrapped(standing(finding.provision), _STANDING_WIDTH),
        )
    )


def _many(found: Sequence[Checked]) -> Report:
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
    titles = [wrapped(labels.brief(each, vocabulary), _METRIC_WIDTH) for each in metrics]
    columns = [Column("chip")]
    columns += [Column(each, "right", group) for group, each in enumerate(titles, start=1)]
    columns += [Column("classification", group=len(metrics) + 1)]
    columns += [Column("nearest line", "right", len(metrics) + 2)]
    rows = [_chip_row(each, metrics) for each in found]
    below = []
    for checked in found:
        lines = [*first_said(checked), *deciding(checked)]
        if lines:
            below.append("\n".join([f"{checked.sheet.name}", *(f"  {each}" for each in lines)]))
    head = f"Export thresholds on {found[0].day}"
    return Report(tuple(columns), tuple(rows), dict, list, title=head, notes=tuple(below))


def _chip_row(checked: Checked, metrics: Sequence[Key]) -> Row:
    cells = [wrapped(checked.sheet.name, _NAME_WIDTH - 2)]
    for name, when in metrics:
        figure = checked.case.evaluator.figure(name, dict(when))
        cells.append(provenance.amount(figure) if isinstance(figure, Figure) else figure.kind)
    name = named(checked.classification, checked.findings)
    found = checked.classification
    cites = [each for each in found.cites if each != name and not found.residual]
    own = [each for each in checked.findings if each.provision.rule.kind == POLICY]
    cites += [f"{each.provision.rule.paragraph}: {each.verdict}" for each in own]
    shown = "\n".join([name, *(wrapped(each, _CITE_WIDTH, "  ") for each in cites)])
    controls = [each.line for each in checked.findings if is_control(each)]
    near = wrapped(explanation.nearest(controls, checked.case), _NAME_WIDTH)
    return Row((*cells, shown, near))
