"""Where spec files are looked for, and which of them mention a name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import files, yamlio
from chipcalc.cli import completion
from chipcalc.files import (
    BUILT_IN,
    CHIPS,
    CLAIMS,
    GROUPS,
    LANGUAGES,
    RULES,
    SOURCES,
    by_id,
    family_names,
    folded,
    is_file,
    mentioning,
    naming_lines,
    spec_folders,
)
from chipcalc.schema.base import parse
from chipcalc.sheets.store import Store
from chipcalc.vocabulary import model


def test_given_folders_come_first_then_those_of_the_environment_then_the_built_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(files.ENVIRONMENT, os.pathsep.join(["/second", "", "/third"]))
    expected = (Path("/first"), Path("/second"), Path("/third"), files.BUILT_IN)
    assert spec_folders([Path("/first")]) == expected


def test_without_any_wish_only_the_built_in_folder_is_read() -> None:
    assert spec_folders() == (files.BUILT_IN,)


@pytest.mark.parametrize(
    "name", ["h20", "H20", "Ｈ２０", "h-20", "H 20", "h_20", "H\u201020", "h\u201120", "h\u201320"]
)
def test_width_case_and_separators_of_a_name_do_not_matter(name: str) -> None:
    assert folded(name) == "h20"


@pytest.mark.parametrize(("one", "other"), [("h20", "h200"), ("龙腾910", "龙腾920"), ("a", "b")])
def test_names_that_differ_in_more_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_chip_is_read_from_the_first_folder_that_has_it(tmp_path: Path, store: Store) -> None:
    mine = tmp_path / "chips" / "me" / "a10.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("id: a10\n", encoding="utf-8")
    (built_in,) = store.folders
    found = by_id([tmp_path, built_in], CHIPS)
    assert found["a10"] == mine
    assert found["a20"] == built_in / "chips" / "acme" / "a20.yaml"
    assert by_id([built_in, tmp_path], CHIPS)["a10"] == built_in / "chips" / "acme" / "a10.yaml"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("-", True),
        ("mine.yaml", True),
        ("mine.yml", True),
        ("./h20", True),
        ("h20", False),
        ("MLU370-S4/S8", False),  # as Cambricon writes it
        ("C500 (OAM) / C550", False),
    ],
)
def test_a_name_is_a_file_where_no_id_is_written_so(name: str, file: bool) -> None:  # noqa: FBT001
    assert is_file(name) == file


@pytest.mark.parametrize(
    ("name", "chips"),
    [("a10 sxm", {"a10"}), ("ATLAS", {"a10", "a20", "a20-lite"}), ("龙腾 910", {"lt910"})],
)
def test_the_sheets_that_mention_a_name_are_found(name: str, chips: set[str], store: Store) -> None:
    assert chips <= set(mentioning(name, store.files))


def test_a_word_in_a_source_or_a_note_names_no_chip(store: Store) -> None:
    assert list(mentioning("Made-up Press", store.files)) == []
    assert list(mentioning("the first of its line", store.files)) == []


def test_a_sheet_on_one_line_is_searched_whole(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("{id: q, name: Quick, vendor: me}", encoding="utf-8")
    assert list(mentioning("quick", {"q": path})) == ["q"]


def test_an_unreadable_sheet_names_nothing(tmp_path: Path) -> None:
    assert naming_lines(tmp_path) == ""


def test_the_families_of_all_sheets_complete_a_name(store: Store) -> None:
    assert family_names(store.folders) == {"atlas", "b100", "zenith"}


def test_a_family_completes_however_its_list_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "chips" / "me"
    folder.mkdir(parents=True)
    (folder / "q.yaml").write_text("id: q\nfamily:\n  - quick\n  - 'fox'\n", encoding="utf-8")
    assert family_names([tmp_path]) == {"quick", "fox"}


def test_the_metrics_that_complete_a_name_are_those_of_the_vocabulary() -> None:
    text = (files.BUILT_IN / "metrics.yaml").read_text(encoding="utf-8")
    vocabulary = parse(model.Vocabulary, yamlio.load(text, "metrics.yaml"))
    assert completion.metric_names() == list(vocabulary.metrics)


@pytest.mark.parametrize("kind", [CHIPS, RULES, CLAIMS, GROUPS, LANGUAGES, SOURCES])
def test_the_files_of_a_kind_are_those_that_its_pattern_finds(kind: str) -> None:
    found = by_id([BUILT_IN], kind)
    assert sorted(found.values()) == sorted(BUILT_IN.glob(kind))
    assert list(found) == [each.stem for each in found.values()]


def test_a_file_lies_in_the_folder_of_its_vendor() -> None:
    assert by_id([BUILT_IN], CHIPS).folder("h20") == "nvidia"


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_any_other_is(text: str) -> None:
    assert folded(text) + "é" == folded(text + "é")
