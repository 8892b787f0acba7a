"""Lines break where a column ends, and what belongs together stays together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from chipcalc.tables.layout import Layout, bound, laid, level_with, wrapped
from chipcalc.words.line import HARD_SPACE, plain

CLOSING = "）。，；：、！？)%"


def test_long_words_are_not_cut() -> None:
    assert wrapped("one antidisestablishmentarianism", 9) == ["one", "antidisestablishmentarianism"]
    assert laid(("one antidisestablishmentarianism",), 1, Layout(), 11) == [
        ["  one", "  antidisestablishmentarianism"]
    ]


def test_the_width_of_a_column_includes_what_sets_a_cell_in() -> None:
    """Of twelve places four are taken by two levels; eight are left for "aaaa bbb"."""
    assert laid(("aaaa bbb ccc",), 2, Layout(), 12) == [["    aaaa bbb", "    ccc"]]


def test_parts_after_the_first_are_set_in_below_it() -> None:
    assert laid(("aaa bbb", "ccc ddd"), 0, Layout(below=2), 7) == [
        ["aaa bbb"],
        ["  ccc", "  ddd"],
    ]


def test_parts_that_belong_side_by_side_begin_on_the_same_lines() -> None:
    left, right = [["a", "a"], ["b"], ["c"]], [["x"], ["y", "y", "y"]]
    left, right = level_with([left, right])
    assert left == [["a", "a"], ["b", "", ""], ["c"]]
    assert right == [["x", ""], ["y", "y", "y"]]


def test_a_cell_beside_nothing_stays_as_it_is() -> None:
    assert level_with([[["a", "a"], ["b"]]]) == [[["a", "a"], ["b"]]]


def test_what_joins_two_parts_has_room_behind_the_first() -> None:
    parts = ("aaa bbb", "ccc ddd")
    assert laid(parts, 0, Layout(), 8, ";") == [["aaa bbb;"], ["ccc ddd"]]
    assert laid(parts, 0, Layout(), 7, ";") == [["aaa", "bbb;"], ["ccc ddd"]]


def test_a_name_that_begins_like_another_holds_together_to_its_end() -> None:
    held = bound("of Letter 5, reported", ("Letter 5", "Letter 5, reported"))
    assert held.split(" ") == ["of", "Letter 5, reported".replace(" ", HARD_SPACE)]


def test_what_stands_further_apart_does_so_on_a_line_that_is_wrapped() -> None:
    assert wrapped("* best   ~ about   3 more", 17) == ["* best   ~ about", "3 more"]


@given(
    words=st.text(alphabet="ab 中文，。（）、：()%;" + HARD_SPACE, max_size=80),
    width=st.integers(min_value=12, max_value=40),
)
def test_wrapping_loses_nothing(words: str, width: int) -> None:
    lost = "".join(wrapped(words, width)).replace(" ", "")
    assert lost == plain(words).replace(" ", "")


@given(words=st.text(alphabet="中文，。（）、", min_size=1, max_size=60))
def test_no_line_begins_with_a_sign_that_closes_or_ends_with_one_that_opens(words: str) -> None:
    first, *rest = wrapped(words, 24)
    assert all(each[0] not in CLOSING for each in rest)
    assert all(each[-1] != "（" for each in [first, *rest][:-1])


@given(words=st.lists(st.text(alphabet="ab中", min_size=1, max_size=4), min_size=1))
def test_no_line_is_wider_than_the_screen(words: list[str]) -> None:
    assert all(wcswidth(each) <= 12 for each in wrapped(" ".join(words), 12))


@pytest.mark.parametrize("words", ["结果（不成立）", "数值为百分之三 (no)", "约合数值 19.6 %"])
def test_a_mark_is_not_torn_at_any_width(words: str) -> None:
    for width in range(8, 30):
        for line in wrapped(words, width):
            assert line.strip(" ")[0] not in CLOSING


def test_a_hard_space_does_not_break_and_is_printed_as_a_space() -> None:
    assert wrapped(f"about 4,000{HARD_SPACE}GB/s", 12) == ["about", "4,000 GB/s"]


def test_a_number_holds_on_to_its_unit_but_a_name_or_a_day_that_ends_in_a_digit_does_not() -> None:
    assert wrapped("takes 400–550 W here", 12) == ["takes", "400–550 W", "here"]
    assert wrapped("on INT8 Ascend leads", 13) == ["on INT8", "Ascend leads"]
    assert wrapped("from 2026-02-01 on it", 16) == ["from 2026-02-01", "on it"]


def test_every_line_is_indented() -> None:
    assert laid(("one two",), 1, Layout(), 5) == [["  one", "  two"]]


def test_nothing_stays_nothing() -> None:
    assert wrapped("", 10) == [""]


def test_a_day_is_no_number_that_holds_on_to_the_word_behind_it() -> None:
    assert wrapped("on 2022-10-07 Huashan", 14) == ["on 2022-10-07", "Huashan"]
    assert wrapped("at 4,800 TOPS", 10) == ["at", "4,800 TOPS"]


_WORDS = st.lists(st.sampled_from(["A", "B", "AB", "(A", "C", "H20", "PCIe"]), max_size=6)


@given(st.lists(_WORDS.map(" ".join), max_size=5), _WORDS.map(" ".join))
def test_names_hold_together_wherever_they_stand(names: list[str], text: str) -> None:
    held = bound(text, names)
    assert held.replace(HARD_SPACE, " ") == text
    longest = max((e for e in names if " " in e and e in text), key=len, default="")
    assert longest.replace(" ", HARD_SPACE) in held
