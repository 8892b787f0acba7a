"""Criteria as data: read from plain data, walked in one way, and compared without rounding."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile
from typing import Any, NamedTuple, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.rules.criteria import (
    OPPOSITE,
    SIGNS,
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unmodelled,
    Unpublished,
    fold,
    leaves,
    rebuild,
)
from chipcalc.rules.reader import from_data
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Relation, Verdict, compared, negated
from chipcalc.values.units import quantity
from chipcalc.vocabulary.expressions import Metric

MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
HOLDS: Mapping[Relation, Callable[[Fraction, Fraction], bool]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}
RELATIONS: tuple[Relation, ...] = get_args(Relation)
HALF = Fraction(1, 2)

halves = st.integers(0, 24).map(lambda count: count * HALF)
ranges = st.lists(halves, min_size=3, max_size=3).map(lambda ends: Interval(*sorted(ends)))
relations = st.sampled_from(RELATIONS)


def read(data: Any, undefined: Mapping[str, str] | None = None) -> Criterion:
    """Return the criteria of a version."""
    return from_data(data, (), undefined or {})


def placeless(node: Criterion) -> Criterion:
    """Return criteria without their places in the file."""
    if isinstance(node, Threshold | CircumstanceIs | RuleMet | Named):
        return node._replace(path=())
    if isinstance(node, Combined):
        return node._replace(parts=tuple(map(placeless, node.parts)))
    if isinstance(node, Unless):
        return Unless(placeless(node.of), tuple(map(placeless, node.exceptions)))
    return node


def said(data: Any, undefined: Mapping[str, str] | None = None) -> Criterion:
    """Return what a version says, wherever it stands."""
    return placeless(read(data, undefined))


def refusals(data: Any) -> list[tuple[str, str, str]]:
    """Return path, fault and hint of every problem of data that describe no criteria."""
    with pytest.raises(ChipcalcError) as caught:
        read(data)
    return [(each.path, each.what, each.hint) for each in caught.value.problems]


def compare(metric: str, relation: Relation, limit: str, **more: Any) -> Threshold:
    """Return a comparison of a metric, under the conditions `when` if any, with a limit."""
    of = Metric(metric, when=more.pop("when", {}))
    return Threshold(of, relation, quantity(limit), **more)


POWER = compare("board_power", "more_than", "5 W")


# Comparison with a limit.


@given(ranges, relations, halves)
def test_a_range_says_what_all_of_its_amounts_say(
    amount: Interval, relation: Relation, limit: Fraction
) -> None:
    """Every half from end to end is tried: the ends, the limit and something between are there."""
    steps = (amount.low + step * HALF for step in range(100))
    said = {HOLDS[relation](each, limit) for each in takewhile(lambda a: a <= amount.high, steps)}
    expected = UNKNOWN if len(said) > 1 else MET if said == {True} else NOT_MET
    assert compared(amount, relation, exactly(limit)) is expected


@pytest.mark.parametrize(
    ("low", "high", "at_least", "more_than", "at_most", "less_than"),
    [
        pytest.param(3, 4, NOT_MET, NOT_MET, MET, MET, id="below"),
        pytest.param(4, 5, UNKNOWN, NOT_MET, MET, UNKNOWN, id="up to"),
        pytest.param(5, 5, MET, NOT_MET, MET, NOT_MET, id="at"),
        pytest.param(5, 6, MET, UNKNOWN, UNKNOWN, NOT_MET, id="from"),
        pytest.param(6, 7, MET, MET, NOT_MET, NOT_MET, id="above"),
        pytest.param(4, 6, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, id="around"),
    ],
)
def test_a_range_settles_a_criterion_only_when_all_of_it_lies_on_one_side(
    low: int,
    high: int,
    at_least: Verdict,
    more_than: Verdict,
    at_most: Verdict,
    less_than: Verdict,
) -> None:
    amount = Interval(Fraction(low), Fraction(low), Fraction(high))
    said = {relation: compared(amount, relation, exactly(5)) for relation in RELATIONS}
    assert said == {
        "at_least": at_least,
        "more_than": more_than,
        "at_most": at_most,
        "less_than": less_than,
    }


@given(st.fractions(min_value=0, max_value=10**6), st.fractions(), relations)
def test_a_single_amount_is_never_left_open(
    amount: Fraction, limit: Fraction, relation: Relation
) -> None:
    found = compared(exactly(amount), relation, exactly(limit))
    assert found is (MET if HOLDS[relation](amount, limit) else NOT_MET)


@given(ranges, relations, halves)
def test_the_opposite_relation_says_the_opposite(
    amount: Interval, relation: Relation, limit: Fraction
) -> None:
    opposite = compared(amount, OPPOSITE[relation], exactly(limit))
    assert opposite is negated(compared(amount, relation, exactly(limit)))


@given(st.lists(halves, min_size=5, max_size=5), relations, halves)
def test_a_narrower_range_never_takes_back_a_verdict(
    points: list[Fraction], relation: Relation, limit: Fraction
) -> None:
    outer_low, low, best, high, outer_high = sorted(points)
    wide = compared(Interval(outer_low, best, outer_high), relation, exactly(limit))
    narrow = compared(Interval(low, best, high), relation, exactly(limit))
    assert wide in (UNKNOWN, narrow)


@given(ranges, relations, halves, st.data())
def test_the_best_figure_of_a_range_decides_nothing(
    amount: Interval, relation: Relation, limit: Fraction, data: st.DataObject
) -> None:
    other = data.draw(st.sampled_from([amount.low, amount.high]))
    moved = Interval(amount.low, other, amount.high)
    assert compared(moved, relation, exactly(limit)) is compared(amount, relation, exactly(limit))


@pytest.mark.parametrize("relation", RELATIONS)
def test_nothing_is_rounded_before_it_is_compared(relation: Relation) -> None:
    """2368 / 814 has no finite decimal form; 10⁻⁴⁰ is less than any float keeps beside it."""
    amount, crumb = Fraction(2368, 814), Fraction(1, 10**40)
    for limit in (amount - crumb, amount, amount + crumb):
        found = compared(exactly(amount), relation, exactly(limit))
        assert found is (MET if HOLDS[relation](amount, limit) else NOT_MET)


def test_every_relation_has_a_sign_and_an_opposite_whose_opposite_it_is() -> None:
    assert dict(SIGNS) == {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
    assert {OPPOSITE[OPPOSITE[each]] == each != OPPOSITE[each] for each in RELATIONS} == {True}


# Reading.


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        pytest.param({"board_power": {"more_than": "5 W"}}, [POWER], id="comparison"),
        pytest.param(
            {"tpp": {"less_than": "9 TOPS*bit", "at_least": "5 TOPS*bit"}},
            [
                compare("tpp", "at_least", "5 TOPS*bit"),
                compare("tpp", "less_than", "9 TOPS*bit"),
            ],
            id="two bounds, the lower one first",
        ),
        pytest.param(
            {"throughput[format=fp16, engine=tensor]": {"at_most": "1 TFLOPS"}},
            [
                compare(
                    "throughput",
                    "at_most",
                    "1 TFLOPS",
                    when={"format": "fp16", "engine": "tensor"},
                )
            ],
            id="comparison under conditions",
        ),
        pytest.param(
            {"market": "datacenter"}, [CircumstanceIs("market", ("datacenter",))], id="circumstance"
        ),
        pytest.param(
            {"market": {"not": ["edge", "consumer"]}},
            [CircumstanceIs("market", ("edge", "consumer"), negated=True)],
            id="circumstance denied",
        ),
        pytest.param({"rule": "atl-1"}, [RuleMet(("atl-1",))], id="rule"),
        pytest.param({"rule": ["atl-1", "atl-2"]}, [RuleMet(("atl-1", "atl-2"))], id="rules"),
        pytest.param({"chip": ["a10", "atlas"]}, [Named(("a10", "atlas"))], id="chips"),
        pytest.param({"unpublished": "the limits"}, [Unpublished("the limits")], id="not public"),
        pytest.param({"unmodelled": "the code"}, [Unmodelled("the code")], id="not modelled"),
        pytest.param(
            {"launched": {"from": "2022-01-01", "before": "2023-01-01"}},
            [
                Launched(datetime.date(2022, 1, 1)),
                Launched(datetime.date(2023, 1, 1), before=True),
            ],
            id="launch",
        ),
        pytest.param(
            {"market": "edge", "board_power": {"more_than": "5 W"}},
            [CircumstanceIs("market", ("edge",)), POWER],
            id="several, in the order of the text",
        ),
    ],
)
def test_a_mapping_under_all_asks_for_every_entry(data: Any, parts: list[Criterion]) -> None:
    assert said({"all": data}) == Combined("all", tuple(parts))


def test_a_list_under_any_asks_for_one_limb_of_several() -> None:
    limbs = [
        {"cite": "1.a", "note": "the first", "all": {"board_power": {"more_than": "5 W"}}},
        {"cite": "1.b", "any": [{"all": {"chip": "a10"}}]},
    ]
    assert said({"any": limbs}) == Combined(
        "any",
        (
            Combined("all", (POWER,), "1.a", "the first"),
            Combined("any", (Combined("all", (Named(("a10",)),)),), "1.b"),
        ),
    )


def test_a_list_under_all_asks_for_every_limb() -> None:
    limbs = [{"cite": "1", "all": {"chip": "a10"}}, {"any": [{"all": {"chip": "a20"}}]}]
    first = Combined("all", (Named(("a10",)),), "1")
    second = Combined("any", (Combined("all", (Named(("a20",)),)),))
    assert said({"all": limbs}) == Combined("all", (first, second))


@pytest.mark.parametrize("order", [("all", "any"), ("any", "all")])
def test_where_both_all_and_any_stand_both_are_needed(order: tuple[str, str]) -> None:
    body = {"all": {"board_power": {"more_than": "5 W"}}, "any": [{"all": {"chip": "a10"}}]}
    either = Combined("any", (Combined("all", (Named(("a10",)),)),))
    assert said({key: body[key] for key in order}) == Combined("all", (POWER, either))


def test_exceptions_take_away_from_everything_else() -> None:
    data = {
        "all": {"board_power": {"more_than": "5 W"}},
        "any": [{"all": {"chip": "a10"}}],
        "except": [{"cite": "Note 1", "all": {"chip": "a20"}}, {"all": {"rule": "atl-2"}}],
    }
    found = said(data)
    assert isinstance(found, Unless)
    assert found.of == said({key: data[key] for key in ("all", "any")})
    assert found.exceptions == (
        Combined("all", (Named(("a20",)),), "Note 1"),
        Combined("all", (RuleMet(("atl-2",)),)),
    )


def test_a_comparison_carries_why_an_undefined_metric_fails_it_and_no_other_does() -> None:
    data = {"tpp": {"at_least": "5 TOPS*bit"}, "board_power": {"more_than": "5 W"}}
    found = said({"all": data}, {"tpp": "there is none"})
    assert found == Combined(
        "all", (compare("tpp", "at_least", "5 TOPS*bit", undefined="there is none"), POWER)
    )


def test_limits_are_exact() -> None:
    (node,) = leaves(read({"all": {"tpp": {"at_least": "0.1 TOPS*bit"}}}))
    assert isinstance(node, Threshold)
    assert node.limit.amount == exactly(Fraction(1, 10))


def test_a_criterion_that_names_something_knows_where_it_stands() -> None:
    """A number counts the limbs of a list, from zero on."""
    data = {
        "all": [{"all": {"market": "edge"}}, {"all": {"tpp": {"at_least": "5 TOPS*bit"}}}],
        "any": [{"all": {"chip": "a10"}}, {"any": [{"all": {"rule": "atl-1"}}]}],
        "except": [{"all": {"market": {"not": "edge"}, "board_power": {"more_than": "5 W"}}}],
    }
    kinds = Threshold | CircumstanceIs | RuleMet | Named
    assert [each.path for each in leaves(read(data)) if isinstance(each, kinds)] == [
        ("all", 0, "all", "market"),
        ("all", 1, "all", "tpp"),
        ("any", 0, "all", "chip"),
        ("any", 1, "any", 0, "all", "rule"),
        ("except", 0, "all", "market"),
        ("except", 0, "all", "board_power"),
    ]


# Refusals.


@pytest.mark.parametrize(
    ("data", "path", "what", "hint"),
    [
        pytest.param(
            {"tpp": {"atleast": "5 TOPS*bit"}},
            "all.tpp",
            "'atleast' is no relation",
            "did you mean 'at_least'?",
            id="relation",
        ),
        pytest.param(
            {"tpp": {"=": "5 TOPS*bit"}},
            "all.tpp",
            "'=' is no relation",
            "known are at_least, more_than, at_most, less_than",
            id="sign",
        ),
        pytest.param({"tpp": {}}, "all.tpp", "nothing is said", "{at_least: 100", id="empty"),
        pytest.param(
            {"tpp": {"at_least": "4800"}},
            "all.tpp.at_least",
            "'4800' has no unit",
            "write the unit of the metric",
            id="no unit",
        ),
        pytest.param(
            {"tpp": {"at_least": "4,800 TOPS*bit"}},
            "all.tpp.at_least",
            "'4,800' is not a number",
            "write a decimal point, no thousands separators: 4.800 or 4800",
            id="thousands",
        ),
        pytest.param(
            {"tpp": {"at_least": "5 tops*bit"}},
            "all.tpp.at_least",
            "'tops' is not a unit",
            "TOPS",
            id="unit",
        ),
        pytest.param(
            {"tpp": {"at_least": ["5 TOPS*bit"]}},
            "all.tpp.at_least",
            "is not a quantity",
            "write a number and a unit",
            id="list of limits",
        ),
        pytest.param(
            {"throughput[fp16]": {"at_least": "5 TOPS"}},
            "all.throughput[fp16]",
            "'throughput[fp16]' is not a metric",
            "write throughput[format=fp16]",
            id="condition without a name",
        ),
        pytest.param(
            {"launched": "2022-01-01"},
            "all.launched",
            "launched takes from or before",
            "write launched: {from: 2026-01-01}",
            id="launch without a word",
        ),
        pytest.param(
            {"launched": {"after": "2022-01-01"}},
            "all.launched",
            "launched takes from or before",
            "write launched: {from: 2026-01-01}",
            id="launch with another word",
        ),
        pytest.param(
            {"launched": {"before": "2022-02-30"}},
            "all.launched.before",
            "'2022-02-30' is not a day",
            "write 2026-01-01",
            id="no such day",
        ),
        pytest.param(
            {"launched": {"from": "2022-02"}},
            "all.launched.from",
            "'2022-02' is not a day",
            "write 2026-01-01",
            id="a month",
        ),
        pytest.param({"rule": []}, "all.rule", "a word or a list of words", "", id="no rule"),
        pytest.param(
            {"chip": ["a10", {}]}, "all.chip", "a word or a list of words", "", id="chips"
        ),
        pytest.param(
            {"market": {"not": []}},
            "all.market.not",
            "a word or a list of words",
            "",
            id="not nothing",
        ),
        pytest.param(
            {"unpublished": ["x"]}, "all.unpublished", "unpublished takes text", "", id="not text"
        ),
        pytest.param(
            {"unmodelled": ["x"]}, "all.unmodelled", "unmodelled takes text", "", id="no question"
        ),
        pytest.param({}, "all", "all takes a mapping or a list", "write all: {tpp", id="no entry"),
        pytest.param("", "all", "all takes a mapping or a list", "write all: {tpp", id="blank"),
    ],
)
def test_an_entry_that_says_nothing_is_refused_with_its_place(
    data: Any, path: str, what: str, hint: str
) -> None:
    ((found_path, found_what, found_hint),) = refusals({"all": data})
    assert found_path == path
    assert what in found_what
    assert hint in found_hint


@pytest.mark.parametrize(
    ("data", "path", "what", "hint"),
    [
        pytest.param({"any": []}, "any", "a list of limbs", "write all:", id="no limb"),
        pytest.param({"any": ""}, "any", "a list of limbs", "write all:", id="blank"),
        pytest.param(
            {"any": {"all": {}}}, "any", "a list of limbs", "after a hyphen", id="no list"
        ),
        pytest.param({"any": ["x"]}, "any[0]", "a limb is a mapping", "write all:", id="a word"),
        pytest.param(
            {"any": [{"cite": "1"}]}, "any[0]", "a limb needs all or any", "write all:", id="cite"
        ),
        pytest.param(
            {"any": [{"cit": "1", "all": {"chip": "a10"}}]},
            "any[0].cit",
            "'cit' is not a key here",
            "did you mean 'cite'?",
            id="key",
        ),
        pytest.param(
            {"any": [{"cite": ["1"], "all": {"chip": "a10"}}]},
            "any[0].cite",
            "cite takes text",
            "",
            id="two cites",
        ),
        pytest.param(
            {"all": {"chip": "a10"}, "except": []}, "except", "a list of limbs", "", id="no except"
        ),
        pytest.param(
            {"all": {"chip": "a10"}, "except": [{"all": {"chip": []}}]},
            "except[0].all.chip",
            "a word or a list of words",
            "",
            id="inside an exception",
        ),
        pytest.param(
            {"any": [{"any": [{"all": {"chip": "a10"}}, {"all": {"tpp": {}}}]}]},
            "any[0].any[1].all.tpp",
            "nothing is said",
            "write for example",
            id="deep inside",
        ),
    ],
)
def test_a_limb_that_says_nothing_is_refused_with_its_place(
    data: Any, path: str, what: str, hint: str
) -> None:
    ((found_path, found_what, found_hint),) = refusals(data)
    assert found_path == path
    assert what in found_what
    assert hint in found_hint


def test_everything_that_is_wrong_is_told_at_once() -> None:
    data = {
        "all": {"tpp": {"at_least": "5", "less_than": "x"}, "chip": []},
        "any": [{"cit": "1", "all": {"launched": {"from": "a", "before": "b"}}}, "x"],
        "except": [{"note": "only"}],
    }
    assert sorted(path for path, _, _ in refusals(data)) == [
        "all.chip",
        "all.tpp.at_least",
        "all.tpp.less_than",
        "any[0].all.launched.before",
        "any[0].all.launched.from",
        "any[0].cit",
        "any[1]",
        "except[0]",
    ]


def test_what_is_wrong_is_never_suggested() -> None:
    ((_, what, hint),) = refusals({"all": {"market": {"not": "edge", "at_least": "5 W"}}})
    assert "'not' is no relation" not in what
    assert "'not'" not in hint


def test_a_limit_below_zero_is_refused_as_amounts_below_zero_are() -> None:
    ((path, _, _),) = refusals({"all": {"board_power": {"at_least": "-5 W"}}})
    assert path == "all.board_power.at_least"


def test_a_limit_without_a_unit_is_not_told_to_take_the_unit_of_something_else() -> None:
    ((_, _, hint),) = refusals({"all": {"board_power": {"at_least": "4800.5"}}})
    assert hint == "write the unit of the metric after it"


def test_alternatives_inside_a_mapping_of_all_are_refused_with_their_right_place() -> None:
    inner = {"board_power": {"more_than": "5 W"}, "any": [{"all": {"chip": "a10"}}]}
    ((path, what, hint),) = refusals({"all": inner})
    assert path == "all.any"
    assert "a word" not in what
    assert hint


@pytest.mark.parametrize("key", ["throughput[format=fp16", "throughput[format=fp16]]"])
def test_brackets_that_do_not_match_are_refused(key: str) -> None:
    assert refusals({"all": {key: {"at_least": "5 TOPS"}}})


def test_a_condition_with_two_values_is_refused() -> None:
    assert refusals({"all": {"throughput[format=fp16, format=int8]": {"at_least": "5 TOPS"}}})


# The walk.


class Walked(NamedTuple):
    """What a walk makes of a criterion: the criterion again, and the ends it came by."""

    node: Criterion
    ends: tuple[Criterion, ...]


class Walk:
    """Reads criteria as themselves, put together again from what was read of their parts."""

    def compare(self, node: Threshold) -> Walked:
        return Walked(node, (node,))

    def circumstance(self, node: CircumstanceIs) -> Walked:
        return Walked(node, (node,))

    def launched(self, node: Launched) -> Walked:
        return Walked(node, (node,))

    def rule_met(self, node: RuleMet) -> Walked:
        return Walked(node, (node,))

    def named(self, node: Named) -> Walked:
        return Walked(node, (node,))

    def unpublished(self, node: Unpublished) -> Walked:
        return Walked(node, (node,))

    def unmodelled(self, node: Unmodelled) -> Walked:
        return Walked(node, (node,))

    def group(self, node: Combined, parts: Sequence[Walked]) -> Walked:
        return joined(node._replace(parts=tuple(each.node for each in parts)), parts)

    def without(self, node: Unless, of: Walked, exceptions: Sequence[Walked]) -> Walked:
        taken = tuple(each.node for each in exceptions)
        return joined(node._replace(of=of.node, exceptions=taken), [of, *exceptions])


def joined(node: Criterion, parts: Iterable[Walked]) -> Walked:
    """Return a criterion with the ends of all its parts."""
    return Walked(node, tuple(end for part in parts for end in part.ends))


plain: st.SearchStrategy[Criterion] = st.sampled_from(
    [
        POWER,
        CircumstanceIs("market", ("edge",)),
        Launched(datetime.date(2022, 1, 1)),
        RuleMet(("atl-1",)),
        Named(("a10",)),
        Unpublished("the limits"),
        Unmodelled("the code"),
    ]
)
trees: st.SearchStrategy[Criterion] = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.builds(
            Combined,
            st.sampled_from(["all", "any"]),
            st.lists(inner, max_size=3).map(tuple),
            st.sampled_from(["", "1.a"]),
        ),
        st.builds(Unless, inner, st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=8,
)


@given(trees)
def test_the_walk_reaches_every_node_and_keeps_its_place(tree: Criterion) -> None:
    assert fold(tree, Walk()).node == tree


@given(trees)
def test_a_criterion_is_rebuilt_with_other_leaves_and_nothing_else_changes(tree: Criterion) -> None:
    other = Named(("b100",))
    assert rebuild(tree, lambda leaf: leaf) == tree
    swapped = rebuild(tree, lambda leaf: other if leaf == Named(("a10",)) else leaf)
    assert repr(swapped) == repr(tree).replace(repr(Named(("a10",))), repr(other))


def test_criteria_are_rebuilt_however_deep_they_lie() -> None:
    """At 3,000 levels, each with an exception."""
    tree: Criterion = Named(("a10",))
    for _ in range(3000):
        tree = Combined("all", (Unless(tree, (Named(("b100",)),)),))
    swapped = rebuild(tree, lambda leaf: Named((leaf.chips[0].upper(),)))  # type: ignore[union-attr]
    assert [leaf.chips for leaf in leaves(swapped)] == [("A10",), *[("B100",)] * 3000]  # type: ignore[union-attr]


@pytest.mark.parametrize("levels", [50, 3000])
@pytest.mark.parametrize("within", ["all", "any"])
def test_criteria_that_are_nested_too_deeply_are_refused_in_one_line(
    levels: int, within: str
) -> None:
    """As in a YAML text, of which no more levels are read."""
    data: Any = {"all": {"chip": "a10"}}
    for _ in range(levels):
        data = {within: [data]}
    ((path, what, hint),) = refusals(data)
    assert path.startswith(f"{within}[0].{within}[0]")
    assert (what, hint) == ("nested too deeply", "write fewer levels")


def test_criteria_that_a_yaml_text_may_hold_are_read() -> None:
    data: Any = {"all": {"chip": "a10"}}
    for _ in range(19):
        data = {"any": [data]}
    assert [*leaves(read(data))] == [Named(("a10",), path=(*(("any", 0) * 19), "all", "chip"))]


@given(trees)
def test_the_leaves_are_the_ends_of_the_walk_in_the_order_of_the_text(tree: Criterion) -> None:
    assert tuple(leaves(tree)) == fold(tree, Walk()).ends
