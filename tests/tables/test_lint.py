"""What is wrong with spec files: for people in columns, for other programs a line each."""

from __future__ import annotations

from chipcalc.errors import Excerpt, Problem
from chipcalc.tables.lint import lines, rows, summary
from chipcalc.tables.problems import Line

PROBLEMS = (
    Problem(
        "'throughput' is not a key here",
        "bad.yaml",
        6,
        "throughput",
        "move it under 'values:'",
    ),
    Problem(
        "the status is missing",
        "bad2.yaml",
        4,
        "market",
        "write {value: datacenter, status: …, source: [KEY]}",
    ),
    Problem(
        "a key inside a value",
        "bad3.yaml",
        4,
        hint="begin it in column 1",
        column=11,
        excerpt=Excerpt(("  launched: 2025-03",), ((10, 11),), 4),
    ),
)


def shown(found: list[Line]) -> list[str]:
    """Return lines as they are printed without colours."""
    return ["".join(each.text for each in line).rstrip() for line in found]


def test_place_key_and_remedy_are_columns() -> None:
    assert shown(rows(PROBLEMS, 76)) == [
        "bad.yaml:6    throughput   is not a key here: move it under 'values:'",
        "bad2.yaml:4   market       the status is missing: write {value: datacenter,",
        "                           status: …, source: [KEY]}",
        "bad3.yaml:4   launched     a key inside a value: begin it in column 1",
    ]


def test_on_a_narrow_screen_the_remedy_stands_below_the_key() -> None:
    found = shown(rows(PROBLEMS, 50))
    assert found[:2] == ["bad.yaml:6  throughput", "  is not a key here: move it under 'values:'"]
    assert max(map(len, found)) <= 50


def test_in_a_pipe_a_problem_is_one_line_that_begins_with_its_place() -> None:
    assert shown(lines(PROBLEMS)) == [
        "bad.yaml:6: 'throughput' is not a key here: move it under 'values:'",
        f"bad2.yaml:4: market: the status is missing: {PROBLEMS[1].hint}",
        "bad3.yaml:4:11: a key inside a value: begin it in column 1",
    ]


def test_the_summary_counts_what_was_checked_by_kind() -> None:
    checked = {"chips": 133, "rules": 1, "others": 3, "none": 0}
    assert shown(summary((), checked, 1.94)) == [
        "137 files, 0 problems   133 chips, 1 rule, 3 others   1.9 s"
    ]
    assert shown(summary(PROBLEMS, checked, 1.9)) == ["3 problems in 3 files"]
    assert shown(summary(PROBLEMS[:1], checked, 1.9)) == ["1 problem in 1 file"]
