"""Interval arithmetic is exact, and loses no amount that is possible."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.values.interval import Interval, exactly, hull, largest, smallest

Operation = Callable[..., Interval]


def made(ends: tuple[Fraction, Fraction, Fraction]) -> Interval:
    """Return the interval that three amounts span, whatever their order."""
    return Interval(*sorted(ends))


AMOUNTS = st.fractions(-1000, 1000, max_denominator=1000)
POSITIVE = st.fractions(Fraction(1, 1000), 1000, max_denominator=1000)
INTERVALS = st.tuples(AMOUNTS, AMOUNTS, AMOUNTS).map(made)
POSITIVE_INTERVALS = st.tuples(POSITIVE, POSITIVE, POSITIVE).map(made)
SHARES = st.fractions(0, 1, max_denominator=100)


def member(interval: Interval, share: Fraction) -> Fraction:
    """Return the amount that lies at a share of the way from the low end to the high one."""
    return interval.low + share * (interval.high - interval.low)


@pytest.mark.parametrize("name", ["add", "sub", "mul"])
@given(first=INTERVALS, second=INTERVALS, one=SHARES, other=SHARES)
def test_a_result_contains_every_result_on_members(
    name: str, first: Interval, second: Interval, one: Fraction, other: Fraction
) -> None:
    apply = getattr(operator, name)
    result: Interval = apply(first, second)
    assert result.low <= apply(member(first, one), member(second, other)) <= result.high
    assert result.best == apply(first.best, second.best)


@given(INTERVALS, POSITIVE_INTERVALS, st.sampled_from([1, -1]), SHARES, SHARES)
def test_a_quotient_contains_every_quotient_of_members(
    first: Interval, second: Interval, sign: int, one: Fraction, other: Fraction
) -> None:
    second = second * exactly(sign)
    result = first / second
    assert result.low <= member(first, one) / member(second, other) <= result.high
    assert result.best == first.best / second.best


@given(POSITIVE_INTERVALS, POSITIVE_INTERVALS)
def test_the_ends_of_a_result_are_reached(first: Interval, second: Interval) -> None:
    """Of amounts that are not negative, each end of a result comes from one end of each."""
    assert (first + second).low == first.low + second.low
    assert (first + second).high == first.high + second.high
    assert (first - second).low == first.low - second.high
    assert (first - second).high == first.high - second.low
    assert (first * second).low == first.low * second.low
    assert (first * second).high == first.high * second.high
    assert (first / second).low == first.low / second.high
    assert (first / second).high == first.high / second.low


@pytest.mark.parametrize("combine", [smallest, largest])
@given(items=st.lists(st.tuples(INTERVALS, SHARES), min_size=1, max_size=4))
def test_the_least_and_the_greatest_contain_those_of_members(
    combine: Operation, items: list[tuple[Interval, Fraction]]
) -> None:
    of = min if combine is smallest else max
    result = combine(interval for interval, _ in items)
    assert result.low <= of(member(*item) for item in items) <= result.high
    assert result.best == of(interval.best for interval, _ in items)


@given(st.lists(INTERVALS, min_size=1, max_size=4))
def test_a_hull_is_the_narrowest_around_all_and_keeps_the_first_best(items: list[Interval]) -> None:
    result = hull(iter(items))
    assert result.low == min(each.low for each in items)
    assert result.high == max(each.high for each in items)
    assert result.best == items[0].best


def test_arithmetic_on_single_amounts_is_that_of_fractions() -> None:
    """2368 / 814 has no finite decimal form: 32 / 11 after cancelling."""
    density = exactly(2368) / exactly(814)
    assert density == exactly(Fraction(32, 11))
    assert density * exactly(814) == exactly(2368)
    assert density.exact
    assert not Interval(Fraction(400), Fraction(400), Fraction(550)).exact


@pytest.mark.parametrize(
    "divisor",
    [
        pytest.param(exactly(0), id="zero"),
        pytest.param(Interval(Fraction(0), Fraction(1), Fraction(2)), id="zero at the low end"),
        pytest.param(Interval(Fraction(-2), Fraction(-1), Fraction(0)), id="zero at the high end"),
        pytest.param(Interval(Fraction(-1), Fraction(1), Fraction(2)), id="zero inside"),
    ],
)
def test_no_division_by_what_may_be_zero(divisor: Interval) -> None:
    with pytest.raises(ZeroDivisionError):
        exactly(1) / divisor


@pytest.mark.parametrize("ends", [(2, 1, 3), (1, 4, 3), (3, 2, 1)])
def test_amounts_that_are_not_in_order_make_no_interval(ends: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="not in order"):
        Interval(*map(Fraction, ends))
