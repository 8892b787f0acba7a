"""What is not known is named with the reason, and every outcome holds for the values it names."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.deciding.outcome import Choices, Deciding, Outcome, Span
from chipcalc.figures.figure import Figure, key
from chipcalc.rules.case import Judgement
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Quantity, unit
from chipcalc.words import outcomes
from shared import rules, said

SHORT = st.builds(
    lambda digits, places: Fraction(digits, 10**places), st.integers(1, 10**8), st.integers(0, 7)
).filter(lambda value: len(str(int(value))) <= 2 or value.denominator == 1)


def checked(store: Store, chip: str | Sheet, **given: str) -> Checked:
    """Return a chip, or a changed one, checked under the rules of 2023."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store).check(item.evaluator, item.circumstances)


def between(store: Store, low: Fraction, high: Fraction, **given: str) -> Checked:
    """Return an item whose total processing performance is known to lie between two amounts."""
    item = suppose(blank(store.vocabulary), given, store.vocabulary)
    amount = Quantity(Interval(low, low, high), unit("TOPS*bit"))
    evaluator = item.evaluator.supposing({key("tpp"): Figure(amount, "TPP", "given")})
    return rules(store).check(evaluator, item.circumstances)


def span(
    low: str | None, high: str | None, *, at: tuple[bool, bool] = (False, False), name: str = "tpp"
) -> Span:
    """Return values of a metric; `at` says which ends belong to them."""
    measure = unit("TOPS*bit") if name == "tpp" else unit("GB/s")
    ends = [None if each is None else Fraction(each) for each in (low, high)]
    return Span(key(name), measure, ends[0], ends[1], *at)


