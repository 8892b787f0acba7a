"""A report as a workbook: the screen's table, the same facts as data, and the notes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from wcwidth import wcswidth

from chipcalc.errors import error
from chipcalc.tables.documents import has_titles, titled
from chipcalc.tables.marks import jointed, whole
from chipcalc.tables.report import Bars, Cell, Grid, NumberLine, Report
from chipcalc.words.line import TextLine, plain

_LONGEST = 32_767  # characters that a cell of a workbook can hold
_EXACT = 15  # digits of a number that a workbook keeps
_LARGEST = 10**300  # no workbook keeps a number that is much larger
_NARROW, _WIDEST = 6, 60
_HEAD: Mapping[str, Any] = {"bold": True, "bottom": 1, "text_wrap": True}
_NUMBER = re.compile(
    r"(?P<mark>~?)(?P<sign>[+−-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<places>\.\d+)?"
    r"(?P<behind>[*ᵃ-ᵡʰ-ʸⁱⁿ]*)"
)
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")


class _Number(NamedTuple):
    """A number as a workbook holds it, and the format that shows its digits and marks."""

    amount: float
    format: str


class _Sheet:
    """A sheet that is being written: rows of texts and numbers, and how wide each column is."""

    def __init__(self, book: Any, name: str) -> None:
        self._book = book
        self._sheet = book.add_worksheet(name)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._widths: dict[int, int] = {}
        self._row = 0

    def add(
        self, found: Sequence[str | float | _Number], sides: Sequence[str] = (), **looks: Any
    ) -> None:
        """Write a row; texts are never taken for formulas or addresses."""
        for column, each in enumerate(found):
            aligned = {"align": sides[column]} if column < len(sides) else {}
            self._put(column, each, {**aligned, **looks})
        self._row += 1

    def skip(self) -> None:
        """Leave a row free, unless it would be the first."""
        self._row += bool(self._row)

    def freeze(self) -> None:
        """Keep in sight what is written so far."""
        self._sheet.freeze_panes(self._row, 0)

    def filter(self, columns: int) -> None:
        """Let the rows be filtered by the values of each column."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), max(columns - 1, 0))

    def finish(self) -> None:
        """Set the width of each column by its longest line."""
        for column, width in self._widths.items():
            self._sheet.set_column(column, column, min(max(width + 2, _NARROW), _WIDEST))

    def title(self, text: str, *, bold: bool) -> None:
        """Write a line of its own, which widens no column."""
        self._sheet.write_string(self._row, 0, text[:_LONGEST], self._format({"bold": bold}))
        self._row += 1

    def _put(self, column: int, found: str | float | _Number, looks: Mapping[str, Any]) -> None:
        if found == "" and not looks:
            return
        if isinstance(found, str):
            width = max(0, *map(wcswidth, found.split("\n")))
            wraps = {"text_wrap": True} if width > _WIDEST or "\n" in found else {}
            indent = len(found) - len(found.lstrip(" "))
            look = self._format({**looks, **wraps, **({"indent": indent // 2} if indent else {})})
            self._sheet.write_string(self._row, column, found.strip(" ")[:_LONGEST], look)
            self._widen(column, width)
            return
        number = found if isinstance(found, _Number) else _Number(found, "General")
        look = self._format({**looks, "num_format": number.format})
        self._sheet.write_number(self._row, column, number.amount, look)
        self._widen(column, len(f"{number.amount:,}") + 2)

    def _widen(self, column: int, width: int) -> None:
        self._widths[column] = max(width, self._widths.get(column, 0))

    def _format(self, looks: Mapping[str, Any]) -> Any:
        key = tuple(sorted({"valign": "top", **looks}.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(key))
        return self._formats[key]


def workbook(report: Report) -> bytes:
    """Return a report as the content of an .xlsx file.

    Raises ChipcalcError when the writer is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        what = "workbooks need a package that is not installed"
        raise error(what, 'pip install "chipcalc[xlsx]"') from None
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": _title(report), "comments": "written by chipcalc"})
        _answer(_Sheet(book, "answer"), report)
        _data(_Sheet(book, "data"), report)
        _notes(_Sheet(book, "notes"), report)
    return content.getvalue()


def _title(report: Report) -> str:
    return report.title[0].text if report.title else report.caption


def _answer(sheet: _Sheet, report: Report) -> None:
    """Write the title, and what stands in tables and drawings; a first table's head stays."""
    head = _title(report)
    for number, line in enumerate([*([head] if head else []), *map(_line, report.title[1:])]):
        sheet.title(line, bold=not number)
    frozen = False
    for part in report.parts:
        if isinstance(part, Grid):
            _grid(sheet, part, freeze=not frozen)
            frozen = True
        elif isinstance(part, Bars):
            sheet.skip()
            for bar in part.bars:
                sheet.add([bar.label, bar.number])
        elif isinstance(part, NumberLine):
            sheet.skip()
            for stretch in part.stretches:
                sheet.title(plain(stretch.says or stretch.label), bold=False)
    sheet.finish()


def _grid(sheet: _Sheet, part: Grid, *, freeze: bool) -> None:
    if not freeze:
        sheet.skip()
    if part.caption:
        sheet.title(plain(part.caption), bold=True)
    sides = ["left" if each.align == "left" else "right" for each in part.columns]
    if has_titles(part):
        sheet.add([plain(each.title) for each in titled(part).columns], sides, **_HEAD)
    if freeze:
        sheet.freeze()
    for row in part.rows:
        looks = {"bold": True} if row.heading else {}
        cells = zip(row.cells, sides, strict=False)
        sheet.add([_shown(each, figure=side == "right") for each, side in cells], sides, **looks)


def _shown(found: Cell, *, figure: bool) -> str | _Number:
    """Return a cell as a number with its marks in its format, or as text, its parts in lines."""
    parts = jointed(found)
    if figure and len(parts) == 1 and (number := _read(parts[0])):
        return number
    return "  " * found.level + "\n".join(plain(each) for each in parts)


def _read(text: str) -> _Number | None:
    """Return a number with its marks; bounds, ranges and what is cut are none."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    digits, places = found["digits"], found["places"] or ""
    amount = Decimal(digits.replace(",", "") + places)
    if len(amount.as_tuple().digits) > _EXACT:
        return None
    before, behind = found["mark"] + found["sign"], found["behind"]
    shown = ("#,##0" if "," in digits else "0") + places[:1] + "0" * len(places[1:])
    quoted = (f'"{each}"' if each else "" for each in (before, behind))
    amount = amount if found["sign"] in ("", "+") else -amount
    return _Number(float(amount), _signed(shown.join(quoted), found["sign"]))


def _signed(shown: str, sign: str) -> str:
    """Return a format that shows the sign that is in it once, for numbers below zero as well."""
    return f"{shown};{shown}" if sign in ("−", "-") else shown


def _data(sheet: _Sheet, report: Report) -> None:
    """Write the flat records; numbers are numbers, but for years in a column of days."""
    records = report.records()
    fields = list(dict.fromkeys(name for record in records for name in record))
    numbers = {name for name in fields if not any(_is_day(each.get(name)) for each in records)}
    sheet.add(fields, **_HEAD)
    sheet.freeze()
    for record in records:
        sheet.add([_value(record.get(name), number=name in numbers) for name in fields])
    if fields:
        sheet.filter(len(fields))
    sheet.finish()


def _is_day(found: Any) -> bool:
    return isinstance(found, str) and bool(_DAY.fullmatch(found))


def _value(found: Any, *, number: bool) -> str | float:
    """Return a value as a number, to the digits that a workbook keeps, or as text."""
    if isinstance(found, int | float) and not isinstance(found, bool):
        return found if abs(found) < _LARGEST else str(found)
    text = "" if found is None else str(found)
    return float(text) if number and _DECIMAL.fullmatch(text) else text


def _notes(sheet: _Sheet, report: Report) -> None:
    """Write every line of the notes, and the commands that tell more, below one another."""
    for block in report.notes:
        for line in block:
            sheet.add([_line(line)])
    sheet.finish()


def _line(line: TextLine) -> str:
    return "  " * line.level + plain(whole(line))
