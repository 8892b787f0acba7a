"""Units are exact, and what is not one of them is refused with a hint."""

from __future__ import annotations

import operator
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import pint
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chipcalc.files import UNITS_FILE
from chipcalc.values import units
from chipcalc.values.exact import decimal_text
from chipcalc.values.hints import known_names
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.unit_words import named
from chipcalc.values.units import (
    ONE,
    Quantity,
    Unit,
    UnitError,
    number,
    quantity,
    unit,
)

NAMES = known_names(units.resolved)
FRAGMENTS = [
    *["TB", "GiB", "B", "b", "bit", "TOPS", "Tops", "FLOPS", "ops", "W", "mm", "s", "USD", "%"],
    *["k", "/", "*", "**", "^", "²", "³", "·", "×", "(", ")", "-", "+", "_", " ", "\n", "µ", "°"],
    *["3", "3.35", ",", ".", "e", "E", "1e999", "0", "１", "٣", "½", "nan", "inf", "0x", "−", "\0"],
]
TEXTS = st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
AMOUNTS = st.fractions(0, 10**9, max_denominator=10**6)
PARTS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(-2, 2)), min_size=1, max_size=4)


def product(parts: list[tuple[str, int]]) -> Unit:
    """Return the product of powers of named units."""
    result = ONE
    for name, power in parts:
        for _ in range(abs(power)):
            result = result * unit(name) if power > 0 else result / unit(name)
    return result


UNITS = PARTS.map(product)


def converted(first: Quantity, second: Quantity) -> Quantity:
    """Return the first quantity in the unit of the second."""
    return first.to(second.unit)


def refusal(text: str) -> tuple[str, str]:
    """Return what the error for a quantity says is wrong, and its hint."""
    with pytest.raises(UnitError) as caught:
        quantity(text)
    (problem,) = caught.value.problems
    return problem.what, problem.hint


# What the units are.


@pytest.mark.parametrize(
    ("text", "bits"),
    [("B", 8), ("GB", 8 * 10**9), ("GiB", 8 * 2**30), ("Mibit", 2**20), ("TB", 8 * 10**12)],
)
def test_information_is_counted_in_bits(text: str, bits: int) -> None:
    """Prefixes after the SI brochure, and IEC 80000-13 for the binary ones."""
    assert unit(text).factor == bits
    assert unit(text).dimension == (("information", 1),)


def test_gb_and_gib_differ_exactly() -> None:
    assert quantity("1 GB").to(unit("byte")).amount == exactly(10**9)
    assert quantity("1 GiB").to(unit("byte")).amount == exactly(2**30)
    assert (quantity("1 GiB") / quantity("1 GB")).amount == exactly(Fraction(2**30, 10**9))


def test_a_multiply_accumulate_is_two_operations() -> None:
    assert quantity("148 TMAC/s").to(unit("TOPS")).amount == exactly(296)
    assert quantity("148 TMACS").to(unit("TFLOPS")).amount == exactly(296)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TFLOPS", "TOPS"),
        ("op/s", "OPS"),
        ("WT", "TFLOPS"),
        ("W", "J/s"),
        ("Hz", "1/s"),
        ("RMB", "CNY"),
    ],
)
def test_names_of_one_thing_are_equally_large(one: str, other: str) -> None:
    assert (unit(one).factor, unit(one).dimension) == (unit(other).factor, unit(other).dimension)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("GB/s", "GHz", id="information is no plain number"),
        pytest.param("TOPS", "THz", id="an operation is no plain number"),
        pytest.param("TOPS", "Tbit/s", id="an operation is no bit"),
        pytest.param("TOPS*bit", "TB/s", id="total processing performance is no bandwidth"),
        pytest.param("USD", "CNY", id="no exchange rate is built in"),
        pytest.param("USD", "core", id="money is no count"),
        pytest.param("TOPS*bit", "TOPS*bit/mm^2", id="performance is no density"),
    ],
)
def test_different_kinds_are_neither_converted_nor_added(one: str, other: str) -> None:
    first, second = Quantity(exactly(1), unit(one)), Quantity(exactly(1), unit(other))
    for attempt in (converted, operator.add, operator.sub):
        for pair in ((first, second), (second, first)):
            with pytest.raises(UnitError):
                attempt(*pair)


def test_a_mismatch_says_what_each_unit_measures() -> None:
    with pytest.raises(UnitError, match="'GB/s' is information per time, but 'GHz' is a frequency"):
        quantity("1 GB/s").to(unit("GHz"))


