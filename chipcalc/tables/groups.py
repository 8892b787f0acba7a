"""Groups of countries looked up: all of a day, one with its members, or those of one country."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.contract import groups
from chipcalc.errors import ChipcalcError, did_you_mean, error
from chipcalc.places import countries
from chipcalc.places.groups import Group
from chipcalc.places.on_day import Places, told
from chipcalc.sheets.store import Store
from chipcalc.tables.layout import broken as wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values.logic import Verdict
from chipcalc.words.labels import citation

_TITLE_WIDTH = 40


def report(store: Store, places: Places, name: str) -> Report:
    """Return the groups of a day, the members of one, or the groups of one country.

    Raises ChipcalcError for a name that is neither a group nor a country.
    """
    if not name:
        return _all(places)
    for group in places.groups.values():
        if group.id.casefold() == name.casefold():
            return _one(group, store, places)
    try:
        code = countries.code(name)
    except ChipcalcError as fault:
        (problem,) = fault.problems
        what = f"no group of countries '{name}', and {problem.what}"
        raise error(what, did_you_mean(name, places.groups) or problem.hint) from None
    return _country(code, places)


def _all(places: Places) -> Report:
    rows = []
    for group in places.groups.values():
        count = str(len(groups.members(group, places, Verdict.met)))
        unsure = ", ".join(map(countries.name, groups.members(group, places, Verdict.unknown)))
        rows.append(Row((group.id, wrapped(group.title, _TITLE_WIDTH), count, unsure)))
    columns = (Column("group"), Column(""), Column("countries", "right"), Column("not known"))
    return Report(
        columns,
        tuple(rows),
        lambda: {
            "schema": groups.SCHEMA,
            "as_of": places.day.isoformat(),
            "groups": [groups.data(each, places) for each in places.groups.values()],
        },
        lambda: [
            groups.record(group, country, places)
            for group in places.groups.values()
            for country in groups.members(group, places, Verdict.met)
        ],
        title=f"Groups of countries on {places.day}",
        notes=("chipcalc groups NAME lists the members of a group, or the groups of a country.",),
        caption="Groups of countries",
    )


def _one(group: Group, store: Store, places: Places) -> Report:
    members = groups.members(group, places, Verdict.met)
    unsure = groups.members(group, places, Verdict.unknown)
    rows = [Row((each, countries.name(each), groups.ANSWERS[Verdict.met])) for each in members]
    rows += [Row((each, countries.name(each), groups.ANSWERS[Verdict.unknown])) for each in unsure]
    changes = [f"{told(group, each)}." for each in group.changes]
    below = [*(["\n".join(["Changes", *(f"  {e}" for e in changes)])] if changes else [])]
    notes = groups.notes(group, places)
    below.append("\n".join([*_sources(group, store, places), *notes, *places.freshness()]))
    return Report(
        (Column("code"), Column("country"), Column("member")),
        tuple(rows),
        lambda: {
            "schema": groups.SCHEMA,
            "as_of": places.day.isoformat(),
            **groups.data(group, places),
        },
        lambda: [groups.record(group, each, places) for each in (*members, *unsure)],
        title=f"{group.id}: {group.title}, on {places.day}",
        notes=tuple(each for each in below if each),
    )


def _sources(group: Group, store: Store, places: Places) -> Iterator[str]:
    """Yield where a group stands, with the source of its list and of its changes."""
    yield f"source: {group.at or 'none'} ({group.confidence})"
    own = groups.book(group, places).sources
    keys = [key for fact in (group, *group.changes) for key in fact.source]
    for key in dict.fromkeys(keys):
        source = own.get(key) or store.shared_source(key)
        yield f"  {citation(source) if source else key}"


def _country(code: str, places: Places) -> Report:
    rows = [
        Row(
            (
                each.id,
                wrapped(each.title, _TITLE_WIDTH),
                groups.ANSWERS[places.holds(code, [each.id])],
            )
        )
        for each in places.groups.values()
    ]
    below = [*places.remarks(code, list(places.groups)), *places.freshness()]
    return Report(
        (Column("group"), Column(""), Column("member")),
        tuple(rows),
        lambda: {
            "schema": groups.SCHEMA,
            "as_of": places.day.isoformat(),
            "country": code,
            "name": countries.name(code),
            "groups": {each: places.holds(code, [each]) for each in places.groups},
        },
        lambda: [groups.record(each, code, places) for each in places.groups.values()],
        title=f"{countries.name(code)} ({code}) on {places.day}",
        notes=("\n".join(below),) if below else (),
    )
