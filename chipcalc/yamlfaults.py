"""What is wrong with a text that is not plain YAML, in words that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.plain import TOO_DEEP

_KEY = re.compile(r"""(?P<before>\s*(?:- +)*)["']?(?P<key>[^\s"'#:][^"'#:]*?)["']?:(?=\s|$)""")


class Fault(NamedTuple):
    """What is wrong, and what to write instead."""

    what: str
    hint: str


_OTHER = Fault("this is not YAML", "write keys with values, each level two spaces further in")
_FAULTS = (
    ("nesting depth", Fault(*TOO_DEEP)),
    (
        "tab character|'\\\\t' that cannot",
        Fault("a tab where YAML takes spaces", "write spaces in its place"),
    ),
    ("',' or '?\\]", Fault("a list in brackets is not closed", "write ] behind its last item")),
    (
        "',' or '?}",
        Fault(
            "keys in braces are not closed",
            "write } behind the last value; one with brackets goes into quotes",
        ),
    ),
    (
        "unexpected end of stream|unexpected document (indicator|separator)",
        Fault("a text in quotes is not closed", "write the closing quote"),
    ),
    (
        "expected ':'",
        Fault("a line without a colon", "write a key, a colon and a space before the value"),
    ),
    (
        "expected key|block end|'-' indicator|not allowed",
        Fault("this does not line up with the lines above", "begin all of one level in one column"),
    ),
    ("cannot start", Fault("no value begins like this", "put the value in quotes")),
    ("invalid Unicode", Fault("it has a character that does not exist", "leave it out")),
    (
        "escape|hexdeci|octet",
        Fault("there is no such escape", "write the character itself, or use single quotes"),
    ),
    (
        "document start",
        Fault("something stands behind the end", "put all of it into one list, or under keys"),
    ),
    (
        "directive|YAML document",
        Fault("YAML directives are not used here", "leave out what begins with %, and ---"),
    ),
    (
        "block scalar|indentation indicator|comment or line break",
        Fault("nothing stands behind | or >", "begin the text in the next line, further in"),
    ),
    ("tag", Fault("tags are not used here", "write plain values, or put the value in quotes")),
    (
        "anchor|alias|alphabetic",
        Fault("anchors and aliases are not used here", "write the value out, in quotes if need be"),
    ),
    (
        "node content",
        Fault("a value is missing, or a bracket is not closed", "write the one or the other"),
    ),
    ("character", Fault("it has a character that does not exist", "leave it out")),
)


def explained(message: str, lines: Sequence[str], line: int, column: int) -> Fault:
    """Return what is wrong at a place in a text, from what its parser says.

    `line` and `column` count from 0. None of the parser's words come back.
    """
    if "mapping values are not allowed" in message and line < len(lines):
        return _colon(lines, line, column)
    plain = (fault for pattern, fault in _FAULTS if re.search(pattern, message))
    tab = line < len(lines) and lines[line][column : column + 1] == "\t"
    return _FAULTS[1][1] if tab and "cannot start" in message else next(plain, _OTHER)


def _colon(lines: Sequence[str], line: int, column: int) -> Fault:
    """Return why a key cannot stand where one does: within a value, or within a line."""
    here = _KEY.match(lines[line])
    if here and here.end() - 1 < column:
        value = lines[line][here.end() :].strip()
        return Fault("a colon inside a value", f'put the value in quotes: "{value}"')
    before = [found for text in lines[:line] if (found := _KEY.match(text))]
    if here and before:
        key, owner = here["key"], before[-1]
        start = len(owner["before"]) + 1
        hint = f"'{owner['key']}' has its value already; begin '{key}' in column {start}"
        return Fault("a key inside a value", hint)
    return Fault("a key inside a value", "begin it in the column of the key above")
