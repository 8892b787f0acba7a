"""What contains several circuits is classified by each of them, and never by a sum."""

from __future__ import annotations

import pytest

from chipcalc.check.contents import between
from chipcalc.check.result import Checked
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing
from chipcalc.values.logic import Verdict
from chipcalc.values.units import quantity
from shared import STORE, real_rules

DAY = "2026-11-01"


def checked(chip: str, day: str = DAY, **given: str) -> Checked:
    """Return a built-in sheet under the rules of a day."""
    return real_rules(day).check(Evaluator(STORE.sheet(chip), STORE.vocabulary), given)


def tpp(found: Checked) -> list[str]:
    """Return the total processing performance of each kind of circuit."""
    figures = [each.alone.case.evaluator.figure("tpp") for each in found.circuits]
    return [str(e.value) if isinstance(e, Figure) else e.kind for e in figures]


def test_a_cloud_ai_100_ultra_has_four_circuits_of_1740_and_not_one_of_6960() -> None:
    """Qualcomm's SDK pages: four SoCs and 870 TOPS INT8 a card; 870 / 4 × 8 = 1,740."""
    found = checked("cloud-ai-100-ultra")
    assert [each.number for each in found.circuits] == [4]
    assert tpp(found) == ["1740 TOPS*bit"]
    assert found.classification.verdict is Verdict.unknown  # no die area is published
    assert found.classification.possible == ("4A090.a", "4A090.b", "4A994.l")


def test_the_mdc_810_has_two_circuits_for_vehicles_below_4800() -> None:
    """200 TOPS each: TPP 1,600; Note 2 takes out what is not for data centers below 4,800."""
    found = checked("mdc-810")
    assert [each.number for each in found.circuits] == [2]
    assert tpp(found) == ["1600 TOPS*bit"]
    assert found.classification.paragraph == "4A994.l"


def test_the_mlu370_x8_stays_open_where_its_circuits_may_be_as_fast_as_on_the_x4_card() -> None:
    """Cambricon rates both cards at 256 TOPS INT8, the X4 with one circuit, the X8 with two."""
    found = checked("mlu370-x8")
    assert [each.number for each in found.circuits] == [2]
    figure = found.circuits[0].alone.case.evaluator.figure("tpp")
    assert isinstance(figure, Figure)
    assert [figure.value.amount.low, figure.value.amount.high] == [128 * 8, 256 * 8]
    assert found.classification.verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("system", "circuits"),
    [
        ("cloudmatrix-384", {"Ascend 910C": 384, "Kunpeng server processor": 192}),
        ("gb200-superchip", {"GB200 GPU": 2, "Grace processor": 1}),
        ("gb200-nvl72", {"GB200 GPU": 72, "Grace processor": 36}),
    ],
)
def test_a_system_is_4a090_a_by_one_of_its_circuits(system: str, circuits: dict[str, int]) -> None:
    """4A090.a: containing integrated circuits, any of which meets 3A090.a; others do not matter."""
    found = checked(system)
    assert {each.sheet.name: each.number for each in found.circuits} == circuits
    assert found.classification.paragraph == "4A090.a"
    first, other = found.circuits
    assert first.alone.classification.paragraph == "3A090.a"
    assert other.alone.classification.verdict is Verdict.unknown


def test_the_circuits_of_an_item_are_those_that_are_asked_alone() -> None:
    alone = checked("ascend-910c").classification
    found = checked("cloudmatrix-384").circuits[0]
    assert found.alone.classification == alone


def test_no_system_is_controlled_by_a_sum() -> None:
    """Eight H20 add up to a TPP of 18,944; each has 2,368, and NVIDIA lists the board 4A994.l."""
    found = checked("h20", item="board")
    assert found.classification.paragraph == "4A994.l"


def test_what_contains_circuits_is_said_to_be_no_circuit() -> None:
    with pytest.raises(ChipcalcError, match="contains circuits: it is no integrated circuit"):
        checked("gb200-nvl72", item="ic")


def test_what_adds_up_lies_between_the_largest_circuit_and_the_sum() -> None:
    """Processors count together only where they share memory, which no sheet says."""
    ten, three = (Figure(quantity(each), "") for each in ("10 WT", "3 WT"))
    found = between([(2, ten), (1, three)])
    assert isinstance(found, Figure)
    assert [found.value.amount.low, found.value.amount.high] == [10, 23]
    unknown, absent = Missing("unknown", "nobody says"), Missing("undefined", "no such arithmetic")
    assert between([(2, ten), (1, unknown)]) == unknown
    assert between([(1, ten), (4, absent)]) == ten


def test_a_check_of_a_circuit_has_no_circuits() -> None:
    assert checked("b200").circuits == ()  # two dies in one package are one circuit
    assert checked("ascend-910c").circuits == ()
    assert checked("mi300x").circuits == ()
