"""Parquet to screen as a user asks for it: a file or a folder, read and written in a stream."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from chipcalc.api.database import Database
from chipcalc.commands.screening import Wanted
from chipcalc.errors import error
from chipcalc.screening.meaning import settings
from chipcalc.screening.table import OWN, saved
from chipcalc.tables.report import Bar, Bars, Report
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.line import Phrase, TextLine, block, phrased

if TYPE_CHECKING:
    import polars as pl

PARQUET = ".parquet"
_FEW = 100_000  # rows of which the open ones are settled unless that is not wanted


class Counted(NamedTuple):
    """How many rows of Parquet have which verdict, and how many are at fault."""

    source: str
    day: str
    counts: Mapping[str, int]
    faulty: int
    settled: bool


def is_parquet(path: Path) -> bool:
    """Whether a path is a file of Parquet, or a folder that holds some."""
    return path.suffix.casefold() == PARQUET or path.is_dir()


def screen(db: Database, wanted: Wanted, out: Path | None, master: str = "") -> Counted:
    """Return how Parquet comes out, each row of it written to a file, if one is given.

    Where the master of a Spark is named it does the work, and the rows are a folder.

    The file is written beside its place and then put there. Raises ChipcalcError for what cannot
    be read, and for what is asked of rows that only tables of text have.
    """
    for option, asked in (("--row", wanted.row), ("--strict", wanted.strict)):
        if asked:
            hint = "screen a table of text, or leave it out"
            raise error(f"{option} is not asked of Parquet", hint)
    if wanted.to and wanted.settle is False:
        raise error("whether a licence is required is settled by cells", "leave out --no-settle")
    rules = db.rules(wanted.as_of, only=wanted.rule, files=wanted.rules)
    said = {**saved(wanted.mapping), **settings(wanted.columns)}
    if master:
        from chipcalc.commands import spark

        counted: Sequence[tuple[str, int, int]]
        settle = bool(wanted.settle or wanted.to)
        found_at = spark.Asked(str(wanted.path), said, settle=settle, to=wanted.to)
        counted = spark.screened(rules, found_at, out, master)
    else:
        found = _scanned(wanted.path)
        settle = _rows(found) <= _FEW if wanted.settle is None else wanted.settle
        settle = settle or bool(wanted.to)
        counted = _streamed(rules.screen(found, said, settle=settle, to=wanted.to), out)
    counts = {str(verdict): number for verdict, number, _ in counted}
    faulty = sum(number for _, _, number in counted)
    return Counted(wanted.path.name, rules.as_of.isoformat(), counts, faulty, settle)


def _rows(found: pl.LazyFrame) -> int:
    import polars as pl

    return int(found.select(pl.len()).collect().item())


def _streamed(found: pl.LazyFrame, out: Path | None) -> Sequence[tuple[str, int, int]]:
    if out is None:
        return _counted(found)
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        found.sink_parquet(beside)
        counted = _counted(_scanned(beside))
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return counted


def _scanned(path: Path) -> pl.LazyFrame:
    try:
        import polars as pl
    except ModuleNotFoundError:
        what = "reading Parquet needs a package that is not installed"
        raise error(what, "pip install 'chipcalc[tables]'") from None
    files = sorted(path.rglob(f"*{PARQUET}")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise error(f"'{path}' is no file or folder of Parquet", "give the path of one")
    try:
        found = pl.scan_parquet(files)
        found.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise error(f"'{path}' cannot be read: {str(fault).splitlines()[0]}", "mend it") from None
    return found


def _counted(found: pl.LazyFrame) -> Sequence[tuple[str, int, int]]:
    """Return each verdict with how many rows have it, and how many of those are at fault."""
    import polars as pl

    verdict, fault = f"{OWN}verdict", f"{OWN}fault"
    counts = found.group_by(verdict).agg(pl.len(), pl.col(fault).sum().alias("faulty"))
    return counts.sort(verdict).collect(engine="streaming").rows()


def _untold() -> NoReturn:
    raise error("how Parquet came out is printed as text alone", "write its rows: -o FILE.parquet")


def report(counted: Counted) -> Report:
    """Return how Parquet came out, to be printed."""
    total = sum(counted.counts.values())
    said = ", ".join(f"{number:,} {name}" for name, number in counted.counts.items())
    title = f"{counted.source}, {counted.day}: {total:,} rows{f', {said}' if said else ''}"
    lines: list[str | TextLine] = []
    if counted.faulty:
        lines.append(f"{counted.faulty:,} rows have an amount or a word that cannot be")
    if not counted.settled:
        lines.append("What is not settled may be settled by a check of the row: --settle")
    lines.append(TextLine(NO_ADVICE, role="faint"))
    bars = Bars(tuple(Bar(name, number) for name, number in counted.counts.items()))
    return Report(
        _untold,
        _untold,
        (phrased(Phrase(title, "title")),),
        (bars, block(*lines)),
    )
