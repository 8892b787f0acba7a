"""Groups of countries: who belonged on which day, and files that contradict themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chipcalc import yamlio
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.places.countries import codes, is_group
from chipcalc.places.groups import Group, Groups
from chipcalc.places.load import load
from chipcalc.schema.base import parse
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict
from shared import STORE

D = datetime.date
MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
START = D(2021, 1, 1)
FILE = """\
id: zed
since: 2020-01-01
read: 2025-06-01
verified: 2026-01-01
sources:
  s: {title: S, publisher: P, url: https://p.example, accessed: 2026-01-02}
groups:
  - id: "Z:1"
    title: Zed
    source: s
    confidence: text
    members: [FR, DE]
    changes:
      - {country: FR, joined: 2022-01-01, source: s, confidence: text}
"""
CHANGE = "{country: FR, joined: 2022-01-01, source: s, confidence: text}"


def changed(old: str, new: str) -> list[Problem]:
    """Return the problems of the file after a change."""
    assert old in FILE
    document = yamlio.load(FILE.replace(old, new, 1), "zed.yaml")
    try:
        parse(Groups, document)
    except ChipcalcError as fault:
        return list(fault.problems)
    return []


def complaint(old: str, new: str) -> tuple[str, str]:
    """Return the place and the words of the only problem after a change."""
    (found,) = changed(old, new)
    assert found.file == "zed.yaml"
    assert found.hint
    return found.path, found.what


def group(members: Iterable[str], changes: Iterable[Mapping[str, Any]] = ()) -> Group:
    """Return a group."""
    cited = {"source": "s", "confidence": "text", "note": "some day"}
    data = {"id": "Z:1", "title": "Zed", "members": list(members), **cited}
    return Group.model_validate({**data, "changes": [{**cited, **each} for each in changes]})


class History(NamedTuple):
    """A country that was in or out at first, and went in and out within some spans of days."""

    inside: bool
    spans: tuple[tuple[int, int], ...]

    @property
    def group(self) -> Group:
        """The group that says so, and lists the country if it is in at the end."""
        changes = []
        for number, span in enumerate(self.spans):
            done = "joined" if self.inside == bool(number % 2) else "left"
            first, last = (day(each).isoformat() for each in span)
            changes.append({"country": "FR", done: first if first == last else [first, last]})
        within = self.inside != bool(len(self.spans) % 2)
        return group(["FR", "DE"] if within else ["DE"], changes)

    def holds(self, at: int) -> Verdict:
        """Return what is true on a day, whichever day of its span each change happened on."""
        found = set()
        for days in product(*(range(first, last + 1) for first, last in self.spans)):
            before = sum(each <= at for each in days)
            found.add(self.inside != bool(before % 2))
        return UNKNOWN if len(found) > 1 else MET if found == {True} else NOT_MET


def day(number: int) -> datetime.date:
    """Return a day after the first one."""
    return START + datetime.timedelta(days=number)


histories = st.builds(
    lambda inside, steps: History(inside, tuple(spans(steps))),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4),
)


def spans(steps: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans, none of which begins before the last one ended."""
    end = 1
    for gap, length in steps:
        yield end + gap, end + gap + length
        end += gap + length


@given(histories)
def test_membership_is_what_holds_whenever_in_its_span_a_change_happened(history: History) -> None:
    """Every day is tried, and every way for the changes to have happened."""
    found = history.group
    for number in range(30):
        assert found.holds("FR", day(number)) is history.holds(number)


@given(histories)
def test_membership_changes_on_days_of_changes_only(history: History) -> None:
    found = history.group
    ends = {each for span in history.spans for each in span}
    for before, after in pairwise(range(30)):
        if found.holds("FR", day(before)) is not found.holds("FR", day(after)):
            assert after in ends


@given(histories, st.integers(0, 30))
def test_the_changes_of_one_country_say_nothing_of_another(history: History, number: int) -> None:
    assert history.group.holds("DE", day(number)) is MET
    assert history.group.holds("BR", day(number)) is NOT_MET


@given(histories)
def test_a_history_told_backwards_is_refused(history: History) -> None:
    """Unless all of it happened on one day, or there is nothing to turn around."""
    assume(len(history.spans) > 1 and history.spans[0][0] < history.spans[-1][1])
    backwards = history._replace(
        inside=history.inside == bool(len(history.spans) % 2), spans=history.spans[::-1]
    )
    with pytest.raises(ValueError, match="the changes of FR are not in order"):
        _ = backwards.group


@pytest.mark.parametrize(
    ("name", "country", "when", "expected"),
    [
        ("X:1", "PL", D(2020, 12, 31), NOT_MET),
        ("X:1", "PL", D(2021, 1, 1), MET),
        ("X:1", "PL", D(2024, 6, 30), MET),
        ("X:1", "PL", D(2024, 7, 1), NOT_MET),
        ("X:1", "IT", D(2022, 2, 28), NOT_MET),
        ("X:1", "IT", D(2022, 3, 1), MET),
        ("X:1", "NO", D(2020, 1, 1), MET),
        ("X:1", "SE", D(2024, 1, 1), NOT_MET),
        ("X:2", "PE", D(2023, 1, 31), NOT_MET),
        ("X:2", "PE", D(2023, 2, 1), UNKNOWN),
        ("X:2", "PE", D(2023, 3, 31), UNKNOWN),
        ("X:2", "PE", D(2023, 4, 1), MET),
    ],
)
def test_a_country_belongs_from_the_day_it_joins_until_the_day_it_leaves(
    name: str, country: str, when: datetime.date, expected: Verdict, store: Store
) -> None:
    (book,) = load(store.folders)
    (found,) = [each for each in book.groups if each.id == name]
    assert found.holds(country, when) is expected


def test_a_file_without_a_fault_is_read() -> None:
    assert changed("title: Zed", "title: Another") == []


@pytest.mark.parametrize("member", ["fr", "F", "FRA", "'12'", "France", "X:1"])
def test_a_member_that_is_no_code_of_two_letters_is_refused(member: str) -> None:
    place, what = complaint("[FR, DE]", f"[FR, {member}]")
    assert place == "groups[0].members[1]"
    assert what == f"'{member.strip(chr(39))}' is no code of a country"


def test_norway_needs_no_quotes() -> None:
    """Plain YAML takes NO for a boolean."""
    assert changed("[FR, DE]", "[FR, NO]") == []


@pytest.mark.parametrize("name", ["DE", "x:1", "1:X", "X", "CN"])
def test_the_name_of_a_group_cannot_be_taken_for_the_code_of_a_country(name: str) -> None:
    place, _ = complaint('"Z:1"', f'"{name}"')
    assert place == "groups[0].id"


def test_every_code_of_a_country_and_every_group_that_rules_name_is_told_from_the_other() -> None:
    assert not any(map(is_group, codes()))
    assert all(is_group(each.id) for book in load(STORE.folders) for each in book.groups)


@pytest.mark.parametrize("done", ["joined: 2022-01-01, left: 2023-01-01, ", ""])
def test_a_change_is_one_of_joined_and_left(done: str) -> None:
    place, what = complaint("joined: 2022-01-01, ", done)
    assert place == "groups[0].changes[0]"
    assert what == "a country joined or left"


def test_a_span_needs_a_note_that_says_what_is_known() -> None:
    place, what = complaint("joined: 2022-01-01", "joined: [2022-01-01, 2022-02-01]")
    assert place == "groups[0].changes[0]"
    assert what == "a day that is not known needs a note"
    noted = "joined: [2022-01-01, 2022-02-01], note: in January"
    assert changed("joined: 2022-01-01", noted) == []


def test_a_span_of_one_day_is_that_day() -> None:
    assert changed("joined: 2022-01-01", "joined: [2022-01-01, 2022-01-01]") == []


def test_a_span_does_not_end_before_it_begins() -> None:
    found = complaint("joined: 2022-01-01", "joined: [2022-02-01, 2022-01-01], note: n")
    assert found[1] == "the span ends before it begins"


@pytest.mark.parametrize("when", ["2022", "2022-02-30", "soon", "[2022-01-01]", "[]", "{a: b}"])
def test_a_change_happens_on_a_day_or_between_two(when: str) -> None:
    found = changed("joined: 2022-01-01", f"joined: {when}")
    assert found
    assert all(each.path.startswith("groups[0].changes[0].joined") for each in found)


@pytest.mark.parametrize(
    ("members", "change", "what"),
    [
        ("[DE]", CHANGE, "FR joined last, but members: says otherwise"),
        ("[FR, DE]", CHANGE.replace("joined", "left"), "FR left last, but members: says otherwise"),
    ],
)
def test_the_last_change_agrees_with_the_members(members: str, change: str, what: str) -> None:
    old = f"members: [FR, DE]\n    changes:\n      - {CHANGE}"
    new = f"members: {members}\n    changes:\n      - {change}"
    assert complaint(old, new) == ("groups[0]", what)


def again(first: str, second: str) -> str:
    """Return two changes of France."""
    cited = "source: s, confidence: text, note: n"
    return f"{{country: FR, {first}, {cited}}}\n      - {{country: FR, {second}, {cited}}}"


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        ("left: 2023-01-01", "joined: 2022-01-01", "the changes of FR are not in order"),
        ("left: [2022-01-01, 2022-03-01]", "joined: 2022-02-01", "the changes of FR are not in"),
        ("joined: 2022-01-01", "joined: 2023-01-01", "FR joined or left twice in a row"),
    ],
)
def test_the_changes_of_a_country_come_one_after_the_other(
    first: str, second: str, fault: str
) -> None:
    place, what = complaint(CHANGE, again(first, second))
    assert place == "groups[0]"
    assert what.startswith(fault)


