"""A table that is sent comes back row by row, and nothing of it is kept."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import openpyxl
import pytest

from visited import reader, words

TABLE = """Part,Maker,INT8 dense (TOPS),Die size (mm²),Segment
NVIDIA H20,NVIDIA,,,Data Center
In-house NPU,Acme,1000 TOPS,600,Data Center
Ascend 910B,Huawei,,,Data Center
"""


def sent(table: str = TABLE, name: str = "parts.csv", **said: str) -> Any:
    """Return the answer to a table that is sent by the form."""
    files = {"table": (name, table.encode(), "text/csv")}
    return reader().post("/screen", files=files, data={"as_of": "2026-02-01", **said})


def test_every_row_comes_back_with_its_verdict_and_why() -> None:
    """1,000 TOPS at 8 bits are 8,000, above 4,800; the H20 has 2,368."""
    found = sent()
    assert found.status_code == 200
    page = words(found.text).partition("Row by row")[2]
    assert "not 3A090" in page.partition("NVIDIA H20")[2][:60]
    assert "3A090.a" in page.partition("In-house NPU")[2][:60]


def test_a_name_of_several_chips_is_chosen_from_them() -> None:
    page = sent().text
    assert '<select id="row-4" name="row-4">' in page
    text = page.partition('<textarea name="text"')[2].partition(">")[2].partition("</textarea>")[0]
    chosen = reader().post(
        "/screen",
        data={
            "text": text.replace("&#34;", '"'), "as": "page", "row-4": "0:ascend-910b3",
            "as_of": "2026-02-01",
        },
    )  # fmt: skip
    assert 'name="row-4"' not in chosen.text
    assert "Ascend 910B3" in words(chosen.text)


def test_it_is_taken_away_as_a_workbook_with_verdicts() -> None:
    page = reader().post("/screen", data={"text": TABLE, "as": "xlsx", "as_of": "2026-02-01"})
    assert page.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(page.content))
    cells = [str(each.value) for row in book.worksheets[0] for each in row]
    assert "In-house NPU" in cells
    assert any("3A090.a" in each for each in cells)


def test_nothing_of_a_table_is_kept() -> None:
    before = set(Path(gettempdir()).glob("chipcalc-*"))
    sent()
    assert set(Path(gettempdir()).glob("chipcalc-*")) == before


@pytest.mark.parametrize(
    ("table", "name", "says"),
    [
        ("a,b\n1,2\n", "parts.csv", "no column says which part"),
        (TABLE, "parts.exe", "is no table that is read here"),
        ("", "parts.csv", "parts.csv"),
        ("x", "../../etc/passwd", "is no table that is read here"),
    ],
)
def test_what_is_no_table_is_said_so_by_the_name_that_was_sent(
    table: str, name: str, says: str
) -> None:
    found = sent(table, name)
    assert found.status_code == 400
    assert says in words(found.text)
    assert "/tmp" not in found.text  # noqa: S108 where it was read is nobody's business


def test_cells_of_a_table_are_words_and_no_markup() -> None:
    table = TABLE.replace("In-house NPU", "<script>alert(1)</script>")
    assert "<script>alert" not in sent(table).text


def test_too_many_rows_are_refused_in_words() -> None:
    table = "Part,INT8 (TOPS)\n" + "".join(f"p{each},{each}\n" for each in range(5_001))
    assert "more than a page answers" in words(sent(table).text)
