"""The rules of a day are listed by kind, and one rule shows every version with its dates."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

import shared
from chipcalc.sheets.store import Store
from chipcalc.tables.render import FORMATS, comma_separated, table
from chipcalc.tables.report import Report
from chipcalc.tables.rules import listed, one
from chipcalc.tables.style import Style
from chipcalc.words.line import raised
from chipcalc.words.rules import words
from shared import RULEBOOK, printed, said, shown, text_of

RULES = ("atl-1", "atl-2", "atl-9", "atl-board", "atl-letter")


def day(text: str) -> datetime.date:
    """Return a day."""
    return datetime.date.fromisoformat(text)


def rule(store: Store, name: str, as_of: str = "") -> Report:
    """Return the whole report of one rule, of all its versions or of the one of a day."""
    rulebook = shared.rulebook(store)
    return one(rulebook.rule(name), rulebook, day(as_of) if as_of else None, whole=True)


def versions(found: Report) -> list[list[str]]:
    """Return the lines of each version."""
    return [said(each) for each in found.notes if each[0].text != "Notes"]


@pytest.mark.parametrize(
    ("as_of", "ids"),
    [
        ("2020-01-31", []),
        ("2020-02-01", ["atl-1"]),
        ("2022-05-31", ["atl-1"]),
        ("2022-06-01", ["atl-1", "atl-2", "atl-board", "atl-9"]),
        ("2023-03-01", ["atl-1", "atl-2", "atl-board", "atl-9", "atl-letter"]),
        ("2023-04-30", ["atl-1", "atl-2", "atl-board", "atl-9", "atl-letter"]),
        ("2023-05-01", ["atl-1", "atl-2", "atl-board", "atl-9"]),
    ],
)
def test_a_rule_is_listed_from_its_first_day_to_its_last(
    as_of: str, ids: list[str], store: Store
) -> None:
    found = listed(shared.rulebook(store), day(as_of))
    assert sorted(row.texts[1] for row in found.rows if not row.heading) == sorted(ids)
    assert [each["rule"] for each in found.records()] == ids
    count = f"{len(ids) or 'No'} rule{'s' * (len(ids) != 1)}"
    assert text_of(found.title).startswith(f"{count} on {as_of}")


def test_rules_are_listed_by_kind_with_the_day_and_the_standing_of_the_text(store: Store) -> None:
    found = listed(shared.rulebook(store), day("2023-04-01"))
    headings = [row.texts[0] for row in found.rows if row.heading]
    assert headings == ["Classification", "Letter, reported"]
    cells = [shown(row) for row in found.rows]
    assert ("2022-06-01", "atl-1", "ATL.1") in cells
    (letter,) = [row for row in cells if row[1:2] == ("atl-letter",)]
    assert letter[0] == "2023-03-01"
    mark = letter[2].removeprefix("Letter of March 2023")
    legend = {raised(n): e.text for n, e in enumerate(found.notes[0], start=1)}
    assert legend[mark] == "secondary sources"


def test_a_rule_shows_every_version_from_the_oldest_on(store: Store) -> None:
    found = versions(rule(store, "ATL.1"))
    assert [each[:2] for each in found] == [
        ["in force from 2020-02-01 to 2022-05-31", "  announced 2020-01-02, published 2020-01-05"],
        ["in force from 2022-06-01", "  announced 2022-05-01, published 2022-05-20"],
    ]


def test_a_version_shows_its_criteria_its_source_and_what_is_left_out(store: Store) -> None:
    (_, current) = versions(rule(store, "ATL.1"))
    assert current[2:14] == [
        "  one of these:",
        "    ATL.1.a:",
        "      total processing performance at least 3,000, or",
        "    ATL.1.b:",
        "      total processing performance at least 1,000, and",
        "      performance density at least 4",
        "  except",
        "    Note to ATL.1:",
        "      not designed or marketed for data centers, and",
        "      total processing performance less than 3,000",
        "  source: 2 AG 34, article 1 (text)",
        "    Atlantis: Gazette 2 (2022-05-20). https://atlantis.example/2",
    ]
    assert "A circuit without such dies has no density." in current[14]
    assert current[15:] == ["  not modelled: End use."]


def test_how_far_a_source_can_be_trusted_stands_beside_it(store: Store) -> None:
    (only,) = versions(rule(store, "ATL.9"))
    assert "  source: article 9 (secondary)" in only
    assert "  note: The figure is taken from a newspaper." in only


def test_the_day_from_which_a_rule_must_be_obeyed_is_told(store: Store) -> None:
    (only,) = versions(rule(store, "ATL.2"))
    assert only[1] == "  published 2022-05-20, to be obeyed from 2022-07-01"


def test_a_rule_that_ended_shows_its_last_day(store: Store) -> None:
    (only,) = versions(rule(store, "atl-letter"))
    assert only[0] == "reported from 2023-03-01 to 2023-04-30"


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        ("2020-02-01", "in force from 2020-02-01 to 2022-05-31"),
        ("2022-05-31", "in force from 2020-02-01 to 2022-05-31"),
        ("2022-06-01", "in force from 2022-06-01"),
        ("2020-01-31", "There was no such rule on 2020-01-31."),
    ],
)
def test_a_day_chooses_the_version_that_held_on_it(as_of: str, first: str, store: Store) -> None:
    ((shown, *_),) = versions(rule(store, "ATL.1", as_of))
    assert shown == first


def test_the_head_says_what_the_rule_is_and_of_what_it_is_asked(store: Store) -> None:
    assert said(rule(store, "atl-board").title) == [
        "ATL.B, in force since 2022-06-01: Boards",
        "classification; id atl-board; text last checked 2026-01-01",
        "asked where item is board",
    ]
    assert len(rule(store, "atl-letter").title) == 2


def test_the_notes_of_the_rule_stand_last(store: Store) -> None:
    assert text_of(rule(store, "ATL.1").notes[-1]) == "Notes\n  The oldest rule of Atlantis."


def test_the_data_of_a_rule_are_versioned_and_hold_its_criteria(store: Store) -> None:
    data = json.loads(json.dumps(rule(store, "ATL.1").data()))
    assert (data["schema"], data["rule"]) == ("chipcalc.rule/2", "atl-1")
    assert data["notes"] == ["The oldest rule of Atlantis."]
    first, second = data["versions"]
    assert (first["begins"], first["until"]) == ("2020-02-01", "2022-06-01")
    assert second["criteria"]["kind"] == "except"
    assert second["criteria"]["of"]["kind"] == "any"
    first_limb = second["criteria"]["of"]["parts"][0]
    assert (first_limb["kind"], first_limb["cite"]) == ("all", "ATL.1.a")
    assert first_limb["parts"][0] == {
        "kind": "comparison",
        "metric": "tpp",
        "when": {},
        "operator": ">=",
        "amount": 3000,
        "amount_exact": "3000",
        "unit": "TOPS*bit",
        "undefined": None,
        "says": "total processing performance at least 3,000",
    }
    assert second["not_modelled"] == ["End use."]
    assert second["sources"] == [
        {"title": "Gazette 2", "url": "https://atlantis.example/2", "at": "article 1"}
    ]


def test_the_data_of_a_list_are_versioned(store: Store) -> None:
    data = json.loads(json.dumps(listed(shared.rulebook(store), day("2020-02-01")).data()))
    assert (data["schema"], data["as_of"]) == ("chipcalc.rules/2", "2020-02-01")
    (only,) = data["rules"]
    assert (only["rule"], only["paragraph"], only["kind"]) == ("atl-1", "ATL.1", "classification")
    assert (only["confidence"], only["citation"]) == ("quoted", "1 AG 12")


def test_an_end_that_is_not_known_is_null_in_the_data(store: Store) -> None:
    data = rule(store, "ATL.9").data()
    assert data["versions"][0]["until"] is None
    assert data["versions"][0]["citation"] is None


def test_the_days_of_a_version_are_in_the_data(store: Store) -> None:
    (only,) = rule(store, "ATL.2").data()["versions"]
    assert "2022-07-01" in json.dumps(only)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("of", RULES)
def test_every_rule_renders_in_every_format(name: str, of: str, store: Store) -> None:
    assert printed(name, rule(store, of))
    assert printed(name, rule(store, of, "2019-01-01")) or name == "csv"


@pytest.mark.parametrize("name", FORMATS)
def test_a_list_renders_in_every_format(name: str, store: Store) -> None:
    assert printed(name, listed(shared.rulebook(store), day("2023-04-01")))


def test_records_are_flat_text(store: Store) -> None:
    found = listed(shared.rulebook(store), day("2023-04-01"))
    assert all(isinstance(value, str) for each in found.records() for value in each.values())
    assert len(comma_separated(found).splitlines()) == 6


@pytest.mark.parametrize("of", RULES)
def test_a_rule_keeps_to_80_columns(of: str, store: Store) -> None:
    assert max(map(wcswidth, table(rule(store, of)).splitlines())) <= 80


def test_a_rule_asked_of_much_keeps_to_80_columns(specs: Path) -> None:
    path = specs / "rules" / "atlantis" / "atl-letter.yaml"
    text = path.read_text(encoding="utf-8")
    markets = "applies_to: {market: [datacenter, consumer, workstation, automotive, edge]}\n"
    path.write_text(text.replace("verified:", markets + "verified:"), encoding="utf-8")
    lines = table(rule(Store((specs,)), "atl-letter")).splitlines()
    assert max(map(wcswidth, lines)) <= 80


@pytest.mark.parametrize("name", ["markdown", "latex"])
def test_the_limbs_of_a_rule_can_be_told_apart_in_a_document(name: str, store: Store) -> None:
    """Without its depth, "and" after "or" may be read in two ways."""
    shown = printed(name, rule(store, "ATL.1", "2023-01-01")).splitlines()
    (limb,) = [each for each in shown if "ATL.1.a:" in each]
    (inner,) = [each for each in shown if "at least 3,000" in each]
    depth = {each: len(each) - len(each.lstrip(" ~")) for each in (limb, inner)}
    if name == "latex":
        depth = {each: int(re.findall(r"hspace\*\{(\d+)em\}", each)[0]) for each in depth}
    assert depth[inner] > depth[limb]


def test_a_browser_keeps_the_indentation_of_a_rule(store: Store) -> None:
    style = printed("html", rule(store, "ATL.1")).partition("</style>")[0]
    assert "pre-line" not in style


def test_a_latex_document_says_which_rule_it_is(store: Store) -> None:
    assert "Fast circuits" in printed("latex", rule(store, "ATL.1"))


def test_the_first_line_says_how_a_rule_stands(store: Store) -> None:
    first = {name: rule(store, name).title[0].text for name in RULES}
    assert first["atl-1"].startswith("ATL.1, in force since 2022-06-01: ")
    assert first["atl-letter"].startswith("Letter of March 2023, reported until 2023-04-30: ")
    assert (
        rule(store, "ATL.1", "2020-01-31")
        .title[0]
        .text.startswith("ATL.1, no such rule on 2020-01-31: ")
    )


@pytest.mark.parametrize("of", RULES)
def test_in_short_a_rule_says_its_criteria_and_how_to_see_the_rest(of: str, store: Store) -> None:
    """What is left out in short is sources, notes and what is not modelled."""
    rulebook = shared.rulebook(store)
    short = one(rulebook.rule(of), rulebook, None)
    told = [line.text for line in short.lines]
    for each in rulebook.rule(of):
        for line in words(each.criterion, store.vocabulary, {r: r for r in RULES}):
            assert "falls under" in line.text or line.text in told
    assert short.lines[-1].text == f"chipcalc rules {of} --all"


@pytest.mark.parametrize("name", sorted(RULEBOOK.provisions))
def test_the_whole_of_a_rule_says_everything_of_every_version(name: str) -> None:
    versions_of = RULEBOOK.rule(name)
    told = "\n".join(line.text for line in one(versions_of, RULEBOOK, None, whole=True).lines)
    facts = list(versions_of[0].rule.notes)
    for each in versions_of:
        version = each.version
        sources = [RULEBOOK.source(each, source) for source in version.source]
        facts += [version.begins.isoformat(), version.standing, version.confidence]
        facts += [*version.not_modelled, *version.conditions, *version.where_undefined.values()]
        facts += [fact for fact in (version.note, version.citation, version.at) if fact]
        facts += [source.url for source in sources if source and source.url]
    assert [fact for fact in facts if fact not in told] == []


@pytest.mark.parametrize("width", [50, 80, 120])
def test_the_real_list_keeps_to_the_width_and_breaks_no_name(width: int) -> None:
    found = listed(RULEBOOK, day("2026-02-01"))
    lines = table(found, Style(width)).splitlines()
    assert max(map(wcswidth, lines)) <= width
    for each in RULEBOOK.on(day("2026-02-01")):
        assert any(each.id in line.split() for line in lines)
        assert any(each.rule.paragraph in line for line in lines)


@pytest.mark.parametrize("name", sorted(RULEBOOK.provisions))
@pytest.mark.parametrize("width", [50, 80])
def test_a_real_rule_keeps_to_the_width(name: str, width: int) -> None:
    """An address is one word, and may be longer than the screen is wide."""
    for whole in (False, True):
        shown = table(one(RULEBOOK.rule(name), RULEBOOK, None, whole=whole), Style(width))
        lines = [line for line in shown.splitlines() if "https://" not in line]
        assert max(map(wcswidth, lines)) <= width