@pytest.mark.parametrize(
    ("first", "second", "hint"),
    [
        ("TOPS", "TOPS*bit", "'TOPS' multiplied by bit is 'TOPS·bit', which would fit"),
        ("GB", "GB/s", "'GB' divided by second is 'GB/second', which would fit"),
        (
            "TOPS*bit",
            "TB/s",
            "'TOPS·bit' divided by operation is 'TOPS·bit/operation', which would fit",
        ),
        ("USD", "CNY", "compare like with like"),
        ("%", "W", "compare like with like"),
    ],
)
def test_a_mismatch_hints_at_the_one_step_that_makes_it_fit(
    first: str, second: str, hint: str
) -> None:
    assert units.mismatch(unit(first), unit(second)).problems[0].hint == hint


def test_a_plain_number_is_said_to_have_no_unit() -> None:
    what = units.mismatch(ONE, unit("W")).problems[0].what
    assert what == "a plain number has no unit, but 'W' is energy per time"


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("%", "a plain number"),
        ("GHz", "a frequency"),
        ("1/W", "time per energy"),
        ("1/mm^2", "a rate per length²"),
        ("GB/s", "information per time"),
        ("TOPS*bit", "information × operation per time"),
        ("mm^3", "length³"),
        ("GB/(W*h)", "information per energy"),
    ],
)
def test_what_a_unit_measures_is_said_in_words(text: str, measures: str) -> None:
    assert units.kind(unit(text)) == measures


def test_every_unit_is_the_same_with_fractions_as_with_decimals() -> None:
    """Fractions cannot round, so decimals that agree with them did not."""
    oracle: pint.UnitRegistry[Any] = pint.UnitRegistry(UNITS_FILE, non_int_type=Fraction)
    for name in NAMES:
        factor, root = oracle.get_root_units(name)
        assert isinstance(factor, int | Fraction)
        assert unit(name).factor == factor, name
        assert dict(unit(name).dimension) == {
            key.strip("[]"): power for key, power in root.dimensionality.items()
        }, name


# How they are written.


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("mm²", "mm^2"),
        ("mm2", "mm^2"),
        ("mm**2", "mm^2"),
        ("s^-1", "1/s"),
        ("TOPS·bit", "TOPS*bit"),
        ("TOPS×bit", "TOPS*bit"),
        ("µs", "us"),
        (" TOPS * bit / mm^2 ", "TOPS*bit/mm^2"),
        ("(TOPS*bit)/(mm^2)", "TOPS*bit/mm^2"),
        ("GB/(s*W)", "GB*s^-1*W^-1"),
        ("s*s", "s^2"),
    ],
)
def test_a_unit_may_be_written_in_several_ways(text: str, same: str) -> None:
    assert unit(text) == unit(same)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("TOPS*bit/mm^2", "TOPS·bit/mm²"),
        ("GB/(s*W)", "GB/(s·W)"),
        ("1/s", "1/s"),
        ("m^3*s^4", "m³·s^4"),
        ("US_dollar", "US dollar"),
        ("1", ""),
    ],
)
def test_a_unit_prints_as_it_is_set_in_type(text: str, printed: str) -> None:
    assert str(unit(text)) == printed


@given(UNITS.filter(lambda one: 0 < len(one.text) <= 60))
def test_a_unit_reads_as_it_is_written(one: Unit) -> None:
    read = unit(one.text)
    assert sorted(read.parts) == sorted(one.parts)
    assert (read.factor, read.dimension) == (one.factor, one.dimension)


def test_a_part_may_take_another_name_of_the_same_size() -> None:
    renamed = unit("TOPS/W").with_part(unit("TFLOPS"))
    assert (str(renamed), renamed.factor) == ("TFLOPS/W", unit("TOPS/W").factor)
    assert unit("GB/s").with_part(unit("TFLOPS")) == unit("GB/s")


