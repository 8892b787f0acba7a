"""The rows of a sheet of a workbook (.xlsx, .xls, .ods) as texts; its numbers stay numbers."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, NamedTuple

from chipcalc.errors import error, unknown
from chipcalc.intake.decimals import Held
from chipcalc.intake.separated import Cells

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


class Sheet(NamedTuple):
    """The rows of one sheet, from the first of the file on, its name, and those of the others."""

    rows: tuple[Cells, ...]
    name: str
    others: tuple[str, ...]


def sheet(data: bytes, name: str = "") -> Sheet:
    """Return the rows of a sheet by its name, or else of the first that is not hidden.

    A formula is what it came to when the file was saved. Raises ChipcalcError for what is no
    workbook, for one with a password, for a sheet that it has not, and without the reader.
    """
    book = _opened(data)
    with book:
        visible = [e.name for e in book.sheets_metadata if str(e.visible).endswith(".Visible")]
        names = visible or book.sheet_names
        if not names:
            raise error("it has no sheet", "save the table as CSV in UTF-8")
        chosen = name or names[0]
        if chosen not in book.sheet_names:
            known = book.sheet_names
            listed = f"it has {', '.join(known)}"
            raise unknown(f"no sheet '{name}'", name, known, ("sheets", "its sheets"), listed)
        found = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    rows = tuple(tuple(map(_text, each)) for each in found)
    return Sheet(rows, chosen, tuple(each for each in names if each != chosen))


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        import python_calamine as reader
    except ModuleNotFoundError:
        what = "reading workbooks needs a package that is not installed"
        raise error(what, "pip install 'chipcalc[tables]'") from None
    try:
        return reader.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except reader.PasswordError:
        raise error("the workbook has a password", "save it without one") from None
    except reader.CalamineError:
        raise error("it is no workbook", "save the table as .xlsx, or as CSV in UTF-8") from None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return Held(int(value) if whole else repr(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
