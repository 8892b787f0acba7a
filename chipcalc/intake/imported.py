"""What came of a table that was taken over: how it was read, what it states, what was written."""

from __future__ import annotations

from typing import NamedTuple

from chipcalc.intake.mapping import Mapping
from chipcalc.intake.sheets import Written
from chipcalc.intake.understood import Understood
from chipcalc.values.cells import DecimalMark


class Imported(NamedTuple):
    """A table as it was taken over; `source` is its path as it was given, `folder` where to.

    `columns` are those of the table, `said` is how it was read. The sheets of a preview are those
    that would be written.
    """

    source: str
    folder: str
    by: Mapping
    columns: tuple[str, ...]
    said: tuple[str, ...]
    decimal: DecimalMark | None
    found: Understood
    written: Written
    preview: bool = False
