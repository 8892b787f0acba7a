"""What is open in a case: figures, and the comparisons that rest on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.deciding.known import At, Comparison, Known
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, Missing
from chipcalc.rules.case import Case
from chipcalc.values.interval import exactly
from chipcalc.values.units import Unit


class Problem(NamedTuple):
    """The figures of a case that are open, and what is compared.

    Numbers are in base units. `answers` holds all inputs, `free` those that are open, in the order
    in which they are cut; an open figure ranges over its stated range, between the bounds of an
    unpublished one, or from zero on.
    """

    case: Case
    known: Known
    comparisons: tuple[Comparison, ...]
    answers: Mapping[Key, Answer]
    free: tuple[Key, ...]

    def unit(self, name: Key) -> Unit:
        """Return the unit of a metric under its conditions."""
        return self.known.unit(name)

    def domain(self, name: Key) -> tuple[Fraction, Fraction | None]:
        """Return between which values an open figure lies; a high end of None is open."""
        return self.known.domain(name)

    def positive(self, name: Key) -> bool:
        """Whether an open figure begins above zero, and is not zero itself."""
        answer = self.answers[name]
        return isinstance(answer, Missing) and answer.positive and not self.domain(name)[0]

    def is_told(self, comparison: Comparison, free: Key, at: At) -> bool:
        """Whether a comparison rests on an open figure, and on no other that is open still."""
        return free in comparison.on and not any(
            name in self.free and name not in at for name in comparison.on if name != free
        )

    def evaluator(self, at: At) -> Evaluator:
        """Return the figures of the item for values of the open ones; made once for each."""
        known = self.case.evaluator
        if not at:
            return known
        inputs = tuple((name, id(answer)) for name, answer in self.answers.items())
        return known.other((inputs, tuple(at.items())), self.answers, lambda: self._supposing(at))

    def _supposing(self, at: At) -> dict[Key, Answer]:
        """Return all inputs with values of the open figures."""
        return {**self.answers, **{name: self._figure(name, value) for name, value in at.items()}}

    def _figure(self, name: Key, value: Fraction) -> Figure:
        unit = self.unit(name)
        label = self.case.evaluator.vocabulary.metric(name[0]).label
        return Figure(unit.from_base(exactly(value)), label, "given")

    def side(self, comparison: Comparison, at: At) -> int | None:
        """Return whether a metric is above its limit (1), on it or below (-1); None without one."""
        above, below = comparison.limit
        plain = self.known.plain(comparison.of, self.free)
        if plain and len(at) == len(self.free):
            try:
                value = plain(at)
            except ZeroDivisionError:
                return None
        else:
            node = comparison.node
            answer = self.evaluator(at).figure(node.of.name, node.of.when)
            if isinstance(answer, Missing):
                return None
            value = answer.value.base.best.as_integer_ratio()
        one, other = value[0] * below, above * value[1]
        return (one > other) - (one < other)


def problem(case: Case, compared: Sequence[Comparison], free: Sequence[Key]) -> Problem:
    """Return the problem of some comparisons, of whose inputs some are free.

    The figure with the most comparisons of its own goes first: it cuts the others' apart.
    """
    known = Known.of(case.evaluator)
    answers = {name: known.answer(name) for name in known.inputs(compared)}
    ordered = sorted(free, key=lambda name: -sum(each.on == {name} for each in compared))
    return Problem(case, known, tuple(compared), answers, tuple(ordered))
