"""The articles whose claims are there, as a user asks for them."""

from __future__ import annotations

from chipcalc import files
from chipcalc.claims.claim import Claims
from chipcalc.schema.load import loaded
from chipcalc.sheets.store import Store
from chipcalc.tables import articles as articles_table
from chipcalc.tables.report import Report


def articles(store: Store) -> Report:
    """Return the list of articles whose claims are there; raises ChipcalcError for a bad file."""
    found = files.by_id(store.folders, files.CLAIMS)
    return articles_table.report({name: loaded(Claims, path)[0] for name, path in found.items()})
