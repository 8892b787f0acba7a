"""Cells of tables: what they say, what means missing, and what is not read rather than guessed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.values.cells import Amount, DecimalMark, Nothing, Unread, number, read
from chipcalc.values.units import unit


@pytest.mark.parametrize(
    "text", ["", " ", "0", "0.0", "0.000000", "NULL", "nan", "?", "N/A", "-", "–", "未知", "0 W"]
)
def test_a_mark_or_a_zero_means_missing(text: str) -> None:
    assert isinstance(read(text), Nothing)


@pytest.mark.parametrize(
    ("text", "low", "high", "name"),
    [
        ("989400000000000.0", "989400000000000", "989400000000000", None),
        ("1.5e+16", "15000000000000000", "15000000000000000", None),
        ("750 mm2", "750", "750", "mm^2"),
        ("1628 mm² (estimate)", "1628", "1628", "mm^2"),
        ("300 TOPS dense", "300", "300", "TOPS"),
        ("250–310", "250", "310", None),
        ("250 - 310 W", "250", "310", "W"),
        ("1,410", "1410", "1410", None),
        ("1.600,0", "1600", "1600", None),
        ("80 GiB", "80", "80", "GiB"),
        ("~ 600 W", "600", "600", "W"),
        ("80 billion", "80000000000", "80000000000", None),
    ],
)
def test_an_amount_is_read_with_its_range_and_unit(
    text: str, low: str, high: str, name: str | None
) -> None:
    found = read(text)
    assert isinstance(found, Amount)
    assert (found.amount.low, found.amount.high) == (Fraction(low), Fraction(high))
    assert found.unit == (unit(name) if name else None)


@pytest.mark.parametrize(
    "text",
    [
        "40 or 80",
        "8 16",
        "4 x 290",
        "35000 training, 25000 inference",
        "=SUM(A1:A3)",
        "Not Controlled",
        "-5",
        "≥ 300",
        "300 bananas",
        "1,2,3",
        "12.34.56",
    ],
)
def test_what_is_not_one_amount_is_not_read(text: str) -> None:
    assert isinstance(read(text), Unread)


def test_a_number_with_two_readings_is_not_read_without_a_decimal_mark() -> None:
    assert number("1.600", None) is None
    assert number("1.600", ",") == 1600
    assert number("1.600", ".") == Fraction("1.6")
    assert number("1,6", ",") == Fraction("1.6")


@given(st.integers(0, 10**15))
def test_grouped_digits_are_the_number_that_they_write(value: int) -> None:
    assert number(f"{value:,}", ".") == value
    assert number(f"{value:,}".replace(",", "."), ",") == value


@given(st.decimals(0, 10**9, allow_nan=False, places=4))
def test_a_decimal_is_read_exactly(value: object) -> None:
    assert number(str(value), ".") == Fraction(str(value))
    assert number(str(value).replace(".", ","), ",") == Fraction(str(value))


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_range_holds_both_ends_in_either_order(one: int, other: int) -> None:
    found = read(f"{one}–{other}")
    assert isinstance(found, Amount)
    assert (found.amount.low, found.amount.high) == tuple(
        Fraction(each) for each in sorted((one, other))
    )


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    assert isinstance(read(text), Amount | Nothing | Unread)


@pytest.mark.parametrize(("text", "mark"), [("0.125", ","), ("0,125", "."), ("1234.567", ",")])
def test_what_can_be_no_thousands_is_read_only_by_its_own_mark(
    text: str, mark: DecimalMark
) -> None:
    assert number(text, mark) is None
    assert number(text, None) == Fraction(text.replace(",", "."))
