"""Lines of words as values: how far in, and behind which marker; no layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class TextLine(NamedTuple):
    """A line of words, `level` levels in, behind a marker such as a footnote's letter."""

    text: str
    level: int = 0
    marker: str = ""


Block: TypeAlias = "tuple[TextLine, ...]"


def block(*lines: str | TextLine) -> Block:
    """Return lines as a block, empty ones left out."""
    return tuple(each for each in deeper(lines, 0) if each.text)


def deeper(lines: Iterable[str | TextLine], levels: int = 1) -> list[TextLine]:
    """Return lines some levels further in."""
    made = (each if isinstance(each, TextLine) else TextLine(each) for each in lines)
    return [each._replace(level=each.level + levels) for each in made]