REFUSED = {
    "decimal comma": ("3,35 TB/s", "3.35 or 335"),
    "thousands separators": ("1,599,000 USD", "no thousands separators"),
    "underscore": ("1_000 W", "1000"),
    "thin space": ("1\u202f000 W", "TOPS*bit/mm^2"),
    "bits or bytes": ("3 Gb/s", "'Gbit/s' or 'GB/s'"),
    "a lone b": ("3 b", "'bit' or 'B'"),
    "bits or bytes, per written p": ("3 Gbps", "'Gbit/s' or 'GB/s'"),
    "bits or bytes, in small letters": ("3 gbps", "'Gbit/s' or 'GB/s'"),
    "per written p": ("3 TBps", "'TB/s'"),
    "case": ("296 Tops", "'TOPS'"),
    "case of hertz": ("1.8 Ghz", "'GHz'"),
    "lower case": ("3 tflops", "'TFLOPS'"),
    "plural bits": ("3 bits", "'bit'"),
    "plural bytes": ("3 bytes", "'byte'"),
    "plural of a symbol": ("3 GBs", "'GB'"),
    "plural of a metre": ("3 kms", "'km'"),
    "plural cores": ("132 cores", "'core'"),
    "misspelt": ("5 watts_", "'watt'"),
    "no such unit": ("5 furlong", "chipcalc metrics --units"),
    "no unit": ("5", "'5 GB/s'"),
    "no unit after an exponent": ("1e3", "'1e3 GB/s'"),
    "no number": ("TB/s", "3.35 TB/s"),
    "nothing": ("", "3.35 TB/s"),
    "NaN": ("nan W", "a number and a unit"),
    "infinity": ("inf W", "a number and a unit"),
    "full-width digits": ("３ W", "0 to 9"),
    "Arabic digits": ("٣ W", "0 to 9"),
    "typographic minus": ("−5 W", "0 to 9"),
    "too large an exponent": ("1e999999 W", "three digits"),
    "too many digits": (f"{'9' * 61} W", "write digits"),
    "no digit before the point": (".5 W", "write digits"),
    "no digit after the point": ("5. W", "write digits"),
    "two signs": ("--5 W", "write digits"),
    "a fraction": ("1/2 W", "TOPS*bit/mm^2"),
    "two divisions": ("3 GB/s/W", "GB/(s*W)"),
    "nothing to divide by": ("3 GB/", "TOPS*bit/mm^2"),
    "nothing to divide": ("3 /s", "TOPS*bit/mm^2"),
    "power zero": ("3 s^0", "TOPS*bit/mm^2"),
    "a milli-byte": ("3 mB", "'MB'"),
    "no end": (f"3 {'W*' * 40}W", "GB/s"),
    "a space for a product": ("3 m m", "TOPS*bit/mm^2"),
    "a prefix apart": ("5 m W", "TOPS*bit/mm^2"),
}


@pytest.mark.parametrize(("text", "hint"), REFUSED.values(), ids=REFUSED.keys())
def test_what_could_be_misread_is_refused_with_a_hint(text: str, hint: str) -> None:
    assert hint in refusal(text)[1]


@pytest.mark.parametrize("name", ["kmm", "knm", "Gms", "kEB"])
def test_a_unit_takes_one_prefix_only(name: str) -> None:
    """The SI brochure, 3: compound prefix symbols are not permitted."""
    assert name in refusal(f"3 {name}")[0]


@pytest.mark.parametrize("text", ["3,35", "1,599,000", "1.234,56", "1,234.56"])
def test_a_number_that_a_hint_proposes_can_be_read(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        number(text)
    proposed = caught.value.problems[0].hint.rpartition(": ")[2].split(" or ")
    assert all(number(each) > 0 for each in proposed)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("NaN", "finite"),
        ("-inf", "finite"),
        ("Infinity", "finite"),
        ("x", "digits"),
        ("1,x", "digits"),
    ],
)
def test_what_is_no_number_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        number(text)
    assert hint in caught.value.problems[0].hint


def test_a_division_written_twice_is_refused_with_one_that_means_the_same() -> None:
    proposed = refusal("3 GB/s/W")[1].removeprefix("write ")
    assert unit(proposed) == unit("GB") / unit("s") / unit("W")


def test_an_error_shows_no_more_than_the_beginning_of_a_long_text() -> None:
    assert len(refusal("9" * 10_000 + " W")[0]) < 80
    assert len(refusal("3 " + "x" * 10_000)[0]) < 80


@given(TEXTS)
def test_any_text_is_a_value_or_an_error_of_ours(text: str) -> None:
    for read, kind in ((quantity, Quantity), (unit, Unit), (number, Fraction)):
        try:
            found = read(text)
        except UnitError as fault:
            found = None
            complete = [problem.what and problem.hint for problem in fault.problems]
        assert all(complete) if found is None else isinstance(found, kind)


@given(TEXTS | UNITS.map(str))
def test_a_text_names_a_unit_exactly_where_one_can_be_read(text: str) -> None:
    try:
        found = unit(text)
    except UnitError:
        found = None
    assert named(text) == found


# Arithmetic.


@given(AMOUNTS, st.sampled_from(NAMES), st.data())
def test_a_conversion_there_and_back_changes_nothing(
    amount: Fraction, name: str, data: st.DataObject
) -> None:
    here = unit(name)
    alike = [each for each in NAMES if unit(each).dimension == here.dimension]
    there = unit(data.draw(st.sampled_from(alike)))
    start = Quantity(Interval(amount, amount + 1, amount + 3), here)
    assert start.to(there).to(here) == start
    assert start.to(there).amount.best == (amount + 1) * here.factor / there.factor


