"""Chips through the versions of the rules: every day of a change, and what changed on it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import shared
from chipcalc.check.result import Classed
from chipcalc.check.timeline import ENDED, Change, Moment, changes, moments, reaches, stays
from chipcalc.check.what_if import suppose
from chipcalc.sheets.store import Store
from chipcalc.tables.timeline import report
from chipcalc.values.logic import Verdict

DAYS = ("2020-01-31", "2020-02-01", "2022-06-01", "2023-03-01", "2023-05-01")
CHIPS = ["a10", "a20", "b100-pcie", "lt910", "p1", "z1"]


def through(
    store: Store, *chips: str, rules: Sequence[Path] = (), facts: Mapping[str, str] | None = None
) -> list[Moment]:
    """Return chips by name or file, through all rules."""
    sheets = [each for chip in chips for each in store.choose(chip).sheets]
    supposed = [suppose(each, facts or {}, store.vocabulary) for each in sheets]
    return list(moments(shared.rulebook(store, tuple(rules)), supposed))


def classified(found: Sequence[Moment]) -> list[list[str]]:
    """Return the paragraph of every chip on every day, chip by chip."""
    return [
        [each.classification.paragraph or each.classification.verdict for each in chip]
        for chip in zip(*(moment.checked for moment in found), strict=True)
    ]


def changed(found: Sequence[Moment]) -> list[Change]:
    """Return the changes from day to day."""
    return list(changes(found, classified(found)))


def policy(folder: Path, *versions: str, kind: str = "policy", limit: int = 1000) -> Path:
    """Return a rule of the user's that asks for a TPP, with versions by their days."""
    text = f"id: own\nparagraph: Own\ntitle: Mine\nkind: {kind}\nverified: 2026-01-01\nversions:\n"
    for number, days in enumerate(versions):
        text += f"  - {{{days}, confidence: unverified, note: mine, "
        text += f"all: {{tpp: {{at_least: {limit + number} TOPS*bit}}}}}}\n"
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_there_is_a_moment_before_the_rules_and_on_every_day_of_a_change(store: Store) -> None:
    """The first is not a change: what comes after is compared with it."""
    assert tuple(each.day.isoformat() for each in through(store, "a10")) == DAYS


def test_what_began_and_what_ended_is_told_with_its_day(store: Store) -> None:
    found = {each.day.isoformat(): (each.began, each.ended) for each in through(store, "a10")}
    assert found == {
        "2020-01-31": ((), ()),
        "2020-02-01": (("ATL.1",), ()),
        "2022-06-01": (("ATL.1", "ATL.2", "ATL.B", "ATL.9"), ()),
        "2023-03-01": (("Letter of March 2023",), ()),
        "2023-05-01": ((), ("Letter of March 2023",)),
    }


def test_every_chip_is_checked_at_every_moment_in_the_order_given(store: Store) -> None:
    for each in through(store, "z1", "a10"):
        assert [chip.sheet.id for chip in each.checked] == ["z1", "a10"]
        assert {chip.day for chip in each.checked} == {each.day}


@given(chip=st.sampled_from(CHIPS), number=st.integers(0, len(DAYS) - 1))
def test_a_moment_is_a_check_on_that_day(chip: str, number: int, store: Store) -> None:
    moment = through(store, chip)[number]
    supposed = suppose(store.sheet(chip), {}, store.vocabulary)
    again = shared.rules(store, DAYS[number]).check(supposed.evaluator, supposed.circumstances)
    (checked,) = moment.checked
    assert checked.classification == again.classification
    assert [(e.provision.id, e.verdict, e.cites) for e in checked.findings] == [
        (e.provision.id, e.verdict, e.cites) for e in again.findings
    ]


@given(days=st.lists(st.dates(datetime.date(2019, 1, 1), datetime.date(2024, 1, 1)), min_size=1))
def test_between_two_moments_nothing_changes(days: list[datetime.date], store: Store) -> None:
    """A check on any day is the same as at the last moment up to then."""
    found = through(store, "a10", "p1")
    for day in days:
        last = [each for each in found if each.day <= day] or found[:1]
        for checked in last[-1].checked:
            supposed = suppose(checked.sheet, {}, store.vocabulary)
            again = shared.rules(store, day.isoformat()).check(supposed.evaluator)
            assert again.classification == checked.classification
            assert [e.verdict for e in again.findings] == [e.verdict for e in checked.findings]


