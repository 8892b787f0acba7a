"""What a screen can show: its width, colours and signs, and the pager for what is longer."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, TypeAlias

from chipcalc.cli.output import Colour, Output
from chipcalc.tables.style import PAGE, Style

Colours: TypeAlias = Literal["none", "plain", "full"]

_PAINT = re.compile(r"\x1b\[[0-9;]*m")
_TOO_FEW = ("", "dumb", "unknown")
_MODERN = ("alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm")
_UNICODE = "÷≥ᵃ─█"


def style(output: Output) -> Style:
    """Return how the screen, pipe or file that an output goes to is to look."""
    terminal = not output.file and sys.stdout.isatty()
    if output.file:
        width = _number("COLUMNS") or PAGE
        colours = _strength(os.environ) if output.colour is Colour.always else "none"
    else:
        width = shutil.get_terminal_size((PAGE, 24)).columns
        colours = colours_of(output.colour, os.environ, terminal=terminal)
    ascii_only = in_ascii() or not (output.file or encodes(_UNICODE))
    return Style(width, colours, ascii_only, output.wide, drawings=terminal and not ascii_only)


def colours_of(said: Colour, environment: Mapping[str, str], *, terminal: bool) -> Colours:
    """Return which colours are used on standard output.

    What is said on the command line goes before NO_COLOR, that before FORCE_COLOR, and that before
    what a terminal is.
    """
    if said is Colour.never:
        return "none"
    if said is Colour.always:
        return _strength(environment)
    if environment.get("NO_COLOR"):
        return "none"
    forced = environment.get("FORCE_COLOR", "")
    if forced not in ("", "0"):
        return "full" if forced in ("2", "3") else _strength(environment)
    if forced == "0" or not terminal or environment.get("TERM") == "dumb":
        return "none"
    return _strength(environment)


def _strength(environment: Mapping[str, str]) -> Colours:
    """Return full for a terminal with 256 colours, plain for one with fewer or an unknown one."""
    kind = environment.get("TERM", "")
    known = any(each in kind for each in ("256color", "truecolor", "-direct", *_MODERN))
    said = environment.get("COLORTERM") or environment.get("WT_SESSION")
    return "full" if known or (said and kind != "dumb") else "plain"


def in_ascii() -> bool:
    """Whether the signs of the program are to be ASCII."""
    return os.environ.get("CHIPCALC_ASCII", "") not in ("", "0")


def encodes(text: str) -> bool:
    """Whether standard output can take a text."""
    try:
        text.encode(encoding())
    except UnicodeEncodeError:
        return False
    return True


def encoding() -> str:
    """Return the encoding of standard output."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def pages(text: str, *, wide: bool = False) -> bool:
    """Whether a text wants a pager: it is too long for a terminal, or too wide where it may be."""
    if not sys.stdout.isatty() or not _has_pager(os.environ):
        return False
    size = shutil.get_terminal_size((PAGE, 24))
    lines = text.split("\n")
    return len(lines) >= size.lines or (wide and _widest(lines) > size.columns)


def _widest(lines: list[str]) -> int:
    from wcwidth import wcswidth

    return max(wcswidth(_PAINT.sub("", line)) for line in lines)


def _has_pager(environment: Mapping[str, str]) -> bool:
    """Whether there is a pager: none is asked for by an empty one, or by `cat`."""
    said = _pager(environment)
    if said is None:
        return environment.get("TERM", "") not in (*_TOO_FEW, "emacs")
    return said not in ("", "cat")


def _pager(environment: Mapping[str, str]) -> str | None:
    said = environment.get("CHIPCALC_PAGER", environment.get("PAGER"))
    return said.strip() if said is not None else None


def show_in_pager(text: str, *, colour: bool, wide: bool) -> None:
    """Show a text in the pager; return when it is left, however that is."""
    import click  # the one that typer brings has no pager

    with _environment(for_pager(os.environ, colour=colour, wide=wide)):
        click.echo_via_pager(text, color=colour)


def for_pager(environment: Mapping[str, str], *, colour: bool, wide: bool) -> dict[str, str]:
    """Return the variables that a pager is started with.

    What a user has set for `less` stays, but it is to show colours, and to chop what is wide.
    """
    usual = "-RX" if wide else "-FRX"
    added = "".join(sign for sign, needed in (("R", colour), ("S", wide)) if needed)
    found = {"LESS": f"{environment.get('LESS') or usual} {f'-{added}' if added else ''}".strip()}
    if "CHIPCALC_PAGER" in environment:
        found["PAGER"] = environment["CHIPCALC_PAGER"]
    if "utf" in encoding().casefold():
        found["LESSCHARSET"] = environment.get("LESSCHARSET", "utf-8")
    return found


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _number(variable: str) -> int:
    """Return a whole number from the environment, zero for none."""
    said = os.environ.get(variable, "")
    return int(said) if said.isdecimal() else 0
