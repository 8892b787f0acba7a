"""Phrases in other languages, and lines that break where a reader expects it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from chipcalc.errors import ChipcalcError
from chipcalc.files import BUILT_IN
from chipcalc.words.language import ENGLISH, HARD_SPACE, language, plain, wrapped

CLOSING = "）。，；：、！？)%"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a spec folder with one made-up language."""
    (tmp_path / "languages").mkdir()
    text = "language: Lingua\ncomma: ' et '\nphrases: {holds: valet, 'is {n}': 'est {n}'}\n"
    (tmp_path / "languages" / "la.yaml").write_text(text)
    return tmp_path


def test_english_needs_no_file(tmp_path: Path) -> None:
    assert language("en", [tmp_path]) is ENGLISH


def test_a_phrase_is_filled_in(folder: Path) -> None:
    found = language("la", [folder])
    assert found.say("is {n}", n="{7}") == "est {7}"
    assert found.listed(["a", "b"]) == "a et b"


def test_a_phrase_without_translation_stays_english(folder: Path) -> None:
    assert language("la", [folder]).say("fails") == "fails"


def test_a_language_that_is_not_there_is_an_error_that_names_those_that_are(folder: Path) -> None:
    with pytest.raises(ChipcalcError) as fault:
        language("xx", [folder])
    assert fault.value.problems[0].hint == "known are en, la"


def test_the_placeholders_of_a_translation_are_those_of_the_phrase() -> None:
    placeholders = r"\{(\w+)\}"
    for phrase, said in language("zh", [BUILT_IN]).phrases.items():
        assert set(re.findall(placeholders, phrase)) == set(re.findall(placeholders, said)), phrase


@given(
    words=st.text(alphabet="ab 中文，。（）、：()%;" + HARD_SPACE, max_size=80),
    width=st.integers(min_value=12, max_value=40),
)
def test_wrapping_loses_nothing(words: str, width: int) -> None:
    lost = wrapped(words, width).replace("\n", "").replace(" ", "")
    assert lost == plain(words).replace(" ", "")


@given(words=st.text(alphabet="中文，。（）、", min_size=1, max_size=60))
def test_no_line_begins_with_a_sign_that_closes_or_ends_with_one_that_opens(words: str) -> None:
    first, *rest = wrapped(words, 24).split("\n")
    assert all(each[0] not in CLOSING for each in rest)
    assert all(each[-1] != "（" for each in [first, *rest][:-1])


@given(words=st.lists(st.text(alphabet="ab中", min_size=1, max_size=4), min_size=1))
def test_no_line_is_wider_than_the_screen(words: list[str]) -> None:
    assert all(wcswidth(each) <= 12 for each in wrapped(" ".join(words), 12).split("\n"))


@pytest.mark.parametrize("words", ["结果（不成立）", "数值为百分之三 (no)", "约合数值 19.6 %"])
def test_a_mark_is_not_torn_at_any_width(words: str) -> None:
    for width in range(8, 30):
        for line in wrapped(words, width).split("\n"):
            assert line.strip(" ")[0] not in CLOSING


def test_a_hard_space_does_not_break_and_is_printed_as_a_space() -> None:
    assert wrapped(f"about 4,000{HARD_SPACE}GB/s", 12) == "about\n4,000 GB/s"


def test_every_line_is_indented() -> None:
    assert wrapped("one two", 3, "  ") == "  one\n  two"


def test_nothing_stays_nothing() -> None:
    assert wrapped("", 10) == ""
