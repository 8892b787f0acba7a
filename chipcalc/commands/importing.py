"""A table of other people, taken over as unverified sheets of the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import error
from chipcalc.intake.long import wide
from chipcalc.intake.mapping import Mapping, fits, mapping
from chipcalc.intake.sheets import Written, sheet, write
from chipcalc.intake.table import Table, table
from chipcalc.intake.understood import Understood, understood
from chipcalc.schema.load import shown
from chipcalc.sheets.store import open_store

_MOST = 10


class Imported(NamedTuple):
    """What a table was read by, what it states, and what was written; None for a preview."""

    by: Mapping
    found: Understood
    written: Written | None


def imported(path: Path, name: str, folder: Path | None, specs: Sequence[Path] = ()) -> Imported:
    """Return what a table states, and write its sheets into a folder, if one is given.

    Raises ChipcalcError for what cannot be read or written, and for a table of which no row has
    a usable figure.
    """
    store = open_store([each for each in specs if each.is_dir()])
    read, by = _read(path, name, store.folders)
    fits(by, store.vocabulary)
    found = understood(wide(read, by.name, by.long) if by.long else read, by)
    if not found.items:
        raise error(f"no row of '{path}' has a usable figure", "choose another --mapping")
    if folder is None:
        return Imported(by, found, None)
    texts = {each.id: sheet(each, by, store.vocabulary) for each in found.items}
    paths = {each.id: Path("chips", each.vendor, f"{each.id}.yaml") for each in found.items}
    return Imported(by, found, write(texts, folder, paths, store.files))


def _read(path: Path, name: str, folders: Sequence[Path]) -> tuple[Table, Mapping]:
    if name:
        by = mapping(name, (), folders)
        return table(path, by.rows or ""), by
    read = table(path)
    return read, mapping("", read.columns, folders)


def told(result: Imported, every: bool) -> list[str]:  # noqa: FBT001
    """Return in lines what was understood, what was written, and what was neither."""
    by, found, written = result
    lines = [f"{len(found.items)} products read as {by.title} of {by.publisher} ({by.id})", ""]
    for column, reading in by.columns.items():
        count = found.counts.get(column, 0)
        under = ", ".join(f"{name} {value}" for name, value in reading.when.items())
        meaning = f"{reading.metric}{f' ({under})' if under else ''}, {reading.unit}"
        lines.append(f"{count:>5}  {column} → {meaning}")
    lines += ["", f"Not read: {len(found.unused)} columns"]
    lines += [f"  {each}{f': {by.left[each]}' if each in by.left else ''}" for each in found.unused]
    lines.append(f"Not understood: {len(found.faults)} cells and rows")
    shortened = found.faults if every else found.faults[:_MOST]
    for each in shortened:
        place = f"row {each.row}" + (f", {each.column}" if each.column else "")
        lines.append(f"  {place}: {each.text!r}: {each.why}")
    if len(shortened) < len(found.faults):
        lines.append(f"  and {len(found.faults) - len(shortened)} more; --all shows them")
    if written is None:
        return [*lines, "", "Nothing is written: --dry-run"]
    lines += ["", f"{len(written.made)} sheets written, all unverified"]
    if written.left:
        ids = ", ".join(written.left)
        lines.append(f"{len(written.left)} left, as there are sheets of these ids: {ids}")
    return lines + [f"  {shown(each)}" for each in (written.made if every else ())]
