"""The examples of rules: those that hold are silent, and each that fails says how it comes out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from chipcalc.check.day import Ruleset
from chipcalc.check.examples import NOT_ASKED, failures, outcome
from chipcalc.errors import Problem
from chipcalc.rules.rule import Example
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store


@pytest.fixture
def failing(specs: Path) -> Callable[..., list[Problem]]:
    """Return a function that gives a rule other examples and returns those that fail.

    They become the examples of the last version, or of the first where there are two.
    """

    def found(rule: str, *examples: str, first: bool = False) -> list[Problem]:
        path = specs / "rules" / "atlantis" / f"{rule}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines()
        keys = [i for i, line in enumerate(lines) if line == "    examples:"]
        start = keys[0] if first else keys[-1]
        end = start + 1
        while end < len(lines) and lines[end].startswith("      - "):
            end += 1
        lines[start + 1 : end] = [f"      - {each}" for each in examples]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        rulebook = Rulebook(Store((specs,)))
        return list(failures(rulebook.provisions[rule], rulebook))

    return found


@pytest.mark.parametrize("rule", ["atl-1", "atl-2", "atl-9", "atl-board", "atl-letter"])
def test_the_examples_of_the_made_up_rules_hold(rule: str, store: Store) -> None:
    rulebook = Rulebook(store)
    assert list(failures(rulebook.provisions[rule], rulebook)) == []


def test_an_example_that_comes_out_otherwise_is_a_problem_at_its_line(
    failing: Callable[..., list[Problem]],
) -> None:
    good = "{given: {tpp: 3000}, expect: met}"
    bad = "{given: {tpp: 2999, performance_density: 3, market: datacenter}, expect: met}"
    (found,) = failing("atl-1", good, bad)
    assert found.what == "comes out as not met, but expects met"
    assert found.path == "versions[1].examples[1]"
    assert Path(found.file).name == "atl-1.yaml"
    assert found.line == 46
    assert found.hint


@pytest.mark.parametrize(
    ("example", "what"),
    [
        ("{given: {tpp: 3000}, expect: not met}", "comes out as met, but expects not met"),
        ("{given: {tpp: 3000}, expect: unknown}", "comes out as met, but expects unknown"),
        (
            "{given: {tpp: 2999, market: datacenter}, expect: met}",
            "comes out as unknown, but expects met",
        ),
        (
            "{given: {tpp: 3000, item: board}, expect: met}",
            "comes out as not asked, but expects met",
        ),
        ("{given: {tpp: 3000}, expect: not asked}", "comes out as met, but expects not asked"),
        (
            "{chip: a10, expect: met, cite: ATL.1.b}",
            "meets ATL.1.a first, not ATL.1.b",
        ),
        (
            "{given: {tpp: 3000}, expect: met, cite: ATL.1.c}",
            "meets ATL.1.a first, not ATL.1.c",
        ),
        (
            "{given: {tpp: 10}, expect: not met, cite: ATL.1.a}",
            "meets no limb first, not ATL.1.a",
        ),
    ],
)
def test_an_example_is_judged_by_verdict_and_by_its_first_limb(
    example: str, what: str, failing: Callable[..., list[Problem]]
) -> None:
    assert [each.what for each in failing("atl-1", example)] == [what]


@pytest.mark.parametrize(
    ("example", "what", "hint"),
    [
        ("{chip: b100-sxn, expect: met}", "no sheet for 'b100-sxn'", "alike: b100-sxm"),
        ("{given: {tppp: 3000}, expect: met}", "no metric or circumstance 'tppp'", "'tpp'"),
        ("{given: {tpp: 3 GB/s}, expect: met}", "'GB/s' is information per time", "TOPS*bit"),
        ("{given: {market: moon}, expect: met}", "no market 'moon'", "datacenter"),
        ("{given: {memory_bandwidth: 3}, expect: met}", "has no unit", "GB/s"),
    ],
)
def test_an_example_that_cannot_be_run_is_a_problem_at_its_place(
    example: str, what: str, hint: str, failing: Callable[..., list[Problem]]
) -> None:
    (found,) = failing("atl-1", example, "{given: {tpp: 3000}, expect: met}")
    assert what in found.what
    assert hint in found.hint
    assert (found.path, found.line) == ("versions[1].examples[0]", 45)


def test_an_example_with_a_launch_on_no_day_is_a_problem(
    failing: Callable[..., list[Problem]],
) -> None:
    (found,) = failing("atl-1", "{given: {tpp: 3000, launched: soon}, expect: met}")
    assert "soon" in found.what


def test_all_failing_examples_of_all_versions_are_told(
    failing: Callable[..., list[Problem]],
) -> None:
    first = "{given: {io_bandwidth: 500 GB/s, tpp: 2999}, expect: met}"
    failing("atl-1", first, "{given: {io_bandwidth: 499 GB/s}, expect: met}", first=True)
    found = failing("atl-1", "{given: {tpp: 3000}, expect: unknown}")
    assert [each.path for each in found] == [
        "versions[0].examples[0]",
        "versions[0].examples[1]",
        "versions[1].examples[0]",
    ]


def test_an_example_is_run_on_the_first_day_of_its_version(
    failing: Callable[..., list[Problem]],
) -> None:
    """The first version asks for 500 GB/s, and knows no density; the second is the other way."""
    low = "{given: {io_bandwidth: 499 GB/s, tpp: 3000}, expect: not met}"
    assert failing("atl-1", low, first=True) == []
    assert [each.what for each in failing("atl-1", low)] == [
        "comes out as met, but expects not met"
    ]


@pytest.mark.parametrize("day", ["2020-02-01", "2022-05-31"])
def test_an_example_may_name_a_day_of_its_version(
    day: str, failing: Callable[..., list[Problem]]
) -> None:
    example = f"{{chip: a10, as_of: {day}, expect: met}}"
    assert failing("atl-1", example, first=True) == []


@pytest.mark.parametrize("day", ["2020-01-31", "2022-06-01"])
def test_an_example_on_a_day_of_another_version_is_a_problem(
    day: str, failing: Callable[..., list[Problem]]
) -> None:
    (found,) = failing("atl-1", f"{{chip: a10, as_of: {day}, expect: met}}", first=True)
    assert found.what == f"the version does not hold on {day}"
    assert found.path == "versions[0].examples[0]"


def test_the_day_of_an_example_counts_for_the_rules_that_it_rests_on(
    failing: Callable[..., list[Problem]],
) -> None:
    """A board follows ATL.1 as it stands on that day."""
    given = "given: {item: board, tpp: 3000}"
    assert failing("atl-board", f"{{{given}, as_of: 2030-01-01, expect: met}}") == []


def test_an_example_that_was_over_by_then_is_a_problem(
    failing: Callable[..., list[Problem]],
) -> None:
    last, over = "{chip: a10, as_of: 2023-04-30, expect: met}", "as_of: 2023-05-01, expect: met}"
    assert failing("atl-letter", last) == []
    assert failing("atl-letter", f"{{chip: a10, {over}")[0].what.endswith("2023-05-01")


def test_an_outcome_is_a_verdict_with_limbs_or_none_at_all(store: Store) -> None:
    rulebook = Rulebook(store)
    day = Ruleset(rulebook, datetime.date(2022, 6, 1))
    provision = day.provisions["atl-1"]
    met = Example(chip="a10", expect="met")
    assert outcome(met, provision, day) == ("met", ("ATL.1.a", "ATL.1.b"))
    board = Example(given={"item": "board"}, expect="met")
    assert outcome(board, provision, day) == (NOT_ASKED, ())


def test_what_a_vendor_declares_counts_in_an_example(
    failing: Callable[..., list[Problem]],
) -> None:
    """Computed 3,200, declared 2,000: the verdict of the chip is unknown."""
    declared = "{chip: a10, given: {tpp_declared: 2000 TOPS*bit, die_area: 9999 mm^2}"
    assert failing("atl-1", f"{declared}, expect: unknown}}") == []
