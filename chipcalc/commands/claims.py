"""The articles whose claims are there, as a user asks for them."""

from __future__ import annotations

from chipcalc import files
from chipcalc.claims.claim import Claims
from chipcalc.schema.base import parse
from chipcalc.schema.load import read
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Column, Report, Row, cell


def articles(store: Store) -> Report:
    """Return the list of articles whose claims are there."""
    records = []
    for name, path in files.by_id(store.folders, files.CLAIMS).items():
        found = parse(Claims, read(path))
        records.append(
            {
                "id": name,
                "title": found.article.title.en,
                "published": str(found.article.published),
                "claims": str(len(found.claims)),
            }
        )
    rows = tuple(Row(tuple(map(cell, each.values()))) for each in records)
    columns = tuple(Column(name) for name in ("article", "title", "published", "claims"))
    data = {"schema": "chipcalc.articles/1", "articles": records}
    return Report(columns, rows, lambda: data, lambda: records)
