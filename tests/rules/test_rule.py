"""Rules as they are written: what a version must say of its days and sources, and what it may."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chipcalc import yamlio
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.rules.rule import Rule, Version
from chipcalc.schema.base import parse

DAY = datetime.date(2022, 6, 1)
HEAD = """\
id: own-1
paragraph: OWN.1
title: Own circuits
kind: classification
verified: 2026-01-01
sources:
  gazette: {title: Gazette, publisher: Atlantis, url: https://atlantis.example/1, accessed: 2026-01-02}
"""  # noqa: E501 one line a source, as in the spec files
VERSION = {
    "in_force": "2022-06-01",
    "source": "gazette",
    "at": "article 1",
    "confidence": "text",
    "all": {"tpp": {"at_least": "5 TOPS*bit"}},
}
ENTRY = "in_force: 2022-06-01, source: gazette, at: article 1, confidence: text, all: {chip: a10}"
BODY = f"versions:\n  - {{{ENTRY}}}\n"

days = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31))


def version(**changes: Any) -> Version:
    """Return a version with some keys changed; one that is None is left out."""
    said = {key: value for key, value in {**VERSION, **changes}.items() if value is not None}
    return Version.model_validate(said)


def rule(text: str) -> Rule:
    """Return the rule that a file describes."""
    return parse(Rule, yamlio.load(text, "own-1.yaml"))


def problems(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with the file of a rule."""
    with pytest.raises(ChipcalcError) as caught:
        rule(text)
    return caught.value.problems


def told(text: str) -> list[tuple[str, str, str]]:
    """Return the place, fault and hint of everything that is wrong with the file of a rule."""
    return [(f"{each.file}:{each.line}", each.what, each.hint) for each in problems(text)]


def complaints(**changes: Any) -> list[tuple[str, str]]:
    """Return fault and hint of everything that is wrong with a version as a whole."""
    said = {key: value for key, value in {**VERSION, **changes}.items() if value is not None}
    with pytest.raises(ValidationError) as caught:
        Version.model_validate(said)
    (fault,) = caught.value.errors()
    return [(each.what, each.hint) for each in fault["ctx"]["error"].problems]


# Days.


def test_a_version_counts_from_the_day_it_came_into_force() -> None:
    assert version().begins == DAY
    assert version(announced="2021-01-01", published="2021-02-01").begins == DAY
    assert version(compliance="2022-09-01").begins == DAY


def test_a_proposal_counts_from_the_day_it_was_announced() -> None:
    proposal = version(standing="proposed", announced="2026-01-15", in_force=None)
    assert proposal.begins == datetime.date(2026, 1, 15)


def test_a_proposal_counts_from_its_announcement_whatever_day_it_proposes() -> None:
    proposal = version(standing="proposed", announced="2026-01-15", in_force="2027-01-01")
    assert proposal.begins == datetime.date(2026, 1, 15)


@pytest.mark.parametrize("standing", ["in force", "not enforced", "reported"])
def test_every_version_but_a_proposal_needs_the_day_in_force(standing: str) -> None:
    """That it was announced does not make it count."""
    ((what, hint),) = complaints(standing=standing, announced="2022-01-01", in_force=None)
    assert what == "a version needs the day it came into force"
    assert hint == "add in_force: 2026-01-31"


def test_a_proposal_needs_the_day_it_was_announced() -> None:
    ((what, hint),) = complaints(standing="proposed", in_force=None)
    assert what == "a proposal needs the day it was announced"
    assert hint == "add announced: 2026-01-15"


@given(days, days)
def test_a_version_holds_for_a_day_at_least(begins: datetime.date, ended: datetime.date) -> None:
    changes = {"in_force": begins.isoformat(), "ended": ended.isoformat()}
    if ended > begins:
        assert version(**changes).ended == ended
    else:
        assert complaints(**changes)[0][0] == "it ended before it began"


@given(days, days)
def test_nobody_must_comply_before_the_day_in_force(
    begins: datetime.date, compliance: datetime.date
) -> None:
    changes = {"in_force": begins.isoformat(), "compliance": compliance.isoformat()}
    if compliance >= begins:
        assert version(**changes).compliance == compliance
    else:
        assert complaints(**changes)[0][0] == "compliance comes before the day in force"


@pytest.mark.parametrize("key", ["ended", "compliance"])
def test_where_the_first_day_is_missing_nothing_else_is_said_of_the_days(key: str) -> None:
    found = complaints(in_force=None, **{key: "2023-01-01"})
    assert [what for what, _ in found] == ["a version needs the day it came into force"]


@pytest.mark.parametrize("key", ["announced", "published", "in_force", "compliance", "ended"])
@pytest.mark.parametrize(
    "written", ["2022", "2022-06", "2022-02-30", "2022-13-01", "June 2022", "01.06.2022", "''"]
)
def test_a_day_is_given_in_full(key: str, written: str) -> None:
    entry = ", ".join(each for each in ENTRY.split(", ") if not each.startswith(key))
    first, *_ = told(f"{HEAD}versions:\n  - {{{entry}, {key}: {written}}}\n")
    shown = written.strip("'")
    assert first == (
        "own-1.yaml:9",
        f"'{shown}' is not a day",
        "write the year, month and day: 2026-01-31",
    )


@pytest.mark.parametrize("written", ["20220601", "2022-W22-3"])
def test_a_day_is_written_in_one_way(written: str) -> None:
    assert told(HEAD + BODY.replace("2022-06-01", written))


# Sources and criteria.


def test_a_version_needs_a_source_and_the_place_in_it() -> None:
    ((what, hint),) = complaints(source=None, at=None)
    assert what == "a version needs a source"
    assert hint == "name one of sources:, or mark it unverified with a note"
    ((what, hint),) = complaints(at=None)
    assert (what, hint) == ("a version needs the place in its source", "add at: article 3")


def test_only_an_unverified_version_with_a_note_does_without_a_source() -> None:
    bare = {"source": None, "at": None}
    assert version(**bare, confidence="unverified", note="from memory").source == ()
    for changes in ({"confidence": "unverified"}, {"confidence": "secondary", "note": "n"}):
        assert complaints(**bare, **changes)[0][0] == "a version needs a source"


def test_one_source_or_several_may_be_named() -> None:
    assert version(source="gazette").source == ("gazette",)
    assert version(source=["gazette", "paper"]).source == ("gazette", "paper")


def test_a_version_needs_criteria_and_exceptions_alone_are_none() -> None:
    ((what, hint),) = complaints(all=None, **{"except": [{"all": {"chip": "a10"}}]})
    assert (what, hint) == ("a version needs criteria", "add any: or all:")


def test_exceptions_are_written_under_except() -> None:
    exceptions = [{"all": {"chip": "a10"}}]
    assert version(**{"except": exceptions}).without == exceptions


def test_a_key_of_a_version_has_one_name() -> None:
    with pytest.raises(ValidationError):
        version(without=[{"all": {"chip": "a10"}}])


def test_all_that_is_wrong_with_a_version_is_told_at_once() -> None:
    found = complaints(
        in_force="2022-06-01", ended="2022-06-01", compliance="2022-05-31", at=None, all=None
    )
    assert [what for what, _ in found] == [
        "a version needs the place in its source",
        "a version needs criteria",
        "it ended before it began",
        "compliance comes before the day in force",
    ]
    assert all(hint for _, hint in found)


# Files.


def test_a_rule_says_who_it_is_and_what_it_rests_on() -> None:
    found = rule(HEAD + BODY)
    assert (found.id, found.paragraph, found.kind) == ("own-1", "OWN.1", "classification")
    assert found.verified == datetime.date(2026, 1, 1)
    assert [each.in_force for each in found.versions] == [DAY]
    assert found.sources["gazette"].publisher == "Atlantis"


def test_what_a_rule_leaves_out_restricts_nothing() -> None:
    found = rule(HEAD + BODY)
    assert (dict(found.applies_to), found.precedence, found.residual) == ({}, None, False)
    first = found.versions[0]
    assert (first.standing, first.ended, dict(first.where_undefined)) == ("in force", None, {})


def test_applies_to_takes_one_value_or_several() -> None:
    found = rule(f"{HEAD}applies_to: {{item: ic, market: [edge, consumer]}}\n{BODY}")
    assert dict(found.applies_to) == {"item": ("ic",), "market": ("edge", "consumer")}


@pytest.mark.parametrize(
    ("kind", "residual", "control"),
    [
        ("classification", "false", True),
        ("classification", "true", False),
        ("policy", "false", True),
        ("letter", "false", False),
        ("proposal", "false", False),
        ("tariff", "false", False),
        ("review policy", "false", False),
    ],
)
def test_only_what_classifies_and_a_policy_of_the_users_name_what_is_controlled(
    kind: str, residual: str, *, control: bool
) -> None:
    text = HEAD.replace("kind: classification", f"kind: {kind}\nresidual: {residual}")
    assert rule(text + BODY).is_control is control


@pytest.mark.parametrize("key", ["id", "paragraph", "title", "kind", "verified"])
def test_a_key_that_every_rule_has_is_missed_by_its_name(key: str) -> None:
    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{key}:")]
    ((_, what, _),) = told("\n".join([*lines, BODY]))
    assert what == f"'{key}' is missing"


def test_versions_and_their_confidence_are_missed_by_their_names() -> None:
    assert [what for _, what, _ in told(HEAD)] == ["'versions' is missing"]
    place, what, _ = told(HEAD + BODY.replace(", confidence: text", ""))[0]
    assert (place, what) == ("own-1.yaml:9", "'confidence' is missing")


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "hint"),
    [
        ("title:", "titel:", 3, "'titel' is not a key here", "did you mean 'title'?"),
        ("in_force:", "inforce:", 9, "'inforce' is not a key here", "did you mean 'in_force'?"),
        (
            "publisher:",
            "publsher:",
            7,
            "'publsher' is not a key here",
            "did you mean 'publisher'",
        ),
        ("id: own-1", "id: Own_1", 1, "'Own_1' is no plain word", "lower-case letters"),
        ("https:", "ftp:", 7, "is no address on the web", "https://"),
        ("kind: classification", "kind: law", 4, "'law' is no word for kind", "classification, "),
        (
            "confidence: text",
            "confidence: sure",
            9,
            "'sure' is no word for confidence",
            "or unverified",
        ),
        (
            "in_force:",
            "standing: proposd, in_force:",
            9,
            "'proposd' is no word for standing",
            "did you mean 'proposed'?",
        ),
    ],
)
def test_what_is_misspelt_is_told_with_its_line(
    old: str, new: str, line: int, what: str, hint: str
) -> None:
    found = [each for each in told((HEAD + BODY).replace(old, new, 1)) if what in each[1]]
    assert found
    place, _, found_hint = found[0]
    assert place == f"own-1.yaml:{line}"
    assert hint in found_hint


