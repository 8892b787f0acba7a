"""A table to screen as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.errors import error
from chipcalc.intake.texts import Form
from chipcalc.places import countries
from chipcalc.screening.judge import Judge
from chipcalc.screening.meaning import Meaning, settings
from chipcalc.screening.table import (
    STANDARD_INPUT,
    Progress,
    ScreenedTable,
    columns_of,
    grid,
    known_table,
    reader,
    saved,
    screened,
)
from chipcalc.screening.words import column_words
from chipcalc.tables import screening as shown
from chipcalc.tables.report import Report

_SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}
_MARKS = ("point", "comma")
TABLES = (".csv", ".tsv", ".xlsx", ".jsonl")


class Wanted(NamedTuple):
    """A table to screen in the words of a user; what is empty is found, or is not asked for.

    Whether to `settle` open rows is asked of Parquet; else those of a table that is not large are.
    """

    path: Path
    as_of: str = ""
    to: str = ""
    columns: Sequence[str] = ()
    mapping: str = ""
    row: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    decimal: str = ""
    rules: Sequence[Path] = ()
    rule: Sequence[str] = ()
    strict: bool = False
    settle: bool | None = None


def screen(db: Database, wanted: Wanted, progress: Progress = iter) -> ScreenedTable:
    """Return a table with how each row comes out; raises ChipcalcError for what cannot be read."""
    store = db.store
    words = column_words(store.folders)
    if wanted.decimal not in ("", *_MARKS):
        raise error(f"no decimal mark '{wanted.decimal}'", f"write {' or '.join(_MARKS)}")
    said = {**saved(wanted.mapping), **settings(wanted.columns)}
    path = STANDARD_INPUT if str(wanted.path) == "-" else wanted.path
    separator = _SEPARATORS.get(wanted.separator.casefold(), wanted.separator)
    if len(separator) > 1:
        raise error(f"'{wanted.separator}' is no separator", "write --separator ';' or tab")
    form = Form(wanted.encoding, separator, wanted.sheet)
    found = grid(path, form, tuple(settings(wanted.columns)))
    named = "" if said and not settings(wanted.columns) else wanted.mapping
    known = known_table(named, found.names, store.folders, store.vocabulary)
    columns = columns_of(found.names, said, known, words, store.vocabulary)
    by = reader(found, columns, words, store.vocabulary, wanted.decimal, wanted.row)
    rules = db.rules(wanted.as_of, only=wanted.rule, files=wanted.rules)
    judge = Judge(
        store,
        rules.as_of,
        cache(lambda each: _rules_of(db, wanted, each).of_items),
        cache(lambda each: _rules_of(db, wanted, each).of_shipments),
        countries.code(wanted.to) if wanted.to else "",
    )
    source = "standard input" if path == STANDARD_INPUT else wanted.path.name
    return screened(
        source,
        found,
        by,
        judge,
        rules.rulebook,
        strict=wanted.strict,
        known_as=known.id if known else "",
        progress=progress,
    )


def _rules_of(db: Database, wanted: Wanted, on: datetime.date) -> Rules:
    return db.rules(on.isoformat(), only=wanted.rule, files=wanted.rules)


def report(
    table: ScreenedTable, asked: Sequence[str], *, listed: bool, whole: bool = False
) -> Report:
    """Return how a table came out, to be printed; `asked` is the command that asked."""
    return shown.report(table, asked, listed=listed, whole=whole)


def content(table: ScreenedTable, ending: str, *, mark: bool = False) -> bytes:
    """Return every row of a table as the content of a file with an ending; `mark` is for CSV."""
    from chipcalc.tables import verdicts

    if ending == ".xlsx":
        return verdicts.workbook(table)
    if ending == ".jsonl":
        return verdicts.lines(table)
    return verdicts.separated(table, "\t" if ending == ".tsv" else ",", mark=mark)


def mapping_text(table: ScreenedTable) -> str:
    """Return what the columns of a table say as a file for --mapping."""
    import json

    lines = ["# What the columns of a table say; for chipcalc screen --mapping.", "columns:"]
    quoted = partial(json.dumps, ensure_ascii=False)
    read = table.columns.read.values()
    lines += [f"  {quoted(each.column)}: {quoted(_said(each))}" for each in read]
    return "\n".join([*lines, ""])


def _said(meaning: Meaning) -> str:
    if not meaning.is_figure:
        return meaning.about if meaning.is_circumstance else meaning.role
    under = ",".join(f"{name}={value}" for name, value in meaning.when)
    key = f"{meaning.about}[{under}]" if under else meaning.about
    return f"{key} {meaning.unit.text}" if meaning.unit else key


def exit_code(table: ScreenedTable) -> int:
    """Return 1 where a row has a cell that was not understood, else 0."""
    return 1 if table.faulty else 0
