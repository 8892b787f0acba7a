"""A rule in plain words says exactly what its criteria say, in English."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unmodelled,
    Unpublished,
)
from chipcalc.sheets.store import Store
from chipcalc.values import units
from chipcalc.values.logic import Relation
from chipcalc.vocabulary.expressions import Metric
from chipcalc.words.rules import words
from shared import rulebook, said

Tree: TypeAlias = "str | tuple[str, tuple[Any, ...]]"
PARAGRAPHS = {"atl-1": "ATL.1", "atl-2": "ATL.2", "atl-board": "ATL.B"}
RELATIONS: Mapping[Relation, str] = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "less_than": "less than",
}


def in_words(store: Store, node: Criterion) -> list[str]:
    """Return criteria in words."""
    return said(words(node, store.vocabulary, PARAGRAPHS))


def compare(relation: Relation, limit: str, metric: str = "tpp", **when: str) -> Threshold:
    """Return a comparison; the limit is a quantity as a rule writes it."""
    return Threshold(Metric(metric, when=when), relation, units.quantity(limit))


def test_the_rule_of_the_made_up_regime_reads_like_its_text(store: Store) -> None:
    (_, provision) = rulebook(store).provisions["atl-1"]
    assert in_words(store, provision.criterion) == [
        "one of these:",
        "  ATL.1.a:",
        "    total processing performance at least 3,000, or",
        "  ATL.1.b:",
        "    total processing performance at least 1,000, and",
        "    performance density at least 4",
        "except",
        "  Note to ATL.1:",
        "    not designed or marketed for data centers, and",
        "    total processing performance less than 3,000",
    ]


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(
    ("metric", "limit", "words_after"),
    [
        ("tpp", "4800 TOPS*bit", "4,800"),
        ("performance_density", "5.92 TOPS*bit/mm^2", "5.92"),
        ("memory_bandwidth", "1400 GB/s", "1,400 GB/s"),
        ("board_power", "0 W", "0 W"),
        ("memory_bandwidth", "0.000001 GB/s", "0.000001 GB/s"),
    ],
)
def test_a_comparison_keeps_its_words_and_its_limit(
    relation: Relation, metric: str, limit: str, words_after: str, store: Store
) -> None:
    (line,) = in_words(store, compare(relation, limit, metric))
    assert line.endswith(f" {RELATIONS[relation]} {words_after}")


@given(st.integers(0, 10**9 - 1), st.integers(0, 7), st.sampled_from(sorted(RELATIONS)))
def test_the_limit_in_words_is_the_limit(
    store: Store, digits: int, places: int, relation: Relation
) -> None:
    limit = Fraction(digits, 10**places)
    if len(str(int(limit))) + places > 9:
        return
    text = f"{digits}e-{places} W"
    (line,) = in_words(store, compare(relation, text, "board_power"))
    match = re.fullmatch(r"board power (\w+ \w+) ([\d.,]+) W", line)
    assert match
    assert match[1] == RELATIONS[relation]
    assert Fraction(match[2].replace(",", "")) == limit


def test_the_conditions_of_a_metric_are_named(store: Store) -> None:
    node = compare("at_least", "300 TOPS", "throughput", format="int8", engine="tensor")
    assert in_words(store, node) == ["peak throughput INT8 tensor at least 300 TOPS"]


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (CircumstanceIs("market", ("datacenter",)), "designed or marketed for data centers"),
        (
            CircumstanceIs("market", ("datacenter",), negated=True),
            "not designed or marketed for data centers",
        ),
        (
            CircumstanceIs("market", ("consumer", "workstation", "edge")),
            "designed or marketed for consumers, workstations or edge devices",
        ),
        (Launched(datetime.date(2026, 1, 2)), "launched on or after 2026-01-02"),
        (Launched(datetime.date(2026, 1, 2), before=True), "launched before 2026-01-02"),
        (RuleMet(("atl-1",)), "falls under ATL.1"),
        (RuleMet(("atl-1", "atl-2", "atl-board")), "falls under ATL.1, ATL.2 or ATL.B"),
        (Named(("a10", "atlas")), "named in the text: a10, atlas"),
        (Unpublished("the limits of the letter"), "not public: the limits of the letter"),
        (Unmodelled("what OFAC prohibits"), "not modelled: what OFAC prohibits"),
    ],
)
def test_a_criterion_that_is_no_comparison_is_one_line(
    node: Criterion, line: str, store: Store
) -> None:
    assert in_words(store, node) == [line]


@pytest.mark.parametrize(
    ("node", "wrong"),
    [
        (CircumstanceIs("item", ("ic", "board"), negated=True), "not item integrated circuit"),
        (CircumstanceIs("memory_kind", ("hbm",), negated=True), "not memory high-bandwidth memory"),
    ],
)
def test_a_circumstance_that_must_not_hold_reads_as_english(
    node: Criterion, wrong: str, store: Store
) -> None:
    """People say "the item is not …" and "the memory is not …"."""
    assert wrong not in " ".join(in_words(store, node))


def test_a_group_of_one_is_that_one(store: Store) -> None:
    node = Combined("all", (compare("at_least", "5 W", "board_power"),))
    assert in_words(store, node) == ["board power at least 5 W"]


def test_a_limb_keeps_its_place_and_its_note(store: Store) -> None:
    node = Combined("all", (compare("at_least", "5 W", "board_power"),), "A.1", "our own words")
    assert in_words(store, node) == ["A.1:", "  board power at least 5 W", "    (our own words)"]


def test_a_note_is_kept_where_the_limb_has_no_place(store: Store) -> None:
    node = Combined("all", (compare("at_least", "5 W", "board_power"),), note="our own words")
    assert any("our own words" in line for line in in_words(store, node))


def test_two_exceptions_are_joined_by_or(store: Store) -> None:
    """Each exception takes away by itself; without a word the two may be read as one."""
    of = compare("at_least", "5 W", "board_power")
    node = Unless(of, (CircumstanceIs("market", ("edge",)), RuleMet(("atl-1",))))
    assert in_words(store, node) == [
        "board power at least 5 W",
        "except",
        "  designed or marketed for edge devices, or",
        "  falls under ATL.1",
    ]


def test_what_is_excepted_stands_below_the_rest(store: Store) -> None:
    of = compare("at_least", "5 W", "board_power")
    node = Unless(of, (CircumstanceIs("market", ("edge",)),))
    assert in_words(store, node) == [
        "board power at least 5 W",
        "except",
        "  designed or marketed for edge devices",
    ]


def test_a_very_large_limit_is_readable(store: Store) -> None:
    """The cap of 15 CFR 748.15 for the fourth quarter of 2026 is 4,272,750,000."""
    (line,) = in_words(store, compare("at_most", "4272750000 TOPS*bit"))
    assert line == "total processing performance at most 4,272,750,000"


LEAVES = st.builds(
    lambda relation, limit: compare(relation, f"{limit} W", "board_power"),
    st.sampled_from(sorted(RELATIONS)),
    st.integers(1, 99),
)


def grouped(below: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    """Return groups of criteria, with a place or without."""
    return st.builds(
        lambda how, parts, cite: Combined(how, tuple(parts), cite),
        st.sampled_from(["all", "any"]),
        st.lists(below, min_size=2, max_size=3),
        st.sampled_from(["", "A.1", "A.2"]),
    )


def tree(node: Criterion) -> Tree:
    """Return what criteria say, as nested groups of lines."""
    if isinstance(node, Combined):
        return node.how, tuple(tree(each) for each in node.parts)
    assert isinstance(node, Threshold)
    return f"board power {RELATIONS[node.relation]} {node.limit.amount.best} W"


def read(lines: list[str]) -> Tree:
    """Return what some lines say to a person who goes by indentation and connecting words."""
    if len(lines) == 1:
        return lines[0].strip()
    depth = len(lines[1]) - len(lines[1].lstrip())
    starts = [i for i, each in enumerate(lines) if len(each) - len(each.lstrip()) == depth]
    blocks = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    between = {block[-1].rpartition(", ")[2] for block in blocks[:-1]}
    assert len(between) == 1
    for block in blocks[:-1]:
        block[-1] = block[-1].rpartition(", ")[0]
    how = {"and": "all", "or": "any"}[between.pop()]
    head = lines[0].strip().rstrip(":")
    assert head in ({"all": "all of these", "any": "one of these"}[how], "A.1", "A.2")
    return how, tuple(read(block) for block in blocks)


@given(st.recursive(LEAVES, grouped, max_leaves=8))
def test_a_reader_gets_the_criteria_back_from_the_words(store: Store, node: Criterion) -> None:
    assert read(in_words(store, node)) == tree(node)


@pytest.mark.parametrize("rule", ["atl-1", "atl-2", "atl-9"])
def test_an_operator_that_is_changed_in_the_file_changes_the_words(rule: str, specs: Path) -> None:
    """Every operator of every version is turned round, one at a time."""
    path = specs / "rules" / "atlantis" / f"{rule}.yaml"
    text = path.read_text(encoding="utf-8")
    before = all_words(specs, rule)
    found = list(re.finditer(r"\b(at_least|more_than|at_most|less_than)\b(?=: \S+ \S)", text))
    assert found
    opposite = {
        "at_least": "more_than",
        "more_than": "at_least",
        "at_most": "less_than",
        "less_than": "at_most",
    }
    for each in found:
        changed = text[: each.start()] + opposite[each[0]] + text[each.end() :]
        path.write_text(changed, encoding="utf-8")
        after = all_words(specs, rule)
        differing = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        ((old, new),) = differing
        assert each[0].replace("_", " ") in old
        assert opposite[each[0]].replace("_", " ") in new


def all_words(specs: Path, rule: str) -> list[str]:
    """Return the words of all versions of a rule, without those that connect lines."""
    store = Store((specs,))
    lines = [
        line
        for each in rulebook(store).provisions[rule]
        for line in said(words(each.criterion, store.vocabulary, PARAGRAPHS))
    ]
    return [re.sub(r", (and|or)$", "", line) for line in lines]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tpp: {at_least: 3000 TOPS*bit}", "tpp: {at_least: 3001 TOPS*bit}"),
        ("market: {not: datacenter}", "market: datacenter"),
        ("market: {not: datacenter}", "market: {not: [datacenter, edge]}"),
        ("performance_density: {at_least: 4 ", "performance_density: {at_least: 4.5 "),
    ],
)
def test_what_is_changed_in_the_file_changes_the_words(old: str, new: str, specs: Path) -> None:
    path = specs / "rules" / "atlantis" / "atl-1.yaml"
    before = all_words(specs, "atl-1")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert all_words(specs, "atl-1") != before


def test_all_and_any_are_told_apart(store: Store) -> None:
    parts = (
        compare("at_least", "1 W", "board_power"),
        compare("at_least", "2 W", "board_power"),
    )
    assert in_words(store, Combined("all", parts)) == [
        "all of these:",
        "  board power at least 1 W, and",
        "  board power at least 2 W",
    ]
    assert in_words(store, Combined("any", parts))[:2] == [
        "one of these:",
        "  board power at least 1 W, or",
    ]
