"""Short names of chips, each in its own way, and families that head several."""

from __future__ import annotations

import pytest

from chipcalc.words.names import families, namings, with_article
from shared import STORE


def shorts(*chips: str) -> list[str]:
    """Return the shortest names of some built-in chips beside one another."""
    return [each.short for each in namings([STORE.sheet(chip) for chip in chips])]


def test_a_name_goes_without_its_size_and_its_other_names() -> None:
    assert shorts("h20", "orin-x", "sa8650p", "mi300x") == ["H20", "Orin-X", "SA8650P", "MI300X"]


def test_a_chip_that_its_family_means_goes_by_that_where_it_is_alone() -> None:
    assert shorts("h20", "h100-sxm") == ["H20", "H100"]
    assert shorts("h100-pcie", "h100-sxm") == ["H100 PCIe", "H100 SXM5"]


def test_no_two_chips_share_a_name() -> None:
    found = shorts(*STORE.files)
    assert len(set(found)) == len(found)


def test_what_a_name_says_besides_stays_in_the_label() -> None:
    (naming,) = namings([STORE.sheet("ascend-920")])
    assert naming == ("Ascend 920", "Ascend 920 (rumoured)")


def test_three_of_a_family_in_a_row_have_a_heading_and_two_have_none() -> None:
    def heads(*chips: str) -> list[tuple[str, int]]:
        sheets = [STORE.sheet(chip) for chip in chips]
        found = families(sheets, namings(sheets))
        return [(each.words, len(each.members)) for each in found]

    three = ("ascend-910b1", "ascend-910b2", "ascend-910b3")
    assert heads("h20", *three) == [("", 1), ("Ascend", 3)]
    assert heads(*three[:2], "h20", three[2]) == [("", 1)] * 4


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("H20 96GB", "an H20 96GB"),
        ("B200", "a B200"),
        ("Ascend 910C", "an Ascend 910C"),
        ("GeForce RTX 4090", "a GeForce RTX 4090"),
        ("RTX PRO 6000D", "an RTX PRO 6000D"),
        ("TPU v4", "a TPU v4"),
        ("DRIVE Orin (Orin-X)", "a DRIVE Orin (Orin-X)"),
    ],
)
def test_an_article_goes_by_how_a_name_is_said(name: str, said: str) -> None:
    assert with_article(name) == said
