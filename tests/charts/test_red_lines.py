"""Chips against the lines of a day: regions as the rules draw them, words that do not collide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from chipcalc.charts import Chart, red_lines
from chipcalc.charts.classes import OPEN, OUTSIDE
from chipcalc.charts.red_lines_values import AXES, RedLines, gathered
from chipcalc.charts.regions import Cell, grid
from chipcalc.charts.rendering import svg
from chipcalc.charts.style import Style, style
from chipcalc.check.result import Checked
from chipcalc.check.what_if import suppose
from measured import picture
from shared import STORE, real_rules, rules

DAY = "2026-02-01"
FIRST = "2022-10-07"
NAMED = ("h20", "h100-sxm", "ascend-910b3", "orin-x", "thor-x")


@cache
def checked(day: str) -> tuple[Checked, ...]:
    """Return every built-in chip checked on a day, by the paragraphs that a picture shows."""
    found = (suppose(each, {}, STORE.vocabulary) for each in STORE.all())
    asked = real_rules(day, "us-3a090-a", "us-3a090-b", "us-3a991-p")
    return tuple(asked.check(each.evaluator, each.circumstances) for each in found)


def chart(day: str = DAY, only: int | None = None) -> Chart:
    """Return the picture of all chips, or of the named ones and some more."""
    found = checked(day)
    if only is not None:
        first = [each for each in found if each.sheet.id in NAMED]
        found = (*first, *(e for e in found if e not in first))[:only]
    return red_lines(real_rules(day), found, named=NAMED, address=lambda chip: f"/chip/{chip}")


def values(day: str) -> RedLines:
    """Return what the picture of all chips shows."""
    return gathered(real_rules(day), checked(day), NAMED, str)


def cell_at(found: RedLines, x: float, y: float) -> Cell:
    """Return the cell in which a point lies; a point on a cut lies in the cell above it."""

    def holds(ends: tuple[object, object], at: float) -> bool:
        low, high = (None if each is None else float(str(float(each))) for each in ends)  # type: ignore[arg-type]
        return (low is None or at >= low) and (high is None or at < high)

    return next(each for each in found.grid.cells if holds(each.x, x) and holds(each.y, y))


@pytest.mark.parametrize("day", ["2021-01-01", FIRST, "2024-06-01", DAY])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_no_two_words_overlap_and_none_leaves_the_picture(day: str, width: str) -> None:
    found = picture(chart(day).draw(style("light", "wide" if width == "wide" else "narrow")))
    assert found.overlapping() == []
    assert found.outside() == []


@pytest.mark.parametrize("pixels", [390, 740, 1280])
def test_no_two_words_overlap_of_20_chips(pixels: int) -> None:
    found = picture(chart(only=20).draw(Style(width=pixels)))
    assert found.overlapping() == []
    assert found.outside() == []


@pytest.mark.parametrize("width", [390, 740, 1280])
def test_a_picture_is_no_wider_than_it_is_asked_to_be(width: int) -> None:
    assert picture(chart().draw(Style(width=width))).width <= width


def test_every_chip_asked_for_by_name_that_has_both_figures_has_its_label() -> None:
    found = {each.words for each in picture(chart().specification).texts}
    drawn = [e for e in values(DAY).dots if e.named and e.x and e.y]
    assert drawn
    for each in drawn:
        assert any(words.startswith(each.name.split(" (")[0]) for words in found), each.name


def usual(found: RedLines) -> Iterator[tuple[str, Cell, str]]:
    """Yield the chips of the market of the regions that have one value for each figure."""
    for each in found.dots:
        if each.x and each.y and each.filled and each.x[0] == each.x[2] and each.y[0] == each.y[2]:
            yield each.name, cell_at(found, each.x[1], each.y[1]), each.drawn_as


def test_a_chip_lies_in_the_region_of_its_own_verdict() -> None:
    """That is so where no third figure decides, and no market takes the chip out."""
    found = [*usual(values(DAY))]
    assert len(found) > 20
    for name, cell, drawn_as in found:
        assert cell.name == drawn_as, name


def test_in_2022_a_chip_is_outside_or_lies_in_the_one_region_that_io_decides() -> None:
    """The rule of 2022-10-07: 4800 TOPS and bits, and 600 GB/s of input and output."""
    found = values(FIRST)
    assert [cell.name for cell in found.grid.cells] == [OUTSIDE, OPEN]
    assert found.grid.cells[1].asks == "I/O ≥ 600 GB/s"
    for name, cell, drawn_as in usual(found):
        assert cell.name == OPEN or drawn_as == OUTSIDE, name


def test_before_the_first_rule_there_is_no_line() -> None:
    assert values("2021-01-01").grid.cells == ()
    assert "no line yet" in chart("2021-01-01").title


def test_the_lines_of_2023_are_those_of_the_federal_register() -> None:
    """88 FR 73458: 1600, 2400 and 4800; densities of 1.6, 3.2 and 5.92."""
    found = grid(real_rules(DAY), AXES)
    assert [float(each) for each in found.x] == [1600, 2400, 4800]
    assert [float(each) for each in found.y] == [1.6, 3.2, 5.92]
    assert found.usual == ("datacenter",)
    assert found.below == 4800


OWN = """\
id: house-limit
paragraph: House limit
title: What we ship without asking the board
kind: policy
verified: 2026-01-01
versions:
  - in_force: 2026-01-01
    confidence: unverified
    note: decided by the board on 2025-12-15
    all: {tpp: {at_least: 700 TOPS*bit}, memory_bandwidth: {more_than: 3 TB/s}}
"""


def test_a_threshold_of_ones_own_draws_itself(tmp_path: Path) -> None:
    path = tmp_path / "house-limit.yaml"
    path.write_text(OWN, encoding="utf-8")
    day = rules(STORE, DAY, (path,))
    items = [suppose(STORE.sheet(each), {}, STORE.vocabulary) for each in NAMED]
    found = red_lines(day, [day.check(e.evaluator, e.circumstances) for e in items])
    assert any("House limit" in each and "memory bandwidth > 3 TB/s" in each for each in found.says)
    shown = picture(found.specification)
    assert "House limit 700" in {each.words for each in shown.texts}
    assert shown.overlapping() == []
    assert shown.outside() == []


def test_marks_lead_to_the_address_of_their_chip_and_the_table_has_every_chip() -> None:
    found = chart()
    assert 'href="/chip/h20"' in svg(found, bare=True)
    ever = [e for e in checked(DAY) if not e.circuits and e.case.said("item") == "ic"]
    names = {row[0] for row in found.rows}
    assert {each.sheet.name for each in ever} <= names
