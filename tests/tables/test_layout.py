"""Lines break where a column ends, and what belongs together stays together."""

from __future__ import annotations

from chipcalc.tables.layout import Layout, laid, level_with, wrapped


def test_long_words_are_not_cut() -> None:
    assert wrapped("one antidisestablishmentarianism", 9) == ["one", "antidisestablishmentarianism"]
    assert laid(("one antidisestablishmentarianism",), 1, Layout(11)) == [
        ["  one", "  antidisestablishmentarianism"]
    ]


def test_the_width_of_a_column_includes_what_sets_a_cell_in() -> None:
    """Of twelve places four are taken by two levels; eight are left for "aaaa bbb"."""
    assert laid(("aaaa bbb ccc",), 2, Layout(12)) == [["    aaaa bbb", "    ccc"]]


def test_parts_after_the_first_are_set_in_below_it() -> None:
    assert laid(("aaa bbb", "ccc ddd"), 0, Layout(7, below=2)) == [
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


def test_what_joins_two_parts_takes_no_room_from_their_words() -> None:
    assert laid(("aaa bbb", "ccc ddd"), 0, Layout(7), ";") == [["aaa bbb;"], ["ccc ddd"]]
