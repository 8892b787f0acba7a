"""The snapshot of the built-in specs, as the package carries it; none where specs are edited.

It stands beside the YAML it was made of, and never takes its place: what of it is spoiled, or no
longer what a file says, is told once, and the YAML is read instead.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from chipcalc.plain import Path as Place
from chipcalc.snapshot.decoding import Decoder, Shape

FILE = Path(__file__).resolve().parents[1] / "specs.snapshot"
FORMAT = "chipcalc snapshot 1"
_SAID: list[str] = []


class Record(NamedTuple):
    """One file of the specs: what it says as a value, the line of every key, and what else.

    `more` is what is made of the value with nothing but the built-in specs.
    """

    value: Any
    lines: Mapping[Place, int]
    more: Any


class Entry(NamedTuple):
    """Where a record lies, and the size and checksum of the file that it was made of."""

    start: int
    length: int
    checksum: int
    size: int
    file_checksum: int


class Lines(Mapping[Place, int]):
    """The line of every key of a file, by its path.

    They are kept as a tree: the line and what is below it, or the line alone; 0 is that above.
    """

    def __init__(self, tree: Any) -> None:
        self._tree = tree

    def __getitem__(self, place: Place) -> int:
        line, below = 0, self._tree
        for each in place:
            key: Any = each
            found = below[key] if isinstance(below, dict | list) else None
            if found is None:
                raise KeyError(place)
            own, below = found if isinstance(found, list) else (found, None)
            line = own or line
        if not place:
            raise KeyError(place)
        return line

    def __contains__(self, place: object) -> bool:
        try:
            return isinstance(place, tuple) and bool(self[place])
        except LookupError:
            return False

    def __iter__(self) -> Iterator[Place]:
        return _places((), self._tree)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _places(above: Place, tree: Any) -> Iterator[Place]:
    known = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, found in known:
        yield (*above, key)
        if isinstance(found, list):
            yield from _places((*above, key), found[1])


def tree(lines: Mapping[Place, int], above: Place = ()) -> Any:
    """Return lines as the tree that `Lines` reads; raises KeyError for a list with gaps."""
    below: dict[Place, dict[str | int, None]] = {}
    for place in lines:
        below.setdefault(place[:-1], {})[place[-1]] = None

    def node(place: Place, line: int) -> Any:
        own = lines[place]
        shown = 0 if own == line else own
        return [shown, branch(place, own)] if place in below else shown

    def branch(place: Place, line: int) -> Any:
        keys = below.get(place, {})
        if any(isinstance(key, int) for key in keys):
            return [node((*place, index), line) for index in range(len(keys))]
        return {key: node((*place, key), line) for key in keys}

    return branch(above, 0)


class Snapshot:
    """The records of a snapshot by the path of the file in the spec folder; read when asked for."""

    def __init__(self, content: bytes, start: int, head: Any) -> None:
        self._content, self._start = content, start
        shapes = [Shape._make((*said, tuple(fields))) for *said, fields in head["shapes"]]
        self._decoder = Decoder(shapes, head["units"], head["shared"])
        self._entries: dict[str, list[int]] = head["entries"]
        self._tables: dict[str, list[int]] = head["tables"]
        self._spoiled: set[str] = set()

    @property
    def names(self) -> Iterator[str]:
        """The paths of all files that it holds."""
        return iter(self._entries)

    def entry(self, name: str) -> Entry | None:
        """Return where the record of a file lies; None where there is none that is right."""
        found = self._entries.get(name)
        return Entry(*found) if found and name not in self._spoiled else None

    def record(self, name: str) -> Record | None:
        """Return the record of a file; None where there is none, or where it is spoiled."""
        entry = self.entry(name)
        found = self._read(name, entry.start, entry.length, entry.checksum) if entry else None
        if found is None:
            return None
        try:
            value, lines, more = found
            return Record(self._decoder.value(value), Lines(lines), self._decoder.value(more))
        except (ValueError, TypeError, LookupError, AttributeError, ImportError):
            self.give_up(name, "the snapshot is of another version")
            return None

    @cached_property
    def units(self) -> dict[str, Any]:
        """Numerator and denominator of the factor, and the dimension, of every name of a unit."""
        return self.table("units") or {}

    @cached_property
    def naming(self) -> dict[str, list[Any]]:
        """The lines that name a chip, the same folded, and as data, by the path of its sheet."""
        return self.table("naming") or {}

    @cached_property
    def completion(self) -> dict[str, dict[str, bool]]:
        """The options of the commands that take chips, and whether a value follows each."""
        return self.table("completion") or {}

    def table(self, name: str) -> Any:
        """Return a table of plain data; None where it is spoiled."""
        return self._read(name, *self._tables[name]) if name in self._tables else None

    def _read(self, name: str, start: int, length: int, checksum: int) -> Any:
        import json

        start += self._start
        text = self._content[start : start + length]
        if zlib.crc32(text) != checksum:
            self.give_up(name, "the snapshot was changed")
            return None
        return json.loads(text)

    def give_up(self, name: str, why: str) -> None:
        """Read a file as YAML from now on, and say so once for all files."""
        self._spoiled.add(name)
        _told(f"{why}: {name} and what else was changed is read from its file")


@cache
def snapshot() -> Snapshot | None:
    """Return the snapshot of the package; None where it has none, or one that is spoiled."""
    try:
        content = FILE.read_bytes()
    except FileNotFoundError:  # the specs are those of a work folder
        return None
    except OSError:
        _spoiled("the snapshot of the specs cannot be read")
        return None
    import json

    start = content.find(b"\n") + 1
    said = content[:start].decode("ascii", "replace").strip().split("\t")
    if said[0] != FORMAT or len(said) != 4 or not all(each.isdigit() for each in said[1:]):
        _spoiled("the snapshot of the specs is of another version")
        return None
    length, checksum, size = map(int, said[1:])
    head = content[start : start + length]
    if len(content) != start + size or zlib.crc32(head) != checksum:
        _spoiled("the snapshot of the specs is not whole")
        return None
    return Snapshot(content, start + length, json.loads(head))


def _spoiled(why: str) -> None:
    _told(f"{why}: the specs are read from their files")


def _told(what: str) -> None:
    """Say what is wrong on standard error, the first time only."""
    if not _SAID:
        _SAID.append(what)
        sys.stderr.write(f"chipcalc: {what}\n")
