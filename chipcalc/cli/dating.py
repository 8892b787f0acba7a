"""Commands that follow the law through its days."""

from __future__ import annotations

from typing import Annotated

import typer

from chipcalc.cli.base import app, asked_again, complain, opened
from chipcalc.cli.circumstances import NOTHING, OfItem, OfShipment, with_circumstances
from chipcalc.cli.options import (
    All,
    Changes,
    DieArea,
    Only,
    Regime,
    Rules,
    SomeChips,
    Specs,
    Throughput,
    To,
    Tpp,
)
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.pictures import ChartFile, deliver, picture_file
from chipcalc.cli.printing import show_report
from chipcalc.cli.progress import progress
from chipcalc.errors import error


@app.command()
@with_output
@with_circumstances
def timeline(
    chips: SomeChips = None,
    to: To = None,
    of_shipment: OfShipment = NOTHING,
    throughput: Throughput = None,
    die_area: DieArea = "",
    tpp: Tpp = "",
    of_item: OfItem = NOTHING,
    set_: Changes = None,
    rules: Rules = None,
    rule: Only = None,
    regime: Regime = "",
    all_: All = False,
    chart: ChartFile = "",
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Show chips through the versions of the rules: what changed on which day.

    With --to, their licences for a destination.

    Examples:
    chipcalc timeline h20
    chipcalc timeline a800-sxm h20 h100-sxm
    chipcalc timeline h20 --to CN

    """
    from chipcalc.commands import check as request

    db = opened(specs)
    picture = picture_file(chart)
    request.need_destination(to, of_shipment)
    wanted = request.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        tpp=tpp,
        circumstances={**of_shipment, **of_item},
        regime=request.one_regime(regime, to),
    )
    if picture and to:
        raise error("the picture is of classifications", "leave out --to, or --chart")
    report, notices, problems = request.timeline(
        db,
        wanted,
        rules or (),
        rule or (),
        asked_again(),
        to=to or (),
        whole=all_,
        progress=progress,
    )
    if report and not problems:
        show_report(report, output, notices)
    if report and picture:
        from chipcalc.commands import chart as pictures

        drawn = pictures.of_timeline(db, wanted, rules or (), rule or (), progress)
        deliver(drawn, picture)
    complain(problems)
    if problems:
        raise typer.Exit(2)


@app.command()
@with_output
@with_circumstances
def diff(
    chips: SomeChips = None,
    between: Annotated[
        tuple[str, str],
        typer.Option("--between", metavar="DAY DAY", help="The two days, the earlier one first."),
    ] = ("", ""),
    to: To = None,
    of_shipment: OfShipment = NOTHING,
    of_item: OfItem = NOTHING,
    throughput: Throughput = None,
    die_area: DieArea = "",
    tpp: Tpp = "",
    set_: Changes = None,
    rules: Rules = None,
    rule: Only = None,
    regime: Regime = "",
    all_: All = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Say what changed for chips between two days, and which amendment did it.

    Examples:
    chipcalc diff l40 --between 2023-11-16 2023-11-17
    chipcalc diff l40 --between 2023-11-16 2023-11-17 --to CN
    chipcalc diff h800-sxm --between 2026-02-13 2026-02-14 --regime jp

    """
    from chipcalc.commands import check as request

    db = opened(specs)
    request.need_destination(to, of_shipment)
    wanted = request.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        tpp=tpp,
        circumstances={**of_shipment, **of_item},
        regime=request.one_regime(regime, to),
    )
    report, notices, problems = request.diff(
        db,
        wanted,
        request.two_days(between),
        rules or (),
        rule or (),
        asked_again(),
        to=request.one_place(to),
        whole=all_,
    )
    if report and not problems:
        show_report(report, output, notices)
    complain(problems)
    if problems:
        raise typer.Exit(2)
