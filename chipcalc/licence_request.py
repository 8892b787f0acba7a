"""A licence as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from chipcalc import countries, licence_contract, licence_report
from chipcalc.check import Day
from chipcalc.check_report import NO_ADVICE
from chipcalc.check_request import Asked, chosen
from chipcalc.errors import Problem, error, join_words
from chipcalc.explained import explained
from chipcalc.licence import DESTINATION, Shipment, shipment, worldwide
from chipcalc.report import Report
from chipcalc.rulebook import Rulebook
from chipcalc.store import Store
from chipcalc.supposed import Supposed

Progress: TypeAlias = Callable[[Sequence[Supposed]], Iterable[Supposed]]


class Shipments(NamedTuple):
    """Every chip to every destination, what to tell about names, and what went wrong."""

    found: tuple[tuple[Shipment, ...], ...]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def transaction(*, export: bool, reexport: bool, in_country: bool) -> str:
    """Return the transaction that a command line names, or nothing; raises for several of them."""
    flags = {"export": export, "reexport": reexport, "in-country": in_country}
    named = [name for name, given in flags.items() if given]
    if len(named) > 1:
        wrong = join_words(f"--{name}" for name in named)
        raise error(f"{wrong} exclude each other", "give one of them, or none")
    return "".join(named)


def shipments(
    store: Store, day: Day, wanted: Asked, to: Sequence[str], progress: Progress = tuple
) -> Shipments:
    """Return every chip to every destination that is named, or to regions of the world.

    Goes on after a chip that cannot be read; raises ChipcalcError for a country that is none.
    """
    named = wanted.given.get(DESTINATION)
    if to and named:
        raise error(f"'{DESTINATION}' is given twice", "give it once")
    codes = list(dict.fromkeys(countries.code(each) for each in (to or filter(None, [named]))))
    chips, notices, problems = chosen(store, wanted)
    if codes:
        found = [[shipment(day, item, code) for code in codes] for item in progress(chips)]
    else:
        found = worldwide(day, chips) if chips else []
    return Shipments(tuple(tuple(each) for each in found), notices, problems)


def report(
    answered: Shipments, rulebook: Rulebook, *, explain: bool = False, matrix: bool = False
) -> Report:
    """Return one shipment rule by rule, one chip over all destinations, or a matrix."""
    flat = [each for row in answered.found for each in row]
    one_chip, one_place = len(answered.found) == 1, len(answered.found[0]) == 1
    named = all(len(each.countries) == 1 for each in flat)
    single = one_chip and one_place and named and not matrix
    if single:
        base = licence_report.one(flat[0].licence)
    elif one_chip and not matrix:
        base = licence_report.over_destinations(answered.found[0])
    else:
        base = licence_report.matrix(answered.found)
    records = licence_contract.records if single else licence_contract.summaries
    if explain and not single:
        hint = "leave out --matrix" if matrix and len(flat) == 1 else "add for example --to CN"
        raise error("--explain takes one chip and one destination", hint)
    if explain:
        tree = explained([flat[0].licence.checked], rulebook)
        base = base._replace(columns=tree.columns, rows=tree.rows, notes=(*base.notes, *tree.notes))
    return base._replace(
        data=lambda: licence_contract.data(flat, rulebook),
        records=lambda: list(records(flat)),
        notes=(*base.notes, NO_ADVICE),
        hint="" if explain or not single else "--explain shows every step, with sources.",
    )
