"""A parts list as people have it, as a workbook and as CSV, comes out row by row as it should."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from chipcalc.api.database import Database
from chipcalc.commands.screening import Wanted, screen
from chipcalc.screening.judge import Kind, Screened
from chipcalc.screening.table import ScreenedTable
from chipcalc.words import screening as words
from shared import STORE

HERE = Path(__file__).parent
# made with the table, by hand: the chip that a row means, the class, and why
EXPECTED = list(csv.DictReader((HERE / "expected.csv").read_text(encoding="utf-8").splitlines()))
NUMBER, PART = 0, 1


@cache
def screened(name: str) -> ScreenedTable:
    """Return the parts list, screened by the law of a day."""
    return screen(Database(STORE), Wanted(HERE / name, as_of="2026-07-31"))


def row(name: str, part: str) -> Screened:
    """Return the row of a part number."""
    table = screened(name)
    place = next(n for n, cells in enumerate(table.grid.body) if cells[PART] == part)
    return table.rows[place]


NAMED = [each["part"] for each in EXPECTED if each["part"] not in ("(blank)", "Total")]


def chips(part: str) -> str:
    """Return which chips a row is expected to mean."""
    return next(each["resolves_to"] for each in EXPECTED if each["part"] == part)


def expected(part: str) -> str:
    """Return the class that is expected of a row."""
    return next(each["export_class"] for each in EXPECTED if each["part"] == part)


@pytest.mark.parametrize("name", ["parts.csv", "parts.xlsx"])
@pytest.mark.parametrize("part", NAMED)
def test_each_row_means_the_chip_that_it_should(name: str, part: str) -> None:
    found = [each.id for each in row(name, part).meant.sheets]
    wanted = chips(part)
    if wanted == "ambiguous":
        assert len(found) > 1
    elif "or no sheet" in wanted or "no sheet or" in wanted:
        assert len(found) <= 1
        assert set(found) <= set(wanted.replace("no sheet", "").replace(" or ", " ").split())
    elif wanted.startswith(("given", "no sheet")):
        assert not found
    elif wanted == "8 x h20":
        (sheet,) = row(name, part).meant.sheets
        assert [(each.sheet.id, each.number) for each in sheet.contents] == [("h20", 8)]
    elif wanted == "gb200":
        (sheet,) = row(name, part).meant.sheets
        assert sheet.contents[0].number == 2  # beside one processor
    else:
        assert found == [wanted]


@pytest.mark.parametrize("name", ["parts.csv", "parts.xlsx"])
@pytest.mark.parametrize("part", [each for each in NAMED if expected(each)])
def test_each_row_has_the_class_that_it_should(name: str, part: str) -> None:
    found = row(name, part)
    wanted = expected(part)
    if wanted == "open":
        assert found.kind is Kind.open
    elif wanted == "no figures":
        assert found.kind is Kind.no_sheet
    elif wanted.startswith(("none", "any but")):
        assert found.kind in (Kind.below, Kind.no_sheet)
        assert found.kind is Kind.below or "no sheet" in chips(part)
    else:  # of a board 4A090 is asked, in the same way
        assert found.kind is Kind.control
        assert found.paragraph.replace("4A090", "3A090") == wanted


@pytest.mark.parametrize("name", ["parts.csv", "parts.xlsx"])
def test_every_row_has_a_place_and_a_reason(name: str) -> None:
    table = screened(name)
    assert len(table.rows) == len(table.grid.body) == 33
    assert [each.part.number for each in table.rows] == [
        n + table.grid.header + 2 for n in range(33)
    ]
    assert all(words.why(each) for each in table.rows)
    assert [each.kind for each in table.rows].count(Kind.no_part) == 2


def test_a_name_that_two_chips_share_names_both() -> None:
    found = row("parts.csv", "A-1004")
    assert "a100-pcie and a100-sxm" in words.why(found)


def test_a_name_of_several_bins_names_each_with_its_class() -> None:
    said = words.why(row("parts.csv", "A-1011"))
    assert all(f"ascend-910b{number}: " in said for number in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("part", "figures"),
    [
        # 160 × 16 on 1,600 mm²: what lies on a limit is told in full
        ("B-2001", "TPP 2,560, PD 1.6"),
        # 300 × 16
        ("B-2002", "TPP 4,800"),
        # 599.9 × 8
        ("B-2003", "TPP ≤ 4,799.2"),
        # 100 × 8
        ("B-2004", "TPP ≤ 800"),
        # 870 / 4 × 8
        ("B-2005", "TPP ≤ 1,740"),
        # 310 × 8
        ("B-2006", "TPP ≤ 2,480"),
        # 2.3 × 8
        ("C-3003", "TPP ≤ 18.4"),
        # of the sheet, as for the chip itself
        ("E-5003", "TPP 4,718"),
    ],
)
def test_the_reason_has_the_figures_that_decide(part: str, figures: str) -> None:
    assert figures in words.why(row("parts.xlsx", part))


def test_a_formula_is_a_fault_and_is_not_worked_out() -> None:
    found = row("parts.csv", "E-5001")
    assert found.kind is Kind.no_sheet
    assert "formula" in words.why(found)
    assert screened("parts.csv").faulty == (found,)
    assert not screened("parts.xlsx").faulty


def test_equal_rows_have_rows_of_their_own() -> None:
    first, second = row("parts.csv", "A-1001"), row("parts.csv", "E-5002")
    assert first._replace(part=second.part) == second
    assert first.part.number != second.part.number
