"""A page before it is rendered: its template, what it shows, and what can be taken away from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from chipcalc.tables.report import Report
from chipcalc.web.address import Address
from chipcalc.web.library import Library

OK, WRONG, MISSING = 200, 400, 404


class Page(NamedTuple):
    """What a page shows, by the name of its template.

    `report` is the answer as the command line has it, which can be downloaded, and `command` asks
    for the same; `picture` returns it as a drawing, where there is one.
    """

    template: str
    title: str
    values: Mapping[str, Any]
    report: Report | None = None
    command: str = ""
    picture: Callable[[], str] | None = None
    status: int = OK

    @property
    def endings(self) -> tuple[str, ...]:
        """In which formats the answer can be taken away."""
        drawn = ("svg",) if self.picture else ()
        return (*drawn, *(("csv", "xlsx", "json", "md") if self.report else ()))


Maker: TypeAlias = Callable[[Library, Address], Page]
