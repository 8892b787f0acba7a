"""A figure or a ratio is settled exactly, by all of its cases; what is not known settles none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import Missing
from chipcalc.sheets.store import Store
from claimed import FIRM, ask, compare, values, with_chip


def power(value: str) -> str:
    """Return a statement of a board power."""
    return f"  board_power:\n    - {{value: {value}, unit: W, {FIRM}}}\n"


# One figure.


@pytest.mark.parametrize(
    ("relation", "settlement"),
    [
        ("less_than: 400 W", "fails"),
        ("at_most: 400 W", "holds"),
        ("more_than: 400 W", "fails"),
        ("at_least: 400 W", "holds"),
        ("equals: 400 W", "holds"),
        ("equals: 400.000001 W", "fails"),
        ("equals: 400000 mW", "holds"),
        ("about: 390 W, within: [380 W, 400 W]", "holds"),
        ("about: 390 W, within: [380 W, 399 W]", "fails"),
        ("between: [400 W, 401 W]", "holds"),
    ],
)
def test_a_relation_is_exact_at_its_limit(store: Store, relation: str, settlement: str) -> None:
    assert compare(store, "a10.board_power", relation).settlement == settlement


def test_units_of_one_kind_compare(store: Store) -> None:
    """The A10 has 2000 GB/s."""
    assert compare(store, "a10.memory_bandwidth", "equals: 2 TB/s").settlement == "holds"


def test_units_of_two_kinds_are_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="W"):
        compare(store, "a10.memory_bandwidth", "equals: 2 W")


@given(
    low=st.integers(1, 9), width=st.integers(0, 9), start=st.integers(1, 9), more=st.integers(0, 9)
)
def test_a_range_settles_a_claim_only_when_all_of_it_lies_on_one_side(
    tmp_path_factory: pytest.TempPathFactory, low: int, width: int, start: int, more: int
) -> None:
    specs = tmp_path_factory.mktemp("range") / "specs"
    copytree(Path(__file__).parents[1] / "specs", specs)
    high, end = low + width, start + more
    store = with_chip(specs, "n1", power(f"{low}, range: [{low}, {high}]"))
    inside = [start <= each <= end for each in range(low, high + 1)]
    outside = high < start or low > end
    expected = "holds" if all(inside) else "fails" if outside else "not settled"
    assert compare(store, "n1.board_power", f"between: [{start} W, {end} W]").settlement == expected


# The ratio of two.


def test_a_ratio_is_computed_for_each_format_that_both_state(store: Store) -> None:
    """400 / 1000 at INT8 and 200 / 500 at FP16; TF32 and FP32 the A20 does not state."""
    found = compare(store, "a10.throughput", "equals: 40 %", "a20.throughput")
    assert found.settlement == "holds"
    assert values(found) == {("a10", "a20"): [Fraction(2, 5)] * 2}


def test_a_format_that_one_side_names_holds_for_both(store: Store) -> None:
    found = compare(store, "a10.throughput[fp16]", "equals: 40 %", "a20.throughput")
    assert [dict(each.row) for each in found.instances] == [{"format": "fp16", "engine": "tensor"}]


def test_formats_that_are_named_apart_are_compared_apart(store: Store) -> None:
    """200 TFLOPS at FP16 against 1000 TOPS at INT8."""
    found = compare(store, "a10.throughput[fp16]", "equals: 20 %", "a20.throughput[int8]")
    assert found.settlement == "holds"


def test_rows_need_not_be_named_beside_a_metric_that_has_none(store: Store) -> None:
    """400 TOPS / 400 W, 200 / 400, 100 / 400 and 25 / 400."""
    found = compare(store, "a10.throughput / a10.board_power", "at_most: 1 TOPS/W")
    assert found.settlement == "holds"
    assert sorted(values(found)["a10",]) == [Fraction(1, n) for n in (16, 4, 2, 1)]


def test_metrics_of_both_sides_may_differ(store: Store) -> None:
    """2000 GB/s of memory against 600 GB/s of links."""
    found = compare(
        store,
        "a10.memory_bandwidth",
        "about: '3.3', within: ['3.25', '3.35']",
        "a10.link_bandwidth",
    )
    assert found.settlement == "holds"


def test_a_side_may_be_a_plain_quantity(store: Store) -> None:
    assert compare(store, "a10.board_power", "equals: '8'", "50 W").settlement == "holds"
    assert compare(store, "50 W", "equals: 12.5 %", "a10.board_power").settlement == "holds"


def test_a_comparison_names_a_chip(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="names no chip"):
        compare(store, "50 W", "equals: 50 W")


def test_a_chip_is_not_compared_with_itself(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="with itself"):
        compare(store, "a10.board_power", "equals: '1'", "a10-sxm.board_power")


def test_zero_divides_nothing(specs: Path) -> None:
    store = with_chip(specs, "n1", power("0"))
    found = compare(store, "a10.board_power", "more_than: '1'", "n1.board_power")
    assert found.settlement == "outside the spec sheets"
    assert compare(store, "n1.board_power", "equals: '0'", "a10.board_power").settlement == "holds"


# Families.


def test_a_claim_on_a_family_depends_on_the_chip(store: Store) -> None:
    """80, 128 and 64 GB."""
    found = compare(store, "atlas.memory_capacity", "at_least: 80 GB")
    assert found.settlement == "depends"
    assert [each.sheets[0].id for each in found.holding] == ["a10", "a20"]


def test_a_family_of_one_is_one_case(store: Store) -> None:
    assert values(compare(store, "zenith.board_power", "at_most: 60 W")) == {("z1",): [60]}


def test_what_nobody_published_keeps_a_claim_from_holding(store: Store) -> None:
    """The B100 PCIe has no memory on its sheet."""
    found = compare(store, "b100.memory_capacity", "at_least: 100 GB")
    assert found.settlement == "depends"
    missing = [e for e in found.instances if isinstance(e.figure, Missing)]
    assert [each.sheets[0].id for each in missing] == ["b100-pcie"]


def test_what_nobody_published_does_not_save_a_claim_that_fails(store: Store) -> None:
    assert compare(store, "b100.memory_capacity", "at_most: 100 GB").settlement == "fails"


def test_without_any_figure_a_claim_is_not_settled(store: Store) -> None:
    found = compare(store, "p1.memory_capacity", "at_least: 1 GB")
    assert found.settlement == "not settled"
    assert len(found.instances) == 1


def test_what_a_chip_does_not_have_does_not_count(store: Store) -> None:
    """The A20 and its variant have no host link; the A10's has 64 GB/s."""
    assert compare(store, "atlas.host_bandwidth", "equals: 64 GB/s").settlement == "holds"


