"""Spreadsheets and separated texts as people have them: rows of texts, and how they were read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from chipcalc import bounded
from chipcalc.errors import ChipcalcError, error
from chipcalc.intake.encodings import decoded
from chipcalc.intake.headers import columns, header_row
from chipcalc.intake.separated import SEPARATORS, Cells, separated
from chipcalc.intake.workbook import ENDINGS, sheet

SEPARATED = {".csv": "", ".tsv": "\t", ".tab": "\t", ".txt": ""}
GRIDS = (*SEPARATED, *ENDINGS)


class Form(NamedTuple):
    """How a file is read, each part empty where it is to be found, or does not apply."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""


ANY = Form()


class Texts(NamedTuple):
    """All rows of a file, titles and blanks among them, and which one is the header.

    The form says how it was read; `others` are sheets that were not.
    """

    rows: tuple[Cells, ...]
    header: int
    form: Form
    others: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        return columns(self.rows[self.header]) if self.rows else ()

    @property
    def said(self) -> tuple[str, ...]:
        """How it was read, in words: ``semicolon``, ``utf-16``, ``sheet BOM``."""
        form = self.form
        found = [f"{SEPARATORS.get(form.separator, form.separator)}-separated"] * bool(
            form.separator
        )
        found += [form.encoding] * bool(form.encoding)
        if form.sheet:
            left = f" (not read: {', '.join(self.others)})" if self.others else ""
            found.append(f"sheet {form.sheet}{left}")
        return (*found, f"header in row {self.header + 1}")


def texts(path: Path, form: Form = ANY, wanted: Collection[str] = ()) -> Texts:
    """Return the rows of a workbook or a separated text, its header that with the wanted names.

    What the form does not say is found. Raises ChipcalcError, which names the file, for what
    cannot be read.
    """
    try:
        data = bounded.content(path, bounded.TABLE)
    except OSError as fault:
        what = f"'{path}' cannot be read: {bounded.reason(fault)}"
        raise error(what, "give the path of a table") from None
    try:
        return _texts(data, path.suffix.casefold(), form, wanted)
    except ChipcalcError as fault:
        about = f"'{path}' cannot be read"
        named = (each._replace(what=f"{about}: {each.what}") for each in fault.problems)
        raise ChipcalcError(*named) from None


def _texts(data: bytes, ending: str, form: Form, wanted: Collection[str]) -> Texts:
    if ending in ENDINGS:
        if form.encoding or form.separator:
            raise error("a workbook has no encoding and no separator", "leave the option out")
        found = sheet(data, form.sheet)
        at = header_row(found.rows, wanted)
        return Texts(found.rows, at, Form(sheet=found.name), found.others)
    if form.sheet:
        raise error("it is no workbook, and has no sheet", "leave --sheet out")
    text = decoded(data, form.encoding)
    rows = separated(text.text, form.separator or SEPARATED.get(ending, ""))
    read = Form(text.encoding, rows.separator)
    return Texts(rows.rows, header_row(rows.rows, wanted), read)
