"""The page of a chip: its card, every figure with status and source, and its class over time."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from chipcalc.api.chip import Chip
from chipcalc.api.history import Timeline
from chipcalc.check.timeline import stays
from chipcalc.tables.sheet import show
from chipcalc.web import figures, marks
from chipcalc.web.address import Address
from chipcalc.web.card import card
from chipcalc.web.library import Library
from chipcalc.web.marks import Mark
from chipcalc.web.page import Page
from chipcalc.web.parts import shown
from chipcalc.words.commands import written
from chipcalc.words.sheet import absent


class Stay(NamedTuple):
    """How a chip is classified from a day on."""

    since: datetime.date
    mark: Mark


def page(library: Library, address: Address) -> Page:
    """Return the page of a chip; raises ChipcalcError for a name that no chip goes by."""
    name = address.path.rpartition("/")[2]
    chosen = library.choose([name])
    chip = chosen.chips[0] if chosen.chips else library.db[name]
    day = library.day(address.first("as_of"))
    rules = library.rules(day)
    paragraphs = marks.of_rules(rules)
    check = library.kept(("check", chip.id, day), lambda: rules.check(chip))
    sheet = show(chip.sheet, library.store, whole=True, day=day)
    made = shown(sheet._replace(parts=()))
    return Page(
        "chip.html",
        chip.name,
        {
            "card": card(check, library.store, paragraphs),
            "as_of": day,
            "asked_day": address.first("as_of"),
            "about": made.below,
            "stated": figures.stated(chip.sheet, library.store),
            "absent": list(absent(chip.sheet, library.store.vocabulary)),
            "stays": history(library, chip),
            "file": chip.sheet.document.file,
            "notices": chosen.notices,
        },
        sheet,
        written("show", chip.id, "--all"),
    )


def history(library: Library, chip: Chip) -> list[Stay]:
    """Return how a chip was classified, from the first rule on."""
    found: Timeline = library.kept(("timeline", chip.id), lambda: library.db.timeline(chip))
    kept = []
    for each in stays(found.moments, 0):
        paragraphs = marks.of_rules(library.rules(each.since))
        kept.append(Stay(each.since, marks.mark(each.first, paragraphs)))
    return kept
