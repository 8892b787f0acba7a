"""Arithmetic on figures and on the lack of them, with what each result rests on."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import (
    Answer,
    Counted,
    Figure,
    Missing,
    Operated,
    Spanned,
    Summed,
    converted,
    extreme,
    greatest,
    is_known,
    operate,
)
from chipcalc.figures.sums import either, times, total
from chipcalc.schema.source import Status
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located
from chipcalc.values.interval import Bounds, Interval, exactly
from chipcalc.values.units import ONE, Quantity, quantity, unit
from chipcalc.vocabulary.expressions import Operator

UNKNOWN = Missing("unknown", "nobody published it")
ABSENT = Missing("not offered", "the chip has none")
SUM = Summed("conditions")


def figure(text: str, status: Status = "official", label: str = "") -> Figure:
    """Return a figure such as ``5 W``."""
    return Figure(quantity(text), label or text, status)


def between(low: int, best: int, high: int, label: str = "", status: Status = "official") -> Figure:
    """Return a range of power."""
    ends = (Fraction(low), Fraction(best), Fraction(high))
    return Figure(Quantity(Interval(*ends), unit("W")), label or f"{low}-{high}", status)


def located(line: int) -> Located:
    """Return a statement in some line."""
    statement = Statement.model_validate(
        {"value": "5", "unit": "W", "status": "estimated", "note": "a guess"}
    )
    return Located(statement, "x.yaml", line)


def amounts(answer: object) -> tuple[int, int, int]:
    """Return low, best and high of a figure."""
    assert isinstance(answer, Figure)
    amount = answer.value.amount
    return int(amount.low), int(amount.best), int(amount.high)


@pytest.mark.parametrize(
    ("operator", "result"),
    [
        ("add", "1005 W"),
        ("subtract", "995 W"),
        ("smallest", "5 W"),
        ("largest", "1000 W"),
    ],
)
def test_unlike_prefixes_are_reconciled(operator: Operator, result: str) -> None:
    found = operate(operator, [figure("1 kW"), figure("5 W")])
    assert isinstance(found, Figure)
    assert found.value.to(unit("W")) == quantity(result)
    assert found.how == Operated(operator)


def test_a_product_and_a_quotient_have_units_of_their_own() -> None:
    energy = operate("multiply", [figure("6 W"), figure("2 s")])
    rate = operate("divide", [figure("6 TOPS"), figure("2 W")])
    assert isinstance(energy, Figure)
    assert isinstance(rate, Figure)
    assert energy.value.to(unit("J")) == quantity("12 J")
    assert rate.value == quantity("3 TOPS/W")
    assert (energy.label, rate.label) == ("6 W × 2 s", "6 TOPS ÷ 2 W")


def test_amounts_that_do_not_add_are_an_error() -> None:
    with pytest.raises(ChipcalcError, match="'W' is energy per time, but 'GB' is information"):
        operate("add", [figure("5 W"), figure("5 GB")])


@pytest.mark.parametrize(
    "operator", ["add", "subtract", "multiply", "divide", "smallest", "largest"]
)
def test_a_missing_figure_is_never_a_default(operator: Operator) -> None:
    either_way: list[list[Answer]] = [[figure("5 W"), UNKNOWN], [UNKNOWN, figure("5 W")]]
    for answers in either_way:
        found = operate(operator, answers)
        assert isinstance(found, Missing)
        assert found._replace(low=None, high=None) == UNKNOWN


def test_what_a_chip_does_not_have_adds_nothing_to_a_sum() -> None:
    five = figure("5 W")
    assert operate("add", [five, ABSENT]) is five
    assert operate("subtract", [five, ABSENT]) is five
    assert operate("add", [five, ABSENT, UNKNOWN]) == UNKNOWN._replace(low=five)


def test_nothing_minus_something_is_not_that_thing() -> None:
    """A chip without links has 5 W less than one with them, or there is no difference to tell."""
    found = operate("subtract", [ABSENT, figure("5 W")])
    assert found is ABSENT or (isinstance(found, Figure) and found.value == quantity("-5 W"))


def test_a_sum_of_nothing_but_what_a_chip_does_not_have_is_not_offered() -> None:
    assert operate("add", [ABSENT, ABSENT]) is ABSENT


def test_what_a_chip_does_not_have_leaves_no_product() -> None:
    assert operate("multiply", [figure("5 W"), ABSENT]) is ABSENT


def test_nothing_divides_by_zero() -> None:
    found = operate("divide", [figure("5 W"), figure("0 s", label="the time")])
    assert found == Missing("undefined", "the time is zero, and nothing divides by zero")


def test_what_may_be_zero_leaves_a_quotient_unknown() -> None:
    found = operate("divide", [figure("5 W"), between(0, 1, 2, "the power")])
    assert found == Missing("unknown", "the power may be zero, and nothing divides by zero")


def test_a_factor_of_one_leaves_a_figure_as_a_source_stated_it() -> None:
    five, one = figure("5 W"), Figure(Quantity(exactly(1), unit("1")), "one die")
    assert operate("multiply", [five, one]) is five
    assert operate("multiply", [one, one]) is one


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("official", "official"), "official"),
        (("official", "reported"), "reported"),
        (("estimated", "reported"), "estimated"),
    ],
)
def test_a_result_is_as_firm_as_its_least_firm_part(
    statuses: tuple[Status, Status], status: Status
) -> None:
    parts = [figure("5 W", each) for each in statuses]
    for found in (operate("divide", parts), total(parts, SUM)):
        assert isinstance(found, Figure)
        assert found.status == status
        assert found.parts == tuple(parts)


def test_the_largest_of_ranges_is_the_range_of_the_largest() -> None:
    """Whatever the true amounts are, the larger one lies between 4 and 9."""
    found = extreme("largest", [between(1, 3, 9), between(4, 5, 6)])
    assert amounts(found) == (4, 5, 9)
    assert amounts(extreme("smallest", [between(1, 3, 9), between(4, 5, 6)])) == (1, 3, 6)


@pytest.mark.parametrize(
    ("function", "labels"), [("largest", ["high", "overlaps"]), ("smallest", ["low"])]
)
def test_only_figures_that_may_be_the_extreme_count_as_its_parts(
    function: Operator, labels: list[str]
) -> None:
    figures = [between(1, 2, 2, "low"), between(5, 6, 8, "overlaps"), between(7, 8, 9, "high")]
    found = extreme(function, figures)
    assert [each.label for each in found.parts] == labels
    assert found.label == labels[0]


def test_an_extreme_that_a_firm_figure_gives_is_firm() -> None:
    """An estimate that is equal to an official figure, or below it, takes nothing from it."""
    official, low = figure("9 W"), figure("3 W", "estimated")
    assert extreme("largest", [figure("9 W", "estimated"), official, low]).status == "official"


def test_an_extreme_between_figures_is_as_firm_as_the_least_firm_of_them() -> None:
    figures = [between(1, 5, 8), between(3, 4, 9, status="estimated")]
    assert extreme("largest", figures).status == "estimated"


def test_a_sum_of_one_is_that_figure() -> None:
    five = figure("5 W")
    assert total([five], SUM) is five


def test_a_sum_names_its_parts() -> None:
    found = total(
        [figure("5 W", label="GPU"), figure("1 kW", label="DLA")], Summed("processing units")
    )
    assert found.value == quantity("1005 W")
    assert (found.label, found.how) == ("GPU + DLA", Summed("processing units"))


def test_two_ways_to_one_figure_give_the_range_around_both() -> None:
    found = either(between(4, 5, 6, "whole"), between(5, 7, 8, "sum"))
    assert amounts(found) == (4, 5, 8)
    assert (found.label, found.how) == ("whole", Spanned(stated=True))


def test_two_ways_that_agree_leave_the_stated_figure_as_it_is() -> None:
    stated = Figure(quantity("5 W"), "whole", located=located(1))
    summed = total([figure("2 W"), figure("3 W")], SUM)
    assert not either(stated, summed).derived


def test_of_two_ways_the_parts_of_what_was_computed_are_kept() -> None:
    stated = Figure(quantity("5 W"), "whole", located=located(1))
    summed = total([figure("2 W", label="GPU"), figure("4 W", label="DLA")], SUM)
    assert [each.label for each in either(stated, summed).parts] == ["GPU", "DLA"]
    assert either(summed, stated).parts == (summed, stated)
    assert either(summed, stated).how == Spanned(stated=False)


def test_two_ways_to_one_figure_are_as_firm_as_the_less_firm_one() -> None:
    """The range reaches as far as it does because of an estimate."""
    assert either(between(4, 5, 6), between(5, 7, 8, status="estimated")).status == "estimated"


def test_a_count_multiplies_a_figure_and_once_changes_nothing() -> None:
    five = figure("5 W")
    assert times(five, 1) is five
    twice = times(five, 2)
    assert (twice.value, twice.how, twice.parts) == (quantity("10 W"), Counted(2), (five,))


def test_a_figure_converts_and_a_missing_one_stays_missing() -> None:
    found = converted(figure("1500 W"), unit("kW"))
    assert isinstance(found, Figure)
    assert found.value == quantity("1.5 kW")
    assert converted(UNKNOWN, unit("kW")) is UNKNOWN


def test_a_figure_rests_on_each_statement_of_its_parts_once() -> None:
    one, two, three = located(1), located(2), located(3)
    first = Figure(quantity("5 W"), "a", located=one, others=(two,))
    second = Figure(quantity("5 W"), "b", located=two, others=(three,))
    both = total([first, second], SUM)
    assert list(both.statements()) == [one, two, three]


def test_only_what_was_computed_here_is_derived() -> None:
    assert not figure("5 W").derived
    assert times(figure("5 W"), 2).derived


# What bounds a figure that nobody published.

AMOUNTS = st.fractions(0, 20, max_denominator=4)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Answer, Fraction, Fraction | None]:
    """Draw a figure, or a lack of one that is bounded or not, and between which values it lies."""
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    first, last = (Figure(Quantity(exactly(each), ONE), "x") for each in (low, high))
    kind = draw(st.sampled_from(["figure", "both", "low", "high", "none"]))
    if kind == "figure":
        return Figure(Quantity(Interval(low, low, high), ONE), "x"), low, high
    lowest = first if kind in ("both", "low") else None
    highest = last if kind in ("both", "high") else None
    answer = UNKNOWN._replace(low=lowest, high=highest)
    return answer, low if lowest else Fraction(0), high if highest else None


@pytest.mark.parametrize(
    "operator", ["add", "subtract", "multiply", "divide", "smallest", "largest"]
)
@given(st.data())
def test_what_bounds_the_parts_bounds_whatever_they_come_to(
    operator: Operator, data: st.DataObject
) -> None:
    parts = data.draw(st.lists(spans(), min_size=2, max_size=3))
    values = [_between(data.draw(AMOUNTS), low, high) for _, low, high in parts]
    found = operate(operator, [answer for answer, _, _ in parts])
    exact = operate(operator, [Figure(Quantity(exactly(each), ONE), "x") for each in values])
    if isinstance(found, Missing) and isinstance(exact, Figure):
        low, high = found.bounds(ONE) or (None, None)
        amount = exact.value.amount.best
        assert low is None or low <= amount
        assert high is None or amount <= high


def _between(drawn: Fraction, low: Fraction, high: Fraction | None) -> Fraction:
    return low + drawn if high is None else low + (high - low) * drawn / 20


@given(st.lists(spans(), min_size=1, max_size=4), st.data())
def test_the_greatest_of_several_is_within_what_is_said_of_it(
    parts: list[tuple[Answer, Fraction, Fraction | None]], data: st.DataObject
) -> None:
    """Those that are published at all; a figure is told only where nothing else may be more."""
    kept = [each for each in parts if not isinstance(each[0], Missing) or is_known(each[0])]
    seen = [
        (each._replace(seen=(located(1),)) if isinstance(each, Missing) else each, low, high)
        for each, low, high in kept
    ]
    found = greatest([each for each, _, _ in seen])
    most = max((_between(data.draw(AMOUNTS), low, high) for _, low, high in seen), default=None)
    if most is None:
        assert found is None
    elif isinstance(found, Figure):
        assert found.value.amount.low <= most <= found.value.amount.high
    elif found:
        low, high = found.bounds(ONE) or (None, None)
        assert low is None or low <= most
        assert high is None or most <= high


def test_a_rate_that_cannot_be_the_largest_leaves_the_largest_known() -> None:
    known, most = figure("5 W"), figure("4 W")
    rest = UNKNOWN._replace(seen=(located(1),), high=most)
    assert greatest([known, rest]) == extreme("largest", [known])
    open_end = greatest([known, rest._replace(high=figure("6 W"))])
    assert isinstance(open_end, Missing)
    assert open_end.bounds(unit("W")) == Bounds(Fraction(5), Fraction(6))


def test_what_nothing_is_published_of_is_no_rival_of_what_is() -> None:
    assert greatest([figure("5 W"), UNKNOWN]) == extreme("largest", [figure("5 W")])
    assert greatest([UNKNOWN]) == UNKNOWN
    assert greatest([]) is None