def test_a_classification_changes_on_the_day_it_does(store: Store) -> None:
    """The A10 is fast enough from the first day on; the P1 has no published bandwidth."""
    found = through(store, "a10", "p1")
    assert classified(found) == [
        ["not met", "ATL.1", "ATL.1", "ATL.1", "ATL.1"],
        ["not met", "not met", "unknown", "unknown", "unknown"],
    ]
    named = ("", "", "classification")
    assert [each for each in changed(found) if each.kind == "classification"] == [
        Change(datetime.date(2020, 2, 1), "a10", "Acme A10", *named, "not met", "ATL.1"),
        Change(datetime.date(2022, 6, 1), "p1", "Zenith P1", *named, "not met", "unknown"),
    ]


def test_an_amendment_can_let_go_of_a_chip_and_another_can_catch_it(store: Store) -> None:
    """At 2,500 and a density of 4 only the amendment, which knows densities, names the item."""
    facts = {"tpp": "2500", "die_area": "625 mm^2", "memory_bandwidth": "1 TB/s"}
    found = classified(through(store, "a10", facts={**facts, "market": "datacenter"}))
    assert found == [["not met", "not met", "ATL.1", "ATL.1", "ATL.1"]]
    other = classified(through(store, "a10", facts={**facts, "market": "consumer"}))
    assert other == [["not met", "not met", "ATL.9", "ATL.9", "ATL.9"]]


def test_what_stands_beside_the_classification_begins_and_ends(store: Store) -> None:
    begun, over = datetime.date(2023, 3, 1), datetime.date(2023, 5, 1)
    letter = ("atl-letter", "Letter of March 2023", "letter")
    assert [each for each in changed(through(store, "z1", "a10")) if each.rule] == [
        Change(begun, "z1", "Zenith Z1", *letter, "no rule yet", "unknown"),
        Change(over, "z1", "Zenith Z1", *letter, "unknown", ENDED),
        Change(begun, "a10", "Acme A10", *letter, "no rule yet", "met"),
        Change(over, "a10", "Acme A10", *letter, "met", ENDED),
    ]


def test_an_amendment_that_changes_no_verdict_is_no_change(store: Store, tmp_path: Path) -> None:
    path = policy(tmp_path, "in_force: 2021-01-01", "in_force: 2021-06-01")
    found = through(store, "p1", rules=[path])
    assert datetime.date(2021, 6, 1) in [each.day for each in found]
    (change,) = [each for each in changed(found) if each.rule == "own"]
    assert change == Change(
        datetime.date(2021, 1, 1),
        "p1",
        "Zenith P1",
        "own",
        "Own",
        "policy",
        "no rule yet",
        "not met",
    )


def test_an_amendment_that_changes_a_verdict_is_a_change(store: Store, tmp_path: Path) -> None:
    """The TPP of the P1 is 80; the second version asks for 81."""
    path = policy(tmp_path, "in_force: 2021-01-01", "in_force: 2021-06-01", limit=80)
    found = [each for each in changed(through(store, "p1", rules=[path])) if each.rule == "own"]
    assert [(each.day.isoformat(), each.before, each.after) for each in found] == [
        ("2021-01-01", "no rule yet", "met"),
        ("2021-06-01", "met", "not met"),
    ]


def test_a_version_that_ends_when_the_next_begins_did_not_end(store: Store, tmp_path: Path) -> None:
    path = policy(tmp_path, "in_force: 2021-01-01, ended: 2021-06-01", "in_force: 2021-06-01")
    moment = next(
        each for each in through(store, "p1", rules=[path]) if each.day.isoformat() == "2021-06-01"
    )
    assert (moment.began, moment.ended) == (("Own",), ())


def test_a_rule_that_comes_back_was_there_before(store: Store, tmp_path: Path) -> None:
    path = policy(tmp_path, "in_force: 2021-01-01, ended: 2021-03-01", "in_force: 2021-06-01")
    found = through(store, "p1", rules=[path])
    gap = {each.day.isoformat(): (each.began, each.ended) for each in found}
    assert gap["2021-03-01"] == ((), ("Own",))
    assert gap["2021-06-01"] == (("Own",), ())
    own = [(e.before, e.after) for e in changed(found) if e.rule == "own"]
    assert own == [("no rule yet", "not met"), ("not met", ENDED), (ENDED, "not met")]


