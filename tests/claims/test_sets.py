"""Chips are of one family, as good as another, or generations behind, as far as that is known."""

from __future__ import annotations

import pytest

from chipcalc.claims.finding import ClaimFinding
from chipcalc.errors import ChipcalcError
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict
from claimed import ask


def test_a_family_is_shared_by_those_that_belong_to_it(store: Store) -> None:
    assert ask(store, "share: {chips: [a10, a20], family: atlas}").settlement == "holds"
    assert ask(store, "share: {chips: [a10, z1], family: atlas}").settlement == "depends"
    assert ask(store, "share: {chips: [z1], family: atlas}").settlement == "fails"


def test_a_family_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no family 'atlass'"):
        ask(store, "share: {chips: [a10], family: atlass}")


def good(store: Store, among: str, metrics: str, by: str = "") -> ClaimFinding:
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
    assert {e.sheets[0].id for e in found.interpretations[0].instances} == {"b100-sxm", "b100-pcie"}


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
