"""The arguments and options that several commands share, and how they complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from typer.main import get_command
from typer.models import ArgumentInfo

from chipcalc import files
from chipcalc.cli import completion, quick
from chipcalc.cli.helping import ANSWER, FILES, ITEM, LAW, SHIPMENT, TABLE


def complete_chip(incomplete: str) -> list[str]:
    """Return the ids and families that begin like this, or else the chips that are called so."""
    return quick.chips(incomplete) or _called(incomplete)


def _called(text: str) -> list[str]:
    """Return the chips with a name that begins like a text; none where a sheet cannot be read."""
    from chipcalc.api import database  # it loads what reads sheets
    from chipcalc.errors import ChipcalcError

    try:
        return database.open().store.beginning(text)
    except ChipcalcError:
        return []


def complete_purpose(incomplete: str) -> list[str]:
    """Return the purposes that begin with some letters."""
    return [each for each in completion.purposes() if each.startswith(incomplete)]


def complete_metric(incomplete: str) -> list[str]:
    """Return the metrics that begin like this."""
    return [name for name in completion.metric_names() if name.startswith(incomplete)]


def complete_rule(incomplete: str) -> list[str]:
    """Return the ids of rules that begin like this."""
    names = sorted(files.by_id(files.spec_folders(), files.RULES))
    return [name for name in names if name.startswith(incomplete)]


def complete_budget(incomplete: str) -> list[str]:
    """Return the ids of rules with a limit that begin like this."""
    names = sorted(completion.budget_rules(files.spec_folders()))
    return [name for name in names if name.startswith(incomplete)]


def complete_group_or_country(incomplete: str) -> list[str]:
    """Return the groups of countries, and the countries, that begin like this."""
    names = completion.group_names(files.spec_folders())
    found = [name for name in names if name.casefold().startswith(incomplete.casefold())]
    return [*found, *complete_country(incomplete)]


def complete_country(incomplete: str) -> list[str]:
    """Return the codes and names of countries that begin like this."""
    from chipcalc.places import countries  # it reads the list of countries

    found = countries.codes()
    names = sorted({*found, *(countries.name(each) for each in found)})
    return [name for name in names if name.casefold().startswith(incomplete.casefold())]


def complete_regime(incomplete: str) -> list[str]:
    """Return the regimes that begin with some letters, and the word for all of them."""
    known = [*files.by_id(files.spec_folders(), files.REGIMES), "all"]
    return [each for each in known if each.startswith(incomplete)]


def complete_circumstance(circumstance: str) -> Callable[[str], list[str]]:
    """Return a function that completes the values of a circumstance."""

    def complete(incomplete: str) -> list[str]:
        values = completion.circumstance_values(circumstance)
        return [value for value in values if value.startswith(incomplete)]

    return complete


def chip_commands(whole: typer.Typer) -> dict[str, dict[str, bool]]:
    """Return the commands whose arguments are chips, with their options.

    Of each option it says whether a word follows it.
    """
    group: Any = get_command(whole)
    found: dict[str, dict[str, bool]] = {}
    for each in whole.registered_commands:
        name = str(each.name or getattr(each.callback, "__name__", ""))
        hints = getattr(each.callback, "__annotations__", {}).values()
        marks = [mark for hint in hints for mark in getattr(hint, "__metadata__", ())]
        arguments = [mark for mark in marks if isinstance(mark, ArgumentInfo)]
        if [mark.autocompletion for mark in arguments] == [complete_chip]:
            options = [one for one in group.commands[name].params if one.opts[0].startswith("-")]
            found[name] = {
                word: not one.is_flag
                for one in options
                for word in (*one.opts, *one.secondary_opts)
            }
    return dict(sorted(found.items()))


Chips = Annotated[
    list[str],
    typer.Argument(
        metavar="CHIP",
        help="Chips, families, patterns such as 'ascend-910*', or files.",
        autocompletion=complete_chip,
    ),
]
SomeChips = Annotated[
    Optional[list[str]],
    typer.Argument(
        metavar="[CHIP]",
        help="Chips, families, patterns or files; - is standard input.",
        autocompletion=complete_chip,
    ),
]
Specs = Annotated[
    Optional[list[Path]],
    typer.Option(
        "--specs",
        rich_help_panel=FILES,
        metavar="DIR",
        help="A spec folder read before $CHIPCALC_SPECS and the built-in one.",
    ),
]
Metrics = Annotated[
    Optional[list[str]],
    typer.Option(
        "--metric",
        "-m",
        metavar="METRIC",
        help="Only these metrics.",
        autocompletion=complete_metric,
    ),
]
When = Annotated[
    Optional[list[str]],
    typer.Option(
        "--when", metavar="[CHIP:]KEY=VALUE", help="Only under a condition, such as format=bf16."
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", rich_help_panel=LAW, metavar="DAY", help="The day whose law counts; else today."
    ),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain", rich_help_panel=ANSWER, help="Every step, with its inputs and sources."
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding", rich_help_panel=TABLE, metavar="NAME", help="Of its text; else found."
    ),
]
Separator = Annotated[
    str,
    typer.Option(
        "--separator", rich_help_panel=TABLE, metavar="SIGN", help="Between its cells; else found."
    ),
]
Decimal = Annotated[
    str,
    typer.Option(
        "--decimal",
        rich_help_panel=TABLE,
        metavar="point|comma",
        help="Before decimals; else found.",
    ),
]
WorkbookSheet = Annotated[
    str,
    typer.Option(
        "--sheet", rich_help_panel=TABLE, metavar="NAME", help="Of a workbook; else the first."
    ),
]
All = Annotated[
    bool,
    typer.Option("--all", rich_help_panel=ANSWER, help="All that is known, nothing cut short."),
]
Rates = Annotated[
    Optional[list[str]],
    typer.Option(
        "--rate",
        rich_help_panel=ITEM,
        metavar="RATE",
        help="An exchange rate, such as '7.2 CNY/USD'.",
    ),
]
Notes = Annotated[bool, typer.Option("--notes", rich_help_panel=ANSWER, help="All notes in full.")]
Changes = Annotated[
    Optional[list[str]],
    typer.Option(
        "--set",
        rich_help_panel=ITEM,
        metavar="NAME=VALUE",
        help="A value or circumstance to suppose, as 'chipcalc metrics' says.",
    ),
]
Supposing = Annotated[
    Optional[list[str]],
    typer.Option(
        "--set",
        rich_help_panel=ITEM,
        metavar="[CHIP:]NAME=VALUE",
        help="A figure to suppose, such as price=25000USD.",
    ),
]
Throughput = Annotated[
    Optional[list[str]],
    typer.Option(
        "--throughput",
        rich_help_panel=ITEM,
        metavar="FORMAT=RATE",
        help="A rate, such as int8=296TOPS; dense unless int8=600TOPS,sparse.",
    ),
]
Circuits = Annotated[
    Optional[list[str]],
    typer.Option(
        "--circuit",
        rich_help_panel=ITEM,
        metavar="FACTS",
        help="Circuits of a board or system: int8=217.5TOPS,die=400mm2,count=4.",
    ),
]
DieArea = Annotated[
    str,
    typer.Option(
        "--die-area", rich_help_panel=ITEM, metavar="AREA", help="The applicable die area: 814mm2."
    ),
]
Tpp = Annotated[
    str,
    typer.Option(
        "--tpp",
        rich_help_panel=ITEM,
        metavar="TPP",
        help="A total processing performance: 2300..2500.",
    ),
]
To = Annotated[
    Optional[list[str]],
    typer.Option(
        "--to",
        rich_help_panel=SHIPMENT,
        metavar="COUNTRY",
        help="The destination, by name or code; several for a matrix.",
        autocompletion=complete_country,
    ),
]
Rules = Annotated[
    Optional[list[Path]],
    typer.Option(
        "--rules", rich_help_panel=LAW, metavar="FILE", help="A file with a rule of your own."
    ),
]
Only = Annotated[
    Optional[list[str]],
    typer.Option(
        "--rule",
        rich_help_panel=LAW,
        metavar="RULE",
        help="Only these rules.",
        autocompletion=complete_rule,
    ),
]
Regime = Annotated[
    str,
    typer.Option(
        "--regime",
        rich_help_panel=LAW,
        metavar="REGIME",
        help="Whose rules, or all of them in full; else one, and a line for each other.",
        autocompletion=complete_regime,
    ),
]
