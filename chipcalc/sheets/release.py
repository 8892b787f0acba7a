"""Whether an item is out on a day: by what its sheet says of it, and by its day of launch."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from chipcalc.schema.types import PartialDate, day_after
from chipcalc.sheets.chip import Availability
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict

SHIPPING = "shipping"
WITHDRAWN = "withdrawn"


class Release(NamedTuple):
    """Whether an item is out on a day, with what its sheet says of that, and of its launch."""

    out: Verdict
    availability: Availability | None
    launched: PartialDate | None
    day: datetime.date

    @property
    def word(self) -> str:
        """Return what the sheet calls its availability, such as announced; nothing for none."""
        return self.availability.value if self.availability else ""


def release(sheet: Sheet, day: datetime.date) -> Release:
    """Return whether an item is out on a day; unknown where nothing read settles it.

    What is announced is not proven to be out when its day of launch has come, and what ships is
    out from the day on which that was read.
    """
    known, launched = sheet.chip.availability, sheet.chip.launched
    by_launch = Verdict.unknown
    if launched:
        by_launch = launched.before(day_after(day))
    return Release(_out(known, by_launch, day), known, launched, day)


def _out(known: Availability | None, by_launch: Verdict, day: datetime.date) -> Verdict:
    if known is None:
        return by_launch
    if known.value == WITHDRAWN:
        return Verdict.not_met
    if known.value == SHIPPING:
        return Verdict.met if known.told.last <= day else by_launch
    return Verdict.not_met if by_launch is Verdict.not_met else Verdict.unknown
