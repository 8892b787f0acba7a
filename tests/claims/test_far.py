"""What is called far from a printed ratio does not hold for it, by exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from chipcalc.claims.far import Far
from chipcalc.claims.printed import PrintedRelation
from chipcalc.figures.figure import Answer, Figure, Missing, operate
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Quantity, unit

HALF = PrintedRelation.model_validate({"about": "50 %", "within": ["45 %", "55 %"]})
PRINTED = [
    HALF,
    PrintedRelation.model_validate({"equals": "0.5"}),
    PrintedRelation.model_validate({"between": ["1", "3"]}),
    PrintedRelation.model_validate({"less_than": "10 %"}),
    PrintedRelation.model_validate({"more_than": "2"}),
]
amounts = st.fractions(min_value=0, max_value=50, max_denominator=40) | st.sampled_from(
    [Fraction(10) ** -400, Fraction(10) ** 400]
)


def figure(*ends: Fraction | int, of: str = "TB/s") -> Figure:
    """Return a figure between two ends, or of one amount."""
    return Figure(Quantity(Interval(*map(Fraction, (ends[0], ends[0], ends[-1]))), unit(of)), "it")


figures = st.builds(
    lambda ends, of: figure(*sorted(ends), of=of),
    st.tuples(amounts, amounts),
    st.sampled_from(["TB/s", "GB/s"]),
)


@given(figures, figures, st.sampled_from(PRINTED))
@example(figure(45), figure(100), HALF)
@example(figure(55), figure(100), HALF)
def test_what_is_far_does_not_hold(of: Figure, to: Figure, printed: PrintedRelation) -> None:
    sides: list[Answer] = [of, to]
    if Far(printed).surely(sides):
        assert printed.of(operate("divide", sides)) is not Verdict.met


def test_what_lies_well_outside_is_far() -> None:
    far = Far(HALF)
    assert far.surely([figure(1), figure(3)])
    assert far.surely([figure(2), figure(3)])
    assert far.surely([figure(1, 2), figure(3)])
    assert not far.surely([figure(1), figure(2)])


def test_without_a_figure_nothing_holds() -> None:
    assert Far(HALF).surely([figure(1), Missing("unknown", "")])


def test_what_is_not_a_ratio_of_like_figures_is_left_to_exact_arithmetic() -> None:
    assert not Far(HALF).surely([figure(1)])
    assert not Far(HALF).surely([figure(1), figure(3, of="W")])
