"""Commands for those who write spec files."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from chipcalc.cli.base import app
from chipcalc.cli.options import Specs
from chipcalc.cli.output import Format, Out, Output, file, has_pager
from chipcalc.cli.printing import remark, show_text
from chipcalc.cli.progress import progress
from chipcalc.errors import error

if TYPE_CHECKING:
    from chipcalc.lint.paths import Linted

_ROUNDS = 9  # of mending what only then is seen


class Reporting(StrEnum):
    """The formats in which lint tells of problems."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


@app.command()
def lint(
    paths: Annotated[
        Optional[list[Path]],
        typer.Argument(help="Spec folders, sheets or rules; else the built-in."),
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="List sheets and rules by when they were last checked.")
    ] = False,
    days: Annotated[
        Optional[int],
        typer.Option(min=0, max=100_000, help="With --stale: those not checked for so many days."),
    ] = None,
    before: Annotated[
        str, typer.Option(metavar="DAY", help="With --stale: those last checked before a day.")
    ] = "",
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count facts by status, and what they lack.")
    ] = False,
    format: Annotated[  # noqa: A002
        Reporting,
        typer.Option("--format", "-f", help="How to tell of problems: lines, or for a program."),
    ] = Reporting.text,
    rules: Annotated[
        bool, typer.Option("--rules", help="List the rules, each with what it asks for.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is sure in PATHS: case of words, days.")
    ] = False,
    specs: Specs = None,
) -> None:
    """Check spec files.

    Exit status: 0, nothing is wrong; 1, something is; 2, it could not be checked. With --rules,
    --stale or --statistics it checks nothing, and prints a list or counts.

    Examples:
    chipcalc lint
    chipcalc lint my-specs/ --fix
    chipcalc lint my-chip.yaml --format sarif

    """
    if (days is not None or before) and not stale:
        raise error("--days and --before belong to --stale", "add --stale")
    lists = {"rules": rules, "stale": stale, "statistics": statistics}
    _refuse_both([name for name, said in lists.items() if said], format, fix=fix)
    if fix and not paths:
        raise error("--fix needs the files or folders to mend", "name them: lint my-specs --fix")
    if rules:
        _rules()
        return
    if statistics or stale:
        if statistics:
            _statistics(paths or (), specs or ())
        if stale:
            _stale(paths or (), specs or (), days, before)
        return
    from chipcalc.cli.complaints import emit
    from chipcalc.lint.paths import paths as lint_paths
    from chipcalc.tables import lint as table

    started = perf_counter()
    found = lint_paths(paths or (), specs or (), progress)
    if fix:
        found = _fixed(found, paths or (), specs or ())
    _tell(found, format)
    emit(table.summary(found.problems, found.checked, perf_counter() - started), sys.stderr)
    raise typer.Exit(1 if found.problems else 0)


def _refuse_both(lists: Sequence[str], format: Reporting, *, fix: bool) -> None:  # noqa: A002
    """Raise ChipcalcError where a list is asked for, and how to tell of problems or to mend."""
    if lists and (fix or format is not Reporting.text):
        option = "--fix" if fix else f"--format {format}"
        raise error(f"--{lists[0]} checks nothing", f"leave out {option}, or --{lists[0]}")


def _tell(found: Linted, format: Reporting) -> None:  # noqa: A002
    """Print what is wrong, in lines or as another program takes it."""
    from chipcalc.cli.complaints import columns, emit
    from chipcalc.tables import lint as table

    if format is Reporting.text and sys.stdout.isatty():
        emit(table.rows(found.problems, columns()), sys.stdout)
    elif format is Reporting.text:
        emit(table.lines(found.problems), sys.stdout)
    else:
        import json

        from chipcalc.contract import lint as contract
        from chipcalc.lint.report import report

        told = report(found)
        if format is Reporting.github:
            lines = contract.github(told.problems)
        else:
            data = contract.data(told) if format is Reporting.json else contract.sarif(told)
            lines = [json.dumps(data, indent=2, ensure_ascii=False)]
        for each in lines:
            typer.echo(each)


