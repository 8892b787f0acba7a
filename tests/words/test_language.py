"""Phrases in other languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.files import BUILT_IN
from chipcalc.words.language import ENGLISH, language


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