def test_a_rule_for_other_items_changes_nothing(store: Store) -> None:
    """The paragraph for boards began on a day, and no circuit is asked for it."""
    assert "ATL.B" not in [each.rule for each in changed(through(store, "a10"))]


def test_without_rules_there_is_one_moment_and_no_change(specs: Path) -> None:
    for path in (specs / "rules" / "atlantis").iterdir():
        path.unlink()
    found = through(Store((specs,)), "a10")
    assert [(each.began, each.ended, each.checked[0].findings) for each in found] == [((), (), ())]
    assert changed(found) == []


def test_without_moments_there_is_no_change() -> None:
    assert list(changes([], [])) == []


def test_two_sheets_of_one_id_are_told_apart(store: Store, specs: Path, tmp_path: Path) -> None:
    """A copy of a sheet, changed for a what-if, stands beside the chip that it is of."""
    text = (specs / "chips" / "acme" / "a10.yaml").read_text(encoding="utf-8")
    text = text.replace("unit: TOPS,", "unit: GOPS,").replace("unit: TFLOPS,", "unit: GFLOPS,")
    path = tmp_path / "a10.yaml"
    path.write_text(text.replace("Acme A10", "My A10"), encoding="utf-8")
    told = report(through(store, "a10", str(path)), whole=True)
    assert [row.texts[1:] for row in told.rows][1] == ("ATL.1.a", "no paragraph modelled")


def test_a_chip_stays_until_its_paragraph_changes_whatever_the_limb(store: Store) -> None:
    """The A10 falls under ATL.1 by one limb, then by two; the P1 is under nothing, then open."""
    found = through(store, "a10", "p1")
    assert [(e.since.isoformat(), e.paragraph) for e in stays(found, 0)] == [
        ("2020-02-01", "ATL.1")
    ]
    assert [(e.since.isoformat(), e.classed.name) for e in stays(found, 1)] == [
        ("2020-02-01", "none"),
        ("2022-06-01", "unknown"),
    ]


@given(chips=st.lists(st.sampled_from(CHIPS), min_size=1, max_size=3, unique=True))
def test_stays_say_what_a_check_says_on_every_day(chips: list[str], store: Store) -> None:
    found = through(store, *chips)
    for index in range(len(chips)):
        kept = stays(found, index)
        for moment in found:
            checked = moment.checked[index]
            last = [each for each in kept if each.since <= moment.day][-1:]
            assert (last[0].classed if last else Classed.no_rule) == checked.classed
            assert (last[0].paragraph if last else "") == checked.classification.paragraph


@given(chips=st.lists(st.sampled_from(CHIPS), min_size=1, max_size=3, unique=True))
def test_whom_a_rule_reaches_is_what_a_check_says_on_every_day(
    chips: list[str], store: Store
) -> None:
    found = through(store, *chips)
    rows = reaches(found)
    for moment in found:
        expected = {
            (finding.provision.id, index): finding.verdict
            for index, checked in enumerate(moment.checked)
            for finding in checked.findings
            if finding.provision.rule.kind != "classification"
        }
        told = {
            (each.rule.id, index): verdict
            for each in rows
            if each.since <= moment.day and (each.until is None or moment.day < each.until)
            for index, verdict in enumerate(each.verdicts)
            if verdict is not None
        }
        superseded = {name: told[name] for name in expected}
        assert superseded == expected
        assert set(told) == set(expected)


def test_a_verdict_that_changes_ends_a_reach_and_begins_another(
    store: Store, tmp_path: Path
) -> None:
    """The TPP of the P1 is 80; the second version asks for 81."""
    path = policy(tmp_path, "in_force: 2021-01-01", "in_force: 2021-06-01", limit=80)
    found = [e for e in reaches(through(store, "p1", rules=[path])) if e.rule.paragraph == "Own"]
    assert [(each.since.isoformat(), str(each.until), each.verdicts) for each in found] == [
        ("2021-01-01", "2021-06-01", (Verdict.met,)),
        ("2021-06-01", "None", (Verdict.not_met,)),
    ]
