"""Numbers are shown as people read them, and never with more than was computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chipcalc.values import numbers, units
from chipcalc.values.interval import Bounds, Interval, exactly
from chipcalc.values.numbers import COMPUTED_DIGITS, RATIO_DIGITS, STATED_DIGITS
from chipcalc.values.units import ONE, Quantity, unit

AMOUNTS = st.fractions(Fraction(1, 10**6), 10**12, max_denominator=10**6)
DIGITS = st.integers(1, 9)


def plain(shown: str) -> str:
    """Return a number as it is shown without the marks that group its digits."""
    return shown.replace(",", "")


def significant(shown: str) -> int:
    """Return how many digits a number shows after its leading zeros."""
    return len(plain(shown).replace(".", "").lstrip("0"))


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        pytest.param("0", STATED_DIGITS, "0", id="zero"),
        pytest.param("3.35", STATED_DIGITS, "3.35", id="stated"),
        pytest.param("4.80", STATED_DIGITS, "4.8", id="no idle zeros"),
        pytest.param("100", STATED_DIGITS, "100", id="zeros that count"),
        pytest.param("1978.9", STATED_DIGITS, "1,978.9", id="grouped"),
        pytest.param("15831.2", COMPUTED_DIGITS, "15,831", id="all whole digits of a computed one"),
        pytest.param("3.196", COMPUTED_DIGITS, "3.196", id="below a threshold of 3.2"),
        pytest.param("4799.6", STATED_DIGITS, "4,799.6", id="below a threshold of 4800"),
        pytest.param("2.90909", COMPUTED_DIGITS, "2.909", id="rounded down"),
        pytest.param("2.90959", COMPUTED_DIGITS, "2.91", id="rounded up"),
        pytest.param("0.00338615", COMPUTED_DIGITS, "0.003386", id="small"),
        pytest.param("9.9996", COMPUTED_DIGITS, "10", id="rounded to one more whole digit"),
        pytest.param("2.5", 1, "2", id="half to even, down"),
        pytest.param("3.5", 1, "4", id="half to even, up"),
        pytest.param("-1234.5", STATED_DIGITS, "-1,234.5", id="negative"),
    ],
)
def test_an_amount_has_its_whole_digits_and_no_more_than_asked(
    value: str, digits: int, shown: str
) -> None:
    assert numbers.amount(Fraction(value), digits) == shown


@given(AMOUNTS, DIGITS)
def test_an_amount_is_rounded_by_less_than_one_in_its_last_digit(
    value: Fraction, digits: int
) -> None:
    shown = Fraction(plain(numbers.amount(value, digits)))
    if value >= 10 ** (digits - 1):
        assert abs(shown - value) <= Fraction(1, 2)
    else:
        assert abs(shown - value) <= value * Fraction(1, 2) / 10 ** (digits - 1)


@given(AMOUNTS, DIGITS)
def test_an_amount_shows_no_digits_that_were_not_asked_for(value: Fraction, digits: int) -> None:
    shown = numbers.amount(value, digits)
    assert "." not in shown or significant(shown) <= digits
    assert "." not in shown or not shown.endswith(("0", "."))


@given(st.integers(-(10**8) + 1, 10**8 - 1), st.integers(0, 12))
def test_a_stated_figure_of_eight_digits_is_shown_as_it_was_written(top: int, places: int) -> None:
    value = Fraction(top, 10**places)
    assert Fraction(plain(numbers.amount(value, STATED_DIGITS))) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("1", "1", id="equal"),
        pytest.param("0.4", "0.4", id="exact, no idle zeros"),
        pytest.param("34", "34", id="exact, two digits"),
        pytest.param("1.5", "1.5", id="exact, one place"),
        pytest.param("6.6851", "6.69", id="rounded"),
        pytest.param("2.996", "3.00", id="rounded, zeros say how far"),
        pytest.param("0.8375", "0.838", id="below one"),
        pytest.param("1234.5", "1,234", id="all whole digits"),
        pytest.param("9.996", "10.0", id="rounded to one more whole digit"),
        pytest.param("0.9996", "1.00", id="rounded to one"),
        pytest.param("0", "0", id="zero"),
    ],
)
def test_a_ratio_has_three_digits_unless_it_is_exact(value: str, shown: str) -> None:
    assert numbers.ratio(Fraction(value)) == shown


@given(AMOUNTS)
def test_a_ratio_shows_three_digits_and_is_as_near_as_they_allow(value: Fraction) -> None:
    shown = numbers.ratio(value)
    number = Fraction(plain(shown))
    if "." in shown:
        assert significant(shown) <= RATIO_DIGITS
    assert abs(number - value) <= value / 200
    assert number == value or value >= 1000 or significant(shown) == RATIO_DIGITS


@pytest.mark.parametrize(
    "show", [partial(numbers.amount, digits=STATED_DIGITS), numbers.ratio], ids=["amount", "ratio"]
)
@pytest.mark.parametrize("exponent", [30, 99])
def test_an_amount_of_any_size_that_can_be_read_is_shown(
    show: Callable[[Fraction], str], exponent: int
) -> None:
    whole, part = units.number(f"1e{exponent}") + 1, units.number(f"1e-{exponent}")
    assert Fraction(plain(show(whole))) == whole
    assert Fraction(plain(show(part))) == part


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("400", "550", "400–550"),
        ("700", "700", "700"),
        ("3.19601", "3.19602", "3.196"),
        ("3.196", "3.2", "3.196–3.2"),
    ],
)
def test_a_range_is_one_number_where_both_ends_read_the_same(
    low: str, high: str, shown: str
) -> None:
    interval = Interval(Fraction(low), Fraction(low), Fraction(high))
    assert numbers.amounts(interval, COMPUTED_DIGITS) == shown


def test_a_range_of_ratios_has_three_digits_at_both_ends() -> None:
    interval = Interval(Fraction(700, 550), Fraction(700, 400), Fraction(700, 400))
    assert numbers.ratios(interval) == "1.27–1.75"
    assert numbers.ratios(exactly(2)) == "2"


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (exactly(Fraction(15, 100)), "15.0 %"),
        (exactly(Fraction(3, 2)), "150 %"),
        (exactly(12), "1,200 %"),
        (Interval(Fraction(1, 8), Fraction(1, 4), Fraction(1)), "12.5–100 %"),
        (Interval(Fraction(1, 3), Fraction(1, 3), Fraction(33334, 100000)), "33.3 %"),
    ],
)
def test_a_ratio_in_per_cent_has_one_place_below_a_hundred(ratio: Interval, shown: str) -> None:
    assert numbers.percent(ratio) == shown


@pytest.mark.parametrize(
    ("stated", "shown", "expected"),
    [
        ("32 GiB", "GB", "34.36"),  # 32 × 2³⁰ bytes are 34,359,738,368
        ("192 GiB", "GB", "206.2"),
        ("32 GiB", "GiB", "32"),
        ("1978.9 GB/s", "TB/s", "1.9789"),
        ("97871 GB", "GB", "97,871"),
        ("4800 Gbit/s", "GB/s", "600"),
    ],
)
def test_what_is_stated_is_rounded_only_in_a_unit_that_counts_otherwise(
    stated: str, shown: str, expected: str
) -> None:
    value, other = units.quantity(stated), unit(shown)
    digits = numbers.stated_digits(value.unit, other)
    assert numbers.amounts(value.to(other).amount, digits) == expected


def test_a_quantity_has_its_unit_and_a_plain_number_stands_alone() -> None:
    assert numbers.quantity(units.quantity("3.35 TB/s")) == "3.35 TB/s"
    power = Interval(Fraction(400), Fraction(400), Fraction(550))
    assert numbers.quantity(Quantity(power, unit("W"))) == "400–550 W"
    assert numbers.quantity(Quantity(exactly(Fraction(32, 11)), ONE), COMPUTED_DIGITS) == "2.909"


LIMITS = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(1, 9999),
    st.integers(0, 3),
).filter(lambda limit: limit >= 1)
NEAR = st.fractions(-1, 1, max_denominator=10**9).map(lambda share: share**5)


def cut(shown: str) -> Fraction:
    """Return the number that stands there, taken at its word: what was cut off is not there."""
    return Fraction(plain(shown).replace("−", "-").rstrip("…"))


def side(value: Fraction, line: Fraction) -> int:
    """Return on which side of a line a value lies: −1, 0 or 1."""
    return (value > line) - (value < line)


@pytest.mark.parametrize(
    ("value", "line", "shown"),
    [
        pytest.param("2640/826", "3.2", "3.196…", id="cut off, not rounded"),
        pytest.param("2368/814", "5.92", "2.909…", id="four digits"),
        pytest.param("4799.999999999", "4800", "4,799…", id="just below"),
        pytest.param("2368", "2400", "2,368", id="whole"),
        pytest.param("4718.4", "4800", "4,718.4", id="short in full"),
        pytest.param("4800", "4800", "4,800", id="on the line"),
        pytest.param("0", "0", "0", id="nothing, beside nothing"),
        pytest.param("12345678.5", "1", "12,345,678.5", id="nine digits"),
        pytest.param("-1/3", "0", "−0.3333…", id="negative"),
        pytest.param("-1234.5", "0", "−1,234.5", id="negative in full"),
        pytest.param("1/30000", "0", "0.00003333…", id="tiny, and not zero"),
        pytest.param("100000000000001/3", "5", "33,333,333,333,333…", id="huge"),
    ],
)
def test_a_number_beside_a_line_is_cut_off_and_never_rounded(
    value: str, line: str, shown: str
) -> None:
    assert numbers.beside(Fraction(value), Fraction(line)) == shown


@given(LIMITS, NEAR)
def test_a_number_beside_a_line_of_four_digits_stays_on_its_side(
    line: Fraction, share: Fraction
) -> None:
    value = line + line * share
    assert side(cut(numbers.beside(value, line)), line) == side(value, line)


@given(st.integers(1, 10**7), st.integers(0, 9), st.fractions(-1, 1, max_denominator=10**9))
@example(48005, 1, Fraction(1, 3))
@example(128, 4, Fraction(1, 70))
def test_a_number_stays_on_its_side_of_any_line(digits: int, places: int, share: Fraction) -> None:
    """4,800.67 stands there as 4,800… beside 4,800.5, and reads as if it were less."""
    line = Fraction(digits, 10**places)
    value = line + share / 10
    assert side(cut(numbers.beside(value, line)), line) == side(value, line)


def test_a_small_number_stays_on_its_side_of_a_small_line() -> None:
    """One 77th is 0.01298…, and 4A994.b asks for 0.0128 WT or more."""
    assert numbers.beside(Fraction(1, 77), Fraction("0.0128")) == "0.01298…"


@given(st.fractions(Fraction(1, 10**9), 10**12), LIMITS)
def test_what_is_shown_of_a_number_are_its_first_digits(value: Fraction, line: Fraction) -> None:
    shown = numbers.beside(value, line)
    if not shown.endswith("…"):
        assert cut(shown) == value
        return
    places = len(plain(shown).rstrip("…").partition(".")[2])
    assert 0 <= value - cut(shown) < Fraction(1, 10**places)


@given(st.fractions(Fraction(1, 10**6), 10**9), LIMITS)
def test_a_negative_number_reads_like_the_positive_one_with_its_sign(
    value: Fraction, line: Fraction
) -> None:
    assert numbers.beside(-value, -line) == "−" + numbers.beside(value, line)


@given(st.integers(0, 10**9 - 1), st.integers(0, 7))
def test_a_short_number_is_shown_in_full(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    if len(str(int(value))) + places > 9:
        return
    assert cut(numbers.beside(value, Fraction(1))) == value
    assert not numbers.beside(value, Fraction(1)).endswith("…")


@pytest.mark.parametrize("number", [10**9, 5_064_000_000, 10**15])
def test_a_large_whole_limit_is_shown_in_full(number: int) -> None:
    assert numbers.beside(Fraction(number), Fraction(number)) == f"{number:,}"


def test_a_tiny_limit_does_not_read_as_zero() -> None:
    limit = Fraction(1, 10**9)
    assert cut(numbers.beside(limit, limit)) == limit


@pytest.mark.parametrize(
    ("value", "line", "shown"),
    [
        pytest.param("2368", "2400", "−1.3 %", id="below"),
        pytest.param("2640/826", "3.2", "−0.12 %", id="just below"),
        pytest.param("3200", "3000", "+6.7 %", id="above"),
        pytest.param("4", "4", "0 %", id="on the line"),
        pytest.param("4608", "4800", "−4 %", id="no idle zeros"),
        pytest.param("5028", "5000", "+0.56 %", id="just above"),
        pytest.param("1028", "150", "+585 %", id="all whole digits"),
        pytest.param("296", "8", "+3,600 %", id="grouped"),
        pytest.param("0", "100", "−100 %", id="nothing at all"),
    ],
)
def test_a_margin_has_its_sign_and_two_significant_digits(
    value: str, line: str, shown: str
) -> None:
    assert numbers.margin(Fraction(value), Fraction(line)) == shown


@given(LIMITS, NEAR)
def test_a_margin_is_signed_by_the_side_and_as_near_as_two_digits_allow(
    line: Fraction, share: Fraction
) -> None:
    value = line + line * share
    shown = numbers.margin(value, line)
    exact = (value - line) / line * 100
    if 0 < abs(exact) < Fraction(1, 1000):
        assert shown == ("just above" if value > line else "just below")
        return
    number = cut(shown.removesuffix(" %").replace("+", ""))
    assert side(number, Fraction(0)) == side(value, line)
    assert abs(number - exact) <= abs(exact) / 20
    assert shown[0] == {1: "+", 0: "0", -1: "−"}[side(value, line)]


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [("0.9997", "99.97 %"), ("1.004", "100.4 %"), ("2999999/3000000", "99.99… %")],
)
def test_a_share_is_never_rounded_onto_all_of_it(ratio: str, shown: str) -> None:
    assert numbers.percent(exactly(Fraction(ratio))) == shown


def test_the_margin_of_a_negative_line_is_signed_by_the_side() -> None:
    assert numbers.margin(Fraction(-1), Fraction(-2)) == "+50 %"


def test_a_margin_of_a_hundred_per_cent_below_means_zero() -> None:
    assert numbers.margin(Fraction("0.3"), Fraction(100)) != "−100 %"


def test_a_bound_with_few_digits_is_not_rounded_onto_a_line() -> None:
    """599.9 × 8 is 4,799.2, which is not on the line of 4,800."""
    assert numbers.bounds(Bounds(None, Fraction("4799.2")), COMPUTED_DIGITS) == "≤\u00a04,799.2"


@given(AMOUNTS)
def test_a_bound_is_rounded_outwards_only(value: Fraction) -> None:
    high = numbers.bounds(Bounds(None, value), COMPUTED_DIGITS)
    low = numbers.bounds(Bounds(value, None), COMPUTED_DIGITS)
    assert Fraction(plain(low)[2:]) <= value <= Fraction(plain(high)[2:])
