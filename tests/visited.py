"""Pages as a test reads them: one application over the built-in data, and what its HTML says."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from starlette.testclient import TestClient

import chipcalc as cc
from chipcalc.web.application import application
from chipcalc.web.library import Library

HOST = "http://127.0.0.1:8090"


@cache
def library() -> Library:
    """Return the built-in data, opened once in a process."""
    return Library(cc.open())


@cache
def reader() -> TestClient:
    """Return a client of the application."""
    return TestClient(application(library()), base_url=HOST)


def html(address: str, status: int = 200) -> str:
    """Return the HTML of a page that answers with a status."""
    found = reader().get(address)
    assert found.status_code == status, found.text[:2000]
    return found.text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "title")
        if tag not in ("b", "i", "span", "a", "sup", "em", "use", "svg", "symbol", "path"):
            self.found.append(" ")
        del attrs

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "title")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def words(page: str) -> str:
    """Return the words of a page, with single spaces."""
    parser = _Words()
    parser.feed(page)
    return re.sub(r"\s+", " ", "".join(parser.found))


def seen(address: str, status: int = 200) -> str:
    """Return the words of the page at an address."""
    return words(html(address, status))
