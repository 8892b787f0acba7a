"""What is not known, and every outcome of it, as values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.figures.figure import Key
from chipcalc.rules.case import Case, Judgement
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Relation, Verdict
from chipcalc.values.units import Unit


class Span(NamedTuple):
    """The values of a metric from `low` to `high`, in its own unit; an end of None is open."""

    metric: Key
    unit: Unit
    low: Fraction | None
    high: Fraction | None
    low_included: bool = False
    high_included: bool = False

    @property
    def relations(self) -> tuple[tuple[Relation, Fraction], ...]:
        """The relations to its ends that all of its values have, the low end first."""
        low: Relation = "at_least" if self.low_included else "more_than"
        high: Relation = "at_most" if self.high_included else "less_than"
        ends = ((low, self.low), (high, self.high))
        return tuple((relation, end) for relation, end in ends if end is not None)

    def contains(self, amount: Interval) -> bool:
        """Return whether all of an amount, in the unit of the span, lies within it."""
        low, high = self.low, self.high
        above = low is None or amount.low > low or (self.low_included and amount.low == low)
        below = high is None or amount.high < high or (self.high_included and amount.high == high)
        return above and below


class Choices(NamedTuple):
    """Values of a circumstance."""

    name: str
    values: tuple[str, ...]


Supposition: TypeAlias = Span | Choices


class Outcome(NamedTuple):
    """Values of what is not known, and what follows from them."""

    where: tuple[Supposition, ...]
    judgement: Judgement


class Deciding(NamedTuple):
    """What is not known, and every outcome of it; no outcomes where too much is not known."""

    metrics: tuple[Key, ...]
    circumstances: tuple[str, ...]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def settled(self) -> Judgement | None:
        """The judgement that every outcome shares, whatever the missing facts are."""
        found = {each.judgement.verdict for each in self.outcomes}
        if len(found) != 1 or found == {Verdict.unknown}:
            return None
        cites = [each.judgement.cites for each in self.outcomes]
        common = tuple(each for each in cites[0] if all(each in other for other in cites))
        return Judgement(found.pop(), common)


Judge: TypeAlias = Callable[[Case], Judgement]
