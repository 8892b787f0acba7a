"""Groups of countries as a user asks for them."""

from __future__ import annotations

from chipcalc.api.database import Database, day
from chipcalc.places.load import load
from chipcalc.places.on_day import Places
from chipcalc.tables.groups import report
from chipcalc.tables.report import Report


def groups(db: Database, name: str, as_of: str) -> Report:
    """Return the groups of a day, one group, or those of a country; raises ChipcalcError."""
    return report(db.store, Places(load(db.store.folders), day(as_of)), name)
