"""YAML text to plain data by PyYAML's parser, and where each word of it stands."""

from __future__ import annotations

import codecs
import re
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

import yaml

from chipcalc import yamlfaults
from chipcalc.errors import ChipcalcError, Excerpt, Problem
from chipcalc.plain import DEEPEST, TOO_DEEP, Data, Path

_MOST = 50_000
_LONG_LINE = 400
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HIDDEN = re.compile(
    "[\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Read(NamedTuple):
    """What a text says, the line of every key, and the text itself."""

    data: Data
    lines: dict[Path, int]
    text: str


def read(text: str | bytes, file: str) -> Read:
    """Return the one document of a YAML text; raises ChipcalcError for what is not plain YAML."""
    return Builder(file).build(_readable(text, file))


@lru_cache(maxsize=4)
def places(text: str) -> Places:
    """Return where the keys and values of a text stand, which a document that is right never asks.

    The text has been read before, so that it is known to be plain YAML.
    """
    found = Places()
    found.build(text)
    return found


def around(text: str, start: int, end: int, line: int, *before: str) -> Excerpt:
    """Return a line with a word in it; of a very long one the part around the word."""
    cut = max(start - _LONG_LINE // 2, 0) if len(text) > _LONG_LINE else 0
    end = min(end, cut + _LONG_LINE)
    lines = (*before, text[cut : cut + _LONG_LINE])
    return Excerpt(lines, ((start - cut, max(end, start + 1) - cut),), line - len(before))


def _readable(text: str | bytes, file: str) -> str:
    """Return the text; raises ChipcalcError with the line of the first character that is none."""
    try:
        plain = _decoded(text) if isinstance(text, bytes) else text
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        what, hint = "not UTF-8 text", "save the file as UTF-8"
        raise ChipcalcError(Problem(what, file, line, hint=hint)) from None
    plain = plain.removeprefix("\ufeff")
    wrong = _UNREADABLE.search(plain) or _HIDDEN.search(plain)
    if wrong:
        line = plain.count("\n", 0, wrong.start()) + 1
        what = f"the character U+{ord(wrong[0]):04X} cannot stand in a text"
        raise ChipcalcError(Problem(what, file, line, hint="leave it out"))
    return plain


def _decoded(text: bytes) -> str:
    """Return UTF-8 text, or UTF-16 text that begins with a byte order mark."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return text.decode("utf-16" if text.startswith(marks) else "utf-8")


class Mark(Protocol):
    """A place in a text, as both of PyYAML's parsers give it."""

    line: int
    column: int


class Builder:
    """Builds data from parser events, one level a stack frame of its own, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.root: list[Data] = []
        self.stack: list[tuple[Path, list[Data] | dict[str, Data]]] = []
        self.key: list[str | None] = []
        self.documents = 0
        self.count = 0
        self.last: Mark | None = None

    def build(self, text: str) -> Read:
        """Return the document of a text; raises ChipcalcError for what is not plain YAML."""
        self.text = text
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self.last = event.end_mark
                self._count(event)
                self._take(event)
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            said = fault.problem or fault.context or ""
            place = (mark.line, mark.column) if mark else (0, 0)
            explained = yamlfaults.explained(said, text.splitlines(), *place)
            raise self._error(explained.what, mark, explained.hint) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            what = "it has a character that does not exist"
            raise self._error(what, self.last, "leave it out") from None
        if not self.root:
            hint, command = "'chipcalc schema' describes what goes in", "chipcalc schema"
            raise ChipcalcError(Problem("the file is empty", self.file, hint=hint, command=command))
        return Read(self.root[0], self.lines, text)

    def _count(self, event: Any) -> None:
        self.count += 1
        if self.count > _MOST:
            what = f"it has more than {_MOST:,} words and brackets"
            raise self._error(what, event.start_mark, "write less, or save a table as CSV")

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._plain(event)
            self._in_sight(event)
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
                what, hint = "a second document starts here", "write one a file"
                raise self._error(what, event.start_mark, hint)

    def _in_sight(self, event: Any) -> None:
        """Raise ChipcalcError for a sign that an escape has put there, and that nobody sees."""
        wrong = _UNREADABLE.search(event.value) or _HIDDEN.search(event.value)
        if wrong and "\ud800" <= wrong[0] <= "\udfff":
            raise self._error("it has half a character", event.start_mark, "write the whole one")
        if wrong:
            what = f"the character U+{ord(wrong[0]):04X} cannot stand in a text"
            raise self._error(what, event.start_mark, "leave it out")

    def _plain(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._anchored(event)
        if event.tag is not None:
            what = f"the tag {event.tag} is not used here"
            raise self._error(what, event.start_mark, "write plain values")

    def _anchored(self, event: Any) -> ChipcalcError:
        what = "anchors and aliases are not used here"
        return self._error(what, event.start_mark, "write the value out")

    def _scalar(self, event: Any) -> None:
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            path, mapping = self.stack[-1]
            if event.value in mapping:
                first = self.lines[(*path, event.value)]
                what = f"'{event.value}' is given twice; first in line {first}"
                raise self._error(what, event.start_mark, "keep one of the two")
            self.lines[(*path, event.value)] = _line(event.start_mark)
            self.key[-1] = event.value
        else:
            self._place(event.value, event.start_mark)

    def _open(self, collection: list[Data] | dict[str, Data], mark: Mark | None) -> None:
        if len(self.stack) >= DEEPEST:
            what, hint = TOO_DEEP
            raise self._error(what, mark, hint)
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            raise self._error("a key must be a plain word", mark, "write a word and a colon")
        path = self._place(collection, mark)
        self.stack.append((path, collection))
        self.key.append(None)

    def _place(self, value: Data, mark: Mark | None) -> Path:
        here = self._here()
        if not self.stack:
            self.root.append(value)
            return here
        parent = self.stack[-1][1]
        if isinstance(parent, list):
            parent.append(value)
            self.lines[here] = _line(mark)
        else:
            parent[self.key[-1] or ""] = value
            self.key[-1] = None
        return here

    def _here(self) -> Path:
        """Return the path of the value that comes next."""
        if not self.stack:
            return ()
        path, parent = self.stack[-1]
        return (*path, len(parent) if isinstance(parent, list) else self.key[-1] or "")

    def _error(self, what: str, mark: Mark | None, hint: str) -> ChipcalcError:
        """Return an error at a place, with the line and the one before it."""
        last = self.text.count("\n") + 1  # the parser may stop on the line after it
        problem = Problem(what, self.file, min(_line(mark), last), hint=hint)
        lines = self.text.splitlines()
        if mark is None or mark.line >= len(lines):
            return ChipcalcError(problem)
        before = [each for each in lines[max(mark.line - 1, 0) : mark.line] if each.strip()]
        text, column = lines[mark.line], mark.column
        short = [each for each in before if len(text) <= _LONG_LINE and len(each) <= _LONG_LINE]
        excerpt = around(text, column, column + 1, mark.line + 1, *short)
        return ChipcalcError(problem._replace(column=column + 1, excerpt=excerpt))


class Spot(NamedTuple):
    """Where a key or a value stands: its line from 1, and columns from 0 up to its end.

    An inner value is a list or keys with values.
    """

    line: int
    start: int
    end: int
    inner: bool = False


class Places(Builder):
    """Finds where every key and value of a text stands that is plain YAML."""

    def __init__(self) -> None:
        super().__init__("")
        self.keys: dict[Path, Spot] = {}
        self.values: dict[Path, Spot] = {}

    def _scalar(self, event: Any) -> None:
        is_key = bool(self.stack) and isinstance(self.stack[-1][1], dict) and self.key[-1] is None
        here = (*self.stack[-1][0], event.value) if is_key else self._here()
        super()._scalar(event)
        start, end = event.start_mark, event.end_mark
        last = end.column if end.line == start.line else self._length(start)
        spots = self.keys if is_key else self.values
        spots[here] = Spot(_line(start), start.column, last)

    def _open(self, collection: list[Data] | dict[str, Data], mark: Mark | None) -> None:
        here = self._here()
        super()._open(collection, mark)
        if mark:
            self.values[here] = Spot(_line(mark), mark.column, self._length(mark), inner=True)

    @cached_property
    def rows(self) -> list[str]:
        """The lines of the text."""
        return self.text.splitlines()

    def _length(self, mark: Mark) -> int:
        return len(self.rows[mark.line]) if mark.line < len(self.rows) else 0


def _line(mark: Mark | None) -> int:
    return mark.line + 1 if mark else 0
