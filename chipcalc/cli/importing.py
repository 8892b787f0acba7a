"""The command that takes over tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chipcalc.cli.base import app, asked_again
from chipcalc.cli.options import All, Decimal, Encoding, Separator, Specs, WorkbookSheet
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.printing import show_report
from chipcalc.cli.progress import progress


@app.command(name="import")
@with_output
def import_(
    path: Annotated[
        Path, typer.Argument(metavar="TABLE", help="A .csv, .tsv, .xlsx, .yaml or .json file.")
    ],
    mapping: Annotated[
        str, typer.Option("--mapping", metavar="NAME|FILE", help="What its columns mean.")
    ] = "",
    prefix: Annotated[
        str, typer.Option("--prefix", metavar="NAME", help="How the ids of the sheets begin.")
    ] = "",
    encoding: Encoding = "",
    separator: Separator = "",
    decimal: Decimal = "",
    sheet: WorkbookSheet = "",
    specs: Specs = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what is understood, and write nothing.")
    ] = False,
    all_: All = False,
    output: Output = SCREEN,
) -> None:
    """Take over a table as unverified spec sheets of your own, one file for each product.

    They go into the folder of --specs, which is made if need be. A file that is there is left as
    it is. A known table is recognised by its columns; encoding, separator and header are found
    and said. Workbooks need pip install 'chipcalc[tables]'.

    Examples:
    chipcalc import ml_hardware.csv --specs my-specs
    chipcalc import ml_hardware.csv --dry-run
    chipcalc import parts.xlsx --mapping our-list.yaml --specs my-specs

    """
    from chipcalc.commands.importing import Wanted, imported, report

    wanted = Wanted(path, mapping, encoding, separator, sheet, decimal, prefix, dry_run)
    found = imported(wanted, specs or (), progress)
    show_report(report(found, specs or (), asked_again(), whole=all_), output)
