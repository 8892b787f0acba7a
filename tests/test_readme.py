"""The README: every example prints what it shows, and its commands are those that CI runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chipcalc.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRACTS = (ROOT / "docs" / "json-and-csv.md").read_text(encoding="utf-8")


def examples() -> list[tuple[str, str]]:
    """Return the blocks that start with ``$ chipcalc``: the command and what it shows."""
    blocks = re.findall(
        r"^```(?:console|text)\n\$ (chipcalc .*?)\n(.*?)^```",
        README + CONTRACTS,
        re.MULTILINE | re.DOTALL,
    )
    return [(command, shown) for command, shown in blocks]


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[each for each, _ in examples()])
def test_an_example_prints_what_the_readme_shows(command: str, shown: str) -> None:
    result = CliRunner().invoke(app, shlex.split(command)[1:])
    assert result.exit_code == 0
    assert result.stderr + result.stdout == shown


def test_the_readme_has_examples_of_the_main_commands() -> None:
    commands = {command.split()[1] for command, _ in examples()}
    assert {"compare", "calc", "list", "metrics"} <= commands


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert [command for command in commands if "pytest" in command] == commands[1:]
    assert "grep -m1 '^python3 -m venv .*pytest' README.md" in (ROOT / ".ci/run").read_text()
