"""What came of a table that was taken over: how it was read, what it states, what was written."""

from __future__ import annotations

from collections.abc import Mapping as Words
from typing import NamedTuple

from chipcalc.intake.mapping import Mapping
from chipcalc.intake.sheets import Written
from chipcalc.intake.understood import Understood
from chipcalc.values.cells import DecimalMark


class Imported(NamedTuple):
    """A table as it was taken over; `source` is its path as it was given, `folder` where to.

    `columns` are those of the table, `said` is how it was read. The sheets of a preview are those
    that would be written. `known` has, by the ids of new sheets, the chips whose name they have:
    where the folder is read, the name means the new sheet.
    """

    source: str
    folder: str
    by: Mapping
    columns: tuple[str, ...]
    said: tuple[str, ...]
    decimal: DecimalMark | None
    found: Understood
    written: Written
    known: Words[str, str]
    preview: bool = False
