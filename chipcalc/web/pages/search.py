"""Chips by what people call them: one chip's page, or the chips that a name may stand for."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.sheet import Sheet
from chipcalc.web.address import Address
from chipcalc.web.library import Library, plain_name
from chipcalc.web.page import MISSING, Page
from chipcalc.web.pages import chip
from chipcalc.words.labels import vendor

_MOST = 60


def page(library: Library, address: Address) -> Page:
    """Return the page of the only chip that a name means, else all that it may stand for."""
    name = address.first("q")
    try:
        found = library.store.members(plain_name(name)) if name else ()
    except ChipcalcError as fault:
        return _listed(address, (), fault, library)
    if len(found) == 1:
        return chip.page(library, address.to(f"/chip/{found[0].id}"))
    return _listed(address, found, None, library)


def _listed(
    address: Address, found: Sequence[Sheet], fault: ChipcalcError | None, library: Library
) -> Page:
    vocabulary = library.store.vocabulary
    values = {
        "query": address.first("q"),
        "found": [
            (each.id, each.name, vendor(each.chip.vendor, vocabulary), each.chip.launched or "")
            for each in found[:_MOST]
        ],
        "number": len(found),
        "problems": fault.problems if fault else (),
    }
    status = MISSING if fault else 200
    return Page("search.html", address.first("q") or "Find a chip", values, status=status)
