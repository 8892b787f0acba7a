"""The command that screens whole tables."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from chipcalc.cli import output as outputs
from chipcalc.cli.base import app, asked_again, opened
from chipcalc.cli.options import (
    All,
    AsOf,
    Decimal,
    Encoding,
    Only,
    Rules,
    Separator,
    Specs,
    WorkbookSheet,
    complete_country,
)
from chipcalc.cli.output import Colour, Output
from chipcalc.cli.printing import remark, show_report, write
from chipcalc.cli.progress import progress
from chipcalc.errors import error

if TYPE_CHECKING:
    from chipcalc.api.database import Database
    from chipcalc.commands.screening import Wanted


class Format(StrEnum):
    """What a screened table can be printed as."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    xlsx = "xlsx"
    jsonl = "jsonl"
    markdown = "markdown"
    html = "html"


class Engine(StrEnum):
    """What screens Parquet."""

    polars = "polars"
    spark = "spark"


_ROWS = (Format.csv, Format.tsv, Format.xlsx, Format.jsonl)


@app.command()
def screen(
    context: typer.Context,
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE",
            help="A .csv, .xlsx or .parquet file, or a folder of the last; - is CSV.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write every row with its verdict: .xlsx, .csv, .tsv, .jsonl or .parquet.",
        ),
    ] = "",
    as_of: AsOf = "",
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="COUNTRY",
            help="Say of each row whether it needs a licence there.",
            autocompletion=complete_country,
        ),
    ] = "",
    column: Annotated[
        Optional[list[str]],
        typer.Option(
            "--column",
            metavar="COLUMN=MEANING",
            help="What a column says: 'INT8 (TOPS)=throughput[int8]', 'Part=name', 'X=ignore'.",
        ),
    ] = None,
    mapping: Annotated[
        str, typer.Option("--mapping", metavar="NAME|FILE", help="What the columns say, kept.")
    ] = "",
    save_mapping: Annotated[
        str, typer.Option("--save-mapping", metavar="FILE", help="Keep what the columns say.")
    ] = "",
    row: Annotated[
        str,
        typer.Option("--row", metavar="KIND", help="What a row is: die, circuit, board, system."),
    ] = "",
    sheet: WorkbookSheet = "",
    encoding: Encoding = "",
    separator: Separator = "",
    decimal: Decimal = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first cell that is not understood.")
    ] = False,
    settle: Annotated[
        Optional[bool],
        typer.Option(
            "--settle/--no-settle",
            help="Check open rows of Parquet exactly, once for all alike; of 100,000 rows it is.",
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a mark, for old spreadsheets.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What screens Parquet: this machine, or Spark.")
    ] = Engine.polars,
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Of Spark; else local[*].")
    ] = "",
    rules: Rules = None,
    rule: Only = None,
    all_: All = False,
    format: Annotated[  # noqa: A002
        Optional[Format], typer.Option("--format", "-f", help="How to print the rows.")
    ] = None,
    color: Annotated[
        Colour, typer.Option("--color", help="When to print in colour.")
    ] = Colour.auto,
    wide: Annotated[
        bool, typer.Option("--wide", help="Never split or wrap, for scrolling sideways.")
    ] = False,
    specs: Specs = None,
) -> None:
    """Give every row of a table of parts its verdict, and say of each why it has it or none.

    Columns are known by their names in several languages, or by --column; what was understood is
    shown. Names are looked up in the spec sheets, which tell what a row leaves out. Exit status 1
    when a cell was not understood. Workbooks need pip install 'chipcalc[tables]'.

    Examples:
    chipcalc screen parts.xlsx -o verdicts.xlsx
    chipcalc screen parts.csv --as-of 2026-07-31
    chipcalc screen parts.csv -f json

    """
    from chipcalc.commands import frames as of_parquet
    from chipcalc.commands import screening as request

    to_file = _file(out, format)
    wanted = request.Wanted(
        table, as_of, to, column or (), mapping, row, encoding, separator, sheet, decimal,
        rules or (), rule or (), strict, settle,
    )  # fmt: skip
    if of_parquet.is_parquet(table):
        shown = _shown(context, "", format, color, wide=wide)
        _parquet(opened(specs), wanted, to_file, shown, _master(engine, master))
        return
    _refuse_of_parquet(engine, settle)
    if to_file and to_file.suffix.casefold() == of_parquet.PARQUET:
        raise error(
            "only Parquet is screened into Parquet", "end the file in .xlsx, .csv or .jsonl"
        )
    found = request.screen(opened(specs), wanted, progress)
    if to_file and to_file.suffix.casefold() in request.TABLES:
        ending = to_file.suffix.casefold()
        write(to_file, request.content(found, ending, mark=bom))
    elif format in _ROWS:
        sys.stdout.flush()
        sys.stdout.buffer.write(request.content(found, f".{format}", mark=bom))
        sys.stdout.buffer.flush()
        raise typer.Exit(request.exit_code(found))
    if save_mapping:
        path = outputs.file(save_mapping)
        if path is None:
            raise error("a mapping is kept in a file", "write --save-mapping parts.map.yaml")
        write(path, request.mapping_text(found).encode())
    written = to_file is not None and to_file.suffix.casefold() in request.TABLES
    report = request.report(
        found, asked_again(found.day.isoformat()), listed=not written, whole=all_
    )
    show_report(report, _shown(context, "" if written else out, format, color, wide=wide))
    raise typer.Exit(request.exit_code(found))


def _refuse_of_parquet(engine: Engine, settle: bool | None) -> None:
    """Raise ChipcalcError for what is asked of a table of text, and is of Parquet alone."""
    if settle is not None:
        raise error("--settle is asked of Parquet", "rows of other tables are checked one by one")
    if engine is Engine.spark:
        what = "Spark screens Parquet alone"
        raise error(what, "write the table as Parquet, or leave --engine out")


def _master(engine: Engine, master: str) -> str:
    """Return the master of Spark, where that is to do the work; nothing else."""
    if master and engine is not Engine.spark:
        raise error("--master belongs to Spark", "add --engine spark")
    return (master or "local[*]") if engine is Engine.spark else ""


def _parquet(db: Database, wanted: Wanted, out: Path | None, shown: Output, master: str) -> None:
    """Screen Parquet into a file of the same kind, if one is named, and print how it came out."""
    from chipcalc.commands import frames

    if out and out.suffix.casefold() != frames.PARQUET:
        raise error("Parquet is screened into Parquet", f"write -o {out.stem}.parquet")
    counted = frames.screen(db, wanted, out, master)
    if out:
        remark(f"wrote {out}")
    show_report(frames.report(counted), shown)
    raise typer.Exit(1 if counted.faulty else 0)


def _file(out: str, said: Format | None) -> Path | None:
    """Return the file to write; raise ChipcalcError where format and ending do not fit."""
    path = outputs.file(out)
    if path and said in _ROWS and path.suffix.casefold() != f".{said}":
        raise error(f"--format {said} and '{out}' do not fit together", f"end the file in .{said}")
    return path


def _shown(
    context: typer.Context, out: str, said: Format | None, color: Colour, *, wide: bool
) -> Output:
    known = said if said not in _ROWS else None
    chosen = outputs.Format(known.value) if known else None
    return outputs.output(chosen, out, color, wide=wide, pager=outputs.has_pager(context))
