"""The stable contract of a table that was taken over: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chipcalc.contract.common import alike, flat
from chipcalc.intake.imported import Imported
from chipcalc.intake.table import Fault
from chipcalc.intake.understood import Item

SCHEMA = "chipcalc.import/2"
_COLUMNS = (
    "row", "name", "chip", "result", "figures", "file", "known_as", "column", "text", "because",
)  # fmt: skip
NOT_UNDERSTOOD = "not understood"


def data(result: Imported) -> dict[str, Any]:
    """Return how a table was read, what each row came to, and the cells not understood."""
    by, found = result.by, result.found
    return {
        "schema": SCHEMA,
        "table": result.source,
        "mapping": {"id": by.id, "title": by.title, "publisher": by.publisher, "url": by.url},
        "read": list(result.said),
        "decimal": result.decimal,
        "folder": result.folder or None,
        "written": not result.preview,
        "columns": list(columns(result)),
        "unread": [{"column": each, "because": by.left.get(each)} for each in found.unused],
        "rows": [row for _, row in rows(result)],
        "not_understood": [_cell(each) for each in cells(result)],
    }


def columns(result: Imported) -> Iterator[dict[str, Any]]:
    """Yield what each column that is read means, and how many rows it says something of."""
    counts, area = result.found.counts, result.by.die_area
    for name, reading in result.by.columns.items():
        yield {
            "column": name,
            "metric": reading.metric,
            "when": dict(reading.when),
            "unit": reading.unit.text,
            "rows": counts.get(name, 0),
        }
    if area:
        about = {"column": area.column, "metric": "die_area", "when": {}, "unit": area.unit.text}
        yield {**about, "rows": counts.get(area.column, 0)}


def rows(result: Imported) -> list[tuple[int, dict[str, Any]]]:
    """Return what each row came to, in their order: made, left because something is there, skipped.

    Of a preview nothing is made: ``would be made``.
    """
    found = [(each.row, _product(each, result)) for each in result.found.items]
    found += [(each.row, _skipped(each)) for each in result.found.faults if not each.column]
    return sorted(found, key=lambda each: each[0])


def cells(result: Imported) -> list[Fault]:
    """Return the cells that were not understood, by row."""
    return sorted((each for each in result.found.faults if each.column), key=lambda each: each.row)


def _product(item: Item, result: Imported) -> dict[str, Any]:
    made, left = result.written
    there = left.get(item.id)
    done = "would be made" if result.preview else "made"
    return {
        "row": item.row,
        "name": item.name,
        "chip": item.id,
        "result": "left" if there else done,
        "figures": len(item.figures) + bool(item.dies),
        "file": str(there or made[item.id]),
        "known_as": result.known.get(item.id),
        "because": "a sheet of this id is there" if there else None,
    }


def _skipped(fault: Fault) -> dict[str, Any]:
    about = {"row": fault.row, "name": fault.text or None, "chip": None, "result": "skipped"}
    return {**about, "figures": 0, "file": None, "known_as": None, "because": fault.why}


def _cell(fault: Fault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "text": fault.text, "because": fault.why}


def records(result: Imported) -> list[Mapping[str, str]]:
    """Return a flat record for each row, and for each cell that was not understood, by row."""
    found: list[tuple[int, dict[str, Any]]] = rows(result)
    found += [(each.row, {**_cell(each), "result": NOT_UNDERSTOOD}) for each in cells(result)]
    ordered = (flat(each) for _, each in sorted(found, key=lambda each: each[0]))
    return list(alike(ordered, _COLUMNS))
