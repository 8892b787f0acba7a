"""The application itself: how it starts, how it prints, and how it tells of mistakes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from chipcalc.cli.parameters import given_twice, lightened
from chipcalc.cli.progress import clear
from chipcalc.cli.quick import ASKED
from chipcalc.errors import ChipcalcError, Problem, in_sight
from chipcalc.files import is_file

if TYPE_CHECKING:
    from chipcalc.api.database import Database
    from chipcalc.words.unsettled import Unsettled

T = TypeVar("T")

_ARGUMENTS: list[str] = []  # of the command that runs, for a command to paste in its place
_MISUSE: type[Any] = typer.BadParameter.__mro__[1]  # typer gives its errors of use no public name
_OF_OUTPUT = ("-f", "--format", "-o", "--out", "--color", "--chart")  # each takes a word
_FLAGS_OF_OUTPUT = ("--all", "--wide", "--max", "--no-pager")


class _Group(TyperGroup):
    """Turns errors that a user can act on into lines on stderr and exit status 2."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _ARGUMENTS[:] = args
        self._told(lambda: _refuse_unseen(args))
        return self._told(lambda: super(_Group, self).parse_args(ctx, args))

    def invoke(self, ctx: Any) -> Any:
        return self._told(lambda: super(_Group, self).invoke(ctx))

    def get_params(self, ctx: Any) -> Any:
        return lightened(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found: Any = super().get_command(ctx, cmd_name)
        if found:
            usual, parse = found.get_params, found.parse_args
            found.get_params = lambda ctx: _offering(lightened(usual(ctx)))
            found.format_help_text = lambda *words: _helping().write_text(found, *words)
            found.format_options = lambda *words: _helping().write_options(found, *words)
            found.parse_args = lambda ctx, args: parse(ctx, _each_once(found, ctx, args))
        return found

    def _told(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except ChipcalcError as fault:
            complain(fault.problems)
        except _MISUSE as fault:
            if type(fault).__name__ == "NoArgsIsHelpError":
                raise
            from chipcalc.cli.complaints import misused

            complain([misused(fault, _ARGUMENTS)])
        finally:
            clear()
        raise typer.Exit(2)


def _offering(parameters: list[Any]) -> list[Any]:
    """Return parameters that complete their values, where the TAB key asks."""
    if ASKED not in os.environ:
        return parameters
    from chipcalc.cli import completing

    return completing.complete(parameters)


def _helping() -> Any:
    from chipcalc.cli import helping

    return helping


def _refuse_unseen(arguments: list[str]) -> None:
    """Raise ChipcalcError for a word with a sign that nobody sees; files may be named so."""
    for each in arguments:
        if in_sight(each) != each and not is_file(each):
            what, hint = f"'{in_sight(each)}' has a sign that nobody sees", "type the word anew"
            raise ChipcalcError(Problem(what, hint=hint))


def _each_once(command: Any, ctx: Any, arguments: list[str]) -> list[str]:
    """Return the arguments; raises ChipcalcError for an option that takes one value and has two."""
    twice = None if ctx.resilient_parsing else given_twice(command.get_params(ctx), arguments)
    if twice:
        raise ChipcalcError(Problem(f"{twice} is given twice", hint="give it once"))
    return arguments


def complain(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, each with what to do next: a command to paste, if one helps."""
    found = tuple(problems)
    if found:
        clear()
        from chipcalc.cli import complaints  # most commands go well

        complaints.emit(complaints.complaints(found, _ARGUMENTS, complaints.columns()), sys.stderr)


def complain_unsettled(found: Iterable[Unsettled], code: int) -> None:
    """Print to stderr what leaves chips open, and what to suppose, for an exit status."""
    from chipcalc.cli import complaints

    lines = complaints.not_settled(found, _ARGUMENTS, code, complaints.columns())
    complaints.emit(lines, sys.stderr)


app = typer.Typer(
    cls=_Group,
    help="Compare chips and check them against export thresholds, exactly and with sources.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def has_command(name: str) -> bool:
    """Whether a command of a name is registered by now."""
    commands = ((each.name, each.callback) for each in app.registered_commands)
    return any(name == (said or getattr(run, "__name__", "")) for said, run in commands)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"chipcalc {version('chipcalc')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Never page what is longer than the screen.")
    ] = False,
) -> None:
    """Compare chips and check them against export thresholds, exactly and with sources."""


def plural(count: int) -> str:
    """Return the ending of a noun that stands for so many."""
    return "" if count == 1 else "s"


def asked() -> tuple[str, ...]:
    """Return the words of the command that runs, as they were given."""
    return tuple(_ARGUMENTS)


def asked_again(day: str = "") -> tuple[str, ...]:
    """Return the words of the command that runs, without how it shows its answer.

    A day is added where none was named, so that the command means the same tomorrow.
    """
    found: list[str] = []
    words = iter(_ARGUMENTS)
    for each in words:
        name = each.partition("=")[0]
        if each in _OF_OUTPUT:
            next(words, None)
        elif name not in (*_OF_OUTPUT, *_FLAGS_OF_OUTPUT) and not each.startswith(("-f", "-o")):
            found.append(each)
    if day and not any(each.partition("=")[0] == "--as-of" for each in found):
        found += ["--as-of", day]
    return tuple(found)


def opened(specs: Iterable[Path] | None) -> Database:
    """Return the chips and rules of the folders that a command names, and the built-in ones."""
    from chipcalc.api import database

    return database.open(*(specs or ()))
