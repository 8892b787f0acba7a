"""Commands that check what articles say."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import All, Rates, Specs
from chipcalc.cli.output import SCREEN, Output, with_output
from chipcalc.cli.printing import show_report


@app.command()
@with_output
def claims(
    names: Annotated[
        Optional[list[str]],
        typer.Argument(metavar="[ARTICLE] [CLAIM]", help="An article or a file, and its claims."),
    ] = None,
    that: Annotated[
        Optional[list[str]],
        typer.Option("--that", metavar="CLAIM", help='One claim in words: "h20 = 20 % of h100".'),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", "-e", help="All arithmetic, and every reading.")
    ] = False,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help="The day of a claim; else today.")
    ] = "",
    rate: Rates = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of the report: en, zh.")] = "en",
    sources: Annotated[bool, typer.Option("--sources", help="List the sources.")] = False,
    all_: All = False,
    list_: Annotated[bool, typer.Option("--list", help="Only list the articles.")] = False,
    specs: Specs = None,
    output: Output = SCREEN,
) -> None:
    """Recompute what an article says, or one claim, with the reading that makes it true.

    Examples:
    chipcalc claims --that "h20 = 20 % of h100"
    chipcalc claims h20-returns-2025-07
    chipcalc claims h20-returns-2025-07 a07 --explain

    """
    from chipcalc.commands import claims as request

    db = opened(specs)
    if list_:
        show_report(request.articles(db.store), output)
        return
    if that:
        request.check_alone(names or ())
        asked = db.claims(*that, as_of=as_of or None, rates=rate or ())
        show_report(asked.report(lang=lang, explain=explain), output)
        return
    article, *wanted = names or [""]
    found = db.article(article).check(*wanted, rates=rate or ())
    if explain or sources or (all_ and not wanted):
        report = found.report(lang=lang, explain=explain, sources=sources or output.document)
    elif output.document:
        report = found.document(lang=lang)
    else:
        shown = found.summary if not wanted else found.screen if all_ else found.brief
        report = shown(lang=lang, named=article)
    show_report(report, output)
