"""Commands that show the answers as pages: on a server of one's own, or as files."""

from __future__ import annotations

from typing import Annotated

import typer

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import Specs
from chipcalc.cli.printing import remark
from chipcalc.errors import error

_EXTRA = "pip install 'chipcalc[web]'"


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen; 0 for any port that is free.")
    ] = 8090,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Answer others, too: the name or number to be at.")
    ] = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Open no browser; only say the address.")
    ] = False,
    specs: Specs = None,
) -> None:
    """Show maps, comparisons, checks and licences as pages in a browser.

    Only this machine is answered, unless --host says more. Example: chipcalc serve
    """
    try:
        from chipcalc.web import server
    except ModuleNotFoundError as fault:
        what = f"the page needs a package that is not installed: {fault.name}"
        raise error(what, _EXTRA) from None
    db = opened(specs)
    listening = server.bound(host, port)
    remark(f"{server.at(listening, host)} (stop with Ctrl-C)")
    server.serve(db, listening, host, browser=not no_browser)
