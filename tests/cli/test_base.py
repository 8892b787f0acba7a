"""Commands that ask the same again, and bars that only a person who waits gets to see."""

from __future__ import annotations

import shlex

import pytest
from typer.testing import CliRunner

from chipcalc.cli import app, base


@pytest.mark.parametrize(
    ("given", "again"),
    [
        ("headroom h20 --as-of 2026-02-01 --max", "headroom h20 --as-of 2026-02-01"),
        ("headroom h20 --as-of=2026-02-01 -f json", "headroom h20 --as-of=2026-02-01"),
        (
            "headroom --die-area 814mm2 --format=csv",
            "headroom --die-area 814mm2 --as-of 2025-01-01",
        ),
        ("headroom 'a*' --rule 3A090.a --wide", "headroom 'a*' --rule 3A090.a --as-of 2025-01-01"),
        ("--no-pager headroom h20 --all -fcsv", "headroom h20 --as-of 2025-01-01"),
        ("headroom h20 -o out.html --color never", "headroom h20 --as-of 2025-01-01"),
    ],
)
def test_a_command_is_asked_again_without_how_it_shows_its_answer(
    given: str, again: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chips, the day and what is supposed stay; a day is added where none is named."""
    monkeypatch.setattr(base, "_ARGUMENTS", shlex.split(given))
    assert base.asked_again("2025-01-01") == tuple(shlex.split(again))


def test_the_command_that_shows_the_rest_can_be_run() -> None:
    short = CliRunner().invoke(app, ["headroom", "h20", "--as-of", "2026-02-01"])
    commands = [line for line in short.stdout.splitlines() if line.startswith("chipcalc ")]
    assert len(commands) == 2
    for each in commands:
        assert CliRunner().invoke(app, shlex.split(each)[1:]).exit_code == 0
