"""Completion proposes chips by their ids and families, or else by the names that people have."""

from __future__ import annotations

import pytest

from chipcalc.cli.options import complete_chip


def test_ids_and_families_that_begin_so_come_first() -> None:
    found = complete_chip("H10")
    assert {"h100", "h100-sxm", "h100-pcie"} <= set(found)
    assert all(each.startswith("h10") for each in found)


@pytest.mark.parametrize(
    ("begun", "chip"),
    [
        ("j6p", "journey-6p"),
        ("J6", "journey-6e"),
        ("Tesla T", "t4"),
        ("NVIDIA L40S", "l40s"),
        ("nvidia-a100-sxm4-80gb", "a100-sxm"),
        ("ironw", "tpu-v7"),
        ("910c", "ascend-910c"),
    ],
)
def test_a_name_that_people_have_leads_to_an_id(begun: str, chip: str) -> None:
    assert chip in complete_chip(begun)


@pytest.mark.parametrize("begun", ["Tesla P4", "zzz", "-"])
def test_nothing_is_proposed_for_a_name_of_no_sheet(begun: str) -> None:
    assert complete_chip(begun) == []
