"""Amounts as people write them: ranges, products, and conditions behind them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.what_if import amount, blank, suppose
from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import Figure, Missing
from chipcalc.values.exact import decimal_text
from chipcalc.values.units import unit
from shared import STORE

VOCABULARY = STORE.vocabulary
INT8 = {"format": "int8", "engine": "tensor"}


def figure(metric: str, /, **said: str) -> Figure:
    item = suppose(blank(VOCABULARY), said, VOCABULARY)
    found = item.evaluator.figure(metric, INT8 if metric == "throughput" else {})
    assert isinstance(found, Figure), found
    return found


def ends(found: Figure, into: str) -> tuple[Fraction | int, Fraction | int]:
    value = found.value.to(unit(into)).amount
    return value.low, value.high


@pytest.mark.parametrize(
    "text",
    ["2300..2500", "2300-2500", "2300–2500", "2300 - 2500", "2300 to 2500", "2300...2500"],
)
def test_a_range_is_written_as_people_write_it(text: str) -> None:
    assert ends(figure("tpp", tpp=text), "TOPS*bit") == (2300, 2500)


@pytest.mark.parametrize(
    "text", ["290..310 TOPS", "290-310TOPS", "290 TOPS–310 TOPS", "0.29 POPS to 310 TOPS"]
)
def test_the_lower_end_has_the_unit_of_the_upper_one_or_its_own(text: str) -> None:
    found = figure("throughput", **{"throughput[int8]": text})
    assert ends(found, "TOPS") == (290, 310)


@given(low=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_every_range_is_read_exactly(low: int, more: int) -> None:
    text = f"{decimal_text(Fraction(low, 8))}..{decimal_text(Fraction(low + more, 8))}"
    found = ends(figure("tpp", tpp=text), "TOPS*bit")
    assert found == (Fraction(low, 8), Fraction(low + more, 8))


def test_a_range_of_a_die_is_one_of_its_density() -> None:
    found = figure("performance_density", tpp="2400", die_area="600-800mm2")
    assert ends(found, "TOPS*bit/mm^2") == (3, 4)


def test_an_exponent_is_no_range() -> None:
    assert ends(figure("tpp", tpp="2.4e3"), "TOPS*bit") == (2400, 2400)
    assert ends(figure("tpp", tpp="24e-1"), "TOPS*bit") == (Fraction(12, 5), Fraction(12, 5))


@pytest.mark.parametrize("text", ["2500..2300", "..5", "5..", "a..b", "5--6", "1..2..3"])
def test_what_is_no_range_is_an_error(text: str) -> None:
    with pytest.raises(ChipcalcError):
        figure("tpp", tpp=text)


@pytest.mark.parametrize(
    ("text", "tops"),
    [
        ("132 * 4096 op * 1.83 GHz", Fraction("989.42976")),
        ("20×8192op×1.8GHz", Fraction("294.912")),
        ("132 core * 4096 op/core * 1.83 GHz", Fraction("989.42976")),
        ("2*148TOPS", Fraction(296)),
    ],
)
def test_a_maker_s_cores_times_operations_times_clock_is_a_rate(text: str, tops: Fraction) -> None:
    """NVIDIA's H100 white paper: 132 multiprocessors, 4,096 operations a clock, 989 TFLOPS."""
    found = figure("throughput", **{"throughput[int8]": text})
    assert ends(found, "TOPS") == (tops, tops)


def test_a_product_that_is_no_rate_says_what_it_is() -> None:
    with pytest.raises(ChipcalcError, match="throughput is measured in TOPS"):
        figure("throughput", **{"throughput[int8]": "20 core * 4096 op * 1.8 GHz"})


@pytest.mark.parametrize(
    "said", ["300TOPS,sparse", "300 TOPS, unstated", "300TOPS,sparsity=sparse"]
)
def test_a_rate_of_unknown_sparsity_gives_no_exact_dense_one(said: str) -> None:
    item = suppose(blank(VOCABULARY), {"throughput[int8]": said}, VOCABULARY)
    found = item.evaluator.figure("throughput", INT8)
    assert isinstance(found, Missing) or not found.value.amount.exact


def test_a_rate_of_structured_sparsity_is_twice_the_dense_one() -> None:
    found = figure("throughput", **{"throughput[int8]": "600TOPS,2:4"})
    assert ends(found, "TOPS") == (300, 300)


def test_several_processing_units_add_up() -> None:
    """The rule sums the processing units of a circuit (Technical Note 2 to 3A090.a)."""
    found = figure(
        "tpp", **{"throughput[int8,unit=gpu]": "100 TOPS", "throughput[int8,unit=npu]": "200 TOPS"}
    )
    assert ends(found, "TOPS*bit") == (2400, 2400)


def test_a_chip_has_the_processing_units_of_its_sheet_only() -> None:
    with pytest.raises(ChipcalcError, match="has no unit 'tpu'"):
        suppose(STORE.sheet("h20"), {"throughput[int8,unit=tpu]": "1 TOPS"}, VOCABULARY)


def test_a_limit_is_one_amount() -> None:
    with pytest.raises(ChipcalcError, match="not a range"):
        amount("tpp", "1000..2000", VOCABULARY)
