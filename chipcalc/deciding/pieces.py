"""The open figures of a case, cut into pieces that have one outcome each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

from chipcalc.deciding.outcome import Judge, Span, Supposition
from chipcalc.deciding.turning_points import UnsolvableError, inputs, turning_points
from chipcalc.figures.figure import Answer, Figure, Key, Missing, key
from chipcalc.rules.case import Case, Judgement
from chipcalc.rules.criteria import Threshold
from chipcalc.values.interval import exactly
from chipcalc.values.units import Unit

_PROBES = (Fraction(1), Fraction(2), Fraction(3))  # the multiples that _poles rests on


class _Piece(NamedTuple):
    """A piece of a number line: a point, or all between two points; a high end of None is open."""

    low: Fraction
    high: Fraction | None
    low_included: bool
    high_included: bool

    @property
    def sample(self) -> Fraction:
        return self.low + 1 if self.high is None else (self.low + self.high) / 2

    def joined(self, following: _Piece) -> _Piece:
        return self._replace(high=following.high, high_included=following.high_included)


class Branch(NamedTuple):
    """Values of one figure or circumstance, and what follows from them."""

    where: tuple[Supposition, ...]
    result: Result


Result: TypeAlias = "Judgement | tuple[Branch, ...]"


class Pieces:
    """The figures that are open, and how to judge the case for any values of them.

    Numbers are in base units; each open figure ranges over its stated range, or from zero on.
    """

    def __init__(
        self,
        case: Case,
        compared: Sequence[Threshold],
        answers: Mapping[Key, Answer],
        free: tuple[Key, ...],
        judge: Judge,
    ) -> None:
        self.case = case
        self.vocabulary = case.evaluator.vocabulary
        known = case.evaluator.given
        found = [(each, list(inputs(each.of, self.vocabulary, known))) for each in compared]
        self.rests_on = [(node, set(names)) for node, names in found]
        self.repeating = [set(names) for _, names in found if len(set(names)) < len(names)]
        self.answers = answers
        self.judge = judge
        # the figure with the most comparisons of its own goes first: it cuts the others' apart
        self.free = sorted(free, key=lambda name: -sum(on == {name} for _, on in self.rests_on))
        self.ends = {name: _ends(answer) for name, answer in answers.items() if name not in free}

    def result(self, given: Mapping[str, str]) -> Result:
        """Return what follows from the open figures under some circumstances."""
        return self._result(self.free, {}, given)

    def _result(
        self, free: Sequence[Key], at: Mapping[Key, Fraction], given: Mapping[str, str]
    ) -> Result:
        if not free:
            supposed = {name: self._supposed(name, value) for name, value in at.items()}
            answers = {**self.answers, **supposed} if supposed else {}
            return self.judge(self.case.supposing(answers, given))
        first, *rest = free
        points = list(self._points(first, at))
        joint = self._joint_cuts(first, rest[0]) if rest else ()
        pieces: list[tuple[_Piece, Result]] = []
        for piece in self._pieces(first, [*(each for each, _ in points), *joint]):
            result = self._result(rest, {**at, first: piece.sample}, given)
            if pieces and pieces[-1][1] == result and not self._apart(pieces[-1][0], first, at):
                pieces[-1] = (pieces[-1][0].joined(piece), result)
            else:
                pieces.append((piece, result))
        if all(result == pieces[0][1] for _, result in pieces):
            return pieces[0][1]
        return tuple(
            Branch(self._described(first, piece, points, at), result) for piece, result in pieces
        )

    def _supposed(self, name: Key, value: Fraction) -> Figure:
        label = self.vocabulary.metric(name[0]).label
        return Figure(self._unit(name).from_base(exactly(value)), label, "given")

    def _unit(self, name: Key) -> Unit:
        return self.vocabulary.unit(name[0], dict(name[1]))

    def _points(
        self, free: Key, known: Mapping[Key, Fraction]
    ) -> Iterator[tuple[Fraction, Threshold]]:
        """Yield where comparisons turn that rest on one open figure, all others being known."""
        ends = {**self.ends, **{name: (value,) for name, value in known.items()}}
        for node, names in self.rests_on:
            if free in names and names <= {free, *ends}:
                for point in turning_points(node, free, ends, self.case.evaluator):
                    yield point, node

    def _joint_cuts(self, first: Key, second: Key) -> Iterator[Fraction]:
        """Yield where the outcomes along the second figure change with the first one.

        That is where a turning point of the second meets the end of its range or a turning point
        of its own, where two turning points meet or one has no value, and where the first alone
        turns a comparison of both. Raises UnsolvableError where a figure stands twice in a
        formula of both, and where two curves may meet more than once: not both are straight
        lines, and they have no value at different places.
        """
        if any({first, second} <= names for names in self.repeating):
            raise UnsolvableError("an input stands twice, and its metric may rise and fall")
        moving = self._moving(second, first)
        curves = [each for each in moving if len(set(each)) > 1]
        levels = [each[0] for each in moving if len(set(each)) == 1]
        levels += [end for end in self._domain(second) if end is not None]
        for curve in curves:
            yield from _poles(curve)
            for level in levels:
                yield from _zeros([each - level for each in curve])
        for each in self._moving(first, second):
            if len(set(each)) == 1:
                yield each[0]
        for one, other in combinations(curves, 2):
            if list(_poles(one)) != list(_poles(other)):
                raise UnsolvableError("two curves that are not straight lines")
            yield from _zeros([a - b for a, b in zip(one, other, strict=True)])

    def _moving(self, free: Key, other: Key) -> list[tuple[Fraction, ...]]:
        """Return the turning points of one figure at three values of another one."""
        found = [list(self._points(free, {other: at})) for at in _PROBES]
        if len({tuple(id(node) for _, node in each) for each in found}) > 1:
            raise UnsolvableError("turning points that come and go")
        return [tuple(p for p, _ in each) for each in zip(*found, strict=True)]

    def _domain(self, name: Key) -> tuple[Fraction, Fraction | None]:
        answer = self.answers[name]
        if isinstance(answer, Figure):
            ends = _ends(answer)
            return ends[0], ends[-1]
        return Fraction(0), None

    def _pieces(self, name: Key, points: Iterable[Fraction]) -> Iterator[_Piece]:
        low, high = self._domain(name)
        answer = self.answers[name]
        stated = isinstance(answer, Figure) or not answer.positive
        inner = sorted({p for p in points if p > low and (high is None or p < high)})
        if stated:
            yield _Piece(low, low, low_included=True, high_included=True)
        for left, right in pairwise([low, *inner, high]):
            if left is not None:
                yield _Piece(left, right, low_included=False, high_included=False)
            if right is not None and (right != high or stated):
                yield _Piece(right, right, low_included=True, high_included=True)

    def _described(
        self,
        name: Key,
        piece: _Piece,
        points: Sequence[tuple[Fraction, Threshold]],
        at: Mapping[Key, Fraction],
    ) -> tuple[Span, ...]:
        """Return a piece as values of what the rules compare, where they hold for all of `at`.

        An end that moves with the other open figure, such as the die area at which a density is
        reached, is told as the limit of the metric that the rule compares.
        """
        spans: dict[Key, Span] = {}
        zero = not self._positive(name)
        ends = ((piece.low, piece.low_included, True), (piece.high, piece.high_included, False))
        for end, included, is_low in ends:
            if end is not None and self._moves(name, end, points, at):
                beside = self._beside(name, end, points, below=is_low == included)
                span = self._told(name, end, beside, points, at, included=included)
            else:
                # nothing lies below zero, where zero itself belongs to the piece or to none
                whole = end == 0 and is_low and piece.high != 0 and (included or not zero)
                span = self._bound(name, None if whole else end, included=included, is_low=is_low)
            known = spans.get(span.metric)
            spans[span.metric] = _narrowed(known, span) if known else span
        bounded = tuple(s for s in spans.values() if s.low is not None or s.high is not None)
        return bounded or tuple(spans.values())

    def _positive(self, name: Key) -> bool:
        answer = self.answers[name]
        return isinstance(answer, Missing) and answer.positive

    def _moves(
        self,
        name: Key,
        end: Fraction,
        points: Sequence[tuple[Fraction, Threshold]],
        at: Mapping[Key, Fraction],
    ) -> bool:
        """Whether an end of a piece moves with the other open figure."""
        turning = [self._on(node) for point, node in points if point == end]
        fixed = end in self._domain(name) or any(names.isdisjoint(at) for names in turning)
        return bool(turning) and not fixed

    def _beside(
        self,
        name: Key,
        end: Fraction,
        points: Sequence[tuple[Fraction, Threshold]],
        *,
        below: bool,
    ) -> Fraction:
        """Return a value next to an end, with nothing that turns in between."""
        cuts = [each for each in (*(p for p, _ in points), *self._domain(name)) if each is not None]
        if below:
            return (max(each for each in cuts if each < end) + end) / 2
        return (min((each for each in cuts if each > end), default=end + 2) + end) / 2

    def _told(
        self,
        name: Key,
        end: Fraction,
        beside: Fraction,
        points: Sequence[tuple[Fraction, Threshold]],
        at: Mapping[Key, Fraction],
        *,
        included: bool,
    ) -> Span:
        """Return an end that moves as the limit of a metric that leaves it there.

        `beside` is a value next to the end: in the piece, or outside where the end is included.
        """
        for node in (node for point, node in points if point == end):
            edge = node.limit.base.best
            value = self._metric_at(node, {**at, name: beside})
            at_limit = self._metric_at(node, {**at, name: end}) == edge
            if at_limit and value is not None and value != edge:
                of = key(node.of.name, node.of.when)
                return self._bound(of, edge, included=included, is_low=(value > edge) != included)
        raise UnsolvableError("an end that no metric tells")

    def _apart(self, piece: _Piece, name: Key, at: Mapping[Key, Fraction]) -> bool:
        """Whether a piece is a point that a metric of both open figures is not defined at."""
        if piece.low != piece.high:
            return False
        there = {**at, name: piece.low}
        joint = (node for node, names in self.rests_on if name in names and names & at.keys())
        return any(self._metric_at(node, there) is None for node in joint)

    def _on(self, node: Threshold) -> set[Key]:
        return next(names for each, names in self.rests_on if each is node)

    def _bound(
        self,
        name: Key,
        end: Fraction | None,
        *,
        included: bool,
        is_low: bool,
    ) -> Span:
        unit = self._unit(name)
        value = None if end is None else unit.from_base(exactly(end)).amount.best
        if is_low:
            return Span(name, unit, value, None, low_included=included)
        return Span(name, unit, None, value, high_included=included)

    def _metric_at(self, node: Threshold, at: Mapping[Key, Fraction]) -> Fraction | None:
        """Return a metric in base units, for values of the open figures."""
        supposed = {name: self._supposed(name, value) for name, value in at.items()}
        evaluator = self.case.evaluator.supposing({**self.answers, **supposed})
        answer = evaluator.figure(node.of.name, node.of.when)
        if isinstance(answer, Missing):
            return None
        return answer.value.base.best


def _poles(values: Sequence[Fraction]) -> Iterator[Fraction]:
    """Yield where a quotient of two straight lines has no value, from three values of it."""
    first, second, third = values
    bend = first - 2 * second + third
    if bend:
        yield _PROBES[0] * (first - 4 * second + 3 * third) / bend


def _zeros(values: Sequence[Fraction]) -> Iterator[Fraction]:
    """Yield where a quotient of two straight lines is zero, from three values of it."""
    if 0 not in values:
        yield from _poles([1 / each for each in values])
    elif any(values):
        yield _PROBES[values.index(Fraction(0))]


def _ends(answer: Answer) -> tuple[Fraction, ...]:
    """Return the ends of a figure in base units; what a chip does not have is zero."""
    if isinstance(answer, Missing):
        return (Fraction(0),) if answer.kind == "not offered" else ()
    amount = answer.value.base
    return tuple(dict.fromkeys((amount.low, amount.high)))


def _narrowed(first: Span, second: Span) -> Span:
    if second.low is not None:
        first = first._replace(low=second.low, low_included=second.low_included)
    if second.high is not None:
        first = first._replace(high=second.high, high_included=second.high_included)
    return first
