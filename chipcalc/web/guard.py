"""What stands before every page: whose name a request is for, how much it may say and how long."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple, TypeAlias

Scope: TypeAlias = "MutableMapping[str, Any]"
Message: TypeAlias = "MutableMapping[str, Any]"
Receive: TypeAlias = "Callable[[], Awaitable[Message]]"
Send: TypeAlias = "Callable[[Message], Awaitable[None]]"
App: TypeAlias = "Callable[[Scope, Receive, Send], Awaitable[None]]"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-cache"),
)
_LOCAL = ("localhost", "127.0.0.1", "::1")
_ANY = ("", "0.0.0.0", "::")  # noqa: S104 names of all addresses, which nothing binds to here


TOO_LATE, TOO_MUCH, TOO_SLOW = 408, 413, 503
REFUSED = {
    TOO_LATE: "what was to be sent did not come",
    TOO_MUCH: "more was sent than a page reads",
    TOO_SLOW: "this took too long",
}


class Limits(NamedTuple):
    """How long an address may be and how much may be sent, in bytes; how long both may take.

    `answer` is how long an answer may take, in seconds, and `reading` how long one may wait for
    what is sent.
    """

    address: int = 8_000
    body: int = 5_000_000
    reading: float = 20.0
    answer: float = 60.0


class TooMuchError(Exception):
    """More was sent than is read."""


class Guard:
    """An application behind a guard; it answers by itself what may not come through."""

    def __init__(self, app: App, host: str = _LOCAL[1], limits: Limits | None = None) -> None:
        self.app = app
        self.host = host.strip("[]").casefold()
        self.limits = limits or Limits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            await _answer(send, *refused)
            return
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        try:
            async with asyncio.timeout(self.limits.answer):
                await self.app(scope, self._bounded(receive), told)
        except TimeoutError:
            if not begun:
                await _answer(send, TOO_SLOW, REFUSED[TOO_SLOW])

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return why a request does not come through: its host, its address, where it is from."""
        headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if not self.is_meant(headers.get(b"host", "")):
            return 421, "this server does not answer for that host"
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self.limits.address:
            return 414, "the address is too long"
        foreign = headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if scope["method"] not in ("GET", "HEAD") and foreign:
            return 403, "nothing is taken from another site"
        said = headers.get(b"content-length", "0")
        if not said.isdigit() or int(said) > self.limits.body:
            return TOO_MUCH, REFUSED[TOO_MUCH]
        return None

    def is_meant(self, host: str) -> bool:
        """Whether a Host header names this server: itself, this machine, or a number it is at.

        A name that somebody makes lead here is no name of it.
        """
        name = _name(host)
        if name in _LOCAL or (name and name == self.host):
            return True
        return self.host in _ANY and _is_number(name)

    def _bounded(self, receive: Receive) -> Receive:
        left = self.limits.body

        async def bounded() -> Message:
            nonlocal left
            async with asyncio.timeout(self.limits.reading):
                message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooMuchError
            return message

        return bounded


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].casefold()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _answer(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{words}\n".encode()})
