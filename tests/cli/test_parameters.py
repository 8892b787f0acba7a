"""Plain values of parameters are taken as typer takes them, without what it imports for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.core import TyperCommand
from typer.testing import CliRunner

from chipcalc.cli.output import Colour
from chipcalc.cli.parameters import lightened

RUNNER = CliRunner()
SEEN: list[Any] = []


class Light(TyperCommand):
    """A command whose parameters take plain values by themselves."""

    def get_params(self, ctx: Any) -> Any:
        return lightened(super().get_params(ctx))


def command(kind: type[TyperCommand]) -> typer.Typer:
    """Return a command with a parameter of every kind that the command line has."""
    app = typer.Typer()

    @app.command(cls=kind)
    def main(
        texts: list[str],
        text: str = "",
        maybe: Annotated[str | None, typer.Option()] = None,
        several: Annotated[list[str] | None, typer.Option()] = None,
        paths: Annotated[list[Path] | None, typer.Option()] = None,
        path: Annotated[Path | None, typer.Option()] = None,
        colour: Annotated[Colour, typer.Option()] = Colour.auto,
        number: int = 3,
        *,
        flag: bool = False,
    ) -> None:
        SEEN.append((texts, text, maybe, several, paths, path, colour, number, flag))

    return app


@pytest.mark.parametrize(
    "arguments",
    [
        ["a"],
        ["a", "b", ""],
        ["a", "--text", "x", "--maybe", "", "--several", "1", "--several", "2"],
        ["a", "--paths", "p", "--paths", "q", "--path", "r", "--colour", "never"],
        ["a", "--number", "7", "--flag"],
        ["a", "--number", "seven"],
        ["a", "--colour", "red"],
        [],
    ],
)
def test_every_value_is_the_one_that_typer_takes(arguments: list[str]) -> None:
    SEEN.clear()
    usual = RUNNER.invoke(command(TyperCommand), arguments)
    light = RUNNER.invoke(command(Light), arguments)
    assert usual.exit_code == light.exit_code
    assert usual.output == light.output
    assert len(SEEN) in (0, 2)
    assert SEEN[:1] == SEEN[1:]
    if SEEN:
        first, second = ([type(each) for each in seen] for seen in SEEN)
        assert first == second


def test_a_command_with_plain_words_has_typer_import_no_library_of_models() -> None:
    code = (
        "import sys; from chipcalc.cli import app\n"
        "try: app(['--no-pager', 'schema', 'output:compare', '-o', '-'])\nexcept SystemExit: pass\n"
        "print(*(each for each in sys.modules if each == 'typer._adapters'), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""
