"""An option for every circumstance: each is made from its entry in the vocabulary."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias

import typer

from chipcalc.cli import completion
from chipcalc.cli.completion import CircumstanceOption
from chipcalc.cli.helping import ITEM, SHIPMENT
from chipcalc.cli.options import complete_circumstance, complete_country
from chipcalc.errors import error, join_words

OfItem: TypeAlias = Mapping[str, str]
OfShipment: TypeAlias = Mapping[str, str]
_OF_SHIPMENTS = {"OfItem": False, "OfShipment": True}
NOTHING: Mapping[str, str] = MappingProxyType({})


def with_circumstances(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in which each `OfItem` and `OfShipment` is the options that it stands for.

    It is handed what was said, by the names of the circumstances. Raises ChipcalcError where two
    flags of one circumstance are given.
    """
    written = command.__annotations__
    parameters: list[inspect.Parameter] = []
    gathered: dict[str, Sequence[CircumstanceOption]] = {}
    for each in inspect.signature(command, eval_str=True).parameters.values():
        if written[each.name] in _OF_SHIPMENTS:
            of_shipment = _OF_SHIPMENTS[written[each.name]]
            options = completion.circumstance_options()
            gathered[each.name] = [e for e in options if e.shipment is of_shipment]
            parameters += map(_parameter, gathered[each.name])
        else:
            parameters.append(each.replace(kind=each.KEYWORD_ONLY))

    @functools.wraps(command)
    def run(**arguments: Any) -> None:
        said = {name: _said(options, arguments) for name, options in gathered.items()}
        command(**arguments, **said)

    vars(run)["__signature__"] = inspect.Signature(parameters)
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _parameter(option: CircumstanceOption) -> inspect.Parameter:
    """Return the parameter of an option: a flag for a value, else one that takes a word."""
    kind: type = str
    group = SHIPMENT if option.shipment else ITEM
    info = typer.Option(option.flag, help=option.help, rich_help_panel=group)
    if option.value:
        kind = bool
    elif option.places:
        info.metavar, info.autocompletion = "COUNTRY", complete_country
    else:
        info.autocompletion = complete_circumstance(option.name)
    return inspect.Parameter(
        _name(option),
        inspect.Parameter.KEYWORD_ONLY,
        default=kind(),
        annotation=Annotated[kind, info],
    )


def _name(option: CircumstanceOption) -> str:
    return "_".join(filter(None, (option.name, option.value))).replace("-", "_")


def _said(options: Sequence[CircumstanceOption], arguments: dict[str, Any]) -> dict[str, str]:
    """Return what is said of each circumstance, and take it out of the arguments."""
    found: dict[str, dict[str, str]] = {}
    for option in options:
        given = arguments.pop(_name(option))
        if given:
            found.setdefault(option.name, {})[option.flag] = option.value or given
    for flags in found.values():
        if len(flags) > 1:
            what = f"{join_words(flags)} exclude each other"
            raise error(what, "give one of them, or none")
    return {name: value for name, flags in found.items() for value in flags.values()}
