"""Commands that check chips against rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from chipcalc.cli.base import (
    app,
    asked_again,
    complain,
    complain_unsettled,
    opened,
)
from chipcalc.cli.circumstances import NOTHING, OfItem, with_circumstances
from chipcalc.cli.options import (
    All,
    AsOf,
    Changes,
    Circuits,
    DieArea,
    Explain,
    Notes,
    Only,
    Regime,
    Rules,
    SomeChips,
    Specs,
    Throughput,
    Tpp,
    complete_rule,
)
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.pictures import ChartFile, deliver, picture_file
from chipcalc.cli.printing import show_flow, show_report, streams
from chipcalc.cli.progress import progress
from chipcalc.cli.recording import UNRECORDED, Recorder, with_record

if TYPE_CHECKING:
    from chipcalc.api.database import Database
    from chipcalc.api.rules import Rules as RulesOfDay
    from chipcalc.commands.check import Asked
    from chipcalc.commands.tally import Tally
    from chipcalc.errors import Problem


@app.command()
@with_output
@with_record
@with_circumstances
def check(
    chips: SomeChips = None,
    as_of: AsOf = "",
    explain: Explain = False,
    all_: All = False,
    notes: Notes = False,
    why_not: Annotated[
        str, typer.Option("--why-not", metavar="PARAGRAPH", help="What kept a chip out of it.")
    ] = "",
    throughput: Throughput = None,
    die_area: DieArea = "",
    tpp: Tpp = "",
    circuit: Circuits = None,
    of_item: OfItem = NOTHING,
    set_: Changes = None,
    rules: Rules = None,
    rule: Only = None,
    regime: Regime = "",
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code", help="Exit status 1 when a control is met, 3 when one may be, else 0."
        ),
    ] = False,
    record: Recorder = UNRECORDED,
    chart: ChartFile = "",
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Check chips, or a spec without a file, against export thresholds.

    Examples:
    chipcalc check h20
    chipcalc check h20 --as-of 2023-11-17 --explain
    chipcalc check --throughput int8=296TOPS --die-area 814mm2 --market datacenter

    """
    from chipcalc.commands import check as request

    picture = picture_file(chart)
    db = opened(specs)
    wanted = request.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        tpp=tpp,
        circumstances=of_item,
        circuits=circuit or (),
        regime=regime,
    )
    day = request.rules_of(db, wanted, as_of, rule or (), rules or ())
    every = regime == request.EVERY
    if streams(output) and not (record.file or why_not or picture):
        _chip_by_chip(db, day, wanted, output, exit_code=exit_code)
        return
    answered = request.check(db, day, wanted, progress)
    if answered.found and not answered.problems:
        given = request.options(
            db, wanted, throughput=throughput or (), die_area=die_area, changes=set_ or (), tpp=tpp
        )
        given += request.repeated("--rule", rule or ())
        given += request.repeated("--rules", rules or ())
        given += request.repeated("--specs", specs or ())
        given += request.repeated("--regime", [] if every else [regime])
        question = request.question(wanted, day, given)
        report = request.report(
            answered, question, explain=explain, all_=all_, notes=notes, why_not=why_not,
            in_full=every,
        )  # fmt: skip
        record.keep("check", wanted, day, answered, rule=rule or ())
        show_report(report, output, answered.notices)
        if picture:
            from chipcalc.commands import chart as pictures

            deliver(pictures.of_check(db, day, wanted), picture)
    complain(answered.problems)
    _leave(answered.problems, request.tally(answered, every=every) if exit_code else None)


def _chip_by_chip(
    db: Database, day: RulesOfDay, wanted: Asked, output: Output, *, exit_code: bool
) -> None:
    """Print what is found of each chip as soon as it is known, below what went wrong."""
    from chipcalc.commands.checking import told

    found = told(db, day, wanted, progress)
    complain(found.problems)
    if found.flow:
        show_flow(found.flow, output, found.notices)
    _leave(found.problems, found.tally if exit_code else None)


def _leave(problems: Sequence[Problem], tally: Tally | None) -> None:
    """End with the status of a check where something went wrong, or where one is asked for."""
    if problems:
        raise typer.Exit(2)
    if tally:
        if tally.is_open:
            complain_unsettled(tally.unsettled, tally.code)
        raise typer.Exit(tally.code)


@app.command()
@with_output
@with_circumstances
def headroom(
    chips: SomeChips = None,
    largest: Annotated[
        bool, typer.Option("--max", help="What stays outside: the largest chip, the smallest die.")
    ] = False,
    as_of: AsOf = "",
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
    """Show how far chips are from every line, or what stays outside of the paragraphs.

    Examples:
    chipcalc headroom h20
    chipcalc headroom h20 --max
    chipcalc headroom --max --die-area 814mm2 --market datacenter

    """
    from chipcalc.commands import check as request

    picture = picture_file(chart)
    db = opened(specs)
    wanted = request.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        tpp=tpp,
        circumstances=of_item,
        regime=request.one_regime(regime),
    )
    day = request.rules_of(db, wanted, as_of, rule or (), rules or ())
    answered = request.check(db, day, wanted)
    if answered.found and not answered.problems:
        report = request.headroom(
            answered, asked_again(day.as_of.isoformat()), largest=largest, whole=all_
        )
        show_report(report, output, answered.notices)
        if picture:
            from chipcalc.commands import chart as pictures

            deliver(pictures.of_headroom(answered), picture)
    complain(answered.problems)
    if answered.problems:
        raise typer.Exit(2)


@app.command("rules")
@with_output
def list_rules(
    name: Annotated[
        str, typer.Argument(help="One rule, by id or paragraph.", autocompletion=complete_rule)
    ] = "",
    as_of: AsOf = "",
    rules: Rules = None,
    regime: Regime = "",
    all_: All = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """List the rules of a day, or say what one asks, since when and by which source.

    With --regime, what is known of one; --regime all lists them.

    Examples:
    chipcalc rules --as-of 2023-11-17
    chipcalc rules 3A090.a
    chipcalc rules --regime all

    """
    from chipcalc.commands import rules as request

    report = request.rules(
        opened(specs), name, as_of, rules or (), asked_again(), whole=all_, regime=regime
    )
    show_report(report, output)