def told(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the name in a relation, and every sign and limit, the name standing on the left."""
    middle = re.fullmatch(r"([\d.,…]+) ([<≤]) (\D+?) ([<≤]) ([\d.,…]+)(?: .*)?", text)
    if middle:
        low, left, name, right, high = middle.groups()
        return name, [({"<": ">", "≤": "≥"}[left], low), (right, high)]
    one = re.fullmatch(r"(\D+?) ([<≤>≥=]) ([\d.,…]+)(?: .*)?", text)
    assert one, text
    return one[1], [(one[2], one[3])]


def atlantis(tpp: Fraction, density: Fraction, market: str) -> tuple[str, ...]:
    """Return the limbs of ATL.1 that are met, else those of ATL.2: the text of 2022-06-01."""
    upper = [("ATL.1.a", tpp >= 3000), ("ATL.1.b", tpp >= 1000 and density >= 4)]
    found = tuple(cite for cite, is_met in upper if is_met)
    if found and not (market != "datacenter" and tpp < 3000):
        return found
    lower = [
        ("ATL.2.a", 2000 <= tpp < 3000 and 1 <= density < 4),
        ("ATL.2.b", tpp >= 1000 and 2 <= density < 4),
    ]
    found = tuple(cite for cite, is_met in lower if is_met)
    return found if market == "datacenter" else ()


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        (span("1600", "2400", at=(True, False)), "1,600 ≤ TPP < 2,400"),
        (span("1600", "2400", at=(False, True)), "1,600 < TPP ≤ 2,400"),
        (span("1600", None, at=(True, False)), "TPP ≥ 1,600"),
        (span("1600", None), "TPP > 1,600"),
        (span(None, "2400", at=(False, True)), "TPP ≤ 2,400"),
        (span(None, "2400"), "TPP < 2,400"),
        (span("5", "5", at=(True, True)), "TPP = 5"),
        (span(None, None), "any TPP"),
        (span("100", None, name="memory_bandwidth"), "memory bandwidth > 100 GB/s"),
        (span("50000/19", None), "TPP > 2,631…"),
        (Choices("market", ("datacenter",)), "designed or marketed for data centers"),
        (
            Choices("market", ("consumer", "workstation", "edge")),
            "designed or marketed for consumers, workstations or edge devices",
        ),
    ],
)
def test_values_are_told_as_a_relation(condition: Span | Choices, shown: str, store: Store) -> None:
    assert outcomes.condition(condition, store.vocabulary) == shown


@given(st.none() | SHORT, st.none() | SHORT, st.tuples(st.booleans(), st.booleans()))
def test_a_relation_has_the_very_ends_of_the_values(
    store: Store, low: Fraction | None, high: Fraction | None, at: tuple[bool, bool]
) -> None:
    if low is None and high is None:
        return
    if low is not None and high is not None and low >= high:
        low, high = high, low
        if low == high:
            return
    each = Span(key("tpp"), unit("TOPS*bit"), low, high, *at)
    name, ends = told(outcomes.condition(each, store.vocabulary))
    assert name == "TPP"
    expected = []
    if low is not None:
        expected.append((">≥"[at[0]], low))
    if high is not None:
        expected.append(("<≤"[at[1]], high))
    assert [(sign, Fraction(shown.replace(",", ""))) for sign, shown in ends] == expected


@pytest.mark.parametrize(
    ("judgement", "shown"),
    [
        (Judgement(Verdict.met, ("A.1", "A.2")), "A.1 and A.2"),
        (Judgement(Verdict.met), "met"),
        (Judgement(Verdict.not_met), "none of these"),
        (Judgement(Verdict.unknown, ("A.1",)), "not settled"),
    ],
)
def test_a_judgement_names_the_limbs_or_says_that_there_is_none(
    judgement: Judgement, shown: str
) -> None:
    assert outcomes.judged(judgement, "none of these") == shown
    assert outcomes.judged(Judgement(Verdict.not_met)) == "not met"


def test_what_is_not_known_comes_first_then_each_outcome(store: Store) -> None:
    """12,000 is above 3,000, so that only a density from 2 to 4 leads to ATL.2."""
    found = checked(store, "b100-pcie", market="datacenter")
    (second,) = [e for e in found.findings if e.provision.rule.paragraph == "ATL.2"]
    assert second.deciding
    assert said(outcomes.outcome_lines(second.deciding, found.case, "not met")) == [
        "What decides: applicable die area unknown: the area of B100 die is not published",
        "  die area ≤ 3,000 mm²: not met",
        "  3,000 < die area ≤ 6,000 mm²: ATL.2.b",
        "  die area > 6,000 mm²: not met",
    ]


def test_an_unknown_circumstance_is_asked_for_by_name(store: Store) -> None:
    given = {"throughput[int8]": "250 TOPS", "die_area": "400 mm2"}
    found = checked(store, blank(store.vocabulary), **given)
    assert found.deciding
    others = "consumers, workstations, vehicles or edge devices"
    assert said(outcomes.outcome_lines(found.deciding, found.case, "none of these")) == [
        "What decides: designed or marketed for: not known",
        "  designed or marketed for data centers: ATL.1.b",
        f"  designed or marketed for {others}: none of these",
    ]


def test_a_range_is_told_by_its_ends(store: Store) -> None:
    found = between(store, Fraction(2900), Fraction(3100), die_area="5000 mm2", market="datacenter")
    assert found.deciding
    assert outcomes.unknowns(found.deciding, found.case) == [
        "total processing performance between 2,900 and 3,100"
    ]


def test_where_too_much_is_not_known_no_outcome_is_claimed(store: Store) -> None:
    found = checked(store, blank(store.vocabulary))
    metrics = (key("tpp"), key("applicable_die_area"), key("memory_bandwidth"))
    lines = said(outcomes.outcome_lines(Deciding(metrics, ()), found.case, "not met"))
    assert lines[0].startswith("What decides: total processing performance unknown: ")
    assert lines[1:] == ["  too much is not known to list the outcomes"]


def test_one_outcome_for_all_values_needs_no_condition(store: Store) -> None:
    found = checked(store, "p1")
    (outcome,) = (Outcome((), Judgement(Verdict.not_met)),)
    lines = outcomes.outcome_lines(Deciding((key("tpp"),), (), (outcome,)), found.case, "not met")
    assert len(list(lines)) == 1


@given(
    st.integers(1, 6000),
    st.integers(1, 4000),
    st.integers(100, 3000),
    st.sampled_from(["datacenter", "consumer"]),
    st.fractions(0, 1),
)
@example(800, 3200, 800, "datacenter", Fraction(1, 2))
@example(2999, 2, 750, "datacenter", Fraction(1, 2))
def test_each_outcome_is_what_the_rules_say_of_the_values_it_names(
    store: Store, low: int, width: int, area: int, market: str, share: Fraction
) -> None:
    """Every value of the range lies in just one outcome, and the text leads from it to the limb."""
    found = between(
        store,
        Fraction(low),
        Fraction(low + width),
        die_area=f"{area} mm2",
        market=market,
        memory_bandwidth="1 GB/s",
    )
    if not found.deciding:
        return
    lines = said(outcomes.outcome_lines(found.deciding, found.case, "none of these"))[1:]
    if not lines:
        return
    for value in (Fraction(low), low + width * share, Fraction(low + width)):
        expected = " and ".join(atlantis(value, value / area, market)) or "none of these"
        assert [judged for where, judged in parsed(lines) if holds(where, value)] == [expected]


def parsed(lines: list[str]) -> list[tuple[list[tuple[str, str]], str]]:
    """Return the relations and the judgement of each outcome."""
    parts = [each.strip().partition(": ") for each in lines]
    return [(told(where)[1], judged) for where, _, judged in parts]


def holds(where: list[tuple[str, str]], value: Fraction) -> bool:
    """Whether a value stands in all relations."""
    signs = {
        "<": value.__lt__,
        "≤": value.__le__,
        ">": value.__gt__,
        "≥": value.__ge__,
        "=": value.__eq__,
    }
    return all(signs[sign](Fraction(shown.replace(",", ""))) for sign, shown in where)


def test_what_a_given_figure_would_be_computed_from_decides_nothing(store: Store) -> None:
    given = {"tpp": "2000", "performance_density": "5"}
    found = checked(store, blank(store.vocabulary), **given)
    assert found.deciding
    assert outcomes.unknowns(found.deciding, found.case) == ["designed or marketed for: not known"]


def test_only_what_makes_a_difference_decides(store: Store) -> None:
    """The Z1 is made for cars: ATL.1 and ATL.2 are out, and memory bandwidth decides on ATL.9."""
    found = checked(store, "z1")
    (last,) = [e for e in found.findings if e.provision.rule.paragraph == "ATL.9"]
    assert last.deciding
    assert said(outcomes.outcome_lines(last.deciding, found.case, "not met")) == [
        "What decides: memory bandwidth unknown: Memory bandwidth is not published",
        "  memory bandwidth ≤ 100 GB/s: not met",
        "  memory bandwidth > 100 GB/s: met",
    ]
