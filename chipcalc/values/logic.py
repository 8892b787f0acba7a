"""Three-valued logic: what a rule says of a chip is met, not met or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Literal, TypeAlias

from chipcalc.values.interval import Interval

Relation: TypeAlias = Literal["at_least", "more_than", "at_most", "less_than"]


class Verdict(StrEnum):
    """What a criterion, a limb or a rule comes to: as a boolean, unknown is an error."""

    met = "met"
    not_met = "not met"
    unknown = "unknown"

    __hash__ = str.__hash__  # that of an enumeration is many times slower

    def __bool__(self) -> bool:
        """Return whether it is met; raises TypeError where that is not known."""
        if self is Verdict.unknown:
            raise TypeError("'unknown' is neither true nor false: ask whether it 'is Verdict.met'")
        return self is Verdict.met


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Return Kleene's "and": one that is not met settles it, whatever the others are."""
    found = tuple(verdicts)
    if Verdict.not_met in found:
        return Verdict.not_met
    return Verdict.unknown if Verdict.unknown in found else Verdict.met


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Return Kleene's "or": one that is met settles it, whatever the others are."""
    found = tuple(verdicts)
    if Verdict.met in found:
        return Verdict.met
    return Verdict.unknown if Verdict.unknown in found else Verdict.not_met


def negated(verdict: Verdict) -> Verdict:
    """Return Kleene's "not": unknown stays unknown."""
    if verdict is Verdict.unknown:
        return verdict
    return Verdict.not_met if verdict is Verdict.met else Verdict.met


def agreed(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on which all agree; unknown where two differ, and for none at all."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else Verdict.unknown


def compared(amount: Interval, relation: Relation, limit: Interval) -> Verdict:
    """Return whether every amount of a range stands in a relation to the limit, or none does.

    A range settles a criterion only when all of it lies on one side; nothing is rounded.
    """
    return bounded(amount.low, amount.high, relation, limit)


def bounded(
    low: Fraction | None, high: Fraction | None, relation: Relation, limit: Interval
) -> Verdict:
    """Return the same of all amounts between two ends, of which one that is None is open."""
    line = limit.best
    from_line, above = low is not None and low >= line, low is not None and low > line
    to_line, below = high is not None and high <= line, high is not None and high < line
    if relation == "at_least":
        sure, never = from_line, below
    elif relation == "more_than":
        sure, never = above, to_line
    elif relation == "at_most":
        sure, never = to_line, above
    else:
        sure, never = below, from_line
    return Verdict.met if sure else Verdict.not_met if never else Verdict.unknown
