"""Groups of countries looked up: all of a day, one with its members, or those of one country."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.contract import groups
from chipcalc.errors import ChipcalcError, Near, join_words, unknown
from chipcalc.places import countries
from chipcalc.places.groups import Group
from chipcalc.places.on_day import Places, told
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Cell, Column, Grid, Report, Row, cell
from chipcalc.values.logic import Verdict
from chipcalc.words.commands import written
from chipcalc.words.labels import citation
from chipcalc.words.line import Block, TextLine, block, command, deeper

_KIND = "groups"
_GROUP = (Column("group"), Column("", name="title"))


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
        known = {each: Near(each, group.title) for each, group in places.groups.items()}
        kind = ("groups", "known")
        raise unknown(what, name, known, kind, problem.hint) from None
    return _country(code, places)


def _all(places: Places) -> Report:
    rows = []
    for group in places.groups.values():
        count = str(len(groups.members(group, places, Verdict.met)))
        unsure = ", ".join(map(countries.name, groups.members(group, places, Verdict.unknown)))
        rows.append(Row((*_called(group), cell(count), cell(unsure))))
    columns: tuple[Column, ...] = (*_GROUP, Column("countries", "right"), Column("not known"))
    if not any(row.cells[-1].parts for row in rows):
        columns, rows = columns[:-1], [Row(row.cells[:-1]) for row in rows]
    return Report(
        lambda: groups.all_data(places),
        lambda: groups.all_records(places),
        title=block(f"{len(rows)} groups of countries on {places.day}"),
        parts=(
            Grid(columns, tuple(rows), _KIND),
            _named(places),
        ),
        caption="Groups of countries",
        unbroken=tuple(places.groups),
    )


def _named(places: Places) -> Block:
    """Return the command that lists the members of a group, with one of them."""
    name = next(iter(places.groups), "")
    if not name:
        return ()
    lead = "The members of a group, or the groups of a country:"
    return block(lead, command(written("groups", name, "--as-of", str(places.day))))


def _called(group: Group) -> tuple[Cell, Cell]:
    return cell(group.id), cell(group.title)


def _one(group: Group, store: Store, places: Places) -> Report:
    members = {
        each: groups.ANSWERS[verdict]
        for verdict in (Verdict.met, Verdict.unknown)
        for each in groups.members(group, places, verdict)
    }
    columns = (Column("code"), Column("country"), Column("member"))
    shown = len(columns) if len(set(members.values())) > 1 else len(columns) - 1
    rows = [
        Row((cell(each), cell(countries.name(each)), cell(member))[:shown])
        for each, member in members.items()
    ]
    changes = [f"{told(group, each)}." for each in group.changes]
    notes = groups.notes(group, places)
    below = (
        block("Changes", *deeper(changes)) if changes else (),
        block(*_sources(group, store, places), *notes, *places.freshness()),
    )
    return Report(
        lambda: groups.group_data(group, places),
        lambda: groups.group_records(group, places),
        title=block(f"{group.id}, {places.day}: {_size(group, places)}", group.title),
        parts=(
            Grid(columns[:shown], tuple(rows), _KIND),
            *tuple(filter(None, below)),
        ),
    )


def _size(group: Group, places: Places) -> str:
    """Return how many countries a group has, and of how many that is not known."""
    sure, unsure = (
        len(groups.members(group, places, each)) for each in (Verdict.met, Verdict.unknown)
    )
    return f"{sure} countries" + (f", {unsure} not known" if unsure else "")


def _membership(code: str, places: Places) -> str:
    """Return the groups that a country is in, and those of which that is not known."""
    held = {name: places.holds(code, [name]) for name in places.groups}
    within = [name for name, verdict in held.items() if verdict is Verdict.met]
    unsure = [name for name, verdict in held.items() if verdict is Verdict.unknown]
    told = [f"in {join_words(within)}"] if within else []
    told += [f"not known of {join_words(unsure)}"] if unsure else []
    rest = len(held) - len(within) - len(unsure)
    return "; ".join([*told, *([f"not in {rest} of {len(held)}"] if rest else [])])


def _sources(group: Group, store: Store, places: Places) -> Iterator[TextLine]:
    """Yield where a group stands, with the source of its list and of its changes."""
    yield TextLine(f"source: {group.at or 'none'} ({group.confidence})")
    own = groups.book(group, places).sources
    keys = [key for fact in (group, *group.changes) for key in fact.source]
    for key in dict.fromkeys(keys):
        source = own.get(key) or store.shared_source(key)
        yield TextLine(citation(source) if source else key, 1)


def _country(code: str, places: Places) -> Report:
    rows = [
        Row((*_called(each), cell(groups.ANSWERS[places.holds(code, [each.id])])))
        for each in places.groups.values()
    ]
    below = block(*places.remarks(code, list(places.groups)), *places.freshness())
    return Report(
        lambda: groups.country_data(code, places),
        lambda: groups.country_records(code, places),
        title=block(f"{countries.name(code)} ({code}), {places.day}: {_membership(code, places)}"),
        parts=(
            Grid((*_GROUP, Column("member")), tuple(rows), _KIND),
            *((below,) if below else ()),
        ),
        unbroken=tuple(places.groups),
    )
