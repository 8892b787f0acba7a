"""YAML text to plain dicts, lists and strings, with the line of every key."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

import yaml

from chipcalc.errors import ChipcalcError, Problem

Path: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data]"

_DEEPEST = 40
_TOO_DEEP = "nested too deeply"
_NESTING = "maximum nesting depth"
_LARGEST = 5_000_000
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Document(NamedTuple):
    """What a file says: its data, where only strings stand for numbers, and its lines."""

    data: Data
    lines: Mapping[Path, int]
    file: str

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a key, or of the nearest key above it; 1 when nothing is known."""
        place = tuple(path)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, path: Sequence[str | int], what: str, hint: str = "") -> Problem:
        """Return a problem at a place in this file."""
        return Problem(what, self.file, self.line(path), dotted(path), hint)


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
    if len(text) > _LARGEST:
        raise ChipcalcError(Problem("the file is too large for a spec sheet", file))
    return _Builder(file).build(_readable(text, file))


def _readable(text: str | bytes, file: str) -> str:
    """Return the text; raises ChipcalcError with the line of the first character that is none."""
    try:
        plain = _decoded(text) if isinstance(text, bytes) else text
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise ChipcalcError(Problem("not valid YAML: not UTF-8 text", file, line)) from None
    plain = plain.removeprefix("\ufeff")
    wrong = _UNREADABLE.search(plain)
    if wrong:
        line = plain.count("\n", 0, wrong.start()) + 1
        what = f"not valid YAML: the character U+{ord(wrong[0]):04X} is not allowed"
        raise ChipcalcError(Problem(what, file, line))
    return plain


def _decoded(text: bytes) -> str:
    """Return UTF-8 text, or UTF-16 text that begins with a byte order mark."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return text.decode("utf-16" if text.startswith(marks) else "utf-8")


class Mark(Protocol):
    """A place in a text, as both of PyYAML's parsers give it."""

    line: int


class _Builder:
    """Builds data from parser events, one level a stack frame of its own, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.root: list[Data] = []
        self.stack: list[tuple[Path, list[Data] | dict[str, Data]]] = []
        self.key: list[str | None] = []
        self.documents = 0
        self.last: Mark | None = None

    def build(self, text: str) -> Document:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self.last = event.end_mark
                self._take(event)
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            what = f"not valid YAML: {fault.problem or fault.context}"
            # libyaml 0.2.6 and later stop by themselves at a depth of theirs
            raise self._error(_TOO_DEEP if _NESTING in what else what, mark) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            what = "not valid YAML: it has a character that does not exist"
            raise self._error(what, self.last) from None
        if not self.root:
            hint = "'chipcalc schema' describes what goes in"
            raise ChipcalcError(Problem("the file is empty", self.file, hint=hint))
        return Document(self.root[0], self.lines, self.file)

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._plain(event)
            if _UNREADABLE.search(event.value):
                raise self._error("not valid YAML: it has half a character", event.start_mark)
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._plain(event)
            self._open({} if kind is yaml.MappingStartEvent else [], event.start_mark)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.key.pop()
        elif kind is yaml.AliasEvent:
            raise self._anchored(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise self._error(
                    "a second document starts here; write one a file", event.start_mark
                )

    def _plain(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._anchored(event)
        if event.tag is not None:
            what = f"the tag {event.tag} is not used here; write plain values"
            raise self._error(what, event.start_mark)

    def _anchored(self, event: Any) -> ChipcalcError:
        what = "anchors and aliases are not used here; write the value out"
        return self._error(what, event.start_mark)

    def _scalar(self, event: Any) -> None:
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            path, mapping = self.stack[-1]
            if event.value in mapping:
                first = self.lines[(*path, event.value)]
                raise self._error(
                    f"'{event.value}' is given twice; first in line {first}", event.start_mark
                )
            self.lines[(*path, event.value)] = _line(event.start_mark)
            self.key[-1] = event.value
        else:
            self._place(event.value, event.start_mark)

    def _open(self, collection: list[Data] | dict[str, Data], mark: Mark | None) -> None:
        if len(self.stack) >= _DEEPEST:
            raise self._error(_TOO_DEEP, mark)
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            raise self._error("a key must be a plain word", mark)
        path = self._place(collection, mark)
        self.stack.append((path, collection))
        self.key.append(None)

    def _place(self, value: Data, mark: Mark | None) -> Path:
        if not self.stack:
            self.root.append(value)
            return ()
        path, parent = self.stack[-1]
        if isinstance(parent, list):
            here: Path = (*path, len(parent))
            parent.append(value)
            self.lines[here] = _line(mark)
        else:
            key = self.key[-1] or ""
            here = (*path, key)
            parent[key] = value
            self.key[-1] = None
        return here

    def _error(self, what: str, mark: Mark | None) -> ChipcalcError:
        return ChipcalcError(Problem(what, self.file, _line(mark)))


def _line(mark: Mark | None) -> int:
    return mark.line + 1 if mark else 0
