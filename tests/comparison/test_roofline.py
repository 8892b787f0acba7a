"""Where one roofline crosses another: S. Williams et al., Communications of the ACM 52(4), 2009."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.comparison.roofline import Overtaking, Roof, overtaking
from chipcalc.values.interval import Interval, exactly


def attained(roof: Roof, intensity: Fraction) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a roof attains: peak, or bandwidth times intensity."""
    ends = ((roof.peak.low, roof.bandwidth.low), (roof.peak.high, roof.bandwidth.high))
    low, high = (min(peak, bandwidth * intensity) for peak, bandwidth in ends)
    return low, high


def leader(first: Roof, second: Roof, intensity: Fraction) -> int | None:
    """Return which roof is higher at an intensity for certain; None where neither is."""
    (low, high), (other_low, other_high) = attained(first, intensity), attained(second, intensity)
    if low > other_high:
        return 0
    return 1 if other_low > high else None


POSITIVE = st.fractions(Fraction(1, 100), 1000, max_denominator=100)
INTERVALS = st.tuples(POSITIVE, POSITIVE, POSITIVE).map(lambda ends: Interval(*sorted(ends)))
ROOFS = st.builds(Roof, INTERVALS, INTERVALS) | st.builds(
    Roof, POSITIVE.map(exactly), POSITIVE.map(exactly)
)


def roof(peak: str, bandwidth: str) -> Roof:
    """Return the roof of exact limits."""
    return Roof(exactly(Fraction(peak)), exactly(Fraction(bandwidth)))


H20, H100 = roof("148", "4"), roof("989.4", "3.35")  # FP16 TFLOPS and TB/s


def test_the_h100_overtakes_the_h20_where_its_bandwidth_feeds_the_peak_of_the_h20() -> None:
    at = exactly(Fraction("148") / Fraction("3.35"))
    assert overtaking(H20, H100) == Overtaking(at, below=0, above=1)
    assert overtaking(H100, H20) == Overtaking(at, below=1, above=0)


@pytest.mark.parametrize(
    ("intensity", "ahead"), [("1", 0), ("44.17", 0), ("44.18", 1), ("1000", 1)]
)
def test_the_h20_leads_below_the_crossing_and_the_h100_above(intensity: str, ahead: int) -> None:
    """148 / 3.35 lies between 44.17 and 44.18 operations per byte."""
    assert leader(H20, H100, Fraction(intensity)) == ahead


def test_nobody_leads_at_the_crossing() -> None:
    assert leader(H20, H100, Fraction("148") / Fraction("3.35")) is None


@given(ROOFS, ROOFS, st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000))
def test_one_leads_below_the_crossing_and_the_other_above(
    first: Roof, second: Roof, share: Fraction
) -> None:
    crossing = overtaking(first, second)
    if crossing:
        assert {crossing.below, crossing.above} == {0, 1}
        assert leader(first, second, crossing.intensity.low * share) == crossing.below
        assert leader(first, second, crossing.intensity.high / share) == crossing.above


@given(ROOFS, ROOFS, POSITIVE)
def test_the_leader_stays_the_same_without_a_crossing(
    first: Roof, second: Roof, intensity: Fraction
) -> None:
    if overtaking(first, second) is None:
        near, far = Fraction(1, 10**6), Fraction(10**6)
        ahead = {leader(first, second, each) for each in (near, intensity, far)}
        assert len(ahead - {None}) <= 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(roof("989.4", "4.8"), id="ahead in both"),
        pytest.param(roof("100", "1"), id="behind in both"),
        pytest.param(H20, id="the same"),
        pytest.param(roof("148", "3.35"), id="same peak"),
        pytest.param(roof("989.4", "4"), id="same bandwidth"),
        pytest.param(
            Roof(Interval(Fraction(140), Fraction(150), Fraction(160)), exactly(3)),
            id="ranges of the peak overlap",
        ),
        pytest.param(
            Roof(exactly(989), Interval(Fraction(3), Fraction(3), Fraction(4))),
            id="ranges of the bandwidth touch",
        ),
    ],
)
def test_there_is_no_crossing_where_the_lead_never_changes_for_certain(other: Roof) -> None:
    assert overtaking(H20, other) is None
    assert overtaking(other, H20) is None


def test_a_chip_whose_bandwidth_may_be_zero_overtakes_at_no_intensity_for_certain() -> None:
    other = Roof(exactly(989), Interval(Fraction(0), Fraction(1), Fraction(2)))
    assert overtaking(H20, other) is None
