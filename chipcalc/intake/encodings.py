"""The bytes of a text file as text, with the encoding that was found; none is guessed at random."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from chipcalc.errors import error

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a workbook or an archive", "end the name of a workbook in .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old workbook", "end its name in .xls"),
    (b"%PDF", "a PDF", "save its table as CSV"),
)
_SAVE = "save it as UTF-8, or name its encoding: --encoding cp1252, gb18030, big5 …"
_WESTERN = 3  # letters beyond ASCII that stand together in a western language, or fewer
_MOST = 0.75  # of Chinese letters are common ones


class Decoded(NamedTuple):
    """A text and the encoding that it was in."""

    text: str
    encoding: str


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """Return bytes as text, in the encoding if one is said, or else in the one that they show.

    A mark at the start tells it; else it is UTF-8 where that fits, UTF-16 by its zeros, Chinese
    by runs of its commonest letters, Western (cp1252) by lone ones. Raises ChipcalcError for what
    is no text, for an encoding that does not fit, and where none can be told.
    """
    if encoding:
        return _as(data, encoding)
    for start, what, hint in _OTHERS:
        if data.startswith(start):
            raise error(f"it is {what}, and no text", hint)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked:
        return _as(data, marked)
    if b"\0" in data:
        return _as(data, _by_zeros(data))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _older(data)


def _as(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        return Decoded(data.decode(encoding), name)
    except LookupError:
        raise error(f"'{encoding}' is no encoding", "write --encoding utf-8, cp1252 …") from None
    except UnicodeError:
        raise error(f"it is no text in {encoding}", _SAVE) from None


def _by_zeros(data: bytes) -> str:
    """Return the order of UTF-16 whose zeros stand beside the signs of ASCII."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if not even and len(data) % 2 == 0:
        return "utf-16-le"
    if not odd and len(data) % 2 == 0:
        return "utf-16-be"
    raise error("it is no text", "save it as CSV in UTF-8")


def _older(data: bytes) -> Decoded:
    longest = max(map(len, re.findall(rb"[\x80-\xff]+", data)))
    try:
        if longest <= _WESTERN:
            return Decoded(data.decode("cp1252"), "cp1252")
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    letters = [each for each in text if not each.isascii()]
    if letters and sum(map(_is_common, letters)) >= _MOST * len(letters):
        return Decoded(text, "gb18030")
    raise error("its encoding cannot be told", _SAVE)


def _is_common(letter: str) -> bool:
    """Whether a letter is one of the six thousand that texts of the mainland mostly consist of."""
    try:
        return bool(letter.encode("gb2312"))
    except UnicodeEncodeError:
        return False
