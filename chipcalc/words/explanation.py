"""The words of an answer: the relation that holds on each line, and what decided the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import inf
from typing import NamedTuple

from chipcalc.check.day import scope_of
from chipcalc.check.lines import (
    compared_amount,
    compared_bounds,
    compared_key,
    is_definition,
    is_matter_of_course,
)
from chipcalc.check.result import Finding
from chipcalc.deciding.outcome import Deciding
from chipcalc.errors import join_words
from chipcalc.figures.figure import Missing
from chipcalc.rules.case import Case, Judgement, Line
from chipcalc.rules.criteria import (
    OPPOSITE,
    SIGNS,
    Combined,
    RuleMet,
    Threshold,
    fold,
)
from chipcalc.values import numbers
from chipcalc.values.interval import Bounds, Interval
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels, supposed
from chipcalc.words.facts import fact, paragraphs
from chipcalc.words.roles import verdict_words

MARKS: Mapping[Verdict, str] = {
    Verdict.met: "yes",
    Verdict.not_met: "no",
    Verdict.unknown: "open",
}


class Step(NamedTuple):
    """One line of an explanation, `depth` levels in: what holds, of what, and how far from it.

    One that is `stated` is a sentence that is true by itself, such as what an exception does; with
    yes or no beside it, it would be read backwards.
    """

    depth: int
    verdict: Verdict
    says: str
    about: str = ""
    margins: tuple[str, ...] = ()
    line: Line | None = None
    stated: bool = False

    @property
    def mark(self) -> str:
        """Whether the criterion is met: yes, no or open; nothing beside a sentence."""
        return "" if self.stated else MARKS[self.verdict]

    @property
    def margin(self) -> str:
        """How far from the limit, in words: ``−1.3 %``, or ``−25 to +10 %``."""
        return " to ".join(self.margins)


def step(line: Line, case: Case, depth: int = 0) -> Step:
    """Return one line alone: the relation that holds, never the one that failed."""
    node = line.node
    if isinstance(node, Threshold):
        says, about, away = _compared(line, case)
        return Step(depth, line.verdict, says, about, away, line)
    if isinstance(node, Combined):
        words = "all of these" if node.how == "all" else "one of these"
        return Step(depth, line.verdict, node.cite or words, line=line)
    return Step(depth, line.verdict, supposed.marked(fact(line, case), line, case), line=line)


def _compared(line: Line, case: Case) -> tuple[str, str, tuple[str, ...]]:
    """Return what holds of a comparison, of what, and how far from it; found once for a line.

    Every rule that asks for the same comparison has the same line of it.
    """
    memo, asked = case.evaluator.memo, (_compared, id(line))
    if asked not in memo:
        node, vocabulary = line.node, case.evaluator.vocabulary
        about = labels.label(compared_key(node), vocabulary) if isinstance(node, Threshold) else ""
        memo[asked] = line, (relation(line, vocabulary), about, margins(line))
    found: tuple[str, str, tuple[str, ...]] = memo[asked][1]
    return found


def step_text(step: Step) -> str:
    """Return a step in one line: the verdict, what it is about, and the relation that holds."""
    words = " ".join(filter(None, (step.mark, step.about, step.says)))
    return f"{words} ({step.margin})" if step.margin else words


def exception_says(line: Line, case: Case) -> str:
    """Return what an exception does, by its place or by the rules that do it."""
    rules = [name for each in _references(line) for name in paragraphs(each, case)]
    met = line.verdict is Verdict.met
    name = line.cite or join_words(rules, "and" if met else "or") or "an exception"
    taken = {
        Verdict.met: "takes it out" if line.cite or len(rules) < 2 else "take it out",
        Verdict.not_met: "does not take it out",
        Verdict.unknown: "may take it out",
    }
    return f"{name} {taken[line.verdict]}"


def taken_out(line: Line, case: Case) -> str:
    """Return the exception that keeps a rule from being met; nothing where there is none."""
    taken = [each for each in line.exceptions if each.verdict is Verdict.met]
    if taken and line.parts[0].verdict is not Verdict.not_met:
        return exception_says(taken[0], case)
    return ""


def _references(line: Line) -> Iterator[Line]:
    """Yield the references to other rules at or below a line, but not those within these rules."""
    if isinstance(line.node, RuleMet):
        yield line
        return
    for part in (*line.parts, *line.exceptions):
        yield from _references(part)


def relation(line: Line, vocabulary: Vocabulary) -> str:
    """Return the relation between a figure and a limit that holds: ``2,368 < 2,400 TOPS·bit``."""
    node, answer = line.node, line.answer
    if not isinstance(node, Threshold) or answer is None:
        return ""
    limit = node.limit.amount.best
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    line_text = f"{numbers.beside(limit, limit)} {unit}".rstrip()
    if isinstance(answer, Missing):
        found = compared_bounds(line)
        if found:
            return _bounded(found, line, line_text)
        kind = "none" if answer.kind == "not offered" else answer.kind
        return f"{kind}; the line is {line_text}"
    amount = compared_amount(line)
    if amount is None:
        return f"{numbers.quantity(answer.value)}; the line is {line_text}"
    low, high = numbers.beside(amount.low, limit), numbers.beside(amount.high, limit)
    shown = low if low == high else f"{low} to {high}"
    if line.verdict is Verdict.unknown:
        return f"{shown}, on both sides of {line_text}"
    holds = node.relation if line.verdict is Verdict.met else OPPOSITE[node.relation]
    return f"{shown} {SIGNS[holds]} {line_text}"


def bounds_beside(found: Bounds, limit: Fraction) -> str:
    """Return bounds as they stand beside a line: ``at most 4,480``."""
    low, high = (None if e is None else numbers.beside(e, limit) for e in found)
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}"


def _bounded(found: Bounds, line: Line, line_text: str) -> str:
    """Return how what is known of a figure that nobody published lies to a limit."""
    node = line.node
    if not isinstance(node, Threshold):
        return ""
    shown = bounds_beside(found, node.limit.amount.best)
    if line.verdict is Verdict.unknown:
        return f"{shown}; the line is {line_text}"
    holds = node.relation if line.verdict is Verdict.met else OPPOSITE[node.relation]
    return f"{shown} {SIGNS[holds]} {line_text}"


def margins(line: Line) -> tuple[str, ...]:
    """Return the distance of a figure from its limit in per cent of it; of a range, both ends.

    Where there are two, the sign of per cent stands behind the second only.
    """
    node, amount = line.node, compared_amount(line)
    if not isinstance(node, Threshold) or amount is None or not node.limit.amount.best:
        return ()
    limit = node.limit.amount.best
    low, high = numbers.margin(amount.low, limit), numbers.margin(amount.high, limit)
    return (low,) if low == high else (low.removesuffix(" %"), high)


def margin(line: Line) -> str:
    """Return the distance of a figure from its limit in words, one end or both."""
    return " to ".join(margins(line))


def absent(line: Line) -> str:
    """Return why a line has no figure: unknown, not offered, undefined."""
    return line.answer.kind if isinstance(line.answer, Missing) else ""


def verdict(finding: Finding, case: Case) -> str:
    """Return a verdict in words, with the mark where it rests on what none of its reasons shows."""
    said = verdict_words(finding.verdict)
    told = any(each.text.endswith(supposed.MARK) for each in decided(finding, case))
    return said if told else supposed.marked(said, finding.line, case)


class Reason(NamedTuple):
    """What gave a verdict, how far it lies from its limit, and the limb that it stands in.

    An assumed one is a circumstance that holds as usual, and that nobody has given. `line` is
    the comparison behind it, where it is one.
    """

    limb: str
    distance: Fraction | float
    says: str
    assumed: bool = False
    line: Line | None = None

    @property
    def text(self) -> str:
        """The reason behind the limb that it gave."""
        return f"{self.limb}: {self.says}" if self.limb else self.says


def reasons(finding: Finding, case: Case) -> list[str]:
    """Return what decided a verdict in words: ``TPP 2,368 < 2,400 (−1.3 %)``."""
    return [each.text for each in decided(finding, case)]


def decided(finding: Finding, case: Case) -> list[Reason]:
    """Return what decided a verdict, each reason once.

    Where a rule is met, that is one reason for each limb that is met; where it is not met, the
    nearest one of each alternative that failed, the nearest of all first.
    """
    if finding.computed and finding.declared and finding.straddles:
        stands = [_stands(each) for each in (finding.computed, finding.declared)]
        says = f"computed: {stands[0]}; declared: {stands[1]}"
        views = Reason("", inf, supposed.marked(says, finding.line, case))
        return [views, *_reasons(finding.line, case)]
    if finding.deciding and finding.verdict is not Verdict.unknown:
        unknowns = _unknowns(finding.deciding, case.evaluator.vocabulary)
        return [Reason("", inf, supposed.marked(f"whatever {unknowns}", finding.line, case))]
    found = _reasons(finding.line, case) if finding.line.verdict is finding.verdict else []
    scope = [fold(each, case) for each in scope_of(finding.provision)]
    unsaid = [each for each in scope if each.verdict is Verdict.unknown]
    return [*(Reason("", inf, fact(each, case)) for each in unsaid), *found]


def _stands(judgement: Judgement) -> str:
    return join_words(judgement.cites) or judgement.verdict.value


def _reasons(line: Line, case: Case) -> list[Reason]:
    """Return what gave the verdict of a line; a limb stands beside what is met alone."""
    if line.verdict is Verdict.unknown:
        found = [_reason(each, case, limb) for limb, each in line.decisive(Verdict.unknown)]
    else:
        found = _settling(line, case)
    found = [each for each in found if not each.assumed] or found
    ranked = sorted(found, key=lambda each: each.distance)
    if line.verdict is not Verdict.met:
        once = {each.says: each._replace(limb="") for each in reversed(ranked)}
        return [once[says] for says in dict.fromkeys(each.says for each in ranked)]
    nearest = {each.limb: each for each in reversed(ranked)}
    return [nearest[limb] for limb in dict.fromkeys(each.limb for each in found)]


def _settling(line: Line, case: Case, limb: str = "") -> list[Reason]:
    """Return what settled a line: of several criteria that failed together, the nearest."""
    limb = line.cite or limb
    taken = taken_out(line, case)
    if taken:
        held = next(each for each in line.exceptions if each.verdict is Verdict.met)
        return [Reason(limb, inf, supposed.marked(taken, held, case))]
    parts = [each for each in line.parts if each.verdict is line.verdict]
    named = isinstance(line.node, RuleMet) and not is_definition(line.node, case)
    if not parts or (named and line.verdict is Verdict.met):
        return [_reason(line, case, limb)]
    found = [_settling(each, case, limb) for each in parts]
    if (
        isinstance(line.node, Combined)
        and line.node.how == "all"
        and line.verdict is Verdict.not_met
    ):
        return min(found, key=lambda some: min(each.distance for each in some))
    return [each for some in found for each in some]


def _reason(line: Line, case: Case, limb: str) -> Reason:
    if not isinstance(line.node, Threshold):
        says = supposed.marked(fact(line, case), line, case)
        return Reason(limb, inf, says, assumed=is_matter_of_course(line, case))
    vocabulary, shown = case.evaluator.vocabulary, margin(line)
    name = labels.brief(compared_key(line.node), vocabulary)
    says = f"{name} {relation(line, vocabulary)}" + (f" ({shown})" if shown else "")
    says = supposed.marked(says, line, case)
    return Reason(limb, _distance(line.node, compared_amount(line)), says, line=line)


def _distance(node: Threshold, amount: Interval | None) -> Fraction | float:
    """Return how far a figure lies from its limit; what has no figure comes last."""
    limit = node.limit.amount.best
    return abs(amount.best - limit) / limit if amount and limit else inf


def _unknowns(deciding: Deciding, vocabulary: Vocabulary) -> str:
    names = [labels.label(each, vocabulary) for each in deciding.metrics]
    names += [labels.lower(vocabulary.circumstances[each].label) for each in deciding.circumstances]
    return "the " + join_words(names) + (" is" if len(names) == 1 else " are")
