"""The result of a command as values: columns, rows of cells, blocks of lines; no layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from chipcalc.words.line import Block

Json: TypeAlias = "Mapping[str, Any]"
Data: TypeAlias = Callable[[], Json]
Records: TypeAlias = Callable[[], Sequence[Mapping[str, str]]]
Role: TypeAlias = Literal["", "label", "missing", "best"]


class Cell(NamedTuple):
    """What stands in one place of a table.

    `parts` are statements that stand apart, `joint` the sign between two of them, if any; a cell
    is `level` levels in; its role says whether it names something, or what it says is missing or
    the best of its row. The rest are marks: of a figure that is estimated or computed here, and
    the numbers of the footnotes of its parts, counted from one, zero for none.
    """

    parts: tuple[str, ...] = ()
    level: int = 0
    role: Role = ""
    estimated: bool = False
    derived: bool = False
    footnotes: tuple[int, ...] = ()
    joint: str = ""

    @property
    def text(self) -> str:
        """The words of the cell on one line, without marks."""
        return f"{self.joint} ".join(self.parts)


NOTHING = Cell()


def cell(*parts: str, level: int = 0, role: Role = "", joint: str = "") -> Cell:
    """Return a cell of plain words, empty parts left out."""
    return Cell(tuple(filter(None, parts)), level, role, joint=joint)


class Column(NamedTuple):
    """A column: its title and side; columns of one group stay together when a table is split.

    Group 0 holds the columns that lead every part of a split table. The name says what stands in
    the column, by which a renderer chooses its width; `unit` is a second line of the title.
    """

    title: str
    align: Literal["left", "right"] = "left"
    group: int = 0
    name: str = ""
    unit: str = ""


class Row(NamedTuple):
    """A row of cells in the order of the columns; a heading has one cell only."""

    cells: tuple[Cell, ...]
    heading: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each cell, without marks."""
        return tuple(each.text for each in self.cells)


class Table(NamedTuple):
    """What people look at of an answer, before its data and its records are known.

    Every note is a block of lines; `kind` says what answer it is.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: Block = ()
    notes: tuple[Block, ...] = ()
    kind: str = ""

    def report(self, data: Data, records: Records, hint: str = "") -> Report:
        """Return the table as a whole answer, with its data, its records and what to do next."""
        return Report(
            self.columns,
            self.rows,
            data,
            records,
            title=self.title,
            notes=self.notes,
            hint=hint,
            kind=self.kind,
        )


class Report(NamedTuple):
    """What a command found, before any output format.

    `data` returns the versioned JSON contract, `records` the same facts as flat rows for CSV;
    they are functions, because most answers are only looked at. Every note is a block of lines.
    The hint is for people at a terminal, the caption for documents; `kind` says what answer it
    is, by which a renderer chooses its layout.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    data: Data
    records: Records
    title: Block = ()
    notes: tuple[Block, ...] = ()
    hint: str = ""
    caption: str = ""
    language: str = "en"
    kind: str = ""
