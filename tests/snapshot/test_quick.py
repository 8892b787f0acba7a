"""The TAB key is answered without the library of commands, and with the same words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chipcalc import packing
from chipcalc.cli import quick
from chipcalc.snapshot import reading

BY_LIBRARY = "from chipcalc.cli import app\napp(prog_name='chipcalc')"


@pytest.fixture(scope="module")
def content() -> bytes:
    """Return a snapshot of the specs as they are."""
    return packing.written()


@pytest.fixture(autouse=True)
def snapshot(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the package a snapshot, and forget it again."""
    path = tmp_path / "specs.snapshot"
    path.write_bytes(content)
    monkeypatch.setattr(reading, "FILE", path)
    reading.snapshot.cache_clear()
    yield path
    reading.snapshot.cache_clear()


def asked(line: str, shell: str) -> dict[str, str]:
    """Return what a shell puts into the environment for a line."""
    place = str(len(line.split(" ")) - 1)
    return {
        "_CHIPCALC_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": place,
        "_TYPER_COMPLETE_ARGS": line,
    }


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(
    "line",
    [
        "chipcalc compare h",
        "chipcalc compare ",
        "chipcalc show H20",
        "chipcalc compare h20 --percent h100",
        "chipcalc --no-pager check h20 --as-of 2026-02-01 asc",
        "chipcalc compare qqqq",
    ],
)
def test_it_offers_what_the_library_offers(
    line: str, shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in asked(line, shell).items():
        monkeypatch.setenv(name, value)
    assert quick.answered()
    done = subprocess.run(
        [sys.executable, "-c", BY_LIBRARY], capture_output=True, text=True, check=False
    )
    assert capsys.readouterr().out == done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "chipcalc ",
        "chipcalc comp",
        "chipcalc metrics tp",
        "chipcalc rules us",
        "chipcalc compare --met",
        "chipcalc compare h20 --metric memory_b",
        "chipcalc compare h20 --unknown h",
        "chipcalc compare h20 --metric=tpp h",
        "chipcalc compare 'h20' h",
        "chipcalc compare h20 -- h",
        "chipcalc --help compare h",
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_what_is_not_plainly_a_chip_is_left_to_the_library(
    line: str, shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in asked(line, shell).items():
        monkeypatch.setenv(name, value)
    assert not quick.answered()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("shell", ["fish", "powershell", "bash"])
def test_other_shells_and_places_are_left_to_the_library(
    shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in asked("chipcalc compare h", shell).items():
        monkeypatch.setenv(name, value)
    if shell == "bash":
        monkeypatch.setenv("COMP_CWORD", "7")
    assert not quick.answered()


def test_without_a_snapshot_all_is_left_to_the_library(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot.unlink()
    reading.snapshot.cache_clear()
    for name, value in asked("chipcalc compare h", "bash").items():
        monkeypatch.setenv(name, value)
    assert not quick.answered()


def test_it_loads_none_of_the_libraries(snapshot: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from chipcalc.snapshot import reading\n"
        f"reading.FILE = Path({str(snapshot)!r})\n"
        "from chipcalc.cli import main; main()\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    environment = {**os.environ, **asked("chipcalc compare h", "bash")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert "h20" in done.stdout.split()
    assert not {"typer", "pydantic", "yaml", "pint"} & {*done.stderr.split()}
