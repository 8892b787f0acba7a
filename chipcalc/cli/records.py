"""Commands for what is filed: records that are run again, and memos."""

from __future__ import annotations

from typing import Annotated

import typer

from chipcalc.cli.base import app, complain, opened
from chipcalc.cli.circumstances import NOTHING, OfItem, OfShipment, with_circumstances
from chipcalc.cli.options import (
    AsOf,
    Changes,
    DieArea,
    Rules,
    SomeChips,
    Specs,
    Throughput,
    To,
)
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.printing import show_report
from chipcalc.cli.recording import UNRECORDED, Recorder, with_record


@app.command()
@with_output
@with_record
@with_circumstances
def memo(
    chips: SomeChips = None,
    to: To = None,
    of_shipment: OfShipment = NOTHING,
    as_of: AsOf = "",
    of_item: OfItem = NOTHING,
    throughput: Throughput = None,
    die_area: DieArea = "",
    set_: Changes = None,
    rules: Rules = None,
    record: Recorder = UNRECORDED,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Write a memo of one shipment: figures, paragraphs, licence, what to ask, and to sign.

    Examples:
    chipcalc memo h20 --to CN
    chipcalc memo h100-sxm --to CN -o memo.docx
    chipcalc memo h20 --to CN --as-of 2026-02-01 -o memo.html

    """
    from chipcalc.commands import check, licence
    from chipcalc.commands.memo import report

    db = opened(specs)
    wanted = check.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        circumstances={**of_shipment, **of_item},
    )
    day = db.rules(as_of, files=rules or ())
    answered = licence.shipments(db, day, wanted, to or ())
    if answered.found:
        files = [("--rules", each) for each in rules or ()]
        files += [("--specs", each) for each in specs or ()]
        found = report(answered, day, licence.asked_by(wanted, to or (), day, files=files))
        record.keep("licence", wanted, day, answered, to=to or ())
        show_report(found, output, answered.notices)
    complain(answered.problems)
    if answered.problems:
        raise typer.Exit(2)


@app.command()
@with_output
def replay(
    record: Annotated[
        str, typer.Argument(metavar="FILE.json", help="A record that --record wrote.")
    ],
    output: Output = SCREEN,
) -> None:
    """Ask again what a record asked, and say what has changed, and which file changed it.

    Exit status 0 for the same answer, 1 for another one, 2 for a record that cannot be asked.

    Examples:
    chipcalc replay h20.json
    chipcalc replay h20.json -f json
    chipcalc replay h20.json -o today.html

    """
    from chipcalc.commands.replay import replay as answered

    report, same = answered(record)
    show_report(report, output)
    if not same:
        raise typer.Exit(1)
