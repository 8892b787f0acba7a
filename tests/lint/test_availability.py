"""Whether a sheet says that its chip is not out is checked against its launch and its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.lint import sheets
from chipcalc.sheets.store import Store

RATE = """\
values:
  throughput:
    - {value: 500, unit: TOPS, when: {format: int8, engine: tensor, sparsity: dense}, \
status: official, source: sheet}
"""


def found(specs: Path, text: str) -> list[tuple[str, str]]:
    """Return the places and words of the problems of a folder with one more sheet."""
    (specs / "chips" / "acme" / "x1.yaml").write_text(text, encoding="utf-8")
    store = Store((specs,))
    return [(each.path, each.what) for each in sheets.problems(store, set(store.files))]


def availability(value: str, day: str) -> str:
    """Return the line of a sheet that says whether its chip can be had."""
    return f"availability: {{value: {value}, as_of: {day}, status: official, source: sheet}}\n"


def test_a_launch_ahead_of_every_source_says_that_it_is_announced(specs: Path, head: str) -> None:
    bare = head + "launched: 2026-01-03\n"
    assert found(specs, bare + RATE) == [("launched", "its launch lies ahead of its sources")]
    assert found(specs, bare + availability("announced", "2026-01") + RATE) == []


def test_a_launch_on_the_day_of_the_last_source_is_no_problem(specs: Path, head: str) -> None:
    assert found(specs, head + "launched: 2026-01-02\n" + RATE) == []


def test_what_was_due_long_ago_is_not_announced_any_more(specs: Path, head: str) -> None:
    text = head + "launched: 2024\n" + availability("announced", "2026-01") + RATE
    assert found(specs, text) == [
        ("availability", "announced as of 2026-01, and due by 2024"),
    ]


@pytest.mark.parametrize("value", ["shipping", "withdrawn"])
def test_what_is_out_or_gone_may_be_launched_long_ago(value: str, specs: Path, head: str) -> None:
    assert found(specs, head + "launched: 2024\n" + availability(value, "2026-01") + RATE) == []
