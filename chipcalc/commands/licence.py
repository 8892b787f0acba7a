"""A licence as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.commands.check import Asked, chosen
from chipcalc.errors import ChipcalcError, Gathering, Problem, error, merged
from chipcalc.licence.licence import DESTINATION, Shipment
from chipcalc.places import countries
from chipcalc.progress import Progress, untold
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables import answers
from chipcalc.tables.report import Report
from chipcalc.words.shipments import options

if TYPE_CHECKING:
    from chipcalc.licence.dated import Dated, Later

Files: TypeAlias = "Iterable[tuple[str, object]]"


class Shipments(NamedTuple):
    """Every chip to every destination, what to tell about names, and what went wrong.

    `coming` has what is known to change for each shipment; `later`, where all countries are asked
    about, what is known to change for any of them.
    """

    found: tuple[tuple[Shipment, ...], ...]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    coming: Sequence[Sequence[Sequence[Dated]]] = ()
    later: Sequence[Later] = ()


def shipments(
    db: Database, rules: Rules, wanted: Asked, to: Sequence[str], progress: Progress = untold
) -> Shipments:
    """Return every chip to every destination that is named, or to regions of the world.

    Goes on after a chip that cannot be read; raises ChipcalcError for a country that is none.
    """
    named = wanted.given.get(DESTINATION)
    if to and named:
        raise error(f"'{DESTINATION}' is given twice", "give it once")
    chips, notices, problems = chosen(db, wanted)
    gathering = Gathering()
    codes = list(dict.fromkeys(gathering.each(to or ([named] if named else []), countries.code)))
    if gathering.problems:  # the other places are read later on, but told with these
        gathering.each(_other_places(wanted, rules), countries.code)
        raise ChipcalcError(*merged([*problems, *gathering.problems], len(gathering.problems)))
    if codes:
        made = [[rules.licence(item, to=code) for code in codes] for item in progress(chips)]
        rows = tuple(tuple(each.shipment for each in row) for row in made)
        coming = [[each.coming for each in row] for row in made]
        return Shipments(rows, notices, problems, coming)
    all_ = rules.worldwide(*chips, progress=progress)
    later = all_[0].coming if all_ else ()
    return Shipments(tuple(each.shipments for each in all_), notices, problems, (), later)


def _other_places(wanted: Asked, rules: Rules) -> list[str]:
    """Return the countries that are given beside the destination, such as a headquarters."""
    known = rules.rulebook.store.vocabulary.circumstances
    given = wanted.given.items()
    return [each for n, each in given if n != DESTINATION and n in known and known[n].places]


def asked_by(
    wanted: Asked, to: Sequence[str], rules: Rules, *, matrix: bool = False, files: Files = ()
) -> tuple[str, ...]:
    """Return the words of a command that asks the same again, on the same day.

    `files` are the options that name files and folders, each with its value.
    """
    given = {name: value for name, value in wanted.given.items() if name != DESTINATION}
    places = to or [*filter(None, [wanted.given.get(DESTINATION)])]
    return (
        "licence",
        *wanted.chips,
        *(word for each in places for word in ("--to", each)),
        *(["--matrix"] if matrix else []),
        *(word for each in wanted.circuits for word in ("--circuit", each)),
        *options(given, rules.rulebook.store.vocabulary),
        *("--as-of", str(rules.as_of)),
        *(word for option, path in files for word in (option, str(path))),
    )


def report(
    answered: Shipments,
    rulebook: Rulebook,
    *,
    explain: bool = False,
    matrix: bool = False,
    whole: bool = False,
    asked_by: Sequence[str] = (),
) -> Report:
    """Return one shipment rule by rule, one chip over all destinations, or a matrix."""
    return answers.licence(
        answered.found,
        rulebook,
        explain=explain,
        matrix=matrix,
        whole=whole,
        asked_by=asked_by,
        coming=answered.coming,
        later=answered.later,
    )
