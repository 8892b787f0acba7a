"""Tables as they lie on disk: CSV, TSV, YAML, JSON or JSON lines, as rows of texts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from chipcalc import yamlio
from chipcalc.errors import error

_FIRST_OF_CSV = 2  # the header is line 1


class Row(NamedTuple):
    """One row: its number as people count it, and its cells by column.

    `places` has the row and the column of a cell that stands elsewhere in the file.
    """

    number: int
    cells: Mapping[str, str]
    places: Mapping[str, tuple[int, str]] = MappingProxyType({})

    def place(self, column: str) -> tuple[int, str]:
        """Return the number of the row and the column of the file in which a cell stands."""
        return self.places.get(column, (self.number, column))


class Table(NamedTuple):
    """The rows of a table, and its columns in order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table(path: Path, key: str = "") -> Table:
    """Return the rows of a file by its ending; `key` is that of the list in YAML or JSON.

    Raises ChipcalcError for a file that cannot be read, and for an ending that is not known.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is no text in UTF-8"
        raise error(f"'{path}' cannot be read: {reason}", "give the path of a table") from None
    ending = path.suffix.casefold()
    if ending in (".csv", ".tsv"):
        return _separated(text, "\t" if ending == ".tsv" else ",")
    if ending == ".jsonl":
        return _listed([_json(line, path) for line in text.splitlines() if line.strip()], "")
    if ending == ".json":
        return _listed(_json(text, path), key)
    if ending in (".yaml", ".yml"):
        return _listed(yamlio.load(text, str(path)).data, key)
    raise error(f"'{path}' ends in no kind of table", "write .csv, .tsv, .yaml, .json or .jsonl")


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except ValueError:
        raise error(f"'{path}' is no JSON", "mend the file") from None


def _separated(text: str, separator: str) -> Table:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    header = tuple(each.strip() for each in next(reader, []))
    rows = [
        Row(number, dict(zip(header, cells, strict=False)))
        for number, cells in enumerate(reader, _FIRST_OF_CSV)
        if any(each.strip() for each in cells)
    ]
    return Table(header, tuple(rows))


def _listed(data: Any, key: str) -> Table:
    """Return the rows of a list of objects, or of an object by name, below a key if it is there."""
    found = data.get(key, data) if isinstance(data, dict) and key else data
    lists = (
        [each for each in found.values() if isinstance(each, list)]
        if isinstance(found, dict)
        else []
    )
    if len(lists) == 1:
        (found,) = lists
    if isinstance(found, dict):
        found = [{"name": name, **each} for name, each in found.items() if isinstance(each, dict)]
    rows = [
        Row(number, {str(k): _text(v) for k, v in each.items()})
        for number, each in enumerate(found if isinstance(found, list) else [], 1)
        if isinstance(each, dict)
    ]
    columns = dict.fromkeys(name for row in rows for name in row.cells)
    return Table(tuple(columns), tuple(rows))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
