"""The command that draws: a picture in a file, or opened where there is a screen for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from chipcalc.cli.base import app, opened
from chipcalc.cli.options import AsOf, Chips, Regime, Rules, Specs, complete_chip, complete_metric
from chipcalc.cli.output import file
from chipcalc.cli.pictures import deliver, open_page, picture_file
from chipcalc.cli.printing import remark, write
from chipcalc.cli.progress import progress
from chipcalc.errors import error

if TYPE_CHECKING:
    from chipcalc.charts.style import WidthName

_LEAST, _MOST = 320, 4000  # pixels that a picture can be wide


def _complete_kind(incomplete: str) -> list[str]:
    """Return the kinds of pictures that begin like this."""
    kinds = ("red-lines", "timeline", "ratios", "headroom", "roofline", "launches")
    return [each for each in kinds if each.startswith(incomplete)]


@app.command()
def chart(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="red-lines, timeline, ratios, headroom, roofline or launches.",
            autocompletion=_complete_kind,
        ),
    ],
    chips: Annotated[
        Optional[list[str]],
        typer.Argument(
            metavar="[CHIP]",
            help="Chips; red-lines and launches draw all, and name these first.",
            autocompletion=complete_chip,
        ),
    ] = None,
    as_of: AsOf = "",
    metric: Annotated[
        str,
        typer.Option(
            "--metric",
            "-m",
            metavar="METRIC",
            help="Of launches, else TPP; of ratios, else all.",
            autocompletion=complete_metric,
        ),
    ] = "",
    base: Annotated[
        str,
        typer.Option(
            help="The chip that ratios refer to; else the first.", autocompletion=complete_chip
        ),
    ] = "",
    rules: Rules = None,
    regime: Regime = "",
    dark: Annotated[bool, typer.Option("--dark", help="In dark colours.")] = False,
    width: Annotated[
        str, typer.Option(metavar="WIDTH", help="wide, narrow, or a number of pixels.")
    ] = "wide",
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="FILE", help="A file that ends in .svg, .png, .html or .json."
        ),
    ] = "",
    specs: Specs = None,
) -> None:
    """Draw a picture of chips and rules; without -o it opens in a browser.

    Examples:
    chipcalc chart red-lines h20 h100-sxm -o map.svg
    chipcalc chart timeline a800-sxm h20 -o bands.html
    chipcalc chart ratios h20 h100-sxm -o ratios.png

    """
    from chipcalc.commands import chart as request
    from chipcalc.commands.check import one_regime

    wanted = request.Drawn(kind, chips or (), as_of, metric, base, rules or (), one_regime(regime))
    request.check(wanted)
    path, pixels = picture_file(out), _pixels(width)
    if path is None and (out or not sys.stdout.isatty()):
        raise error("a picture goes to a file", f"write it: -o {kind}.svg")
    found, notices = request.chart(opened(specs), wanted, progress)
    for notice in notices:
        remark(notice)
    deliver(found, path, "dark" if dark else "light", pixels)


@app.command()
def report(
    chips: Chips,
    as_of: AsOf = "",
    rules: Rules = None,
    regime: Regime = "",
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE", help="A file that ends in .html.")
    ] = "",
    specs: Specs = None,
) -> None:
    """Put all about some chips into one page: answers, pictures, every step, the comparison.

    Examples:
    chipcalc report h20 h100 ascend-910b3 -o report.html
    chipcalc report h20 h100 --as-of 2023-11-17 -o report.html
    chipcalc report orin-x thor-x -o cars.html

    """
    path = file(out)
    if path and path.suffix.casefold() not in (".html", ".htm"):
        raise error(f"a report is a page, and '{path.name}' is none", "end it in .html")
    if path is None and (out or not sys.stdout.isatty()):
        raise error("a report goes to a file", "write it: -o report.html")
    from chipcalc.commands.report import report as made

    text, notices = made(opened(specs), chips, as_of, rules or (), regime, progress)
    for notice in notices:
        remark(notice)
    if path:
        write(path, text.encode())
    else:
        open_page(text.encode(), "report.html")


def _pixels(text: str) -> WidthName | int:
    """Return a width by its name, or in pixels; raises ChipcalcError for what is neither."""
    if text == "narrow":
        return "narrow"
    if text == "wide":
        return "wide"
    if text.isdecimal() and _LEAST <= int(text) <= _MOST:
        return int(text)
    hint = f"write wide, narrow, or pixels from {_LEAST} to {_MOST}"
    raise error(f"'{text}' is no width of a picture", hint)
