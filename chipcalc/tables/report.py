"""The result of a command as values: tables, drawings and blocks of lines; no layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, TypeGuard

from chipcalc.words.line import Block, Role, TextLine

Json: TypeAlias = "Mapping[str, Any]"
Data: TypeAlias = Callable[[], Json]
Records: TypeAlias = Callable[[], Sequence[Mapping[str, str]]]
Align: TypeAlias = Literal["left", "right", "decimal"]


class Cell(NamedTuple):
    """What stands in one place of a table.

    `parts` are statements that stand apart, `joint` the sign between two of them, if any; a cell
    is `level` levels in; its role says whether it names something, or what it says is missing,
    the best of its row, or of consequence. The rest are marks: of a figure that is estimated,
    or the best of many, and the numbers of the footnotes of its parts, counted from
    one, zero for none.
    """

    parts: tuple[str, ...] = ()
    level: int = 0
    role: Role = ""
    estimated: bool = False
    footnotes: tuple[int, ...] = ()
    joint: str = ""
    starred: bool = False

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
    Decimal columns align the last number of each cell on its point. Where there is little room
    the title is the brief one, if any; where rows are stacked, a cell of a column with `behind`
    stands behind the one before it, in the words that it says with ``{}`` in its place.
    """

    title: str
    align: Align = "left"
    group: int = 0
    name: str = ""
    unit: str = ""
    brief: str = ""
    behind: str = ""


class Row(NamedTuple):
    """A row of cells in the order of the columns; a heading has one cell only.

    Where there is little room a minor row is left out, and what it is about is said in the narrow
    words, if any, its unit with them.
    """

    cells: tuple[Cell, ...]
    heading: bool = False
    minor: bool = False
    narrow: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each cell, without marks."""
        return tuple(each.text for each in self.cells)


class Grid(NamedTuple):
    """A table of an answer; `kind` says of what, by which a renderer chooses its layout.

    A lean one has no footnotes where there is little room. Of one with `blocks`, columns for which
    so many parts below one another have no room are left out.
    Where its minor rows are `folded`, a screen shows these words instead of them, in a room of any
    width, and all else shows the rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = ""
    caption: str = ""
    lean: bool = False
    blocks: int = 0
    folded: str = ""


class Bar(NamedTuple):
    """A labelled count, drawn as long as it is large."""

    label: str
    number: int
    role: Role = ""


class Bars(NamedTuple):
    """Counts side by side, drawn to one scale."""

    bars: tuple[Bar, ...]


class Stretch(NamedTuple):
    """What holds on a part of a number line: its outcome, and by which lines of a rule.

    `says` is the whole as a sentence, for where nothing can be drawn.
    """

    label: str
    below: str = ""
    role: Role = ""
    says: str = ""


class NumberLine(NamedTuple):
    """Stretches of a number line from its start on, and the bounds between them.

    There is one stretch more than bounds; a bound belongs to the stretch on its left.
    """

    start: str
    unit: str
    bounds: tuple[str, ...]
    stretches: tuple[Stretch, ...]


Part: TypeAlias = "Grid | Bars | NumberLine | Block"


def is_lines(part: Part) -> TypeGuard[Block]:
    """Whether a part is a block of lines."""
    return not isinstance(part, Grid | Bars | NumberLine)


def noted(*blocks: Block) -> tuple[Block, ...]:
    """Return the blocks in which there is something."""
    return tuple(filter(None, blocks))


class Screen(NamedTuple):
    """What people look at of an answer, before its data and its records are known."""

    title: Block = ()
    parts: tuple[Part, ...] = ()
    unbroken: tuple[str, ...] = ()
    whole: str = ""

    def report(self, data: Data, records: Records) -> Report:
        """Return the screen as a whole answer, with its data and its records."""
        return Report(
            data, records, self.title, self.parts, unbroken=self.unbroken, whole=self.whole
        )


class Report(NamedTuple):
    """What a command found, before any output format.

    `data` returns the versioned JSON contract, `records` the same facts as flat rows for CSV;
    they are functions, because most answers are only looked at. The first line of the title is
    the answer; `parts` follow in their order. The caption is for documents without a title.
    `unbroken` are names with spaces at which no line may break; `whole` is the command that shows
    what is left out where there is little room. Where the parts stand `aside`, they only say what
    the title rests on, and a pipe takes the title alone, with the first parts that are `kept`.
    """

    data: Data
    records: Records
    title: Block = ()
    parts: tuple[Part, ...] = ()
    caption: str = ""
    language: str = "en"
    unbroken: tuple[str, ...] = ()
    whole: str = ""
    aside: bool = False
    kept: int = 0

    def apart(self) -> tuple[Report, Report]:
        """Return the title with the parts that are kept, and the other parts alone."""
        first, rest = self.parts[: self.kept], self.parts[self.kept :]
        return self._replace(parts=first), self._replace(title=(), parts=rest)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables among the parts."""
        return tuple(each for each in self.parts if isinstance(each, Grid))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the first table."""
        return self.grids[0].columns if self.grids else ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all tables."""
        return tuple(row for each in self.grids for row in each.rows)

    @property
    def notes(self) -> tuple[Block, ...]:
        """The blocks of lines among the parts."""
        return tuple(
            each for each in self.parts if each and not isinstance(each, Grid | Bars | NumberLine)
        )

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines of the title and of all blocks."""
        return (*self.title, *(line for each in self.notes for line in each))
