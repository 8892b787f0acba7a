"""Problems in the files of languages: shapes, and places of phrases that do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc.errors import Problem
from chipcalc.files import LANGUAGES, by_id
from chipcalc.schema.load import loaded_leniently
from chipcalc.sheets.store import Store
from chipcalc.words.language import Phrases, phrase_problems


def own_files(store: Store, folder: Path) -> list[Path]:
    """Return the files of languages in a spec folder."""
    return [path for path in by_id(store.folders, LANGUAGES).values() if folder in path.parents]


def problems(_: Store, paths: Sequence[Path]) -> list[Problem]:
    """Return the problems of the files of some languages, each with its line."""
    found: list[Problem] = []
    for path in paths:
        phrases, faults, document = loaded_leniently(Phrases, path)
        found += faults
        found += phrase_problems(phrases, document) if phrases else ()
    return found
