"""Errors say what is wrong, where, and what to do next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import (
    ChipcalcError,
    Excerpt,
    Gathering,
    Near,
    Problem,
    did_you_mean,
    each_of,
    error,
    join_words,
    nearest,
    plain,
    shortens,
    unknown,
    word_within,
)


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


def test_a_column_is_shown_behind_its_line() -> None:
    assert str(Problem("it is wrong", "a.yaml", 7, column=3)) == "a.yaml:7:3: it is wrong"
    assert str(Problem("it is wrong", "a.yaml", column=3)) == "a.yaml: it is wrong"


def test_a_path_that_the_sentence_names_is_said_once() -> None:
    assert (
        str(Problem("'x' is not a key here", "a.yaml", 7, "x")) == "a.yaml:7: 'x' is not a key here"
    )


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


WORDS = st.lists(st.from_regex(r"\A([0-9]{1,2})?[a-bA-Bolß]{1,2}\Z"), min_size=1, max_size=3)


@given(WORDS, st.text("ab01", max_size=4))
def test_a_short_name_is_made_of_beginnings_of_all_words_numbers_whole(
    words: list[str], short: str
) -> None:
    made = {""}
    for word in words:
        number = len(word) - len(word.lstrip("0123456789"))
        begun = [word[:end] for end in range(max(number, 1), len(word) + 1)]
        made = {before + each for before in made for each in begun}
    known = " ".join(words)
    wanted = {plain(each) for each in made}
    assert shortens(short, known) is (len(short) > 1 and short in wanted)
    assert all(shortens(each, known) for each in wanted if len(each) > 1)


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


KIND = ("names", "in the sheets")
NAMES = {
    "journey-6p": Near("journey-6p", "Journey 6P"),
    "journey-6e": Near("journey-6e", "Journey 6E"),
    "Journey 6P": Near("journey-6p", "Journey 6P"),
    "eyeq6h": Near("eyeq6h", "EyeQ6 High"),
    "eyeq5h": Near("eyeq5h", "EyeQ5 High"),
    "sa8650p": Near("sa8650p"),
    "sa8775p": Near("sa8775p"),
    "h20": Near("h20"),
    "h200": Near("h200"),
}


def unknown_chip(name: str) -> Problem:
    """Return the problem of a name that is not among the made-up ones."""
    (problem,) = unknown(f"no chip '{name}'", name, NAMES, KIND, "chipcalc list").problems
    return problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("h2O", "h20", id="a letter for a digit"),
        pytest.param("j6p", "journey-6p", id="short for two words"),
        pytest.param("eyeq6", "eyeq6h", id="without its end"),
        pytest.param("sa8650", "sa8650p", id="without its last letter"),
        pytest.param("hh20", "h20", id="misspelt"),
        pytest.param("j6", "", id="short for two chips"),
        pytest.param("jorney6x", "", id="like two chips"),
        pytest.param("sa8750p", "", id="a number of neither"),
        pytest.param("eyeq7h", "", id="another number"),
        pytest.param("h", "", id="one letter"),
    ],
)
def test_a_wrong_name_has_a_clear_meaning_or_none(written: str, meant: str) -> None:
    """A name with another number is another product, however alike the two look."""
    problem = unknown_chip(written)
    (name,) = problem.unknown
    assert name.clear == meant
    assert problem.instead == (((written, meant),) if meant else ())


def test_what_is_nearest_comes_as_it_is_typed_and_called() -> None:
    (name,) = unknown_chip("j6p").unknown
    assert name.nearest == (Near("journey-6p", "Journey 6P"),)


def test_a_name_like_no_other_leads_to_the_list_of_all() -> None:
    problem = unknown_chip("xyz")
    assert (problem.unknown[0].nearest, problem.command) == ((), "chipcalc list")
    assert problem.hint == "'chipcalc list' lists them"


def found(name: str) -> str:
    """Return a made-up name as it is; raises ChipcalcError for one that there is none of."""
    if name == "broken":
        raise ChipcalcError(Problem("it is broken", "broken.yaml", 3))
    if name not in NAMES:
        raise ChipcalcError(unknown_chip(name))
    return name


def test_all_names_are_found_or_all_wrong_ones_are_told() -> None:
    assert each_of(["h20", "h200"], found) == ["h20", "h200"]
    with pytest.raises(ChipcalcError) as caught:
        each_of(["j6p", "h20", "broken", "eyeq6", "h200", "j6p"], found)
    names, broken = caught.value.problems
    assert names.what == "2 of 6 names are not in the sheets"
    assert [each.name for each in names.unknown] == ["j6p", "eyeq6"]
    assert names.instead == (("j6p", "journey-6p"), ("eyeq6", "eyeq6h"))
    assert str(broken) == "broken.yaml:3: it is broken"


def test_one_name_without_a_clear_meaning_leaves_no_command_to_paste() -> None:
    with pytest.raises(ChipcalcError) as caught:
        each_of(["j6p", "j6"], found)
    assert caught.value.problems[0].instead == ()


def test_wrong_names_of_several_kinds_are_told_together() -> None:
    gathering = Gathering()
    assert gathering.each(["h20"], found) == ["h20"]
    gathering.end()
    assert gathering.each(["xyz"], found) == []
    assert gathering.each(["broken"], found) == []
    with pytest.raises(ChipcalcError) as caught:
        gathering.end()
    assert [each.what for each in caught.value.problems] == ["no chip 'xyz'", "it is broken"]


def test_an_excerpt_points_at_the_word_that_the_sentence_names() -> None:
    assert word_within("'b' is not a unit", "a b c b", 0, 7) == (2, 3)
    assert word_within("'b' is not a unit", "a b c b", 4, 7) == (6, 7)
    assert word_within("'x' is not a unit", "a b c", 2, 5) == (2, 5)
    problem = Problem("'b' is wrong").within("a b")
    assert problem.excerpt == Excerpt(("a b",), ((2, 3),))
    assert problem.within("b c") == problem
