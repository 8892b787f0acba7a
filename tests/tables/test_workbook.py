"""A workbook, read back by another program than wrote it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from chipcalc.tables.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Grid,
    NumberLine,
    Report,
    Row,
    Stretch,
    cell,
)
from chipcalc.tables.workbook import workbook
from chipcalc.words.line import TextLine, block, command

COLUMNS = (Column("what"), Column("H20", "right", 1, unit="TOPS"))


def report(
    *rows: Row, records: Sequence[Mapping[str, Any]] = (), title: Sequence[str] = ("Compared",)
) -> Report:
    """Return a report of rows, with a title and two notes."""
    notes = (block("a  one note"), block(TextLine("another", 1), command("chipcalc x")))
    return Report(dict, lambda: records, block(*title), (Grid(COLUMNS, rows), *notes))


def sheet(found: Report, name: str) -> Worksheet:
    """Return a sheet of the workbook of a report."""
    read = load_workbook(io.BytesIO(workbook(found)))[name]
    assert isinstance(read, Worksheet)
    return read


def figure(*parts: str, **marks: Any) -> Any:
    """Return what stands in the place of a figure: its value, and the format that shows it."""
    found = Cell(parts, **marks)
    return sheet(report(Row((cell("FP8"), found))), "answer").cell(3, 2)


@pytest.mark.parametrize(
    ("shown", "value", "looks"),
    [
        ("296", 296, "0"),
        ("1,978.9", 1978.9, "#,##0.0"),
        ("0.0270", 0.027, "0.0000"),
        ("12,800", 12800, "#,##0"),
        ("+768", 768, '"+"0'),
        ("−2,432", -2432, '"−"#,##0;"−"#,##0'),
    ],
)
def test_a_figure_is_a_number_with_as_many_digits_as_on_the_screen(
    shown: str, value: float, looks: str
) -> None:
    found = figure(shown)
    assert (found.value, found.number_format) == (value, looks)
    assert found.data_type == "n"


@pytest.mark.parametrize(
    "shown", ["400–550", "≤ 560", "2.909…", "unknown", "equal", "–", "1,00", "3A090", "−51 %"]
)
def test_ranges_bounds_and_what_is_cut_are_no_numbers(shown: str) -> None:
    found = figure(shown)
    assert (found.value, found.data_type) == (shown, "s")


def test_marks_of_a_figure_stand_in_its_format_and_leave_it_a_number() -> None:
    found = figure("560", estimated=True, starred=True, footnotes=(2,))
    assert found.value == 560
    assert found.data_type == "n"
    assert found.number_format == '"~"0"*ᵇ"'


@pytest.mark.parametrize("text", ["=1+1", "+1-1", "-1", "@SUM(A1)", "{=1}", "http://x.example"])
def test_a_text_is_never_a_formula_or_an_address(text: str) -> None:
    found = report(Row((cell(text), cell(text))), records=[{"note": text, "value": "=A1"}])
    for name, row in (("answer", 3), ("data", 2)):
        read = sheet(found, name)
        for place in read[row]:
            assert place.data_type in ("s", "n")
            assert place.hyperlink is None
        assert read.cell(row, 1).value in (text, -1)
    assert sheet(found, "answer").cell(3, 1).value == text
    assert sheet(found, "data").cell(2, 2).value == "=A1"


def test_the_title_stands_above_the_columns_which_stay_in_sight() -> None:
    read = sheet(report(Row((cell("FP8"), cell("296")))), "answer")
    assert read["A1"].value == "Compared"
    assert [each.value for each in read[2]] == ["what", "H20 TOPS"]
    assert all(each.font.bold for each in read[2])
    assert read.freeze_panes == "A3"


def test_headings_are_bold_and_what_is_further_in_is_set_in() -> None:
    rows = (Row((cell("Compute"),), heading=True), Row((cell("FP8", level=1), cell("296"))))
    read = sheet(report(*rows), "answer")
    assert read["A3"].font.bold
    assert not read["A4"].font.bold
    assert read["A4"].value == "FP8"
    assert read["A4"].alignment.indent == 1


def test_parts_of_a_cell_stand_below_one_another() -> None:
    read = sheet(report(Row((cell("TPP 2,368 < 2,400", "PD 2.9 < 3.2"), cell("x")))), "answer")
    assert read["A3"].value == "TPP 2,368 < 2,400\nPD 2.9 < 3.2"
    assert read["A3"].alignment.wrap_text


def test_columns_are_as_wide_as_what_stands_in_them_up_to_a_limit() -> None:
    rows = (Row((cell("昇腾" * 10), cell("x" * 500))),)
    widths = sheet(report(*rows), "answer").column_dimensions
    assert widths["A"].width > 40
    assert 55 < widths["B"].width < 70


def test_data_has_a_column_for_every_field_that_can_be_filtered() -> None:
    records = [{"chip": "h20", "value": "296"}, {"chip": "x", "unit": "W"}]
    read = sheet(report(records=records), "data")
    assert [each.value for each in read[1]] == ["chip", "value", "unit"]
    assert [each.value for each in read[3]] == ["x", None, "W"]
    assert read.freeze_panes == "A2"
    assert read.auto_filter.ref == "A1:C3"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("296", 296),
        ("-0.5", -0.5),
        ("1E+3", 1000),
        ("2.909090909090909090909090909", 2.90909090909091),
        (3, 3),
        (True, "True"),
        (None, None),
        ("", None),
        ("007", "007"),
        ("1184/407", "1184/407"),
        ("3A090.a", "3A090.a"),
        ("nan", "nan"),
    ],
)
def test_what_is_a_number_in_the_data_is_one_in_the_workbook(said: Any, value: Any) -> None:
    found = sheet(report(records=[{"value": said, "chip": "h20"}]), "data").cell(2, 1).value
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


def test_years_among_days_stay_as_they_are_written() -> None:
    records = [{"launched": "2022"}, {"launched": "2019-08-23"}, {"launched": "2025-03"}]
    read = sheet(report(records=records), "data")
    assert [read.cell(row, 1).value for row in (2, 3, 4)] == ["2022", "2019-08-23", "2025-03"]


def test_notes_and_the_command_for_more_have_a_sheet_of_their_own() -> None:
    read = sheet(report(), "notes")
    assert [each.value for each in read["A"]] == ["a  one note", "another", "chipcalc x"]


def test_what_is_longer_than_a_cell_can_hold_still_opens() -> None:
    read = sheet(report(Row((cell("x" * 40_000), cell("1")))), "answer")
    assert len(read["A3"].value) == 32_767


def test_an_answer_of_nothing_is_a_workbook_as_well() -> None:
    assert sheet(report(title=()), "data").max_row == 1


def test_drawings_are_their_numbers_and_their_sentences() -> None:
    stretches = (Stretch("b", says="up to 5: b"), Stretch("a", says="above 5: a"))
    parts = (Bars((Bar("3A090.a", 55),)), NumberLine("0", "mm²", ("5",), stretches))
    read = sheet(report()._replace(parts=parts), "answer")
    assert [[each.value for each in row] for row in read.iter_rows(min_row=3)] == [
        ["3A090.a", 55],
        [None, None],
        ["up to 5: b", None],
        ["above 5: a", None],
    ]


def test_the_head_of_the_first_of_several_tables_stays_in_sight() -> None:
    tables = [Grid(COLUMNS, (Row((cell("FP8"), cell("1"))),), caption=each) for each in ("", "Sum")]
    read = sheet(report()._replace(parts=tuple(tables)), "answer")
    assert read.freeze_panes == "A3"
    assert [each.value for each in read["A"]] == [
        *("Compared", "what", "FP8", None),
        *("Sum", "what", "FP8"),
    ]
