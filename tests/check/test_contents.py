"""What contains several circuits is classified by each of them, and never by a sum."""

from __future__ import annotations

import pytest

from chipcalc.check import described as described_by
from chipcalc.check.budget import fitting, limits
from chipcalc.check.contents import between
from chipcalc.check.result import Checked
from chipcalc.check.what_if import suppose
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing
from chipcalc.licence.licence import shipment
from chipcalc.rules.pointed import pointed
from chipcalc.values.logic import Verdict
from chipcalc.values.units import quantity
from chipcalc.words.figures import over_circuits
from shared import RULEBOOK, STORE, real_rules, shipping_rules

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


def described(*circuits: str, day: str = DAY, **given: str) -> Checked:
    """Return an item that is described by its circuits, as options describe them."""
    vocabulary = STORE.vocabulary
    found = [described_by.read(each, vocabulary) for each in circuits]
    sheets = [(each, STORE.sheet(each.chip) if each.chip else None) for each in found]
    item = described_by.item(described_by.held(sheets, vocabulary), given, vocabulary)
    return real_rules(day).check(item.evaluator, item.circumstances)


def test_an_hgx_h20_is_outside_as_nvidia_lists_it() -> None:
    """Eight circuits add up to a TPP of 18,944; each has 2,368, and the list says 4A994.l."""
    found = described("chip=h20,count=8", item="board")
    assert found.classification.paragraph == "4A994.l"


def test_an_hgx_b200_is_4a090_a_and_its_z_paragraph_is_that_of_the_list() -> None:
    """NVIDIA lists DGX and HGX B200 under 5A002.z.1."""
    found = described("chip=b200,count=8", item="board", encryption="controlled")
    assert found.classification.paragraph == "4A090.a"
    (pointer,) = [e for e in found.findings if e.provision.rule.kind == "pointer"]
    assert [e.paragraph for e in pointed(pointer.provision, pointer.cites, found.case)] == [
        "5A002.z (suffix .a)"
    ]


def test_one_circuit_that_is_controlled_makes_the_item_so_whatever_the_others_are() -> None:
    """4A090.a asks for circuits any of which meets 3A090.a; what remains below is then not met."""
    found = described("chip=h20,count=7", "chip=h100-sxm", item="board")
    verdicts = {e.provision.rule.paragraph: e.verdict for e in found.findings}
    assert found.classification.paragraph == "4A090.a"
    assert verdicts["4A994.l"] is Verdict.not_met
    assert verdicts["4A090.a"] is Verdict.met


def test_what_grants_a_review_has_to_hold_for_every_controlled_circuit() -> None:
    """The policy of January 2026 asks for a TPP below 21,000: an H200 has it, a B200 has not."""
    policy = "Review policy of January 2026"

    def verdict(*circuits: str) -> Verdict:
        found = described(*circuits, item="system").findings
        return next(e.verdict for e in found if e.provision.rule.paragraph == policy)

    assert verdict("chip=h200-sxm,count=8") is Verdict.met
    assert verdict("chip=h200-sxm,count=4", "chip=b200,count=4") is Verdict.not_met
    assert verdict("chip=b200,count=4", "chip=h200-sxm,count=4") is Verdict.not_met
    assert verdict("chip=h200-sxm,count=8", "chip=h20,count=8") is Verdict.met


def test_an_unknown_circuit_leaves_an_item_open_that_no_other_makes_controlled() -> None:
    found = described(
        "chip=h20,count=8", "name=other,die=800mm2", item="board", market="datacenter"
    )
    assert found.classification.verdict is Verdict.unknown
    assert "4A090.a" in found.classification.possible


@pytest.mark.parametrize("count", [1, 2, 8, 384])
def test_the_number_of_circuits_never_changes_the_class_of_a_board(count: int) -> None:
    """No paragraph about boards adds circuits up."""
    for chip in ("h20", "l40", "h100-sxm", "orin-x"):
        one = described(f"chip={chip}", item="board").classification
        assert described(f"chip={chip},count={count}", item="board").classification == one
        assert checked(chip, item="board").classification == one


