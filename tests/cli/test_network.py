"""No command needs a network, and none tries to reach one."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from chipcalc.cli import app
from printed import PRINTING

LOOKING_OUTSIDE = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
OTHERS = {
    "lint --rules": ("lint", "--rules"),
    "list --sort": ("list", "--family", "thor", "--sort", "tpp"),
    "schema": ("schema", "check"),
    "html": ("check", "h20", "--as-of", "2026-02-01", "-f", "html"),
    "claim": ("claims", "--that", "h20 = 20 % of h100"),
}
_HOOKED: list[bool] = []  # a hook of this kind stays until the process ends
_SEEN: list[list[str]] = []  # what the test that runs has seen; empty between tests


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _SEEN and event in LOOKING_OUTSIDE:
        _SEEN[-1].append(f"{event} {arguments[1:]}")
        raise AssertionError(event)


@pytest.fixture
def outside() -> Iterator[list[str]]:
    """Return what is asked of the network meanwhile, all of which is refused."""
    if not _HOOKED:
        sys.addaudithook(_watch)  # which also sees what libraries ask by themselves
        _HOOKED.append(True)
    seen: list[str] = []
    _SEEN.append(seen)
    yield seen
    _SEEN.clear()


def test_whatever_is_asked_of_the_network_is_seen(outside: list[str]) -> None:
    with pytest.raises(AssertionError), socket.socket() as found:
        found.connect(("127.0.0.1", 9))
    with pytest.raises(AssertionError):
        socket.getaddrinfo("localhost", 9)
    assert len(outside) == 2


@pytest.mark.parametrize("name", [*PRINTING, *OTHERS])
def test_a_command_asks_nothing_of_the_network(name: str, outside: list[str]) -> None:
    result = CliRunner().invoke(app, [*(PRINTING.get(name) or OTHERS[name])])
    assert result.exit_code == 0, result.output
    assert result.stdout
    assert outside == []