@given(AMOUNTS, UNITS)
def test_an_amount_in_base_units_is_so_many_of_them(amount: Fraction, one: Unit) -> None:
    ends = Interval(amount, amount + 1, amount + 3)
    base = Quantity(ends, one).base
    assert [base.low, base.best, base.high] == [(amount + n) * one.factor for n in (0, 1, 3)]
    assert one.from_base(base) == Quantity(ends, one)


def test_a_terabyte_a_second_is_eight_million_million_bits_a_second() -> None:
    assert quantity("1 TB/s").base == exactly(8 * 10**12)
    assert unit("TB/s").from_base(exactly(4 * 10**12)) == quantity("0.5 TB/s")


@given(AMOUNTS, AMOUNTS, UNITS, UNITS)
def test_products_and_quotients_are_those_of_base_units(
    one: Fraction, other: Fraction, first: Unit, second: Unit
) -> None:
    a, b = Quantity(exactly(one), first), Quantity(exactly(other + 1), second)
    size = {"*": one * first.factor * (other + 1) * second.factor}
    size["/"] = one * first.factor / ((other + 1) * second.factor)
    for sign, result in (("*", a * b), ("/", a / b)):
        assert result.amount.best * result.unit.factor == size[sign]


@given(AMOUNTS, AMOUNTS)
def test_sums_and_differences_are_in_the_first_unit(one: Fraction, other: Fraction) -> None:
    first, second = Quantity(exactly(one), unit("GB")), Quantity(exactly(other), unit("GiB"))
    assert first + second == Quantity(exactly(one + other * 2**30 / 10**9), unit("GB"))
    assert first - second == Quantity(exactly(one - other * 2**30 / 10**9), unit("GB"))


def test_units_that_cancel_leave_a_plain_number() -> None:
    assert quantity("4 TB/s") / quantity("2000 GB/s") == Quantity(exactly(2), ONE)
    assert quantity("50 %") * quantity("50 %") == Quantity(exactly(Fraction(1, 4)), ONE)


# Numbers as text.


@given(st.from_regex(r"[+-]?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-6]?[0-9])?", fullmatch=True))
@example("0." + "123456789" * 4 + "e-30")
def test_a_number_is_written_in_full_and_without_idle_zeros(text: str) -> None:
    value = Decimal(text)
    normal = f"{value.normalize(Context(prec=99)):f}" if value else "0"
    assert decimal_text(number(text)) == normal


@given(st.integers(-(10**20), 10**20), st.integers(0, 40), st.integers(0, 40))
def test_every_fraction_with_a_finite_decimal_form_is_written_exactly(
    top: int, twos: int, fives: int
) -> None:
    value = Fraction(top, 2**twos * 5**fives)
    assert Fraction(decimal_text(value)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(-1, 3), "-0." + "3" * 28),
        (Fraction(32, 11), "2.909090909090909090909090909"),
        (Fraction(2, 3), "0." + "6" * 27 + "7"),
    ],
)
def test_a_number_without_a_finite_decimal_form_is_written_to_28_digits(
    value: Fraction, written: str
) -> None:
    assert decimal_text(value) == written


@given(
    st.decimals(0, 10**9, places=4, allow_nan=False), UNITS.filter(lambda u: 0 < len(u.text) <= 60)
)
def test_a_quantity_reads_as_it_is_written(amount: Decimal, one: Unit) -> None:
    read = quantity(f"{decimal_text(Fraction(amount))} {one.text}")
    assert read.amount == exactly(Fraction(amount))
    assert (read.unit.factor, read.unit.dimension) == (one.factor, one.dimension)


@pytest.mark.parametrize("text", ["1e999", "1e101", "1e-999", "1e-101", "9" * 55 + "e60"])
def test_a_number_of_no_use_is_refused(text: str) -> None:
    with pytest.raises(UnitError, match="too large or too small"):
        number(text)


@pytest.mark.parametrize("text", ["1e100", "1e-100", "0", "0e999", "-1e100"])
def test_a_number_up_to_the_bounds_is_read(text: str) -> None:
    assert number(text) == Fraction(text)


@pytest.mark.parametrize("text", ["1e100 TB", "1e-99 nm", "1 TB^9*TB^9"])
def test_an_amount_counts_in_the_smallest_of_its_units(text: str) -> None:
    with pytest.raises(UnitError, match="too large or too small"):
        quantity(text)


def test_a_result_of_no_use_is_refused_and_not_computed_with() -> None:
    large = quantity("1e90 op")
    with pytest.raises(UnitError, match="the result is too large"):
        large * large * large * large
