"""Spec files read from disk or standard input, and how their paths are shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from chipcalc import files, yamlio
from chipcalc.errors import Problem, error
from chipcalc.yamlio import Document


def read(path: Path) -> Document:
    """Return a YAML file, or standard input for ``-``; raises ChipcalcError with the reason."""
    try:
        text = _standard_input(path) if str(path) == "-" else files.contents(path)
    except OSError as fault:
        reason = fault.strerror or "cannot be read"
        raise error(f"'{path}' cannot be read: {reason}", "give the path of a YAML file") from None
    return yamlio.load(text, "<stdin>" if str(path) == "-" else shown(path))


def _standard_input(path: Path) -> bytes:
    found = sys.stdin.buffer.read()
    files.note(path, found)
    return found


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
    for parent, prefix in ((files.BUILT_IN, Path("specs")), (Path.cwd(), Path())):
        if path.is_absolute() and path.is_relative_to(parent):
            return str(prefix / path.relative_to(parent))
    return str(path)
