"""Deciding facts in words: what is not known, and what each value of it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.deciding.outcome import Deciding, Span, Supposition
from chipcalc.errors import join_words
from chipcalc.figures.figure import Key, Missing
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Case, Judgement
from chipcalc.rules.criteria import SIGNS
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.labels import bounds as bounds_of
from chipcalc.words.labels import brief, circumstance, label, lower, unit_shown
from chipcalc.words.line import TextLine
from chipcalc.words.roles import NOT_SETTLED


def outcome_lines(
    deciding: Deciding, case: Case, otherwise: str, mark: str = ""
) -> Iterator[TextLine]:
    """Yield what is not known, then each outcome with the values that lead to it.

    `mark` stands behind each outcome, where it rests on something that is supposed.
    """
    missing = unknowns(deciding, case)
    if missing:
        yield TextLine(f"What decides: {'; '.join(missing)}")
    if not deciding.outcomes and len(deciding.metrics) > 1:
        yield TextLine("too much is not known to list the outcomes", 1)
    for outcome in deciding.outcomes:
        vocabulary = case.evaluator.vocabulary
        where = [condition(each, vocabulary, case.places) for each in outcome.where]
        if where:
            said = judged(outcome.judgement, otherwise)
            yield TextLine(f"{', '.join(where)}: {said}{mark}", 1)


def unknowns(deciding: Deciding, case: Case) -> list[str]:
    """Return what is not known, each with why: ``applicable die area: … not published``."""
    circumstances = case.evaluator.vocabulary.circumstances
    found = [_unknown(name, case) for name in deciding.metrics]
    names = [lower(circumstances[each].label) for each in deciding.circumstances]
    return found + [f"{name}: not known" for name in names]


def _unknown(name: Key, case: Case) -> str:
    vocabulary = case.evaluator.vocabulary
    answer = case.evaluator.figure(name[0], dict(name[1]))
    shown = label(name, vocabulary)
    if isinstance(answer, Missing):
        bounds = bounds_of(answer)
        return f"{shown} {bounds or 'unknown'}: {answer.because}"
    ends, unit = answer.value.amount, unit_shown(name[0], answer.value.unit, vocabulary)
    low, high = numbers.beside(ends.low, ends.low), numbers.beside(ends.high, ends.high)
    return f"{shown} between {low} and {high} {unit}".rstrip()


def judged(judgement: Judgement, otherwise: str = "not met") -> str:
    """Return a judgement in words: the limbs that are met, or that none is."""
    if judgement.verdict is Verdict.met:
        return join_words(dict.fromkeys(judgement.cites)) or "met"
    return otherwise if judgement.verdict is Verdict.not_met else NOT_SETTLED


def condition(each: Supposition, vocabulary: Vocabulary, places: Places | None = None) -> str:
    """Return values of an input as a relation: ``1,600 ≤ TPP < 2,400``."""
    if not isinstance(each, Span):
        definition = vocabulary.circumstances[each.name]
        if definition.places:
            return f"{lower(definition.label)} {(places or Places()).described(each.values)}"
        return circumstance(each.name, each.values, vocabulary)
    name = brief(each.metric, vocabulary)
    unit = unit_shown(each.metric[0], each.unit, vocabulary)
    if each.low is None or each.high is None:
        return f"{name} {bounds(each)[0]} {unit}".rstrip() if bounds(each) else f"any {name}"
    low = numbers.beside(each.low, each.low)
    if each.low == each.high:
        return f"{name} = {low} {unit}".rstrip()
    return f"{low} {'≤' if each.low_included else '<'} {name} {bounds(each)[1]} {unit}".rstrip()


def bounds(span: Span, space: str = " ") -> list[str]:
    """Return the relations to the ends of a span: ``≥ 1,600`` and ``< 2,400``."""
    return [
        f"{SIGNS[relation]}{space}{numbers.beside(end, end)}" for relation, end in span.relations
    ]


def closed(deciding: Deciding) -> str:
    """Return why nothing is known to stay outside: it is caught, or nobody can tell."""
    if not deciding.outcomes:
        return "too much is not known"
    unknown = any(each.judgement.verdict is Verdict.unknown for each in deciding.outcomes)
    return "not known" if unknown else "none"
