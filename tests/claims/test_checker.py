"""A claim is settled exactly, by all of its cases, and what is not known never settles it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import yamlio
from chipcalc.claims.checker import Checker, Finding, exchanges, is_exchange
from chipcalc.claims.claim import Claim
from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import Figure, Missing
from chipcalc.schema.base import parse
from chipcalc.sheets.store import Store
from chipcalc.values import units
from chipcalc.values.logic import Verdict

FIRM = "status: official, source: sheet"


def ask(store: Store, text: str, *rates: str) -> Finding:
    """Return the answer to a claim in YAML."""
    head = "id: x\nsays: {en: A., zh: 甲。}\n"
    claim = parse(Claim, yamlio.load(head + text, "claims.yaml"))
    return Checker(store, [units.quantity(each) for each in rates]).check(claim)


def compare(store: Store, of: str, relation: str, to: str = "", *rates: str) -> Finding:
    """Return the answer to a comparison."""
    second = f", to: '{to}'" if to else ""
    return ask(store, f"compare: {{of: '{of}'{second}, is: {{{relation}}}}}", *rates)


def values(found: Finding) -> dict[tuple[str, ...], list[Fraction]]:
    """Return the best figures of an answer by chips."""
    known: dict[tuple[str, ...], list[Fraction]] = {}
    for each in found.instances:
        if isinstance(each.figure, Figure):
            ids = tuple(sheet.id for sheet in each.sheets)
            known.setdefault(ids, []).append(each.figure.value.amount.best)
    return known


def with_chip(specs: Path, name: str, body: str) -> Store:
    """Return the made-up store with one more chip of the family `new`."""
    text = f"""\
