"""Where an answer goes and in which format: the options that every command that prints has."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, Optional

import typer

from chipcalc import bounded
from chipcalc.cli.helping import ANSWER
from chipcalc.errors import error, join_words


class Format(StrEnum):
    """The output formats."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    html = "html"
    latex = "latex"
    xlsx = "xlsx"
    docx = "docx"


class Colour(StrEnum):
    """When there is to be colour."""

    auto = "auto"
    always = "always"
    never = "never"


ENDINGS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": Format.table,
        ".json": Format.json,
        ".csv": Format.csv,
        ".md": Format.markdown,
        ".html": Format.html,
        ".tex": Format.latex,
        ".xlsx": Format.xlsx,
        ".docx": Format.docx,
    }
)
_ALSO = MappingProxyType({".markdown": Format.markdown, ".htm": Format.html})


BINARY: Mapping[Format, str] = MappingProxyType(
    {Format.xlsx: "workbook", Format.docx: "Word document"}
)


class Output(NamedTuple):
    """What was said of the output: no file is standard output."""

    format: Format = Format.table
    file: Path | None = None
    colour: Colour = Colour.auto
    wide: bool = False
    pager: bool = True

    @property
    def document(self) -> bool:
        """Whether it is for people who have no command line beside it."""
        return self.format in (Format.markdown, Format.html, Format.latex, *BINARY)


SCREEN = Output()
_KEYWORD = inspect.Parameter.KEYWORD_ONLY

Out = Annotated[
    str,
    typer.Option("--out", "-o", metavar="FILE", help="Write to a file; - is standard output."),
]
_OPTIONS: Mapping[str, tuple[Any, Any]] = {
    "format": (
        Annotated[
            Optional[Format],
            typer.Option(
                "--format",
                "-f",
                help="How to print the answer; else by the ending of FILE, else a table.",
                rich_help_panel=ANSWER,
            ),
        ],
        None,
    ),
    "out": (
        Annotated[
            str,
            typer.Option(
                "--out",
                "-o",
                metavar="FILE",
                help=f"Write to a file that ends in {join_words(ENDINGS, 'or')}.",
                rich_help_panel=ANSWER,
            ),
        ],
        "",
    ),
    "color": (
        Annotated[
            Colour, typer.Option("--color", help="When to print in colour.", rich_help_panel=ANSWER)
        ],
        Colour.auto,
    ),
    "wide": (
        Annotated[
            bool,
            typer.Option(
                "--wide",
                help="Never split or wrap, for scrolling sideways.",
                rich_help_panel=ANSWER,
            ),
        ],
        False,
    ),
}


def with_output(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in which an `Output` is the options that it stands for.

    It raises ChipcalcError where the format is unclear, or the file has no folder to be in.
    """
    parameters: list[inspect.Parameter] = []
    gathered = ""
    for each in inspect.signature(command, eval_str=True).parameters.values():
        if each.annotation is Output:
            gathered = each.name
            parameters += [_parameter(name, *option) for name, option in _OPTIONS.items()]
        else:
            parameters.append(each.replace(kind=_KEYWORD))
    context = inspect.Parameter("context", _KEYWORD, annotation=typer.Context)

    @functools.wraps(command)
    def run(context: typer.Context, **arguments: Any) -> None:
        said = {name: arguments.pop(name) for name in _OPTIONS}
        command(**arguments, **{gathered: output(**said, pager=has_pager(context))})

    vars(run)["__signature__"] = inspect.Signature([context, *parameters])
    run.__annotations__ = {each.name: each.annotation for each in (context, *parameters)}
    return run


def has_pager(context: typer.Context) -> bool:
    """Whether the application was not told to do without a pager."""
    return not context.find_root().params.get("no_pager")


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, _KEYWORD, default=default, annotation=annotation)


def output(
    format: Format | None,  # noqa: A002
    out: str,
    color: Colour = Colour.auto,
    *,
    wide: bool = False,
    pager: bool = True,
) -> Output:
    """Return what the options say; raise ChipcalcError where they do not fit together."""
    if out in ("", "-"):
        chosen = format or Format.table
        if chosen in BINARY and sys.stdout.isatty():
            what = f"a {BINARY[chosen]} cannot be shown on a terminal"
            raise error(what, f"write it: -o FILE.{chosen}")
        return Output(chosen, None, color, wide, pager and not out)
    return Output(_format(format, out), file(out), color, wide, pager=False)


def file(out: str) -> Path | None:
    """Return the file to write, none for standard output; raise ChipcalcError without a folder."""
    if out in ("", "-"):
        return None
    path = Path(out)
    if bounded.is_folder(path):
        raise error(f"'{out}' is a folder", "name a file in it")
    if not bounded.is_folder(path.parent):
        raise error(f"there is no folder '{path.parent}' for '{path.name}'", "make it first")
    return path


def _format(said: Format | None, out: str) -> Format:
    """Return the format of a file by its ending, or as it is said where that tells none."""
    ending = Path(out).suffix.casefold()
    meant = ENDINGS.get(ending) or _ALSO.get(ending)
    if said and meant and said is not meant:
        right = next(each for each, format in ENDINGS.items() if format is said)  # noqa: A001
        what = f"--format {said} and '{out}' do not fit together: {ending} is {meant}"
        raise error(what, f"leave --format out, or end the file in {right}")
    if said or meant:
        return said or meant or Format.table
    what = f"'{ending}' of '{out}' is no known ending" if ending else f"'{out}' has no ending"
    raise error(what, f"end it in {join_words(ENDINGS, 'or')}, or give --format")
