"""A second process that lints meanwhile: what it finds is what one process would find."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.lint import beside as module
from chipcalc.lint import paths
from chipcalc.lint.beside import beside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="one process elsewhere")
FOUND = [Problem("it rains", "weather.yaml", 3), Problem("it pours")]


@pytest.fixture(params=[True, False], ids=["two processors", "one processor"])
def _room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_has_room", lambda: request.param)


def told(work: Callable[[], list[Problem]]) -> list[Problem]:
    """Return what is found meanwhile."""
    with beside(work) as found:
        return found()


@pytest.mark.usefixtures("_room")
def test_problems_come_back_as_they_were_found() -> None:
    assert told(lambda: FOUND) == FOUND
    assert told(list) == []


@pytest.mark.usefixtures("_room")
def test_what_ends_the_work_is_raised_where_it_is_asked_for() -> None:
    def failing() -> list[Problem]:
        raise error("no wind", "wait for some")

    with pytest.raises(ChipcalcError) as caught:
        told(failing)
    assert caught.value.problems == (Problem("no wind", hint="wait for some"),)


def test_the_work_is_done_by_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_has_room", lambda: True)
    (found,) = told(lambda: [Problem(str(os.getpid()))])
    assert int(found.what) != os.getpid()


def test_a_process_that_comes_to_nothing_leaves_the_work_to_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_has_room", lambda: True)
    first = os.getpid()

    def falling_over() -> list[Problem]:
        if os.getpid() != first:
            raise MemoryError
        return FOUND

    assert told(falling_over) == FOUND


def test_where_no_process_can_be_begun_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room() -> int:
        raise OSError("too many processes")

    monkeypatch.setattr(module, "_has_room", lambda: True)
    monkeypatch.setattr(os, "fork", no_room)
    assert told(lambda: FOUND) == FOUND


def test_an_interrupt_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have processes of their own, so that only the one that began is asked for."""
    begun: list[int] = []
    fork = os.fork

    def noted() -> int:
        begun.append(fork())
        return begun[-1]

    monkeypatch.setattr(module, "_has_room", lambda: True)
    monkeypatch.setattr(os, "fork", noted)
    with pytest.raises(KeyboardInterrupt), beside(_for_ever):
        raise KeyboardInterrupt
    (process,) = begun
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)


def _for_ever() -> list[Problem]:
    while True:
        pass


def test_two_processes_find_what_one_finds(specs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a folder with something wrong in sheets, in rules and in an article."""
    sheet, rule = specs / "chips/zenith/z1.yaml", next((specs / "rules").glob("*/*.yaml"))
    sheet.write_text(f"{sheet.read_text('utf-8')}notes: []\nmarkt: edge\n", encoding="utf-8")
    rule.write_text(rule.read_text("utf-8").replace("expect: met", "expect: not met"), "utf-8")
    monkeypatch.setattr(paths, "_MANY", 1)
    found = []
    for room in (True, False):
        monkeypatch.setattr(module, "_has_room", lambda room=room: room)
        found.append(paths.paths([specs], ()))
    assert found[0] == found[1]
    assert len({each.file for each in found[0].problems}) > 1
