"""What the chips of a large spec folder go by, kept in the user's own cache.

A file counts as unchanged where its time and its size are. The cache is a folder that nobody else
can write; where there is none, or it cannot be used, the files are read.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias, TypeGuard

ENVIRONMENT = "CHIPCALC_CACHE"
_FORMAT = 2
_OTHERS = 0o022


State: TypeAlias = tuple[int, int]


class Index:
    """What is kept of one spec folder: a text of each file, by its path in the folder."""

    def __init__(self, folder: Path, what: str) -> None:
        home = _home()
        name = sha256(str(folder.resolve()).encode()).hexdigest()[:32]
        self._path = home / f"{what}-{name}.json" if home else None
        self._kept: dict[str, list[Any]] = _loaded(self._path) if self._path else {}
        self._within = len(f"{folder}{os.sep}")

    def texts(
        self,
        paths: Mapping[str, str],
        state: Callable[[str], State],
        read: Callable[[Path], str],
    ) -> dict[str, str]:
        """Return the text of each file, which is read only if it has changed since, or is new."""
        found: dict[str, str] = {}
        whole: dict[str, list[Any]] = {}
        changed = len(paths) != len(self._kept)
        for chip, path in paths.items():
            name, now = path[self._within :], state(path)
            known = self._kept.get(name)
            if not _holds(known, now):
                known, changed = [*now, read(Path(path))], True
            whole[name] = known
            found[chip] = known[2]
        if changed:
            self._save(whole)
        return found

    def _save(self, whole: dict[str, list[Any]]) -> None:
        """Write what is known now; where that fails, nothing."""
        if self._path:
            with suppress(OSError):
                _write(self._path, json.dumps([_FORMAT, whole], ensure_ascii=False))


def _holds(known: Any, now: State) -> TypeGuard[list[Any]]:
    """Whether what is kept of a file is of the file as it is now, and sound."""
    return (
        isinstance(known, list)
        and len(known) == 3
        and known[0] == now[0]
        and known[1] == now[1]
        and isinstance(known[2], str)
    )


def _home() -> Path | None:
    """Return the folder of the cache, made where need be; None where it is not the user's own."""
    named = os.environ.get(ENVIRONMENT)
    if named == "":
        return None
    home = Path(named) if named else _usual() / "chipcalc"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = home.stat()
    except OSError:
        return None
    foreign = hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & _OTHERS)
    return None if foreign else home


def _usual() -> Path:
    """Return where caches of a user lie on this system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _loaded(path: Path) -> dict[str, list[Any]]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    good = isinstance(data, list) and len(data) == 2 and data[0] == _FORMAT
    return data[1] if good and isinstance(data[1], dict) else {}


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
