"""Colours, widths, signs and pagers: what a terminal, a pipe and a file are given."""

from __future__ import annotations

import fcntl
import html
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from typer.testing import CliRunner

from chipcalc.cli import app
from chipcalc.cli.output import Colour
from chipcalc.cli.screen import colours_of, for_pager
from printed import PRINTING

COMPARE = ("compare", "h20", "h200", "-m", "tpp")
PAINT = re.compile(r"\x1b\[[0-9;]*m")
NOTHING: Mapping[str, str] = MappingProxyType({})
ON = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("said", "environment", "terminal", "expected"),
    [
        (Colour.auto, ON, True, "full"),
        (Colour.auto, ON, False, "none"),
        (Colour.auto, {"TERM": "xterm"}, True, "plain"),
        (Colour.auto, {"TERM": "xterm", "COLORTERM": "truecolor"}, True, "full"),
        (Colour.auto, {"TERM": "xterm-kitty"}, True, "full"),
        (Colour.auto, {"TERM": "dumb", "COLORTERM": "truecolor"}, True, "none"),
        (Colour.auto, {}, True, "plain"),
        (Colour.auto, {**ON, "NO_COLOR": "1"}, True, "none"),
        (Colour.auto, {**ON, "NO_COLOR": ""}, True, "full"),
        (Colour.auto, {**ON, "FORCE_COLOR": "1"}, False, "full"),
        (Colour.auto, {"FORCE_COLOR": "1"}, False, "plain"),
        (Colour.auto, {"FORCE_COLOR": "3"}, False, "full"),
        (Colour.auto, {**ON, "FORCE_COLOR": ""}, False, "none"),
        (Colour.auto, {**ON, "FORCE_COLOR": "0"}, True, "none"),
        (Colour.auto, {**ON, "FORCE_COLOR": "1", "NO_COLOR": "1"}, True, "none"),
        (Colour.always, {**ON, "NO_COLOR": "1"}, False, "full"),
        (Colour.always, {**ON, "FORCE_COLOR": "0"}, False, "full"),
        (Colour.always, {"TERM": "dumb"}, False, "plain"),
        (Colour.never, {**ON, "FORCE_COLOR": "1"}, True, "none"),
    ],
)
def test_colours_are_as_said_then_as_the_environment_says_then_as_the_terminal_can(
    said: Colour, environment: dict[str, str], *, terminal: bool, expected: str
) -> None:
    assert colours_of(said, environment, terminal=terminal) == expected


SILENT = (
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM", "WT_SESSION"),
    *("PAGER", "CHIPCALC_PAGER", "LESS", "CHIPCALC_ASCII", "PYTHONIOENCODING"),
)


def printed(*arguments: str, **said: str) -> str:
    """Return what a command prints where no terminal is, at 80 columns if nothing is said."""
    silent: dict[str, str | None] = dict.fromkeys(SILENT)
    environment = {**silent, "COLUMNS": "80", **said}
    return CliRunner().invoke(app, list(arguments), env=environment).stdout


