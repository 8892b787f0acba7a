"""Problems in rule files: each check is shown by a file that breaks it and finds nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import Problem
from chipcalc.lint import rules
from chipcalc.sheets.store import Store

TWO = """
    examples:
      - {given: {tpp: 9}, expect: met}
      - {given: {tpp: 8}, expect: not met}
"""
OWN = """\
id: own
paragraph: Own
title: Mine
kind: policy
verified: 2026-01-01
versions:
  - in_force: 2024-01-01
    confidence: unverified
    note: mine
    all: {tpp: {at_least: 9 TOPS*bit}}
    examples:
      - {given: {tpp: 9}, expect: met}
      - {given: {tpp: 8}, expect: not met}
"""
SOURCE = "{title: T, publisher: P, url: https://p.example/t, accessed: 2026-01-02}"


def change(specs: Path, rule: str, old: str, new: str) -> None:
    """Replace a text that occurs in the file of a made-up rule."""
    path = specs / "rules" / "atlantis" / f"{rule}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(specs: Path, *own: Path) -> list[Problem]:
    """Return the problems of the rules of a folder and of files."""
    return rules.problems(Store((specs,)), own)


def own(folder: Path, text: str = OWN, name: str = "own") -> Path:
    """Return a file with a rule of the user's."""
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("id: own", f"id: {name}"), encoding="utf-8")
    return path


def brief(found: list[Problem]) -> list[tuple[str, str, str]]:
    """Return the files, places and words of problems."""
    return [(Path(each.file).name, each.path, each.what) for each in found]


def test_the_made_up_rules_have_no_problem(store: Store) -> None:
    assert rules.problems(store) == []


def test_a_sound_rule_of_the_users_is_no_problem(store: Store, tmp_path: Path) -> None:
    assert rules.problems(store, (own(tmp_path),)) == []


# Sources.


def test_every_source_that_a_version_names_exists(specs: Path) -> None:
    change(specs, "atl-2", "    source: gazette-2", "    source: [gazette-2, gazete-2, qqq]")
    found = problems(specs)
    assert brief(found) == [
        ("atl-2.yaml", "versions[0].source", "no source 'gazete-2'"),
        ("atl-2.yaml", "versions[0].source", "no source 'qqq'"),
    ]
    assert [each.hint for each in found] == ["did you mean 'gazette-2'?", "add it to sources:"]
    assert found[0].line == 15


def test_a_source_may_be_shared(specs: Path) -> None:
    change(specs, "atl-2", "    source: gazette-2", "    source: [gazette-2, press-table]")
    assert problems(specs) == []


def test_every_source_of_a_rule_is_named(specs: Path) -> None:
    change(specs, "atl-9", "sources:\n", f"sources:\n  lonely: {SOURCE}\n")
    (found,) = problems(specs)
    assert str(found).endswith("atl-9.yaml:11: sources.lonely: nothing names the source 'lonely'")
    assert found.hint == "delete it"


def test_a_source_that_an_older_version_names_is_named(specs: Path) -> None:
    change(specs, "atl-1", "    source: gazette-2", "    source: gazette-1")
    assert brief(problems(specs)) == [
        ("atl-1.yaml", "sources.gazette-2", "nothing names the source 'gazette-2'")
    ]


@pytest.mark.parametrize("day", ["2026-01-02", "2026-01", "2026", "2025-12-31"])
def test_a_source_may_be_read_from_the_day_of_its_publication_on(day: str, specs: Path) -> None:
    """All are read on the second of January 2026; a month or a year may hold that day."""
    change(specs, "atl-9", "published: 2022-05-20", f"published: {day}")
    assert problems(specs) == []


@pytest.mark.parametrize("day", ["2026-01-03", "2026-02", "2027"])
def test_no_source_was_read_before_it_was_published(day: str, specs: Path) -> None:
    change(specs, "atl-9", "published: 2022-05-20", f"published: {day}")
    assert [each.what for each in problems(specs)] == ["read before it was published"]


@pytest.mark.parametrize("read", ["2022-05", "2022"])
def test_a_source_read_in_a_month_or_year_may_be_published_within_it(
    read: str, specs: Path
) -> None:
    change(specs, "atl-9", "accessed: 2026-01-02", f"accessed: {read}")
    assert problems(specs) == []


# Days.


@pytest.mark.parametrize("day", ["2022-06-02", "2022-06-01"])
def test_versions_begin_one_after_the_other(day: str, specs: Path) -> None:
    """The second version of ATL.1 begins on the first of June 2022."""
    change(specs, "atl-1", "in_force: 2020-02-01", f"in_force: {day}")
    (found,) = problems(specs)
    assert brief([found]) == [
        ("atl-1.yaml", "versions[1]", "begins no later than the version before it")
    ]
    assert found.hint == "order them by day, oldest first"