@pytest.mark.parametrize("first", ["left: 2021-01-01", "left: [2021-12-01, 2022-01-01]"])
def test_a_country_that_left_may_join_again_once_it_had_left(first: str) -> None:
    assert changed(CHANGE, again(first, "joined: 2022-01-01")) == []


def test_the_changes_of_different_countries_may_stand_in_any_order() -> None:
    other = "{country: PL, left: 2021-01-01, source: s, confidence: text}"
    assert changed(CHANGE, f"{CHANGE}\n      - {other}") == []


def test_a_member_is_named_once() -> None:
    assert complaint("[FR, DE]", "[FR, DE, FR, FR]") == ("groups[0]", "FR is named twice")


BARE = "confidence: text"
DOUBTED = "confidence: unverified"


@pytest.mark.parametrize(
    ("old", "place", "note"),
    [
        (f"    source: s\n    {BARE}\n", "groups[0]", "    note: n\n"),
        (f", source: s, {BARE}}}", "groups[0].changes[0]", ", note: n}"),
    ],
)
def test_a_fact_without_a_source_is_marked_unverified_and_says_why(
    old: str, place: str, note: str
) -> None:
    bare = old.replace("    source: s\n", "").replace("source: s, ", "")
    assert complaint(old, bare) == (place, "a fact needs a source")
    doubted = bare.replace(BARE, DOUBTED)
    assert complaint(old, doubted) == (place, "a fact needs a source")
    assert complaint(old, bare.removesuffix("}") + note) == (place, "a fact needs a source")
    assert changed(old, doubted.removesuffix("}") + note) == []


def test_every_complaint_about_a_group_is_told_at_once() -> None:
    found = changed("members: [FR, DE]", "members: [DE, DE]")
    assert [each.what for each in found] == [
        "DE is named twice",
        "FR joined last, but members: says otherwise",
    ]


def test_a_key_that_there_is_not_is_answered_with_the_nearest() -> None:
    found = {each.what: (each.path, each.hint) for each in changed("members:", "member:")}
    assert found["'member' is not a key here"] == ("groups[0].member", "did you mean 'members'?")
    assert found["'members' is missing"][0] == "groups[0].members"
