"""The rules of a day, and each of them in plain words with its history and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from chipcalc.commands.rules import rules as listing
from chipcalc.rules.provision import Provision
from chipcalc.tables import rules as table
from chipcalc.tables.report import Grid
from chipcalc.web.address import Address
from chipcalc.web.library import Library
from chipcalc.web.page import Page
from chipcalc.web.parts import shown
from chipcalc.words.check import standing
from chipcalc.words.commands import written


class Listed(NamedTuple):
    """A rule in the list: its id, what it is called, how firm it is, and since when."""

    id: str
    paragraph: str
    title: str
    standing: str
    since: str


def page(library: Library, address: Address) -> Page:
    """Return the rules of a day, of one regime where it is named."""
    day = library.day(address.first("as_of"))
    regime = address.first("regime")
    rules = library.rules(day)
    book = rules.rulebook.of(regime) if regime else rules.rulebook
    groups: dict[str, list[Listed]] = {}
    for each in book.on(day):
        groups.setdefault(each.rule.kind, []).append(_listed(each))
    report = listing(library.db, "", day.isoformat(), (), regime=regime)
    values: dict[str, Any] = {
        "as_of": day,
        "asked_day": address.first("as_of"),
        "regime": regime,
        "shown": shown(report, without=(Grid,)),
        "groups": groups,
        "regimes": listing(library.db, "", day.isoformat(), (), regime="all").records(),
        "about": shown(report) if regime else None,
    }
    said = ("--regime", regime) if regime else ()
    command = written("rules", "--as-of", day.isoformat(), *said)
    return Page("rules.html", report.title[0].text, values, report, command)


def one(library: Library, address: Address) -> Page:
    """Return one rule with all its versions; raises ChipcalcError for a name that is none."""
    name = address.path.rpartition("/")[2]
    book = library.rules(library.day("")).rulebook.holding([name])
    versions = book.rule(name)
    report = table.one(versions, book, None, ("rules", versions[0].id), whole=True)
    values = {
        "rule": versions[0].rule,
        "shown": shown(report),
        "versions": _spans(versions),
    }
    return Page(
        "rule.html",
        versions[0].rule.paragraph,
        values,
        report,
        written("rules", versions[0].id, "--all"),
    )


def _listed(each: Provision) -> Listed:
    return Listed(
        each.id,
        each.rule.paragraph,
        each.rule.title,
        standing(each),
        each.version.begins.isoformat(),
    )


def _spans(versions: Sequence[Provision]) -> list[tuple[str, str, str]]:
    """Return from when to when each version holds, and how firm it is."""
    found = []
    for each in versions:
        until = each.until()
        found.append(
            (each.version.begins.isoformat(), until.isoformat() if until else "", standing(each))
        )
    return found