@pytest.mark.parametrize(
    ("ended", "count"), [("2022-05-31", 0), ("2022-06-01", 0), ("2022-06-02", 1)]
)
def test_a_version_ends_before_the_next_one_or_when_it_begins(
    ended: str, count: int, specs: Path
) -> None:
    change(specs, "atl-1", "in_force: 2020-02-01", f"in_force: 2020-02-01\n    ended: {ended}")
    found = brief(problems(specs))
    assert found == [
        ("atl-1.yaml", "versions[0].ended", "ends after the next version began")
    ] * count  # fmt: skip


# Addressees.


@pytest.mark.parametrize(
    ("rule", "name", "what"),
    [
        ("atl-letter", "acme", None),
        ("atl-letter", "acne", "no vendor 'acne'"),
        ("atl-letter", "z1", "no vendor 'z1'"),
        ("atl-9", "acme", "only a letter has addressees"),
    ],
)
def test_a_letter_is_addressed_to_vendors_and_no_other_rule_is(
    rule: str, name: str, what: str | None, specs: Path
) -> None:
    change(specs, rule, f"id: {rule}\n", f"id: {rule}\naddressees: [{name}]\n")
    told = [each.what for each in problems(specs) if each.path == "addressees"]
    assert told == ([what] if what else [])


# Precedence.


def test_a_classification_needs_its_precedence(specs: Path) -> None:
    change(specs, "atl-2", "precedence: 2\n", "")
    (found,) = problems(specs)
    assert found.what == "a classification needs its precedence"
    assert Path(found.file).name == "atl-2.yaml"


@pytest.mark.parametrize("key", ["precedence: 7", "precedence: 0", "precedence: 2"])
def test_only_a_classification_or_a_review_policy_has_precedence(key: str, specs: Path) -> None:
    change(specs, "atl-letter", "kind: letter\n", f"kind: letter\n{key}\n")
    assert [each.what for each in problems(specs)] == [
        "only a classification or review policy has precedence"
    ]


def test_only_a_classification_is_residual(specs: Path) -> None:
    change(specs, "atl-letter", "kind: letter\n", "kind: letter\nresidual: true\n")
    assert [each.what for each in problems(specs)] == ["only a classification is residual"]


def test_a_review_policy_needs_its_precedence(specs: Path) -> None:
    change(specs, "atl-letter", "kind: letter\n", "kind: review policy\n")
    assert [each.what for each in problems(specs)] == ["a review policy needs its precedence"]


def test_no_two_paragraphs_have_one_precedence(specs: Path) -> None:
    change(specs, "atl-board", "precedence: 3", "precedence: 2")
    assert brief(problems(specs)) == [
        ("atl-2.yaml", "precedence", "the same precedence as atl-board"),
        ("atl-board.yaml", "precedence", "the same precedence as atl-2"),
    ]


def classification(precedence: int) -> str:
    """Return a paragraph of the user's."""
    return OWN.replace("policy\n", f"classification\nprecedence: {precedence}\n")


@pytest.mark.parametrize("name", ["a-rule", "z-rule"])
def test_a_precedence_of_the_users_that_is_taken_is_a_problem(
    name: str, store: Store, tmp_path: Path
) -> None:
    """Which of the two paragraphs names an item would be left to their ids."""
    path = own(tmp_path, classification(2), name)
    found = rules.problems(store, (path,), {name})
    assert [each.path for each in found] == ["precedence"]
    assert rules.problems(store, (own(tmp_path, classification(4), name),), {name}) == []


# Chips.


@pytest.mark.parametrize("name", ["a10", "b100-pcie", "atlas"])
def test_a_rule_may_name_a_chip_by_its_id_or_family(name: str, specs: Path) -> None:
    line = "      - {all: {chip: [atlas]}}\n"
    change(specs, "atl-letter", line, f"{line}      - {{all: {{chip: [{name}]}}}}\n")
    assert problems(specs) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a1o", "did you mean 'a10'?"),
        ("Atlas", "did you mean 'atlas'?"),
        ("Acme A10", "did you mean 'acme'?"),
    ],
)
def test_every_chip_that_a_rule_names_has_a_sheet(name: str, hint: str, specs: Path) -> None:
    """Otherwise the rule would never be met, and nothing would tell of it."""
    line = "      - {all: {chip: [atlas]}}\n"
    change(specs, "atl-letter", line, f"{line}      - {{all: {{chip: [a20, {name}]}}}}\n")
    (found,) = problems(specs)
    assert brief([found]) == [
        ("atl-letter.yaml", "versions[0].any[1].all.chip", f"no chip, family or vendor '{name}'")
    ]
    assert hint in found.hint


