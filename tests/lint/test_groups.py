"""Lint of country groups: codes of no country, sources nobody names, files that clash."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import COUNTRIES_FILE
from chipcalc.lint.groups import cited, name_problems, own_files, problems
from chipcalc.places.load import load
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store, open_store

FILE = "groups/atlantis.yaml"
SECOND = """\
id: mu
since: 2020-01-01
read: 2025-06-01
verified: 2026-01-01
groups:
  - {id: "M:1", title: Mu, source: list-1, confidence: text, members: [SE]}
"""


def change(specs: Path, old: str, new: str, *, file: str = FILE) -> None:
    """Replace a text that occurs in a file of the made-up spec folder."""
    path = specs / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def changed(specs: Path, old: str, new: str) -> list[Problem]:
    """Return the problems of the made-up groups after a change."""
    change(specs, old, new)
    return problems(Store((specs,)), [specs / FILE])


def line(specs: Path, words: str) -> int:
    """Return the line on which some words stand."""
    lines = (specs / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, each in enumerate(lines, 1) if words in each)


def refusal(specs: Path) -> tuple[Problem, ...]:
    """Return why the groups of a spec folder are refused."""
    with pytest.raises(ChipcalcError) as caught:
        _ = load(Store((specs,)).folders)
    return caught.value.problems


def test_the_made_up_groups_have_no_problem(specs: Path) -> None:
    assert problems(Store((specs,)), [specs / FILE]) == []


def test_the_built_in_groups_have_no_problem() -> None:
    store = open_store()
    paths = own_files(store, store.folders[-1])
    assert paths
    assert problems(store, paths) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("[FR, DE, IT", "[FR, DX, IT", "DX", "groups[0].members[1]"),
        ("[BR, CL, PE]", "[BR, CL, PE, ZZ]", "ZZ", "groups[1].members[3]"),
        ("of: FR", "of: QQ", "QQ", "same_as[0]"),
        ("country: GF", "country: UK", "UK", "same_as[0]"),
    ],
)
def test_a_code_that_no_country_has_is_told_with_its_place(
    specs: Path, old: str, new: str, code: str, place: str
) -> None:
    """ISO 3166 assigns neither QQ nor ZZ; the code of the United Kingdom is GB."""
    (found,) = changed(specs, old, new)
    assert found.what == f"no country has the code '{code}'"
    assert found.path == place
    assert found.hint
    assert 0 <= line(specs, new) - found.line <= 1


def test_a_change_is_that_of_a_country(specs: Path) -> None:
    change(specs, "country: PL, left", "country: PX, left")
    (found,) = changed(specs, "country: PL, joined", "country: PX, joined")[:1]
    assert found.what == "no country has the code 'PX'"
    assert found.path == "groups[0].changes[0]"
    assert found.line == line(specs, "country: PX, joined")


def test_every_wrong_code_is_told_at_once(specs: Path) -> None:
    change(specs, "[FR, DE, IT", "[XX, DE, IT")
    found = changed(specs, "of: FR", "of: QQ")
    assert [each.what for each in found] == [
        "no country has the code 'XX'",
        "no country has the code 'QQ'",
    ]


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ("source: list-1\n    at: page 1", "groups[0].source"),
        ("source: list-1, citation", "groups[0].changes[1].source"),
        ("source: list-1, confidence: text, note", "same_as[0].source"),
    ],
)
def test_a_source_that_is_nowhere_is_told_with_the_nearest(
    specs: Path, old: str, place: str
) -> None:
    (found,) = changed(specs, old, old.replace("list-1", "list-2"))
    assert found.what == "no source 'list-2'"
    assert found.path == place
    assert found.hint == "did you mean 'list-1'?"
    assert found.line == line(specs, "source: list-2")


def test_a_source_may_be_one_that_files_share(specs: Path) -> None:
    """It stands in sources/press-table.yaml."""
    assert changed(specs, "source: list-1, citation", "source: press-table, citation") == []
    assert "press-table" in cited(Store((specs,)))


def test_a_source_that_nothing_names_is_told(specs: Path) -> None:
    source = "  list-1: {title: "
    spare = "  list-0: {title: T, publisher: P, url: https://p.example/t, accessed: 2026-01-02}\n"
    (found,) = changed(specs, source, spare + source)
    assert found.what == "nothing names the source 'list-0'"
    assert found.line == line(specs, "list-0")


def test_a_source_is_read_after_it_was_published(specs: Path) -> None:
    (found,) = changed(specs, "accessed: 2026-01-02", "accessed: 2025-05-31")
    assert found.what == "read before it was published"
    assert found.path == "sources.list-1"


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        (
            "[FR, DE, IT",
            "[FR, Germany, IT",
            "groups[0].members[1]",
            "'Germany' is no code of a country",
        ),
        ("[FR, DE, IT", "[FR, DE, DE, IT", "groups[0]", "DE is named twice"),
        (
            "joined: 2021-01-01",
            "joined: 2021-01-01, left: 2022-01-01",
            "groups[0].changes[0]",
            "a country joined or left",
        ),
        (
            "joined: 2022-03-01",
            "joined: [2022-03-01, 2022-04-01]",
            "groups[0].changes[1]",
            "a day that is not known needs a note",
        ),
        (
            "joined: 2021-01-01",
            "joined: 2025-01-01",
            "groups[0]",
            "the changes of PL are not in order",
        ),
        (
            'IT, "NO"]',
            'IT, "NO", PL]',
            "groups[0]",
            "PL left last, but members: says otherwise",
        ),
        ("[BR, CL, PE]", "[BR, CL]", "groups[1]", "PE joined last, but members: says otherwise"),
        ("verified: 2026-01-01", "verified: 2026", "verified", "'2026' is not a day"),
        ("since: 2020-01-01\n", "", "since", "'since' is missing"),
    ],
)
def test_a_file_that_contradicts_itself_is_told_with_its_line(
    specs: Path, old: str, new: str, place: str, what: str
) -> None:
    (found,) = changed(specs, old, new)
    assert (found.path, found.what) == (place, what)
    assert Path(found.file).name == "atlantis.yaml"
    start = line(specs, '- id: "X:1"' if place == "groups[0]" else '- id: "X:2"')
    assert found.line in ((start, line(specs, new)) if new else (1,))
    assert refusal(specs) == (found,)


def test_a_file_that_cannot_be_read_does_not_hide_the_others(specs: Path) -> None:
    bad = specs / "groups" / "bad.yaml"
    bad.write_text("id: bad\n", encoding="utf-8")
    change(specs, "of: FR", "of: QQ")
    found = problems(Store((specs,)), [bad, specs / FILE])
    assert {Path(each.file).name for each in found} == {"bad.yaml", "atlantis.yaml"}
    assert "no country has the code 'QQ'" in {each.what for each in found}


def test_the_files_of_a_folder_are_its_own(specs: Path, tmp_path: Path) -> None:
    store = Store((specs, *open_store().folders))
    assert own_files(store, specs) == [specs / FILE]
    assert own_files(store, tmp_path / "elsewhere") == []
    assert specs / FILE not in own_files(store, store.folders[-1])


def test_the_sources_that_groups_name_are_those_of_lists_changes_and_territories(
    specs: Path,
) -> None:
    assert cited(Store((specs,))) == {"list-1"}
    change(specs, "source: list-1\n    at: page 2", "source: [a, list-1]\n    at: page 2")
    change(specs, "source: list-1, citation", "source: b, citation")
    change(specs, "of: FR, source: list-1", "of: FR, source: c")
    assert cited(Store((specs,))) == {"list-1", "a", "b", "c"}


def test_of_groups_that_cannot_be_read_no_source_is_known(specs: Path) -> None:
    change(specs, "since: 2020-01-01\n", "")
    assert cited(Store((specs,))) == set()


# All files together.


def test_a_file_is_named_like_its_id(specs: Path) -> None:
    change(specs, "id: atlantis", "id: atlantic")
    (found,) = refusal(specs)
    assert found.what == "the id is 'atlantic', but the file is named atlantis.yaml"
    assert (found.path, found.line) == ("id", line(specs, "id: atlantic"))


@pytest.mark.parametrize("taken", ["X:1", "X:2"])
def test_a_group_has_a_name_of_its_own_in_its_file(specs: Path, taken: str) -> None:
    change(specs, '"X:1"' if taken == "X:2" else '"X:2"', f'"{taken}"')
    (found,) = refusal(specs)
    assert found.what == f"'{taken}' is the name of another group"
    assert found.path == "groups[1].id"
    assert found.line == line(specs, "title: Strangers") - 1


def test_a_group_has_a_name_of_its_own_among_all_files(specs: Path) -> None:
    second = specs / "groups" / "mu.yaml"
    second.write_text(SECOND.replace("M:1", "X:2"), encoding="utf-8")
    (found,) = refusal(specs)
    assert found.what == "'X:2' is the name of another group"
    assert (Path(found.file).name, found.path) == ("mu.yaml", "groups[0].id")


def test_the_groups_of_all_files_are_read_together(specs: Path) -> None:
    (specs / "groups" / "mu.yaml").write_text(SECOND, encoding="utf-8")
    books = load(Store((specs,)).folders)
    assert {each.id: [e.id for e in each.groups] for each in books} == {
        "atlantis": ["X:1", "X:2"],
        "mu": ["M:1"],
    }


def test_a_file_of_an_earlier_folder_stands_in_for_the_whole_of_a_later_one(
    specs: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own" / "groups"
    own.mkdir(parents=True)
    (own / "atlantis.yaml").write_text(SECOND.replace("id: mu", "id: atlantis"), encoding="utf-8")
    (book,) = load(Store((own.parent, specs)).folders)
    assert [each.id for each in book.groups] == ["M:1"]
    (book,) = load(Store((specs, own.parent)).folders)
    assert [each.id for each in book.groups] == ["X:1", "X:2"]


def test_the_problems_of_all_files_are_told_at_once(specs: Path) -> None:
    second = SECOND.replace("M:1", "X:2").replace("verified:", "verifed: now\nverified:")
    (specs / "groups" / "mu.yaml").write_text(second, encoding="utf-8")
    (specs / "groups" / "nu.yaml").write_text("id: nu\n", encoding="utf-8")
    change(specs, "id: atlantis", "id: atlantic")
    found = refusal(specs)
    assert {Path(each.file).name for each in found} == {"atlantis.yaml", "mu.yaml", "nu.yaml"}
    (misspelt,) = [each for each in found if each.path == "verifed"]
    assert misspelt.hint == "did you mean 'verified'?"
    assert "'X:2' is the name of another group" in {each.what for each in found}


def test_a_folder_without_groups_has_none(specs: Path) -> None:
    (specs / FILE).unlink()
    assert load(Store((specs,)).folders) == ()
    assert own_files(Store((specs,)), specs) == []


# Names of countries.


def named(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    """Return what is wrong with a file of names: where, and what."""
    path = tmp_path / "countries.yaml"
    path.write_text(text, encoding="utf-8")
    return [(each.path, each.what) for each in name_problems(path)]


def test_the_names_that_come_with_the_program_are_those_of_countries() -> None:
    assert name_problems(COUNTRIES_FILE) == []


def test_a_name_of_what_is_no_country_is_told_with_its_place(tmp_path: Path) -> None:
    text = "names:\n  UK: [England]\nambiguous:\n  Korea: [KP, KX]\nmore: {}\n"
    assert named(tmp_path, text) == [
        ("more", "'more' is not a key here"),
        ("names.UK", "no country has the code 'UK'"),
        ("ambiguous.Korea", "no country has the code 'KX'"),
    ]


def test_a_day_that_is_none_is_told_once_although_many_rules_rest_on_it(tmp_path: Path) -> None:
    """Both ends of its span have that one day, and every rule that names a group reads the file."""
    store = open_store()
    (path,) = (each for each in own_files(store, store.folders[-1]) if each.stem == "us")
    text = path.read_text(encoding="utf-8")
    before, after = text.split("joined: 2026-07-10", 1)
    broken = tmp_path / "groups" / "us.yaml"
    broken.parent.mkdir()
    broken.write_text(f"{before}joined: 2026-99-10{after}", encoding="utf-8")
    with pytest.raises(ChipcalcError) as caught:
        _ = Rulebook(Store((tmp_path, *store.folders))).provisions
    (problem,) = caught.value.problems
    assert problem.what == "'2026-99-10' is not a day"
    assert problem.line == before.count("\n") + 1
