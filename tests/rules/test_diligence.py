"""What guidance says to ask of a transaction: dated, about items, with sources."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import BUILT_IN
from chipcalc.lint.diligence import problems
from chipcalc.rules.diligence import Questions, asked, load
from shared import STORE

FILE = """\
id: atlantis
verified: 2026-01-01
sources:
  paper: {title: Paper, publisher: The Office, url: 'https://example.org/p', accessed: 2025-12-01}
lists:
  - id: flags
    title: Red flags
    at: section 3
    since: 2025-05-13
    source: [paper]
    confidence: text
    about: [us-3a090-a]
    asks: ['Is it a first order?']
"""


def names(day: str, *open_rules: str) -> list[str]:
    regimes = [each for each, _ in load((BUILT_IN,))]
    found = asked(regimes, datetime.date.fromisoformat(day), open_rules)
    return [each.id for each in found]


def test_the_guidance_on_diversion_is_of_may_2025_and_about_advanced_circuits() -> None:
    """BIS issued it on 2025-05-13, about items of 3A090, 4A090 and the .z paragraphs."""
    assert "diversion" not in names("2025-05-12", "us-3a090-a")
    assert "diversion" in names("2025-05-13", "us-3a090-a")
    assert "diversion" in names("2025-05-13", "us-z-paragraphs")
    assert "diversion" not in names("2025-05-13", "us-3a991-p")


def test_the_know_your_customer_guidance_is_for_all_items_and_days() -> None:
    assert {"know-your-customer", "part-744"} <= set(names("2023-01-01"))


def test_every_list_of_the_built_in_ones_has_sources_that_are_there() -> None:
    for regime, _ in load((BUILT_IN,)):
        for each in regime.lists:
            assert each.asks
            assert all(key in regime.sources or STORE.shared_source(key) for key in each.source)


def test_a_list_ends_on_the_day_on_which_it_is_gone() -> None:
    found = Questions.model_validate(
        {
            "id": "a",
            "title": "A",
            "at": "b",
            "since": "2025-01-01",
            "until": "2026-01-01",
            "source": ["c"],
            "confidence": "text",
            "asks": ["d"],
        }
    )
    assert [found.holds(datetime.date(*day)) for day in ((2024, 12, 31), (2025, 1, 1))] == [
        False,
        True,
    ]
    assert not found.holds(datetime.date(2026, 1, 1))


def linted(tmp_path: Path, old: str = "", new: str = "") -> list[Problem]:
    path = tmp_path / "atlantis.yaml"
    assert old in FILE
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    return problems(STORE, [path])


def test_a_file_in_order_has_no_problem(tmp_path: Path) -> None:
    assert linted(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: atlantis", "id: mu", "the file is named atlantis.yaml"),
        ("[us-3a090-a]", "[us-3a090-x]", "no rule 'us-3a090-x'"),
        ("source: [paper]", "source: [papre]", "no source 'papre'"),
        ("verified: 2026-01-01", "verified: 2025-01-01", "begins after the texts were last"),
        ("asks: ['Is it a first order?']", "asks: []", "it asks nothing"),
        ("since: 2025-05-13", "since: 2025-05-13\n    until: 2025-05-13", "gone before it begins"),
        ("    confidence: text\n", "", "confidence"),
    ],
)
def test_what_is_wrong_with_a_list_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    found = linted(tmp_path, old, new)
    assert any(says in str(each) for each in found), found


def test_two_lists_of_one_name_are_told(tmp_path: Path) -> None:
    again = FILE.partition("lists:\n")[2]
    path = tmp_path / "atlantis.yaml"
    path.write_text(FILE + again, encoding="utf-8")
    assert ["another list" in str(each) for each in problems(STORE, [path])] == [True]


def test_files_that_are_not_in_order_are_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "diligence").mkdir()
    (tmp_path / "diligence" / "a.yaml").write_text("id: a\n", encoding="utf-8")
    with pytest.raises(ChipcalcError):
        load((tmp_path,))
