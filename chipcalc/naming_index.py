"""The lines that name the chips of a large spec folder, kept in the user's own cache.

A file counts as unchanged where its time and its size are. The cache is a folder that nobody else
can write; where there is none, or it cannot be used, the files are read.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

ENVIRONMENT = "CHIPCALC_CACHE"
_FORMAT = 1
_OTHERS = 0o022


class Index:
    """What is kept of one spec folder: the lines of each file, by its path in the folder."""

    def __init__(self, folder: Path) -> None:
        home = _home()
        name = sha256(str(folder.resolve()).encode()).hexdigest()[:32]
        self._path = home / f"naming-{name}.json" if home else None
        self._kept: dict[str, list[Any]] = _loaded(self._path) if self._path else {}
        self._asked: dict[str, list[Any]] = {}

    def known(self, name: str, state: tuple[int, int]) -> str | None:
        """Return the folded lines of a file that has not changed since; None for any other."""
        found = self._kept.get(name)
        if not isinstance(found, list) or found[:2] != [*state] or not isinstance(found[-1], str):
            return None
        self._asked[name] = found
        return str(found[2])

    def keep(self, name: str, state: tuple[int, int], folded: str) -> None:
        """Keep the folded lines of a file as it is now."""
        self._asked[name] = [*state, folded]

    def save(self) -> None:
        """Write what was asked for, if it is not what is there; where that fails, nothing."""
        if not self._path or self._asked == self._kept:
            return
        try:
            _write(self._path, json.dumps([_FORMAT, self._asked], ensure_ascii=False))
        except OSError:
            return
        self._kept = dict(self._asked)


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
