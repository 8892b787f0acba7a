"""A licence as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from chipcalc.api.chip import Chip, Item
from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.commands.check import Asked, chosen
from chipcalc.errors import ChipcalcError, Problem, each_of, error
from chipcalc.licence.licence import DESTINATION, Shipment
from chipcalc.places import countries
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables import answers
from chipcalc.tables.report import Report

Progress: TypeAlias = "Callable[[Sequence[Chip | Item]], Iterable[Chip | Item]]"


class Shipments(NamedTuple):
    """Every chip to every destination, what to tell about names, and what went wrong."""

    found: tuple[tuple[Shipment, ...], ...]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def shipments(
    db: Database, rules: Rules, wanted: Asked, to: Sequence[str], progress: Progress = tuple
) -> Shipments:
    """Return every chip to every destination that is named, or to regions of the world.

    Goes on after a chip that cannot be read; raises ChipcalcError for a country that is none.
    """
    named = wanted.given.get(DESTINATION)
    if to and named:
        raise error(f"'{DESTINATION}' is given twice", "give it once")
    chips, notices, problems = chosen(db, wanted)
    try:
        codes = list(dict.fromkeys(each_of(to or ([named] if named else []), countries.code)))
    except ChipcalcError as fault:
        raise ChipcalcError(*problems, *fault.problems) from None
    if codes:
        found = [
            tuple(rules.licence(item, to=code).shipment for code in codes)
            for item in progress(chips)
        ]
    else:
        found = [each.shipments for each in rules.worldwide(*chips)]
    return Shipments(tuple(found), notices, problems)


def report(
    answered: Shipments, rulebook: Rulebook, *, explain: bool = False, matrix: bool = False
) -> Report:
    """Return one shipment rule by rule, one chip over all destinations, or a matrix."""
    return answers.licence(answered.found, rulebook, explain=explain, matrix=matrix)
