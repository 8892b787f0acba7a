"""What is not known, and every outcome of it, as values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.figures.figure import Key
from chipcalc.rules.case import Case, Judgement
from chipcalc.rules.provision import Provision
from chipcalc.values.exact import decimal_text
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

    def __str__(self) -> str:
        """Return the span in exact figures: ``1600 <= tpp < 4800 TOPS*bit``."""
        name = f"{self.metric[0]}[{', '.join(value for _, value in sorted(self.metric[1]))}]"
        name, unit = name.removesuffix("[]"), self.unit.text
        if self.low is not None and self.low == self.high:
            return f"{name} = {_exact(self.low)} {unit}"
        parts = [name]
        if self.high is not None:
            parts.append(f"{'<=' if self.high_included else '<'} {_exact(self.high)}")
        if self.low is not None and self.high is not None:
            parts.insert(0, f"{_exact(self.low)} {'<=' if self.low_included else '<'}")
        elif self.low is not None:
            parts.append(f"{'>=' if self.low_included else '>'} {_exact(self.low)}")
        return " ".join([*parts, unit]) if len(parts) > 1 else f"any {name}"

    def __repr__(self) -> str:
        return f"Span({self})"

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

    def __str__(self) -> str:
        return f"{self.name} = {' or '.join(self.values)}"


Supposition: TypeAlias = Span | Choices


class Outcome(NamedTuple):
    """Values of what is not known, and what follows from them."""

    where: tuple[Supposition, ...]
    judgement: Judgement

    def __str__(self) -> str:
        cites = f" ({', '.join(self.judgement.cites)})" if self.judgement.cites else ""
        return f"{' and '.join(map(str, self.where))}: {self.judgement.verdict.value}{cites}"


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


def _exact(value: Fraction) -> str:
    """Return a number in full, as a fraction where its digits never end."""
    text = decimal_text(value)
    return text if Fraction(text) == value else str(value)


Judge: TypeAlias = Callable[[Case], Judgement]


class Asked(NamedTuple):
    """Rules that are judged together: what is found of them once serves all that rests on them.

    `name` tells apart two ways to judge the same rules.
    """

    name: str
    rules: tuple[Provision, ...]
