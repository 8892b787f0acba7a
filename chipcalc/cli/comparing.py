"""Commands that compare, compute and look up chips and metrics."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import (
    All,
    Chips,
    Metrics,
    Rates,
    Specs,
    Supposing,
    When,
    complete_chip,
    complete_metric,
    complete_purpose,
)
from chipcalc.cli.output import SCREEN, Format, Output, with_output
from chipcalc.cli.pictures import ChartFile, deliver, picture_file
from chipcalc.cli.printing import show_flow, show_report, show_text, streams
from chipcalc.cli.progress import progress
from chipcalc.errors import each_of


@app.command()
@with_output
def compare(
    chips: Chips,
    base: Annotated[
        str,
        typer.Option(
            help="The chip that ratios refer to; else the first.", autocompletion=complete_chip
        ),
    ] = "",
    metric: Metrics = None,
    when: When = None,
    at: Annotated[
        str, typer.Option(metavar="QUANTITY", help="An arithmetic intensity, such as '2 op/B'.")
    ] = "",
    sort: Annotated[
        str,
        typer.Option(
            metavar="METRIC", help="Order the chips by a metric.", autocompletion=complete_metric
        ),
    ] = "",
    for_: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="PURPOSE",
            help="What it is for, such as training or decode.",
            autocompletion=complete_purpose,
        ),
    ] = "",
    set_: Supposing = None,
    rate: Rates = None,
    all_statements: Annotated[
        bool, typer.Option("--all-statements", help="A row for every statement, sparse rates too.")
    ] = False,
    percent: Annotated[
        bool,
        typer.Option(
            "--percent", help="Ratios in per cent; of two chips, the first of the second."
        ),
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the sources of the figures used.")
    ] = False,
    all_: All = False,
    notes: Annotated[bool, typer.Option("--notes", help="Every note, in full.")] = False,
    chart: ChartFile = "",
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Compare chips side by side, with ratios to the first one.

    Examples:
    chipcalc compare h20 h100
    chipcalc compare orin-x thor-x --when sparsity=dense
    chipcalc compare h20 h100 -o comparison.html

    """
    from chipcalc.commands.compare import Wanted, comparison
    from chipcalc.tables.compare import Look

    picture = picture_file(chart)
    wanted = Wanted(
        chips,
        base,
        metric or (),
        when or (),
        at,
        sort,
        all_statements,
        rate or (),
        for_,
        set_ or (),
        percent,
    )
    found = comparison(opened(specs), wanted)
    options = [word for folder in specs or () for word in ("--specs", str(folder))]
    look = Look(percent, sources, all_, notes, tuple(chips), tuple(options), found.understood)
    in_answer = found.understood if output.format not in (Format.json, Format.csv) else ()
    notices = [each for each in found.notices if each not in in_answer]
    show_report(found.comparison.shown(look), output, notices)
    if picture:
        deliver(found.comparison.chart(), picture)


@app.command()
@with_output
def calc(
    expression: Annotated[
        str, typer.Argument(help="For example 'h20.throughput[fp16] / h20.board_power'.")
    ],
    exact: Annotated[
        bool, typer.Option("--exact", help="The result as a fraction, not rounded.")
    ] = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Compute an expression over chips and quantities, units checked.

    Examples:
    chipcalc calc "8 h20 / h100"
    chipcalc calc "3.35 TB/s to GB/s"
    chipcalc calc "h20.tpp / h20.die_area"

    """
    from chipcalc.tables.calc import report

    db = opened(specs)
    found = db.calculations(expression)
    notices = [each for one in found for each in one.notices]
    show_report(report(found, db.store.vocabulary, exact=exact), output, [*dict.fromkeys(notices)])


@app.command()
@with_output
def show(chips: Chips, all_: All = False, specs: Specs = None, output: Output = SCREEN) -> None:
    """Show the spec sheet of a chip, with status and source of every value.

    Examples:
    chipcalc show h20
    chipcalc show "NVIDIA A100-SXM4-80GB" --all
    chipcalc show h20 -f json

    """
    from chipcalc.api.database import day
    from chipcalc.tables.sheet import together

    store = opened(specs).store
    choices = each_of(chips, store.choose)
    sheets = [sheet for choice in choices for sheet in choice.sheets]
    notices = [notice for choice in choices for notice in choice.notices]
    show_report(together(sheets, store, whole=all_, day=day(None)), output, notices)


@app.command("list")
@with_output
def list_chips(
    vendor: Annotated[
        Optional[list[str]], typer.Option(help="Only chips of these vendors.")
    ] = None,
    family: Annotated[
        Optional[list[str]], typer.Option(help="Only chips of these families.")
    ] = None,
    market: Annotated[
        Optional[list[str]],
        typer.Option(help="Only chips for these markets, such as automotive."),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            metavar="METRIC",
            help="Order by a metric, the best first.",
            autocompletion=complete_metric,
        ),
    ] = "",
    metric: Metrics = None,
    when: When = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="DAY", help="Classes under a day's rules; only what was out."
        ),
    ] = "",
    rate: Rates = None,
    all_: All = False,
    count: Annotated[bool, typer.Option("--count", help="Only the number of chips.")] = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """List the chips, filtered and sorted.

    Examples:
    chipcalc list --vendor huawei --sort tpp
    chipcalc list --market automotive
    chipcalc list -m tpp -m performance_density -f csv

    """
    from chipcalc.commands.catalogue import Listing, selected, shown

    wanted = Listing(
        vendor or (),
        family or (),
        market or (),
        sort,
        metric or (),
        when or (),
        as_of,
        rate or (),
        whole=all_,
    )
    db = opened(specs)
    if count:
        show_text(str(len(selected(db, wanted, progress).evaluators)), output)
    elif streams(output):
        show_flow(selected(db, wanted, progress).flow(progress), output)
    else:
        show_report(shown(db, wanted, progress), output)


@app.command()
@with_output
def metrics(
    name: Annotated[str, typer.Argument(help="One metric.", autocompletion=complete_metric)] = "",
    units: Annotated[
        bool, typer.Option("--units", help="The units that are understood, and their prefixes.")
    ] = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """List the metrics, or say how one is stated and computed.

    Examples:
    chipcalc metrics
    chipcalc metrics tpp
    chipcalc metrics throughput -f markdown

    """
    from chipcalc.tables import catalogue

    vocabulary = opened(specs).store.vocabulary
    if units:
        report = catalogue.units_understood(vocabulary)
    elif name:
        report = catalogue.metric(name, vocabulary)
    else:
        report = catalogue.metrics(vocabulary)
    show_report(report, output)
