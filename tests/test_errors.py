"""Errors say what is wrong, where, and what to do next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError, Problem, did_you_mean, error, join_words, nearest


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        pytest.param(Problem("it is wrong"), "it is wrong", id="no place"),
        pytest.param(Problem("it is wrong", "a.yaml"), "a.yaml: it is wrong", id="file"),
        pytest.param(Problem("it is wrong", "a.yaml", 7), "a.yaml:7: it is wrong", id="line"),
        pytest.param(Problem("it is wrong", path="b[0].c"), "b[0].c: it is wrong", id="path"),
        pytest.param(Problem("it is wrong", line=7), "it is wrong", id="line of no file"),
        pytest.param(
            Problem("it is wrong", "a.yaml", 7, "b[0].c", "mend it"),
            "a.yaml:7: b[0].c: it is wrong",
            id="all, and the hint apart",
        ),
    ],
)
def test_a_problem_shows_its_place_as_far_as_it_is_known(problem: Problem, shown: str) -> None:
    assert str(problem) == shown


def test_a_place_is_filled_in_only_where_there_was_none() -> None:
    assert Problem("x", hint="h").at("a.yaml", 7, "b") == Problem("x", "a.yaml", 7, "b", "h")
    assert Problem("x", "a.yaml", 7, "b").at("c.yaml", 8, "d") == Problem("x", "a.yaml", 7, "b")


def test_an_error_carries_every_problem() -> None:
    problems = (Problem("one", "a.yaml", 1), Problem("two", "a.yaml", 2))
    fault = ChipcalcError(*problems)
    assert fault.problems == problems
    assert str(fault) == "a.yaml:1: one; a.yaml:2: two"


def test_a_plain_error_has_one_problem_of_no_file() -> None:
    assert error("one", "mend it").problems == (Problem("one", hint="mend it"),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("h2O", "h20"),
        ("H20", "h20"),
        ("h-20", "h20"),
        ("h 20", "h20"),
        ("h_20", "h20"),
        ("hl00", "h100"),
    ],
)
def test_letters_taken_for_digits_and_other_separators_still_find_the_name(
    written: str, meant: str
) -> None:
    assert nearest(written, ["mi300x", "h20", "h100"])[0] == meant


def test_at_most_the_asked_number_of_names_is_offered_best_first() -> None:
    known = ["h100-pcie", "h100", "h100-nvl", "h800"]
    assert nearest("h100", known, count=1) == ["h100"]
    assert nearest("h100", known)[0] == "h100"


def test_two_spellings_of_one_name_are_offered_once() -> None:
    assert nearest("h20", ["h20", "H-20"]) == ["h20"]


def test_a_name_like_no_other_finds_nothing() -> None:
    assert nearest("xyz", ["h20", "h100"]) == []
    assert did_you_mean("xyz", ["h20", "h100"]) == ""


def test_close_names_become_a_question() -> None:
    assert did_you_mean("h2O", ["h20", "mi300x"]) == "did you mean 'h20'?"
    known = ["h100-nvl-94", "h100-nvl"]
    assert did_you_mean("h100-nv", known) == "did you mean 'h100-nvl' or 'h100-nvl-94'?"


@given(st.text(), st.lists(st.text(), max_size=5), st.integers(1, 4))
def test_only_known_names_are_offered(name: str, known: list[str], count: int) -> None:
    found = nearest(name, known, count)
    assert set(found) <= set(known)
    assert len(found) == len(set(found)) <= count


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_as_in_a_sentence(words: list[str], joined: str) -> None:
    assert join_words(words) == joined
    assert join_words(iter(words), "or") == joined.replace("and", "or")
