"""The card of a chip: its verdict, what decides, how far the lines are, and its figures."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from chipcalc.api.checks import Check
from chipcalc.sheets.store import Store
from chipcalc.web import figures, marks
from chipcalc.web.marks import Mark
from chipcalc.web.parts import shown
from chipcalc.words import release
from chipcalc.words.check import taken_as
from chipcalc.words.labels import vendor
from chipcalc.words.provenance import declared
from chipcalc.words.sheet import market


class Card(NamedTuple):
    """What a card shows; sentences are the program's own, in the order in which they matter."""

    id: str
    name: str
    vendor: str
    about: tuple[tuple[str, str], ...]
    mark: Mark
    answer: Markup
    told: Markup
    remarks: tuple[str, ...]
    gaps: tuple[figures.Gap, ...]
    compared: tuple[figures.Row, ...]


def card(check: Check, store: Store, paragraphs: tuple[str, ...]) -> Card:
    """Return the card of a chip as the rules of a day have it."""
    checked = check.checked
    sheet, vocabulary = checked.sheet, store.vocabulary
    made = shown(check.report()._replace(parts=()))
    launched = str(sheet.chip.launched or "")
    about = [(launched, "")] if launched else []
    if sheet.market:
        about.append((market(sheet.market.value, vocabulary), sheet.market.status))
    if sheet.item:
        about.append((market(sheet.item.value, vocabulary), sheet.item.status))
    remarks = (taken_as(checked), declared(checked), release.told(sheet, check.as_of))
    return Card(
        sheet.id,
        sheet.name,
        vendor(sheet.chip.vendor, vocabulary),
        tuple(about),
        marks.mark(checked, paragraphs),
        made.head,
        made.below,
        tuple(filter(None, remarks)),
        tuple(figures.gaps(checked)),
        tuple(figures.compared(checked, store)),
    )
