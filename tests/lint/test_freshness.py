"""When sheets and rules were last checked, and how many facts there are of each kind."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from chipcalc.lint import freshness, sheets
from chipcalc.lint.freshness import Checked, checked, day_of
from chipcalc.lint.statistics import Count, statistics
from chipcalc.schema.source import STATUSES
from chipcalc.sheets.store import Store
from shared import STORE

HEAD = "id: x1\nname: X1\nvendor: acme\n"
SOURCES = """\
sources:
  one: {title: T, publisher: Acme, url: https://acme.example/1, accessed: 2026-03-04}
  two: {title: T, publisher: Acme, url: https://acme.example/2, accessed: 2026-02}
  idle: {title: T, publisher: Acme, url: https://acme.example/3, accessed: 2025-01-01}
"""
FACTS = """\
market: {value: edge, status: official, source: one}
details: {memory_type: [{value: HBM3, status: official, source: [two]}]}
"""


def last_checked(text: str, specs: Path) -> datetime.date | None:
    """Return the day on which a sheet was last checked."""
    path = specs / "chips" / "acme" / "x1.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    store = Store((specs,))
    return day_of(store.sheet("x1"), store)


def test_a_sheet_was_last_checked_when_the_first_of_its_sources_was_read(specs: Path) -> None:
    """What rests on that source was not looked at since; a source that nothing names is none."""
    assert last_checked(SOURCES + FACTS, specs) == datetime.date(2026, 2, 1)
    assert last_checked(SOURCES + FACTS.splitlines()[0], specs) == datetime.date(2026, 3, 4)


def test_a_day_in_the_sheet_goes_before_those_of_its_sources(specs: Path) -> None:
    text = f"{SOURCES}{FACTS}checked: 2026-05-06\n"
    assert last_checked(text, specs) == datetime.date(2026, 5, 6)


def test_what_a_variant_takes_over_is_as_old_as_it_is_in_the_sheet_of_its_parent(
    specs: Path,
) -> None:
    """The sources of an A10 were read on the second of January."""
    text = f"{SOURCES}{FACTS}variant_of: {{chip: a10}}\n"
    assert last_checked(text, specs) == datetime.date(2026, 1, 2)
    assert last_checked("variant_of: {chip: a10}\n", specs) == datetime.date(2026, 1, 2)


def test_a_board_is_as_old_as_the_sheets_of_its_circuits(specs: Path) -> None:
    item = "item: {value: board, status: official, source: one}\ncontains: [{chip: a10}]\n"
    assert last_checked(SOURCES + item, specs) == datetime.date(2026, 1, 2)


def test_a_sheet_of_estimates_alone_has_to_tell_its_day(specs: Path) -> None:
    text = "market: {value: edge, status: estimated, note: a guess}\n"
    assert last_checked(text, specs) is None
    store = Store((specs,))
    (found,) = sheets.problems(store, {"x1"})
    assert found.what == "nothing tells when it was last checked"
    assert found.hint == "add checked: with the day"
    assert last_checked(f"{text}checked: 2026-05-06\n", specs) == datetime.date(2026, 5, 6)


def test_every_built_in_sheet_and_rule_has_a_day() -> None:
    found = checked((), ())
    assert {each.name for each in found if each.kind == "sheet"} == set(STORE.files)
    assert any(each.kind == "rule" for each in found)


def test_the_oldest_come_first_and_a_day_leaves_out_what_was_checked_on_it(
    specs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of the made-up folder was checked in January 2026."""
    monkeypatch.setattr(freshness, "BUILT_IN", specs)
    last_checked(f"{SOURCES}{FACTS}checked: 2025-11-12\n", specs)
    found = checked((), ())
    first = Checked(datetime.date(2025, 11, 12), "sheet", "x1", str(specs / "chips/acme/x1.yaml"))
    assert found[0] == first
    assert found == sorted(found)
    assert {each.kind for each in found} == {"sheet", "rule"}
    assert checked((), (), before=datetime.date(2025, 11, 12)) == []
    assert checked((), (), before=datetime.date(2025, 11, 13)) == [first]


COUNTED = """\
sources:
  sheet: {title: T, publisher: Acme, url: https://acme.example/1, accessed: 2026-03-04}
  home: {title: T, publisher: Acme, url: https://acme.example/, accessed: 2026-03-04}
market: {value: edge, status: estimated, note: a guess}
formats: [int8]
values:
  throughput:
    - value: 200
      unit: TOPS
      when: {format: int8, engine: tensor, sparsity: dense}
      status: official
      source: sheet
  board_power:
    - {value: 9, unit: W, status: reported, source: [sheet, home]}
declared:
  eccn: {value: 3A090.b, status: official, source: sheet, at: row 1}
exceptions:
  - {check: at, reason: the page has no places}
"""


def test_facts_are_counted_by_status_and_by_what_they_lack(tmp_path: Path) -> None:
    path = tmp_path / "x1.yaml"
    path.write_text(HEAD + COUNTED, encoding="utf-8")
    found = {(each.what, each.part): each.number for each in statistics((path,), ())}
    assert found == {
        ("sheets", False): 1,
        ("facts", False): 4,
        ("official", True): 2,
        ("reported", True): 1,
        ("estimated", True): 1,
        ("unverified", True): 0,
        ("facts without a source", False): 1,
        ("of them official or reported", True): 0,
        ("official or reported facts that decide under export controls", False): 2,
        ("official, without at:", True): 1,
        ("reported, without at:", True): 0,
        ("uses of a source that is a home page, a search or a whole repository", False): 1,
        ("exceptions with a reason", False): 1,
    }


def test_the_counts_of_the_built_in_sheets_add_up() -> None:
    found = statistics((), ())
    number = {each.what: each.number for each in found}
    assert number["facts"] == sum(number[each] for each in STATUSES if each != "given")
    assert number["sheets"] == len(STORE.files)


@pytest.mark.parametrize(
    "what",
    [
        "of them official or reported",
        "uses of a source that is a home page, a search or a whole repository",
    ],
)
def test_no_built_in_fact_is_firm_without_a_source_or_rests_on_a_home_page(what: str) -> None:
    assert Count(0, what, what.startswith("of them")) in statistics((), ())
