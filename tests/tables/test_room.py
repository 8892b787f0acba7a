"""What a screen leaves out where there is little room, and how it says so."""

from __future__ import annotations

from chipcalc.tables.report import Cell, Column, Grid, Report, Row, cell
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table
from chipcalc.words.line import TextLine, command

ALL = "chipcalc compare a b --all"


def screen(*rows: Row, kind: str = "compare", blocks: int = 0, lean: bool = False) -> Report:
    """Return a report of a table of two figures, with a note and a command."""
    columns = (
        Column("", name="row"),
        Column("Memory", "decimal", 1, unit="GB", brief="Mem"),
        Column("÷ A", "decimal", 1, behind="({} × A)"),
        Column("Power", "decimal", 2, unit="W"),
    )
    grid = Grid(columns, rows, kind, blocks=blocks, lean=lean)
    note = (TextLine("a note", marker="a", minor=lean), command(ALL))
    return Report(dict, list, (TextLine("The answer"),), (grid, note), whole=ALL)


def line(label: str, memory: Cell, ratio: str, power: Cell, *, minor: bool = False) -> Row:
    """Return a row of figures."""
    return Row((cell(label), memory, cell(ratio), power), minor=minor, narrow=f"{label} in short")


NOTED = Cell(("80",), footnotes=(1,))


def test_minor_rows_and_notes_are_left_out_in_little_room_and_counted() -> None:
    rows = (line("A", NOTED, "1", cell("400")), line("B", cell("5"), "2", cell("6"), minor=True))
    narrow, roomy = (table(screen(*rows, lean=True), Style(width)) for width in (50, 80))
    assert narrow.endswith(f"Left out: 1 row, 1 note.\n{ALL}")
    assert "80ᵃ" not in narrow
    assert "a note" not in narrow
    assert "A in short" in narrow
    assert "80ᵃ" in roomy
    assert "a  a note" in roomy
    assert "Left out" not in roomy
    assert "in short" not in roomy


def test_a_title_is_brief_in_little_room() -> None:
    rows = (line("A", cell("80"), "1", cell("400")),)
    assert "Mem " in table(screen(*rows), Style(50)).replace("Memory", "")
    assert "Memory" in table(screen(*rows), Style(80))


def test_columns_beyond_the_blocks_are_left_out_with_their_notes_and_named() -> None:
    wide = "9" * 45
    rows = (line("A", cell(wide), "1", Cell((wide,), footnotes=(1,))),)
    text = table(screen(*rows, blocks=1), Style(80))
    assert text.endswith(f"Left out: Power.\n{ALL}")
    assert "a note" not in text
    whole = table(screen(*rows, blocks=2), Style(80))
    assert "Power" in whole
    assert "a  a note" in whole
    assert "Left out" not in whole


def test_chips_stand_below_one_another_with_a_ratio_behind_its_figure() -> None:
    rows = (line("A", cell("80"), "1.5", Cell(("unknown",), role="missing")),)
    lines = table(screen(*rows, kind="chips"), Style(50)).splitlines()
    assert "  Mem GB 80 (1.5 × A)" in lines
    assert not any("Power" in each for each in lines)


def test_the_command_that_shows_all_stands_once() -> None:
    rows = (line("A", cell("80"), "1", cell("400"), minor=True),)
    assert table(screen(*rows), Style(50)).count(ALL) == 1


def test_a_letter_whose_note_is_left_out_is_left_out_of_the_lines_too() -> None:
    rows = (line("A", NOTED, "1", cell("400")),)
    found = screen(*rows, lean=True)
    grid, notes = found.parts
    told = TextLine("Speed: A unknownᵃ, B 5ᵇ")
    found = found._replace(parts=(grid, (told, *notes, TextLine("kept", marker="b"))))
    assert "Speed: A unknown, B 5ᵇ" in table(found, Style(50))
    assert "Speed: A unknownᵃ, B 5ᵇ" in table(found, Style(80))


def test_a_row_of_which_nothing_is_known_says_so_where_rows_are_stacked() -> None:
    unknown = Cell(("unknown",), role="missing")
    rows = (Row((cell("A"), unknown, cell("–", role="faint"), unknown)),)
    text = table(screen(*rows, kind="chips"), Style(50))
    assert "A\n  Mem GB unknown" in text
    assert text.count("unknown") == 1


def test_what_joins_the_parts_of_a_cell_fits_into_its_column() -> None:
    rows = tuple(
        Row((cell("a" * 30), cell("of it", "b" * size, "c", joint=";"))) for size in range(1, 20)
    )
    grid = Grid((Column("", name="row"), Column("", name="why")), rows, "any")
    text = table(Report(dict, list, (), (grid,)), Style(51))
    assert max(map(len, text.splitlines())) <= 51
