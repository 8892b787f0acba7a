"""Groups of countries of a day are listed; one shows its members, a country shows its groups."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from chipcalc.contract.groups import SCHEMA, SCHEMA_OF_COUNTRY, SCHEMA_OF_ONE
from chipcalc.errors import ChipcalcError
from chipcalc.places import countries
from chipcalc.places.load import load
from chipcalc.places.on_day import Places
from chipcalc.sheets.store import Store
from chipcalc.tables.groups import report
from chipcalc.tables.render import FORMATS, comma_separated, table
from chipcalc.tables.report import Report
from shared import STORE, printed, said

NAMES = ("", "X:1", "X:2", "GF", "PE", "CN")


def shown(store: Store, name: str = "", as_of: str = "2024-01-01") -> Report:
    """Return the report of a name on a day."""
    return report(store, Places(load(store.folders), datetime.date.fromisoformat(as_of)), name)


def cells(found: Report) -> list[tuple[str, ...]]:
    """Return the cells of all rows."""
    return [row.texts for row in found.rows]


def title(found: Report) -> str:
    """Return the line that answers."""
    return said(found.title)[0]


def data(found: Report) -> dict[str, Any]:
    """Return the data of a report as a program reads them."""
    read: dict[str, Any] = json.loads(json.dumps(found.data()))
    return read


def refusal(store: Store, name: str) -> tuple[str, str]:
    """Return fault and hint of a name that is refused."""
    with pytest.raises(ChipcalcError) as caught:
        shown(store, name)
    (problem,) = caught.value.problems
    return problem.what, problem.hint


@pytest.mark.parametrize(
    ("as_of", "first", "second", "unsure"),
    [
        ("2020-12-31", "3", "2", ""),
        ("2021-01-01", "4", "2", ""),
        ("2022-03-01", "5", "2", ""),
        ("2023-02-01", "5", "2", "Peru"),
        ("2023-04-01", "5", "3", ""),
        ("2024-07-01", "4", "3", ""),
    ],
)
def test_a_list_counts_the_members_of_the_day(
    as_of: str, first: str, second: str, unsure: str, store: Store
) -> None:
    """France, Germany and Norway from the first day on; Poland comes and goes, Italy comes."""
    found = shown(store, as_of=as_of)
    counted = [("X:1", "Friends", first), ("X:2", "Strangers", second)]
    assert [each[:3] for each in cells(found)] == counted
    assert [each[3:] for each in cells(found)] == ([("",), (unsure,)] if unsure else [(), ()])
    assert as_of in title(found)


def test_before_the_lists_begin_nobody_is_counted(store: Store) -> None:
    found = shown(store, as_of="2019-12-31")
    assert [each[2] for each in cells(found)] == ["0", "0"]
    assert cells(found)[1][3] == "Brazil, Chile, Peru"
    assert found.records() == []


@pytest.mark.parametrize(
    ("as_of", "codes"),
    [
        ("2020-12-31", ["DE", "FR", "NO"]),
        ("2021-01-01", ["DE", "FR", "NO", "PL"]),
        ("2022-03-01", ["DE", "FR", "IT", "NO", "PL"]),
        ("2024-07-01", ["DE", "FR", "IT", "NO"]),
    ],
)
def test_a_group_shows_its_members_of_the_day(as_of: str, codes: list[str], store: Store) -> None:
    found = shown(store, "X:1", as_of)
    assert cells(found) == [(each, countries.name(each)) for each in codes]
    assert said(found.title) == [f"X:1, {as_of}: {len(codes)} countries", "Friends"]


def test_a_member_that_is_not_known_to_be_one_comes_last(store: Store) -> None:
    assert cells(shown(store, "X:2", "2023-03-01")) == [
        ("BR", "Brazil", "yes"),
        ("CL", "Chile", "yes"),
        ("PE", "Peru", "not known"),
    ]


@pytest.mark.parametrize("name", ["X:1", "x:1"])
def test_a_group_is_found_in_any_case(name: str, store: Store) -> None:
    assert title(shown(store, name)).startswith("X:1, ")


def test_a_group_tells_its_changes_and_its_sources(store: Store) -> None:
    changes, sources = shown(store, "X:1", "2025-06-01").notes
    assert said(changes) == [
        "Changes",
        "  Poland joined X:1 on 2021-01-01 (text).",
        "  Italy joined X:1 on 2022-03-01 (3 AG 7, text).",
        "  Poland left X:1 on 2024-07-01 (secondary): as the press reports.",
    ]
    assert said(sources) == [
        "source: page 1 (text)",
        "  Atlantis: List 1 (2025-06-01). https://atlantis.example/list",
    ]


def test_a_group_tells_what_to_know_about_it_and_about_its_file(specs: Path) -> None:
    path = specs / "groups" / "atlantis.yaml"
    text = path.read_text(encoding="utf-8")
    noted = text.replace("at: page 1\n", "at: page 1\n    note: Friends change often.\n", 1)
    assert noted != text
    path.write_text("notes: [Read twice.]\n" + noted, encoding="utf-8")
    friends, strangers = (shown(Store((specs,)), each, "2025-06-01") for each in ("X:1", "X:2"))
    assert said(friends.notes[-1])[-2:] == ["Friends change often.", "Read twice."]
    assert said(strangers.notes[-1])[-1] == "Read twice."
    assert data(friends)["notes"] == ["Friends change often.", "Read twice."]


def test_a_group_without_changes_tells_none(specs: Path) -> None:
    path = specs / "groups" / "atlantis.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("    changes:", text.index("X:2"))
    path.write_text(text[:start] + text[text.index("same_as:") :], encoding="utf-8")
    (sources,) = shown(Store((specs,)), "X:2", "2025-06-01").notes
    assert said(sources)[0] == "source: page 2 (text)"


@pytest.mark.parametrize(
    ("key", "last"),
    [
        ("press-table", "Made-up Press"),
        ("nowhere", "  nowhere"),
    ],
)
def test_a_source_is_one_that_files_share_or_its_bare_key(key: str, last: str, specs: Path) -> None:
    """Lint refuses the latter; a report says what it can."""
    path = specs / "groups" / "atlantis.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("source: list-1, citation", f"source: {key}, citation"), "utf-8")
    lines = said(shown(Store((specs,)), "X:1", "2025-06-01").notes[-1])
    assert len(lines) == 3
    assert last in lines[2]


@pytest.mark.parametrize("name", ["X:1", "FR"])
@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2025-05-31", "read in the issue of 2025-06-01"),
        ("2025-06-01", ""),
        ("2026-01-01", ""),
        ("2026-01-02", "last checked on 2026-01-01"),
    ],
)
def test_lists_that_are_not_of_the_day_say_so(
    name: str, as_of: str, told: str, store: Store
) -> None:
    notes = "\n".join(line for each in shown(store, name, as_of).notes for line in said(each))
    assert told in notes
    assert ("read in the issue" in notes) == ("read in" in told)
    assert ("last checked" in notes) == ("last checked" in told)


@pytest.mark.parametrize(
    ("name", "as_of", "first", "second"),
    [
        ("FR", "2024-01-01", "yes", "no"),
        ("France", "2024-01-01", "yes", "no"),
        ("bra", "2024-01-01", "no", "yes"),
        ("China", "2024-01-01", "no", "no"),
        ("peru", "2023-03-01", "no", "not known"),
        ("GF", "2024-01-01", "yes", "no"),
        ("NO", "2019-12-31", "not known", "not known"),
    ],
)
def test_a_country_shows_whether_it_is_in_each_group(
    name: str, as_of: str, first: str, second: str, store: Store
) -> None:
    found = shown(store, name, as_of)
    assert cells(found) == [("X:1", "Friends", first), ("X:2", "Strangers", second)]


def test_a_country_is_called_by_name_and_code(store: Store) -> None:
    assert title(shown(store, "deu")) == ("Germany (DE), 2024-01-01: in X:1; not in 1 of 2")


def test_a_country_tells_what_to_know_about_it(store: Store) -> None:
    (notes,) = shown(store, "GF", "2025-06-01").notes
    assert said(notes) == ["French Guiana counts as France: an overseas department"]
    (notes,) = shown(store, "PL", "2025-06-01").notes
    assert said(notes) == ["Poland left X:1 on 2024-07-01 (secondary): as the press reports"]
    assert shown(store, "CN", "2025-06-01").notes == ()


@pytest.mark.parametrize(
    ("name", "meant"), [("X:11", "'X:1'"), ("X2", "'X:2'"), ("Atlantis", "write a name, or a code")]
)
def test_a_name_of_nothing_is_refused_with_a_next_step(name: str, meant: str, store: Store) -> None:
    what, hint = refusal(store, name)
    assert what == f"no group of countries '{name}', and no country '{name}'"
    assert meant in hint


def test_the_data_of_all_groups_are_versioned(store: Store) -> None:
    found = data(shown(store, as_of="2023-03-01"))
    assert (found["schema"], found["as_of"]) == (SCHEMA, "2023-03-01")
    first, second = found["groups"]
    assert first == {
        "group": "X:1",
        "title": "Friends",
        "members": ["DE", "FR", "IT", "NO", "PL"],
        "not_known": [],
        "confidence": "text",
        "at": "page 1",
        "notes": [],
    }
    assert (second["members"], second["not_known"]) == (["BR", "CL"], ["PE"])


def test_the_data_of_one_group_are_those_of_the_list(store: Store) -> None:
    found = data(shown(store, "X:2"))
    (listed,) = [e for e in data(shown(store))["groups"] if e["group"] == "X:2"]
    assert found == {"schema": SCHEMA_OF_ONE, "as_of": "2024-01-01", **listed}


def test_the_data_of_a_country_have_a_verdict_for_each_group(store: Store) -> None:
    assert data(shown(store, "Peru", "2023-03-01")) == {
        "schema": SCHEMA_OF_COUNTRY,
        "as_of": "2023-03-01",
        "country": "PE",
        "name": "Peru",
        "groups": {"X:1": "not met", "X:2": "unknown"},
    }


def test_records_have_one_row_for_each_group_and_country(store: Store) -> None:
    rows = shown(store, as_of="2023-03-01").records()
    assert [(e["group"], e["country"]) for e in rows] == [
        *(("X:1", each) for each in ("DE", "FR", "IT", "NO", "PL")),
        ("X:2", "BR"),
        ("X:2", "CL"),
    ]
    assert shown(store, "X:2", "2023-03-01").records()[-1] == {
        "group": "X:2",
        "country": "PE",
        "name": "Peru",
        "member": "not known",
        "as_of": "2023-03-01",
    }
    members = [e["member"] for e in shown(store, "FR").records()]
    assert members == ["yes", "no"]
    assert len(comma_separated(shown(store, "X:1")).splitlines()) == 6


def test_without_groups_there_is_nothing_to_list(specs: Path) -> None:
    (specs / "groups" / "atlantis.yaml").unlink()
    found = shown(Store((specs,)))
    assert (cells(found), data(found)["groups"]) == ([], [])


@given(
    st.sampled_from([e.id for book in load(STORE.folders) for e in book.groups]),
    st.sampled_from(countries.codes()),
    st.dates(datetime.date(2022, 1, 1), datetime.date(2027, 1, 1)),
)
def test_a_group_and_a_country_say_the_same_of_each_other(
    name: str, code: str, day: datetime.date
) -> None:
    """A territory is not listed beside the country that it counts to."""
    places = Places(load(STORE.folders), day)
    listed = {e["country"]: e["member"] for e in report(STORE, places, name).records()}
    (said,) = [e for e in report(STORE, places, code).records() if e["group"] == name]
    if day < min(book.since for book in load(STORE.folders)):
        assert said["member"] == "not known"
    elif code in places.all:
        assert listed.get(code, "no") == said["member"]


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_renders_in_every_format(style: str, name: str, store: Store) -> None:
    assert printed(style, shown(store, name))


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_keeps_to_80_columns(name: str, store: Store) -> None:
    for as_of in ("2019-01-01", "2023-03-01", "2027-01-01"):
        assert max(map(wcswidth, table(shown(store, name, as_of)).splitlines())) <= 80


@pytest.mark.parametrize("name", ["", "D:5", "CY", "Hong Kong"])
def test_the_built_in_groups_keep_to_80_columns(name: str) -> None:
    """All but addresses, which would not work if they were broken."""
    for as_of in ("2023-01-01", "2025-12-01", "2026-10-01"):
        lines = table(shown(STORE, name, as_of)).splitlines()
        assert max(wcswidth(each) for each in lines if "https://" not in each) <= 80
