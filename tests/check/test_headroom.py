"""Distances to the lines of rules, and what stays outside, against hand-solved values."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check import headroom
from chipcalc.check.day import Ruleset
from chipcalc.check.headroom import Bound, Distance, Rate, bounds, distances, rates
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.deciding.outcome import Outcome, Span
from chipcalc.figures.figure import key
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict

Edges: TypeAlias = tuple[Fraction | None, bool, Fraction | None, bool]
Load: TypeAlias = Callable[[str], Sheet]
Check: TypeAlias = Callable[..., Checked]

TODAY = datetime.date(2026, 1, 1)
TPP, AREA, PD = "tpp", "applicable_die_area", "performance_density"
OWN = """\
id: {name}
paragraph: Own {name}
title: A rule of the test's own
kind: {kind}
{scope}
verified: 2026-01-01
versions:
  - in_force: 2020-01-01
    confidence: unverified
    note: Made up.
    where_undefined: {{performance_density: no dies}}
{criteria}"""


@pytest.fixture(scope="session")
def check(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Return a function that checks an item against the texts of some rules alone."""
    folder = tmp_path_factory.mktemp("rules")

    def checked(
        *texts: str,
        sheet: Sheet | None = None,
        names: tuple[str, ...] = (),
        kind: str = "classification",
        scope: str = "",
        **given_values: str,
    ) -> Checked:
        paths = []
        for number, text in enumerate(texts):
            path = folder / f"own-{number}.yaml"
            indented = "".join(f"    {line}\n" for line in text.splitlines())
            rule = OWN.format(name=f"own-{number}", kind=kind, scope=scope, criteria=indented)
            path.write_text(rule, encoding="utf-8")
            paths.append(path)
        day = Ruleset(Rulebook(store, paths), TODAY, names or [path.stem for path in paths])
        item = suppose(sheet or blank(store.vocabulary), given_values, store.vocabulary)
        return day.check(item.evaluator, item.circumstances)

    return checked


def solved(found: Checked) -> dict[str, Bound]:
    """Return what stays outside by the name of the input, where all circumstances are known."""
    taken = list(bounds(found))
    assert not any(bound.where for bound in taken)
    return {bound.metric[0]: bound for bound in taken}


def by_market(found: Checked) -> dict[tuple[str, ...], Bound]:
    """Return the bounds of one input by the values of the circumstances that are taken."""
    return {
        tuple(value for words in bound.where for value in words.values): bound
        for bound in bounds(found)
    }


def edges(spans: list[Span], metric: str) -> list[Edges]:
    """Return the ends of ranges of one metric; an open end is never included."""
    assert {each.metric[0] for each in spans} <= {metric}
    return [
        (
            each.low,
            each.low is not None and each.low_included,
            each.high,
            each.high is not None and each.high_included,
        )
        for each in spans
    ]


def outside(bound: Bound) -> list[Edges]:
    return edges(list(bound.outside()), bound.metric[0])


def below(value: Fraction | int) -> Edges:
    return None, False, Fraction(value), False


def up_to(value: Fraction | int) -> Edges:
    return None, False, Fraction(value), True


def above(value: Fraction | int) -> Edges:
    return Fraction(value), False, None, False


def holding(value: Fraction, outcomes: tuple[Outcome, ...]) -> list[Outcome]:
    """Return the outcomes whose ranges hold a value, whatever the circumstances."""
    return [
        outcome
        for outcome in outcomes
        if all(_holds(value, each) for each in outcome.where if isinstance(each, Span))
    ]


def _holds(value: Fraction, span: Span) -> bool:
    low = span.low is None or value > span.low or (value == span.low and span.low_included)
    high = span.high is None or value < span.high or (value == span.high and span.high_included)
    return low and high


