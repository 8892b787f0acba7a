"""The program's signs in ASCII: spelled so that they can be read, and before they are laid out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.tables.report import Bar, Bars, Cell, Column, Grid, Report, Row
from chipcalc.tables.transliteration import (
    finished,
    in_ascii,
    in_encoding,
    report_in_ascii,
    report_in_encoding,
)
from chipcalc.words.line import Phrase, TextLine, command, raised

COMMAND = command("chipcalc calc '1 TB/s × 2'")
REPORT = Report(
    data=dict,
    records=list,
    title=(TextLine("昇腾910 × 2", 1, "ᵃ", phrases=(Phrase("昇腾910", "stop"), Phrase(" × 2"))),),
    parts=(
        Grid(
            columns=(Column("H100 ÷ H20", "right", 1, "figure", "TPP/mm²"),),
            rows=(Row((Cell(("≥ 4,800", "−51 %"), 1, joint=" ·"),), heading=True),),
        ),
        Bars((Bar("3A090.a → .b", 5),)),
        (TextLine("“400–550”"), COMMAND),
    ),
    unbroken=("910 · B",),
)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("H100 ÷ H20", "H100 / H20"),
        ("6.69 ×", "6.69 x"),
        ("bandwidth ≥ 1,400, PD ≤ 5.92", "bandwidth >= 1,400, PD <= 5.92"),
        ("2.909…", "2.909..."),
        ("TOPS·bit", "TOPS*bit"),
        ("FP8 · INT8", "FP8, INT8"),
        ("H20: 2 official, 13 reported · H100: 1", "H20: 2 official, 13 reported; H100: 1"),
        ("400–550", "400-550"),
        ("−51 %", "-51 %"),
        ("±5 %", "+/-5 %"),
        ("INT8 → TOPS", "INT8 -> TOPS"),
        ("814 mm²", "814 mm^2"),
        ("10¹²", "10^12"),
        ("s⁻¹", "s^-1"),
        ("9–15ᵇ", "9-15(b)"),
        ("5 µm, 5 μm", "5 um, 5 um"),
        ("“h20”", '"h20"'),
        ("the vendor’s", "the vendor's"),
        ("Jérôme, München, ﬁrst", "Jerome, Munchen, first"),
        ("├── 3A090.a ───┼──▶", "|-- 3A090.a ---+-->"),
        ("██▌", "###"),
        ("昇腾910（2019）", "昇腾910（2019）"),
    ],
)
def test_a_sign_is_spelled_as_people_write_it_in_ascii(signs: str, expected: str) -> None:
    assert in_ascii(signs) == expected


@pytest.mark.parametrize("footnote", [1, 15, 25, 26, 700])
def test_every_footnote_has_its_letters_in_ascii(footnote: int) -> None:
    letters = in_ascii(raised(footnote))
    assert letters.isascii()
    assert letters.startswith("(")
    assert len(letters) == len(raised(footnote)) + 2


@given(st.text())
def test_letters_of_other_scripts_and_ascii_stay(text: str) -> None:
    kept = [each for each in text if each.isascii() or unicodedata.east_asian_width(each) in "WF"]
    found = in_ascii(text)
    assert [each for each in found if each in kept] != [] or not kept
    assert in_ascii(found) == found


@given(st.text(st.characters(codec="ascii")))
def test_ascii_is_spelled_as_it_is(text: str) -> None:
    assert in_ascii(text) == text


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "gbk"]))
def test_every_text_can_be_encoded_in_the_signs_of_an_encoding(text: str, encoding: str) -> None:
    in_encoding(text, encoding).replace("\u00a0", " ").encode(encoding)


@given(st.text(st.characters(codec="cp1252")))
def test_what_an_encoding_has_stays(text: str) -> None:
    assert in_encoding(text, "cp1252") == text


def test_a_sign_that_cannot_be_spelled_takes_its_room_with_question_marks() -> None:
    assert in_encoding("昇腾910", "latin-1") == "????910"


def test_every_text_of_a_report_is_spelled_and_nothing_else_changes() -> None:
    found = report_in_ascii(REPORT)
    assert found == REPORT._replace(
        title=(TextLine("昇腾910 x 2", 1, "(a)", "", (Phrase("昇腾910", "stop"), Phrase(" x 2"))),),
        parts=(
            Grid(
                columns=(Column("H100 / H20", "right", 1, "figure", "TPP/mm^2"),),
                rows=(Row((Cell((">= 4,800", "-51 %"), 1, joint=" *"),), heading=True),),
            ),
            Bars((Bar("3A090.a -> .b", 5),)),
            (TextLine('"400-550"'), COMMAND),
        ),
        unbroken=("910, B",),
    )


def test_marks_of_a_cell_are_spelled_with_its_words() -> None:
    found = Cell(("9–15", "0.5"), 1, "best", estimated=True, footnotes=(2, 0), starred=True)
    grid = Grid((Column("kUSD"),), (Row((found,)),))
    (row,) = report_in_ascii(REPORT._replace(parts=(grid,))).rows
    assert row.cells == (Cell(("~9-15(b)", "0.5*"), 1, "best"),)


def test_a_report_in_an_encoding_keeps_what_that_has() -> None:
    found = report_in_encoding(REPORT, "cp1252")
    assert found.columns[0] == REPORT.columns[0]
    assert found.rows[0].cells[0].parts == (">= 4,800", "-51 %")


@given(st.text(st.sampled_from("─│├┼▶█▌·–− a²")))
def test_what_a_layout_draws_takes_as_many_signs_in_ascii(drawn: str) -> None:
    assert len(finished(drawn)) == len(drawn)
