"""The contract of a check: versioned JSON and flat records, complete, exact and serialisable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from amounts import amount, no_amount
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.contract.check import data, records
from chipcalc.contract.limbs import limbs
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Combined, Named, Unless
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables import answers
from chipcalc.tables.render import comma_separated, json_text
from chipcalc.values.logic import Verdict
from chipcalc.words.check import named
from contracts import faults
from shared import rulebook, rules

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
DAYS = ("2019-01-01", "2021-01-01", "2022-06-15", "2023-04-01")
VERDICTS = {"met", "not met", "unknown"}
SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
}


def checked(
    store: Store, chip: str | Sheet, day: str = "2023-01-01", *own: Path, **given: str
) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day, own).check(item.evaluator, item.circumstances)


def contract(store: Store, found: Checked) -> Any:
    """Return the contract of one chip, as a reader of the JSON gets it."""
    (only,) = json.loads(json.dumps(data([found], rulebook(store))))["chips"]
    return only


def of_rule(chip: Any, paragraph: str) -> Any:
    """Return the part of one rule."""
    (only,) = [each for each in chip["rules"] if each["paragraph"] == paragraph]
    return only


def criteria(chip: Any) -> Iterator[Any]:
    """Yield every criterion of every limb."""
    for rule in chip["rules"]:
        for limb in rule["limbs"]:
            yield from limb["criteria"]


def policy(folder: Path, body: str) -> Path:
    """Return the file of a rule of one's own, with some criteria."""
    path = folder / "own-1.yaml"
    head = "id: own-1\nparagraph: Own\ntitle: Own\nkind: policy\nverified: 2026-01-01\nversions:\n"
    version = "  - in_force: 2020-01-01\n    confidence: unverified\n    note: mine\n"
    path.write_text(head + version + f"    {body}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("chip", CHIPS)
def test_a_check_has_the_keys_of_its_schema(chip: str, day: str, store: Store) -> None:
    whole = data([checked(store, chip, day)], rulebook(store))
    assert whole["schema"] == "chipcalc.check/2"
    assert whole["as_of"] == day
    assert faults(whole) == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("chip", CHIPS)
def test_numbers_are_numbers_and_what_is_not_known_is_null(
    chip: str, day: str, store: Store
) -> None:
    found = contract(store, checked(store, chip, day))
    numbers = [
        each[key]
        for each in [*found["quantities"].values(), *found["views"], *criteria(found)]
        for key in ("value", "low", "high", "amount", "margin")
        if key in each
    ]
    numbers += [
        outcome[key]
        for rule in (*found["rules"], found)
        for each in rule["deciding"]
        for outcome in each["outcomes"]
        for key in ("low", "high")
    ]
    for each in numbers:
        assert each is None or type(each) in (int, float), each


@pytest.mark.parametrize("chip", CHIPS)
def test_the_contract_is_the_same_every_time_and_survives_json(chip: str, store: Store) -> None:
    first = data([checked(store, chip)], rulebook(store))
    again = data([checked(store, chip)], rulebook(store))
    assert json.dumps(first) == json.dumps(again)
    assert json.loads(json.dumps(first)) == first


@pytest.mark.parametrize("chip", CHIPS)
def test_a_relation_that_holds_is_true_of_the_quantity(chip: str, store: Store) -> None:
    found = contract(store, checked(store, chip))
    for each in criteria(found):
        if each["kind"] != "comparison" or each["margin"] is None or each["holds"] is None:
            continue
        for end in (each["exact_low"], each["exact_high"]):
            holds = SIGNS[each["holds"]](Fraction(end), Fraction(each["amount_exact"]))
            asked = SIGNS[each["operator"]](Fraction(end), Fraction(each["amount_exact"]))
            assert holds
            assert asked == (each["verdict"] == "met")


def test_a_margin_is_the_signed_share_of_the_limit(store: Store) -> None:
    """3,200 lies a fifteenth above 3,000."""
    found = of_rule(contract(store, checked(store, "a10")), "ATL.1")
    (first,) = found["limbs"][0]["criteria"]
    assert first == {
        "kind": "comparison",
        "metric": "tpp",
        "when": {},
        "operator": ">=",
        "amount": 3000,
        "amount_exact": "3000",
        "unit": "TOPS*bit",
        **amount("3200"),
        "status": "official",
        "holds": ">=",
        "margin": 1 / 15,
        "margin_low": 1 / 15,
        "margin_high": 1 / 15,
        "margin_exact": "1/15",
        "margin_exact_low": "1/15",
        "margin_exact_high": "1/15",
        "verdict": "met",
        "says": "3,200 ≥ 3,000",
    }


def test_a_rule_says_where_it_stands_and_how_firm_it_is(store: Store) -> None:
    found = of_rule(contract(store, checked(store, "a10", "2023-04-01")), "Letter of March 2023")
    assert found["sources"] == [
        {"title": "Filing", "url": "https://acme.example/filing", "at": "item 8"}
    ]
    facts = ("kind", "standing", "confidence", "in_force", "verified", "cite", "citation")
    assert [found[each] for each in facts] == [
        "letter",
        "reported",
        "secondary",
        "2023-03-01",
        "2026-01-01",
        None,
        None,
    ]


def test_the_limbs_are_those_of_the_text_with_their_verdicts(store: Store) -> None:
    found = of_rule(contract(store, checked(store, "a10")), "ATL.2")
    assert [(each["cite"], each["verdict"]) for each in found["limbs"]] == [
        ("ATL.2.a", "not met"),
        ("ATL.2.b", "not met"),
        ("Note to ATL.2", "not met"),
    ]
    assert [len(each["criteria"]) for each in found["limbs"]] == [4, 3, 1]


@pytest.mark.parametrize("chip", ["a10", "a20", "b100-sxm"])
def test_every_comparison_of_a_rule_is_in_some_limb(chip: str, store: Store) -> None:
    """The rule of 2020 asks for 500 GB/s before its one limb: without them nothing is met."""
    found = contract(store, checked(store, chip, "2021-01-01"))
    compared = {each["metric"] for each in criteria(found) if each["kind"] == "comparison"}
    assert compared == {"io_bandwidth", "tpp"}


def test_an_exception_is_told_from_an_alternative(store: Store) -> None:
    found = of_rule(contract(store, checked(store, "a10")), "ATL.1")["limbs"]
    assert [(each["cite"], each["exception"]) for each in found] == [
        ("ATL.1.a", False),
        ("ATL.1.b", False),
        ("Note to ATL.1", True),
    ]


def test_quantities_are_in_the_unit_of_the_metric_and_say_whether_they_are_computed(
    store: Store,
) -> None:
    found = contract(store, checked(store, "a20"))["quantities"]
    assert found["memory_bandwidth"] == {
        "metric": "memory_bandwidth",
        "when": {},
        **amount("4000"),
        "unit": "GB/s",
        "basis": "stated",
        "status": "official",
        "source": ["a20-datasheet"],
    }
    assert (found["tpp"]["value"], found["tpp"]["basis"]) == (8000, "computed")


def test_a_range_has_both_ends(store: Store) -> None:
    """Zenith's Z1 comes to 80 × 16 as a whole, and to 80 × 16 + 2 × 25 × 8 unit by unit."""
    found = contract(store, checked(store, "z1"))["quantities"]["tpp"]
    assert (found["low"], found["high"]) == (1280, 1680)


def test_what_nobody_published_is_null_and_says_so(store: Store) -> None:
    found = contract(store, checked(store, "b100-pcie"))["quantities"]
    for name in ("performance_density", "memory_bandwidth"):
        assert no_amount().items() <= found[name].items()
        assert (found[name]["status"], found[name]["source"]) == ("unknown", [])


def test_what_a_chip_cannot_have_is_not_unknown(store: Store) -> None:
    """The P1 is planar: its density is undefined, which the rule counts as not met."""
    found = contract(store, checked(store, "p1"))["quantities"]["performance_density"]
    assert (found["value"], found["status"]) == (None, "undefined")


def test_no_relation_holds_of_a_figure_that_does_not_exist(store: Store) -> None:
    for each in criteria(contract(store, checked(store, "p1"))):
        if each.get("metric") == "performance_density":
            assert each["holds"] is None


def test_one_metric_under_two_conditions_is_two_quantities(store: Store, tmp_path: Path) -> None:
    """The A10 does 400 TOPS at INT8 and 200 TFLOPS at FP16."""
    body = (
        "all: {'throughput[format=int8,engine=tensor]': {at_least: 300 TOPS}, "
        "'throughput[format=fp16,engine=tensor]': {at_least: 300 TFLOPS}}"
    )
    found = contract(store, checked(store, "a10", "2023-01-01", policy(tmp_path, body)))
    assert {400, 200} <= {each["value"] for each in found["quantities"].values()}


def test_all_criteria_of_a_kind_have_the_same_keys(store: Store) -> None:
    found = {(e["kind"], frozenset(e)) for e in criteria(contract(store, checked(store, "a10")))}
    assert sorted(kind for kind, _ in found) == sorted({kind for kind, _ in found})


def test_the_notes_say_what_the_text_says(store: Store) -> None:
    """Asked beyond the day of the last check, the table warns; so must the data."""
    found = contract(store, checked(store, "a10", "2027-01-01"))
    assert any("2026-01-01" in each for each in found["notes"])


def test_the_classification_is_one_word(store: Store) -> None:
    words = {chip: contract(store, checked(store, chip))["classification"] for chip in CHIPS}
    assert words["a10"] == "ATL.1"
    assert words["p1"] == "unknown"
    found = checked(store, "a10", "2019-01-01")
    assert named(found) == "no rule yet"
    given = {"tpp": "1", "memory_bandwidth": "1 GB/s", "market": "datacenter"}
    nothing = checked(store, blank(store.vocabulary), **given)
    assert contract(store, nothing)["classification"] == "none"


def test_what_the_classification_may_be_is_listed(store: Store) -> None:
    given = {"tpp": "2000", "market": "datacenter", "memory_bandwidth": "101 GB/s"}
    found = contract(store, checked(store, blank(store.vocabulary), **given))
    assert found["classification"] == "unknown"
    assert found["possible"] == ["ATL.1", "ATL.2", "ATL.9"]


def test_only_the_rules_that_are_asked_of_the_item_are_listed(store: Store) -> None:
    """The letter asks of every item; boards are classified by ATL.B alone."""
    found = contract(store, checked(store, "a10", "2023-04-01", item="board"))
    assert [each["paragraph"] for each in found["rules"]] == ["ATL.B", "Letter of March 2023"]
    assert found["circumstances"] == {"market": "datacenter", "item": "board", "memory_kind": "hbm"}


def test_deciding_facts_are_intervals_with_a_verdict(store: Store) -> None:
    """A density of 4 at 12,000 is an area of 3,000 mm²."""
    found = of_rule(contract(store, checked(store, "b100-pcie", market="datacenter")), "ATL.2")
    (only,) = found["deciding"]
    assert (only["metrics"], only["circumstances"]) == (["applicable_die_area"], [])
    assert [
        (each["low"], each["high"], each["verdict"], each["cite"]) for each in only["outcomes"]
    ] == [
        (None, 3000, "not met", None),
        (3000, 6000, "met", "ATL.2.b"),
        (6000, None, "not met", None),
    ]
    assert [each["high_included"] for each in only["outcomes"]] == [True, True, False]


def test_all_outcomes_have_the_same_keys(store: Store) -> None:
    given = {"throughput[int8]": "250 TOPS", "die_area": "400 mm2"}
    by_market = contract(store, checked(store, blank(store.vocabulary), **given))["deciding"]
    by_area = contract(store, checked(store, "b100-pcie", market="datacenter"))["rules"]
    found = [*by_market, *(each for rule in by_area for each in rule["deciding"])]
    assert len({frozenset(outcome) for each in found for outcome in each["outcomes"]}) == 1


def stating(declared: str) -> str:
    """Return a sheet for data centers that computes to 3,000, and what the vendor declares."""
    when = "when: {format: int8, engine: tensor, sparsity: dense}"
    return (
        f"market: {{value: datacenter, {FIRM}}}\n"
        f"values:\n  throughput:\n    - {{value: 375, unit: TOPS, {when}, {FIRM}}}\n"
        f"dies:\n  - {{name: D, transistor: gaa, area: {{value: 800, unit: mm^2, {FIRM}}}}}\n"
        f"declared:\n  tpp: {{value: {declared}, unit: TOPS*bit, {FIRM}}}\n"
        f"  eccn: {{value: ATL.1, {FIRM}}}\n"
    )


@pytest.mark.parametrize(("declared", "straddles"), [("2900", True), ("3100", False)])
def test_views_and_whether_they_straddle_a_line_are_said(
    declared: str, *, straddles: bool, store: Store, load: Load
) -> None:
    found = contract(store, checked(store, load(stating(declared))))
    assert found["straddles"] is straddles
    assert [(each["label"], each["value"]) for each in found["views"]] == [
        ("computed", 3000),
        ("declared by the vendor", int(declared)),
    ]
    assert found["declared_eccn"] == "ATL.1"
    assert of_rule(found, "ATL.1")["verdict"] == ("unknown" if straddles else "met")


def flat(found: Mapping[str, str]) -> None:
    """Assert that a record has nothing but text."""
    for name, value in found.items():
        assert isinstance(name, str)
        assert isinstance(value, str)


@pytest.mark.parametrize("day", DAYS)
def test_records_are_flat_text_one_for_each_rule_of_each_chip(day: str, store: Store) -> None:
    found = [checked(store, chip, day) for chip in CHIPS]
    rows = list(records(found))
    for each in rows:
        flat(each)
    assert len(rows) == sum(len(each.findings) or 1 for each in found)
    shown = comma_separated(answers.check(found, rulebook(store)))
    assert len(shown.splitlines()) == len(rows) + 1


def test_a_record_says_what_the_json_says(store: Store) -> None:
    found = checked(store, "a10")
    chip = contract(store, found)
    for row, rule in zip(records([found]), chip["rules"], strict=True):
        for key in ("rule", "paragraph", "kind", "standing", "verdict", "in_force", "confidence"):
            assert row[key] == rule[key]
        assert row["classification"] == chip["classification"]
        assert (row["chip"], row["as_of"]) == ("a10", "2023-01-01")


def test_the_limbs_of_a_record_can_be_told_apart(store: Store, tmp_path: Path) -> None:
    body = (
        "any: [{cite: note 39 first, all: {tpp: {more_than: 1 TOPS*bit}}}, "
        "{cite: note 39 second, all: {tpp: {more_than: 2 TOPS*bit}}}]"
    )
    found = checked(store, "p1", "2021-01-01", policy(tmp_path, body))
    (row,) = [each for each in records([found]) if each["rule"] == "own-1"]
    assert re.split(r"[;,|] ?", row["cites"]) == ["note 39 first", "note 39 second"]


def test_the_limbs_of_a_line_are_found_however_deep_they_lie() -> None:
    """At 3,000 levels, each with an exception that has a place of its own."""
    ends = [Line(Named((name,)), Verdict.met) for name in ("a10", "b100")]
    taken = Line(Combined("all", (ends[1].node,), "note"), Verdict.met, parts=(ends[1],))
    line = Line(Combined("all", (ends[0].node,), "1.a"), Verdict.met, parts=(ends[0],))
    for _ in range(3000):
        unless = Line(Unless(line.node, (taken.node,)), Verdict.met, None, "", (line,), (taken,))
        line = Line(Combined("all", (unless.node,)), Verdict.met, parts=(unless,))
    found = list(limbs(line))
    assert [each.cite for each in found] == ["1.a", *["note"] * 3000]
    assert [each.exception for each in found] == [False, *[True] * 3000]
    assert found[0].criteria == (ends[0],)
    whole = line._replace(node=Combined("all", (line.node,), "1"))
    (only,) = limbs(whole)
    assert len(only.criteria) == 3001


def test_the_limbs_of_a_line_are_the_innermost_places(store: Store) -> None:
    found = checked(store, "a10", item="board")
    (finding,) = found.findings
    assert [each.cite for each in limbs(finding.line)] == ["ATL.B.1", "ATL.B.2"]


def test_the_json_of_a_report_is_the_contract(store: Store) -> None:
    found = checked(store, "a10")
    shown = json_text(answers.check([found], rulebook(store)))
    assert json.loads(shown) == data([found], rulebook(store))
