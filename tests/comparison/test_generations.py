"""A chip's place on a line of products, in generations and years behind the newest."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.comparison.generations import Place, place
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict

LINE = ("a10", "a20", "b100-sxm")
FIRM = "status: official, source: sheet"


def placed(
    store: Store, chip: Sheet, metric: str = "memory_bandwidth", line: tuple[str, ...] = LINE
) -> Place:
    """Return the place of a chip on a line of made-up products."""
    sheets = [store.sheet(each) for each in line]
    return place(chip, sheets, metric, {}, lambda sheet: Evaluator(sheet, store.vocabulary))


def with_bandwidth(load: Callable[[str], Sheet], text: str) -> Sheet:
    """Return a chip with a memory bandwidth."""
    return load(f"values:\n  memory_bandwidth:\n    - {{value: {text}, unit: GB/s, {FIRM}}}\n")


@pytest.mark.parametrize(("chip", "behind"), [("a10", 2), ("a20", 1), ("b100-sxm", 0)])
def test_a_product_of_the_line_stands_at_its_own_place(
    store: Store, chip: str, behind: int
) -> None:
    assert placed(store, store.sheet(chip)).behind == pytest.approx((behind, behind))


def test_the_newest_is_no_year_behind(store: Store) -> None:
    assert placed(store, store.sheet("b100-sxm")).years == pytest.approx((0, 0))


@given(amount=st.integers(min_value=1, max_value=100_000))
def test_between_and_beyond_products_the_logarithm_counts(
    store: Store, load: Callable[[str], Sheet], amount: int
) -> None:
    """The line doubles at every step: 2, 4 and 8 TB/s."""
    expected = math.log2(8000 / amount)
    assert placed(store, with_bandwidth(load, str(amount))).behind == pytest.approx(
        (expected, expected), abs=1e-9
    )


def test_years_are_interpolated_as_generations_are(store: Store) -> None:
    """Launched in May 2024 and January 2025, the middle of January standing for the month."""
    found = placed(store, store.sheet("a20")).years
    assert found
    assert found[0] == pytest.approx((8 + 9 / 30.4) / 12, abs=0.05)


def test_a_range_makes_a_range_of_places(store: Store, load: Callable[[str], Sheet]) -> None:
    sheet = with_bandwidth(load, "3000, range: [2000, 4000], note: both")
    assert placed(store, sheet).behind == pytest.approx((1, 2))


def test_an_unpublished_figure_has_no_place(store: Store) -> None:
    found = placed(store, store.sheet("p1"))
    assert (found.behind, found.years) == (None, None)
    assert found.within(Fraction(0), Fraction(9)) is Verdict.unknown


def test_a_figure_of_zero_has_no_place(store: Store, load: Callable[[str], Sheet]) -> None:
    assert placed(store, with_bandwidth(load, "0")).behind is None


def test_a_product_without_a_figure_still_counts_as_a_generation(store: Store) -> None:
    """The Z1 states no bandwidth, so from the A10 to the B100 it is two steps, not one."""
    found = placed(store, store.sheet("a10"), line=("a10", "z1", "b100-sxm"))
    assert found.behind == pytest.approx((2, 2))


def test_without_a_figure_of_the_newest_nothing_is_behind_it(store: Store) -> None:
    assert placed(store, store.sheet("a10"), line=("a10", "a20", "z1")).behind is None


def test_without_a_launch_date_there_are_generations_but_no_years(
    specs: Path, load: Callable[[str], Sheet]
) -> None:
    path = specs / "chips" / "acme" / "a20.yaml"
    path.write_text(path.read_text().replace("launched: 2024-05-06\n", ""))
    found = placed(Store((specs,)), with_bandwidth(load, "1000"))
    assert found.behind == pytest.approx((3, 3))
    assert found.years is None


def test_a_line_that_does_not_advance_is_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no advance"):
        placed(store, store.sheet("z1"), line=("a20", "a10", "b100-sxm"))


def test_two_equal_products_make_no_line(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no advance"):
        placed(store, store.sheet("z1"), line=("a20", "a20-lite"))


def test_where_less_is_better_the_line_runs_downwards(store: Store) -> None:
    """From 800 W down to 400 W is one generation; at 1000 W a chip is further behind."""
    found = placed(store, store.sheet("b100-sxm"), "board_power", ("a20", "a10"))
    assert found.behind == pytest.approx((math.log2(1000 / 400),) * 2)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [("1", "2", "met"), ("3", "4", "not met"), ("0", "1/2", "not met"), ("3/2", "4", "unknown")],
)
def test_a_place_within_a_range_needs_all_of_it(
    store: Store, load: Callable[[str], Sheet], low: str, high: str, verdict: str
) -> None:
    sheet = with_bandwidth(load, "3000, range: [2001, 3999], note: both")
    assert placed(store, sheet).within(Fraction(low), Fraction(high)).value == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1, 2, Verdict.met),
        ("1.001", 2, Verdict.unknown),
        (1, "1.999", Verdict.unknown),
        (2, 3, Verdict.unknown),
        ("2.001", 3, Verdict.not_met),
        (0, "0.999", Verdict.not_met),
    ],
)
def test_the_ends_of_a_range_are_within_it(
    low: int | str, high: int | str, verdict: Verdict, store: Store
) -> None:
    found = placed(store, store.sheet("a10"))._replace(behind=(1.0, 2.0))
    assert found.within(Fraction(low), Fraction(high)) is verdict
