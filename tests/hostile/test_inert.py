"""No text of a table or an address turns into a formula, another cell, markup or a script."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from chipcalc.tables.html import fragment
from chipcalc.tables.latex import latex
from chipcalc.tables.markdown import markdown
from chipcalc.tables.render import comma_separated
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.words.line import Phrase, block, phrased

ROOT = Path(__file__).parents[2]
FORMULAS = [
    "=1+1",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "-inf",
    "+nan",
    "-1_0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
]
SCHEMES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "https://a.example/\njavascript:alert(1)",
    'https://a.example/" onclick="alert(1)',
]
MARKUP = ["a|b", "a\\|b", "<script>alert(1)</script>", "[x](javascript:alert(1))", "`|`", "**b**"]
CORPUS = [*FORMULAS, *SCHEMES, *MARKUP]
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def report(text: str, link: str = "") -> Report:
    """Return a report with a text in its title, a line and a cell, and as a record."""
    line = phrased(Phrase(text, link=link)) if link else phrased(text)
    table = Grid((Column("", name="row"), Column("H20")), (Row((cell("Note"), cell(text))),))
    return Report(dict, lambda: [{"note": text}], block(text), (table, (line,)))


@pytest.mark.parametrize("text", CORPUS)
def test_a_record_in_csv_is_no_formula(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(comma_separated(report(text)), newline=""))
    assert not row["note"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["note"].removeprefix("'") == text


@pytest.mark.parametrize("text", [*SCHEMES, *MARKUP])
def test_markdown_has_the_cells_it_had_and_no_script(text: str) -> None:
    made = GITHUB.render(markdown(report(text)))
    assert made.count("<td") == 2
    assert "<script" not in made
    assert 'href="javascript' not in made.lower()


@pytest.mark.parametrize("address", SCHEMES)
def test_only_pages_and_mailboxes_are_linked(address: str) -> None:
    for made in (
        GITHUB.render(markdown(report("page", address))),
        fragment(report("page", address)),
    ):
        assert "href=" not in made
        assert "page" in made
    assert "\\href" not in latex(report("page", address))


@pytest.mark.parametrize(
    "address", ["https://a.example/x", "http://a.example", "mailto:a@b.example"]
)
def test_pages_and_mailboxes_are_linked_in_markdown(address: str) -> None:
    assert f'href="{address}"' in GITHUB.render(markdown(report("page", address)))


def screened(folder: Path, name: str) -> bytes:
    """Return what screening a table with every hostile text writes to a file."""
    with (folder / "t.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Product", "Note"], *(["H20", each] for each in CORPUS)])
    words = ["screen", "t.csv", "-o", name]
    subprocess.run(
        [sys.executable, "-m", "chipcalc", *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return (folder / name).read_bytes()


def test_a_screened_table_in_csv_has_no_formula(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(screened(tmp_path, "v.csv").decode(), newline="")))
    notes = [row[1] for row in rows if row and row[0] == "H20"]
    kept = [each.removeprefix("'").split() for each in notes]
    assert kept == [each.split() for each in CORPUS]
    assert not [each for each in notes if each.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_screened_workbook_has_no_formula_and_no_link(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(screened(tmp_path, "v.xlsx")))
    cells = [each for sheet in book for row in sheet.iter_rows() for each in row]
    assert not [each for each in cells if each.data_type == "f" or each.hyperlink]
    held = {each.value for each in cells}
    assert {"=1+1", "@SUM(A1)", "-2+3", *MARKUP} <= held
