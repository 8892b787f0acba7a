"""Problems in the files of regimes: shapes, sources, and words for answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from chipcalc.errors import Problem, did_you_mean
from chipcalc.files import REGIMES, RULES, by_id
from chipcalc.lint.sources import own_source_problems
from chipcalc.rules.regime import Regime
from chipcalc.schema.load import loaded_leniently
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document


def own_files(store: Store, folder: Path) -> list[Path]:
    """Return the files of regimes in a spec folder."""
    return [path for path in by_id(store.folders, REGIMES).values() if folder in path.parents]


def problems(store: Store, paths: Sequence[Path]) -> list[Problem]:
    """Return the problems of the files of some regimes."""
    if not paths:
        return []
    found: list[Problem] = []
    read = {path: loaded_leniently(Regime, path) for path in by_id(store.folders, REGIMES).values()}
    first = min((each.order for each, _, _ in read.values() if each), default=0)
    ruled = {path.parent.name for path in by_id(store.folders, RULES).values()}
    for path in paths:
        regime, faults, document = read.get(path) or loaded_leniently(Regime, path)
        found += faults
        if regime is None:
            continue
        if regime.id != path.stem:
            what = f"the id is '{regime.id}', but the file is named {path.name}"
            found.append(document.problem(("id",), what, "make them equal"))
        if regime.id in ruled and regime.order > first and not regime.says:
            what = "a regime with rules needs words for its answers"
            hint = "add says: {listed: listed, not_listed: not listed}"
            found.append(document.problem((), what, hint))
        if regime.id not in ruled and not regime.known:
            what = "a regime without rules says what is known of it"
            found.append(document.problem((), what, "add known:, or rules"))
        found += _unknown_sources(regime, document, store)
        used = {key for each in regime.known for key in each.source}
        found += own_source_problems(regime.sources, used, document, store)
    return found


def _unknown_sources(regime: Regime, document: Document, store: Store) -> Iterator[Problem]:
    known: Collection[str] = [*regime.sources, *store.shared_sources()]
    for index, each in enumerate(regime.known):
        for number, key in enumerate(each.source):
            if key not in known:
                hint = did_you_mean(key, known) or "add it to sources:"
                place = ("known", index, "source", number)
                yield document.problem(place, f"no source '{key}'", hint)
