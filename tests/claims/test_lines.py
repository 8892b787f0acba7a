"""A chip lies just below a line of some rules, or outside of them, as of a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.claims.finding import ClaimFinding
from chipcalc.errors import ChipcalcError
from chipcalc.sheets.store import Store
from claimed import FIRM, ask, with_chip


def line(
    store: Store, chip: str, within: str, metric: str = "tpp", rules: str = "atl-2"
) -> ClaimFinding:
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
    assert [e.cite for r in found.interpretations for e in r.instances] == ["ATL.2.a"]


def test_rules_that_do_not_apply_are_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="none of the rules applies"):
        ask(store, "outside_rules: {chip: a10, rules: [atl-1], on: 2019-01-01}")


def test_a_chip_is_outside_rules_that_it_does_not_meet(store: Store) -> None:
    text = "outside_rules: {{chip: {chip}, rules: [{rule}], on: 2023-01-01}}"
    assert ask(store, text.format(chip="p1", rule="atl-1")).settlement == "holds"
    assert ask(store, text.format(chip="a10", rule="atl-1")).settlement == "fails"
