"""How units are spelled: names and prefixes of the unit file, and the unit next in size."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.values.spellings import named, prefixes, readable, spellings
from chipcalc.values.units import plain, quantity, unit


def test_every_name_of_a_unit_means_that_unit() -> None:
    for each in spellings():
        assert {(unit(name).factor, unit(name).dimension) for name in each.names} == {
            (each.unit.factor, each.unit.dimension)
        }


def test_a_prefix_before_a_short_name_multiplies_by_its_factor() -> None:
    factors = {each.short: each.factor for each in prefixes()}
    assert [factors[each] for each in ("k", "T", "Ki")] == [1000, 10**12, 1024]
    for short, factor in factors.items():
        assert unit(f"{short}B").factor == factor * unit("B").factor


SMALLER = {
    "0.3 TFLOPS/W": "300 GFLOPS/W",
    "0.0003 TB/s": "300 MB/s",
    "0.02 s": "20 ms",
    "0.5 kUSD": "500 USD",
    "0.5 W": "500 mW",
    "1 TB/s": "1 TB/s",
    "1500 GB": "1500 GB",
    "0.5 USD/TFLOPS": "0.5 USD/TFLOPS",
    "0.5 mm^2": "0.5 mm^2",
    "0 GB": "0 GB",
}


@pytest.mark.parametrize(("text", "expected"), SMALLER.items(), ids=SMALLER)
def test_an_amount_below_one_is_put_into_a_smaller_unit_where_there_is_one(
    text: str, expected: str
) -> None:
    assert str(readable(quantity(text))) == expected


LARGER = {
    "989400 TFLOPS": "989.4 PFLOPS",
    "3504000 W*h": "3.504 MW*h",
    "99999 GB": "99999 GB",
    "100000 mW": "100 W",
    "300000 USD": "300 kUSD",
}


@pytest.mark.parametrize(("text", "expected"), LARGER.items(), ids=LARGER)
def test_an_amount_of_six_digits_is_put_into_a_larger_unit(text: str, expected: str) -> None:
    assert str(readable(quantity(text))) == expected


NAMED = {
    "2 W*h": "2 Wh",
    "2 kW*h": "2000 Wh",
    "3 W*s": "3 J",
    "3 h*op/s": "10800 op",
    "3 nm*s": "3 nm*s",
}


@pytest.mark.parametrize(("text", "expected"), NAMED.items(), ids=NAMED)
def test_a_product_is_put_into_a_unit_with_a_name_of_its_own(text: str, expected: str) -> None:
    assert str(named(quantity(text))) == expected


def test_a_plain_number_stays() -> None:
    assert readable(plain(Fraction(1, 2))) == plain(Fraction(1, 2))


@given(
    amount=st.fractions(min_value=Fraction(1, 10**12), max_value=10**6, max_denominator=10**12),
    name=st.sampled_from(["TB/s", "TFLOPS/W", "GB", "kW", "TOPS*bit", "s", "B/op"]),
)
def test_another_unit_never_makes_another_amount(amount: Fraction, name: str) -> None:
    value = unit(name).from_base(plain(amount * unit(name).factor).amount)
    found = readable(value)
    assert found.base == value.base
    assert found.unit.dimension == value.unit.dimension
    if value.amount.best < 100_000:
        assert found.amount.best >= value.amount.best
    else:
        assert 1 <= found.amount.best < value.amount.best
