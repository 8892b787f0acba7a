"""The stable contract of a screened table: JSON data, and its rows as they are written to files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chipcalc.screening.judge import Screened
from chipcalc.screening.table import OWN, ScreenedTable
from chipcalc.words import screening as words

SCHEMA = "chipcalc.screen/2"
_FIELDS = ("verdict", "chip", "cites", "may be", "why", "as of")
_TITLE = "above the header, and no part"


def data(table: ScreenedTable) -> dict[str, Any]:
    """Return how a table was read, what its columns say, and how each row comes out."""
    vocabulary = table.rulebook.store.vocabulary
    return {
        "schema": SCHEMA,
        "table": table.source,
        "mapping": table.known_as or None,
        "read": list(table.grid.said),
        "decimal": table.decimal,
        "as_of": table.day.isoformat(),
        "to": table.to or None,
        "columns": [
            {
                "column": each.column,
                "states": words.states(each, vocabulary),
                "metric": each.about if each.is_figure else None,
                "when": each.conditions,
                "unit": each.unit.text if each.unit else None,
                "rows": table.stating.get(each.column, 0) if each.is_figure else None,
            }
            for each in table.columns.read.values()
        ],
        "unread": [
            {"column": each.column, "because": each.why or None} for each in table.columns.left
        ],
        "counts": dict(counts(table)),
        "rows": [_row(each) for each in table.rows],
    }


def counts(table: ScreenedTable) -> Iterator[tuple[str, int]]:
    """Yield how many rows have each verdict, those under a control first."""
    found: dict[str, int] = {}
    order = list(type(table.rows[0].kind)) if table.rows else []
    for row in sorted(table.rows, key=lambda each: (order.index(each.kind), each.paragraph)):
        said = words.verdict(row)
        found[said] = found.get(said, 0) + 1
    yield from found.items()


def _row(row: Screened) -> dict[str, Any]:
    return {
        "row": row.part.number,
        "name": row.part.name or None,
        "chips": [each.id for each in row.meant.sheets],
        "circuits": row.meant.circuits if row.meant.sheets else max(row.part.circuits, 1),
        "match": row.meant.confidence,
        "outcome": row.kind.name,
        "verdict": words.verdict(row),
        "paragraph": row.paragraph or None,
        "cites": list(row.cites),
        "possible": list(row.possible),
        "why": words.why(row) or None,
        "as_of": row.day.isoformat() if row.day else None,
        "licence": words.licence(row) or None,
        "faults": [
            {"column": each.column, "text": each.text, "because": each.why}
            for each in row.part.faults
        ],
    }


def fields(table: ScreenedTable) -> tuple[str, ...]:
    """Return the names of the columns that are added to those of the table."""
    asked = table.to or any(each.part.to for each in table.rows)
    more = ("licence",) if asked else ()
    return tuple(OWN + each for each in (*_FIELDS, *more))


def own(row: Screened) -> dict[str, str]:
    """Return what is added to a row."""
    found = {
        "verdict": words.verdict(row),
        "chip": words.chips(row),
        "cites": ", ".join(row.cites),
        "may be": words.remains(row),
        "why": words.why(row),
        "as of": row.day.isoformat() if row.day else "",
        "licence": words.licence(row),
    }
    return {OWN + name: text for name, text in found.items()}


def laid_out(table: ScreenedTable) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield every row of the file in order, titles and header among them, with what is added."""
    names = fields(table)
    width = max(len(table.grid.names), *map(len, table.grid.rows))
    for place, row in enumerate(table.grid.rows):
        texts = (*row, *[""] * (width - len(row)))
        if place < table.grid.header:
            told = _TITLE if any(each.strip() for each in row) else ""
            yield texts, tuple(told if name == f"{OWN}why" else "" for name in names)
        elif place == table.grid.header:
            yield texts, names
        else:
            added = own(table.rows[place - table.grid.header - 1])
            yield texts, tuple(added[name] for name in names)


def records(table: ScreenedTable) -> list[Mapping[str, str]]:
    """Return a record for each row below the header: its own columns, then what is added."""
    names = fields(table)
    found: list[Mapping[str, str]] = []
    for row, screened in zip(table.grid.body, table.rows, strict=True):
        texts = (*row, *[""] * (len(table.grid.names) - len(row)))
        added = own(screened)
        given = dict(zip(table.grid.names, texts, strict=False))
        found.append({**given, **{name: added[name] for name in names}})
    return found