def test_the_computer_of_many_processors_is_open_to_the_limit_on_their_sum() -> None:
    """An H100 has 34 TFLOPS at 64 bits by its vector units, 30.6 WT; eight are up to 482 WT.

    Processors add up where they share memory, which nothing here says; eight H20 stay below 70 WT.
    """
    found = {
        chip: next(
            each.verdict
            for each in described(f"chip={chip},count=8", item="system").findings
            if each.provision.rule.paragraph == "4A003.b"
        )
        for chip in ("h100-sxm", "h20")
    }
    assert found == {"h100-sxm": Verdict.unknown, "h20": Verdict.not_met}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("int8=1TOPS,count=0", "no number of circuits"),
        ("count=4", "describes no circuit"),
        ("chip=h20,tpp=3", "describes no circuit"),
        ("market=datacenter,tpp=1", "no figure of a circuit"),
        ("int9=3TOPS", "no metric or circumstance"),
    ],
)
def test_an_option_that_describes_no_circuit_is_told(text: str, says: str) -> None:
    with pytest.raises(ChipcalcError, match=says):
        described(text)


def test_figures_are_given_to_circuits_and_not_to_what_contains_them() -> None:
    with pytest.raises(ChipcalcError, match="figure of each circuit"):
        described("tpp=2000", tpp="4000")
    with pytest.raises(ChipcalcError, match="contains circuits"):
        suppose(STORE.sheet("mdc-810"), {"tpp": "4000"}, STORE.vocabulary)


def test_totals_are_summed_where_they_may_be_and_a_tpp_never_is() -> None:
    """Two GB200 GPUs of 186 GB; the card's 870 TOPS are stated, four times 137 GB/s as well."""
    board = Evaluator(STORE.sheet("gb200-superchip"), STORE.vocabulary)
    memory, performance = board.figure("memory_capacity"), board.figure("tpp")
    assert isinstance(memory, Figure)
    assert str(memory.value) == "372 GB"
    assert over_circuits(memory) == "sum over 2 circuits, no rule asks of it"
    assert isinstance(performance, Missing)
    assert performance.kind == "undefined"


def test_a_licence_is_needed_where_one_circuit_needs_it() -> None:
    """China is in D:5; a GB200 is a data-center item of 3A090.a, so that denial is presumed."""
    day = shipping_rules(DAY)
    items = {
        name: suppose(STORE.sheet(name), {}, STORE.vocabulary)
        for name in ("gb200-nvl72", "gb200", "mdc-810")
    }
    found = {name: shipment(day, item, "CN").licence for name, item in items.items()}
    elsewhere = shipment(day, items["mdc-810"], "DE").licence  # in no group that end use matters in
    assert found["gb200-nvl72"].enforced.verdict is Verdict.met
    assert found["gb200-nvl72"].review == found["gb200"].review
    assert elsewhere.enforced.verdict is Verdict.not_met
    assert found["gb200-nvl72"].checked.classification.paragraph == "4A090.a"


def test_a_shipment_with_an_unknown_circuit_is_not_said_to_need_no_licence() -> None:
    vocabulary = STORE.vocabulary
    texts = ("chip=h20,count=8", "name=other,die=800mm2")
    read = [described_by.read(each, vocabulary) for each in texts]
    circuits = described_by.held(
        [(each, STORE.sheet(each.chip) if each.chip else None) for each in read], vocabulary
    )
    item = described_by.item(circuits, {"item": "board", "market": "datacenter"}, vocabulary)
    found = shipment(shipping_rules(DAY), item, "CN").licence
    assert found.enforced.verdict is Verdict.unknown


def test_a_budget_counts_all_circuits_of_an_item() -> None:
    """LPP: 26,900,000 TPP; two circuits of 1,600 are 3,200, of which 8,406 are below that."""
    item = suppose(STORE.sheet("mdc-810"), {"market": "datacenter"}, STORE.vocabulary)
    limit = next(
        e for e in limits(RULEBOOK, shipping_rules(DAY).day) if e.at_most.amount.best == 26_900_000
    )
    (count,) = fitting(shipping_rules(DAY), item, limit).counts
    assert (count.fewest, count.most) == (26_900_000 // 3_200, 26_900_000 // 3_200)
