"""A check in words: the classification, what it depends on, how firm the rules are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chipcalc.check.lines import is_assumed, is_definition
from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.errors import join_words
from chipcalc.figures.figure import key
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import CircumstanceIs, Combined, RuleMet
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, figures, labels, outcomes, supposed
from chipcalc.words.contents import because
from chipcalc.words.inferred import inferred
from chipcalc.words.line import Block, Phrase, TextLine, block, command, phrased
from chipcalc.words.presumptions import presumed, presumed_phrases
from chipcalc.words.remains import is_below, may_be_none, names_control, nothing, otherwise
from chipcalc.words.roles import NONE_ASKED, NOT_SETTLED, verdict_words
from chipcalc.words.ways import stated

_CLASSED: Mapping[Classed, str] = {
    Classed.none: "none",
    Classed.unknown: "unknown",
    Classed.no_rule: "no rule yet",
}


def named(checked: Checked) -> str:
    """Return the classification in one word: a paragraph, none, unknown, or no rule yet."""
    return _CLASSED.get(checked.classed, checked.classification.paragraph)


def classed(checked: Checked) -> str:
    """Return the classification on a screen: a paragraph, not settled, none, or no rule yet.

    A presumption comes first: ``presumed 3A090.a``.
    """
    if checked.presumption:
        return presumed(checked, checked.presumption)
    if checked.classed is Classed.none:
        return nothing(checked)
    return NOT_SETTLED if checked.classed is Classed.unknown else named(checked)


_LATE = "Texts last checked on"


def notes(found: Sequence[Checked]) -> list[str]:
    """Return what to know about the rules of the day: how fresh they are, from when to obey."""
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    day = found[0].day
    late: dict[str, list[str]] = {}
    for each in provisions.values():
        if day > each.rule.verified:
            late.setdefault(each.rule.verified.isoformat(), []).append(each.rule.paragraph)
    lines = [
        f"{_LATE} {verified}, before {day}: {join_words(names)}"
        for verified, names in sorted(late.items())
    ]
    for each in provisions.values():
        compliance = each.version.compliance
        if compliance and day < compliance:
            lines.append(f"{each.rule.paragraph}: to be obeyed from {compliance}")
    return lines


FORMATS_ASSUMED = "without faster formats than its sheet has (assumed)"
NO_ADVICE = "A calculation, no legal advice."


def no_advice(lead: str, command_line: str) -> Block:
    """Return that this is no advice, and the command that shows what `lead` announces."""
    return (TextLine(f"{NO_ADVICE} {lead}".rstrip(), role="faint"), command(command_line))


def freshness(found: Sequence[Checked]) -> list[str]:
    """Return in short what `notes` say: between which days the texts were last checked."""
    day = found[0].day
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    late = sorted({e.rule.verified for e in provisions.values() if day > e.rule.verified})
    days = [each.isoformat() for each in dict.fromkeys((*late[:1], *late[-1:]))]
    lines = [f"Texts of the rules last checked on {' to '.join(days)}"] if days else []
    return lines + [each for each in notes(found) if not each.startswith(_LATE)]


def taken_as(checked: Checked) -> str:
    """Return under which circumstances the rules were asked; nothing where none was asked for.

    ``Taken as: for data centers (reported), integrated circuit (assumed)``. Where a sheet does not
    tell which formats a chip offers, that none is faster is assumed, too.
    """
    found = [taken(checked, each) for each in circumstances_asked(checked)]
    if checked.formats_assumed:
        found.append(FORMATS_ASSUMED)
    return f"Taken as: {', '.join(found)}" if found else ""


def taken(checked: Checked, name: str) -> str:
    """Return one circumstance as it was taken: ``for vehicles (reported)``."""
    case, vocabulary = checked.case, checked.case.evaluator.vocabulary
    value = case.said(name)
    if not value:
        return f"{labels.lower(vocabulary.circumstances[name].label)}: unknown"
    return labels.phrase(name, value, vocabulary) + _firm(checked, name)


def decisive(checked: Checked) -> str:
    """Return the circumstances first where one of them decides: by an exception, say.

    ``Taken as: for vehicles (reported), …; so Note 2 … takes it out``.
    """
    for finding in checked.findings:
        if is_control(finding) and finding.verdict is not Verdict.unknown:
            out = explanation.taken_out(finding.line, checked.case)
            names = (n for e in finding.line.exceptions for n in _named_by(e, checked.case))
            if out and any(names):
                return f"{taken_as(checked)}, so {out}"
    return ""


def _named_by(line: Line, case: Case) -> Iterator[str]:
    """Yield the circumstances that an exception asks for."""
    for each in _lines(line, case):
        if isinstance(each.node, CircumstanceIs):
            yield each.node.name


def sentence(checked: Checked) -> str:
    """Return the answer in one line: ``H20 96GB, 2023-11-17: not 3A090.a, not 3A090.b``."""
    return headline(checked).text


def headline(checked: Checked) -> TextLine:
    """Return the answer in one line, each verdict in its role, with what is supposed."""
    whose = f", {checked.regime.short}" if checked.regime and checked.regime.says else ""
    about = f"{checked.sheet.name}{supposed.said(checked)}, {checked.day}{whose}: "
    why = Phrase(because(checked), "title")
    return phrased(Phrase(about, "title"), *answer_phrases(checked), why)


def answer(checked: Checked) -> str:
    """Return the classification with what was ruled out, or what it may be."""
    return "".join(each.text for each in answer_phrases(checked))


def answer_phrases(checked: Checked) -> list[Phrase]:
    """Return the answer as phrases, each in the role of its consequence.

    What is presumed comes first, then what the item is by its figures.
    """
    first = list(presumed_phrases(checked))
    if first and checked.classed is Classed.no_rule:
        return first
    between = [Phrase("; by its figures ", "title")] if first else []
    return [*first, *between, *_classified_phrases(checked)]


def _classified_phrases(checked: Checked) -> list[Phrase]:
    found = checked.classification
    if checked.classed is Classed.no_rule:
        return [Phrase(_own_rules(checked) or "no rule yet, of those modelled", "title")]
    if found.verdict is Verdict.met and not found.residual:
        says = checked.regime.says if checked.regime else None
        listed = f"{says.listed}, " if says else ""
        return [Phrase(listed + found.paragraph + limbs(found.cites, found.paragraph), "stop")]
    out = ", ".join(f"not {each}" for each in _ruled_out(checked))
    parts = [Phrase(out, "go")] if out else []
    if found.verdict is Verdict.unknown:
        below = [*parts, Phrase("; ", "title")] if is_below(checked) and out else []
        rest = (nothing(checked),) if may_be_none(checked) else ()
        possible = join_words((*found.possible, *rest), "or")
        return [*below, Phrase(NOT_SETTLED, "open"), Phrase(f"; {possible}", "title")]
    left = found.paragraph or nothing(checked)
    if left == NONE_ASKED and out:
        return parts
    return [*parts, Phrase(f"; {left}" if out else left, "title")]


def _ruled_out(checked: Checked) -> list[str]:
    """Return the paragraphs that are not met, and the controls met in no possible case."""
    below = is_below(checked)
    return [
        each.provision.rule.paragraph
        for each in checked.findings
        if each.provision.rule.kind == CLASSIFICATION
        and (each.verdict is Verdict.not_met or (below and names_control(each)))
    ]


def _own_rules(checked: Checked) -> str:
    """Return what rules that classify nothing say, where no other rule was asked."""
    return "; ".join(
        f"{each.provision.rule.paragraph} {verdict_words(each.verdict)}"
        for each in checked.findings
    )


def limbs(cites: Sequence[str], paragraph: str) -> str:
    """Return limbs in short, in brackets: `` (b.1, b.2)``; nothing for the paragraph alone."""
    found = [limb(each, paragraph) for each in cites if each != paragraph]
    return f" ({', '.join(found)})" if found else ""


def limb(cite: str, paragraph: str) -> str:
    """Return a limb in short: ``b.1`` of ``3A090.b.1``; nothing for the whole of a paragraph.

    Another place stays as it is.
    """
    if not cite.startswith(f"{paragraph}."):
        return "" if cite == paragraph else cite
    head, dot, last = paragraph.rpartition(".")
    return (last if head and dot else paragraph) + cite.removeprefix(paragraph)


def is_control(finding: Finding) -> bool:
    return finding.provision.rule.is_control


def title(checked: Checked) -> Block:
    """Return the answer, above it what it depends on, and below it what was assumed."""
    return block(*first_said(checked), headline(checked), taken_as(checked), *warned(checked))


def warned(checked: Checked) -> list[str]:
    """Return what an answer rests on that is not sure: inferences, descriptions with gaps."""
    found = (supposed.warning(checked.case.evaluator), inferred(checked))
    return list(filter(None, found))


def first_said(checked: Checked) -> Iterator[TextLine]:
    """Yield, before all else, that two views of a figure lie on different sides of a line."""
    if checked.straddles:
        vocabulary = checked.case.evaluator.vocabulary
        name = labels.brief(key(checked.views[0].metric), vocabulary)
        yield TextLine(f"The answer depends on which {name} counts:")
        for view in checked.views:
            way = stated(view.way, vocabulary)
            judged = outcomes.judged(view.judgement, otherwise(checked))
            yield TextLine(f"{figures.quantity(view.figure)} {way}: {judged}", 1)


def circumstances_asked(checked: Checked) -> list[str]:
    """Return the names of the circumstances under which the rules were asked.

    What the vocabulary tells of vendors is taken as nothing else, and where it decides, a rule
    says so.
    """
    asked = {n for each in checked.findings for n in _circumstances_of(each, checked.case)}
    names = checked.case.evaluator.vocabulary.circumstances
    of_vendors = {name for name, each in names.items() if each.vendor}
    return [each for each in names if each in asked - of_vendors or checked.case.given.get(each)]


def circumstance(checked: Checked, name: str, missing: str) -> str:
    """Return a circumstance as it is given, assumed or told by the spec sheet, else `missing`."""
    case, vocabulary = checked.case, checked.case.evaluator.vocabulary
    said = case.said(name)
    label = labels.said(name, said, vocabulary) if said else missing
    definition = vocabulary.circumstances[name]
    return f"{labels.lower(definition.label)}: {label}{_firm(checked, name)}"


def _firm(checked: Checked, name: str) -> str:
    """Return how firm a circumstance is, in brackets; nothing for one that the user gave."""
    case, definition = checked.case, checked.case.evaluator.vocabulary.circumstances[name]
    if case.given.get(name):
        told = any(each.what == name for each in supposed.of(case))
        return f" ({supposed.MARK})" if told else ""
    stated = getattr(case.evaluator.sheet, definition.field) if definition.field else None
    if stated:
        return f" ({stated.status})"
    return " (assumed)" if definition.usual and definition.usual == case.said(name) else ""


def _circumstances_of(finding: Finding, case: Case) -> Iterator[str]:
    """Yield the circumstances that a rule asks for; in a definition, only what is given counts."""
    yield from finding.provision.rule.applies_to
    for line in _lines(finding.line, case):
        name = getattr(line.node, "name", None)
        if isinstance(name, str):
            yield name


def _lines(line: Line, case: Case) -> Iterator[Line]:
    """Yield a line and those below it, but for what goes without saying in a definition.

    Beside a circumstance that does not hold, no other rule is asked.
    """
    yield line
    defined = isinstance(line.node, RuleMet) and is_definition(line.node, case)
    for part in (*line.parts, *line.exceptions):
        if isinstance(part.node, RuleMet) and _is_idle(line):
            continue
        for each in _lines(part, case):
            if not defined or not is_assumed(each, case):
                yield each


def _is_idle(line: Line) -> bool:
    """Whether a line needs a circumstance that does not hold, whatever else does."""
    needs_all = isinstance(line.node, Combined) and line.node.how == "all"
    return needs_all and any(
        isinstance(each.node, CircumstanceIs) and each.verdict is Verdict.not_met
        for each in line.parts
    )


def standing(provision: Provision) -> str:
    """Return how firm a text is: ``in force``, or ``reported, secondary sources``."""
    version = provision.version
    return ", ".join(filter(None, (version.standing, labels.confidence(version.unsure))))


def deciding(checked: Checked) -> Iterator[TextLine]:
    """Yield what is not known and what follows from its values, for the classification."""
    if checked.deciding:
        mark = supposed.ruling_mark(checked)
        left = otherwise(checked)
        yield from outcomes.outcome_lines(checked.deciding, checked.case, left, mark)
        return
    for finding in checked.findings:
        if is_control(finding) and finding.verdict is Verdict.unknown and finding.deciding:
            yield TextLine(f"{finding.provision.rule.paragraph} is {NOT_SETTLED}.")
            mark = supposed.suffix([finding.line], checked.case)
            yield from outcomes.outcome_lines(finding.deciding, checked.case, "not met", mark)


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
        judged = outcomes.judged(view.judgement, otherwise(checked))
        yield TextLine(f"{figures.quantity(view.figure)} {way}{share}: {judged}", 1)
