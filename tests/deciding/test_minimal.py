"""Outcomes lose the conditions that make no difference, and stay true and complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from chipcalc.deciding.minimal import minimal
from chipcalc.deciding.outcome import Choices, Outcome, Span, Supposition
from chipcalc.figures.figure import key
from chipcalc.rules.case import Judgement
from chipcalc.values.logic import Verdict
from chipcalc.values.units import unit

World: TypeAlias = Mapping[str, str | Fraction]

MET = Judgement(Verdict.met, ("1",))
OTHER = Judgement(Verdict.met, ("2",))
NOT_MET = Judgement(Verdict.not_met)
JUDGEMENTS = (MET, OTHER, NOT_MET)
SPACE = {"a": ("p", "q", "r"), "b": ("s", "t"), "c": ("u", "v", "w")}
NUMBERS = tuple(Fraction(each, 2) for each in range(9))  # cuts lie at 1, 2 and 3
METRIC = key("tpp")


def span(
    low: int | None, high: int | None, *, at: tuple[bool, bool] = (False, False), name: str = "tpp"
) -> Span:
    """Return values of a metric; `at` says which ends belong to them."""
    ends = [None if each is None else Fraction(each) for each in (low, high)]
    return Span(key(name), unit("TOPS*bit"), ends[0], ends[1], *at)


PIECES = (
    span(None, 1),
    span(1, 1, at=(True, True)),
    span(1, 2),
    span(2, 2, at=(True, True)),
    span(2, 3, at=(False, True)),
    span(3, None),
)
HALVES = (span(None, 2), span(2, None, at=(True, False)))


def holds(condition: Supposition, world: World) -> bool:
    """Whether a condition holds in a world."""
    if isinstance(condition, Choices):
        return world[condition.name] in condition.values
    value = world[condition.metric[0]]
    assert isinstance(value, Fraction)
    above = condition.low is None or value > condition.low
    below = condition.high is None or value < condition.high
    at_low = condition.low_included and value == condition.low
    at_high = condition.high_included and value == condition.high
    return (above or at_low) and (below or at_high)


def satisfied(outcomes: Sequence[Outcome], world: World) -> list[Outcome]:
    """Return the outcomes all of whose conditions hold in a world."""
    return [each for each in outcomes if all(holds(e, world) for e in each.where)]


def worlds() -> Iterator[World]:
    """Yield every assignment of values to the circumstances, and to the metric."""
    for words in product(*SPACE.values()):
        for number in NUMBERS:
            yield {**dict(zip(SPACE, words, strict=True)), METRIC[0]: number}


WORLDS = tuple(worlds())


@st.composite
def partitions(draw: st.DrawFn, *, numbers: bool = True) -> tuple[Outcome, ...]:
    """Return outcomes that cover all worlds and exclude one another, as a tree of questions."""
    order = draw(st.permutations([*SPACE, *([METRIC[0]] if numbers else [])]))
    few = JUDGEMENTS[: draw(st.integers(1, 3))]

    def below(names: Sequence[str], where: tuple[Supposition, ...]) -> list[Outcome]:
        if not names or draw(st.integers(0, 5)) == 0:
            return [Outcome(where, draw(st.sampled_from(few)))]
        first, *rest = names
        parts = draw(blocks(first))
        return [e for part in parts for e in below(rest, (*where, *([part] if part else [])))]

    return tuple(below(order, ()))


@st.composite
def blocks(draw: st.DrawFn, name: str) -> Sequence[Supposition | None]:
    """Return conditions that share out the values of a circumstance; None alone asks nothing."""
    if name == METRIC[0]:
        return draw(st.sampled_from([(None,), PIECES, HALVES]))
    found: dict[int, tuple[str, ...]] = {}
    for value in SPACE[name]:
        number = draw(st.integers(0, 2))
        found[number] = (*found.get(number, ()), value)
    return [Choices(name, each) for each in found.values()] if len(found) > 1 else [None]


def told(outcomes: Sequence[Outcome]) -> list[tuple[dict[str, str], Judgement]]:
    """Return outcomes whose conditions are circumstances, as names with values."""
    return [
        ({e.name: " ".join(e.values) for e in each.where if isinstance(e, Choices)}, each.judgement)
        for each in outcomes
    ]


@given(partitions())
def test_the_outcomes_that_come_in_have_one_for_every_world(outcomes: tuple[Outcome, ...]) -> None:
    """What the other tests rest on."""
    assert {len(satisfied(outcomes, world)) for world in WORLDS} == {1}


@given(partitions())
def test_in_every_world_some_outcome_holds_and_all_that_hold_are_right(
    outcomes: tuple[Outcome, ...],
) -> None:
    found = minimal(outcomes)
    for world in WORLDS:
        (right,) = satisfied(outcomes, world)
        assert {each.judgement for each in satisfied(found, world)} == {right.judgement}


@given(partitions())
def test_outcomes_become_fewer_and_shorter_never_more(outcomes: tuple[Outcome, ...]) -> None:
    found = minimal(outcomes)
    assert len(found) <= len(outcomes)
    for each in found:
        assert any(
            e.judgement == each.judgement and set(each.where) <= set(e.where) for e in outcomes
        )
    assert len(set(found)) == len(found)


@given(partitions())
def test_every_condition_that_is_left_makes_a_difference(outcomes: tuple[Outcome, ...]) -> None:
    for each in minimal(outcomes):
        for condition in each.where:
            rest = [each._replace(where=tuple(e for e in each.where if e is not condition))]
            wider = [world for world in WORLDS if satisfied(rest, world)]
            judged = {satisfied(outcomes, world)[0].judgement for world in wider}
            assert len(judged) > 1


@given(partitions(numbers=False))
def test_no_outcome_is_told_that_another_one_tells_for_more(
    outcomes: tuple[Outcome, ...],
) -> None:
    regions = [
        {number for number, world in enumerate(WORLDS) if satisfied([each], world)}
        for each in minimal(outcomes)
    ]
    assert not any(one < other for one in regions for other in regions)


@given(partitions())
def test_what_is_minimal_is_told_in_any_order_just_as_well(outcomes: tuple[Outcome, ...]) -> None:
    assert set(minimal(outcomes[::-1])) == set(minimal(outcomes))


@given(st.sampled_from(JUDGEMENTS), partitions())
def test_where_all_outcomes_agree_nothing_is_asked(
    judgement: Judgement, outcomes: tuple[Outcome, ...]
) -> None:
    alike = [each._replace(judgement=judgement) for each in outcomes]
    assert minimal(alike) == (Outcome((), judgement),)


def test_no_outcomes_stay_none() -> None:
    assert minimal(()) == ()


def test_a_condition_that_makes_no_difference_is_left_out() -> None:
    p, others = Choices("a", ("p",)), Choices("a", ("q", "r"))
    one, other = Choices("b", ("s",)), Choices("b", ("t",))
    outcomes = [
        Outcome((p, one), MET),
        Outcome((p, other), MET),
        Outcome((others, one), NOT_MET),
        Outcome((others, other), OTHER),
    ]
    assert told(minimal(outcomes)) == [
        ({"a": "p"}, MET),
        ({"a": "q r", "b": "s"}, NOT_MET),
        ({"a": "q r", "b": "t"}, OTHER),
    ]


def test_either_of_two_conditions_may_suffice() -> None:
    """Not met where either of two facts is missing: each is told by itself."""
    outcomes = [
        Outcome((Choices("a", ("p",)), Choices("b", ("s",))), MET),
        Outcome((Choices("a", ("p",)), Choices("b", ("t",))), NOT_MET),
        Outcome((Choices("a", ("q", "r")),), NOT_MET),
    ]
    assert told(minimal(outcomes)) == [
        ({"a": "p", "b": "s"}, MET),
        ({"b": "t"}, NOT_MET),
        ({"a": "q r"}, NOT_MET),
    ]


def test_an_outcome_that_another_one_covers_is_left_out() -> None:
    """Not met for p or q whatever b is, and for all of a where b is t: p alone says no more."""
    outcomes = [
        Outcome((Choices("b", ("s",)), Choices("a", ("p", "q"))), NOT_MET),
        Outcome((Choices("b", ("s",)), Choices("a", ("r",))), MET),
        Outcome((Choices("b", ("t",)), Choices("a", ("p",))), NOT_MET),
        Outcome((Choices("b", ("t",)), Choices("a", ("q", "r"))), NOT_MET),
    ]
    assert told(minimal(outcomes)) == [
        ({"a": "p q"}, NOT_MET),
        ({"a": "r", "b": "s"}, MET),
        ({"b": "t"}, NOT_MET),
    ]


def test_spans_that_touch_meet_only_where_both_have_the_point() -> None:
    """At 2 itself another thing follows than on either side of it."""
    a, not_a = Choices("a", ("p",)), Choices("a", ("q", "r"))
    below, point, above = span(None, 2), span(2, 2, at=(True, True)), span(2, None)
    outcomes = (
        Outcome((a, below), MET),
        Outcome((a, point), OTHER),
        Outcome((a, above), NOT_MET),
        Outcome((not_a, below), MET),
        Outcome((not_a, point), OTHER),
        Outcome((not_a, above), NOT_MET),
    )
    assert minimal(outcomes) == (
        Outcome((below,), MET),
        Outcome((point,), OTHER),
        Outcome((above,), NOT_MET),
    )


def test_spans_of_different_metrics_may_hold_together() -> None:
    """TPP may be low where the density is high, so that neither can be left out."""
    low, high = span(None, 2), span(2, None, at=(True, False))
    thin = span(None, 2, name="performance_density")
    thick = span(2, None, at=(True, False), name="performance_density")
    outcomes = (
        Outcome((low, thin), NOT_MET),
        Outcome((low, thick), MET),
        Outcome((high, thin), MET),
        Outcome((high, thick), NOT_MET),
    )
    assert minimal(outcomes) == outcomes
