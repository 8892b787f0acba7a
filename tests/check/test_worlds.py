"""What an item may be: its first line, what decides, the contract and its licence say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.contract import licence as licence_contract
from chipcalc.contract.check import data, records
from chipcalc.deciding.outcome import Choices, Outcome, Span
from chipcalc.licence.licence import shipment
from chipcalc.sheets.sheet import Sheet
from chipcalc.tables import answers
from chipcalc.values.exact import decimal_text
from chipcalc.values.logic import Verdict
from chipcalc.words.check import sentence
from chipcalc.words.roles import verdict_words
from chipcalc.words.shipments import classified
from daily import daily, examples
from shared import RULEBOOK, STORE, real_rules, shipping_rules

DAY = "2026-07-31"
SHEETS = {each.id: each for each in STORE.all() if not each.contents}  # figures are of circuits


def checked(sheet: Sheet, said: Mapping[str, str]) -> Checked:
    item = suppose(sheet, said, STORE.vocabulary)
    return real_rules(DAY).check(item.evaluator, item.circumstances)


def inside(outcome: Outcome) -> dict[str, str]:
    """Return values of what is not known that lead to an outcome, as a user supposes them."""
    said = {}
    for each in outcome.where:
        if isinstance(each, Choices):
            said[each.name] = each.values[0]
        else:
            name, when = each.metric[0], ",".join(value for _, value in each.metric[1])
            said[f"{name}[{when}]".removesuffix("[]")] = f"{within(each)} {each.unit.text}"
    return said


def within(span: Span) -> str:
    low = span.low or Fraction(0)
    value = (low + span.high) / 2 if span.high is not None else low + 1
    return decimal_text(value)


def worlds(found: Checked, sheet: Sheet, said: Mapping[str, str]) -> Iterator[Checked]:
    """Yield the item with what is not known filled in, once for each outcome."""
    assert found.deciding is not None
    for outcome in found.deciding.outcomes:
        yield checked(sheet, {**said, **inside(outcome)})


def names(found: Checked) -> set[str]:
    """Return the paragraphs that an item falls under, or may."""
    one = found.classification
    return {one.paragraph} - {""} if one.verdict is Verdict.met else set(one.possible)


def agree(found: Checked, sheet: Sheet, said: Mapping[str, str]) -> None:
    """Hold the first line, the outcomes, the contract and the licence against one another."""
    possible = found.classification.possible
    (chip,) = data([found], RULEBOOK)["chips"]
    assert tuple(chip["possible"]) == possible
    shown = sentence(found).partition("not settled; ")[2]
    assert {each for each in PARAGRAPHS if each in shown} == set(possible)
    item = suppose(sheet, {**said, "destination": "CN"}, STORE.vocabulary)
    shipped = shipping_rules(DAY).check(item.evaluator, item.circumstances)
    assert {each for each in PARAGRAPHS if each in classified(shipped)} == set(possible)
    if found.deciding and found.deciding.outcomes:
        reached = set().union(*map(names, worlds(found, sheet, said)))
        controls = {each for each in possible if each not in RESIDUAL}
        assert controls <= reached <= set(possible)


def told_alike(found: Checked, sheet: Sheet, said: Mapping[str, str]) -> None:
    """Hold the first line, the table, the contracts and the licence of an item together."""
    one, screen = found.classification, answers.check([found], RULEBOOK)
    (chip,) = data([found], RULEBOOK)["chips"]
    expected = {Verdict.unknown: "unknown"}.get(one.verdict, one.paragraph or "none")
    assert chip["classification"] == expected
    assert {each["classification"] for each in records([found])} == {expected}
    first = " ".join(each.text for each in screen.title)
    item = suppose(sheet, {**said, "destination": "CN"}, STORE.vocabulary)
    shipped = shipment(shipping_rules(DAY), item, "CN")
    (licence,) = licence_contract.data([shipped], RULEBOOK)["shipments"]
    assert licence["classification"] == expected
    flat = {each["classification"] for each in licence_contract.records([shipped])}
    assert flat == {expected}
    if one.verdict is Verdict.unknown:
        assert "not settled" in first
        assert "not settled" in classified(shipped.licence.checked)
    else:
        assert (one.paragraph or "no paragraph modelled") in first
        assert classified(shipped.licence.checked) == (one.paragraph or "no paragraph modelled")
    for finding, rule in zip(found.findings, chip["rules"], strict=True):
        assert rule["verdict"] == finding.verdict
    table = answers.check([found], RULEBOOK, all_=True)
    rows = {e.texts[0]: e.texts[1] for grid in table.grids for e in grid.rows if not e.heading}
    for finding in found.findings:
        told = rows[finding.provision.rule.paragraph].removesuffix(", supposed")
        assert told == verdict_words(finding.verdict)


WHAT_IFS = st.fixed_dictionaries(
    {"chip": st.sampled_from(["h20", "rtx-4090", "orin-x", "metax-c500-oam", "mi308x"])},
    optional={
        "tpp": st.sampled_from(["1599..1601", "2400", "4800"]),
        "die_area": st.sampled_from(["100 mm^2", "700-900 mm^2"]),
        "market": st.sampled_from(["datacenter", "consumer", "consumer,datacenter"]),
        "throughput[int8]": st.sampled_from(["300 TOPS", "290..310 TOPS", "600 TOPS,2:4"]),
    },
)


@examples(daily=6)
@given(said=WHAT_IFS)
def test_a_what_if_is_told_alike_wherever_it_is_told(said: dict[str, str]) -> None:
    sheet = SHEETS[said.pop("chip")]
    told_alike(checked(sheet, said), sheet, said)


@pytest.mark.parametrize("chip", daily(list(SHEETS), ("h20", "journey-5", "mi308x")))
def test_a_chip_is_told_alike_wherever_it_is_told(chip: str) -> None:
    told_alike(checked(SHEETS[chip], {}), SHEETS[chip], {})


RULES = [found[0].rule for found in RULEBOOK.provisions.values()]
PARAGRAPHS = {each.paragraph for each in RULES if each.kind == "classification"}
RESIDUAL = {each.paragraph for each in RULES if each.residual}


# Not for data centers, so that Note 2 takes out whatever is below 4,800.
NEVER_B = ["huashan-a2000", "mach-m100", "nio-nx9031", "thor-trade-names"]


@pytest.mark.parametrize("chip", NEVER_B)
def test_a_car_chip_of_unknown_performance_is_never_3a090_b(chip: str) -> None:
    """Note 2 to 3A090.a and 3A090.b, 88 FR 73458."""
    assert checked(SHEETS[chip], {}).classification.possible == ("3A090.a", "3A991.p")


# Daily one of each kind: both figures open, the area alone, the performance alone, two ways.
SAMPLE = ("journey-5", "kunlun-r200", "mi308x", "cloudblazer-t20", "ascend-910b4")


@pytest.mark.parametrize("chip", daily(list(SHEETS), SAMPLE))
def test_what_a_chip_may_be_is_the_same_wherever_it_is_told(chip: str) -> None:
    found = checked(SHEETS[chip], {})
    is_open = found.classification.verdict is Verdict.unknown
    assert ("not settled" in sentence(found)) is is_open
    if is_open:
        agree(found, SHEETS[chip], {})


ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "tpp": st.sampled_from(["1599", "1600", "2400", "3200", "4799", "4800", "9600"]),
        "applicable_die_area": st.sampled_from(["0 mm^2", "100 mm^2", "810 mm^2", "3000 mm^2"]),
        "market": st.sampled_from(["datacenter", "consumer", "automotive"]),
        "io_bandwidth": st.sampled_from(["100 GB/s", "200 GB/s"]),
    },
)


@examples(daily=6)
@given(said=ITEMS)
def test_what_a_made_up_item_may_be_is_the_same_wherever_it_is_told(said: dict[str, str]) -> None:
    sheet = blank(STORE.vocabulary)
    found = checked(sheet, said)
    told_alike(found, sheet, said)
    if found.classification.verdict is Verdict.unknown:
        agree(found, sheet, said)


@pytest.mark.parametrize("market", ["automotive", "consumer", "workstation", "edge"])
def test_what_is_not_for_data_centers_is_never_3a090_b(market: str) -> None:
    """Note 2 takes out what is below 4,800 (88 FR 73458); from there on, 3A090.a.1 names it."""
    found = checked(blank(STORE.vocabulary), {"market": market})
    assert found.classification.verdict is Verdict.unknown
    assert "3A090.a" in found.classification.possible
    assert "3A090.b" not in found.classification.possible
