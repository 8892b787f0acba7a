"""The articles whose claims are there, as a user asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc import files
from chipcalc.claims.claim import Claims
from chipcalc.errors import error
from chipcalc.schema.load import loaded
from chipcalc.sheets.store import Store
from chipcalc.tables import articles as articles_table
from chipcalc.tables.report import Report


def articles(store: Store) -> Report:
    """Return the list of articles whose claims are there; raises ChipcalcError for a bad file."""
    found = files.by_id(store.folders, files.CLAIMS)
    return articles_table.report({name: loaded(Claims, path)[0] for name, path in found.items()})


def check_alone(names: Sequence[str]) -> None:
    """Raise ChipcalcError where an article is named beside a claim in one line."""
    if names:
        what = f"'{names[0]}' is no part of the claim"
        raise error(what, 'put all of the claim into quotes: --that "h20 = 20 % of h100"')
