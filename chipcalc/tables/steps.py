"""A check with every step: the tree of each rule, its inputs, and all sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check import lines as check_lines
from chipcalc.check.contents import asked_alone
from chipcalc.check.result import Checked, Finding
from chipcalc.figures.figure import Figure, key
from chipcalc.rules.criteria import Combined, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.source import Source
from chipcalc.tables import contents
from chipcalc.tables.report import NOTHING, Column, Grid, Row, Screen, cell
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, labels, outcomes, provenance, supposed, tree
from chipcalc.words.check import deciding, standing, title, views
from chipcalc.words.explanation import Step
from chipcalc.words.labels import citation
from chipcalc.words.line import TextLine, block, deeper
from chipcalc.words.roles import finding_role, verdict_words

_ASKED = "; asked: "  # between what is so, and what the text asks for


def explained(found: Sequence[Checked], rulebook: Rulebook) -> Screen:
    """Return the trees of all findings, their inputs and their sources."""
    columns = (
        Column("", name="place"),
        Column("", name="mark"),
        Column("what holds", name="says"),
        Column("input"),
    )
    rows: list[Row] = []
    notes = []
    holders = [each for each in found if each.circuits]
    alone = [each for checked in found for each in asked_alone(checked)]
    for checked in alone:
        if len(alone) > 1:
            rows.append(Row((cell(checked.sheet.name),), heading=True))
        told: set[str] = set()
        for finding in checked.findings:
            rows += _tree(finding, checked, told)
        lines = [*provenance.inputs(checked), *deciding(checked), *views(checked)]
        notes.append(block(*lines) if len(alone) == 1 else block(*title(checked), *lines))
    notes.append(block("Rules", *deeper(rule_texts([*alone, *holders], rulebook))))
    notes.append(block("Sources of the figures", *deeper(_figure_sources(alone, rulebook))))
    head = (
        title(found[0])
        if len(found) == 1
        else block(f"{len(found)} chips on {found[0].day}: every step")
    )
    return Screen(
        title=head,
        parts=(
            *(contents.item(each) for each in holders),
            Grid(columns, tuple(rows), "steps"),
            *tuple(notes),
        ),
    )


def _tree(finding: Finding, checked: Checked, told: set[str]) -> Iterator[Row]:
    """Yield a rule with its steps; what was explained above is among those `told`."""
    provision = finding.provision
    since = f"{standing(provision)} since {provision.version.begins}"
    about = ", ".join(each for each in (provision.version.citation, since) if each)
    yield Row(
        (
            cell(provision.rule.paragraph, role="heading"),
            cell(
                supposed.marked(verdict_words(finding.verdict), finding.line, checked.case),
                role=finding_role(finding),
            ),
            cell(about),
        )
    )
    others = {each.provision.id for each in checked.findings} - {provision.id}
    shown = tree.Shown(others, told)
    for step in tree.steps(finding.line, checked.case, shown):
        yield _step_row(step, checked)
    if finding.straddles and finding.declared:
        yield _below(f"with the declared figure: {outcomes.judged(finding.declared)}")
    if finding.deciding and finding.verdict is not Verdict.unknown and not finding.straddles:
        yield _below(f"settled {explanation.reasons(finding, checked.case)[0]}")
    elif finding.deciding:
        mark = supposed.suffix([finding.line], checked.case)
        for line in outcomes.outcome_lines(finding.deciding, checked.case, "not met", mark):
            yield _below(line.text, line.level)


def _below(says: str, level: int = 0) -> Row:
    """Return what is said below the steps of a rule."""
    return Row((NOTHING, NOTHING, cell(says, level=level)))


def _step_row(step: Step, checked: Checked) -> Row:
    level = step.depth + 1
    line = step.line
    mark = cell(step.mark)
    if line is not None and isinstance(line.node, Threshold):
        metric = check_lines.compared_key(line.node)
        name = labels.brief(metric, checked.case.evaluator.vocabulary)
        figure = line.answer if isinstance(line.answer, Figure) else None
        status = provenance.firmness(figure, checked) if figure else ""
        says = f"{step.says} ({step.margin})" if step.margin else step.says
        return Row((cell(name, level=level), mark, cell(says), cell(status)))
    if line is not None and line.parts:
        then = line.node.then if isinstance(line.node, Combined) else ""
        told = (cell(then),) if then else ()
        says = supposed.marked(step.says, line, checked.case)
        return Row((cell(says, level=level), mark, *told))
    fact, asks, asked = step.says.partition(_ASKED)
    return Row((cell(fact, level=level), mark, cell(asks.lstrip("; ") + asked)))


def rule_texts(found: Sequence[Checked], rulebook: Rulebook) -> Iterator[TextLine]:
    """Yield the place and sources of every rule, and what is not modelled."""
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    told: set[str] = set()
    for provision in provisions.values():
        version = provision.version
        place = version.at or "no source"
        yield TextLine(f"{provision.rule.paragraph}: {place} ({version.confidence})")
        for name in version.source:
            source = rulebook.source(provision, name)
            yield TextLine(_cited(source, told) if source else name, 1)
        if version.note:
            yield TextLine(version.note, 1)
        yield from deeper(_undefined(provision, found))
        yield from deeper(f"not modelled: {each}" for each in version.not_modelled)


def _cited(source: Source, told: set[str]) -> str:
    """Return a source in one line; by its title alone where its whole line stands above."""
    if source.url in told:
        return f"{source.title}, as above"
    told.add(source.url)
    return citation(source)


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
            yield f"where there is no {label}: not met; {why}"


def _figure_sources(found: Sequence[Checked], rulebook: Rulebook) -> Iterator[str]:
    """Yield the sources of all figures that the rules compared, each once."""
    cited: dict[str, None] = {}
    for checked in found:
        figures = check_lines.figures([each.line for each in checked.findings])
        located = [each for figure in figures.values() for each in figure.statements()]
        for name in dict.fromkeys(name for each in located for name in each.statement.source):
            source = rulebook.store.source(checked.sheet, name)
            cited[citation(source) if source else name] = None
    yield from cited
