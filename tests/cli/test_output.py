"""Where answers go: files by their ending, whole or not at all, and what is said of them."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from chipcalc.cli import app
from chipcalc.cli.output import BINARY, ENDINGS, Format, Output, output
from chipcalc.errors import ChipcalcError
from printed import CALC, PRINTING


def run(*arguments: str) -> Result:
    """Return what a command prints and its exit status."""
    return CliRunner().invoke(app, list(arguments), prog_name="chipcalc")


def test_every_command_but_those_for_spec_files_can_write_a_file() -> None:
    named = {
        each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands
    }
    assert named == {
        *PRINTING,
        "schema",
        "lint",
        "replay",
        "new",
        "screen",
        "chart",
        "report",
        "mcp",
        "serve",
        "site",
    }


@pytest.mark.parametrize("name", [each for each in PRINTING if each != "calc"])
def test_a_text_file_holds_what_the_screen_shows(name: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    written, shown = run(*PRINTING[name], "-o", str(path)), run(*PRINTING[name])
    assert written.exit_code == 0
    assert written.stdout == ""
    assert written.stderr == f"{shown.stderr}wrote {path}\n"
    assert path.read_text(encoding="utf-8") == shown.stdout


@pytest.mark.parametrize(
    ("ending", "name"),
    [(each, name) for each, name in ENDINGS.items() if name not in (*BINARY, Format.table)],
)
def test_the_ending_of_a_file_is_its_format(ending: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"answer{ending}"
    assert run(*CALC, "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == run(*CALC, "-f", name).stdout


def test_the_endings_stand_for_each_format_once() -> None:
    assert sorted(ENDINGS.values()) == sorted(Format)


@pytest.mark.parametrize("name", ["a.HTML", "a.htm", "a.html"])
def test_other_spellings_of_an_ending_are_known(name: str) -> None:
    assert output(None, name).format is Format.html


@pytest.mark.parametrize(
    ("chosen", "name", "said"),
    [
        (None, "a.doc", "'.doc' of 'a.doc' is no known ending"),
        (None, "answer", "'answer' has no ending"),
        (None, ".csv", "'.csv' has no ending"),
        (Format.json, "a.csv", "--format json and 'a.csv' do not fit together: .csv is csv"),
        (Format.table, "a.md", "--format table and 'a.md' do not fit together: .md is markdown"),
        (None, "nowhere/a.csv", "there is no folder 'nowhere' for 'a.csv'"),
        (None, ".", "'.' has no ending"),
    ],
)
def test_what_does_not_fit_together_is_an_error(
    chosen: Format | None, name: str, said: str
) -> None:
    with pytest.raises(ChipcalcError) as fault:
        output(chosen, name)
    (problem,) = fault.value.problems
    assert problem.what == said
    assert problem.hint


def test_an_unknown_ending_is_told_which_are_known() -> None:
    hint = run(*CALC, "-o", "answer.pages").stderr.splitlines()[1]
    assert all(ending in hint for ending in ENDINGS)


def test_a_format_that_is_said_goes_with_an_ending_that_tells_none() -> None:
    assert output(Format.json, "answer.dat") == Output(Format.json, Path("answer.dat"), pager=False)


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*CALC, "-o", "-").stdout == run(*CALC).stdout
    assert not [*tmp_path.iterdir()]


def test_a_mistake_in_a_name_is_found_before_anything_is_computed() -> None:
    result = run("compare", "no-such-chip", "h100", "-o", "nowhere/answer.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: there is no folder 'nowhere'")


def test_a_command_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("before\n", encoding="utf-8")
    assert run("compare", "no-such-chip", "h100", "-o", str(path)).exit_code == 2
    assert path.read_text(encoding="utf-8") == "before\n"


def test_a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "answer.json"
    path.write_text("before\n", encoding="utf-8")

    def full(self: Path, target: Path) -> Path:
        assert self.parent == target.parent
        assert json.loads(self.read_text(encoding="utf-8"))
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        result = run(*CALC, "-o", str(path))
    assert result.exit_code == 2
    assert " ".join(result.stderr.split()).startswith(
        f"error: '{path}' cannot be written: no space left on device"
    )
    assert path.read_text(encoding="utf-8") == "before\n"
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_keeps_its_rights_and_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "real.csv", tmp_path / "link.csv"
    path.touch(mode=0o640)
    link.symlink_to(path)
    assert run(*CALC, "-o", str(link)).exit_code == 0
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == run(*CALC, "-f", "csv").stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:  # noqa: S607
        assert run(*CALC, "-o", str(pipe)).exit_code == 0
        assert reader.stdout
        assert reader.stdout.read() == run(*CALC, "-f", "csv").stdout
    assert pipe.is_fifo()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "answers.csv"
    folder.mkdir()
    result = run(*CALC, "-o", str(folder))
    assert result.exit_code == 2
    assert " ".join(result.stderr.split()).startswith(f"error: '{folder}' is a folder")


def test_a_schema_is_written_as_it_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "chip.schema"
    assert run("schema", "chip", "-o", str(path)).stderr == f"wrote {path}\n"
    assert path.read_text(encoding="utf-8") == run("schema", "chip").stdout


def test_a_number_of_chips_is_written_as_it_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "count.txt"
    assert run("list", "--count", "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == run("list", "--count").stdout


@pytest.mark.parametrize("name", BINARY)
def test_a_number_is_no_workbook(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"count.{name}"
    assert run("list", "--count", "-o", str(path)).exit_code == 2
    assert not path.exists()


@pytest.mark.parametrize("name", PRINTING)
def test_every_answer_is_a_workbook_that_opens(name: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.xlsx"
    assert run(*PRINTING[name], "-o", str(path)).exit_code == 0
    assert load_workbook(path).sheetnames == ["answer", "data", "notes"]


@pytest.mark.parametrize("name", PRINTING)
def test_every_answer_is_a_word_document_that_opens(name: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.docx"
    assert run(*PRINTING[name], "-o", str(path)).exit_code == 0
    assert docx.Document(str(path)).paragraphs


def test_a_workbook_goes_through_a_pipe() -> None:
    command = [sys.executable, "-m", "chipcalc", *CALC, "-f", "xlsx"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert load_workbook(io.BytesIO(done.stdout)).sheetnames[0] == "answer"


@pytest.mark.parametrize(("name", "library"), [("xlsx", "xlsxwriter"), ("docx", "docx")])
def test_without_its_writer_a_workbook_is_an_error_that_says_what_to_install(
    name: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    result = run(*CALC, "-o", str(tmp_path / f"answer.{name}"))
    assert result.exit_code == 2
    assert f'  pip install "chipcalc[{name}]"' in result.stderr
    assert not [*tmp_path.iterdir()]


def test_several_sheets_are_one_file_in_each_format(tmp_path: Path) -> None:
    path = tmp_path / "sheets.html"
    assert run("show", "h20", "l20", "-o", str(path)).exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert text.count("<!DOCTYPE html>") == 1
    assert "H20 96GB" in text
    assert "L20" in text