@pytest.mark.parametrize(
    ("example", "what"),
    [
        ("{chp: a10, expect: met}", "'chp' is not a key here"),
        ("{chip: a10}", "'expect' is missing"),
        ("{chip: a10, expect: maybe}", "'maybe' is no word for expect"),
        ("{chip: a10, expect: met, as_of: 2022}", "'2022' is not a day"),
    ],
)
def test_an_example_is_checked_like_the_rest(example: str, what: str) -> None:
    text = HEAD + BODY.replace("all:", f"examples: [{example}], all:")
    found = [each for each in told(text) if what in each[1]]
    assert [place for place, _, _ in found] == ["own-1.yaml:9"]


def test_a_version_that_is_wrong_does_not_count_as_no_version() -> None:
    found = told(HEAD + BODY.replace(", at: article 1", ""))
    assert [what for _, what, _ in found] == ["a version needs the place in its source"]


def test_a_rule_without_versions_is_refused_in_plain_words() -> None:
    ((place, what, hint),) = told(f"{HEAD}versions: []\n")
    assert place == "own-1.yaml:8"
    assert "version" in what
    assert "Tuple" not in what + hint


def test_a_misspelt_except_is_told_to_be_except() -> None:
    text = HEAD + BODY.replace("all:", "exept: [{all: {chip: a20}}], all:")
    assert ("own-1.yaml:9", "'exept' is not a key here", "did you mean 'except'?") in told(text)


@pytest.mark.parametrize("key", ["id", "kind", "versions"])
def test_a_rule_cannot_be_changed_after_it_was_read(key: str) -> None:
    found = rule(HEAD + BODY)
    with pytest.raises(AttributeError, match="never changes"):
        setattr(found, key, getattr(found, key))
