"""Pictures on their way out: to a file by its ending, or to a browser as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chipcalc.cli.output import file
from chipcalc.cli.printing import remark, write

if TYPE_CHECKING:
    from chipcalc.charts import Chart
    from chipcalc.charts.style import ThemeName, WidthName

ChartFile = Annotated[
    str,
    typer.Option("--chart", metavar="FILE", help="A picture of it, in .svg, .png, .html or .json."),
]


def picture_file(name: str) -> Path | None:
    """Return the file of a picture, None where none is named.

    Raises ChipcalcError where it has no folder to be in, or an ending that no picture has.
    """
    path = file(name)
    if path:
        from chipcalc.commands.chart import check_ending

        check_ending(path.suffix.casefold())
    return path


def deliver(
    found: Chart,
    path: Path | None,
    theme: ThemeName = "light",
    width: WidthName | int = "wide",
) -> None:
    """Write a picture to its file, or open it as a page; raises ChipcalcError if it cannot be."""
    from chipcalc.commands.chart import rendered

    if path:
        write(path, rendered(found, path.suffix.casefold(), theme, width))
        return
    open_page(rendered(found, ".html"), "picture.svg")


def open_page(content: bytes, name: str) -> None:
    """Open a page in a browser, or say where it is; `name` is a file to keep it in."""
    import tempfile

    with tempfile.NamedTemporaryFile(prefix="chipcalc-", suffix=".html", delete=False) as page:
        page.write(content)
    if typer.launch(page.name):
        remark(f"no browser opened; the page is {page.name}")
    else:
        remark(f"opened {page.name}; -o {name} keeps it")
