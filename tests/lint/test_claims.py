"""Lint of claim files: names that do not exist, answers that changed, sources nobody names."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import Problem
from chipcalc.lint.claims import own_files, problems
from chipcalc.sheets.store import Store

FILE = "claims/acme-2024-01.yaml"


def changed(specs: Path, old: str, new: str) -> list[Problem]:
    """Return the problems of the made-up claims after a change."""
    path = specs / FILE
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return problems(Store((specs,)), [path])


def line(specs: Path, words: str) -> int:
    """Return the line on which some words stand."""
    lines = (specs / FILE).read_text().splitlines()
    return next(number for number, each in enumerate(lines, 1) if words in each)


def test_the_made_up_claims_have_no_problem(specs: Path) -> None:
    assert problems(Store((specs,)), [specs / FILE]) == []


def test_an_answer_that_is_not_the_expected_one_is_a_problem(specs: Path) -> None:
    (found,) = changed(specs, "expect: literally true", "expect: holds")
    assert found.what == "comes out as 'literally true', but expects 'holds'"
    assert found.line == line(specs, "zh: 超出多少") + 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("of: a10.throughput", "of: a11.throughput", "no sheet for 'a11'"),
        ("of: a20.link_bandwidth", "of: a20.link_width", "no metric 'link_width'"),
        ("family: atlas}", "family: atlass}", "no family 'atlass'"),
        ("rules: [atl-2]", "rules: [atl-3]", "no rule 'atl-3'"),
        ("price: a10.price", "price: 10 USD", "no price of one chip"),
    ],
)
def test_a_name_that_does_not_exist_is_told_with_its_claim(
    specs: Path, old: str, new: str, what: str
) -> None:
    (found,) = changed(specs, old, new)
    assert what in found.what
    assert found.file.endswith("acme-2024-01.yaml")
    assert found.path.startswith("claims[")
    assert 0 <= line(specs, new) - found.line <= 3


def test_every_wrong_claim_is_told_at_once(specs: Path) -> None:
    changed(specs, "of: a10.throughput", "of: a11.throughput")
    assert len(changed(specs, "of: a20.link_bandwidth", "of: a20.link_width")) == 2


def test_an_id_stands_for_one_claim(specs: Path) -> None:
    (found,) = changed(specs, "id: link", "id: half")
    assert found.what == "'half' is used twice"


def test_a_file_is_named_like_its_article(specs: Path) -> None:
    (found,) = changed(specs, "id: acme-2024-01", "id: acme-2024-02")
    assert "the file is named" in found.what


def test_a_source_exists_is_used_and_is_read_after_it_was_published(specs: Path) -> None:
    found = changed(specs, "source: survey}", "source: surway}")
    assert [each.what for each in found] == [
        "no source 'surway'",
        "nothing names the source 'survey'",
    ]
    changed(specs, "source: surway}", "source: survey}")
    (early,) = changed(specs, "accessed: 2026-01-02", "accessed: 2022-01-02")
    assert early.what == "read before it was published"


def test_a_file_that_cannot_be_read_does_not_hide_the_others(specs: Path) -> None:
    bad = specs / "claims" / "bad.yaml"
    bad.write_text("id: bad\n")
    (specs / FILE).write_text((specs / FILE).read_text().replace("id: link", "id: half"))
    found = problems(Store((specs,)), [bad, specs / FILE])
    assert {Path(each.file).name for each in found} == {"bad.yaml", "acme-2024-01.yaml"}


def test_the_files_of_a_folder_are_its_own(specs: Path, tmp_path: Path) -> None:
    assert own_files(Store((specs,)), specs) == [specs / FILE]
    assert own_files(Store((specs,)), tmp_path / "elsewhere") == []
