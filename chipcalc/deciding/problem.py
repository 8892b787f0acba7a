"""What is open in a case: figures, the comparisons that rest on them, and how to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from chipcalc.deciding.outcome import Judge
from chipcalc.deciding.turning_points import inputs
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, Missing
from chipcalc.rules.case import Case
from chipcalc.rules.criteria import Threshold
from chipcalc.values.interval import exactly
from chipcalc.values.units import Unit


class Comparison(NamedTuple):
    """A comparison with the inputs of its metric; it `repeats` where one stands there twice."""

    node: Threshold
    on: frozenset[Key]
    repeats: bool


class Problem(NamedTuple):
    """The figures of a case that are open, and how to judge the case for any values of them.

    Numbers are in base units. `answers` holds all inputs, `free` those that are open, and `ends`
    the ends of the others; an open figure ranges over its stated range, between the bounds of an
    unpublished one, or from zero on. `cut` keeps how their lines are cut.
    """

    case: Case
    judge: Judge
    comparisons: tuple[Comparison, ...]
    answers: Mapping[Key, Answer]
    free: tuple[Key, ...]
    ends: Mapping[Key, tuple[Fraction, ...]]
    cut: dict[object, Any]

    def unit(self, name: Key) -> Unit:
        """Return the unit of a metric under its conditions."""
        return self.case.evaluator.vocabulary.unit(name[0], dict(name[1]))

    def domain(self, name: Key) -> tuple[Fraction, Fraction | None]:
        """Return between which values an open figure lies; a high end of None is open."""
        answer = self.answers[name]
        if isinstance(answer, Figure):
            ends = _ends(answer)
            return ends[0], ends[-1]
        low, high = answer.bounds(self.unit(name)) or (None, None)
        factor = self.unit(name).factor
        return (low or Fraction(0)) * factor, None if high is None else high * factor

    def positive(self, name: Key) -> bool:
        """Whether an open figure begins above zero, and is not zero itself."""
        answer = self.answers[name]
        return isinstance(answer, Missing) and answer.positive and not self.domain(name)[0]

    def evaluator(self, at: Mapping[Key, Fraction]) -> Evaluator:
        """Return the figures of the item for values of the open ones; made once for each."""
        known = self.case.evaluator
        if not at:
            return known
        inputs = tuple((name, id(answer)) for name, answer in self.answers.items())
        return known.other((inputs, tuple(at.items())), self.answers, lambda: self._supposing(at))

    def _supposing(self, at: Mapping[Key, Fraction]) -> dict[Key, Answer]:
        """Return all inputs with values of the open figures."""
        return {**self.answers, **{name: self._figure(name, value) for name, value in at.items()}}

    def _figure(self, name: Key, value: Fraction) -> Figure:
        unit = self.unit(name)
        label = self.case.evaluator.vocabulary.metric(name[0]).label
        return Figure(unit.from_base(exactly(value)), label, "given")

    def metric_at(self, node: Threshold, at: Mapping[Key, Fraction]) -> Fraction | None:
        """Return the metric of a comparison for values of the open figures; None without one."""
        answer = self.evaluator(at).figure(node.of.name, node.of.when)
        if isinstance(answer, Missing):
            return None
        return answer.value.base.best


def problem(
    case: Case,
    compared: Sequence[Threshold],
    answers: Mapping[Key, Answer],
    free: Sequence[Key],
    judge: Judge,
) -> Problem:
    """Return the problem of some comparisons, of whose inputs some are free.

    The figure with the most comparisons of its own goes first: it cuts the others' apart.
    """
    comparisons = tuple(_comparison(each, case) for each in compared)
    ordered = sorted(free, key=lambda name: -sum(each.on == {name} for each in comparisons))
    ends = {name: _ends(answer) for name, answer in answers.items() if name not in free}
    return Problem(case, judge, comparisons, answers, tuple(ordered), ends, {})


def _comparison(node: Threshold, case: Case) -> Comparison:
    known = case.evaluator
    names = list(inputs(node.of, known.vocabulary, known.given))
    return Comparison(node, frozenset(names), repeats=len(set(names)) < len(names))


def _ends(answer: Answer) -> tuple[Fraction, ...]:
    """Return the ends of a figure in base units; what a chip does not have is zero."""
    if isinstance(answer, Missing):
        return (Fraction(0),) if answer.kind == "not offered" else ()
    amount = answer.value.base
    return tuple(dict.fromkeys((amount.low, amount.high)))