def test_both_sides_may_be_families(store: Store) -> None:
    found = compare(store, "atlas.board_power", "less_than: '1'", "b100.board_power")
    assert len({tuple(s.id for s in each.sheets) for each in found.instances}) == 6


# More than the words say.


SUGGESTS = """\
leaves_out: {{en: a, zh: b}}
compare: {{of: {of}, is: {{more_than: 50 W}}, suggests: {{at_most: {most} W}}}}
"""


@pytest.mark.parametrize(
    ("of", "most", "settlement"),
    [
        ("a10.board_power", 100, "literally true"),
        ("a10.board_power", 400, "holds"),
        ("b100-pcie.board_power", 320, "holds"),
        ("b100-pcie.board_power", 299, "literally true"),
        ("z1.board_power", 10, "not settled"),
    ],
)
def test_literally_true_is_what_holds_while_its_suggestion_fails_for_certain(
    store: Store, of: str, most: int, settlement: str
) -> None:
    """300 to 350 W for the B100 PCIe, 15 to 60 W for the Z1."""
    assert ask(store, SUGGESTS.format(of=of, most=most)).settlement == settlement


# Names.


@pytest.mark.parametrize(
    ("of", "what"),
    [
        ("nochip.tpp", "no sheet for 'nochip'"),
        ("a10.ttp", "no metric 'ttp'"),
        ("a10.throughput[fp99]", "fp99"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error(store: Store, of: str, what: str) -> None:
    with pytest.raises(ChipcalcError, match=what):
        compare(store, of, "equals: '1'")
