"""The neutral result that every command produces: columns, rows, notes and contract data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

Json: TypeAlias = "Mapping[str, Any]"


class Column(NamedTuple):
    """A column: its title and side; columns of one group stay together when a table is split.

    Group 0 holds the columns that lead every part of a split table.
    """

    title: str
    align: Literal["left", "right"] = "left"
    group: int = 0


class Row(NamedTuple):
    """A row of cells in the order of the columns; a heading has one cell only."""

    cells: tuple[str, ...]
    heading: bool = False


class Report(NamedTuple):
    """What a command found, before any output format.

    `data` returns the versioned JSON contract, `records` the same facts as flat rows for CSV;
    they are functions, because most answers are only looked at. Every note is a block of lines,
    not yet wrapped; the hint is for people at a terminal, the caption for documents.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    data: Callable[[], Json]
    records: Callable[[], Sequence[Mapping[str, str]]]
    title: str = ""
    notes: tuple[str, ...] = ()
    hint: str = ""
    caption: str = ""
    language: str = "en"
