"""Spec files read from disk or standard input, and how their paths are shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from zlib import crc32

from chipcalc import bounded, files, yamlio
from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.schema.base import Model, parse_leniently
from chipcalc.snapshot.reading import Record, snapshot
from chipcalc.yamlio import Document


def read(path: Path) -> Document:
    """Return a YAML file, or standard input for ``-``; raises ChipcalcError with the reason."""
    try:
        text = files.contents(path)
    except OSError as fault:
        what = f"'{path}' cannot be read: {bounded.reason(fault)}"
        raise error(what, "give the path of a YAML file, or - for standard input") from None
    return yamlio.load(text, "<stdin>" if str(path) == "-" else shown(path))


def loaded(model: type[Model], path: Path) -> tuple[Model, Document]:
    """Return what a file says as a model, from the snapshot where that holds it, and its document.

    Raises ChipcalcError with every problem and its line.
    """
    found, problems, document = loaded_leniently(model, path)
    if found is None or problems:
        raise ChipcalcError(*problems)
    return found, document


def loaded_leniently(
    model: type[Model], path: Path
) -> tuple[Model | None, list[Problem], Document]:
    """Return a model, the problems and the document; unknown keys alone do not keep it back."""
    record = kept(path)
    if record and isinstance(record.value, model):
        return record.value, [], kept_document(path, record)
    document = read(path)
    return *parse_leniently(model, document), document


def kept(path: Path) -> Record | None:
    """Return what the snapshot holds of a file; None where it does not, or no longer rightly.

    The file still has to be there, of the size that it had; where it is to be known what was read,
    its content is compared as well.
    """
    whole = snapshot()
    name = files.name_within(path) if whole else ""
    entry = whole.entry(name) if whole and name else None
    if not whole or not entry:
        return None
    try:
        same = os.stat(path).st_size == entry.size  # noqa: PTH116 several times as fast
        if same and files.is_heard():
            same = crc32(files.contents(path)) == entry.file_checksum
    except OSError:
        same = False
    if not same:
        whole.give_up(name, "the snapshot of the specs is older than a file")
        return None
    return whole.record(name)


def kept_document(path: Path, record: Record) -> Document:
    """Return the document of a file that the snapshot holds: its lines, and the rest on demand."""
    return Document({}, record.lines, shown(path), again=partial(read, path))


def namesakes(folders: Iterable[Path], kind: str) -> Iterator[Problem]:
    """Yield the files of one kind and folder that share a name: one of them is never read."""
    for folder in folders:
        first: dict[str, Path] = {}
        for path in sorted(folder.glob(kind)):
            other = first.setdefault(path.stem, path)
            if other != path:
                what = f"'{path.stem}' is described in {shown(other)}, too"
                yield Problem(what, shown(path), hint="keep one of the two")


def shown(path: Path) -> str:
    """Return a path as it is shown: specs/… for the built-in files, short below the work folder."""
    name = files.name_within(path)
    if name:
        return f"specs/{name}"
    for parent, prefix in ((files.BUILT_IN, Path("specs")), (bounded.working_folder(), Path())):
        if path.is_absolute() and path.is_relative_to(parent):
            return str(prefix / path.relative_to(parent))
    return str(path)
