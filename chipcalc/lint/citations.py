"""Problems of what facts rest on: an official one needs its vendor, one that decides its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.figures.evaluate import Evaluator
from chipcalc.lint.agreements import Finding
from chipcalc.lint.deciding import deciding
from chipcalc.lint.facts import facts, maker
from chipcalc.lint.sources import is_of
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store

PLACE = "at"


def unplaced(sheet: Sheet, store: Store, figures: Sequence[Evaluator]) -> Iterator[Finding]:
    """Yield the official facts that decide under controls without their place in the source."""
    for place, fact in deciding(sheet, store, figures):
        if fact.status == "official" and not fact.at:
            what = "decides under export controls, and is official without its place in the source"
            hint = "add at: the page, table or row"
            when = dict(getattr(fact, "when", {}))
            yield Finding(PLACE, when, sheet.document.problem(place, what, hint))


def official_is_the_vendors(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """Official facts stand in a document of the vendor, or in a copy that quotes one."""
    for place, fact in facts(sheet):
        vendor = maker(sheet, place)
        if fact.status != "official" or vouched(vendor, fact.source, store, sheet):
            continue
        known = store.vocabulary.vendors.get(vendor)
        what = f"official, but no source of it is {known.name if known else vendor}'s"
        yield sheet.document.problem((*place, "status"), what, remedy(vendor))


def remedy(vendor: str) -> str:
    """Return what to do about what is called official without a source of the vendor's."""
    return f"add one, write quotes: {vendor} in a copy of one, or status: reported"


def vouched(vendor: str, keys: Sequence[str], store: Store, sheet: Sheet | None = None) -> bool:
    """Whether some source is a vendor's, or cannot be read, which is told elsewhere."""
    for key in keys:
        try:
            source = store.source(sheet, key) if sheet else store.shared_source(key)
        except ChipcalcError:
            return True
        if source is None or is_of(vendor, source, store):
            return True
    return False
