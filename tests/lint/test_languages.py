"""The files of languages in a folder are checked by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.lint.paths import paths

WRONG = """\
language: x
comma: ', '
phrases:
  'holds for: {cases}': 'x {cases.__class__}'
  claim: '{x}'
  title: ok
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "languages").mkdir()
    return tmp_path


def test_places_that_do_not_fit_are_told_by_line(folder: Path) -> None:
    path = folder / "languages/xx.yaml"
    path.write_text(WRONG)
    for given in (folder, path):
        found = paths([given], []).problems
        assert {(Path(each.file).name, each.line) for each in found} == {
            ("xx.yaml", 4),
            ("xx.yaml", 5),
        }
        assert all(each.hint for each in found)


def test_keys_that_a_language_lacks_are_told(folder: Path) -> None:
    (folder / "languages/xx.yaml").write_text("language: x\nphrases: []\n")
    said = [each.what for each in paths([folder], []).problems]
    assert said == ["'comma' is missing", "a list where keys with values belong"]


def test_a_folder_with_a_language_alone_has_a_file_to_check(folder: Path) -> None:
    (folder / "languages/xx.yaml").write_text("language: x\ncomma: ', '\nphrases: {claim: y}\n")
    found = paths([folder], [])
    assert not found.problems
    assert found.checked["others"] == 1
