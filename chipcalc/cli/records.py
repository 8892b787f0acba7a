"""Commands for what is filed: records that are run again, and memos."""

from __future__ import annotations

from typing import Annotated

import typer

from chipcalc.cli.base import app
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.printing import show_report


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

    Example: chipcalc replay h20.json
    """
    from chipcalc.commands.replay import replay as answered

    report, same = answered(record)
    show_report(report, output)
    if not same:
        raise typer.Exit(1)