def tier(first: Fraction, second: Fraction, density: Fraction) -> str:
    """Return the text of a rule of the usual shape: one high limit, or a lower one and density."""
    return (
        f"any:\n  - {{cite: a, all: {{tpp: {{at_least: {text(first)} TOPS*bit}}}}}}\n"
        f"  - {{cite: b, all: {{tpp: {{at_least: {text(second)} TOPS*bit}}, "
        f"performance_density: {{at_least: {text(density)} TOPS*bit/mm^2}}}}}}"
    )


def text(number: Fraction) -> str:
    """Return a number with at most four decimals as text."""
    return f"{float(number):.4f}"


def decimals(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Draw a number with two decimals."""
    return st.integers(low * 100, high * 100).map(lambda cents: Fraction(cents, 100))


# The largest performance of a die, and the smallest die of a performance.


@given(decimals(2, 4000), decimals(1, 4000), decimals(1, 20), decimals(1, 900), decimals(1, 9000))
def test_the_largest_performance_of_a_die_is_the_lower_limit_or_that_of_its_density(
    check: Check,
    first: Fraction,
    second: Fraction,
    density: Fraction,
    area: Fraction,
    now: Fraction,
) -> None:
    """Outside of both limbs is below the first limit, and below the second or the density."""
    found = check(tier(first, second, density), tpp=text(now), die_area=f"{text(area)} mm^2")
    bound = solved(found)[TPP]
    assert outside(bound) == [below(min(first, max(second, density * area)))]
    assert bound.now is not None
    assert bound.now.value.amount.best == now


@given(decimals(2, 4000), decimals(1, 4000), decimals(1, 20), decimals(1, 900), decimals(1, 9000))
def test_the_smallest_die_of_a_performance_is_that_of_the_density(
    check: Check,
    first: Fraction,
    second: Fraction,
    density: Fraction,
    area: Fraction,
    now: Fraction,
) -> None:
    found = check(tier(first, second, density), tpp=text(now), die_area=f"{text(area)} mm^2")
    bound = solved(found)[AREA]
    if now >= first:
        assert outside(bound) == []
        assert bound.deciding.settled is not None
        assert bound.deciding.settled.verdict is Verdict.met
    elif now < second:
        assert bound.deciding.settled is not None
        assert bound.deciding.settled.verdict is Verdict.not_met
    else:
        assert outside(bound) == [above(now / density)]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("at_least", below(1000)),
        ("more_than", up_to(1000)),
        ("at_most", above(1000)),
        ("less_than", (Fraction(1000), True, None, False)),
    ],
)
def test_whether_the_limit_itself_is_outside_follows_the_relation(
    relation: str, expected: Edges, check: Check
) -> None:
    found = check(f"all: {{tpp: {{{relation}: 1000 TOPS*bit}}}}", tpp="7")
    assert outside(solved(found)[TPP]) == [expected]


def test_what_lies_between_two_bands_is_outside_too(check: Check) -> None:
    band = "all: {{tpp: {{at_least: {} TOPS*bit, less_than: {} TOPS*bit}}}}"
    found = check(band.format(10, 20), band.format(30, 40), tpp="7")
    bound = solved(found)[TPP]
    assert outside(bound) == [below(10), (20, True, 30, False), (40, True, None, False)]


def test_what_a_secret_condition_leaves_open_is_not_outside(check: Check) -> None:
    found = check("all: {tpp: {at_least: 10 TOPS*bit}, unpublished: a secret}", tpp="7")
    assert outside(solved(found)[TPP]) == [below(10)]


def test_each_rule_has_its_own_part_outside(check: Check) -> None:
    limit = "all: {{tpp: {{at_least: {} TOPS*bit}}}}"
    found = check(limit.format(20), limit.format(10), tpp="7")
    bound = solved(found)[TPP]
    by_rule = {
        name: edges(list(headroom.outside(each)), TPP) for name, each in bound.by_rule.items()
    }
    assert by_rule == {"own-0": [below(20)], "own-1": [below(10)]}
    assert outside(bound) == [below(10)]


def test_a_sum_is_solved_for_each_of_its_inputs(check: Check) -> None:
    found = check(
        "all: {io_bandwidth: {at_least: 500 GB/s}}",
        link_bandwidth="300 GB/s",
        host_bandwidth="64 GB/s",
    )
    found_by_name = {name: outside(bound) for name, bound in solved(found).items()}
    assert found_by_name == {"link_bandwidth": [below(436)], "host_bandwidth": [below(200)]}


def test_inputs_of_a_rule_that_another_refers_to_are_solved(check: Check) -> None:
    """Boards follow ATL.1 and ATL.2: of 800 mm², below 1,600, which is 2 a mm²."""
    found = check(
        names=("atl-board",), item="board", market="datacenter", tpp="10", die_area="800 mm^2"
    )
    assert outside(solved(found)[TPP]) == [below(1600)]


def test_without_such_dies_only_the_performance_counts(check: Check, store: Store) -> None:
    found = check(tier(Fraction(3000), Fraction(1000), Fraction(4)), sheet=store.sheet("p1"))
    bound = solved(found)[TPP]
    assert outside(bound) == [below(3000)]
    assert bound.now is not None
    assert bound.now.value.amount.best == 80


def test_an_input_is_not_solved_while_another_is_unknown(check: Check) -> None:
    found = check(tier(Fraction(3000), Fraction(1000), Fraction(4)), tpp="2000")
    assert list(solved(found)) == [AREA]
    assert solved(found)[AREA].now is None


def test_nothing_is_solved_while_two_inputs_are_unknown(check: Check) -> None:
    assert solved(check(tier(Fraction(3000), Fraction(1000), Fraction(4)))) == {}


def test_letters_and_what_remains_name_no_bound(check: Check) -> None:
    found = check(names=("atl-9",), memory_bandwidth="5 GB/s", tpp="5", die_area="5 mm^2")
    assert solved(found) == {}


# Circumstances that are not known are taken each way in turn.

OTHERS = ("consumer", "workstation", "automotive", "edge")


def test_no_value_is_outside_that_a_market_brings_inside(check: Check) -> None:
    found = by_market(
        check(
            "all: {tpp: {at_least: 1000 TOPS*bit}, market: datacenter}",
            "all: {tpp: {at_least: 3000 TOPS*bit}}",
            tpp="10",
        )
    )
    assert {market: outside(bound) for market, bound in found.items()} == {
        ("datacenter",): [below(1000)],
        OTHERS: [below(3000)],
    }
    inside = holding(Fraction(2000), found[("datacenter",)].deciding.outcomes)
    assert [each.judgement.verdict for each in inside] == [Verdict.met]


def test_a_market_that_is_known_is_not_taken(check: Check) -> None:
    rule = "all: {tpp: {at_least: 1000 TOPS*bit}, market: datacenter}"
    assert outside(solved(check(rule, tpp="10", market="datacenter"))[TPP]) == [below(1000)]
    settled = solved(check(rule, tpp="10", market="edge"))[TPP].deciding.settled
    assert settled is not None
    assert settled.verdict is Verdict.not_met


def test_a_circumstance_is_taken_only_where_it_matters_and_as_far_as_it_does(check: Check) -> None:
    """The memory matters for data centers alone; consumers share a limit with other memory."""
    rule = (
        "any:\n"
        "  - {cite: a, all: {tpp: {at_least: 10 TOPS*bit}, market: datacenter, memory_kind: hbm}}\n"
        "  - {cite: b, all: {tpp: {at_least: 20 TOPS*bit}, market: [datacenter, consumer]}}\n"
        "  - {cite: c, all: {tpp: {at_least: 30 TOPS*bit}}}"
    )
    found = by_market(check(rule, tpp="5"))
    assert {taken: outside(bound) for taken, bound in found.items()} == {
        ("datacenter", "hbm"): [below(10)],
        ("datacenter", "other"): [below(20)],
        ("consumer",): [below(20)],
        OTHERS[1:]: [below(30)],
    }


@pytest.mark.parametrize("market", ["datacenter", *OTHERS])
@pytest.mark.parametrize("memory", ["hbm", "other"])
def test_a_bound_holds_for_all_values_of_the_circumstances_it_takes(
    market: str, memory: str, check: Check
) -> None:
    """Each memory cuts the markets in its own way: a bound may not speak for both cuts."""
    rule = (
        "any:\n"
        "  - {cite: a, all: {memory_kind: hbm, market: datacenter, tpp: {at_least: 10 TOPS*bit}}}\n"
        "  - cite: b\n"
        "    all: {memory_kind: other, market: [datacenter, edge], tpp: {at_least: 20 TOPS*bit}}\n"
        "  - {cite: c, all: {tpp: {at_least: 30 TOPS*bit}}}"
    )
    limits = {("datacenter", "hbm"): 10, ("datacenter", "other"): 20, ("edge", "other"): 20}
    expected = [below(limits.get((market, memory), 30))]
    said = {"market": market, "memory_kind": memory}
    held = [
        bound
        for bound in bounds(check(rule, tpp="5"))
        if all(said[words.name] in words.values for words in bound.where)
    ]
    assert [outside(bound) for bound in held] == [expected]


def test_for_whom_a_rule_applies_at_all_is_taken_too(check: Check) -> None:
    found = by_market(
        check(
            "all: {tpp: {at_least: 10 TOPS*bit}}",
            tpp="5",
            scope="applies_to: {market: datacenter}",
        )
    )
    assert outside(found[("datacenter",)]) == [below(10)]
    settled = found[OTHERS].deciding.settled
    assert settled is not None
    assert settled.verdict is Verdict.not_met


# What is inside, and what is not known.


def test_what_one_rule_catches_is_inside_whatever_a_secret_of_another_is(check: Check) -> None:
    found = check(
        "all: {tpp: {at_least: 10 TOPS*bit}, unpublished: a secret}",
        "all: {tpp: {at_least: 20 TOPS*bit}}",
        tpp="7",
    )
    verdicts = [each.judgement.verdict for each in solved(found)[TPP].deciding.outcomes]
    assert verdicts == [Verdict.not_met, Verdict.unknown, Verdict.met]


def test_a_figure_of_zero_is_among_the_values_of_its_input(check: Check) -> None:
    bound = solved(check("all: {tpp: {more_than: 0 TOPS*bit}}", tpp="0"))[TPP]
    assert outside(bound) == [(Fraction(0), True, Fraction(0), True)]


def test_an_input_is_not_solved_while_another_is_a_range(check: Check, load: Load) -> None:
    sheet = load(
        "values:\n  throughput:\n"
        "    - {value: 200, range: [100, 300], unit: TOPS, status: official, source: sheet,\n"
        "       when: {format: int8, engine: tensor, sparsity: dense}}\n"
        "dies:\n  - {name: X1, transistor: finfet,\n"
        "     area: {value: 400, unit: mm^2, status: official, source: sheet}}\n"
    )
    found = check(tier(Fraction(3000), Fraction(1000), Fraction(4)), sheet=sheet)
    assert list(solved(found)) == [TPP]


def test_a_rule_of_the_users_own_counts_in_what_is_outside_all(check: Check) -> None:
    found = check("all: {tpp: {at_least: 1000 TOPS*bit}}", kind="policy", tpp="7")
    assert outside(solved(found)[TPP]) == [below(1000)]


def test_two_rules_of_one_paragraph_are_both_solved(store: Store, tmp_path: Path) -> None:
    paths = []
    for name, limit in (("one", 10), ("two", 20)):
        criteria = f"    all: {{tpp: {{at_least: {limit} TOPS*bit}}}}\n"
        text_of = OWN.format(name=name, kind="policy", scope="", criteria=criteria)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text_of.replace(f"Own {name}", "Own"), encoding="utf-8")
        paths.append(path)
    day = Ruleset(Rulebook(store, paths), TODAY, ["one", "two"])
    item = suppose(blank(store.vocabulary), {"tpp": "5"}, store.vocabulary)
    (bound,) = bounds(day.check(item.evaluator))
    by_rule = {name: list(headroom.outside(each)) for name, each in bound.by_rule.items()}
    assert {name: edges(each, TPP) for name, each in by_rule.items()} == {
        "one": [below(10)],
        "two": [below(20)],
    }


# The same bound as plain rates.


@given(decimals(1, 9000))
def test_a_bound_on_performance_is_a_rate_at_each_format(store: Store, bound: Fraction) -> None:
    found = list(rates(key(TPP), bound, store.vocabulary))
    assert found == [
        Rate("INT8", bound / 8, bound / 8, "TOPS"),
        Rate("FP16", bound / 16, bound / 16, "TFLOPS"),
        Rate("TF32", bound / 32, bound / 19, "TFLOPS"),
        Rate("FP32", bound / 32, bound / 32, "TFLOPS"),
    ]


@pytest.mark.parametrize("metric", [AREA, PD, "io_bandwidth", "memory_bandwidth"])
def test_other_bounds_are_no_rates(metric: str, store: Store) -> None:
    assert list(rates(key(metric), Fraction(1), store.vocabulary)) == []


# Distances.


def only(found: Checked) -> list[Distance]:
    return list(distances(found))


@pytest.mark.parametrize("relation", ["at_least", "more_than", "at_most", "less_than"])
@given(decimals(0, 9), decimals(0, 9))
def test_a_distance_is_what_lies_above_the_line_and_negative_below(
    relation: str, check: Check, value: Fraction, limit: Fraction
) -> None:
    rule = f"all: {{memory_bandwidth: {{{relation}: {text(limit)} TB/s}}}}"
    (found,) = only(check(rule, memory_bandwidth=f"{text(value * 1000)} GB/s"))
    assert found.value is not None
    assert found.away is not None
    assert (found.value.best, found.away.best) == (value, value - limit)
    assert found.away.exact


def test_the_distance_of_a_range_is_a_range(check: Check, load: Load) -> None:
    sheet = load(
        "values:\n  board_power:\n    - {value: 400, range: [300, 550], unit: W, "
        "status: official, source: sheet}\n"
    )
    (found,) = only(check("all: {board_power: {less_than: 500 W}}", sheet=sheet))
    assert found.away is not None
    assert found.away == Interval(Fraction(-200), Fraction(-100), Fraction(50))


def test_what_is_not_known_has_no_distance(check: Check) -> None:
    (found,) = only(check("all: {board_power: {less_than: 500 W}}"))
    assert (found.value, found.away) == (None, None)


def test_a_price_in_another_currency_has_no_distance(check: Check, store: Store) -> None:
    (found,) = only(check("all: {price: {less_than: 500 USD}}", sheet=store.sheet("lt910")))
    assert (found.value, found.away) == (None, None)


def test_every_line_is_there_in_the_order_of_the_text_under_its_limb(check: Check) -> None:
    rule = (
        "any:\n"
        "  - {cite: a, all: {tpp: {at_least: 3 TOPS*bit, less_than: 9 TOPS*bit}}}\n"
        "  - cite: b\n    all: {board_power: {at_most: 5 W}}\n"
        "    any: [{all: {memory_bandwidth: {more_than: 1 GB/s}}}]\n"
        "except: [{cite: c, all: {market: edge, link_bandwidth: {less_than: 2 GB/s}}}]"
    )
    found = [
        (each.limb, each.line.node.of.name, each.line.node.relation)
        for each in only(check(rule, tpp="5"))
        if isinstance(each.line.node, Threshold)
    ]
    assert found == [
        ("a", "tpp", "at_least"),
        ("a", "tpp", "less_than"),
        ("b", "board_power", "at_most"),
        ("b", "memory_bandwidth", "more_than"),
        ("c", "link_bandwidth", "less_than"),
    ]


def test_lines_of_another_rule_are_counted_there_alone(check: Check) -> None:
    found = only(check(names=("atl-9",), tpp="5"))
    assert [each.line.node.of.name for each in found if isinstance(each.line.node, Threshold)] == [
        "memory_bandwidth"
    ]
