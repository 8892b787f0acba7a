"""Problems in files with questions that guidance asks: what they name that does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.files import DILIGENCE, by_id
from chipcalc.lint.sources import own_source_problems
from chipcalc.rules.diligence import Diligence, Questions, load
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import loaded
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document


def own_files(store: Store, folder: Path) -> list[Path]:
    """Return the files with questions that lie in a spec folder."""
    return [path for path in by_id(store.folders, DILIGENCE).values() if folder in path.parents]


def problems(store: Store, paths: Sequence[Path]) -> list[Problem]:
    """Return every problem of some files with questions."""
    found: list[Problem] = []
    for path in paths:
        try:
            found += _problems(*loaded(Diligence, path), path, store)
        except ChipcalcError as fault:
            found += fault.problems
    return found


def cited(store: Store) -> set[str]:
    """Return the keys of the sources that the lists name; none of files that are not in order."""
    try:
        found = load(store.folders)
    except ChipcalcError:
        return set()
    return {key for asked, _ in found for each in asked.lists for key in each.source}


def _problems(asked: Diligence, document: Document, path: Path, store: Store) -> Iterator[Problem]:
    if asked.id != path.stem:
        what = f"the id is '{asked.id}', but the file is named {path.name}"
        yield document.problem(("id",), what, "make them equal")
    ids: set[str] = set()
    for index, each in enumerate(asked.lists):
        if each.id in ids:
            what = f"'{each.id}' is the name of another list"
            yield document.problem(("lists", index, "id"), what, "rename it")
        ids.add(each.id)
        if each.since and each.since > asked.verified:
            what = "begins after the texts were last checked"
            yield document.problem(("lists", index, "since"), what, "check verified:")
        yield from _unknown(each, index, asked, document, store)
    used = {key for each in asked.lists for key in each.source}
    yield from own_source_problems(asked.sources, used, document, store)


def _unknown(
    each: Questions, index: int, asked: Diligence, document: Document, store: Store
) -> Iterator[Problem]:
    """Yield the rules and sources of a list that are not there."""
    rules = Rulebook(store).all_files
    for number, rule in enumerate(each.about):
        if rule not in rules:
            hint = did_you_mean(rule, rules) or "name the id of a rule"
            yield document.problem(("lists", index, "about", number), f"no rule '{rule}'", hint)
    for number, key in enumerate(each.source):
        if key not in asked.sources and store.shared_source(key) is None:
            hint = did_you_mean(key, store.shared_sources()) or "add it to sources:"
            yield document.problem(("lists", index, "source", number), f"no source '{key}'", hint)
