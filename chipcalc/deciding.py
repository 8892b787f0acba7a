"""Deciding facts: for what is not known, the values of it that would settle a verdict, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

from chipcalc.breakpoints import UnsolvableError, inputs, turning_points
from chipcalc.case import Case, Judgement, comparisons
from chipcalc.criteria import Circumstance, Compare, Criterion
from chipcalc.evaluate import Key, key
from chipcalc.expr import Metric, Operation
from chipcalc.figure import Answer, Figure, Missing
from chipcalc.interval import Interval, exactly
from chipcalc.units import Quantity, Unit
from chipcalc.verdict import Relation, Verdict

_MOST_NUMBERS = 2
_PROBES = (Fraction(1), Fraction(2), Fraction(3))  # the multiples that _poles rests on


class Span(NamedTuple):
    """The values of a metric from `low` to `high`, in its own unit; an end of None is open."""

    metric: Key
    unit: Unit
    low: Fraction | None
    high: Fraction | None
    low_included: bool = False
    high_included: bool = False

    def contains(self, amount: Interval) -> bool:
        """Return whether all of an amount, in the unit of the span, lies within it."""
        low, high = self.low, self.high
        above = low is None or amount.low > low or (self.low_included and amount.low == low)
        below = high is None or amount.high < high or (self.high_included and amount.high == high)
        return above and below


class Words(NamedTuple):
    """Values of a circumstance."""

    name: str
    values: tuple[str, ...]


Condition: TypeAlias = Span | Words


class Outcome(NamedTuple):
    """Values of what is not known, and what follows from them."""

    where: tuple[Condition, ...]
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


def decide(case: Case, nodes: Iterable[Criterion], judge: Judge) -> Deciding:
    """Return the facts that decide between the outcomes of some criteria.

    Numbers are cut at the exact values where some comparison turns; every piece between two cuts
    has one outcome, so that a single value of it stands for all. Up to two numbers are varied
    together, and any circumstances.
    """
    leaves = list(dict.fromkeys(_leaves(case, nodes)))
    compared = [each for each in leaves if isinstance(each, _Comparison)]
    sums = dict(_whole_sums(compared, case))
    case = case.supposing(sums) if sums else case
    answers = {
        name: case.evaluator.figure(name[0], dict(name[1])) for name in _inputs(compared, case)
    }
    open_metrics = tuple(name for name, answer in answers.items() if is_open(answer))
    circumstances = _open_circumstances(leaves, case)
    if len(open_metrics) > _MOST_NUMBERS:
        return Deciding(open_metrics, tuple(circumstances))
    problem = _Problem(case, [each.node for each in compared], answers, open_metrics, judge)
    try:
        result = _over_words(tuple(circumstances.values()), {}, problem)
    except UnsolvableError:
        return Deciding(open_metrics, tuple(circumstances))
    return Deciding(open_metrics, tuple(circumstances), tuple(_outcomes((), result)))


def _whole_sums(compared: Sequence[_Comparison], case: Case) -> Iterator[tuple[Key, Answer]]:
    """Yield the sums of several unpublished figures that matter as a whole only.

    Where no rule asks for the links of a chip one by one, their sum is the one thing to know.
    """
    known = case.evaluator
    names = dict.fromkeys(name for each in compared for name in _sums(each.node.of, case))
    for name in names:
        parts = set(inputs(Metric(name[0], when=dict(name[1])), known.vocabulary, known.given))
        open_parts = {part for part in parts if _is_absent(case, part)}
        given = {*known.given, name}
        rest = {part for e in compared for part in inputs(e.node.of, known.vocabulary, given)}
        if len(open_parts) > 1 and open_parts.isdisjoint(rest):
            yield name, known.figure(name[0], dict(name[1]))


def _sums(metric: Metric, case: Case) -> Iterator[Key]:
    """Yield a metric, and those it is calculated from, as far as they are plain sums."""
    formula = case.evaluator.vocabulary.metric(metric.name).formula
    if isinstance(formula, Operation):
        if _is_sum(metric, case):
            yield key(metric.name, metric.when)
        for operand in formula.operands:
            if isinstance(operand, Metric):
                yield from _sums(operand, case)


def _is_sum(metric: Metric, case: Case) -> bool:
    """Whether a metric adds stated figures, or sums of them, and nothing else."""
    formula = case.evaluator.vocabulary.metric(metric.name).formula
    if formula is None:
        return True
    return (
        isinstance(formula, Operation)
        and formula.operator == "add"
        and all(isinstance(each, Metric) and _is_sum(each, case) for each in formula.operands)
    )


def _is_absent(case: Case, name: Key) -> bool:
    answer = case.evaluator.figure(name[0], dict(name[1]))
    return isinstance(answer, Missing) and answer.kind == "unknown"


def _over_words(
    groups: Sequence[Sequence[Words]], given: Mapping[str, str], problem: _Problem
) -> Result:
    """Return what follows from the circumstances that are not known, one after the other."""
    if not groups:
        return problem.result(given)
    first, *rest = groups
    found: dict[Result, Words] = {}
    for words in first:
        result = _over_words(rest, {**given, words.name: words.values[0]}, problem)
        same = found.get(result)
        found[result] = words._replace(values=(*same.values, *words.values)) if same else words
    if len(found) == 1:
        return next(iter(found))
    return tuple(_Branch((words,), result) for result, words in found.items())


def _outcomes(above: tuple[Condition, ...], result: Result) -> Iterator[Outcome]:
    if isinstance(result, Judgement):
        yield Outcome(above, result)
    else:
        for branch in result:
            yield from _outcomes((*above, *branch.where), branch.result)


class _Comparison(NamedTuple):
    """A comparison, hashable, so that the same one in two rules counts once."""

    of: Key
    relation: Relation
    limit: Fraction
    unit: Unit

    @property
    def node(self) -> Compare:
        metric = Metric(self.of[0], when=dict(self.of[1]))
        return Compare(metric, self.relation, Quantity(exactly(self.limit), self.unit))


def _leaves(case: Case, nodes: Iterable[Criterion]) -> Iterator[_Comparison | Circumstance]:
    """Yield comparisons and circumstances, those of rules that are referred to included."""
    for node in comparisons(nodes, case.provisions):
        if isinstance(node, Compare):
            of = key(node.of.name, node.of.when)
            yield _Comparison(of, node.relation, node.limit.amount.best, node.limit.unit)
        elif isinstance(node, Circumstance):
            yield node


def _inputs(compared: Sequence[_Comparison], case: Case) -> list[Key]:
    known = case.evaluator
    found = (n for each in compared for n in inputs(each.node.of, known.vocabulary, known.given))
    return list(dict.fromkeys(found))


def is_open(answer: Answer) -> bool:
    """Whether an input is not known to one value: not published, or a range."""
    if isinstance(answer, Missing):
        return answer.kind in ("unknown", "ambiguous")
    return not answer.value.amount.exact


def _open_circumstances(
    leaves: Iterable[_Comparison | Circumstance], case: Case
) -> dict[str, list[Words]]:
    """Return the circumstances that are not known, each cut where some criterion cares."""
    found: dict[str, list[Words]] = {}
    for node in leaves:
        if isinstance(node, Circumstance) and not case.said(node.name):
            known = case.evaluator.vocabulary.circumstances[node.name]
            whole = case.places.all if known.places else tuple(known.values)
            groups = found.get(node.name) or [Words(node.name, whole)]
            found[node.name] = [part for group in groups for part in _cut(group, node, case)]
    return found


def _cut(group: Words, node: Circumstance, case: Case) -> Iterator[Words]:
    """Yield the values of a circumstance in parts that answer alike to a criterion."""
    found: dict[Verdict, list[str]] = {}
    for each in group.values:
        found.setdefault(case.among(node, each), []).append(each)
    yield from (Words(group.name, tuple(found[each])) for each in Verdict if each in found)


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


class _Branch(NamedTuple):
    """Values of one figure or circumstance, and what follows from them."""

    where: tuple[Condition, ...]
    result: Result


Result: TypeAlias = "Judgement | tuple[_Branch, ...]"


class _Problem:
    """The figures that are open, and how to judge the case for any values of them.

    Numbers are in base units; each open figure ranges over its stated range, or from zero on.
    """

    def __init__(
        self,
        case: Case,
        compared: Sequence[Compare],
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
            _Branch(self._described(first, piece, points, at), result) for piece, result in pieces
        )

    def _supposed(self, name: Key, value: Fraction) -> Figure:
        unit = self._unit(name)
        label = self.vocabulary.metric(name[0]).label
        return Figure(Quantity(exactly(value / unit.factor), unit), label, "given")

    def _unit(self, name: Key) -> Unit:
        return self.vocabulary.unit(name[0], dict(name[1]))

    def _points(
        self, free: Key, known: Mapping[Key, Fraction]
    ) -> Iterator[tuple[Fraction, Compare]]:
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
        points: Sequence[tuple[Fraction, Compare]],
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
        points: Sequence[tuple[Fraction, Compare]],
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
        points: Sequence[tuple[Fraction, Compare]],
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
        points: Sequence[tuple[Fraction, Compare]],
        at: Mapping[Key, Fraction],
        *,
        included: bool,
    ) -> Span:
        """Return an end that moves as the limit of a metric that leaves it there.

        `beside` is a value next to the end: in the piece, or outside where the end is included.
        """
        for node in (node for point, node in points if point == end):
            edge = node.limit.amount.best * node.limit.unit.factor
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

    def _on(self, node: Compare) -> set[Key]:
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
        value = None if end is None else end / unit.factor
        if is_low:
            return Span(name, unit, value, None, low_included=included)
        return Span(name, unit, None, value, high_included=included)

    def _metric_at(self, node: Compare, at: Mapping[Key, Fraction]) -> Fraction | None:
        """Return a metric in base units, for values of the open figures."""
        supposed = {name: self._supposed(name, value) for name, value in at.items()}
        evaluator = self.case.evaluator.supposing({**self.answers, **supposed})
        answer = evaluator.figure(node.of.name, node.of.when)
        if isinstance(answer, Missing):
            return None
        return answer.value.amount.best * answer.value.unit.factor


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
    amount, factor = answer.value.amount, answer.value.unit.factor
    return tuple(dict.fromkeys((amount.low * factor, amount.high * factor)))


def _narrowed(first: Span, second: Span) -> Span:
    if second.low is not None:
        first = first._replace(low=second.low, low_included=second.low_included)
    if second.high is not None:
        first = first._replace(high=second.high, high_included=second.high_included)
    return first
