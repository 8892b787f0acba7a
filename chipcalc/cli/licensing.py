"""Commands about shipments: licences, and what limits leave room for."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from chipcalc.cli.base import app, complain, opened
from chipcalc.cli.circumstances import NOTHING, OfItem, OfShipment, with_circumstances
from chipcalc.cli.options import (
    All,
    AsOf,
    Changes,
    Circuits,
    DieArea,
    Explain,
    Rules,
    SomeChips,
    Specs,
    Throughput,
    To,
    Tpp,
    complete_budget,
    complete_group_or_country,
)
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.printing import show_report
from chipcalc.cli.progress import progress
from chipcalc.cli.recording import UNRECORDED, Recorder, with_record


@app.command()
@with_output
@with_record
@with_circumstances
def licence(
    chips: SomeChips = None,
    to: To = None,
    of_shipment: OfShipment = NOTHING,
    as_of: AsOf = "",
    explain: Explain = False,
    all_: All = False,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Chips in rows, destinations in columns.")
    ] = False,
    of_item: OfItem = NOTHING,
    throughput: Throughput = None,
    die_area: DieArea = "",
    tpp: Tpp = "",
    circuit: Circuits = None,
    set_: Changes = None,
    rules: Rules = None,
    record: Recorder = UNRECORDED,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Say whether a shipment needs a licence, what is open, and how an application is reviewed.

    Without --to, for all countries.

    Examples:
    chipcalc licence h20 --to CN
    chipcalc licence h100-sxm
    chipcalc licence h20 h100-sxm --to CN --to DE -f csv

    """
    from chipcalc.commands import check
    from chipcalc.commands import licence as licence_command

    db = opened(specs)
    wanted = check.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        tpp=tpp,
        circumstances={**of_shipment, **of_item},
        circuits=circuit or (),
    )
    day = db.rules(as_of, files=rules or ())
    answered = licence_command.shipments(db, day, wanted, to or (), progress)
    if answered.found and not answered.problems:
        files = [("--rules", each) for each in rules or ()]
        files += [("--specs", each) for each in specs or ()]
        report = licence_command.report(
            answered,
            day.rulebook,
            explain=explain,
            matrix=matrix,
            whole=all_,
            asked_by=licence_command.asked_by(wanted, to or (), day, matrix=matrix, files=files),
        )
        record.keep("licence", wanted, day, answered, to=to or ())
        show_report(report, output, answered.notices)
    complain(answered.problems)
    if answered.problems:
        raise typer.Exit(2)


@app.command()
@with_output
@with_circumstances
def budget(
    chips: SomeChips = None,
    tpp: Annotated[
        Optional[list[str]],
        typer.Option("--tpp", metavar="TPP", help="A limit on total processing performance."),
    ] = None,
    name: Annotated[
        Optional[list[str]],
        typer.Option(
            "--name",
            metavar="RULE",
            help="A limit that a rule sets, such as LPP; all periods without --as-of.",
            autocompletion=complete_budget,
        ),
    ] = None,
    as_of: AsOf = "",
    of_item: OfItem = NOTHING,
    throughput: Throughput = None,
    die_area: DieArea = "",
    set_: Changes = None,
    rules: Rules = None,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Say how many chips fit into a limit on what they add up to.

    Examples:
    chipcalc budget h100-sxm --tpp 26900000
    chipcalc budget h100-sxm h200-sxm
    chipcalc budget h20 --tpp 26900000 -f json

    """
    from chipcalc.commands import check
    from chipcalc.commands.budget import asked_limits, budgets

    db = opened(specs)
    wanted = check.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        circumstances=of_item,
    )
    day = db.rules(as_of, files=rules or ())
    limits = asked_limits(day, tpp or (), name or (), dated=bool(as_of))
    dated = bool(as_of) or not name
    report, notices, problems = budgets(db, day, wanted, limits, dated=dated)
    if report and not problems:
        show_report(report, output, notices)
    complain(problems)
    if problems:
        raise typer.Exit(2)


@app.command()
@with_output
def groups(
    name: Annotated[
        str,
        typer.Argument(
            help="A group such as D:5, or a country.", autocompletion=complete_group_or_country
        ),
    ] = "",
    as_of: AsOf = "",
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """List the groups of countries that rules name, the members of one, or those of a country.

    Examples:
    chipcalc groups
    chipcalc groups D:5
    chipcalc groups UAE --as-of 2026-07-10

    """
    from chipcalc.commands.groups import groups as report_of

    show_report(report_of(opened(specs), name, as_of), output)
