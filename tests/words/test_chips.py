"""Names in short tell apart what the whole names tell apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chipcalc.words.chips import limbs, short_names, some
from shared import STORE

NAMES = sorted({sheet.name for sheet in STORE.all()})


def test_a_name_is_cut_behind_the_word_with_its_number() -> None:
    assert short_names(["H20 96GB", "H100 SXM5 80GB", "GeForce RTX 4090"]) == [
        "H20",
        "H100",
        "GeForce RTX 4090",
    ]


def test_a_name_keeps_the_words_that_tell_it_apart() -> None:
    assert short_names(["H100 SXM5 80GB", "H100 NVL 94GB"]) == ["H100 SXM5", "H100 NVL"]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=20, unique=True))
def test_short_names_of_real_chips_are_different_and_begin_the_whole_ones(names: list[str]) -> None:
    short = short_names(names)
    assert len(set(short)) == len(names)
    for name, each in zip(names, short, strict=True):
        assert name.startswith(each)
        assert each.count("(") == each.count(")")


def test_limbs_leave_out_what_they_share() -> None:
    assert limbs(["3A090.a.1", "3A090.a.2", "3A991.p"]) == ["3A090.a.1", "a.2", "3A991.p"]
    assert limbs(["15 CFR 742.6", "15 CFR 742.7"]) == ["15 CFR 742.6", "15 CFR 742.7"]


def test_of_many_names_the_first_stand_with_the_number_of_the_others() -> None:
    assert some(["a", "b"]) == "a and b"
    assert some(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
