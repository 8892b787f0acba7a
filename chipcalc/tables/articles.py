"""The table of the articles whose claims are there."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.claims.claim import Claims
from chipcalc.contract import articles as contract
from chipcalc.tables.report import Column, Grid, Report, Row, cell


def report(articles: Mapping[str, Claims]) -> Report:
    """Return the list of articles, a row for each, by the name of its file."""
    return Report(
        lambda: contract.data(articles),
        lambda: contract.records(articles),
        parts=(
            Grid(
                tuple(Column(name) for name in ("article", "title", "published", "claims")),
                tuple(Row(tuple(map(cell, each.values()))) for each in contract.records(articles)),
                "",
            ),
        ),
    )
