"""A check in words: the classification, what it depends on, how firm the rules are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from chipcalc.check.lines import (
    all_lines,
    compared_amount,
    compared_key,
    is_assumed,
    is_definition,
)
from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.errors import join_words
from chipcalc.figures.figure import key
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import RuleMet, Threshold, Unless
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.words import figures, labels, outcomes
from chipcalc.words.line import Block, TextLine, block, command
from chipcalc.words.ways import stated

_CLASSED: Mapping[Classed, str] = {
    Classed.none: "none",
    Classed.unknown: "unknown",
    Classed.no_rule: "no rule yet",
}


def named(checked: Checked) -> str:
    """Return the classification in one word: a paragraph, none, unknown, or no rule yet."""
    return _CLASSED.get(checked.classed, checked.classification.paragraph)


def notes(found: Sequence[Checked]) -> list[str]:
    """Return what to know about the rules of the day: how fresh they are, from when to obey."""
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    day = found[0].day
    late: dict[str, list[str]] = {}
    for each in provisions.values():
        if day > each.rule.verified:
            late.setdefault(each.rule.verified.isoformat(), []).append(each.rule.paragraph)
    lines = [
        f"Texts last checked on {verified}, before {day}: {join_words(names)}"
        for verified, names in sorted(late.items())
    ]
    for each in provisions.values():
        compliance = each.version.compliance
        if compliance and day < compliance:
            lines.append(f"{each.rule.paragraph}: to be obeyed from {compliance}")
    return lines


NO_ADVICE = "A calculation, no legal advice."


def no_advice(lead: str, command_line: str) -> Block:
    """Return that this is no advice, and the command that shows what `lead` announces."""
    return (TextLine(f"{NO_ADVICE} {lead}".rstrip(), role="faint"), command(command_line))


def taken_as(checked: Checked) -> str:
    """Return under which circumstances the rules were asked; nothing where none was asked for."""
    line = circumstances_line(checked)
    return f"Taken as: {line}" if line else ""


def sentence(checked: Checked) -> str:
    """Return the answer in one line: ``H20 96GB on 2023-11-17: not 3A090.a, not 3A090.b``."""
    return f"{checked.sheet.name} on {checked.day}: {answer(checked)}"


def answer(checked: Checked) -> str:
    """Return the classification with what was ruled out, or what it may be."""
    found = checked.classification
    if checked.classed is Classed.no_rule:
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
    bodies = [e.parts[0] if isinstance(e.node, Unless) else e for e in remains]
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


def is_control(finding: Finding) -> bool:
    return finding.provision.rule.is_control


def _names(finding: Finding) -> bool:
    rule = finding.provision.rule
    return rule.kind == CLASSIFICATION and not rule.residual


def title(checked: Checked) -> Block:
    """Return the answer, above it what it depends on, and below it what was assumed."""
    return block(*first_said(checked), sentence(checked), circumstances_line(checked))


def first_said(checked: Checked) -> Iterator[TextLine]:
    """Yield, before all else, that two views of a figure lie on different sides of a line."""
    if checked.straddles:
        vocabulary = checked.case.evaluator.vocabulary
        name = labels.brief(key(checked.views[0].metric), vocabulary)
        yield TextLine(f"The answer depends on which {name} counts:")
        for view in checked.views:
            way = stated(view.way, vocabulary)
            judged = outcomes.judged(view.judgement, "none")
            yield TextLine(f"{figures.quantity(view.figure)} {way}: {judged}", 1)


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
    defined = isinstance(line.node, RuleMet) and is_definition(line.node, case)
    for part in (*line.parts, *line.exceptions):
        for each in _lines(part, case):
            if not defined or not is_assumed(each, case):
                yield each


def standing(provision: Provision) -> str:
    """Return how firm a text is: ``in force``, or ``reported, secondary sources``."""
    version = provision.version
    return ", ".join(filter(None, (version.standing, labels.confidence(version.unsure))))


def deciding(checked: Checked) -> Iterator[TextLine]:
    """Yield what is not known and what follows from its values, for the classification."""
    if checked.deciding:
        yield from outcomes.outcome_lines(checked.deciding, checked.case, "none of these")
        return
    for finding in checked.findings:
        if is_control(finding) and finding.verdict is Verdict.unknown and finding.deciding:
            yield TextLine(f"{finding.provision.rule.paragraph} is unknown.")
            yield from outcomes.outcome_lines(finding.deciding, checked.case, "not met")


def views(checked: Checked) -> Iterator[TextLine]:
    """Yield the ways to state a figure side by side, with their difference in per cent."""
    if not checked.views:
        return
    vocabulary = checked.case.evaluator.vocabulary
    first = checked.views[0]
    yield TextLine(f"{vocabulary.metric(first.metric).label}, each way to state it:")
    base = first.figure.value.amount.best
    for view in checked.views:
        amount = view.figure.value.to(first.figure.value.unit).amount.best
        share = f" ({numbers.margin(amount, base)})" if view is not first and base else ""
        way = stated(view.way, vocabulary)
        judged = outcomes.judged(view.judgement, "none of these")
        yield TextLine(f"{figures.quantity(view.figure)} {way}{share}: {judged}", 1)


def nearest(lines: Sequence[Line], case: Case) -> str:
    """Return the metric that lies closest to a limit, and how far: ``TPP −1.3 %``."""
    found = [each for line in lines for each in all_lines(line)]
    ends = [(node, end) for each in found for node, end in _ends(each)]
    if not ends:
        return ""
    node, end = min(ends, key=lambda each: abs(each[1] / each[0].limit.amount.best - 1))
    name = labels.brief(compared_key(node), case.evaluator.vocabulary)
    return f"{name} {numbers.margin(end, node.limit.amount.best)}"


def _ends(line: Line) -> Iterator[tuple[Threshold, Fraction]]:
    """Yield the ends of the figure that a line compares with a limit, in the limit's unit."""
    node, amount = line.node, compared_amount(line)
    if isinstance(node, Threshold) and amount and node.limit.amount.best:
        yield from ((node, amount.low), (node, amount.high))
