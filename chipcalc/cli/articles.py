"""Commands that check what articles say."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import Rates, Specs
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.printing import show_report


@app.command()
@with_output
def claims(
    names: Annotated[
        Optional[list[str]],
        typer.Argument(metavar="[ARTICLE] [CLAIM]", help="An article or a file, and its claims."),
    ] = None,
    explain: Annotated[
        str, typer.Option("--explain", metavar="CLAIM", help="One claim with all arithmetic.")
    ] = "",
    rate: Rates = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of the report: en, zh.")] = "en",
    sources: Annotated[bool, typer.Option("--sources", help="List the sources.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Only list the articles.")] = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Recompute what an article says, with the reading that makes it true.

    Example: chipcalc claims h20-returns-2025-07 a01
    """
    from chipcalc.commands import claims as request

    db = opened(specs)
    if list_:
        show_report(request.articles(db.store), output)
        return
    article, *wanted = names or [""]
    found = db.article(article).check(*wanted, *filter(None, [explain]), rates=rate or ())
    in_full = sources or output.document
    show_report(found.report(lang=lang, explain=bool(explain), sources=in_full), output)
