"""Commands that show the answers as pages: on a server of one's own, or as files."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import Specs
from chipcalc.cli.printing import remark
from chipcalc.cli.progress import progress
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

    Only this machine is answered, unless --host says more.

    Examples:
    chipcalc serve
    chipcalc serve --port 0 --no-browser
    chipcalc serve --host 192.0.2.7

    """
    server = _module("server")
    db = opened(specs)
    listening = server.bound(host, port)
    remark(f"{server.at(listening, host)} (stop with Ctrl-C)")
    server.serve(db, listening, host, browser=not no_browser)


@app.command()
def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder for the files.")],
    specs: Specs = None,
) -> None:
    """Write the pages of all chips, rules, maps and timelines as files, for any host of files.

    Examples:
    chipcalc site public
    chipcalc site public --specs my-specs
    chipcalc site /srv/chipcalc

    """
    found = _module("site").write(opened(specs), folder, progress)
    remark(f"wrote {found} pages into {folder}; begin with {folder / 'index.html'}")


def _module(name: str) -> ModuleType:
    """Return a module of the pages; raises ChipcalcError where a package for them is missing."""
    try:
        return import_module(f"chipcalc.web.{name}")
    except ModuleNotFoundError as fault:
        what = f"pages need a package that is not installed: {fault.name}"
        raise error(what, _EXTRA) from None
