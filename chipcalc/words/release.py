"""Whether an item is out, in words: a mark beside it, and a line of its own."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from chipcalc.sheets.release import SHIPPING, WITHDRAWN, Release, release
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict

LEAD = "Availability: "


def mark(found: Release) -> str:
    """Return the word that marks what is not surely out; nothing for what is out.

    Of what only its day of launch tells, that is whether it has come: ``not yet out``.
    """
    if found.out is Verdict.met:
        return ""
    if found.word and found.word != SHIPPING:
        return found.word
    if found.out is Verdict.not_met:
        return "not yet out"
    return "may be out" if found.launched else "undated"


def said(found: Release) -> str:
    """Return what is known of an item that is not surely out: ``launch 2027, not yet out``.

    Nothing is said of what is out, nor of what no sheet gives a day of launch or a word for.
    """
    marked = mark(found)
    if not marked or not (found.launched or found.word):
        return ""
    if found.availability and marked == found.word:
        told = f"{marked}, {_shipping(found)} ({found.availability.as_of})"
        status = found.availability.status
        return f"{told[:-1]}, {status})" if status != "official" else told
    return f"launch {found.launched}, {marked} on {found.day}" if found.launched else marked


def _shipping(found: Release) -> str:
    """Return what the word means for a buyer, no more firmly than it is known."""
    if found.word == WITHDRAWN:
        return "not to be had"
    if found.out is Verdict.not_met:
        return "not yet out"
    return "not known to ship"


def line(sheet: Sheet, day: datetime.date | None) -> str:
    """Return the line about an item that is not surely out: ``Availability: announced, …``.

    Without a day, it is that of the day on which the sheet was last told.
    """
    known = sheet.chip.availability
    day = day or (known.told.last if known else None)
    words = said(release(sheet, day)) if day else ""
    return f"{LEAD}{words}" if words else ""


def of_several(sheets: Iterable[Sheet], day: datetime.date | None) -> str:
    """Return in one line which items are not surely out, by their ids: ``z9: announced, …``."""
    said: dict[str, list[str]] = {}
    for sheet in sheets:
        words = line(sheet, day).removeprefix(LEAD)
        if words:
            said.setdefault(words, []).append(sheet.id)
    return "; ".join(f"{', '.join(ids)}: {words}" for words, ids in said.items())


def told_of(sheets: Sequence[Sheet], day: datetime.date) -> str:
    """Return what sheets say of availability, of a launch alone nothing; one without its id."""
    marked = {each.id: each for each in sheets if each.chip.availability}
    if len({each.id for each in sheets}) == 1:
        return told(sheets[0], day)
    words = of_several(marked.values(), day)
    return f"{LEAD}{words}" if words else ""


def counted(sheets: Iterable[Sheet], day: datetime.date) -> str:
    """Return how many items are not known to ship, by their word: ``3 announced, 1 sampling``."""
    marked = (release(each, day) for each in sheets if each.chip.availability)
    words = Counter(mark(each) for each in marked)
    found = ", ".join(f"{count} {word}" for word, count in words.most_common() if word)
    return f"Not known to ship: {found}" if found else ""


def told(sheet: Sheet, day: datetime.date) -> str:
    """Return the line about what a sheet says of availability; nothing for a launch alone.

    Rules are often asked of a day before a launch, on which the item was of course not out.
    """
    return line(sheet, day) if sheet.chip.availability else ""
