"""Criteria that are no comparison in words: what holds, never what failed."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.errors import join_words
from chipcalc.places.countries import is_group
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Launched,
    Named,
    RuleMet,
    Unmodelled,
    Unpublished,
)
from chipcalc.values.logic import Verdict
from chipcalc.words import labels

_FALLS: Mapping[Verdict, str] = {
    Verdict.met: "falls under",
    Verdict.not_met: "does not fall under",
    Verdict.unknown: "may fall under",
}


def paragraphs(line: Line, case: Case) -> list[str]:
    """Return the rules that a reference owes its verdict to, first of all those asked of the item.

    A circuit meets the criteria of a paragraph on boards, but does not fall under it.
    """
    names = line.node.rules if isinstance(line.node, RuleMet) else ()
    known = [case.provisions[each] for each in names if each in case.provisions]
    parts = zip(known, line.parts, strict=True)
    same = [provision for provision, part in parts if part.verdict is line.verdict]
    asked = [each for each in same if case.scope(each) is not Verdict.not_met]
    return [each.rule.paragraph for each in asked or same]


def fact(line: Line, case: Case) -> str:
    """Return what holds for a criterion that is no comparison."""
    node = line.node
    if isinstance(node, CircumstanceIs):
        return _circumstance(line, node, case)
    if isinstance(node, Launched):
        said = f"launched {line.said}" if line.said else "launch date unknown"
        return f"{said}; the line is {node.day}"
    if isinstance(node, Named) and node.addressed:
        return _addressed(line, node, case)
    if isinstance(node, Named):
        if line.verdict is Verdict.met:
            chip = case.evaluator.sheet.chip
            itself = {chip.id, *chip.family} & set(node.chips)
            return f"{line.said} is named" if itself else f"the maker of {line.said} is named"
        names = join_words(each.upper() for each in node.chips)
        named = f"named {'is' if len(node.chips) == 1 else 'are'} {names}"
        known = line.verdict is Verdict.not_met
        return f"{named}; this is {line.said}" if known else f"{named}; this has no name here"
    if isinstance(node, RuleMet):
        names = join_words(paragraphs(line, case), "and" if line.verdict is Verdict.met else "or")
        return f"{_FALLS[line.verdict]} {names}" if names else "no such rule on that day"
    return node.what if isinstance(node, (Unpublished, Unmodelled)) else ""


def _addressed(line: Line, node: Named, case: Case) -> str:
    """Return to whom a letter is addressed, and whose chip it is asked for."""
    vocabulary = case.evaluator.vocabulary
    names = f"addressed to {join_words(labels.vendor(each, vocabulary) for each in node.chips)}"
    if line.verdict is Verdict.unknown:
        return f"{names}; the maker is not given"
    if line.verdict is Verdict.met:
        return names
    maker = labels.vendor(case.evaluator.sheet.chip.vendor, vocabulary)
    return f"{names}, not to {maker}"


def _circumstance(line: Line, node: CircumstanceIs, case: Case) -> str:
    """Return what holds, and where that is not what is asked, what is."""
    vocabulary = case.evaluator.vocabulary
    if vocabulary.circumstances[node.name].places and line.said:
        return _place(line.said, node, case)
    values = labels.alternatives(node.name, node.values, vocabulary)
    asked = f"asked: {'not ' if node.negated else ''}{values}"
    if not line.said:
        return f"{labels.lower(vocabulary.circumstances[node.name].label)}: not known; {asked}"
    fact = labels.circumstance(node.name, (line.said,), vocabulary)
    return fact if line.verdict is Verdict.met else f"{fact}; {asked}"


def _place(said: str, node: CircumstanceIs, case: Case) -> str:
    """Return where a country belongs, of what is asked: ``destination: China is in D:5``."""
    definition = case.evaluator.vocabulary.circumstances[node.name]
    head = f"{labels.lower(definition.label)}: {labels.place(said)}"
    verdict = case.among(node, said)
    if verdict is Verdict.met:
        within = [each for each in node.values if case.places.holds(said, [each]) is verdict]
        groups = list(filter(is_group, within))
        return f"{head} is in {join_words(groups)}" if groups else head
    asked = labels.alternatives(node.name, node.values, case.evaluator.vocabulary)
    if verdict is Verdict.unknown:
        return f"{head}: whether it is {asked} on that day is not known"
    return f"{head} is not {asked}"
