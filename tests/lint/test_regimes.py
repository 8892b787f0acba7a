"""What lint says of the files of regimes."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.files import BUILT_IN
from chipcalc.lint.regimes import own_files, problems
from chipcalc.sheets.store import Store

WHOLE = """\
id: at
name: Atlantis
short: Atlantis
order: 50
publisher: The Senate of Atlantis
verified: 2026-01-01
sources:
  tablet: {title: T, publisher: A, url: https://atlantis.example/1, accessed: 2026-01-02}
known:
  - {day: 2025-01-01, says: A tablet exists., source: [tablet], confidence: secondary}
"""


def told(folder: Path, text: str, name: str = "at") -> list[str]:
    """Return what is wrong with the file of a regime."""
    (folder / "regimes").mkdir(exist_ok=True)
    (folder / "regimes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    store = Store((folder, BUILT_IN))
    return [each.what for each in problems(store, own_files(store, folder))]


def test_a_regime_of_dated_notes_is_in_order(tmp_path: Path) -> None:
    assert told(tmp_path, WHOLE) == []


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("source: [tablet]", "source: [scroll]", "no source 'scroll'"),
        ("id: at\n", "id: atlantis\n", "the id is 'atlantis', but the file is named at.yaml"),
        (
            "says: A tablet exists.",
            "says: A tablet exists., until: 2025-01-01",
            "a note ends before it begins",
        ),
        (WHOLE[WHOLE.index("sources:") :], "", "a regime without rules says what is known of it"),
    ],
)
def test_what_is_wrong_with_a_regime_is_told(
    tmp_path: Path, before: str, after: str, what: str
) -> None:
    found = told(tmp_path, WHOLE.replace(before, after))
    assert any(what in each for each in found), found


def test_a_regime_with_rules_needs_words_for_its_answers(tmp_path: Path) -> None:
    text = (BUILT_IN / "regimes" / "eu.yaml").read_text(encoding="utf-8")
    start, end = text.index("says:"), text.index("verified:")
    silent = text[:start] + text[end:]
    assert "a regime with rules needs words for its answers" in told(tmp_path, silent, "eu")


def test_the_regimes_that_come_with_the_program_are_in_order() -> None:
    store = Store((BUILT_IN,))
    assert problems(store, own_files(store, BUILT_IN)) == []
