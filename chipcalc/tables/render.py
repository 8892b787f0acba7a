"""A report in each format: one function for each, in one table at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chipcalc.tables import flowing
from chipcalc.tables.flowing import csv_lines
from chipcalc.tables.html import escaped, fragment, html
from chipcalc.tables.latex import latex
from chipcalc.tables.markdown import markdown
from chipcalc.tables.marks import marked
from chipcalc.tables.report import Report
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table

__all__ = [
    "FORMATS",
    "comma_separated",
    "escaped",
    "fragment",
    "html",
    "json_text",
    "latex",
    "markdown",
    "marked",
    "table",
]


def comma_separated(report: Report) -> str:
    """Return the flat records as CSV, one fact a line, numbers as plain decimals."""
    records = report.records()
    fields = list(dict.fromkeys(name for record in records for name in record))
    return "".join(csv_lines(fields, records)).rstrip("\n")


def json_text(report: Report) -> str:
    """Return the report's data under their versioned schema."""
    return flowing.json_text(report.data())


FORMATS: Mapping[str, Callable[[Report, Style], str]] = {
    "table": table,
    "json": lambda report, style: json_text(report),
    "csv": lambda report, style: comma_separated(report),
    "markdown": lambda report, style: markdown(report),
    "html": lambda report, style: html(report),
    "latex": lambda report, style: latex(report),
}
