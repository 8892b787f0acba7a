"""Outcomes told by as few conditions as suffice; each holds whenever its conditions do."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.deciding.outcome import Deciding, Outcome, Span, Supposition
from chipcalc.figures.figure import Key


def minimal(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return outcomes without the conditions that make no difference, and without repetitions.

    The outcomes that come in cover everything and exclude one another; those that come out cover
    the same, but two of them may hold at once, and then say the same.
    """
    found: list[Outcome] = []
    for outcome in outcomes:
        where = outcome.where
        for condition in outcome.where:
            rest = tuple(each for each in where if each is not condition)
            if all(e.judgement == outcome.judgement for e in outcomes if _meet(rest, e.where)):
                where = rest
        found.append(outcome._replace(where=where))
    unique = list(dict.fromkeys(found))
    return tuple(each for each in unique if not any(_covers(e, each) for e in unique))


def telling(deciding: Deciding) -> tuple[list[Key], list[str]]:
    """Return the metrics and circumstances that make a difference; all where nobody can tell."""
    if not deciding.outcomes:
        return [*deciding.metrics], [*deciding.circumstances]
    told = [each for outcome in minimal(deciding.outcomes) for each in outcome.where]
    metrics = [each.metric for each in told if isinstance(each, Span)]
    return metrics, [each.name for each in told if not isinstance(each, Span)]


def _covers(wider: Outcome, narrower: Outcome) -> bool:
    """Whether an outcome asks for less than another one that says the same."""
    return (
        wider is not narrower
        and wider.judgement == narrower.judgement
        and all(any(_within(each, e) for each in narrower.where) for e in wider.where)
        and not all(any(_within(each, e) for each in wider.where) for e in narrower.where)
    )


def _meet(first: Sequence[Supposition], second: Sequence[Supposition]) -> bool:
    """Whether two lists of conditions can hold together."""
    return all(_overlap(one, other) for one in first for other in second)


def _overlap(one: Supposition, other: Supposition) -> bool:
    """Whether two conditions leave something in common; those about different things do."""
    if isinstance(one, Span) or isinstance(other, Span):
        return not (isinstance(one, Span) and isinstance(other, Span)) or _spans_meet(one, other)
    return one.name != other.name or bool(set(one.values) & set(other.values))


def _spans_meet(one: Span, other: Span) -> bool:
    return one.metric != other.metric or not (_before(one, other) or _before(other, one))


def _before(one: Span, other: Span) -> bool:
    """Whether all values of one span lie below those of another."""
    if one.high is None or other.low is None:
        return False
    both = one.high_included and other.low_included
    return one.high < other.low or (one.high == other.low and not both)


def _within(narrower: Supposition, wider: Supposition) -> bool:
    """Whether one condition is the other, or values of the same circumstance among it."""
    if isinstance(narrower, Span) or isinstance(wider, Span):
        return narrower == wider
    return narrower.name == wider.name and set(narrower.values) <= set(wider.values)
