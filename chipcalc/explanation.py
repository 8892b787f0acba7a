"""The words of an answer: the relation that holds on each line, and what decided the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc import labels, text
from chipcalc.case import Case, Line
from chipcalc.check import Finding
from chipcalc.criteria import (
    OPPOSITE,
    SIGNS,
    Circumstance,
    Compare,
    Group,
    Launched,
    Named,
    RuleMet,
    Unpublished,
    Without,
)
from chipcalc.deciding import Deciding
from chipcalc.errors import join_words
from chipcalc.evaluate import key
from chipcalc.figure import Figure, Missing
from chipcalc.model import Vocabulary
from chipcalc.verdict import Verdict

MARKS: Mapping[Verdict, str] = {
    Verdict.met: "yes",
    Verdict.not_met: "no",
    Verdict.unknown: "unknown",
}


class Step(NamedTuple):
    """One line of an explanation, `depth` levels in: what holds, of what, and how far from it."""

    depth: int
    verdict: Verdict
    says: str
    about: str = ""
    margin: str = ""
    line: Line | None = None


def steps(line: Line, case: Case, shown: Collection[str] = (), depth: int = 0) -> Iterator[Step]:
    """Yield the lines that explain a verdict, in the order of the rule's text.

    A rule among those `shown` elsewhere is referred to, and not explained again.
    """
    node = line.node
    if isinstance(node, RuleMet):
        yield from _reference_steps(line, node, case, shown, depth)
        return
    plain = isinstance(node, Without) or (
        isinstance(node, Group) and not node.cite and (depth == 0 or len(line.parts) == 1)
    )
    if not plain:
        yield step(line, case, depth)
    for part in line.parts:
        yield from steps(part, case, shown, depth if plain else depth + 1)
    for exception in line.exceptions:
        yield Step(depth, exception.verdict, _exception(exception, case), line=exception)
        for part in exception.parts:
            yield from steps(part, case, shown, depth + 1)


def _reference_steps(
    line: Line, node: RuleMet, case: Case, shown: Collection[str], depth: int
) -> Iterator[Step]:
    names = [rule for rule in node.rules if rule in case.provisions]
    if not names:
        yield step(line, case, depth)
    for name, part in zip(names, line.parts, strict=True):
        paragraph = case.provisions[name].rule.paragraph
        yield Step(depth, part.verdict, f"falls under {paragraph}", line=part)
        if name not in shown:
            yield from steps(part, case, shown, depth + 1)


def step(line: Line, case: Case, depth: int = 0) -> Step:
    """Return one line alone: the relation that holds, never the one that failed."""
    node, vocabulary = line.node, case.evaluator.vocabulary
    if isinstance(node, Compare):
        says, about = (
            relation(line, vocabulary),
            labels.label(key(node.of.name, node.of.when), vocabulary),
        )
        return Step(depth, line.verdict, says, about, margin(line), line)
    if isinstance(node, Group):
        words = "all of these" if node.how == "all" else "one of these"
        return Step(depth, line.verdict, node.cite or words, line=line)
    return Step(depth, line.verdict, _fact(line, case), line=line)


def _exception(line: Line, case: Case) -> str:
    rules = [
        e for e in all_lines(line) if isinstance(e.node, RuleMet) and e.verdict is line.verdict
    ]
    name = line.cite or (_fact(rules[0], case) if rules else "an exception")
    taken = {
        Verdict.met: "takes it out",
        Verdict.not_met: "does not take it out",
        Verdict.unknown: "may take it out",
    }
    return f"{name} {taken[line.verdict]}"


def _fact(line: Line, case: Case) -> str:
    """Return what holds for a criterion that is no comparison."""
    node = line.node
    if isinstance(node, Circumstance):
        return _circumstance(node, line.said, case.evaluator.vocabulary)
    if isinstance(node, Launched):
        said = f"launched {line.said}" if line.said else "launch date unknown"
        return f"{said}; the line is {node.day}"
    if isinstance(node, Named):
        known = "is" if line.verdict is Verdict.met else "is not"
        return f"{line.said} {known} named in it"
    if isinstance(node, RuleMet):
        names = [
            case.provisions[each].rule.paragraph for each in node.rules if each in case.provisions
        ]
        return join_words(names, "or") if names else "no such rule on that day"
    return node.what if isinstance(node, Unpublished) else ""


def _circumstance(node: Circumstance, said: str, vocabulary: Vocabulary) -> str:
    definition = vocabulary.circumstances[node.name]
    name = labels.lower(definition.label)
    if not said:
        values = join_words((definition.values[each].label for each in node.values), "or")
        return f"{name} unknown; asked is {'not ' if node.negated else ''}{values}"
    return f"{name} {definition.values[said].label}"


def relation(line: Line, vocabulary: Vocabulary) -> str:
    """Return the relation between a figure and a limit that holds: ``2,368 < 2,400 TOPS·bit``."""
    node, answer = line.node, line.answer
    if not isinstance(node, Compare):
        return ""
    limit = node.limit.amount.best
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    line_text = f"{text.beside(limit, limit)} {unit}".rstrip()
    if isinstance(answer, Missing):
        if answer.kind == "not offered":
            return f"none; the line is {line_text}"
        return f"{answer.kind}; the line is {line_text}"
    if answer is None:
        return ""
    amount = answer.value.to(node.limit.unit).amount
    low, high = text.beside(amount.low, limit), text.beside(amount.high, limit)
    shown = low if low == high else f"{low} to {high}"
    if line.verdict is Verdict.unknown:
        return f"{shown}, on both sides of {line_text}"
    holds = node.relation if line.verdict is Verdict.met else OPPOSITE[node.relation]
    return f"{shown} {SIGNS[holds]} {line_text}"


def margin(line: Line) -> str:
    """Return the distance of a figure from its limit in per cent of the limit."""
    node, answer = line.node, line.answer
    if not isinstance(node, Compare) or not isinstance(answer, Figure):
        return ""
    limit = node.limit.amount.best
    if not limit:
        return ""
    amount = answer.value.to(node.limit.unit).amount
    low, high = text.margin(amount.low, limit), text.margin(amount.high, limit)
    return low if low == high else f"{low.removesuffix(' %')} to {high}"


def absent(line: Line) -> str:
    """Return why a line has no figure: unknown, not offered, undefined."""
    return line.answer.kind if isinstance(line.answer, Missing) else ""


def reasons(finding: Finding, case: Case) -> list[str]:
    """Return what decided a verdict, the nearest first: ``TPP 2,368 < 2,400 (−1.3 %)``."""
    if finding.deciding and finding.verdict is not Verdict.unknown:
        return [f"whatever {_unknowns(finding.deciding, case.evaluator.vocabulary)}"]
    line = finding.line
    if isinstance(line.node, Without):
        taken = [each for each in line.exceptions if each.verdict is Verdict.met]
        if taken and finding.verdict is Verdict.not_met and line.parts[0].verdict is Verdict.met:
            return [_exception(taken[0], case)]
    ranked = sorted((each for _, each in line.decisive(finding.verdict)), key=_distance)
    return list(dict.fromkeys(_reason(each, case) for each in ranked))


def _distance(line: Line) -> float:
    """Return how far a figure lies from its limit; what is no comparison comes last."""
    node, answer = line.node, line.answer
    if not isinstance(node, Compare) or not isinstance(answer, Figure):
        return float("inf")
    limit = node.limit.amount.best
    best = answer.value.to(node.limit.unit).amount.best
    return float(abs(best - limit) / limit) if limit else float("inf")


def _reason(line: Line, case: Case) -> str:
    vocabulary = case.evaluator.vocabulary
    if isinstance(line.node, Compare):
        shown = margin(line)
        name = labels.brief(line.node.of.name, vocabulary)
        return f"{name} {relation(line, vocabulary)}" + (f" ({shown})" if shown else "")
    return _fact(line, case)


def _unknowns(deciding: Deciding, vocabulary: Vocabulary) -> str:
    names = [labels.label(each, vocabulary) for each in deciding.metrics]
    names += [labels.lower(vocabulary.circumstances[each].label) for each in deciding.circumstances]
    return "the " + join_words(names) + (" is" if len(names) == 1 else " are")


def all_lines(line: Line) -> Iterator[Line]:
    """Yield a line and everything below it."""
    yield line
    for part in (*line.parts, *line.exceptions):
        yield from all_lines(part)


def figures(lines: Sequence[Line]) -> dict[str, Figure]:
    """Return every figure that some lines compare, by metric, each once."""
    found: dict[str, Figure] = {}
    for line in lines:
        for each in all_lines(line):
            if isinstance(each.node, Compare) and isinstance(each.answer, Figure):
                found.setdefault(each.node.of.name, each.answer)
    return found


def nearest(lines: Sequence[Line], case: Case) -> str:
    """Return the metric that lies closest to a limit, and how far: ``TPP −1.3 %``."""
    found = [each for line in lines for each in all_lines(line)]
    ends = [(node, end) for each in found for node, end in _ends(each)]
    if not ends:
        return ""
    node, end = min(ends, key=lambda each: abs(each[1] / each[0].limit.amount.best - 1))
    name = labels.brief(node.of.name, case.evaluator.vocabulary)
    return f"{name} {text.margin(end, node.limit.amount.best)}"


def _ends(line: Line) -> Iterator[tuple[Compare, Fraction]]:
    """Yield the ends of the figure that a line compares with a limit, in the limit's unit."""
    node, answer = line.node, line.answer
    if isinstance(node, Compare) and isinstance(answer, Figure) and node.limit.amount.best:
        amount = answer.value.to(node.limit.unit).amount
        yield from ((node, amount.low), (node, amount.high))
