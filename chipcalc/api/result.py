"""What every answer can do: print itself, show itself in a notebook, and become plain data."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chipcalc.errors import error

if TYPE_CHECKING:
    from chipcalc.tables.report import Report

_LIBRARIES = ("pandas", "polars")
_NAMES = ("chip", "when", "as_of")


class Result:
    """An answer; `report` is its table, its flat records and its versioned contract in one."""

    def report(self) -> Report:
        """Return the table that the command line prints of this answer."""
        raise NotImplementedError

    def __str__(self) -> str:
        from chipcalc.tables.terminal import table

        return table(self.report())

    def _repr_html_(self) -> str:
        from chipcalc.tables.render import fragment

        return fragment(self.report())

    def to_html(self) -> str:
        """Return a page of its own."""
        from chipcalc.tables.render import html

        return html(self.report())

    def to_markdown(self) -> str:
        """Return a Markdown table with its notes."""
        from chipcalc.tables.render import markdown

        return markdown(self.report())

    def to_csv(self) -> str:
        """Return the flat records, one fact a line."""
        from chipcalc.tables.render import comma_separated

        return comma_separated(self.report())

    def to_dict(self) -> Mapping[str, Any]:
        """Return the versioned contract, as ``-f json`` prints it.

        Amounts are numbers, each with its exact text beside it.
        """
        return self.report().data()

    def to_frame(self) -> Any:
        """Return the flat records as a data frame: of polars or pandas, whichever is there.

        The library that the script has imported comes first. Columns of numbers are floats, and
        what is missing is missing. Raises ChipcalcError where neither is installed.
        """
        return frame(self.report().records())


def frame(records: Sequence[Mapping[str, str]]) -> Any:
    """Return flat records as a data frame; raises ChipcalcError without a library for it."""
    fields = list(dict.fromkeys(name for record in records for name in record))
    columns = {
        name: _column(name, [str(each.get(name, "")) for each in records]) for name in fields
    }
    return _library().DataFrame(columns)


def _column(name: str, texts: Sequence[str]) -> list[str | float | None]:
    """Return a column as numbers, where all that stands in it are numbers."""
    from chipcalc.values import units

    if name in _NAMES or not any(texts):
        return [each or None for each in texts]
    try:
        return [float(units.number(each)) if each else None for each in texts]
    except units.UnitError:
        return [each or None for each in texts]


def _library() -> Any:
    imported = [each for each in _LIBRARIES if each in sys.modules]
    for name in (*imported, *_LIBRARIES):
        try:
            return __import__(name)
        except ImportError:
            continue
    raise error("no library for data frames is there", "pip install pandas, or take to_dict()")