id: {name}
name: {name.upper()}
vendor: acme
family: [new]
sources:
  sheet: {{title: S, publisher: Acme, url: https://acme.example/s, accessed: 2026-01-02}}
values:
"""
    (specs / "chips" / "acme" / f"{name}.yaml").write_text(text + body)
    return Store((specs,))


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
    expected = "holds" if all(inside) else "fails" if outside else "depends"
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


def test_without_any_figure_a_claim_is_outside_the_sheets(store: Store) -> None:
    found = compare(store, "p1.memory_capacity", "at_least: 1 GB")
    assert found.settlement == "outside the spec sheets"
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
        ("z1.board_power", 10, "depends"),
    ],
)
def test_literally_true_is_what_holds_while_its_suggestion_fails_for_certain(
    store: Store, of: str, most: int, settlement: str
) -> None:
    """300 to 350 W for the B100 PCIe, 15 to 60 W for the Z1."""
    assert ask(store, SUGGESTS.format(of=of, most=most)).settlement == settlement


# Families, lines, sets, generations, rules.


def test_a_family_is_shared_by_those_that_belong_to_it(store: Store) -> None:
    assert ask(store, "share: {chips: [a10, a20], family: atlas}").settlement == "holds"
    assert ask(store, "share: {chips: [a10, z1], family: atlas}").settlement == "depends"
    assert ask(store, "share: {chips: [z1], family: atlas}").settlement == "fails"


def test_a_family_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no family 'atlass'"):
        ask(store, "share: {chips: [a10], family: atlass}")


def line(
    store: Store, chip: str, within: str, metric: str = "tpp", rules: str = "atl-2"
) -> Finding:
    """Return whether a chip lies just below a line of 2023."""
    return ask(
        store,
        f"below_line: {{chip: {chip}, rules: [{rules}], on: 2023-01-01, "
        f"metrics: [{metric}], within: {within}}}",
    )


def test_just_below_is_measured_from_the_nearest_line_above(store: Store) -> None:
    """Z1: FP16 of the GPU × 16 is 1280, with two DLAs 1680; the nearest line is 2000."""
    found = line(store, "z1", "41 %")
    assert found.settlement == "holds"
    assert found.instances[0].cite == "ATL.2.a"


def test_a_chip_far_below_a_line_is_not_just_below(store: Store) -> None:
    assert line(store, "z1", "10 %").settlement == "fails"


def test_a_chip_above_every_line_is_not_below_one(store: Store) -> None:
    """A10: 3200, beyond 1000 and 2000."""
    assert line(store, "a10", "50 %").settlement == "fails"


def test_an_unpublished_figure_is_not_below_a_line_nor_above(store: Store) -> None:
    assert line(store, "b100-pcie", "50 %", "performance_density").settlement == "depends"


def test_a_range_across_a_line_is_open(specs: Path) -> None:
    statement = (
        "{value: 240, range: [240, 260], unit: TOPS, "
        f"when: {{format: int8, engine: tensor, sparsity: dense}}, {FIRM}}}"
    )
    store = with_chip(specs, "n1", f"  throughput:\n    - {statement}\n")
    assert line(store, "n1", "50 %").settlement == "depends"


def test_the_line_of_another_rule_is_a_reading(store: Store) -> None:
    """At 1280 to 1680, the 3000 of ATL.1 are far; the 2000 of ATL.2 are not."""
    found = line(store, "z1", "40 %", rules="atl-1")
    assert found.settlement == "fails"
    assert [e.cite for r in found.readings for e in r.instances] == ["ATL.2.a"]


def test_rules_that_do_not_apply_are_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="none of the rules applies"):
        ask(store, "outside_rules: {chip: a10, rules: [atl-1], on: 2019-01-01}")


def test_a_chip_is_outside_rules_that_it_does_not_meet(store: Store) -> None:
    text = "outside_rules: {{chip: {chip}, rules: [{rule}], on: 2023-01-01}}"
    assert ask(store, text.format(chip="p1", rule="atl-1")).settlement == "holds"
    assert ask(store, text.format(chip="a10", rule="atl-1")).settlement == "fails"


def good(store: Store, among: str, metrics: str, by: str = "") -> Finding:
    """Return whether some chip of a set is as good as the A10."""
    day = f", by: {by}" if by else ""
    return ask(store, f"as_good: {{as: a10, among: [{among}], metrics: [{metrics}]{day}}}")


def test_one_chip_as_good_is_enough(store: Store) -> None:
    """The B100 has 8 TB/s against 2; the P1 states nothing."""
    found = good(store, "b100-sxm, p1", "memory_bandwidth")
    assert found.settlement == "holds"
    assert [e.verdict for e in found.instances] == [Verdict.met, Verdict.unknown]


def test_as_good_is_asked_of_every_metric(store: Store) -> None:
    """The Z1 draws 60 W, less than 400, and computes less, too."""
    assert good(store, "z1", "board_power, tpp").settlement == "depends"


def test_nobody_is_as_good_as_itself(store: Store) -> None:
    assert [e.sheets[0].id for e in good(store, "atlas", "tpp").instances] == ["a20", "a20-lite"]


def test_a_chip_that_two_names_stand_for_counts_once(store: Store) -> None:
    assert len(good(store, "b100, b100-sxm, b100", "tpp").instances) == 2


def test_chips_of_a_later_day_do_not_count_but_are_a_reading(store: Store) -> None:
    """The B100s came out in 2025, the P1 on a day that its sheet does not tell."""
    found = good(store, "b100, p1, z1", "memory_bandwidth, tpp", "2024-06")
    assert {e.sheets[0].id for e in found.instances} == {"z1"}
    assert found.settlement != "holds"
    assert {e.sheets[0].id for e in found.readings[0].instances} == {"b100-sxm", "b100-pcie"}


def test_a_month_counts_for_a_year(store: Store) -> None:
    """The A20 Lite came out in 2025, which may be before June of it."""
    assert good(store, "a20-lite", "tpp", "2025-06").settlement == "holds"


def test_as_good_takes_one_chip(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="stands for 2 chips"):
        ask(store, "as_good: {as: b100, among: [a10], metrics: [tpp]}")


def test_generations_that_are_not_known_keep_a_claim_from_holding(store: Store) -> None:
    text = (
        "behind: {{chips: [{chips}], line: [a10, a20, b100-sxm], "
        "metrics: [memory_bandwidth], generations: ['2', '3']}}"
    )
    assert ask(store, text.format(chips="a10")).settlement == "holds"
    assert ask(store, text.format(chips="a10, p1")).settlement == "depends"
    assert ask(store, text.format(chips="a20, p1")).settlement == "fails"
    assert ask(store, text.format(chips="p1")).settlement == "outside the spec sheets"


# Money.


def test_without_a_rate_money_of_two_currencies_does_not_compare(store: Store) -> None:
    found = compare(store, "a10.price", "equals: 72000 CNY")
    assert found.settlement == "outside the spec sheets"
    assert "CNY" in found.needs
    assert "USD" in found.needs


@pytest.mark.parametrize("rate", ["7.2 CNY/USD", "0.13888888888888888888888888889 USD/CNY"])
def test_a_rate_is_taken_either_way_round(store: Store, rate: str) -> None:
    relation = "between: [71999.9 CNY, 72000.1 CNY]"
    assert compare(store, "a10.price", relation, "", rate).settlement == "holds"


def test_prices_in_two_currencies_make_a_ratio(store: Store) -> None:
    """100,000 CNY at 8 CNY per USD against 10,000 USD."""
    found = compare(store, "lt910.price", "equals: '1.25'", "a10.price", "8 CNY/USD")
    assert found.settlement == "holds"


def test_what_a_sum_buys_needs_the_right_rate(store: Store) -> None:
    text = "buys: {amount: 720000 CNY, price: a10.price}"
    assert ask(store, text).needs
    assert ask(store, text, "8 EUR/USD").needs
    found = ask(store, text, "7.2 CNY/USD")
    assert values(found) == {("a10",): [10]}
    assert not found.needs


def test_the_same_currency_needs_no_rate(store: Store) -> None:
    assert values(ask(store, "buys: {amount: 30000 USD, price: a10.price}")) == {("a10",): [3]}


def test_a_sum_of_something_else_buys_nothing(store: Store) -> None:
    with pytest.raises(ChipcalcError):
        ask(store, "buys: {amount: 30 GB, price: a10.price}")


@pytest.mark.parametrize(
    ("unit", "is_rate"),
    [("CNY/USD", True), ("CNY*USD", False), ("CNY/(USD*s)", False), ("CNY", False), ("W", False)],
)
def test_a_rate_is_one_currency_for_another(unit: str, is_rate: bool) -> None:  # noqa: FBT001
    assert is_exchange(units.unit(unit)) is is_rate


def test_money_goes_through_each_rate() -> None:
    rate, sum_ = units.quantity("8 CNY/USD"), units.quantity("16 CNY")
    assert [each.amount.best for each in exchanges(sum_, [rate])] == [128, 2]


# Names.


@pytest.mark.parametrize(
    ("of", "what"),
    [
        ("nochip.tpp", "no chip 'nochip'"),
        ("a10.ttp", "no metric 'ttp'"),
        ("a10.throughput[fp99]", "fp99"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error(store: Store, of: str, what: str) -> None:
    with pytest.raises(ChipcalcError, match=what):
        compare(store, of, "equals: '1'")
