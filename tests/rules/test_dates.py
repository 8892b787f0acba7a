"""The days on which rules change, and which of them are known before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from chipcalc.rules.dates import Amendment, Turn, ahead, amendments, expected
from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from shared import RULEBOOK

D = datetime.date
HEAD = """\
id: own
paragraph: OWN
title: Own
kind: {kind}
verified: 2026-01-01
sources:
  gazette: {{title: G, publisher: A, url: https://atlantis.example/3, accessed: 2026-01-02}}
versions:
"""
ENTRY = """\
  - {dates}
    source: gazette
    at: article 1
    confidence: text
    all: {{board_power: {{more_than: {watts} W}}}}
"""


def own(folder: Path, store: Store, *dates: str, kind: str = "policy") -> tuple[Provision, ...]:
    """Return the versions of a rule, each with its dates."""
    path = folder / "own.yaml"
    entries = (ENTRY.format(dates=each, watts=n) for n, each in enumerate(dates, start=1))
    path.write_text(HEAD.format(kind=kind) + "".join(entries))
    return Rulebook(store, [path]).provisions["own"]


def told(versions: tuple[Provision, ...], day: D) -> list[tuple[D, Turn, int]]:
    """Return what is ahead of a day, each with the number of its version."""
    found = ahead([versions], day).values()
    return [(each.day, each.turn, each.provision.number) for made in found for each in made]


NEXT = "in_force: 2024-05-01\n    published: 2024-03-01\n    announced: 2024-02-20"
FIRST = "in_force: 2020-01-01\n    citation: 1 G 1"


def test_a_version_is_ahead_between_its_announcement_and_its_effect(
    tmp_path: Path, store: Store
) -> None:
    versions = own(tmp_path, store, FIRST, NEXT)
    effect = [(D(2024, 5, 1), Turn.begins, 1)]
    assert told(versions, D(2024, 2, 19)) == []  # nobody knew
    assert told(versions, D(2024, 2, 20)) == effect
    assert told(versions, D(2024, 4, 30)) == effect
    assert told(versions, D(2024, 5, 1)) == []


def test_what_is_published_counts_as_known_where_nothing_was_announced(
    tmp_path: Path, store: Store
) -> None:
    second = "in_force: 2024-05-01\n    published: 2024-03-01\n    citation: 2 G 2"
    versions = own(tmp_path, store, FIRST, second)
    assert told(versions, D(2024, 2, 29)) == []
    assert told(versions, D(2024, 3, 1))


def test_a_version_without_a_day_of_publication_is_known_when_it_is_there(
    tmp_path: Path, store: Store
) -> None:
    versions = own(tmp_path, store, FIRST, "in_force: 2024-05-01")
    assert told(versions, D(2024, 4, 30)) == []


def test_another_text_counts_however_far_ahead_it_is(tmp_path: Path, store: Store) -> None:
    later = "in_force: 2030-01-01\n    published: 2024-03-01\n    citation: 2 G 2"
    versions = own(tmp_path, store, FIRST, later)
    assert told(versions, D(2024, 3, 1)) == [(D(2030, 1, 1), Turn.begins, 1)]


def test_a_change_that_the_text_in_force_dates_counts_within_a_year(
    tmp_path: Path, store: Store
) -> None:
    same = "    published: 2024-03-01\n    citation: 2 G 2"
    versions = own(
        tmp_path, store, f"in_force: 2024-03-01\n{same}", f"in_force: 2027-01-01\n{same}"
    )
    assert told(versions, D(2025, 12, 31)) == []
    assert told(versions, D(2026, 1, 1)) == [(D(2027, 1, 1), Turn.begins, 1)]
    assert told(versions, D(2026, 12, 31))


def test_the_day_from_which_a_text_must_be_obeyed_is_ahead_as_well(
    tmp_path: Path, store: Store
) -> None:
    text = "in_force: 2024-01-13\n    published: 2024-01-15\n    compliance: 2024-05-15"
    versions = own(tmp_path, store, text)
    assert told(versions, D(2024, 1, 13)) == [(D(2024, 5, 15), Turn.binds, 0)]
    assert told(versions, D(2024, 5, 15)) == []


def test_an_end_is_ahead_only_where_the_text_says_so(tmp_path: Path, store: Store) -> None:
    past = own(tmp_path, store, "in_force: 2020-01-01\n    ended: 2024-05-01")
    assert told(past, D(2024, 4, 30)) == []  # read afterwards: nobody may have known
    printed = own(tmp_path, store, "in_force: 2020-01-01\n    ended: 2026-05-01")
    assert told(printed, D(2026, 4, 30)) == [(D(2026, 5, 1), Turn.ends, 0)]


def test_a_bill_is_never_ahead(tmp_path: Path, store: Store) -> None:
    bill = own(tmp_path, store, "announced: 2024-05-01\n    standing: proposed", kind="proposal")
    assert not any(told(bill, D(2024, 4, 1) + datetime.timedelta(n)) for n in range(60))


def test_what_is_expected_leaves_out_what_was_announced_later(tmp_path: Path, store: Store) -> None:
    suspended = "in_force: 2024-04-01\n    announced: 2024-04-01\n    standing: not enforced"
    text = "in_force: 2024-01-13\n    published: 2024-01-15\n    compliance: 2024-05-15"
    versions = own(tmp_path, store, text, suspended)
    assert [e.number for e in expected([versions], D(2024, 5, 15), D(2024, 3, 1))] == [0]
    assert [e.number for e in expected([versions], D(2024, 5, 15), D(2024, 4, 1))] == [1]
    assert told(versions, D(2024, 3, 1)) == [(D(2024, 5, 15), Turn.binds, 0)]


def test_every_change_of_a_rule_is_an_amendment(tmp_path: Path, store: Store) -> None:
    versions = own(
        tmp_path,
        store,
        FIRST,
        "in_force: 2024-05-01\n    compliance: 2024-06-01\n    ended: 2025-01-01",
    )
    assert [(each.day, each.turn) for each in amendments(versions)] == [
        (D(2020, 1, 1), Turn.begins),
        (D(2024, 5, 1), Turn.begins),
        (D(2025, 1, 1), Turn.ends),
        (D(2024, 6, 1), Turn.binds),
    ]


def built_in() -> Iterator[Amendment]:
    """Yield all that ever happened to the built-in rules."""
    for versions in RULEBOOK.provisions.values():
        yield from amendments(versions)


def test_the_rule_of_october_2023_is_known_from_its_release_on() -> None:
    """88 FR 73458: released 2023-10-17, published 2023-10-25, effective 2023-11-17."""
    rules = RULEBOOK.provisions.values()
    assert D(2023, 11, 17) not in ahead(rules, D(2023, 10, 16))
    for day in (D(2023, 10, 17), D(2023, 11, 16)):
        names = {each.provision.id for each in ahead(rules, day)[D(2023, 11, 17)]}
        assert {"us-3a090-a", "us-3a090-b", "us-licence-b"} <= names
    assert D(2023, 11, 17) not in ahead(rules, D(2023, 11, 17))


def test_the_foundry_limits_of_2027_are_ahead_in_2026() -> None:
    """90 FR 5298, in force 2025-01-16, prints 35 billion for what is completed in 2027."""
    rules = RULEBOOK.provisions.values()
    assert D(2027, 1, 1) not in ahead(rules, D(2025, 12, 31))
    found = ahead(rules, D(2026, 11, 27))
    assert "us-foundry-presumption" in {e.provision.id for e in found[D(2027, 1, 1)]}
    assert D(2028, 1, 1) not in found


def test_nothing_was_known_before_it_was_announced() -> None:
    days = sorted({each.day for each in built_in()})
    rules = RULEBOOK.provisions.values()
    for day in (each - datetime.timedelta(days=1) for each in days):
        for made in ahead(rules, day).values():
            assert all(each.provision.version.known <= day < each.day for each in made)


@pytest.mark.parametrize("citation", sorted({
    each.version.amended_by or each.version.citation
    for versions in RULEBOOK.provisions.values()
    for each in versions
    if each.version.citation and each.version.published
}))  # fmt: skip
def test_one_document_was_published_on_one_day(citation: str) -> None:
    found = {
        each.version.published
        for versions in RULEBOOK.provisions.values()
        for each in versions
        if (each.version.amended_by or each.version.citation) == citation and each.version.published
    }
    assert len(found) == 1


def test_a_document_is_known_as_a_whole() -> None:
    """Else a paragraph would be expected without the definition that its licence rests on."""
    texts = [
        (each.version.amended_by or each.version.citation, each.version, each.id)
        for versions in RULEBOOK.provisions.values()
        for each in versions
    ]
    for document, version, name in texts:
        if document and version.standing == "in force":
            same = [other for cited, other, _ in texts if cited == document]
            out = {day for other in same for day in (other.announced, other.published) if day}
            assert not out or version.known <= min(out), name
