"""A claim in one line is taken apart as people mean it; what cannot be read is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chipcalc.claims.grammar import said
from chipcalc.errors import ChipcalcError


@pytest.mark.parametrize(
    ("claim", "amount", "low", "high"),
    [
        ("a = 1.7 x b", "1.7", "1.65", "1.75"),
        ("a = 8 x b", "8", "7.5", "8.5"),
        ("a = 13 times b", "13", "12.5", "13.5"),
        ("a = 20 % of b", "0.2", "0.195", "0.205"),
        ("a = 0.5 times as fast as b", "0.5", "0.45", "0.55"),
        ("a = half of b", "0.5", "0.45", "0.55"),
        ("a = a tenth of b", "0.1", "0.09", "0.11"),
        ("a = twice b", "2", "1.8", "2.2"),
        ("a = about 4 x b", "4", "3.5", "4.5"),
        ("a = about 94 % of b", "0.94", "0.893", "0.987"),
        ("a = 85 % less than b", "0.15", "0.145", "0.155"),
        ("a = 50 % more than b", "1.5", "1.4875", "1.5125"),
        ("a = six times more than b", "7", "6.5", "7.5"),
        ("a is five times as much as b", "5", "4.5", "5.5"),
    ],
)
def test_the_tolerance_is_that_of_the_printed_digits(
    claim: str, amount: str, low: str, high: str
) -> None:
    wanted = said(claim).wanted
    assert wanted is not None
    assert (wanted.amount, *wanted.ends) == tuple(map(Fraction, (amount, low, high)))


def test_six_times_more_is_read_as_six_times_too() -> None:
    sense = said("a = six times more than b").sense
    assert sense is not None
    assert sense.amount == 6


@pytest.mark.parametrize(
    ("claim", "bound"),
    [
        ("a = more than 18 x b", "more_than"),
        ("a > 18 x b", "more_than"),
        ("a = at least 18 x b", "at_least"),
        ("a = less than 10 % of b", "less_than"),
        ("a <= 10 % of b", "at_most"),
        ("a = up to 2 x b", "at_most"),
    ],
)
def test_an_inequality_is_its_own_line(claim: str, bound: str) -> None:
    wanted = said(claim).wanted
    assert wanted is not None
    assert wanted.bound == bound


@pytest.mark.parametrize(
    ("claim", "amount", "right", "less"),
    [
        ("a = 112 GB more than b", "112 GB", "b", False),
        ("a = more by 61 GB than b", "61 GB", "b", False),
        ("a = less by 61 GB than b", "61 GB", "b", True),
    ],
)
def test_a_difference_has_an_amount(claim: str, amount: str, right: str, less: bool) -> None:  # noqa: FBT001
    found = said(claim)
    assert found.how == "difference"
    assert (found.amount and found.amount.text, found.right.text, found.less) == (
        amount,
        right,
        less,
    )


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        ("h20", "no relation between two sides"),
        ("", "no relation between two sides"),
        ("h20 =", "nothing stands behind"),
        ("= h20", "nothing stands before"),
        ("h20 = 20 %", "of which chip"),
    ],
)
def test_what_is_missing_is_shown(claim: str, what: str) -> None:
    with pytest.raises(ChipcalcError, match=what) as caught:
        said(claim)
    (problem,) = caught.value.problems
    assert problem.excerpt
    assert problem.hint
