"""Guidance of the Bureau of Industry and Security: what it is about, and where it is told.

General Prohibition 10 and circuits of makers in D:5 or Macau, 2025-05-13, as Freshfields, Export
Compliance Daily (2025-05-20) and Digital Policy Alert print it.
"""

from __future__ import annotations

import pytest

from chipcalc.check.result import Checked
from chipcalc.check.what_if import Supposed, blank, suppose
from chipcalc.figures.evaluate import Evaluator
from chipcalc.licence.licence import Licence, licence, shipment
from chipcalc.places import countries
from chipcalc.rules.rule import GUIDANCE
from chipcalc.tables.licence_matrix import matrix
from chipcalc.values.logic import Verdict
from chipcalc.words.shipments import headline
from daily import daily
from shared import RULEBOOK, STORE, real_rules, said, shipping_rules

RULE = "us-guidance-gp10"
DAY = "2026-11-26"
NAMED = ("ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910b4", "ascend-910c")
FORBIDS = "dealing in it, in any country, may violate General Prohibition 10"
CONTROLS = {"3A090.a", "3A090.b", "4A090.a", "4A090.b"}


def checked(chip: str, day: str = DAY, **given: str) -> Checked:
    return real_rules(day).check(Evaluator(STORE.sheet(chip), STORE.vocabulary), given)


def verdict(found: Checked) -> Verdict | None:
    for each in found.findings:
        if each.provision.id == RULE:
            return each.verdict
    return None


def maker(chip: str) -> str:
    """Return where the maker of a chip has its seat; nothing for a body of standards."""
    found = STORE.vocabulary.vendors[STORE.sheet(chip).chip.vendor].headquarters
    return found.value if found else ""


def shipped(chip: str, to: str, **given: str) -> Licence:
    return shipment(shipping_rules(DAY), supposed(chip, **given), to).licence


def supposed(chip: str, **given: str) -> Supposed:
    return suppose(STORE.sheet(chip), given, STORE.vocabulary)


@pytest.mark.parametrize("chip", NAMED)
def test_the_circuits_that_it_names_are_met_from_its_day_on(chip: str) -> None:
    assert verdict(checked(chip, "2025-05-12")) is None
    assert verdict(checked(chip, "2025-05-13")) is Verdict.met
    assert verdict(checked(chip)) is Verdict.met


def is_memory(chip: str) -> bool:
    item = STORE.sheet(chip).item
    return item is not None and item.value == "memory"


CIRCUITS = [chip for chip in sorted(STORE.files) if not is_memory(chip)]


@pytest.mark.parametrize("chip", [chip for chip in sorted(STORE.files) if is_memory(chip)])
def test_it_is_not_about_memory(chip: str) -> None:
    """Whether the guidance means memory within 3A090.c as well is asked by a rule of its own."""
    assert verdict(checked(chip)) is None


@pytest.mark.parametrize("chip", CIRCUITS)
def test_it_is_about_each_circuit_within_3a090_of_a_maker_in_d5_or_macau(chip: str) -> None:
    """China alone of these holds makers of chips here; where 3A090 or a maker is open, it is.

    What contains a circuit is dealt in with it: 4A090 is the paragraph of such items.
    """
    found = checked(chip)
    classes = found.classification
    possible = {classes.paragraph, *classes.possible} - {""}
    if maker(chip) not in ("CN", "") or not possible & CONTROLS:
        assert verdict(found) is Verdict.not_met
    else:
        within = possible <= CONTROLS and maker(chip) == "CN"
        assert verdict(found) is (Verdict.met if within else Verdict.unknown)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("CN", "met"),
        ("HK", "met"),
        ("MO", "met"),
        ("RU", "met"),
        ("TW", "not met"),
        ("", "unknown"),
    ],
)
def test_it_is_open_where_nobody_knows_whose_circuit_it_is(place: str, expected: str) -> None:
    """Hong Kong counts as China, Macau is named, Russia is in D:5, Taiwan is not."""
    given = {"tpp": "5000", **({"maker_headquarters": place} if place else {})}
    item = suppose(blank(STORE.vocabulary), given, STORE.vocabulary)
    assert verdict(real_rules(DAY).check(item.evaluator, item.circumstances)) == expected


@pytest.mark.parametrize("to", daily(sorted(countries.codes()), ("DE", "CN", "US", "HK", "IR")))
@pytest.mark.parametrize("chip", ["ascend-910c", "ascend-910b4"])
def test_it_is_in_the_first_line_for_every_destination(chip: str, to: str) -> None:
    assert FORBIDS in headline(shipped(chip, to, transaction="reexport")).text


@pytest.mark.parametrize("to", ["DE", "SG"])
def test_not_required_stands_with_it(to: str) -> None:
    found = shipped("ascend-910c", to, headquarters=to, parent_headquarters=to)
    assert found.enforced.verdict is Verdict.not_met
    (reserve,) = found.reserves
    assert headline(found).text.endswith(
        f"not required, {reserve}; BIS guidance of May 2025: {FORBIDS}"
    )


@pytest.mark.parametrize("chip", daily(CIRCUITS, ("mlu590", "metax-c500-oam", "br104")))
def test_where_it_may_apply_the_first_line_says_so(chip: str) -> None:
    known = verdict(checked(chip))
    first = headline(shipped(chip, "DE")).text
    assert ("BIS guidance of May 2025" in first) is (known is not Verdict.not_met)
    if known is Verdict.unknown:
        assert "may apply, if it falls under 3A090.a" in first


def test_a_matrix_says_of_which_chips_it_is() -> None:
    found = [
        [shipment(shipping_rules(DAY), supposed(chip), to) for to in ("DE", "SG")]
        for chip in ("ascend-910c", "h100-sxm")
    ]
    (first,) = said(matrix(found).report(dict, list).title)
    assert f"Ascend 910C: BIS guidance of May 2025: {FORBIDS}" in first
    assert "H100 SXM5 80GB: BIS" not in first


def test_it_is_a_kind_of_its_own_and_asks_for_no_licence() -> None:
    (only,) = RULEBOOK.provisions[RULE]
    assert only.rule.kind == GUIDANCE
    free = licence(shipping_rules(DAY), Evaluator(STORE.sheet("ascend-310p"), STORE.vocabulary))
    assert not [each for each in free.notices if each.provision.id == RULE]


def test_the_headquarters_of_every_vendor_are_known_in_one_place() -> None:
    vendors = {STORE.sheet(chip).chip.vendor for chip in STORE.files}
    assert vendors <= {*STORE.vocabulary.vendors}
    seats = {maker(chip) for chip in STORE.files if STORE.sheet(chip).chip.vendor != "jedec"}
    assert "" not in seats