def _fixed(found: Linted, paths: Sequence[Path], specs: Sequence[Path]) -> Linted:
    """Mend what is sure, tell of it file by file, and return what is wrong then.

    What cannot be read hides what else is wrong, so that files are looked at again.
    """
    from chipcalc.cli.complaints import emit
    from chipcalc.lint.fixes import mend
    from chipcalc.lint.paths import paths as lint_paths
    from chipcalc.tables import lint as table

    for _ in range(_ROUNDS):
        mended = mend(found.problems, paths)
        if not mended:
            break
        emit(table.mended(mended), sys.stderr)
        found = lint_paths(paths, specs, progress)
    return found


def _rules() -> None:
    from chipcalc.cli.complaints import columns, emit
    from chipcalc.lint.report import rules
    from chipcalc.tables import lint as table

    emit(table.rules(rules(), columns() if sys.stdout.isatty() else None), sys.stdout)


def _statistics(paths: Sequence[Path], specs: Sequence[Path]) -> None:
    from chipcalc.cli.complaints import emit
    from chipcalc.lint.statistics import statistics
    from chipcalc.tables import lint as table

    emit(table.counts(statistics(paths, specs)), sys.stdout)


def _stale(paths: Sequence[Path], specs: Sequence[Path], days: int | None, before: str) -> None:
    from chipcalc.api.database import day
    from chipcalc.cli.complaints import columns, emit
    from chipcalc.lint.freshness import checked
    from chipcalc.tables import lint as table

    today = day(None)
    limits = [day(before)] if before else []
    limits += [today - datetime.timedelta(days=days)] if days is not None else []
    limit = min(limits, default=None)
    found = checked(paths, specs, limit)
    if not found:
        remark(f"nothing was last checked before {limit}")
    elif sys.stdout.isatty():
        emit(table.checked_rows(found, today, columns()), sys.stdout)
    else:
        emit(table.checked_lines(found), sys.stdout)


@app.command()
def schema(
    context: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="KIND|OUTPUT", help="Of which file, or of which output.")
    ] = "chip",
    out: Out = "",
) -> None:
    """Print the JSON Schema of a spec file, for editors, or of what a command prints as JSON.

    Files are chip, rule, claims, groups, diligence, mapping, regime, metrics and source.
    Outputs are compare, check, why-not, headroom, headroom-max, timeline, diff,
    timeline-licence, licence, budget, groups, group, country, rules, rule, regimes, claims,
    claim, articles, show, list, metrics, metric, units, calc, record, replay, import, screen and
    lint. Where both have a name, output:NAME is the output, as in 'chipcalc schema output:rule'.

    Examples:
    chipcalc schema > chip.schema.json
    chipcalc schema rule
    chipcalc schema check

    """
    from chipcalc.commands.schema import json_schema

    show_text(
        json_schema(kind), Output(Format.json, file(out), pager=not out and has_pager(context))
    )


@app.command()
def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="VENDOR/ID", help="The folder and the id of the new chip, or claims/ID."
        ),
    ],
    specs: Specs = None,
) -> None:
    """Begin the spec sheet of a chip, or the claims of an article, from a template with every key.

    It goes into the folder of --specs, which is made if need be, else of $CHIPCALC_SPECS, else
    into specs/ where the command runs. A file that is there is never overwritten.

    Examples:
    chipcalc new acme/z9
    chipcalc new acme/z9 --specs my-specs
    chipcalc new claims/my-article --specs my-specs

    """
    from chipcalc.commands.new import begin
    from chipcalc.words.commands import written

    begun = begin(name, specs or ())
    if begun.instead_of:
        remark(f"{begun.shown} stands in for {begun.instead_of} where its folder is read")
    following = written("lint", begun.shown)
    show_text(f"wrote {begun.shown}\nWrite in it what is known, then: {following}")
