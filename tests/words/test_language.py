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


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{n.__class__}", "a brace that is no place of a value"),
        ("{n:>30000000}", "a brace that is no place of a value"),
        ("{n!r}", "a brace that is no place of a value"),
        ("{0} {n}", "a brace that is no place of a value"),
        ("{n} }", "a brace that is no place of a value"),
        ("{other} {n}", "the English phrase has no {other}"),
        ("nothing", "the place {n} is missing"),
    ],
)
def test_a_translation_has_the_places_of_its_phrase_and_computes_nothing(
    folder: Path, said: str, told: str
) -> None:
    path = folder / "languages" / "la.yaml"
    path.write_text(f"language: L\ncomma: ','\nphrases:\n  'is {{n}}': '{said}'\n")
    with pytest.raises(ChipcalcError) as fault:
        language("la", [folder])
    assert told in [each.what for each in fault.value.problems]
    assert all(each.file == str(path) and each.line == 4 for each in fault.value.problems)
