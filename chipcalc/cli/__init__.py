"""The command line: parse arguments, call one function, print; heavy modules load when needed."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from chipcalc.cli.guard import guarded

if TYPE_CHECKING:
    import typer

    app: typer.Typer

__all__ = ["app", "application", "main"]

_MODULES = (
    "comparing",
    "checking",
    "licensing",
    "dating",
    "articles",
    "records",
    "spec_files",
    "importing",
    "screening",
    "serving",
    "assistants",
    "charting",
)  # the most used first


def application(command: str = "") -> typer.Typer:
    """Return the application; for a command by name, with no more than it takes to have that.

    Each module registers its commands when it is imported, which takes a good part of the time of
    a short command. Without a name, or for one that no module has, all are there.
    """
    from chipcalc.cli.base import app, has_command

    for module in _MODULES:
        import_module(f"chipcalc.cli.{module}")
        if command and has_command(command):
            break
    return app


def __getattr__(name: str) -> object:
    """Return the application with all its commands."""
    if name == "app":
        return application()
    raise AttributeError(f"module 'chipcalc.cli' has no attribute '{name}'")


def main() -> None:
    """Run the command line; what the system refuses ends it with one line.

    Cyclic garbage is collected rarely, and not once more at the end: a command is over before
    that pays, and walking all objects of the libraries takes a tenth of its time.
    """
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    guarded(_run)


def _run() -> None:
    if "_CHIPCALC_COMPLETE" in os.environ:
        if import_module("chipcalc.cli.quick").answered():
            return
        import_module("chipcalc.cli.completing").joined(os.environ)
    application(_asked(sys.argv[1:]))(prog_name="chipcalc")


def _asked(arguments: list[str]) -> str:
    """Return the command that is named, or nothing where another one may be completed."""
    if "_CHIPCALC_COMPLETE" in os.environ:
        return ""
    return next((each for each in arguments if each != "--no-pager"), "")
