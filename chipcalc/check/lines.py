"""The lines of an explanation: their figures, their metrics, what they assume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.figures.figure import Figure, Key, Missing, key
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Named,
    RuleMet,
    Threshold,
    Unless,
)
from chipcalc.rules.rule import DEFINITION
from chipcalc.values.interval import Bounds, Interval
from chipcalc.values.logic import Verdict, every, negated, some


def compared_amount(line: Line) -> Interval | None:
    """Return the figure of a comparison in the limit's unit; None where there is none in it."""
    node, answer = line.node, line.answer
    if not isinstance(node, Threshold) or not isinstance(answer, Figure):
        return None
    unit = node.limit.unit  # a price in another currency cannot be compared
    return answer.value.to(unit).amount if answer.value.unit.dimension == unit.dimension else None


def compared_bounds(line: Line) -> Bounds | None:
    """Return what bounds the figure of a comparison that is not known, in the limit's unit."""
    node, answer = line.node, line.answer
    if not isinstance(node, Threshold) or not isinstance(answer, Missing):
        return None
    return answer.bounds(node.limit.unit)


def is_definition(node: RuleMet, case: Case) -> bool:
    """Whether a reference is to definitions, which are read as if they stood in its place."""
    kinds = {case.provisions[e].rule.kind for e in node.rules if e in case.provisions}
    return kinds == {DEFINITION}


def is_assumed(line: Line, case: Case) -> bool:
    """Whether a line is about a circumstance that holds as usual, and that nobody has given."""
    if not isinstance(line.node, CircumstanceIs) or case.given.get(line.node.name):
        return False
    return case.evaluator.vocabulary.circumstances[line.node.name].usual is not None


def is_matter_of_course(line: Line, case: Case) -> bool:
    """Whether a line is no reason beside others: it is assumed, or its letter is to the maker."""
    addressed = isinstance(line.node, Named) and line.node.addressed
    return is_assumed(line, case) or (addressed and line.verdict is Verdict.met)


def compared_key(node: Threshold) -> Key:
    """Return the metric that a comparison is about, with its conditions."""
    return key(node.of.name, node.of.when)


def is_addressed(line: Line) -> bool:
    """Whether a rule is for the maker of a chip, or for everybody; not a letter to another one."""
    return not any(
        isinstance(each.node, Named) and each.node.addressed and each.verdict is Verdict.not_met
        for each in all_lines(line)
    )


def all_lines(line: Line) -> Iterator[Line]:
    """Yield a line and everything below it, each once: rules share what they refer to."""
    seen: set[int] = set()
    waiting = [line]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += reversed((*each.parts, *each.exceptions))


def uninferred(line: Line) -> Verdict:
    """Return what a line comes to where a figure that an item cannot have decides nothing."""
    node = line.node
    if isinstance(node, Threshold):
        absent = isinstance(line.answer, Missing) and line.answer.kind == "undefined"
        return Verdict.unknown if absent else line.verdict
    parts = [uninferred(each) for each in line.parts]
    if isinstance(node, Unless):
        taken = some(map(uninferred, line.exceptions))
        return every((*parts, negated(taken)))
    if isinstance(node, Combined):
        return every(parts) if node.how == "all" else some(parts)
    return some(parts) if isinstance(node, RuleMet) else line.verdict


def figures(lines: Sequence[Line]) -> dict[Key, Figure]:
    """Return every figure that some lines compare, by metric and conditions, each once."""
    found: dict[Key, Figure] = {}
    for line in lines:
        for each in all_lines(line):
            if isinstance(each.node, Threshold) and isinstance(each.answer, Figure):
                found.setdefault(compared_key(each.node), each.answer)
    return found
