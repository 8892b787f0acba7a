"""Tables as people save them: the encoding, separator, decimals, header and sheet are found."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from chipcalc.errors import ChipcalcError
from chipcalc.intake.decimals import Held, decimal_mark, mark_of
from chipcalc.intake.headers import columns, header_row, named_unit
from chipcalc.intake.texts import Form, texts

TABLE = "Chip;Größe (mm²);Remark\nZ 9;628,5;“für”\n"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_found(written: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TABLE.encode(written))
    read = texts(path)
    assert read.form == Form(found, ";")
    assert read.rows == (("Chip", "Größe (mm²)", "Remark"), ("Z 9", "628,5", "“für”"))
    assert read.said == ("semicolon-separated", found, "header in row 1")


def test_chinese_of_the_mainland_is_found_and_other_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("芯片,算力\n昇腾910B3,640\n".encode("gb18030"))
    assert texts(path).form.encoding == "gb18030"
    assert texts(path).rows[1] == ("昇腾910B3", "640")
    path.write_bytes("晶片,算力\n昇騰處理器,640\n".encode("big5"))
    with pytest.raises(ChipcalcError, match="its encoding cannot be told") as fault:
        texts(path)
    assert "--encoding" in fault.value.problems[0].hint
    assert texts(path, Form("big5")).rows[1] == ("昇騰處理器", "640")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\0\0", "a workbook or an archive"),
        (b"\xd0\xcf\x11\xe0\0\0", "an old workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"a\0\0b\0\0\0", "no text"),
        (b"chip,\x81\n", "encoding cannot be told"),
        (b'chip,rate\n"Z,5\n', "no separated text"),
    ],
)
def test_what_cannot_be_read_says_so_in_a_line_and_what_to_do(
    data: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(ChipcalcError, match=said) as fault:
        texts(path)
    (problem,) = fault.value.problems
    assert problem.what.startswith(f"'{path}' cannot be read: ")
    assert problem.hint


@pytest.mark.parametrize("encoding", ["utf-9", "ascii"])
def test_an_encoding_that_does_not_fit_is_told(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("Größe,1\n".encode())
    with pytest.raises(ChipcalcError, match=encoding):
        texts(path, Form(encoding))


@pytest.mark.parametrize(
    ("text", "separator", "row"),
    [
        ("a,b\n1,2\n", ",", ("1", "2")),
        ("a;b\n1,5;2,5\n", ";", ("1,5", "2,5")),
        ("a\tb\n1,5\t2\n", "\t", ("1,5", "2")),
        ("a|b\n1|2\n", "|", ("1", "2")),
        ('a,b\n"x; y; z",2\n', ",", ("x; y; z", "2")),
        ("only\nZ\n", ",", ("Z",)),
        ('a;b\n"two\nlines";2\n', ";", ("two\nlines", "2")),
    ],
)
def test_a_separator_is_found(
    text: str, separator: str, row: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    assert texts(path).form.separator == separator
    assert texts(path).rows[1] == row
    assert texts(path, Form(separator=separator)).rows[1] == row


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["12,5", "1.600", "H100"], ","),
        (["1.600,0"], ","),
        (["1.600.000"], ","),
        (["12.5", "1,600"], "."),
        (["1,600.5"], "."),
        (["0.125", "7"], "."),
        (["1234.567"], "."),
        (["1,410", "1.410", "12", ""], None),
        (["12,5", "12.5"], None),
        ([Held("12.5"), "1,410"], None),
        ([Held("12.5"), "1,5"], ","),
    ],
)
def test_a_decimal_mark_is_found_where_the_cells_agree_on_one(
    cells: list[str], mark: str | None
) -> None:
    assert decimal_mark(cells) == mark


def test_a_number_of_a_workbook_has_a_point_whatever_its_texts_have() -> None:
    assert mark_of(Held("3.125"), ",") == "."
    assert mark_of("3.125", ",") == ","


TITLED = (
    ("Bill of materials, October 2026", "", ""),
    ("", "", ""),
    ("Chip", "INT8 (TOPS)", "Qty"),
    ("Z 9", "320", "16"),
)


def test_a_header_is_found_below_a_title() -> None:
    assert header_row(TITLED) == 2
    assert header_row(TITLED, {"Qty", "Chip"}) == 2
    assert header_row((("Chip",), ("H100",))) == 0
    assert header_row(()) == 0


def test_columns_have_each_a_name_of_their_own() -> None:
    assert columns(("FP16", "", "FP16", " a  b ", "")) == ("FP16", "column 2", "FP16 (2)", "a b")


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("Die size (mm²)", "mm²"),
        ("Mem BW (GB/s)", "GB/s"),
        ("FP64 (double precision) performance (FLOP/s)", "FLOP/s"),
        ("memory [GiB]", "GiB"),
        ("Power, W", "W"),
        ("TPP (supplier)", None),
        ("link (gbps)", None),
        ("Chip A", None),
    ],
)
def test_the_unit_of_a_column_is_what_its_name_says(column: str, unit: str | None) -> None:
    found = named_unit(column)
    assert (str(found) if found else None) == unit


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workbook with a title above its header, and a second sheet."""
    path, workbook = tmp_path / "t.xlsx", Workbook()
    first = workbook.active
    assert first is not None
    first.title = "BOM"
    first["B2"] = "Bill of materials"
    for row in (("Chip", "Rate", "Text", "Day"), ("Z 9", 599.9, "1.600,0", date(2026, 10, 1))):
        first.append(row)
    workbook.create_sheet("Notes")["A1"] = "said by mail"
    workbook.save(path)
    return path


def test_a_workbook_is_read_with_the_numbers_of_its_rows(book: Path) -> None:
    read = texts(book)
    assert read.header == 2
    assert read.columns == ("Chip", "Rate", "Text", "Day")
    assert read.rows[3] == ("Z 9", "599.9", "1.600,0", "2026-10-01")
    assert isinstance(read.rows[3][1], Held)
    assert read.said == ("sheet BOM (not read: Notes)", "header in row 3")
    assert texts(book, Form(sheet="Notes")).columns == ("said by mail",)


def test_a_sheet_that_is_not_there_is_an_error_with_those_that_are(book: Path) -> None:
    with pytest.raises(ChipcalcError, match="no sheet 'Note'") as fault:
        texts(book, Form(sheet="Note"))
    assert "Notes" in fault.value.problems[0].hint


def test_without_the_reader_a_workbook_says_what_to_install(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(ChipcalcError) as fault:
        texts(book)
    assert fault.value.problems[0].hint == "pip install 'chipcalc[tables]'"


def test_an_option_that_does_not_go_with_the_file_is_told(book: Path, tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError, match="a workbook has no encoding"):
        texts(book, Form(encoding="utf-8"))
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(ChipcalcError, match="has no sheet"):
        texts(path, Form(sheet="BOM"))


def test_what_is_no_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"chip,rate\n")
    with pytest.raises(ChipcalcError, match="it is no workbook"):
        texts(path)
