"""The groups of countries of all spec folders, loaded and checked against one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import GROUPS, by_id
from chipcalc.places.groups import Groups
from chipcalc.schema.load import loaded_leniently
from chipcalc.yamlio import Document


def load(folders: Sequence[Path]) -> tuple[Groups, ...]:
    """Return the groups of every regime; raises ChipcalcError with the problems of all files."""
    found: list[Groups] = []
    problems: list[Problem] = []
    for regime, path in by_id(folders, GROUPS).items():
        groups, faults, document = loaded_leniently(Groups, path)
        problems += faults
        if groups is not None:
            problems += _namesakes(groups, regime, found, document)
            found.append(groups)
    if problems:
        raise ChipcalcError(*problems)
    return tuple(found)


def _namesakes(
    groups: Groups, regime: str, before: Sequence[Groups], document: Document
) -> Iterator[Problem]:
    """Yield an id that is not the name of the file, and names that two groups share."""
    if groups.id != regime:
        what = f"the id is '{groups.id}', but the file is named {regime}.yaml"
        yield document.problem(("id",), what, "make them equal")
    known = {each.id for book in before for each in book.groups}
    for index, each in enumerate(groups.groups):
        if each.id in known:
            what = f"'{each.id}' is the name of another group"
            yield document.problem(("groups", index, "id"), what, "rename it")
        known.add(each.id)
