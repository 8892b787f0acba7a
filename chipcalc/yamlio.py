"""YAML text to plain dicts, lists and strings, with the line of every key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from chipcalc import bounded
from chipcalc.errors import ChipcalcError, Excerpt, Problem, word_within
from chipcalc.plain import Data, Path

__all__ = ["Data", "Document", "Path", "dotted", "load"]


class Document(NamedTuple):
    """What a file says: its data, where only strings stand for numbers, and its lines.

    Paths begin at `root`. One that comes from the snapshot has neither its data nor its text, which
    only faults need: `again` reads the file for them.
    """

    data: Data
    lines: Mapping[Path, int]
    file: str
    text: str = ""
    root: Path = ()
    again: Callable[[], Document] | None = None

    def within(self, root: Path) -> Document:
        """Return the part of the file below a key, whose paths begin there."""
        return self._replace(root=(*self.root, *root))

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a key, or of the nearest key above it; 1 when nothing is known."""
        place = (*self.root, *path)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, path: Sequence[str | int], what: str, hint: str = "") -> Problem:
        """Return a problem at a place in this file, with the line and the word that is meant."""
        line, place = self.line(path), (*self.root, *path)
        text = self.again().text if self.again else self.text
        excerpt = _excerpt(text, place, line, what) if text else None
        return Problem(what, self.file, line, dotted(place), hint, excerpt=excerpt)


def dotted(path: Sequence[str | int]) -> str:
    """Return a path as people write it: ``values.throughput[0].unit``."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def load(text: str | bytes, file: str) -> Document:
    """Return the one document of a YAML text.

    Scalars stay strings until a schema types them, so ``NO`` stays a country and ``4.80`` exact.
    Raises ChipcalcError, with file and line, for anything that is not plain YAML: syntax errors,
    a key given twice, anchors, tags, several documents, and nesting beyond any use.
    """
    if len(text) > bounded.SHEET:
        what = f"it is larger than {bounded.SHEET // 1_000_000} MB"
        raise ChipcalcError(Problem(what, file, hint="write less, or save a table as CSV"))
    from chipcalc import yamlreader  # its library costs start-up time

    found = yamlreader.read(text, file)
    return Document(found.data, found.lines, file, found.text)


def _excerpt(text: str, path: Path, line: int, what: str) -> Excerpt | None:
    """Return the line of a place with the word that a sentence is about; None where it is unknown.

    That is the word which the sentence names, the key among them, or else the value; the nearest
    key above where nothing is written at the place.
    """
    from chipcalc import yamlreader

    places = yamlreader.places(text)
    found = path
    while found and found not in places.keys and found not in places.values:
        found = found[:-1]
    key, value = (spots.get(found) for spots in (places.keys, places.values))
    key, value = (each if each and each.line == line else None for each in (key, value))
    shown = places.rows[line - 1]
    if value and not (key and (found != path or f"'{path[-1]}'" in what)):
        word = word_within(what, shown, value.start, value.end)
        if not value.inner or word != (value.start, value.end) or not key:
            end = value.start + 1 if value.inner and word[1] == value.end else word[1]
            return yamlreader.around(shown, word[0], end, line)
    return yamlreader.around(shown, key.start, key.end, line) if key else None
