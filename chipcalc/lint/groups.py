"""Problems in files of country groups: one small function a check, one tuple of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.files import GROUPS, by_id
from chipcalc.lint.sources import own_source_problems
from chipcalc.places import countries
from chipcalc.places.groups import Cited, Groups
from chipcalc.places.load import load
from chipcalc.schema.load import loaded, read, shown
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document
from chipcalc.yamlio import Path as Place

_NAME_KEYS = ("names", "ambiguous")


class GroupFile(NamedTuple):
    """A file of country groups and what it says."""

    groups: Groups
    document: Document


GroupCheck: TypeAlias = Callable[[GroupFile, Store], Iterator[Problem]]


def own_files(store: Store, folder: Path) -> list[Path]:
    """Return the files of country groups that lie in a spec folder."""
    return [path for path in by_id(store.folders, GROUPS).values() if folder in path.parents]


def problems(store: Store, paths: Sequence[Path]) -> list[Problem]:
    """Return every problem of some files of country groups, and of what they share."""
    found: list[Problem] = []
    try:
        load(store.folders)
    except ChipcalcError as fault:
        own = {shown(path) for path in paths}
        found += [each for each in fault.problems if each.file in own]
    for path in paths:
        try:
            groups, document = loaded(Groups, path)
        except ChipcalcError as fault:
            found += [each for each in fault.problems if each not in found]
            continue
        found += [each for check in CHECKS for each in check(GroupFile(groups, document), store)]
    return found


def name_problems(path: Path) -> list[Problem]:
    """Return every problem of a file with names of countries."""
    document = read(path)
    data = document.data if isinstance(document.data, dict) else {}
    found = [
        document.problem((key,), f"'{key}' is not a key here", did_you_mean(key, _NAME_KEYS))
        for key in data
        if key not in _NAME_KEYS
    ]
    for key in _NAME_KEYS:
        entries = data.get(key, {})
        for name, each in entries.items() if isinstance(entries, dict) else ():
            codes = [name] if key == "names" else each
            for code in codes:
                found += _code_problems(str(code), (key, name), document)
    return found


def cited(store: Store) -> set[str]:
    """Return the sources that country groups name; none where these cannot be read."""
    try:
        books = load(store.folders)
    except ChipcalcError:
        return set()
    return {key for book in books for _, fact in _facts(book) for key in fact.source}


def members_are_countries(file: GroupFile, store: Store) -> Iterator[Problem]:
    """Every code is that of a country."""
    for index, group in enumerate(file.groups.groups):
        for number, code in enumerate(group.members):
            yield from _code_problems(code, ("groups", index, "members", number), file.document)
        for number, change in enumerate(group.changes):
            yield from _code_problems(
                change.country, ("groups", index, "changes", number), file.document
            )
    for index, same in enumerate(file.groups.same_as):
        for code in (same.country, same.of):
            yield from _code_problems(code, ("same_as", index), file.document)


def _code_problems(code: str, place: Place, document: Document) -> Iterator[Problem]:
    if code not in countries.codes():
        hint = did_you_mean(code, countries.codes()) or "write the code of ISO 3166"
        yield document.problem(place, f"no country has the code '{code}'", hint)


def territories_count_once(file: GroupFile, store: Store) -> Iterator[Problem]:
    """What counts to another country is listed nowhere by itself, and that one counts to itself."""
    counted = {each.country for each in file.groups.same_as}
    for index, same in enumerate(file.groups.same_as):
        if same.of in counted:
            what = f"{same.of} counts to another country itself"
            yield file.document.problem(("same_as", index), what, "name the last one")
    for index, group in enumerate(file.groups.groups):
        for number, code in enumerate(group.members):
            if code in counted:
                place = ("groups", index, "members", number)
                what = f"{code} counts to another country"
                yield file.document.problem(place, what, "name that one, or take it off same_as:")


def sources_exist(file: GroupFile, store: Store) -> Iterator[Problem]:
    """Every source that is named is in the file or among the shared ones."""
    known = [*file.groups.sources, *store.shared_sources()]
    for place, fact in _facts(file.groups):
        for key in fact.source:
            if key not in known:
                hint = did_you_mean(key, known) or "add it to sources:"
                yield file.document.problem((*place, "source"), f"no source '{key}'", hint)


def sources_used(file: GroupFile, store: Store) -> Iterator[Problem]:
    """Every source of the file is named, and was read once it was out."""
    used = {key for _, fact in _facts(file.groups) for key in fact.source}
    yield from own_source_problems(file.groups.sources, used, file.document, store)


def _facts(groups: Groups) -> Iterator[tuple[Place, Cited]]:
    """Yield everything that carries a source, with its place."""
    for index, group in enumerate(groups.groups):
        yield ("groups", index), group
        for number, change in enumerate(group.changes):
            yield ("groups", index, "changes", number), change
    for index, same in enumerate(groups.same_as):
        yield ("same_as", index), same


CHECKS: tuple[GroupCheck, ...] = (
    members_are_countries,
    territories_count_once,
    sources_exist,
    sources_used,
)
