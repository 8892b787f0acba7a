"""Problems in mappings of tables: words that no vocabulary has, and columns that are said twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import by_id
from chipcalc.intake.mapping import FOLDER, Mapping, foreign
from chipcalc.schema.load import loaded
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document


def own_files(store: Store, folder: Path) -> list[Path]:
    """Return the mappings that lie in a spec folder."""
    found = by_id(store.folders, f"{FOLDER}/*.yaml").values()
    return [path for path in found if folder in path.parents]


def problems(store: Store, paths: Sequence[Path]) -> list[Problem]:
    """Return every problem of some mappings."""
    found: list[Problem] = []
    for path in paths:
        try:
            found += _problems(*loaded(Mapping, path), path, store)
        except ChipcalcError as fault:
            found += fault.problems
    return found


def _problems(by: Mapping, document: Document, path: Path, store: Store) -> Iterator[Problem]:
    if path.parent.name == FOLDER and by.id != path.stem:
        what = f"the id is '{by.id}', but the file is named {path.name}"
        yield document.problem(("id",), what, "make them equal")
    built = document.again and store.as_built  # then none is foreign, or there were no snapshot
    for each in () if built else foreign(by, store.vocabulary):
        yield document.problem(*each)
    read = {*by.columns, by.name, *([by.die_area.column] if by.die_area else [])}
    for column in sorted(read & set(by.left)):
        what = f"'{column}' is read, and is among the columns that are not"
        yield document.problem(("left", column), what, "take it out of one of them")
    if by.long and by.long.value in by.columns:
        what = f"'{by.long.value}' holds the amounts, and is no word of '{by.long.by}'"
        yield document.problem(("columns", by.long.value), what, f"name words of '{by.long.by}'")
