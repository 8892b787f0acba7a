"""Three-valued logic: what a rule says of a chip is met, not met or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a criterion, a limb or a rule comes to: as a boolean, unknown is an error."""

    met = "met"
    not_met = "not met"
    unknown = "unknown"

    def __bool__(self) -> bool:
        """Return whether it is met; raises TypeError where that is not known."""
        if self is Verdict.unknown:
            raise TypeError("'unknown' is neither true nor false: ask whether it 'is Verdict.met'")
        return self is Verdict.met


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Return Kleene's "and": one that is not met settles it, whatever the others are."""
    found = set(verdicts)
    if Verdict.not_met in found:
        return Verdict.not_met
    return Verdict.unknown if Verdict.unknown in found else Verdict.met


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Return Kleene's "or": one that is met settles it, whatever the others are."""
    found = set(verdicts)
    if Verdict.met in found:
        return Verdict.met
    return Verdict.unknown if Verdict.unknown in found else Verdict.not_met


def negated(verdict: Verdict) -> Verdict:
    """Return Kleene's "not": unknown stays unknown."""
    opposites = {Verdict.met: Verdict.not_met, Verdict.not_met: Verdict.met}
    return opposites.get(verdict, verdict)


def agreed(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on which all agree; unknown where two differ, and for none at all."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else Verdict.unknown
