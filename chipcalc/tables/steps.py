"""A check with every step: the tree of each rule, its inputs, and all sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check import lines as check_lines
from chipcalc.check.result import Checked, Finding
from chipcalc.figures.figure import Figure, key
from chipcalc.rules.criteria import Combined, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.layout import wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, labels, outcomes, provenance
from chipcalc.words.check import deciding, standing, title, views
from chipcalc.words.explanation import Step
from chipcalc.words.labels import citation

_PLACE_WIDTH = 24
_SAYS_WIDTH = 34


def explained(found: Sequence[Checked], rulebook: Rulebook) -> Report:
    """Return the trees of all findings, their inputs and their sources."""
    columns = (
        Column(""),
        Column(""),
        Column("what holds"),
        Column("input"),
    )
    rows: list[Row] = []
    notes = []
    for checked in found:
        if len(found) > 1:
            rows.append(Row((wrapped(checked.sheet.name, _PLACE_WIDTH),), heading=True))
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
    since = f"{standing(provision)} since {provision.version.begins}"
    about = ", ".join(each for each in (provision.version.citation, since) if each)
    paragraph = wrapped(provision.rule.paragraph, _PLACE_WIDTH)
    yield Row((paragraph, finding.verdict.value, wrapped(about, _SAYS_WIDTH)))
    shown = {each.provision.id for each in checked.findings} - {provision.id}
    for step in explanation.steps(finding.line, checked.case, shown):
        yield _step_row(step, checked)
    if finding.straddles and finding.declared:
        said = f"with the declared figure: {outcomes.judged(finding.declared)}"
        yield Row(("", "", wrapped(said, _SAYS_WIDTH)))
    if finding.deciding and finding.verdict is not Verdict.unknown and not finding.straddles:
        why = explanation.reasons(finding, checked.case)
        yield Row(("", "", wrapped(f"settled {why[0]}", _SAYS_WIDTH)))
    elif finding.deciding:
        for line in outcomes.outcome_lines(finding.deciding, checked.case, "not met"):
            yield Row(("", "", wrapped(line, _SAYS_WIDTH)))


def _step_row(step: Step, checked: Checked) -> Row:
    indent = " " * (step.depth + 1)
    line = step.line
    mark = explanation.MARKS[step.verdict]
    if line is not None and isinstance(line.node, Threshold):
        metric = check_lines.compared_key(line.node)
        name = labels.brief(metric, checked.case.evaluator.vocabulary)
        status = line.answer.status if isinstance(line.answer, Figure) else ""
        says = f"{step.says} ({step.margin})" if step.margin else step.says
        return Row((_placed(name, indent), mark, wrapped(says, _SAYS_WIDTH), status))
    if line is not None and line.parts:
        then = line.node.then if isinstance(line.node, Combined) else ""
        told = (wrapped(then, _SAYS_WIDTH),) if then else ()
        return Row((_placed(step.says, indent), mark, *told))
    return Row((indent, mark, wrapped(step.says, _SAYS_WIDTH)))


def _placed(words: str, indent: str) -> str:
    return wrapped(words, _PLACE_WIDTH - len(indent), indent)


def _rules(found: Sequence[Checked], rulebook: Rulebook) -> Iterator[str]:
    """Yield the place and sources of every rule, and what is not modelled."""
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    for provision in provisions.values():
        version = provision.version
        place = version.at or "no source"
        yield f"  {provision.rule.paragraph}: {place} ({version.confidence})"
        for name in version.source:
            source = rulebook.source(provision, name)
            yield f"    {citation(source) if source else name}"
        if version.note:
            yield f"    {version.note}"
        yield from _undefined(provision, found)
        yield from (f"    not modelled: {each}" for each in version.not_modelled)


def _undefined(provision: Provision, found: Sequence[Checked]) -> Iterator[str]:
    """Yield how a rule reads the lack of a figure that some chip does not have."""
    lines = [e.line for c in found for e in c.findings if e.provision.id == provision.id]
    absent = {
        each.node.of.name
        for line in lines
        for each in check_lines.all_lines(line)
        if isinstance(each.node, Threshold) and explanation.absent(each) == "undefined"
    }
    vocabulary = found[0].case.evaluator.vocabulary
    for metric, why in provision.version.where_undefined.items():
        if metric in absent:
            label = labels.label(key(metric), vocabulary)
            yield f"    where there is no {label}: not met; {why}"


def _figure_sources(found: Sequence[Checked], rulebook: Rulebook) -> Iterator[str]:
    """Yield the sources of all figures that the rules compared, each once."""
    cited: dict[str, None] = {}
    for checked in found:
        figures = check_lines.figures([each.line for each in checked.findings])
        located = [each for figure in figures.values() for each in figure.statements()]
        for name in dict.fromkeys(name for each in located for name in each.statement.source):
            source = rulebook.store.source(checked.sheet, name)
            cited[citation(source) if source else name] = None
    yield from (f"  {each}" for each in cited)
