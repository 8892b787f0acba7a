"""The values of one input at which a comparison turns: all of them, exactly, in base units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any, TypeAlias, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.what_if import blank
from chipcalc.deciding.turning_points import (
    Curve,
    UnsolvableError,
    curves,
    expanded,
    inputs,
)
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Key, key
from chipcalc.rules.criteria import Threshold
from chipcalc.sheets.store import Store
from chipcalc.values import units
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Relation
from chipcalc.values.units import Quantity, quantity
from chipcalc.vocabulary.expressions import Constant, Expression, Metric, Operation, Operator
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary

Formula: TypeAlias = Any
Known: TypeAlias = Mapping[str, Fraction]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
NAMES = ("x", "k", "m")
GIGA = 10**9
BYTE = 8


def metric(formula: Formula = None, unit: str = "1") -> MetricDefinition:
    """Return a metric, derived where a formula is given."""
    data = {"label": "X", "section": "X", "unit": unit, "say": "X."}
    return MetricDefinition.model_validate(data | ({"formula": formula} if formula else {}))


def words(**derived: Formula) -> Vocabulary:
    """Return a vocabulary with the raw metrics x, k and m, and some that are derived from them."""
    plain = {name: metric() for name in NAMES}
    return Vocabulary(
        conditions={},
        metrics=plain | {name: metric(formula) for name, formula in derived.items()},
    )


def reading(vocabulary: Vocabulary, *given_names: str) -> Evaluator:
    """Return a reading of an item of which nothing is known, or some metrics are given."""
    answers = {
        key(name): Figure(Quantity(exactly(1), vocabulary.metric(name).unit), name)
        for name in given_names
    }
    return Evaluator(blank(vocabulary), vocabulary, answers)


def turning_points(
    node: Threshold, free: Key, known: Mapping[Key, Sequence[Fraction]], evaluator: Evaluator
) -> Iterator[Fraction]:
    """Yield the values of an input at which the metric of a comparison may reach its limit."""
    limit = node.limit.base.best.as_integer_ratio()
    formula = expanded(node.of, evaluator.vocabulary, evaluator.given)
    for curve in curves(formula, free, known):
        yield from curve.reaching(limit)


def points(formula: Formula, limit: Fraction | int, **known: Sequence[int]) -> set[Fraction]:
    """Return the x at which a formula may reach a limit, for known values of the others."""
    node = Threshold(Metric("y"), "at_least", Quantity(exactly(limit), units.ONE))
    ends = {key(name): [Fraction(end) for end in value] for name, value in known.items()}
    return set(turning_points(node, key("x"), ends, reading(words(y=formula))))


# What a metric starts from.


def test_a_stated_metric_starts_from_itself(store: Store) -> None:
    assert list(inputs(Metric("board_power"), store.vocabulary)) == [key("board_power")]


def test_a_density_starts_from_performance_and_area(store: Store) -> None:
    found = list(inputs(Metric("performance_density"), store.vocabulary))
    assert found == [key("tpp"), key("applicable_die_area")]


def test_a_metric_that_goes_over_things_is_an_input_of_its_own(store: Store) -> None:
    for name in ("tpp", "applicable_die_area"):
        assert expanded(Metric(name), store.vocabulary) == Metric(name)


def test_derived_metrics_within_derived_ones_are_followed_to_the_end() -> None:
    vocabulary = words(inner={"add": ["x", "k"]}, y={"divide": ["inner", "m"]})
    assert [name for name, _ in inputs(Metric("y"), vocabulary)] == ["x", "k", "m"]


def test_a_derived_metric_that_is_given_is_an_input_of_its_own(store: Store) -> None:
    density, sum_of_links = Metric("performance_density"), Metric("io_bandwidth")
    known = reading(store.vocabulary, "performance_density").given
    assert list(inputs(density, store.vocabulary, known)) == [key("performance_density")]
    assert len(list(inputs(sum_of_links, store.vocabulary, known))) == 2


def test_a_derived_metric_that_is_given_turns_at_its_limit_alone(store: Store) -> None:
    node = Threshold(Metric("io_bandwidth"), "at_least", quantity("600 GB/s"))
    evaluator = reading(store.vocabulary, "io_bandwidth")
    assert list(turning_points(node, key("io_bandwidth"), {}, evaluator)) == [600 * GIGA * BYTE]
    assert not list(turning_points(node, key("link_bandwidth"), {}, evaluator))


def test_the_conditions_of_a_stated_metric_stay_with_it(store: Store) -> None:
    when = {"format": "int8", "engine": "tensor"}
    assert list(inputs(Metric("throughput", when=when), store.vocabulary)) == [
        key("throughput", when)
    ]


def test_the_conditions_of_a_derived_metric_pass_to_what_it_starts_from(store: Store) -> None:
    when = {"format": "int8", "engine": "tensor"}
    found = list(inputs(Metric("throughput_per_watt", when=when), store.vocabulary))
    assert key("throughput", when) in found
    assert key("throughput") not in found


# Hand-solved points.


def test_a_stated_metric_turns_at_the_limit_in_base_units(store: Store) -> None:
    node = Threshold(Metric("memory_bandwidth"), "at_least", quantity("4.8 TB/s"))
    found = turning_points(node, key("memory_bandwidth"), {}, reading(store.vocabulary))
    assert list(found) == [4800 * GIGA * BYTE]


@pytest.mark.parametrize(
    ("free", "known", "expected"),
    [("tpp", {"applicable_die_area": 250}, 1000), ("applicable_die_area", {"tpp": 1000}, 250)],
)
def test_a_density_of_4_is_1000_over_250(
    free: str, known: dict[str, int], expected: int, store: Store
) -> None:
    size = {name: store.vocabulary.metric(name).unit.factor for name in (free, *known)}
    node = Threshold(Metric("performance_density"), "less_than", quantity("4 TOPS*bit/mm^2"))
    ends = {key(name): (value * size[name],) for name, value in known.items()}
    found = list(turning_points(node, key(free), ends, reading(store.vocabulary)))
    assert found == [expected * size[free]]


@pytest.mark.parametrize(
    ("formula", "limit", "expected"),
    [
        ({"add": ["x", "k"]}, 10, {7}),
        ({"add": ["x", "k", "m"]}, 10, {3}),
        ({"subtract": ["x", "k"]}, 10, {13}),
        ({"subtract": ["k", "x"]}, 1, {2}),
        ({"multiply": ["x", "k"]}, 10, {Fraction(10, 3)}),
        ({"multiply": ["x", "k"]}, 0, {0}),
        ({"divide": ["x", "k"]}, 10, {30}),
        ({"divide": ["k", "x"]}, 10, {Fraction(3, 10)}),
        ({"divide": [{"divide": ["k", "x"]}, "m"]}, 10, {Fraction(3, 40)}),
        ({"divide": ["k", {"add": ["x", "m"]}]}, Fraction(1, 2), {2}),
        ({"divide": ["k", {"divide": ["m", "x"]}]}, 6, {8}),
        ({"smallest": ["x", "k"]}, 2, {2}),
        ({"largest": ["x", {"multiply": ["x", "k"]}]}, 6, {6, 2}),
        ({"add": ["k", "m"]}, 7, set()),
        ({"divide": ["k", "x"]}, 0, set()),
    ],
)
def test_a_formula_is_solved_for_its_input(
    formula: Formula, limit: Fraction | int, expected: set[Fraction]
) -> None:
    assert points(formula, limit, k=[3], m=[4]) == expected


@pytest.mark.parametrize("formula", [{"multiply": ["x", "k"]}, {"divide": ["x", "k"]}])
def test_a_factor_or_divisor_of_zero_leaves_no_points(formula: Formula) -> None:
    assert points(formula, 5, k=[0]) == set()


def test_every_end_of_another_range_has_its_own_point() -> None:
    assert points({"add": ["x", "k"]}, 10, k=[1, 4]) == {9, 6}


def test_an_input_that_has_no_figure_leaves_no_points() -> None:
    assert points({"divide": ["x", "k"]}, 10, k=[]) == set()


# Shapes that formulas may have, and that are refused: their points would not be all points.


@pytest.mark.parametrize(
    "formula",
    [
        {"add": ["x", "x"]},
        {"add": ["x", {"divide": ["x", "m"]}]},
        {"divide": ["x", {"add": ["x", "k"]}]},
        {"multiply": [{"largest": ["x", "k"]}, {"subtract": ["x", "m"]}]},
    ],
)
def test_an_input_on_both_sides_of_an_operation_is_refused(formula: Formula) -> None:
    with pytest.raises(UnsolvableError):
        points(formula, 10, k=[3], m=[4])


@pytest.mark.parametrize(
    "formula",
    [
        {"divide": ["m", {"subtract": ["x", "k"]}]},
        {"divide": ["m", {"subtract": ["k", "x"]}]},
        {"divide": ["m", {"smallest": ["m", {"subtract": ["k", "x"]}]}]},
    ],
)
def test_a_divisor_that_passes_zero_is_refused(formula: Formula) -> None:
    """4 / (x − 3) is at least 2 above 3 and up to 5, and negative below 3: 5 is not enough."""
    with pytest.raises(UnsolvableError):
        points(formula, 2, k=[3], m=[4])


def test_a_divisor_that_is_zero_at_zero_alone_is_solved() -> None:
    assert points({"divide": ["m", {"multiply": ["k", "x"]}]}, 2, k=[3], m=[4]) == {Fraction(2, 3)}


# Against brute force.


def plain(value: Fraction) -> Constant:
    """Return a number as an expression."""
    return Constant(Quantity(exactly(value), units.ONE))


AMOUNTS = st.fractions(min_value=Fraction(1, 4), max_value=20, max_denominator=4)
OTHERS = st.one_of(st.sampled_from([Metric("k"), Metric("m")]), AMOUNTS.map(plain))
OPERATORS: tuple[Operator, ...] = ("add", "multiply", "divide", "smallest", "largest")


@st.composite
def formulas(draw: st.DrawFn) -> Expression:
    """Draw arithmetic in which x stands once; differences come last, as they may be negative."""
    formula: Expression = Metric("x")
    steps = draw(st.lists(st.tuples(st.sampled_from(OPERATORS), OTHERS, st.booleans()), max_size=5))
    for operator, other, first in steps:
        formula = Operation(operator, (other, formula) if first else (formula, other))
    if draw(st.booleans()):
        other, first = draw(OTHERS), draw(st.booleans())
        formula = Operation("subtract", (other, formula) if first else (formula, other))
    return formula


CALCULATE: Mapping[Operator, Callable[[Fraction, Fraction], Fraction]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "smallest": min,
    "largest": max,
}


def amount(formula: Expression, at: Known) -> Fraction:
    """Return what a formula comes to, by plain arithmetic."""
    if isinstance(formula, Metric):
        return at[formula.name]
    if isinstance(formula, Constant):
        return formula.value.amount.best
    assert isinstance(formula, Operation)
    return reduce(CALCULATE[formula.operator], [amount(each, at) for each in formula.operands])


def sign(formula: Expression, limit: Fraction, at: Known) -> int:
    """Return -1, 0 or 1 for a formula below, at or above a limit: what every relation rests on."""
    value = amount(formula, at)
    return (value > limit) - (value < limit)


@given(formulas(), AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(RELATIONS))
def test_between_two_points_nothing_changes(
    formula: Expression, limit: Fraction, k: Fraction, m: Fraction, relation: Relation
) -> None:
    vocabulary = words()
    derived = metric().model_copy(update={"formula": formula})
    vocabulary = vocabulary.model_copy(update={"metrics": {**vocabulary.metrics, "y": derived}})
    node = Threshold(Metric("y"), relation, Quantity(exactly(limit), units.ONE))
    ends = {key("k"): (k,), key("m"): (m,)}
    evaluator = reading(vocabulary)
    turns = sorted({p for p in turning_points(node, key("x"), ends, evaluator) if p > 0})
    for low, high in pairwise([Fraction(0), *turns, (turns or [Fraction(0)])[-1] + 10**6]):
        inside = [low + (high - low) * part / 1000 for part in (1, 13, 500, 871, 999)]
        found = {sign(formula, limit, {"x": x, "k": k, "m": m}) for x in inside}
        assert len(found) == 1


@given(
    *(st.integers(min_value=-9, max_value=9) for _ in range(4)),
    st.fractions(min_value=-9, max_value=9, max_denominator=9),
)
def test_a_curve_reaches_its_limit_at_its_point_and_nowhere_else(
    a: int, b: int, c: int, d: int, limit: Fraction
) -> None:
    found = list(Curve(a, b, c, d).reaching(limit.as_integer_ratio()))
    assert len(found) == (a != limit * c)
    for x in found:
        assert a * x + b == limit * (c * x + d)
