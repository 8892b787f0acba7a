"""The cells of an item's open figures: found once, each with what every comparison comes to there.

The line of a figure is cut wherever a comparison turns: at the value of the figure at which a
metric is equal to its limit. No verdict changes between two cuts, so that one value stands for the
whole piece, and each cut is a piece of its own.

With a second open figure, the line of the first is cut besides where the picture along the second
changes: where two cuts of it meet or pass the end of its range. As a function of the first figure,
a cut of the second is the quotient of two straight lines; three values of it, at the probes 1, 2
and 3, say where it has no value and where it is equal to another one. Then the second figure is cut
in the same way at one value of each piece of the first.

A cell is a piece of the first figure, or of the second one at a piece of the first. Which rule asks
what, in which circumstances, on which day, makes no difference to the cells: only the comparisons
do. An answer is judged from the verdicts of a cell, once for all cells that have the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import ge, gt, le, lt
from typing import Any, TypeAlias

from chipcalc.deciding.cuts import Piece, joint_cuts, pieces
from chipcalc.deciding.known import At, Comparison, Known, Ratio, Value
from chipcalc.deciding.outcome import Span
from chipcalc.deciding.problem import Problem, problem
from chipcalc.deciding.spans import Axis, apart, described
from chipcalc.deciding.turning_points import UnsolvableError
from chipcalc.figures.figure import Key
from chipcalc.rules.case import Case
from chipcalc.rules.criteria import Threshold
from chipcalc.values.logic import Relation, Verdict

VERDICTS = (Verdict.not_met, Verdict.met, Verdict.unknown)
CODES = {verdict: code for code, verdict in enumerate(VERDICTS)}  # that of met is true
_HOLDS: dict[Relation, Callable[[int, int], bool]] = {
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "less_than": lt,
}
Verdicts: TypeAlias = bytes  # one code for each comparison, or for each cell


class Cut:
    """The line of a figure in pieces, each with a cell, or with the cut of the second figure there.

    `first` is the number of the first cell.
    """

    def __init__(self, axis: Axis, cut: tuple[Piece, ...], below: tuple[Cut, ...], first: int):
        self.axis = axis
        self.pieces = cut
        self.below = below
        self.first = first
        self._described: dict[tuple[int, int], tuple[Span, ...]] = {}
        self._apart: dict[int, bool] = {}

    def described(self, first: int, last: int) -> tuple[Span, ...]:
        """Return the pieces from one to another as values of what the rules compare."""
        if (first, last) not in self._described:
            piece = self.pieces[first].joined(self.pieces[last])
            if first == last:
                piece = self.pieces[first]
            self._described[first, last] = described(self.axis, piece)
        return self._described[first, last]

    def apart(self, number: int) -> bool:
        """Whether a piece is a point that a metric of both open figures is not defined at."""
        if number not in self._apart:
            self._apart[number] = apart(self.axis, self.pieces[number])
        return self._apart[number]


class Cells:
    """The cells of some open figures under some comparisons, in the order of the figures.

    `points` has a value of each figure for each cell; `cut` is None where no figure is open, and
    there is one cell. Raises UnsolvableError where cuts cannot be found exactly.
    """

    def __init__(self, posed: Problem) -> None:
        self.problem = posed
        self.points: list[At] = []
        self.results: dict[object, tuple[object, Any]] = {}  # from the judgements of all cells
        self._columns: dict[int, tuple[Threshold, Verdicts]] = {}
        self._values: dict[tuple[Key, Value], list[Ratio | None]] = {}
        self._rows: dict[int, tuple[Sequence[Threshold], tuple[Verdicts, ...]]] = {}
        self.cut = self._along(posed.free, {})

    def _along(self, free: Sequence[Key], at: At) -> Cut | None:
        if not free:
            self.points.append(at)
            return None
        first = len(self.points)
        axis = Axis(self.problem, free[0], at)
        cuts = [each.value for each in axis.turns]
        cuts += joint_cuts(self.problem, *free[:2]) if len(free) > 1 else ()
        found = tuple(pieces(self.problem, free[0], cuts))
        below = [self._along(free[1:], {**at, free[0]: each.sample}) for each in found]
        return Cut(axis, found, tuple(each for each in below if each), first)

    def rows(self, nodes: Sequence[Threshold]) -> tuple[Verdicts, ...]:
        """Return the verdicts of some comparisons, cell by cell."""
        kept = self._rows.get(id(nodes))
        if kept is None:
            columns = [self.column(each) for each in nodes]
            found = map(bytes, zip(*columns, strict=True)) if columns else [b""] * len(self.points)
            kept = self._rows[id(nodes)] = (nodes, tuple(found))
        return kept[1]

    def column(self, node: Threshold) -> Verdicts:
        """Return the verdict of a comparison in every cell; found once."""
        kept = self._columns.get(id(node))
        if kept is None:
            kept = self._columns[id(node)] = (node, bytes(self._column(node)))
        return kept[1]

    def _column(self, node: Threshold) -> Sequence[int]:
        posed = self.problem
        known, evaluator = posed.known, posed.case.evaluator
        names = evaluator.rests_on(node.of.name)
        if not any(name in names for name, _ in posed.free):
            return [CODES[posed.case.compare(node).verdict]] * len(self.points)
        comparison = known.comparison(node)
        plain = known.plain(comparison.of, posed.free)
        unit = evaluator.vocabulary.unit(node.of.name, node.of.when)
        if plain is None or unit.dimension != node.limit.unit.dimension:
            return [self._read(node, at) for at in self.points]
        holds, limit = _HOLDS[node.relation], comparison.limit
        undefined = None
        codes = []
        for number, value in enumerate(self._values_of(comparison, plain)):
            if value:
                codes.append(int(holds(value[0] * limit[1], limit[0] * value[1])))
                continue
            if undefined is None:  # it is read alike wherever something is divided by zero
                undefined = self._read(node, self.points[number])
            codes.append(undefined)
        return codes

    def _values_of(self, comparison: Comparison, plain: Value) -> list[Ratio | None]:
        """Return the metric of a comparison in every cell; None where it has no value."""
        asked = (comparison.of, plain)
        if asked not in self._values:
            on = [name for name in self.problem.free if name in comparison.on]
            found: dict[tuple[int, ...], Ratio | None] = {}
            values = self._values[asked] = []
            for at in self.points:
                same = tuple([id(at[name]) for name in on])  # the points keep their values
                if same not in found:
                    found[same] = _defined(plain, at)
                values.append(found[same])
        return self._values[asked]

    def _read(self, node: Threshold, at: At) -> int:
        """Return the verdict of a comparison at some values as it is read of an item."""
        return CODES[self.problem.case.of(self.problem.evaluator(at)).compare(node).verdict]


def _defined(value: Value, at: At) -> Ratio | None:
    """Return a value at a point; None where something is divided by zero."""
    try:
        return value(at)
    except ZeroDivisionError:
        return None


def cells(case: Case, compared: Sequence[Comparison], free: Sequence[Key]) -> Cells:
    """Return the cells of a case; found once for the figures of an item and the comparisons.

    Raises UnsolvableError where they cannot be found exactly.
    """
    known = Known.of(case.evaluator)
    asked = (tuple(compared), tuple(free))
    if asked not in known.cells:
        try:
            known.cells[asked] = Cells(problem(case, compared, free))
        except UnsolvableError as why:
            known.cells[asked] = why
    found: Cells | UnsolvableError = known.cells[asked]
    if isinstance(found, UnsolvableError):
        raise found
    return found
