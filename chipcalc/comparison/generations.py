"""How many generations a chip is behind: its place on a line of products, by one metric."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, TypeGuard

from chipcalc.errors import error
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict


class Place(NamedTuple):
    """Where a chip stands on a line of products: generations and years behind the newest.

    Both are ranges, because a figure may be one; None where a figure or a date is not known. The
    place between two products is found by interpolating the logarithm of the metric, and beyond
    either end of the line by going on at the pace of the two products there.
    """

    sheet: Sheet
    metric: str
    when: Conditions
    answer: Answer
    behind: tuple[float, float] | None
    years: tuple[float, float] | None
    line: tuple[tuple[Sheet, Answer], ...]

    def within(self, low: Fraction, high: Fraction) -> Verdict:
        """Return whether the chip is behind by a number of generations in a range."""
        if self.behind is None:
            return Verdict.unknown
        least, most = self.behind
        if low <= least and most <= high:
            return Verdict.met
        return Verdict.not_met if most < low or least > high else Verdict.unknown


class _Mark(NamedTuple):
    """A product on the line: which generation it is, and its figure as a logarithm."""

    generation: int
    log: float


def place(
    sheet: Sheet,
    line: Sequence[Sheet],
    metric: str,
    when: Conditions,
    evaluate: Callable[[Sheet], Evaluator],
) -> Place:
    """Return the place of a chip on a line of products, oldest first, by one metric.

    A product without a figure keeps its place among the generations; without a figure of the
    newest, nothing can be behind it. Raises ChipcalcError for a line that does not advance.
    """
    sign = -1 if evaluate(sheet).vocabulary.metric(metric).better == "lower" else 1
    answer = evaluate(sheet).figure(metric, when)
    answers = [evaluate(each).figure(metric, when) for each in line]
    marks = [
        _Mark(index, sign * _log(each, "best"))
        for index, each in enumerate(answers)
        if _positive(each)
    ]
    _check_advance(marks, line, metric)
    found = Place(sheet, metric, when, answer, None, None, tuple(zip(line, answers, strict=True)))
    if not _positive(answer) or len(marks) < 2 or marks[-1].generation != len(line) - 1:
        return found
    logs = (sign * _log(answer, end) for end in ("low", "high"))
    positions = sorted(_position(each, marks) for each in logs)
    newest = len(line) - 1
    behind = (newest - positions[1], newest - positions[0])
    days = [_day(each) for each in line]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return found._replace(behind=behind)
    dated = [_at(position, known) for position in positions]
    return found._replace(behind=behind, years=(known[-1] - dated[1], known[-1] - dated[0]))


def _positive(answer: Answer) -> TypeGuard[Figure]:
    return isinstance(answer, Figure) and answer.value.amount.low > 0


def _check_advance(marks: Sequence[_Mark], line: Sequence[Sheet], metric: str) -> None:
    for first, second in pairwise(marks):
        if second.log <= first.log:
            one, other = line[first.generation].name, line[second.generation].name
            what = f"by {metric}, {other} is no advance on {one}, so there is no line to be on"
            raise error(what, "leave one of them out, or measure by another metric")


def _log(figure: Figure, end: str) -> float:
    amount: Fraction = getattr(figure.value.base, end)
    return math.log(amount)


def _day(sheet: Sheet) -> float | None:
    """Return a launch date in years, the middle of what is known of it; None for none at all."""
    if sheet.chip.launched is None:
        return None
    day = sheet.chip.launched.middle
    return day.year + (day - day.replace(month=1, day=1)).days / 365.25


def _position(value: float, marks: Sequence[_Mark]) -> float:
    """Return the generation at which a value lies, in between or beyond those of the marks."""
    index = sum(mark.log <= value for mark in marks) - 1
    index = min(max(index, 0), len(marks) - 2)
    first, second = marks[index], marks[index + 1]
    share = (value - first.log) / (second.log - first.log)
    return first.generation + share * (second.generation - first.generation)


def _at(position: float, days: Sequence[float]) -> float:
    index = min(max(math.floor(position), 0), len(days) - 2)
    return days[index] + (position - index) * (days[index + 1] - days[index])
