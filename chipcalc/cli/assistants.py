"""The command that answers assistants."""

from __future__ import annotations

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import Specs
from chipcalc.errors import error


@app.command()
def mcp(specs: Specs = None) -> None:
    """Answer assistants over standard input and output, by the Model Context Protocol.

    Tools: find, show, compare, check, licence, claim, rules, each with the contract of its command.
    Needs pip install 'chipcalc[mcp]'; the program of the assistant starts it.

    Examples:
    chipcalc mcp
    chipcalc mcp --specs my-specs

    """
    from importlib.metadata import version

    try:
        from chipcalc.assistants.server import serve
    except ModuleNotFoundError:
        what = "answering assistants needs a package that is not installed"
        raise error(what, "pip install 'chipcalc[mcp]'") from None
    serve(opened(specs), version("chipcalc"))
