"""A check with every step: the tree of each rule, its inputs, and all sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc import explanation, labels, outcomes, provenance
from chipcalc.check import Checked, Finding
from chipcalc.check_report import deciding, title, views, wrapped
from chipcalc.contract import citation
from chipcalc.criteria import Compare
from chipcalc.explanation import Step
from chipcalc.figure import Figure
from chipcalc.report import Column, Report, Row
from chipcalc.rulebook import Rulebook
from chipcalc.verdict import Verdict


def explained(found: Sequence[Checked], rulebook: Rulebook) -> Report:
    """Return the trees of all findings, their inputs and their sources."""
    columns = (
        Column(""),
        Column(""),
        Column("what holds"),
        Column("margin", "right"),
        Column("input"),
    )
    rows: list[Row] = []
    notes = []
    for checked in found:
        if len(found) > 1:
            rows.append(Row((checked.sheet.name,), heading=True))
        for finding in checked.findings:
            rows += _tree(finding, checked)
        lines = [*provenance.inputs(checked), *deciding(checked), *views(checked)]
        notes.append("\n".join(lines if len(found) == 1 else [title(checked), *lines]))
    notes += ["\n".join(["Rules", *_rules(found, rulebook)])]
    notes += ["\n".join(["Sources of the figures", *_figure_sources(found, rulebook)])]
    head = title(found[0]) if len(found) == 1 else f"Export thresholds on {found[0].day}"
    return Report(columns, tuple(rows), dict, list, title=head, notes=tuple(notes))


def _tree(finding: Finding, checked: Checked) -> Iterator[Row]:
    provision = finding.provision
    version = provision.version
    since = f"{version.standing} since {version.begins}"
    about = ", ".join(each for each in (version.citation, since) if each)
    yield Row(
        (
            wrapped(provision.rule.paragraph, 20),
            finding.verdict.value,
            wrapped(about, 34),
        )
    )
    shown = {each.provision.id for each in checked.findings} - {provision.id}
    for step in explanation.steps(finding.line, checked.case, shown):
        yield _step_row(step, checked)
    if finding.straddles and finding.declared:
        said = f"with the declared figure: {outcomes.judged(finding.declared)}"
        yield Row(("", "", wrapped(said, 34)))
    if finding.deciding and finding.verdict is not Verdict.unknown:
        why = explanation.reasons(finding, checked.case)
        yield Row(("", "", wrapped(f"settled {why[0]}", 34)))
    elif finding.deciding:
        for line in outcomes.outcome_lines(finding.deciding, checked.case, "not met"):
            yield Row(("", "", wrapped(line, 34)))


def _step_row(step: Step, checked: Checked) -> Row:
    indent = " " * (step.depth + 1)
    line = step.line
    mark = explanation.MARKS[step.verdict]
    if line is not None and isinstance(line.node, Compare):
        name = labels.brief(line.node.of.name, checked.case.evaluator.vocabulary)
        status = line.answer.status if isinstance(line.answer, Figure) else ""
        return Row((indent + name, mark, wrapped(step.says, 34), step.margin, status))
    if line is not None and line.parts:
        return Row((wrapped(step.says, 26, indent), mark))
    return Row((indent, mark, wrapped(step.says, 34)))


def _rules(found: Sequence[Checked], rulebook: Rulebook) -> Iterator[str]:
    """Yield the place and sources of every rule, and what is not modelled."""
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    for provision in provisions.values():
        version = provision.version
        place = version.at or "no source"
        yield f"  {provision.rule.paragraph}: {place} ({version.confidence})"
        for key in version.source:
            source = rulebook.source(provision, key)
            yield f"    {citation(source) if source else key}"
        if version.note:
            yield f"    {version.note}"
        yield from (f"    not modelled: {each}" for each in version.not_modelled)


def _figure_sources(found: Sequence[Checked], rulebook: Rulebook) -> Iterator[str]:
    """Yield the sources of all figures that the rules compared, each once."""
    keys: dict[str, str] = {}
    for checked in found:
        figures = explanation.figures([each.line for each in checked.findings])
        located = [each for figure in figures.values() for each in figure.statements()]
        for key in dict.fromkeys(key for each in located for key in each.statement.source):
            source = rulebook.store.source(checked.sheet, key)
            keys[key] = citation(source) if source else key
    yield from (f"  {each}" for each in keys.values())
