"""A report as a Word document, read back with the library that writes it."""

from __future__ import annotations

import io
from typing import Any

import docx as library
import pytest

from chipcalc.tables.docx import docx
from chipcalc.tables.report import Cell, Column, Grid, Part, Report, Row, cell
from chipcalc.words.line import Phrase, TextLine, command, phrased

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(*parts: Part, title: tuple[TextLine, ...] = ()) -> Any:
    report = Report(dict, list, title, parts)
    return library.Document(io.BytesIO(docx(report)))


def texts(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs if each.text]


def test_the_first_line_is_the_heading_and_the_title_of_the_document() -> None:
    found = read(title=(phrased(Phrase("H20: "), Phrase("required", "stop")), TextLine("below")))
    head, *rest = [each for each in found.paragraphs if each.text]
    assert (head.text, head.style.name) == ("H20: required", "Heading 1")
    assert found.core_properties.title == "H20: required"
    assert [each.text for each in rest] == ["below"]
    (stop,) = [each for each in head.runs if each.text == "required"]
    assert stop.bold
    assert str(stop.font.color.rgb) == "A3123A"


def test_a_table_has_its_head_on_each_page_and_its_numbers_on_the_right() -> None:
    columns = (Column("figure"), Column("value", "decimal"))
    rows = (Row((cell("TPP"), cell("2,368"))), Row((cell("PD"), cell("2.9"))))
    (table,) = read(Grid(columns, rows)).tables
    told = [[each.text for each in row.cells] for row in table.rows]
    assert told == [["figure", "value"], ["TPP", "2,368"], ["PD", "2.9"]]
    assert table.rows[0]._tr.find(f".//{{{WORDS}}}tblHeader") is not None
    assert table.rows[1]._tr.find(f".//{{{WORDS}}}tblHeader") is None
    sides = [each.paragraphs[0].alignment for each in table.rows[1].cells]
    assert sides[0] is None
    assert str(sides[1]).startswith("RIGHT")


def test_a_heading_of_rows_goes_across_and_a_level_is_set_in() -> None:
    columns = (Column("a"), Column("b"))
    rows = (Row((cell("3A090.a"),), heading=True), Row((cell("TPP", level=2), cell("x"))))
    (table,) = read(Grid(columns, rows)).tables
    assert table.rows[1].cells[0]._tc is table.rows[1].cells[1]._tc
    first = table.rows[2].cells[0].paragraphs[0].paragraph_format.left_indent
    assert first.cm == pytest.approx(1.0, abs=0.01)


def test_what_stands_apart_in_a_cell_has_lines_of_its_own() -> None:
    columns = (Column("a"), Column("b"))
    (table,) = read(Grid(columns, (Row((Cell(("one", "two"), joint=";"), cell("x"))),))).tables
    assert table.rows[1].cells[0].text == "one;\ntwo"


def test_lists_are_as_deep_as_their_lines_and_conditions_have_boxes() -> None:
    found = read(
        (TextLine("lead"), TextLine("one", 1), TextLine("two", 2), TextLine("c", 1, "[ ]"))
    )
    lead, one, two, box = [each for each in found.paragraphs if each.text]
    assert lead.paragraph_format.left_indent is None
    assert one.paragraph_format.left_indent < two.paragraph_format.left_indent
    assert box.text == "☐\tc"


def test_addresses_are_links_and_commands_are_typed() -> None:
    line = phrased("see ", Phrase("the rule", link="https://example.org/a?b=1&c=2"))
    found = read((line, command("chipcalc check h20")))
    links = [e.target_ref for e in found.part.rels.values() if e.is_external]
    assert links == ["https://example.org/a?b=1&c=2"]
    told = "".join(each.text or "" for each in found.element.iter(f"{{{WORDS}}}t"))
    assert "see the rule" in told
    (typed,) = [each for each in found.paragraphs if each.text == "chipcalc check h20"]
    assert typed.runs[0].font.name == "Consolas"


def test_a_heading_among_lines_is_one_of_the_document() -> None:
    found = read((TextLine("Sources", role="heading"), TextLine("one", 1)))
    head = next(each for each in found.paragraphs if each.text)
    assert (head.text, head.style.name) == ("Sources", "Heading 2")
