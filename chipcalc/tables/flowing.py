"""CSV and JSON piece by piece: a record, or what is told of a chip, as soon as it is known."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from chipcalc.contract.flow import Flow

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9.,]+(?:[eE][+-]?[0-9]+)?(?:/[0-9]+)?|-+")  # a fraction is exact


def csv_lines(columns: Sequence[str], records: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield the header, then each record, with the ends of their lines."""
    row = io.StringIO()
    writer = csv.DictWriter(row, columns)  # a text with either sign of its ends of lines is quoted
    writer.writeheader()
    yield taken(row)
    for each in records:
        writer.writerow({name: inert(value) for name, value in each.items()})
        yield taken(row)


def inert(value: str) -> str:
    """Return a field that no spreadsheet takes for a formula.

    Numbers stay as they are, and so does a sign alone, which means that nothing is there.
    """
    plain = len(value) <= 1 or not value.startswith(_FORMULA) or _NUMBER.fullmatch(value)
    return value if plain else f"'{value}"


def taken(row: io.StringIO) -> str:
    """Return the line that was written, and make room for the next one."""
    line = row.getvalue().removesuffix("\r\n") + "\n"
    row.seek(0)
    row.truncate()
    return line


def json_lines(flow: Flow) -> Iterator[str]:
    """Yield the text of `json_text` in pieces, one for each member of the list; an end of line."""
    lead = "{\n"
    for name, value in flow.before().items():
        yield f"{lead}  {json.dumps(name)}: {_text(value, 1)}"
        lead = ",\n"
    yield f"{lead}  {json.dumps(flow.name)}: ["
    lead, end = "\n", "]"
    for each in flow.each():
        yield f"{lead}    {_text(each, 2)}"
        lead, end = ",\n", "\n  ]"
    yield end
    for name, value in flow.after.items():
        yield f",\n  {json.dumps(name)}: {_text(value, 1)}"
    yield "\n}\n"


def json_text(data: object) -> str:
    """Return data as JSON, two spaces a level, with every sign as it is."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def _text(data: Any, level: int) -> str:
    """Return data as they stand so many levels in; a text has no end of line of its own."""
    return json_text(data).replace("\n", f"\n{'  ' * level}")


LINES: Mapping[str, Callable[[Flow], Iterator[str]]] = {
    "csv": lambda flow: csv_lines(flow.columns, flow.records()),
    "json": json_lines,
}
