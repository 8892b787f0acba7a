"""What a check shows: one chip rule by rule, or many chips side by side."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from chipcalc import explanation, labels, outcomes, provenance, text
from chipcalc.case import Case, Line
from chipcalc.check import Checked, Finding
from chipcalc.check_contract import NO_RULE, named, notes
from chipcalc.criteria import Compare, RuleMet, Without
from chipcalc.errors import join_words
from chipcalc.evaluate import Key, key
from chipcalc.figure import Figure
from chipcalc.report import Column, Report, Row
from chipcalc.rule import CLASSIFICATION, POLICY, UNSURE
from chipcalc.rulebook import Provision
from chipcalc.verdict import Verdict

NO_ADVICE = "This is a calculation, and no legal advice."
WIDTH = 80
_NAME_WIDTH = 20
_WHY_WIDTH = 36
_STANDING_WIDTH = 9
_METRIC_WIDTH = 16
_CITE_WIDTH = 24
_REASONS = 3
_FIRM_SPACE = "\u00a0"


def summary(found: Sequence[Checked]) -> Report:
    """Return one chip rule by rule, or several chips side by side."""
    return _one(found[0]) if len(found) == 1 else _many(found)


def sentence(checked: Checked) -> str:
    """Return the answer in one line: ``H20 96GB on 2023-11-17: not 3A090.a, not 3A090.b``."""
    return f"{checked.sheet.name} on {checked.day}: {answer(checked)}"


def answer(checked: Checked) -> str:
    """Return the classification with what was ruled out, or what it may be."""
    found = checked.classification
    if named(found, checked.findings) == NO_RULE:
        verdicts = [f"{e.provision.rule.paragraph} {e.verdict}" for e in checked.findings]
        return "; ".join(verdicts) or "no rule yet, of those modelled"
    if found.verdict is Verdict.unknown:
        rest = ", or none of them" if _may_be_none(checked) else ""
        return f"unknown; it may be {join_words(found.possible, 'or')}{rest}"
    controls = [each for each in checked.findings if _names(each)]
    out = ", ".join(f"not {each.provision.rule.paragraph}" for each in controls)
    if found.verdict is Verdict.met and not found.residual:
        cites = [each for each in found.cites if each != found.paragraph]
        return found.paragraph + (f" ({join_words(cites)})" if cites else "")
    return "; ".join(each for each in (out, found.paragraph) if each) or "none of those modelled"


def _may_be_none(checked: Checked) -> bool:
    """Whether an item of unknown classification may fall under nothing at all.

    It cannot where what remains is asked for and there, nor where every view of a figure, or
    every value of what is not known, leads to some paragraph.
    """
    remains = [e.line for e in checked.findings if e.provision.rule.residual]
    bodies = [e.parts[0] if isinstance(e.node, Without) else e for e in remains]
    if any(each.verdict is Verdict.met for each in bodies):
        return False
    outcomes_of = checked.deciding.outcomes if checked.deciding else ()
    for judgements in (
        [each.judgement for each in checked.views],
        [each.judgement for each in outcomes_of],
    ):
        if judgements and all(each.verdict is Verdict.met for each in judgements):
            return False
    return True


def _is_control(finding: Finding) -> bool:
    return finding.provision.rule.is_control


def _names(finding: Finding) -> bool:
    rule = finding.provision.rule
    return rule.kind == CLASSIFICATION and not rule.residual


def title(checked: Checked) -> str:
    """Return the answer, above it what it depends on, and below it what was assumed."""
    lines = [*first_said(checked), sentence(checked), circumstances_line(checked)]
    return "\n".join(each for each in lines if each)


def first_said(checked: Checked) -> Iterator[str]:
    """Yield, before all else, that two views of a figure lie on different sides of a line."""
    if checked.straddles:
        vocabulary = checked.case.evaluator.vocabulary
        name = labels.brief(key(checked.views[0].metric), vocabulary)
        yield f"The answer depends on which {name} counts:"
        for view in checked.views:
            judged = outcomes.judged(view.judgement, "none")
            yield f"  {provenance.quantity(view.figure)} {view.label}: {judged}"


def circumstances_line(checked: Checked) -> str:
    """Return the circumstances under which the rules were asked."""
    asked = {n for each in checked.findings for n in _circumstances_of(each, checked.case)}
    names = checked.case.evaluator.vocabulary.circumstances
    shown = [each for each in names if each in asked or checked.case.given.get(each)]
    return "; ".join(circumstance(checked, each, "unknown") for each in shown)


def circumstance(checked: Checked, name: str, missing: str) -> str:
    """Return a circumstance as it is given, assumed or told by the spec sheet, else `missing`."""
    case, vocabulary = checked.case, checked.case.evaluator.vocabulary
    said, given, definition = case.said(name), case.given.get(name), vocabulary.circumstances[name]
    label = labels.said(name, said, vocabulary) if said else missing
    firm = " (assumed)" if not given and definition.usual == said else ""
    if definition.field and not given and checked.sheet.market:
        firm = f" ({checked.sheet.market.status})"
    return f"{labels.lower(definition.label)}: {label}{firm}"


def _circumstances_of(finding: Finding, case: Case) -> Iterator[str]:
    """Yield the circumstances that a rule asks for; in a definition, only what is given counts."""
    yield from finding.provision.rule.applies_to
    for line in _lines(finding.line, case):
        name = getattr(line.node, "name", None)
        if isinstance(name, str):
            yield name


def _lines(line: Line, case: Case) -> Iterator[Line]:
    """Yield a line and those below it, but for what goes without saying in a definition."""
    yield line
    defined = isinstance(line.node, RuleMet) and explanation.is_definition(line.node, case)
    for part in (*line.parts, *line.exceptions):
        for each in _lines(part, case):
            if not defined or not explanation.is_assumed(each, case):
                yield each


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


def wrapped(words: str, width: int, indent: str = "") -> str:
    """Return text in lines of a width, cut neither within a word nor before a per cent sign."""
    joined = re.sub(r"(?<=[≥≤<>]) | (?=%)", _FIRM_SPACE, words)
    lines = textwrap.wrap(joined, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(indent + line.replace(_FIRM_SPACE, " ") for line in lines)


def standing(provision: Provision) -> str:
    """Return how firm a text is: ``in force``, or ``reported, secondary sources``."""
    confidence = UNSURE.get(provision.version.confidence)
    return ", ".join(filter(None, (provision.version.standing, confidence)))


def deciding(checked: Checked) -> Iterator[str]:
    """Yield what is not known and what follows from its values, for the classification."""
    if checked.deciding:
        yield from outcomes.outcome_lines(checked.deciding, checked.case, "none of these")
        return
    for finding in checked.findings:
        if _is_control(finding) and finding.verdict is Verdict.unknown and finding.deciding:
            yield f"{finding.provision.rule.paragraph} is unknown."
            yield from outcomes.outcome_lines(finding.deciding, checked.case, "not met")


def views(checked: Checked) -> Iterator[str]:
    """Yield the ways to state a figure side by side, with their difference in per cent."""
    if not checked.views:
        return
    vocabulary = checked.case.evaluator.vocabulary
    first = checked.views[0]
    yield f"{vocabulary.metric(first.metric).label}, each way to state it:"
    base = first.figure.value.amount.best
    for view in checked.views:
        amount = view.figure.value.to(first.figure.value.unit).amount.best
        share = f" ({text.margin(amount, base)})" if view is not first and base else ""
        judged = outcomes.judged(view.judgement, "none of these")
        yield f"  {provenance.quantity(view.figure)} {view.label}{share}: {judged}"


def _many(found: Sequence[Checked]) -> Report:
    vocabulary = found[0].case.evaluator.vocabulary
    metrics = list(
        dict.fromkeys(
            explanation.compared_key(node)
            for checked in found
            for finding in checked.findings
            if _is_control(finding)
            for line in explanation.all_lines(finding.line)
            if isinstance(node := line.node, Compare)
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
    controls = [each.line for each in checked.findings if _is_control(each)]
    near = wrapped(explanation.nearest(controls, checked.case), _NAME_WIDTH)
    return Row((*cells, shown, near))


def rule_notes(found: Sequence[Checked]) -> Iterator[str]:
    """Yield what to know about the rules of the day: how fresh, how firm, what is left out."""
    yield "\n".join(notes(found))
