"""Cases of hostile input, as the files of tests/hostile/ list them, and how one is run.

A case has a command line, the files that it finds in its folder, and what the first line must say.
"""

from __future__ import annotations

import os
import shlex
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from typer.testing import CliRunner

from chipcalc.cli import application

FOLDER = Path(__file__).parent / "hostile"
SHEET = """\
id: NAME
name: Name of NAME
vendor: acme
sources:
  sheet: {title: Sheet, publisher: Acme, url: "https://acme.example/x", accessed: 2026-01-02}
"""
_PATIENCE = 20  # seconds until a case counts as hanging


class Case(NamedTuple):
    """A command line, the files in its folder, and what has to come of it.

    `says` begins the first line behind ``error: ``, `hint` stands anywhere in what is told. A
    status of 0 is a case that is answered; its answer holds `prints`.
    """

    name: str
    run: str
    says: str = ""
    hint: str = ""
    files: Mapping[str, Any] = {}
    stdin: Any = ""
    status: int = 2
    prints: str = ""


class Outcome(NamedTuple):
    """What a command printed, its exit status, its time on the processor and what it left."""

    status: int
    out: str
    err: str
    seconds: float
    left: frozenset[str]


def cases() -> list[Case]:
    """Return the cases of all files, each named by its file and number, and what it runs."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, each in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            found.append(Case(f"{path.stem}-{number}: {each['run']}"[:80], **each))
    return found


def content(said: Any) -> bytes:
    """Return what a file holds: a text, or the parts of one, some of them many times over.

    ``{sheet: …}`` is a sheet that is right up to its own lines; ``{hex: …}`` are bytes.
    """
    if isinstance(said, str):
        return said.encode()
    if isinstance(said, list):
        return b"".join(map(content, said))
    if "hex" in said:
        return bytes.fromhex(said["hex"])
    if "sheet" in said:
        return SHEET.replace("NAME", said.get("id", "x1")).encode() + content(said["sheet"])
    return content(said["text"]) * int(said["times"])


def placed(folder: Path, files: Mapping[str, Any]) -> None:
    """Put the files of a case into its folder."""
    for name, said in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if said == {"fifo": True}:
            os.mkfifo(path)
        elif said == {"folder": True}:
            path.mkdir()
        elif isinstance(said, dict) and "link" in said:
            path.symlink_to(said["link"])
        else:
            path.write_bytes(content(said))


def outcome(case: Case, folder: Path) -> Outcome:
    """Return what comes of a case in its folder, which is the working folder meanwhile."""
    placed(folder, case.files)
    before = _names(folder)
    words = shlex.split(case.run)
    with _within(folder), _patience():
        began = time.process_time()
        found = CliRunner().invoke(
            application(words[0] if words else ""),
            words,
            prog_name="chipcalc",
            input=content(case.stdin),
            env={"COLUMNS": "1000"},
        )
        seconds = time.process_time() - began
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    left = _names(folder) - before
    return Outcome(found.exit_code, found.stdout, found.stderr, seconds, left)


def _names(folder: Path) -> frozenset[str]:
    return frozenset(str(each.relative_to(folder)) for each in folder.rglob("*"))


@contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _patience() -> Iterator[None]:
    """Raise TimeoutError where a case hangs."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(_PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
