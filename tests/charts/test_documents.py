"""The pictures of the documents say what their commands draw today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chipcalc.cli import application

ROOT = Path(__file__).parents[2]
SHOWN = re.findall(
    r"^(chipcalc chart .* -o (docs/pictures/\S+))$",
    (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
WORDS = re.compile(r"<text[^>]*>([^<]*)</text>")


def test_every_picture_has_its_command() -> None:
    drawn = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/pictures").iterdir()}
    assert drawn == {name for _, name in SHOWN}


@pytest.mark.parametrize(("command", "name"), SHOWN, ids=[name for _, name in SHOWN])
def test_a_picture_says_what_its_command_draws(command: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    words = [*shlex.split(command)[1:-1], str(path)]
    done = CliRunner().invoke(application("chart"), words)
    assert done.exit_code == 0, done.output
    found = [WORDS.findall(each.read_text(encoding="utf-8")) for each in (path, ROOT / name)]
    assert found[0] == found[1]