def piped(*arguments: str, **said: str) -> subprocess.CompletedProcess[bytes]:
    """Return what a command prints into a pipe, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "chipcalc", *arguments],
        capture_output=True,
        check=False,
        env=surroundings(said),
        stdin=subprocess.DEVNULL,
    )


def surroundings(said: Mapping[str, str]) -> dict[str, str]:
    """Return an environment that says no more of the output than is said here."""
    kept = {name: value for name, value in os.environ.items() if name not in SILENT}
    return {**kept, "PYTHONUTF8": "1", **said}


class Terminal:
    """A terminal of so many rows and columns, in which a command runs to its end."""

    def __init__(
        self, *arguments: str, said: Mapping[str, str] = NOTHING, rows: int = 24, columns: int = 80
    ) -> None:
        main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.done = subprocess.Popen(
            [sys.executable, "-m", "chipcalc", *arguments],
            stdin=side,
            stdout=side,
            stderr=subprocess.PIPE,
            env=surroundings({"TERM": "xterm-256color", **said}),
        )
        os.close(side)
        self.shown = self._read(main)
        os.close(main)
        self.stderr = self.done.communicate()[1].decode()

    @staticmethod
    def _read(main: int) -> str:
        found = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            found += part
        return found.decode().replace("\r\n", "\n")


def test_a_terminal_has_colours_and_the_same_words_as_a_pipe() -> None:
    shown = Terminal(*COMPARE).shown
    assert "\x1b[" in shown
    assert PAINT.sub("", shown) == piped(*COMPARE).stdout.decode()


def test_a_pipe_has_colours_only_where_they_are_asked_for() -> None:
    assert "\x1b[" not in printed(*COMPARE, TERM="xterm-256color")
    assert "\x1b[1m" in printed(*COMPARE, "--color", "always")
    assert "\x1b[1m" in printed(*COMPARE, FORCE_COLOR="1")
    assert "\x1b[38;5;" in printed(*COMPARE, FORCE_COLOR="1", TERM="xterm-256color")


def test_a_terminal_has_no_colours_where_they_are_not_wanted() -> None:
    assert "\x1b[" not in Terminal(*COMPARE, "--color", "never").shown
    assert "\x1b[" not in Terminal(*COMPARE, said={"NO_COLOR": "1"}).shown


def test_a_file_has_colours_only_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    printed(*COMPARE, "-o", str(path), FORCE_COLOR="1")
    assert "\x1b[" not in path.read_text(encoding="utf-8")
    printed(*COMPARE, "-o", str(path), "--color", "always")
    assert "\x1b[" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["json", "csv", "markdown", "html", "latex"])
def test_formats_have_no_colours_however_they_are_asked_for(name: str) -> None:
    assert "\x1b" not in printed(*COMPARE, "-f", name, "--color", "always", FORCE_COLOR="1")


MANY = ("compare", "h20", "h100-sxm", "h200", "b200", "l20", "l40")


def widest(text: str) -> int:
    """Return the length of the longest line."""
    return max(map(len, text.splitlines()))


def test_a_pipe_is_eighty_columns_wide_unless_it_is_said_otherwise() -> None:
    assert 50 < widest(piped(*MANY).stdout.decode()) <= 80
    assert widest(printed(*MANY, COLUMNS="50")) <= 50
    assert 80 < widest(printed(*MANY, COLUMNS="140")) <= 140


def test_a_terminal_is_as_wide_as_it_is_unless_it_is_said_otherwise() -> None:
    plain = ("--color", "never")
    assert 80 < widest(Terminal(*MANY, *plain, rows=200, columns=140).shown) <= 140
    assert (
        widest(Terminal(*MANY, *plain, rows=200, columns=140, said={"COLUMNS": "80"}).shown) <= 80
    )


def test_a_file_is_as_wide_in_every_terminal(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    Terminal(*MANY, "-o", str(path), columns=140)
    assert widest(path.read_text(encoding="utf-8")) <= 80


def test_what_is_wide_is_one_table() -> None:
    split, whole = (printed(*MANY, *wide) for wide in ((), ("--wide",)))
    assert widest(whole) > 80
    assert len(whole.splitlines()) < len(split.splitlines())


LONG = ("list", "--all")


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """Return a program that takes a text as a pager does, and writes down what it was given."""
    path = tmp_path / "pager"
    path.write_text(
        f'#!/bin/sh\necho "LESS=$LESS $*" > {tmp_path}/less\ncat > {tmp_path}/paged\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def test_what_is_longer_than_the_terminal_goes_to_the_pager(pager: Path) -> None:
    terminal = Terminal(*LONG, said={"PAGER": str(pager)})
    paged = (pager.parent / "paged").read_text(encoding="utf-8")
    assert terminal.shown == ""
    assert PAINT.sub("", paged) == printed(*LONG)
    assert terminal.done.returncode == 0


def test_the_pager_of_the_program_goes_before_that_of_all_others(pager: Path) -> None:
    Terminal(*LONG, said={"PAGER": "false", "CHIPCALC_PAGER": f"{pager} --option"})
    assert (pager.parent / "paged").exists()
    assert (pager.parent / "less").read_text(encoding="utf-8").rstrip().endswith(" --option")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (COMPARE, {}),
        (("--no-pager", *LONG), {}),
        ((*LONG, "-o", "-"), {}),
        (LONG, {"CHIPCALC_PAGER": ""}),
        (LONG, {"CHIPCALC_PAGER": "cat"}),
    ],
    ids=["short", "option", "dash", "empty", "cat"],
)
def test_there_is_no_pager_where_none_is_wanted(
    arguments: tuple[str, ...], environment: dict[str, str], pager: Path
) -> None:
    terminal = Terminal(*arguments, "--color", "never", said={"PAGER": str(pager), **environment})
    said = [each for each in arguments if each != "--no-pager"]
    assert terminal.shown == printed(*said)
    assert not (pager.parent / "paged").exists()


def test_there_is_no_pager_in_a_pipe_or_for_a_file(pager: Path, tmp_path: Path) -> None:
    assert printed(*LONG, PAGER=str(pager))
    Terminal(*LONG, "-o", str(tmp_path / "answer.txt"), said={"PAGER": str(pager)})
    assert not (pager.parent / "paged").exists()


def test_a_pager_that_is_not_there_costs_no_answer() -> None:
    shown = Terminal(*LONG, "--color", "never", said={"PAGER": "no-such-pager"}).shown
    assert shown == printed(*LONG)


@pytest.mark.parametrize(
    ("usual", "colour", "wide", "expected", "without"),
    [
        ("", True, False, "FRX", "S"),
        ("", False, False, "FX", "S"),
        ("", True, True, "RS", "F"),  # it would leave at once what is short, and chopped
        ("-i", True, False, "iR", "FS"),
        ("-i", False, False, "i", "RFS"),
        ("iM", True, True, "iMRS", "F"),
    ],
)
def test_less_shows_colours_and_scrolls_sideways_and_keeps_what_a_user_has_set(
    usual: str, *, colour: bool, wide: bool, expected: str, without: str
) -> None:
    options = set(for_pager({"LESS": usual}, colour=colour, wide=wide)["LESS"])
    assert set(expected) <= options
    assert not set(without) & options


def test_the_pager_is_told_how_to_show_colours(pager: Path) -> None:
    Terminal(*LONG, said={"PAGER": str(pager)})
    assert "R" in (pager.parent / "less").read_text(encoding="utf-8").partition("=")[2]


def test_what_is_wide_is_paged_where_it_is_wider_than_the_terminal(pager: Path) -> None:
    Terminal(*MANY, "--wide", rows=200, said={"PAGER": str(pager)})
    assert (pager.parent / "paged").exists()


def test_a_reader_that_has_seen_enough_ends_a_command_quietly() -> None:
    command = f"{sys.executable} -m chipcalc list | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602
    assert done.stdout
    assert done.stderr == b""


def test_control_c_ends_a_command_with_status_130_and_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "chipcalc", "compare", "-", "h20"],  # it waits for a sheet
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings({}),
    ) as running:
        time.sleep(1.5)
        running.send_signal(signal.SIGINT)
        _, stderr = running.communicate()
    assert running.returncode == 130
    assert b"Traceback" not in stderr


def test_remarks_are_not_part_of_the_answer() -> None:
    result = CliRunner().invoke(app, ["compare", "h20", "h100", "-m", "tpp", "-f", "csv"])
    assert "h100 is read as h100-sxm" in result.stderr
    assert "is read as" not in result.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_a_screen_is_shown_in_what_its_encoding_has(encoding: str) -> None:
    done = piped("compare", "h20", "h100", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    shown = done.stdout.decode(encoding)
    assert done.returncode == 0
    assert "?" not in shown
    assert ("mm²" in shown) is (encoding == "cp1252")
    assert ("÷" in shown) is (encoding != "ascii")


CHINESE = ("claims", "h20-returns-2025-07", "a01", "--lang", "zh", "-f", "csv")


def test_data_loses_no_sign_in_an_encoding_that_lacks_it() -> None:
    def told(name: str) -> subprocess.CompletedProcess[bytes]:
        return piped("show", "h20", "-f", name, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")

    whole = json.loads(printed("show", "h20", "-f", "json"))
    assert json.loads(told("json").stdout.decode("latin-1")) == whole
    page = printed("show", "h20", "-f", "html")
    assert html.unescape(told("html").stdout.decode("latin-1")) == html.unescape(page)
    refused = piped(*CHINESE, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert refused.returncode == 2
    assert refused.stdout == b""
    assert b"-o" in refused.stderr


ALL = {
    **PRINTING,
    "a family": ("compare", "h20", "ascend-910*"),
    "show all": ("show", "*"),
    "several": ("check", "h20", "ascend-9*", "--as-of", "2026-02-01"),
    "explain": ("check", "metax-c500-oam", "--as-of", "2026-02-01", "--explain"),
    "why not": ("check", "h20", "--as-of", "2026-02-01", "--why-not", "3A090.b"),
    "largest": ("headroom", "h20", "--max", "--as-of", "2026-02-01"),
    "all rules": ("rules",),
    "all groups": ("groups",),
    "all metrics": ("metrics",),
    "all chips": ("list",),
    "world": ("licence", "h100-sxm", "--as-of", "2026-02-01"),
}


@pytest.mark.parametrize("name", ALL)
def test_in_ascii_only_names_in_other_scripts_are_not(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPCALC_ASCII", "1")
    result = CliRunner().invoke(app, [*ALL[name]])
    assert result.exit_code == 0
    others = {each for each in result.output if not each.isascii()}
    assert {each for each in others if unicodedata.east_asian_width(each) not in "WF"} == set()


def test_columns_are_in_line_in_ascii_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIPCALC_ASCII", "1")
    shown = CliRunner().invoke(app, ["headroom", "h20", "--as-of", "2026-02-01", "--all"]).stdout
    ends = {line.index("%") for line in shown.splitlines() if line.endswith(" %")}
    assert len(ends) == 1


@pytest.mark.parametrize("value", ["", "0"])
def test_signs_stay_where_ascii_is_not_asked_for(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPCALC_ASCII", value)
    assert not CliRunner().invoke(app, [*PRINTING["headroom"]]).output.isascii()


@pytest.mark.parametrize("name", ["json", "csv"])
def test_data_keeps_its_signs_in_ascii(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [*PRINTING["show"], "-f", name]
    plain = CliRunner().invoke(app, command).stdout
    monkeypatch.setenv("CHIPCALC_ASCII", "1")
    assert CliRunner().invoke(app, command).stdout == plain
