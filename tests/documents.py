"""Writes again what the commands in the README and the documents print; read the difference."""

from __future__ import annotations

import re
import shlex
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from chipcalc.cli import application

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(
    r"(^```(?:console|text)\n)\$ (chipcalc .*?)\n(.*?)^```", re.MULTILINE | re.DOTALL
)


def paths() -> list[Path]:
    """Return the documents whose examples are run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def printed(command: str) -> str:
    """Return what a command prints at 80 columns, remarks first.

    Commands that write files, such as one that files a record and one that replays it, run one
    after the other in a folder of their own.
    """
    if not re.search(r" (-o|--record) ", command):
        return _printed(command)
    with TemporaryDirectory() as folder, chdir(folder):
        return "".join(map(_printed, command.split(" && ")))


def _printed(command: str) -> str:
    words = shlex.split(command)[1:]
    done = CliRunner(env={"COLUMNS": "80"}).invoke(application(words[0]), words)
    assert done.exit_code == 0, done.output
    return done.stderr + done.stdout


def renewed(text: str) -> str:
    """Return a document with what its commands print today."""
    return EXAMPLE.sub(
        lambda found: f"{found.group(1)}$ {found.group(2)}\n{printed(found.group(2))}```", text
    )


if __name__ == "__main__":
    for each in paths():
        each.write_text(renewed(each.read_text(encoding="utf-8")), encoding="utf-8")
