"""The cells of the rows of a frame: rows in one cell come out alike, so that one is judged for all.

What the rules compare rests on a few inputs. The line of an input is cut where the deciding facts
of an item that says nothing are cut: at every value at which a comparison turns, and at those where
the picture along a second open input changes. Rows of one cell lie between the same cuts, state
the same columns and say the same words. Where a figure lies on a cut, or so near to it that
rounding might put it there, the row's own amounts are part of its cell; so are those of inputs
whose cuts are not all told by two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import add, or_
from typing import Any, NamedTuple

import narwhals as nw

from chipcalc.check.day import DayRules, asked_of
from chipcalc.check.what_if import blank
from chipcalc.deciding.cuts import joint_cuts, turns
from chipcalc.deciding.known import Comparison, Known
from chipcalc.deciding.problem import problem
from chipcalc.deciding.turning_points import UnsolvableError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Key
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.texts import comparisons
from chipcalc.screening.bounds import FormulaColumns

_ROOM = 2**60  # what one whole number tells apart
NEAR = "__near_"
SAID = "__said_"
CELL = "__cell_"


class Cuts(NamedTuple):
    """Where the lines of inputs are cut, in base units, and those of metrics of two of them.

    `joint` are cuts of one input that count where another one is open; `by_value` are inputs whose
    rows are alike only where their amounts are the same.
    """

    own: Mapping[Key, tuple[float, ...]]
    joint: Mapping[tuple[Key, Key], tuple[float, ...]]
    of_two: Mapping[Key, tuple[float, ...]]
    by_value: frozenset[Key]


def cuts(day: DayRules, texts: Sequence[Provision], is_told: Callable[[Key], bool]) -> Cuts:
    """Return the cuts for what some rules of a day compare, along the inputs that are told."""
    evaluator = Evaluator(blank(day.vocabulary), day.vocabulary)
    case, known = day.case(evaluator), Known.of(evaluator)
    nodes = comparisons([node for each in texts for node in asked_of(each)], day.provisions)
    compared = list(
        dict.fromkeys(known.comparison(each) for each in nodes if isinstance(each, Threshold))
    )
    told = [name for name in known.inputs(compared) if is_told(name)]
    own: dict[Key, tuple[float, ...]] = {}
    for name in told:
        posed = problem(case, compared, (name,))
        own[name] = _sorted(each.value for each in turns(posed, name, {}))
    joint: dict[tuple[Key, Key], tuple[float, ...]] = {}
    by_value: set[Key] = set()
    for name, other in _pairs(compared):
        both = [each for each in compared if each.on <= {name, other}]
        for first, second in ((name, other), (other, name)):
            try:
                found = joint_cuts(problem(case, both, (first, second)), first, second)
                joint[first, second] = _sorted(found)
            except UnsolvableError:
                by_value |= {first, second}
    of_two: dict[Key, list[float]] = {}
    for each in compared:
        if len(each.on) > 1:
            of_two.setdefault(each.of, []).append(each.limit[0] / each.limit[1])
    by_value |= set(_entangled(compared, {*told}))
    shown = {name: _sorted(values) for name, values in of_two.items()}
    return Cuts(own, joint, shown, frozenset(by_value.intersection(told)))


def _sorted(values: Iterable[object]) -> tuple[float, ...]:
    """Return cuts above zero in order; that an amount is there at all is told by itself."""
    found = {float(each) for each in values}  # type: ignore[arg-type]
    return tuple(sorted(each for each in found if each > 0))


def _pairs(compared: Sequence[Comparison]) -> Iterator[tuple[Key, Key]]:
    found = (pair for each in compared for pair in combinations(sorted(each.on, key=str), 2))
    yield from dict.fromkeys(found)


def _entangled(compared: Sequence[Comparison], told: set[Key]) -> Iterator[Key]:
    """Yield inputs that hang together with others, of which more than one metric of two tells.

    One that is told alone is cut where the picture along each of the others changes.
    """
    left = {name for each in compared for name in each.on}
    while left:
        group = {left.pop()}
        linked = [each for each in compared if len(each.on) > 1]
        while True:
            more = {name for each in linked if each.on & group for name in each.on} - group
            if not more:
                break
            group |= more
        left -= group
        metrics = {each.of for each in linked if each.on & group}
        several = len(group) > 2 or len(metrics) > 1
        if several and len(group & told) > 1:
            yield from group & told


class Made(NamedTuple):
    """What a frame has as columns: figures, words with their values, and what is declared.

    `said` are columns of texts; rows that say another one there have a cell of their own. Where the
    one that is `named` says anything, so do rows with other amounts.
    """

    figures: FormulaColumns
    words: Mapping[str, Sequence[str]]
    declared: Sequence[str]
    said: Sequence[str] = ()
    named: str = ""


class RowCells:
    """The columns that tell the cell of each row, over a frame that has its figures as columns.

    They are expressions `of` narwhals, or of polars itself, which has the same ones.
    """

    def __init__(self, made: Made, found: Cuts, band: float, of: Any = nw) -> None:
        """Make the columns; rows within a `band` of a cut have a cell of their own."""
        self._of = of
        self._band = 2 * band  # wider than the one that leaves a row open
        self._figures = made.figures
        self._near: dict[str, list[Any]] = {}
        self._classes: list[tuple[Any, int]] = []
        self._places = {name: f"__open_{number}" for number, name in enumerate(found.own)}
        opened = {self._places[name]: self._is_open(name) for name in found.own}
        for name, values in found.own.items():
            self._input(name, values, by_value=name in found.by_value)
        for (name, other), values in found.joint.items():
            if name in found.own:
                beside = self._places.get(other)
                self._ends(name, values, of.col(beside) if beside else of.lit(True))
        for metric, values in found.of_two.items():
            self._ends(metric, values)
        self._alone(made.declared)
        if made.named:
            for each in made.figures.given:
                self._near.setdefault(each.column, []).append(of.col(made.named) != of.lit(""))
        self._classes += [(~of.col(each).is_null(), 2) for each in self._near]
        self._classes += [self._word(name, values) for name, values in made.words.items()]
        named = {**dict(self._packed()), **dict(self._amounts())}
        self.layers = (opened, named)
        self.names = (*named, *made.said)

    def _is_open(self, name: Key) -> Any:
        """Return where an input is not known to one value."""
        ends = self._figures.columns_of(name[0], dict(name[1]))
        if len(ends) == 2:
            low, high = map(self._of.col, ends.values())
            return ~(low == high).fill_null(value=False)
        same = "low" in ends and self._figures.figure(name[0], dict(name[1])).high is not None
        return self._of.col(ends["low"]).is_null() if same else self._of.lit(True)

    def _input(self, name: Key, values: Sequence[float], *, by_value: bool) -> None:
        for each in self._figures.fed_by(name[0]):
            near = self._near.setdefault(each, [])
            near += [self._of.lit(True)] if by_value else []
        self._ends(name, values)
        self._classes.append((self._of.col(self._places[name]), 2))

    def _ends(self, name: Key, values: Sequence[float], where: Any = None) -> None:
        """Tell on which side of some cuts the ends of a metric lie, or that there are none."""
        for column in self._figures.columns_of(name[0], dict(name[1])).values():
            value = self._of.col(column)
            self._classes.append((value.is_null(), 2))
            if not values:
                continue
            above = self._above(value, values, 1 + self._band, where)
            self._classes.append((above, len(values) + 1))
            near = above != self._above(value, values, 1 - self._band, where)
            for each in self._figures.fed_by(name[0]):
                self._near.setdefault(each, []).append(near)

    def _above(self, value: Any, cuts: Sequence[float], share: float, where: Any) -> Any:
        """Return how many cuts, moved by a share, a value lies above."""
        found = self._sum((value > each * share).cast(self._of.Int64) for each in cuts)
        found = found.fill_null(0)
        return found if where is None else found * where.cast(self._of.Int64)

    def _alone(self, declared: Iterable[str]) -> None:
        """Give rows a cell of their own of which a check knows more than columns tell."""
        loose = [each.column for each in self._figures.given if self._figures.is_loose(each)]
        beside = [*declared, *(each for each in loose if each in self._near)]
        for each in beside:
            self._near.setdefault(each, [])
        own = [~self._of.col(each).is_null() for each in beside]
        for conditions in self._near.values():
            conditions.extend(own)

    def _word(self, name: str, values: Sequence[str]) -> tuple[Any, int]:
        said = self._of.col(f"__word_{name}")
        codes = (
            (said == value).fill_null(value=False).cast(self._of.Int64) * number
            for number, value in enumerate(values, 1)
        )
        return self._sum(codes), len(values) + 1

    def _packed(self) -> Iterator[tuple[str, Any]]:
        """Yield whole numbers of which each tells many classes apart."""
        room, number = 1, 0
        parts: list[Any] = []
        for value, size in self._classes:
            if room * size > _ROOM:
                yield f"{CELL}{number}", self._sum(parts)
                room, parts, number = 1, [], number + 1
            parts.append(value.cast(self._of.Int64) * room)
            room *= size
        yield f"{CELL}{number}", self._sum(parts)

    def _amounts(self) -> Iterator[tuple[str, Any]]:
        """Yield the amounts of rows near a cut; else less than nothing."""
        for column, conditions in self._near.items():
            if conditions:
                near = reduce(or_, conditions)
                amount = (
                    self._of.when(near).then(self._of.col(column)).otherwise(self._of.lit(-1.0))
                )
                yield f"{NEAR}{column}", amount.fill_null(-1.0)

    def _sum(self, found: Iterable[Any]) -> Any:
        parts = list(found)
        return reduce(add, parts) if parts else self._of.lit(0)
