"""How many generations a chip is behind: its place on a line of products, by one metric."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.evaluate import Evaluator
from chipcalc.figure import Answer, Figure
from chipcalc.matching import Conditions
from chipcalc.store import Sheet
from chipcalc.verdict import Verdict


class Place(NamedTuple):
    """Where a chip stands on a line of products: generations and years behind the newest.

    Both are ranges, because a figure may be one; None where the figure is not known. The place
    between two products is found by interpolating the logarithm of the metric, and beyond either
    end of the line by going on at the pace of the last two.
    """

    sheet: Sheet
    metric: str
    when: Conditions
    answer: Answer
    behind: tuple[float, float] | None
    years: tuple[float, float] | None
    line: tuple[Sheet, ...]

    def within(self, low: Fraction, high: Fraction) -> Verdict:
        """Return whether the chip is behind by a number of generations in a range."""
        if self.behind is None:
            return Verdict.unknown
        least, most = self.behind
        if low <= least and most <= high:
            return Verdict.met
        return Verdict.not_met if most < low or least > high else Verdict.unknown


def place(
    sheet: Sheet,
    line: Sequence[Sheet],
    metric: str,
    when: Conditions,
    evaluate: Callable[[Sheet], Evaluator],
) -> Place:
    """Return the place of a chip on a line of products, oldest first, by one metric."""
    answer = evaluate(sheet).figure(metric, when)
    steps = []
    for each in line:
        figure = evaluate(each).figure(metric, when)
        if isinstance(figure, Figure):
            steps.append((_log(figure, "best"), _day(each), each))
    if not isinstance(answer, Figure) or len(steps) < 2:
        return Place(sheet, metric, when, answer, None, None, tuple(line))
    scale = [step for step, _, _ in steps]
    days = [day for _, day, _ in steps]
    positions = sorted(_position(_log(answer, end), scale) for end in ("low", "high"))
    newest = len(scale) - 1
    behind = (newest - positions[1], newest - positions[0])
    dated = [_at(position, days) for position in positions]
    years = (days[-1] - dated[1], days[-1] - dated[0])
    return Place(sheet, metric, when, answer, behind, years, tuple(each for _, _, each in steps))


def _log(figure: Figure, end: str) -> float:
    amount: Fraction = getattr(figure.value.amount, end)
    return math.log(float(amount * figure.value.unit.factor))


def _day(sheet: Sheet) -> float:
    """Return a launch date in years; the middle of what is known of it."""
    year, month, day = (*map(int, (sheet.chip.launched or "2000").split("-")), 0, 0)[:3]
    first = datetime.date(year, month or 7, day or (15 if month else 1))
    return year + (first - datetime.date(year, 1, 1)).days / 365.25


def _position(value: float, scale: Sequence[float]) -> float:
    """Return where a value lies on a scale whose marks are one apart."""
    index = sum(mark <= value for mark in scale) - 1
    index = min(max(index, 0), len(scale) - 2)
    return index + (value - scale[index]) / (scale[index + 1] - scale[index])


def _at(position: float, marks: Sequence[float]) -> float:
    index = min(max(math.floor(position), 0), len(marks) - 2)
    return marks[index] + (position - index) * (marks[index + 1] - marks[index])
