"""What is kept of a large spec folder: right while the files are, and no file of anybody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chipcalc import files
from chipcalc.naming_index import ENVIRONMENT
from chipcalc.sheets.store import Store

COUNT = 250


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(ENVIRONMENT, str(folder))
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    chips = tmp_path / "specs" / "chips" / "own"
    chips.mkdir(parents=True)
    for number in range(COUNT):
        text = f"id: own-{number}\nname: Kite {number}\nvendor: own\n"
        (chips / f"own-{number}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "specs"


def found(folder: Path, name: str) -> list[str]:
    store = Store((folder, files.BUILT_IN))
    return [each.id for each in store.match(name).candidates]


def test_a_large_folder_is_read_once_and_then_known(
    many: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(many, "Kite 7") == ["own-7"]
    (kept,) = cache.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    files._folded_lines.cache_clear()
    monkeypatch.setattr(files, "naming_lines", lambda path: pytest.fail(f"{path} is read"))
    sheets = {path.stem: path for path in many.glob("chips/*/*.yaml")}
    assert "own-7" in files.folded_namings(sheets)


@pytest.mark.usefixtures("cache")
def test_a_file_that_changes_is_read_again(many: Path) -> None:
    assert found(many, "Kite 7") == ["own-7"]
    path = many / "chips" / "own" / "own-7.yaml"
    path.write_text("id: own-7\nname: Seventh\nvendor: own\n", encoding="utf-8")
    assert found(many, "Seventh") == ["own-7"]
    assert found(many, "Kite 7") == []
    path.unlink()
    assert found(many, "Seventh") == []


def test_what_is_broken_or_of_others_is_not_used(many: Path, cache: Path) -> None:
    assert found(many, "Kite 7") == ["own-7"]
    (kept,) = cache.iterdir()
    for text in ("", "{", "[1, 2]", '[1, {"own/own-7.yaml": 5}]', "[0, {}]"):
        kept.write_text(text, encoding="utf-8")
        files._folded_lines.cache_clear()
        assert found(many, "Kite 7") == ["own-7"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no users on this system")
def test_a_cache_that_others_can_write_is_none(many: Path, cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    assert found(many, "Kite 7") == ["own-7"]
    assert list(cache.iterdir()) == []


def test_a_small_folder_has_no_index(tmp_path: Path, cache: Path) -> None:
    chips = tmp_path / "specs" / "chips" / "own"
    chips.mkdir(parents=True)
    (chips / "own-1.yaml").write_text("id: own-1\nname: Kite 1\nvendor: own\n", encoding="utf-8")
    assert found(tmp_path / "specs", "Kite 1") == ["own-1"]
    assert not cache.exists()


def test_the_names_that_look_like_a_wrong_one_are_known_the_second_time(
    many: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Store((many, files.BUILT_IN)).namings.spellings()
    assert len(list(cache.iterdir())) == 1
    read = set[Path]()
    lines = files.naming_lines

    def noted(path: Path) -> str:
        read.add(path)
        return lines(path)

    monkeypatch.setattr(files, "naming_lines", noted)
    assert Store((many, files.BUILT_IN)).namings.spellings() == first
    assert not any(many in each.parents for each in read)


@pytest.mark.usefixtures("cache")
def test_a_name_that_changes_is_not_offered_any_more(many: Path) -> None:
    assert "Kite 7" in Store((many, files.BUILT_IN)).namings.spellings()
    path = many / "chips" / "own" / "own-7.yaml"
    path.write_text("id: own-7\nname: Seventh\nvendor: own\n", encoding="utf-8")
    found = Store((many, files.BUILT_IN)).namings.spellings()
    assert "Seventh" in found
    assert "Kite 7" not in found


def test_broken_names_in_the_cache_are_read_from_the_sheets(many: Path, cache: Path) -> None:
    first = Store((many, files.BUILT_IN)).namings.spellings()
    (kept,) = cache.iterdir()
    whole = kept.read_text(encoding="utf-8")
    assert "\\u001e" in whole
    kept.write_text(whole.replace("\\u001e", "", 1), encoding="utf-8")
    assert Store((many, files.BUILT_IN)).namings.spellings() == first
