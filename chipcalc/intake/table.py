"""Tables as they lie on disk: spreadsheets, separated texts, YAML, JSON or JSON lines, as rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from chipcalc import bounded, yamlio
from chipcalc.errors import ChipcalcError, error
from chipcalc.intake.decimals import Held
from chipcalc.intake.encodings import decoded
from chipcalc.intake.texts import ANY, GRIDS, Form, Texts, texts

LISTS = (".json", ".jsonl", ".yaml", ".yml")


class Row(NamedTuple):
    """One row: its number as people count it, and its cells by column.

    `places` has the row and the column of a cell that stands elsewhere in the file. `refused` is
    why none of its cells can be trusted, empty where they can.
    """

    number: int
    cells: Mapping[str, str]
    places: Mapping[str, tuple[int, str]] = MappingProxyType({})
    refused: str = ""

    def place(self, column: str) -> tuple[int, str]:
        """Return the number of the row and the column of the file in which a cell stands."""
        return self.places.get(column, (self.number, column))


class Fault(NamedTuple):
    """A cell or row that was not understood; the column is empty for the row as a whole."""

    row: int
    column: str
    text: str
    why: str


class Table(NamedTuple):
    """The rows of a table, its columns in order, and how it was read, in words."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    said: tuple[str, ...] = ()


def table(path: Path, key: str = "", form: Form = ANY, wanted: Collection[str] = ()) -> Table:
    """Return the rows of a file by its ending; `key` is that of the list in YAML or JSON.

    The header of a spreadsheet or a separated text is the row with the wanted names, or else the
    one that looks like it. Raises ChipcalcError for a file that cannot be read, for an ending that
    is not known, and for an option that does not go with it.
    """
    ending = path.suffix.casefold()
    if ending in GRIDS:
        return _grid(texts(path, form, wanted))
    if ending not in LISTS:
        raise error(f"'{path}' ends in no kind of table", f"write {', '.join((*GRIDS, *LISTS))}")
    if form.separator or form.sheet:
        raise error(f"'{path}' has no separator and no sheet", "leave the option out")
    text, encoding = _decoded(path, form.encoding)
    data: Any
    if ending == ".jsonl":
        data = [_json(line, path) for line in text.splitlines() if line.strip()]
        return _listed(data, "", encoding)
    data = _json(text, path) if ending == ".json" else yamlio.load(text, str(path)).data
    return _listed(data, key, encoding)


def _decoded(path: Path, encoding: str) -> tuple[str, str]:
    try:
        return decoded(bounded.content(path, bounded.TABLE), encoding)
    except OSError as fault:
        what = f"'{path}' cannot be read: {bounded.reason(fault)}"
        raise error(what, "give the path of a table") from None
    except ChipcalcError as fault:
        (problem,) = fault.problems
        raise error(f"'{path}' cannot be read: {problem.what}", problem.hint) from None


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_float=Held, parse_int=Held)
    except ValueError:
        raise error(f"'{path}' is no JSON", "mend the file") from None
    except RecursionError:
        raise error(f"'{path}' is nested too deeply", "write a list of objects") from None


def _grid(read: Texts) -> Table:
    columns = read.columns
    rows = [
        _row(number, columns, cells)
        for number, cells in enumerate(read.rows, 1)
        if number > read.header + 1 and any(each.strip() for each in cells)
    ]
    return Table(columns, tuple(rows), read.said)


def _row(number: int, columns: tuple[str, ...], cells: tuple[str, ...]) -> Row:
    found = dict(zip(columns, cells, strict=False))
    beyond = any(each.strip() for each in cells[len(columns) :])
    return Row(number, found, refused="more cells than the header has columns" if beyond else "")


def _listed(data: Any, key: str, encoding: str) -> Table:
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
    return Table(tuple(columns), tuple(rows), (encoding,))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Held(json.dumps(value))
    return "" if value is None else json.dumps(value, default=str)