# Examples.


def test_an_example_that_fails_is_a_problem(specs: Path) -> None:
    change(specs, "atl-9", "expect: met", "expect: unknown")
    found = brief(problems(specs))
    what = "comes out as met, but expects unknown"
    assert ("atl-9.yaml", "versions[0].examples[0]", what) in found


def test_every_version_has_an_example_that_meets_it(specs: Path) -> None:
    change(
        specs, "atl-9", "      - {given: {memory_bandwidth: 101 GB/s, tpp: 10}, expect: met}\n", ""
    )
    assert brief(problems(specs)) == [("atl-9.yaml", "versions[0].examples", "no example meets it")]


def test_every_version_has_an_example_that_does_not_meet_it(specs: Path) -> None:
    line = "      - {given: {memory_bandwidth: 100 GB/s, tpp: 10}, expect: not met}\n"
    change(specs, "atl-9", line, "")
    (found,) = problems(specs)
    assert (found.path, found.what) == ("versions[0].examples", "every example meets it")


def test_each_version_is_looked_at_for_itself(specs: Path) -> None:
    line = "      - {given: {io_bandwidth: 499 GB/s, tpp: 3000}, expect: not met}\n"
    change(specs, "atl-1", line, "")
    assert [each.path for each in problems(specs)] == ["versions[0].examples"]


def test_an_example_that_stays_unknown_does_not_meet_it(store: Store) -> None:
    """The limits of a letter that is not public are met by the chips that it names alone."""
    assert rules.problems(store, (), {"atl-letter"}) == []


def test_of_a_version_without_examples_nothing_is_said_of_every_example(
    store: Store, tmp_path: Path
) -> None:
    path = own(tmp_path, OWN.replace(TWO.lstrip("\n"), ""))
    found = rules.problems(store, (path,), {"own"})
    assert "no example meets it" in [each.what for each in found]
    assert "every example meets it" not in [each.what for each in found]


# What is looked at.


def test_only_the_rules_that_are_named_are_checked(specs: Path) -> None:
    change(specs, "atl-9", "expect: met", "expect: unknown")
    store = Store((specs,))
    assert rules.problems(store, (), {"atl-1", "atl-2"}) == []
    assert rules.problems(store, (), {"atl-9"}) != []


def test_a_rule_that_cannot_be_read_is_the_problem(specs: Path, tmp_path: Path) -> None:
    """What it compares is told with its line, and the other rules are not run without it."""
    change(specs, "atl-letter", "chip: [atlas]", "memory_bandwidth: {at_least: 1 GHz}")
    (found,) = problems(specs, own(tmp_path))
    assert "'GHz' is a frequency" in found.what
    assert Path(found.file).name == "atl-letter.yaml"


def test_every_rule_that_cannot_be_read_is_told(specs: Path) -> None:
    change(specs, "atl-letter", "kind: letter", "kind: leter")
    change(specs, "atl-9", "verified: 2026-01-01", "verified: soon")
    files = {Path(each.file).name for each in problems(specs)}
    assert files == {"atl-letter.yaml", "atl-9.yaml"}


def test_a_rule_that_cannot_be_read_is_no_fault_of_those_that_refer_to_it(specs: Path) -> None:
    """ATL.9 and the boards refer to ATL.2, which is there."""
    change(specs, "atl-2", "kind: classification", "kind: clasification")
    assert {Path(each.file).name for each in problems(specs)} == {"atl-2.yaml"}


def test_a_rule_of_the_users_may_not_take_the_id_of_another(store: Store, tmp_path: Path) -> None:
    found = rules.problems(store, (own(tmp_path, OWN, "atl-1"),))
    assert [each.what for each in found] == ["'atl-1' is the id of another rule"]


def test_all_problems_of_a_rule_are_told_at_once(specs: Path) -> None:
    change(specs, "atl-9", "precedence: 9\n", "")
    change(specs, "atl-9", "    source: gazette-2", "    source: gazette-3")
    change(specs, "atl-9", "expect: not met", "expect: unknown")
    assert [each.what for each in problems(specs)] == [
        "no source 'gazette-3'",
        "nothing names the source 'gazette-2'",
        "a classification needs its precedence",
        "comes out as not met, but expects unknown",
    ]
