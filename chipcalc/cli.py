"""The command line: parse arguments, call one function, print; heavy modules load when needed."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer
from typer.core import TyperGroup

from chipcalc import files
from chipcalc.errors import ChipcalcError, Problem

if TYPE_CHECKING:
    from chipcalc.report import Report
    from chipcalc.store import Store


class Format(StrEnum):
    """The output formats."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    html = "html"
    latex = "latex"


class _Group(TyperGroup):
    """Turns errors that a user can act on into lines on stderr and exit status 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ChipcalcError as fault:
            _complain(fault.problems)
            raise typer.Exit(2) from None


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(f"error: {problem}", err=True)
        if problem.hint:
            typer.echo(f"hint: {problem.hint}", err=True)


app = typer.Typer(
    cls=_Group,
    help="Compare chips and check them against export thresholds, exactly and with sources.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _complete_chip(incomplete: str) -> list[str]:
    folders = files.spec_folders()
    names = sorted({*files.chip_files(folders), *files.family_names(folders)})
    return [name for name in names if name.startswith(incomplete.casefold())]


def _complete_metric(incomplete: str) -> list[str]:
    return [name for name in files.metric_names() if name.startswith(incomplete)]


Chips = Annotated[
    list[str],
    typer.Argument(
        metavar="CHIP",
        help="Chips, families, patterns such as 'ascend-910*', or files.",
        autocompletion=_complete_chip,
    ),
]
Specs = Annotated[
    Optional[list[Path]],
    typer.Option(
        "--specs",
        metavar="DIR",
        help="A spec folder read before $CHIPCALC_SPECS and the built-in one.",
    ),
]
Output = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]
Metrics = Annotated[
    Optional[list[str]],
    typer.Option(
        "--metric",
        "-m",
        metavar="METRIC",
        help="Only these metrics.",
        autocompletion=_complete_metric,
    ),
]
When = Annotated[
    Optional[list[str]],
    typer.Option(
        "--when", metavar="[CHIP:]KEY=VALUE", help="Only under a condition, such as format=bf16."
    ),
]


@app.command()
def compare(
    chips: Chips,
    base: Annotated[
        str,
        typer.Option(
            help="The chip that ratios refer to; else the first.", autocompletion=_complete_chip
        ),
    ] = "",
    metric: Metrics = None,
    when: When = None,
    at: Annotated[
        str, typer.Option(metavar="QUANTITY", help="An arithmetic intensity, such as '2 op/B'.")
    ] = "",
    sort: Annotated[
        str,
        typer.Option(
            metavar="METRIC", help="Order the chips by a metric.", autocompletion=_complete_metric
        ),
    ] = "",
    all_statements: Annotated[
        bool, typer.Option("--all-statements", help="A row for every statement, sparse rates too.")
    ] = False,
    percent: Annotated[bool, typer.Option("--percent", help="Ratios in per cent.")] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the sources of the figures used.")
    ] = False,
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """Compare chips side by side, with ratios to the first one.

    Example: chipcalc compare h20 h100
    """
    from chipcalc.request import comparison

    store = _store(specs)
    report, notices = comparison(
        store,
        chips,
        base=base,
        metrics=metric or (),
        when=when or (),
        at=at,
        sort=sort,
        all_statements=all_statements,
        percent=percent,
        sources=sources,
    )
    _print(report, format, notices)


AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DAY", help="The day whose law counts; else today.")
]
Changes = Annotated[
    Optional[list[str]],
    typer.Option("--set", metavar="NAME=VALUE", help="A value or circumstance to suppose instead."),
]
Throughput = Annotated[
    Optional[list[str]],
    typer.Option("--throughput", metavar="FORMAT=RATE", help="A dense rate, such as int8=296TOPS."),
]
DieArea = Annotated[
    str, typer.Option("--die-area", metavar="AREA", help="The applicable die area: 814mm2.")
]
MarketOption = Annotated[
    str, typer.Option("--market", help="datacenter, consumer, workstation, automotive or edge.")
]
Item = Annotated[str, typer.Option("--item", help="ic, board, system or memory; else ic.")]
Party = Annotated[str, typer.Option("--party", help="fabricator, osat or other; else other.")]
Rules = Annotated[
    Optional[list[Path]],
    typer.Option("--rules", metavar="FILE", help="A file with a rule of your own."),
]
Only = Annotated[
    Optional[list[str]], typer.Option("--rule", metavar="RULE", help="Only these rules.")
]
SomeChips = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar="[CHIP]",
        help="Chips, families, patterns or files; - is standard input.",
        autocompletion=_complete_chip,
    ),
]


@app.command()
def check(
    chips: SomeChips = None,
    as_of: AsOf = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Every step, with its inputs and sources.")
    ] = False,
    why_not: Annotated[
        str, typer.Option("--why-not", metavar="PARAGRAPH", help="What kept a chip out of it.")
    ] = "",
    throughput: Throughput = None,
    die_area: DieArea = "",
    market: MarketOption = "",
    item: Item = "",
    party: Party = "",
    set_: Changes = None,
    rules: Rules = None,
    rule: Only = None,
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code", help="Exit status 1 when a control is met, 3 when one may be, else 0."
        ),
    ] = False,
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """Check chips, or a spec without a file, against export thresholds.

    Example: chipcalc check h20 --as-of 2023-11-17
    """
    from chipcalc import check_request as request

    store = _store(specs)
    wanted = request.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=set_ or (),
        circumstances={"market": market, "item": item, "party": party},
    )
    rulebook, day = request.rules_of(store, request.day_of(as_of), rules or (), rule or ())
    answered = request.check(store, day, wanted)
    if answered.found:
        report = request.report(answered, rulebook, explain=explain, why_not=why_not)
        _print(report, format, answered.notices)
    _complain(answered.problems)
    if answered.problems:
        raise typer.Exit(2)
    if exit_code:
        raise typer.Exit(request.exit_code(answered))


@app.command()
def headroom(
    chips: SomeChips = None,
    largest: Annotated[
        bool, typer.Option("--max", help="What stays outside: the largest chip, the smallest die.")
    ] = False,
    as_of: AsOf = "",
    throughput: Throughput = None,
    die_area: DieArea = "",
    tpp: Annotated[str, typer.Option("--tpp", help="A total processing performance.")] = "",
    market: MarketOption = "",
    item: Item = "",
    party: Party = "",
    set_: Changes = None,
    rules: Rules = None,
    rule: Only = None,
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """Show how far chips are from every line, or what stays outside of the paragraphs.

    Example: chipcalc headroom --max --die-area 814mm2 --market datacenter
    """
    from chipcalc import check_request as request

    store = _store(specs)
    wanted = request.asked(
        chips or (),
        throughput=throughput or (),
        die_area=die_area,
        changes=[*(set_ or ()), *([f"tpp={tpp}"] if tpp else [])],
        circumstances={"market": market, "item": item, "party": party},
    )
    _, day = request.rules_of(store, request.day_of(as_of), rules or (), rule or ())
    answered = request.check(store, day, wanted)
    if answered.found:
        _print(request.headroom(answered, day, largest=largest), format, answered.notices)
    _complain(answered.problems)
    if answered.problems:
        raise typer.Exit(2)


@app.command()
def timeline(
    chips: Chips,
    item: Item = "",
    party: Party = "",
    market: MarketOption = "",
    rules: Rules = None,
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """Show chips through the versions of the rules: what changed on which day.

    Example: chipcalc timeline h20 a800
    """
    from chipcalc import check_request as request

    store = _store(specs)
    wanted = request.asked(chips, circumstances={"market": market, "item": item, "party": party})
    report, notices, problems = request.timeline(store, wanted, rules or ())
    if report:
        _print(report, format, notices)
    _complain(problems)
    if problems:
        raise typer.Exit(2)


@app.command("rules")
def list_rules(
    name: Annotated[str, typer.Argument(help="One rule, by id or paragraph.")] = "",
    as_of: AsOf = "",
    rules: Rules = None,
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """List the rules of a day, or say what one asks, since when and by which source.

    Example: chipcalc rules 3A090.a
    """
    from chipcalc import check_request as request

    _print(request.rules(_store(specs), name, as_of, rules or ()), format)


@app.command()
def calc(
    expression: Annotated[
        str, typer.Argument(help="For example 'h20.throughput[fp16] / h20.board_power'.")
    ],
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """Compute an expression over chips and quantities, units checked.

    Example: chipcalc calc "3.35 TB/s to GB/s"
    """
    from chipcalc.calculate import calculate

    report, notices = calculate(expression, _store(specs))
    _print(report, format, notices)


@app.command()
def show(chips: Chips, specs: Specs = None, format: Output = Format.table) -> None:  # noqa: A002
    """Show the whole spec sheet of a chip, with status and source of every value.

    Example: chipcalc show h20
    """
    from chipcalc.sheet_report import show as report_of
    from chipcalc.sheet_report import together

    store = _store(specs)
    choices = [store.choose(name) for name in chips]
    sheets = [sheet for choice in choices for sheet in choice.sheets]
    notices = [notice for choice in choices for notice in choice.notices]
    if format is not Format.table:
        _print(together(sheets, store), format, notices)
        return
    for index, sheet in enumerate(sheets):
        if index:
            typer.echo()
        _print(report_of(sheet, store), format, notices if not index else ())


@app.command("list")
def list_chips(
    vendor: Annotated[str, typer.Option(help="Only chips of this vendor.")] = "",
    family: Annotated[str, typer.Option(help="Only chips of this family.")] = "",
    market: Annotated[
        str, typer.Option(help="Only chips for this market, such as automotive.")
    ] = "",
    sort: Annotated[
        str,
        typer.Option(
            metavar="METRIC",
            help="Order by a metric, the best first.",
            autocompletion=_complete_metric,
        ),
    ] = "",
    metric: Metrics = None,
    when: When = None,
    count: Annotated[bool, typer.Option("--count", help="Only the number of chips.")] = False,
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """List the chips, filtered and sorted.

    Example: chipcalc list --vendor huawei --sort tpp
    """
    from chipcalc.catalogue import Filter, chips
    from chipcalc.request import conditions

    store = _store(specs)
    wanted = Filter(
        vendor, family, market, sort, tuple(metric or ()), conditions(when or (), store)
    )
    report = chips(store, wanted)
    if count:
        typer.echo(len(report.rows))
    else:
        _print(report, format)


@app.command()
def metrics(
    name: Annotated[str, typer.Argument(help="One metric.", autocompletion=_complete_metric)] = "",
    specs: Specs = None,
    format: Output = Format.table,  # noqa: A002
) -> None:
    """List the metrics, or say how one is stated and computed.

    Example: chipcalc metrics tpp
    """
    from chipcalc import catalogue

    vocabulary = _store(specs).vocabulary
    _print(catalogue.metric(name, vocabulary) if name else catalogue.metrics(vocabulary), format)


@app.command()
def lint(
    paths: Annotated[
        Optional[list[Path]],
        typer.Argument(help="Spec folders, sheets or rules; else the built-in."),
    ] = None,
    specs: Specs = None,
) -> None:
    """Check spec files; exit status 1 when something is wrong.

    Example: chipcalc lint my-specs/
    """
    from chipcalc.lint import paths as lint_paths

    found, checked = lint_paths(paths or (), specs or ())
    for problem in found:
        typer.echo(problem)
        if problem.hint:
            typer.echo(f"  hint: {problem.hint}")
    words = f"{len(found)} problem{_s(len(found))} in {checked} file{_s(checked)}"
    typer.echo(words, err=True)
    raise typer.Exit(1 if found else 0)


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(help="chip, rule, metrics or source.")] = "chip",
) -> None:
    """Print the JSON Schema of a spec file, for editors.

    Example: chipcalc schema > chip.schema.json
    """
    from chipcalc.schema import json_schema

    typer.echo(json_schema(kind))


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"chipcalc {version('chipcalc')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Compare chips and check them against export thresholds, exactly and with sources."""


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _store(specs: Iterable[Path] | None) -> Store:
    from chipcalc.store import open_store

    return open_store(tuple(specs or ()))


def _print(report: Report, format: Format, notices: Iterable[str] = ()) -> None:  # noqa: A002
    """Print notices to stderr and the report to stdout."""
    from chipcalc.render import FORMATS, coloured

    for notice in dict.fromkeys(notices):
        typer.echo(notice, err=True)
    width = shutil.get_terminal_size().columns
    colour = format is Format.table and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    typer.echo(FORMATS[format.value](coloured(report) if colour else report, width))


def main() -> None:
    """Run the command line; a reader that closes the pipe early ends it quietly.

    Cyclic garbage is collected rarely, and not once more at the end: a command is over before
    that pays, and walking all objects of the libraries takes a tenth of its time.
    """
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
