"""Who waits at a terminal sees how far the work is, and nothing of that is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chipcalc.cli import progress as bars

HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"  # the cursor
ERASED = "\x1b[2K"
ROOT = Path(__file__).parents[2]
IMPATIENT = """
from chipcalc.cli import main, progress
progress._PATIENCE = 0
main()
"""


def sit_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make both streams those of a terminal, at which nobody has any patience."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(bars, "_PATIENCE", 0)


def test_a_bar_is_shown_while_the_work_goes_on_and_is_erased(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_down(monkeypatch)
    monkeypatch.setattr(bars, "_BETWEEN", 0)
    assert list(bars.progress("abc")) == ["a", "b", "c"]
    out, err = capsys.readouterr()
    assert out == ""
    assert "1/3" in err
    assert "2/3" in err
    assert err.rpartition(ERASED)[2] == ""
    assert err.count(HIDDEN) == err.count(SHOWN) == 1


def test_work_that_ends_in_an_error_leaves_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_down(monkeypatch)
    for _ in bars.progress("abc"):
        bars.clear()
        break
    err = capsys.readouterr().err
    assert err.rpartition(ERASED)[2] == ""
    assert SHOWN in err


def test_there_is_one_bar_at_a_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_down(monkeypatch)
    assert [each for _ in bars.progress("ab") for each in bars.progress("cd")] == [*"cdcd"]
    assert capsys.readouterr().err.count(HIDDEN) == 1


def test_without_drawings_the_bar_is_ascii(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_down(monkeypatch)
    monkeypatch.setenv("CHIPCALC_ASCII", "1")
    assert list(bars.progress("abc")) == ["a", "b", "c"]
    assert capsys.readouterr().err.isascii()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_pipe_gets_no_bar(
    stream: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_down(monkeypatch)
    monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: False)
    assert list(bars.progress("abc")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_what_takes_no_second_gets_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit_down(monkeypatch)
    monkeypatch.setattr(bars, "_PATIENCE", 3600)
    assert list(bars.progress("abc")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
@pytest.mark.parametrize("asked", [("check", "*"), ("lint",), ("licence", "*")], ids=" ".join)
def test_an_interrupt_ends_it_at_once_and_leaves_a_clean_terminal(asked: tuple[str, ...]) -> None:
    ours, theirs = os.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    argv = [sys.executable, "-c", IMPATIENT, "--no-pager", *asked]
    with subprocess.Popen(
        argv, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        seen = ""
        while "/" not in seen.partition(HIDDEN)[2]:
            seen += os.read(ours, 65536).decode()
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        seen += _rest(ours)
        assert process.wait() == 130
    assert time.monotonic() - sent < 5
    assert "Traceback" not in seen
    assert seen.rpartition(ERASED)[2] == ""
    assert seen.rpartition(HIDDEN)[2].count(SHOWN) == 1


def _rest(terminal: int) -> str:
    """Return what is written to a terminal until nobody is left who could write to it."""
    found = b""
    try:
        while part := os.read(terminal, 65536):
            found += part
    except OSError:  # how Linux says that the other end is closed
        pass
    return found.decode()
