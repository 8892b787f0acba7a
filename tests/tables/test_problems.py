"""A problem is laid out so that the eye falls on the word that is wrong, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from chipcalc.errors import Excerpt, Near, Problem, Unknown
from chipcalc.tables.problems import Line, command_lines, complaint

WIDTHS = (50, 80, 120)


def shown(lines: list[Line]) -> list[str]:
    """Return lines as they are printed without colours."""
    return ["".join(each.text for each in line) for line in lines]


def test_the_word_that_is_wrong_has_a_caret_under_it() -> None:
    text = "h20.board_power * 8760 h * 0.08 USD/kWh"
    problem = Problem("'kWh' is not a unit", hint="write kW*h").within(text)
    assert shown(complaint(problem, 80)) == [
        "error: 'kWh' is not a unit",
        f"  {text}",
        "                                      ^^^",
        "  write kW*h",
    ]


def test_of_a_file_the_lines_are_numbered_and_the_hint_stands_behind_the_caret() -> None:
    excerpt = Excerpt(("vendor: foo", "  launched: 2025-03"), ((10, 11),), 9)
    problem = Problem("a key inside a value", "a.yaml", 10, "", "begin it", 11, excerpt)
    assert shown(complaint(problem, 80)) == [
        "error: a.yaml:10:11: a key inside a value",
        "   9 | vendor: foo",
        "  10 |   launched: 2025-03",
        "     |           ^ begin it",
    ]


def test_a_hint_too_long_to_stand_behind_the_caret_stands_below_it() -> None:
    excerpt = Excerpt(("market: datacenter",), ((8, 18),), 4)
    hint = "write {value: datacenter, status: reported, source: [KEY]}"
    problem = Problem("the status is missing", "a.yaml", 4, "market", hint, excerpt=excerpt)
    assert shown(complaint(problem, 80))[2:] == ["    |         ^^^^^^^^^^", f"  {hint}"]


def test_every_wrong_name_is_a_row_with_what_is_nearest() -> None:
    names = (
        Unknown("sa8650", (Near("sa8650p", "SA8650P (Snapdragon Ride)"),), "sa8650p"),
        Unknown("j6p", (Near("journey-6p", "Journey 6P"), Near("journey-6e", "E")), "journey-6p"),
        Unknown("h1", (Near("h100", "H100"), Near("h200", "H200"))),
        Unknown("qqq"),
    )
    problem = Problem("4 of 5 names are not in the sheets", unknown=names)
    assert shown(complaint(problem, 80)) == [
        "error: 4 of 5 names are not in the sheets",
        "  sa8650   nearest: sa8650p (SA8650P (Snapdragon Ride))",
        "  j6p      nearest: journey-6p (Journey 6P)",
        "  h1       nearest: h100 (H100), h200 (H200)",
        "  qqq      nothing is near",
    ]


def test_the_words_to_choose_from_stand_side_by_side() -> None:
    problem = Problem("'thor' stands for 3 chips", choices=("thor-x", "thor-u", "jetson-t5000"))
    assert shown(complaint(problem, 80))[1:] == ["  thor-x  thor-u  jetson-t5000"]
    assert shown(complaint(problem, 20))[-2:] == ["  thor-x  thor-u", "  jetson-t5000"]


def test_roles_are_those_of_the_error_and_the_caret_and_the_command() -> None:
    problem = Problem("no", excerpt=Excerpt(("a b",), ((2, 3),)))
    lines = [*complaint(problem, 80), *command_lines(["chipcalc", "list"], 80)]
    found = [(each.text, each.role) for line in lines for each in line if each.role]
    assert found == [("error", "error"), ("^", "error"), ("chipcalc list", "command")]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_line_is_cut_around_the_word(width: int) -> None:
    text = "a" * 150 + " wrong " + "b" * 150
    problem = Problem("'wrong' is wrong").within(text)
    _, line, under = shown(complaint(problem, width))
    assert len(line) <= width
    assert line[under.index("^") : under.rindex("^") + 1] == "wrong"
    assert line.startswith("  …")
    assert line.endswith("…")


SIGNS = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Zl", "Zp"], exclude_characters="\n\r"
)


@given(
    st.text(SIGNS, max_size=200),
    st.integers(0, 200),
    st.integers(1, 20),
    st.integers(0, 1000),
    st.sampled_from(WIDTHS),
)
def test_no_quoted_line_is_wider_than_the_screen(
    text: str, start: int, length: int, first: int, width: int
) -> None:
    start = min(start, len(text))
    excerpt = Excerpt((text,), ((start, start + length),), first)
    for line in shown(complaint(Problem("it is wrong", excerpt=excerpt), width)):
        assert wcswidth(line) in range(width + 1)


@given(st.text("ab三é\t", max_size=120), st.integers(0, 119), st.sampled_from(WIDTHS))
def test_the_caret_stands_below_the_sign_that_is_meant(text: str, at: int, width: int) -> None:
    """Chinese characters are two columns wide, and a tab is shown as one space."""
    marked = f"{text[:at]}X{text[at:]}"
    problem = Problem("it is wrong", excerpt=Excerpt((marked,), ((len(text[:at]),) * 2,)))
    _, line, under = shown(complaint(problem, width))
    assert wcswidth(line[: line.index("X")]) == under.index("^")


@given(st.lists(st.text("abc-", min_size=1, max_size=30), min_size=1, max_size=12))
def test_a_long_command_goes_on_behind_a_backslash_and_no_word_breaks(words: list[str]) -> None:
    for width in WIDTHS:
        lines = shown(command_lines(words, width))
        assert all(each.endswith(" \\") for each in lines[:-1])
        joined = " ".join(each.removesuffix(" \\") for each in lines)
        assert joined.split() == " ".join(words).split()


def test_an_option_and_its_value_stay_on_one_line() -> None:
    lines = shown(command_lines(["chipcalc", "check", "a-long-name" * 3, "--set", "a=5"], 50))
    assert lines[-1] == "  --set a=5"
