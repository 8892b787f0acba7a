"""Mappings of tables are spec files: each wrong word is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.files import BUILT_IN
from chipcalc.lint.paths import MAPPINGS, paths

GOOD = """\
id: mine
title: T
publisher: P
url: https://example.org/t
accessed: 2026-11-01
recognised_by: [it]
name: chip
columns:
  it: {metric: board_power, unit: W}
  rate:
    metric: throughput
    unit: TOPS
    when: {format: int8, engine: tensor, sparsity: dense}
left:
  price: in no currency
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a mapping that is in order, in a spec folder."""
    path = tmp_path / "mappings" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_mapping_in_order_is_counted_in_a_folder_and_alone(file: Path, tmp_path: Path) -> None:
    for given in (tmp_path, file):
        found = paths([given], ())
        assert found.problems == ()
        assert found.checked[MAPPINGS] == 1


@pytest.mark.parametrize(
    ("right", "wrong", "line", "place", "what"),
    [
        ("id: mine", "id: other", 1, "id", "the id is 'other', but the file is named mine.yaml"),
        ("metric: board_power", "metric: weight", 9, "columns.it.metric", "is no metric that"),
        ("unit: W", "unit: GB", 9, "columns.it.unit", "board_power is not measured in GB"),
        ("unit: TOPS", "unit: TOPZ", 12, "columns.rate.unit", "TOPZ"),
        ("int8", "int9", 13, "columns.rate.when.format", "'int9' is no word for format"),
        ("engine: t", "ways: t", 13, "columns.rate.when.ways", "has no condition 'ways'"),
        ("  price:", "  rate:", 15, "left.rate", "'rate' is read, and is among"),
        ("name: chip", "names: chip", 7, "names", "names"),
        (
            "  it: {metric: board_power, unit: W}",
            "  it (kW): {metric: board_power, unit: W}",
            9,
            "columns.it (kW).unit",
            "the column says kW, and the mapping W",
        ),
        (
            "left:",
            "die_area: {column: a, unit: mm, count: 1}\nleft:",
            14,
            "die_area.unit",
            "no area is measured in mm",
        ),
        (
            "name: chip",
            "name: chip\nlong: {by: what, value: it}",
            10,
            "columns.it",
            "'it' holds the amounts",
        ),
    ],
)
def test_a_wrong_word_is_told_with_its_line(
    right: str, wrong: str, line: int, place: str, what: str, file: Path, tmp_path: Path
) -> None:
    file.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    for given in (tmp_path, file):
        found = [each for each in paths([given], ()).problems if what in each.what]
        assert [(each.line, each.path) for each in found] == [(line, place)]
        assert found[0].hint
        assert Path(found[0].file).name == "mine.yaml"


def test_a_folder_for_mappings_without_any_is_told(tmp_path: Path) -> None:
    (tmp_path / "mappings").mkdir()
    with pytest.raises(Exception, match="no files to check in"):
        paths([tmp_path], ())


def test_the_built_in_mappings_are_read_and_counted() -> None:
    files = sorted((BUILT_IN / "mappings").glob("*.yaml"))
    found = paths(files, ())
    assert found.problems == ()
    assert found.checked == {MAPPINGS: len(files)}
