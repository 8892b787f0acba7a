"""What kept a chip out of a paragraph is told by limb, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from wcwidth import wcswidth

from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.errors import ChipcalcError
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.render import FORMATS, table
from chipcalc.tables.report import Report
from chipcalc.tables.why_not import why_not
from shared import printed, rules, said

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
PLACES = ("ATL.1", "ATL.2", "ATL.9", "ATL.1.a", "ATL.1.b", "ATL.2.a", "ATL.2.b")


def checked(
    store: Store, chip: str | Sheet, day: str = "2023-01-01", *own: Path, **given: str
) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day, own).check(item.evaluator, item.circumstances)


def described(store: Store, **given: str) -> Checked:
    """Return an item without a file, checked."""
    return checked(store, blank(store.vocabulary), **given)


def because(found: Report) -> list[tuple[str, str]]:
    """Return what kept a chip out, with the margin in per cent, each on one line."""
    return [
        (" ".join(filter(None, row.texts[:4])), row.texts[4] if len(row.cells) > 4 else "")
        for row in found.rows
    ]


def answers(found: Report) -> list[str]:
    """Return what is said of each chip, one in the title, several above their reasons."""
    heads = [each.text for each in found.lines if "-01-01: " in each.text]
    return heads or [found.title[0].text]


def test_the_criteria_that_failed_are_told_with_limb_and_margin(store: Store) -> None:
    """A performance of 2,999 misses ATL.1.a by a 3,000th, a density of 3.6 misses ATL.1.b."""
    found = described(store, tpp="2999", performance_density="3.6", market="datacenter")
    assert because(why_not([found], "ATL.1")) == [
        ("1.a TPP, TOPS·bit 2,999 < 3,000", "−0.033"),
        ("1.b PD, TPP/mm² 3.6 < 4", "−10"),
    ]


def test_what_was_met_is_not_among_the_reasons(store: Store) -> None:
    found = described(store, tpp="2999", performance_density="3.6", market="datacenter")
    assert not [each for each, _ in because(why_not([found], "ATL.1")) if "≥" in each]


def test_one_limb_may_be_asked_for_alone(store: Store) -> None:
    found = described(store, tpp="2999", performance_density="3.6", market="datacenter")
    report = why_not([found], "atl.1.b")
    assert because(report) == [("1.b PD, TPP/mm² 3.6 < 4", "−10")]
    assert answers(report) == ["The item described, 2023-01-01: ATL.1.b not met"]


def test_an_exception_that_took_the_chip_out_is_the_reason(store: Store) -> None:
    found = described(store, tpp="2999", performance_density="9", market="consumer")
    assert because(why_not([found], "ATL.1")) == [
        ("Note to ATL.1 takes it out", ""),
        ("Note to ATL.1 designed or marketed for consumers", ""),
        ("Note to ATL.1 TPP, TOPS·bit 2,999 < 3,000", "−0.033"),
    ]


@pytest.mark.parametrize("place", ["atl-2", "ATL.2", "Atl.2"])
def test_a_rule_is_named_by_its_id_or_its_paragraph(place: str, store: Store) -> None:
    report = why_not([checked(store, "a10")], place)
    assert answers(report) == ["Acme A10, 2023-01-01: ATL.2 not met"]


def test_a_paragraph_that_is_met_says_so(store: Store) -> None:
    report = why_not([checked(store, "a10")], "ATL.1")
    assert answers(report) == ["Acme A10, 2023-01-01: ATL.1 met"]
    assert because(report)[0] == ("ATL.1 is met", "")
    assert all(each["verdict"] == "met" for each in report.records())


def test_what_would_settle_an_unknown_paragraph_stands_below(store: Store) -> None:
    found = checked(store, "p1")
    report = why_not([found], "ATL.9")
    assert because(report) == [("memory bandwidth, GB/s unknown ? 100", "")]
    assert said(report.notes[0]) == [
        "What decides: memory bandwidth unknown: Memory bandwidth is not published",
        "  memory bandwidth ≤ 100 GB/s: not met",
        "  memory bandwidth > 100 GB/s: met",
    ]


def test_a_condition_that_is_not_public_keeps_a_verdict_open(store: Store) -> None:
    report = why_not([checked(store, "p1", "2023-04-01")], "Letter of March 2023")
    (answer,) = answers(report)
    assert answer == "Zenith P1, 2023-04-01: Letter of March 2023 not settled"
    assert because(report) == [("the limits of the letter", "")]


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("ATL.1.c", "did you mean 'ATL.1."),
        ("nonsense", "known on 2023-01-01 are ATL.1, ATL.2, ATL.9, "),
    ],
)
def test_a_place_that_no_rule_has_is_an_error_with_those_that_are_known(
    place: str, hint: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError) as caught:
        why_not([checked(store, "a10")], place)
    (problem,) = caught.value.problems
    assert problem.what == f"no paragraph '{place}' is asked of Acme A10"
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        pytest.param("ATL.B", "2023-01-01", id="asked of boards"),
        pytest.param("Letter of March 2023", "2023-01-01", id="not yet there"),
        pytest.param("ATL.2", "2021-01-01", id="not yet in force"),
    ],
)
def test_a_paragraph_that_is_not_asked_of_the_chip_is_an_error(
    place: str, day: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError, match="is asked of Acme A10"):
        why_not([checked(store, "a10", day)], place)


def test_several_chips_are_each_asked(store: Store) -> None:
    report = why_not([checked(store, "p1"), checked(store, "a10")], "ATL.1")
    assert report.title[0].text == "2 chips, 2023-01-01, ATL.1: 1 met, 1 not met"
    assert answers(report) == [
        "Zenith P1, 2023-01-01: ATL.1 not met",
        "Acme A10, 2023-01-01: ATL.1 met",
    ]
    assert {each["chip"] for each in report.records()} == {"p1", "a10"}


def test_the_data_are_versioned_and_flat(store: Store) -> None:
    report = why_not([checked(store, "p1")], "ATL.1.a")
    data = json.loads(json.dumps(report.data()))
    assert data == {
        "schema": "chipcalc.why-not/2",
        "as_of": "2023-01-01",
        "supposed": [],
        "reasons": [
            {
                "chip": "p1",
                "name": "Zenith P1",
                "cite": "ATL.1.a",
                "verdict": "not met",
                "because": "ATL.1.a: total processing performance 80 < 3,000",
                "margin": -2920 / 3000,
                "margin_low": -2920 / 3000,
                "margin_high": -2920 / 3000,
                "margin_exact": "-73/75",
                "margin_exact_low": "-73/75",
                "margin_exact_high": "-73/75",
            }
        ],
    }
    (record,) = report.records()
    assert record["margin"] == "-0.9733333333333334"
    assert record["because"] == data["reasons"][0]["because"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("place", PLACES)
def test_every_place_renders_in_every_format(name: str, place: str, store: Store) -> None:
    found = [checked(store, each) for each in CHIPS]
    assert printed(name, why_not(found, place))


def test_a_criterion_that_two_limbs_share_is_told_for_each(store: Store) -> None:
    """A density of 4 is too much for ATL.2.a and for ATL.2.b."""
    assert [each for each, _ in because(why_not([checked(store, "a10")], "ATL.2"))] == [
        "2.a TPP, TOPS·bit 3,200 ≥ 3,000",
        "2.a PD, TPP/mm² 4 ≥ 4",
        "2.b PD 4 ≥ 4",
    ]


def test_a_limb_that_is_out_is_not_what_left_a_paragraph_open(store: Store) -> None:
    """12,000 rules ATL.2.a out; only in ATL.2.b does the density matter."""
    found = because(why_not([checked(store, "b100-pcie", market="datacenter")], "ATL.2"))
    assert not [each for each, _ in found if each.startswith("2.a")]
    assert [each for each, _ in found if each.startswith("2.b")]


def stating(declared: str, rate: str) -> str:
    """Return a sheet for data centers with one rate, a die, and what the vendor declares."""
    when = "when: {format: int8, engine: tensor, sparsity: dense}"
    rates = f"values:\n  throughput:\n    - {{value: {rate}, unit: TOPS, {when}, {FIRM}}}\n"
    return (
        f"market: {{value: datacenter, {FIRM}}}\n"
        + (rates if rate else "")
        + f"dies:\n  - {{name: D, transistor: gaa, area: {{value: 800, unit: mm^2, {FIRM}}}}}\n"
        + f"declared:\n  tpp: {{value: {declared}, unit: TOPS*bit, {FIRM}}}\n"
    )


@pytest.mark.parametrize(
    ("declared", "rate", "place"),
    [
        pytest.param("2900", "375", "ATL.1", id="the views differ"),
        pytest.param("900", "", "ATL.1", id="only a declared figure"),
    ],
)
def test_what_a_declared_figure_decided_has_a_reason(
    declared: str, rate: str, place: str, store: Store, load: Load
) -> None:
    report = why_not([checked(store, load(stating(declared, rate)))], place)
    assert because(report)
    assert report.records()


def test_what_is_settled_whatever_is_unknown_has_a_reason(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own-1.yaml"
    path.write_text(
        "id: own-1\nparagraph: Own\ntitle: Own\nkind: policy\nverified: 2026-01-01\nversions:\n"
        "  - in_force: 2020-01-01\n    confidence: unverified\n    note: mine\n"
        "    all: [{all: {applicable_die_area: {at_least: 100 mm^2}}}, "
        "{all: {applicable_die_area: {less_than: 50 mm^2}}}]\n",
        encoding="utf-8",
    )
    report = why_not([checked(store, "b100-pcie", "2023-01-01", path)], "Own")
    assert report.title[0].text.endswith("Own not met")
    assert because(report)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("chip", CHIPS)
def test_reasons_keep_to_80_columns(chip: str, place: str, store: Store) -> None:
    lines = table(why_not([checked(store, chip)], place)).splitlines()
    widest = max(lines, key=wcswidth)
    assert wcswidth(widest) <= 80, widest


def test_a_long_name_keeps_to_80_columns(store: Store, head: str, tmp_path: Path) -> None:
    path = tmp_path / "x1.yaml"
    name = "name: Acme X1 with a long name (32-core bin)"
    path.write_text(head.replace("name: X1", name) + stating("3100", "300"), encoding="utf-8")
    found = checked(store, store.from_file(str(path)))
    widest = max(table(why_not([found], "Note to ATL.1")).splitlines(), key=wcswidth)
    assert wcswidth(widest) <= 80, widest
