"""Deciding facts, against a plain reading of the rule's text at every point that matters."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise, product
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import yamlio
from chipcalc.check.day import Ruleset
from chipcalc.check.what_if import blank
from chipcalc.deciding.decide import decide, is_open
from chipcalc.deciding.outcome import Choices, Deciding, Outcome, Span
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing, key
from chipcalc.rules import criteria
from chipcalc.rules.case import Case, Judgement
from chipcalc.rules.reader import from_data
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval
from chipcalc.values.interval import exactly as one_amount
from chipcalc.values.logic import Verdict
from chipcalc.values.units import ONE, Quantity
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary
from daily import examples
from shared import rulebook

Rule: TypeAlias = Mapping[str, Any]
Numbers: TypeAlias = Mapping[str, Fraction]
Texts: TypeAlias = Mapping[str, Rule]

SPECS = Path(__file__).parents[1] / "specs"
TPP, AREA, PD = "tpp", "applicable_die_area", "performance_density"
LINK, HOST, IO = "link_bandwidth", "host_bandwidth", "io_bandwidth"
MEMORY, POWER = "memory_bandwidth", "board_power"
UNITS = {
    TPP: "TOPS*bit",
    AREA: "mm^2",
    PD: "TOPS*bit/mm^2",
    LINK: "GB/s",
    HOST: "GB/s",
    IO: "GB/s",
    MEMORY: "GB/s",
    POWER: "W",
    "sum": "GB/s",
    "most": "GB/s",
    "least": "GB/s",
    "product": "GB*W/s",
}
FORMULAS: Mapping[str, Any] = {
    "sum": {"add": [MEMORY, LINK]},
    "most": {"largest": [MEMORY, LINK]},
    "least": {"smallest": ["sum", HOST]},
    "product": {"multiply": [POWER, MEMORY]},
}
MARKETS = ("datacenter", "consumer", "workstation", "automotive", "edge")
HOLDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "less_than": lt,
}
UNDEFINED = {PD: "no dies, no density"}
A_LITTLE = Fraction(1, 997)


# What is known of an item, and the program's answer.


class Known(NamedTuple):
    """What is known of a number: from `low` to `high`, both included; no end where it is open.

    `positive` excludes zero; what is not `offered` is zero; one that is only `bounded` has no
    figure, and its ends are what is published otherwise.
    """

    low: Fraction = Fraction(0)
    high: Fraction | None = None
    positive: bool = False
    offered: bool = True
    bounded: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def allows(self, value: Fraction) -> bool:
        """Whether the number may have a value."""
        below = self.high is None or value <= self.high
        return self.low <= value and below and (value > 0 or not self.positive)


MISSING = Known()
SOME = Known(positive=True)
NOT_OFFERED = Known(high=Fraction(0), offered=False)


def between(low: Fraction | int, high: Fraction | int) -> Known:
    """Return a number in a range."""
    return Known(Fraction(low), Fraction(high))


def exactly(value: Fraction | int) -> Known:
    """Return a number that is known."""
    return between(value, value)


class Item(NamedTuple):
    """What is known of an item: its numbers, and for whom it is made, where that is known."""

    numbers: Mapping[str, Known]
    market: str = ""


def vocabulary_of(store: Store) -> Vocabulary:
    """Return the made-up vocabulary with a few more derived metrics."""
    data = {"label": "X", "section": "X", "say": "X."}
    more = {
        name: MetricDefinition.model_validate(data | {"unit": UNITS[name], "formula": formula})
        for name, formula in FORMULAS.items()
    }
    known = store.vocabulary
    return known.model_copy(update={"metrics": {**known.metrics, **more}})


def answer_of(name: str, known: Known, vocabulary: Vocabulary) -> Answer:
    """Return what an evaluator is told of a number."""
    if not known.offered:
        return Missing("not offered", "there is none")
    unit = vocabulary.metric(name).unit
    if known.high is None or known.bounded:
        low, high = (
            Figure(Quantity(one_amount(each), unit), name) if each else None
            for each in (known.low, known.high)
        )
        return Missing("unknown", "not published", (), known.positive, low, high)
    amount = Interval(known.low, known.low, known.high)
    return Figure(Quantity(amount, unit), name)


def case_of(item: Item, store: Store, day: Ruleset | None = None) -> Case:
    """Return the case of an item that says nothing but these numbers and its market."""
    vocabulary = vocabulary_of(store)
    answers = {key(name): answer_of(name, each, vocabulary) for name, each in item.numbers.items()}
    given_words = {"market": item.market} if item.market else {}
    evaluator = Evaluator(blank(vocabulary), vocabulary, answers)
    return Case(evaluator, day.provisions if day else {}, given_words)


def decided(
    rule: Rule,
    item: Item,
    store: Store,
    undefined: Mapping[str, str] = UNDEFINED,
    day: Ruleset | None = None,
) -> Deciding:
    """Return what decides a rule for an item."""
    criterion = from_data(rule, (), undefined)

    def judge(case: Case) -> Judgement:
        line = criteria.fold(criterion, case)
        return Judgement(line.verdict, line.cites())

    return decide(case_of(item, store, day), [criterion], judge)


def settled(rule: Rule, item: Item, store: Store) -> Verdict:
    """Return the verdict of a rule for an item: as read, else where every outcome agrees."""
    line = criteria.fold(from_data(rule, (), UNDEFINED), case_of(item, store))
    if line.verdict is not Verdict.unknown:
        return line.verdict
    found = decided(rule, item, store).settled
    return found.verdict if found else Verdict.unknown


# The plain reading of a rule's text at one point.


class Point(NamedTuple):
    """One value for every number, and for whom the item is made."""

    numbers: Numbers
    market: str = "datacenter"

    def value(self, name: str) -> Fraction | None:
        """Return a metric at this point; None where it is not defined."""
        if name in self.numbers:
            return self.numbers[name]
        if name == PD:
            area = self.numbers[AREA]
            return self.numbers[TPP] / area if area else None
        parts = {"sum": (MEMORY, LINK), "most": (MEMORY, LINK), IO: (LINK, HOST)}
        if name == "least":
            return min(self.numbers[MEMORY] + self.numbers[LINK], self.numbers[HOST])
        if name in parts:
            first, second = (self.numbers[each] for each in parts[name])
            return max(first, second) if name == "most" else first + second
        return self.numbers[POWER] * self.numbers[MEMORY]


@cache
def limit_of(text: str) -> Fraction:
    return Fraction(text.split(maxsplit=1)[0])


def read_entry(
    name: str, asked: Any, point: Point, texts: Texts, undefined: Mapping[str, str]
) -> bool | None:
    """Return whether one entry of ``all`` holds."""
    if name == "rule":
        names = [asked] if isinstance(asked, str) else asked
        found = [read_rule(texts[each], point, texts, undefined)[0] for each in names]
        return any_of(found)
    if name == "market":
        negated = isinstance(asked, dict)
        values = asked["not"] if isinstance(asked, dict) else asked
        return (point.market in ([values] if isinstance(values, str) else values)) != negated
    value = point.value(name)
    if value is None:
        return False if name in undefined else None
    return all(HOLDS[relation](value, limit_of(limit)) for relation, limit in asked.items())


def all_of(found: Sequence[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True


def any_of(found: Sequence[bool | None]) -> bool | None:
    return True if True in found else None if None in found else False


def read_limb(limb: Rule, point: Point, texts: Texts, undefined: Mapping[str, str]) -> bool | None:
    """Return whether a limb holds: everything under ``all``, and one thing under ``any``."""
    found = [
        read_entry(name, asked, point, texts, undefined)
        for name, asked in limb.get("all", {}).items()
    ]
    if "any" in limb:
        found.append(any_of([read_limb(each, point, texts, undefined) for each in limb["any"]]))
    return all_of(found)


def read_rule(
    rule: Rule, point: Point, texts: Texts, undefined: Mapping[str, str]
) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether a rule is met at a point, and which of its limbs are."""
    whole = read_limb(rule, point, texts, undefined)
    taken = any_of([read_limb(each, point, texts, undefined) for each in rule.get("except", ())])
    verdict = all_of([whole, None if taken is None else not taken])
    limbs = [each for each in rule.get("any", ()) if "cite" in each]
    met = (each["cite"] for each in limbs if read_limb(each, point, texts, undefined))
    return verdict, tuple(met) if verdict else ()


def expected(
    rule: Rule, point: Point, texts: Texts, undefined: Mapping[str, str] = UNDEFINED
) -> Judgement:
    verdict, cites = read_rule(rule, point, texts, undefined)
    words = {True: Verdict.met, False: Verdict.not_met, None: Verdict.unknown}
    return Judgement(words[verdict], cites)


# Every point that matters: each boundary, just below and above it, and between.


def compared(rule: Rule, texts: Texts) -> dict[str, set[Fraction]]:
    """Return every limit in a rule's text, by metric."""
    found: dict[str, set[Fraction]] = {}

    def collect(limb: Rule) -> None:
        for name, asked in limb.get("all", {}).items():
            if name == "rule":
                for each in [asked] if isinstance(asked, str) else asked:
                    collect(texts[each])
            elif name in UNITS:
                found.setdefault(name, set()).update(map(limit_of, asked.values()))
        for part in (*limb.get("any", ()), *limb.get("except", ())):
            collect(part)

    collect(rule)
    return found


def meeting(joint: str, limit: Fraction, other: str, value: Fraction) -> Iterator[Fraction]:
    """Yield the second number at which a joint metric is at its limit, for one value of a first."""
    if joint == PD and other == AREA:
        yield limit * value
    elif joint == PD and limit:
        yield value / limit
    elif joint in (IO, "sum"):
        yield limit - value
    elif joint == "most":
        yield limit
    elif joint == "product" and value:
        yield limit / value


PARTS = {
    PD: (TPP, AREA),
    IO: (LINK, HOST),
    "sum": (MEMORY, LINK),
    "most": (MEMORY, LINK),
    "product": (POWER, MEMORY),
}


def around(values: set[Fraction], known: Known, steps: Sequence[Fraction]) -> list[Fraction]:
    """Return values with what lies a step from them, between and beyond, where allowed."""
    edges = sorted(values)
    between_them = {(a + b) / 2 for a, b in pairwise(edges)}
    near = {each + step for each in edges for step in steps}
    return sorted(filter(known.allows, near | between_them | {edges[-1] * 3 + 1}))


class Grid(NamedTuple):
    """The limits of a rule by metric, and the item it is read for."""

    limits: Mapping[str, set[Fraction]]
    item: Item

    def own(self, name: str) -> set[Fraction]:
        """Return the limits of a number itself, and the ends of what it may be."""
        known = self.item.numbers[name]
        ends = {known.low} | ({known.high} if known.high is not None else set())
        return self.limits.get(name, set()) | ends

    def turns(self, name: str, at: Numbers) -> set[Fraction]:
        """Return where something changes with a number, for what others are already `at`."""
        found = self.own(name)
        for joint, parts in PARTS.items():
            if name in parts and joint in self.limits:
                other = parts[1 - parts.index(name)]
                values = {at[other]} if other in at else self.own(other)
                for limit, value in product(self.limits[joint], values):
                    found.update(meeting(joint, limit, other, value))
        return found

    def spread(self, names: Sequence[str], at: Numbers) -> Iterator[Numbers]:
        """Yield every combination of values of some numbers, the last one most finely."""
        if not names:
            yield at
            return
        first, *rest = names
        steps = (Fraction(0),) if rest else (-A_LITTLE, Fraction(0), A_LITTLE)
        for value in around(self.turns(first, at), self.item.numbers[first], steps):
            yield from self.spread(rest, {**at, first: value})


def points(rule: Rule, item: Item, texts: Texts) -> Iterator[Point]:
    """Yield the points of an item at which a rule may change, and others around them."""
    fixed = {name: known.low for name, known in item.numbers.items() if known.exact}
    free = [name for name in item.numbers if name not in fixed]
    values = Grid(compared(rule, texts), item).spread(free, fixed)
    asked = MARKETS if "'market'" in repr((rule, texts)) else MARKETS[:1]
    for at, market in product(values, (item.market,) if item.market else asked):
        yield Point(at, market)


# Whether an outcome holds at a point.


def contains(outcome: Outcome, point: Point) -> bool:
    """Whether all conditions of an outcome hold at a point."""
    return all(
        point.market in each.values if isinstance(each, Choices) else within(each, point)
        for each in outcome.where
    )


def within(span: Span, point: Point) -> bool:
    if span.low is None and span.high is None:
        return True
    value = point.value(span.metric[0])
    if value is None:
        return False
    assert span.unit.text == UNITS[span.metric[0]]
    below = span.low is not None and (value < span.low if span.low_included else value <= span.low)
    above = span.high is not None and (
        value > span.high if span.high_included else value >= span.high
    )
    return not (below or above)


def assert_exact(
    rule: Rule,
    item: Item,
    store: Store,
    texts: Texts | None = None,
    undefined: Mapping[str, str] = UNDEFINED,
    day: Ruleset | None = None,
    *,
    zero: bool = False,
) -> None:
    """Assert that exactly one outcome holds at every point, and that the text agrees with it.

    Points where an open number is zero are left out unless `zero`.
    """
    deciding = decided(rule, item, store, undefined, day)
    known = [name for name, each in item.numbers.items() if each.exact]
    checked = 0
    for point in points(rule, item, texts or {}):
        if not zero and not all(value or name in known for name, value in point.numbers.items()):
            continue
        found = [each for each in deciding.outcomes if contains(each, point)]
        assert [each.judgement for each in found] == [
            expected(rule, point, texts or {}, undefined)
        ], (point, deciding)
        checked += 1
    assert checked


# Rules of every shape, made up.

LIMITS: Mapping[str, Sequence[int]] = {
    TPP: (1000, 2000, 3000),
    AREA: (250, 500, 1000),
    PD: (1, 2, 4),
    LINK: (100, 200, 300),
    HOST: (100, 200, 300),
    IO: (200, 300, 500),
    MEMORY: (100, 200, 300),
    "sum": (200, 300, 500),
}
WORDS = st.sampled_from(
    ["datacenter", {"not": "datacenter"}, ["datacenter", "edge"], {"not": ["consumer", "edge"]}]
)


@st.composite
def limbs(draw: st.DrawFn, metrics: Sequence[str], cite: str = "") -> Rule:
    """Draw a limb: one to three comparisons, and perhaps a market."""
    asked: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(metrics), min_size=1, max_size=3)):
        relation = draw(st.sampled_from(list(HOLDS)))
        limit = draw(st.sampled_from(LIMITS[name]))
        asked.setdefault(name, {})[relation] = f"{limit} {UNITS[name]}"
    if draw(st.integers(0, 3)) == 0:
        asked["market"] = draw(WORDS)
    return {"all": asked, **({"cite": cite} if cite else {})}


@st.composite
def rules(draw: st.DrawFn, metrics: Sequence[str]) -> Rule:
    """Draw a rule: one to three limbs, and perhaps an exception."""
    found = [draw(limbs(metrics, cite)) for cite in "abc"[: draw(st.integers(1, 3))]]
    taken = [draw(limbs(metrics))] if draw(st.booleans()) else []
    return {"any": found, **({"except": taken} if taken else {})}


def amounts(limits: Sequence[int]) -> st.SearchStrategy[Fraction]:
    """Draw an amount: a limit itself, or one beside it."""
    beside = st.fractions(Fraction(1, 2), limits[-1] * 2, max_denominator=4)
    return st.one_of(st.sampled_from(limits).map(Fraction), beside)


def ranges(limits: Sequence[int]) -> st.SearchStrategy[Known]:
    """Draw a range, closed at both ends."""
    ends = st.lists(amounts(limits), min_size=2, max_size=2, unique=True).map(sorted)
    return ends.map(lambda found: between(*found))


def bounded(limits: Sequence[int]) -> st.SearchStrategy[Known]:
    """Draw a number that is not published, and bounded at one end or both."""
    positive = st.booleans()
    return st.one_of(
        st.builds(lambda low: Known(low, bounded=True), amounts(limits)),
        st.builds(
            lambda high, more: Known(high=high, positive=more, bounded=True),
            amounts(limits),
            positive,
        ),
        ranges(limits).map(lambda found: found._replace(bounded=True)),
    )


def opens(limits: Sequence[int]) -> st.SearchStrategy[Known]:
    """Draw a number that is not known, bounded, or known as a range only."""
    return st.one_of(st.sampled_from([MISSING, SOME]), bounded(limits), ranges(limits))


def exacts(limits: Sequence[int]) -> st.SearchStrategy[Known]:
    return amounts(limits).map(exactly)


def parts_of(name: str, known: Known) -> st.SearchStrategy[Known]:
    """Draw a narrower range of a number, what bounds it, one of its values, or the same."""
    inside = amounts(LIMITS[name]).filter(known.allows)
    return st.one_of(
        st.just(known),
        inside.map(exactly),
        inside.map(lambda high: known._replace(high=high, bounded=True)),
        st.tuples(inside, inside).map(lambda ends: between(min(ends), max(ends))),
    )


MAYBE_MARKET = st.sampled_from(["", "datacenter", "edge"])
DENSITY = (TPP, AREA, PD)
LINKS = (LINK, HOST, IO)
MEMORY_AND_LINKS = (MEMORY, LINK, "sum")


# Outcomes: exact and complete.


@pytest.mark.parametrize(("first", "second"), [(TPP, AREA), (AREA, TPP)])
@examples(daily=10)
@given(st.data())
def test_one_open_number_has_exactly_one_outcome_at_every_value(
    first: str, second: str, store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(DENSITY))
    numbers = {
        first: data.draw(opens(LIMITS[first])),
        second: data.draw(exacts(LIMITS[second])),
    }
    assert_exact(rule, Item(numbers, data.draw(MAYBE_MARKET)), store)


@examples(daily=10)
@given(st.data())
def test_two_open_numbers_of_a_quotient_have_exactly_one_outcome_at_every_point(
    store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(DENSITY))
    numbers = {name: data.draw(opens(LIMITS[name])) for name in (TPP, AREA)}
    assert_exact(rule, Item(numbers, data.draw(MAYBE_MARKET)), store)


@pytest.mark.parametrize("metrics", [LINKS, MEMORY_AND_LINKS])
@examples(daily=10)
@given(st.data())
def test_two_open_numbers_of_a_sum_have_exactly_one_outcome_at_every_point(
    metrics: Sequence[str], store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(metrics))
    numbers = {name: data.draw(opens(LIMITS[name])) for name in metrics[:2]}
    assert_exact(rule, Item(numbers, data.draw(MAYBE_MARKET)), store)


@examples(daily=10)
@given(st.data())
def test_without_a_word_on_it_a_criterion_on_an_undefined_density_stays_unknown(
    store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(DENSITY))
    numbers = {TPP: data.draw(opens(LIMITS[TPP])), AREA: exactly(0)}
    assert_exact(rule, Item(numbers, data.draw(MAYBE_MARKET)), store, undefined={})


@examples(daily=10)
@given(st.data())
def test_without_dies_of_the_kind_only_the_other_criteria_decide(
    store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules((TPP, PD)))
    numbers = {TPP: data.draw(opens(LIMITS[TPP])), AREA: exactly(0)}
    assert_exact(rule, Item(numbers, data.draw(MAYBE_MARKET)), store)


@examples(daily=10)
@given(st.data())
def test_what_a_chip_does_not_have_adds_nothing_to_what_decides(
    store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(LINKS))
    numbers = {LINK: data.draw(opens(LIMITS[LINK])), HOST: NOT_OFFERED}
    assert_exact(rule, Item(numbers, data.draw(MAYBE_MARKET)), store)


# Settled: only when every outcome agrees, and always then.


@pytest.mark.parametrize("metrics", [DENSITY, LINKS, MEMORY_AND_LINKS])
@examples(daily=10)
@given(st.data())
def test_a_verdict_is_settled_exactly_when_every_point_agrees(
    metrics: Sequence[str], store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(metrics))
    either = {name: st.one_of(opens(LIMITS[name]), exacts(LIMITS[name])) for name in metrics[:2]}
    item = Item({name: data.draw(each) for name, each in either.items()}, data.draw(MAYBE_MARKET))
    found = {expected(rule, point, {}).verdict for point in points(rule, item, {})}
    right = found.pop() if len(found) == 1 else Verdict.unknown
    assert settled(rule, item, store) is right


@examples(daily=10)
@given(st.data())
def test_a_settled_verdict_cites_the_limbs_that_are_met_everywhere(
    store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(DENSITY))
    item = Item({name: data.draw(opens(LIMITS[name])) for name in (TPP, AREA)})
    found = decided(rule, item, store).settled
    cites = [set(expected(rule, point, {}).cites) for point in points(rule, item, {})]
    assert found is None or set(found.cites) == set.intersection(*cites)


@pytest.mark.parametrize(
    ("low", "high", "inside"),
    [  # the ends of an amount, against the span from 1 to 3 with each of its ends, or none
        (1, 2, {"[]", "[)", "[-", "-]", "-)", "--"}),
        (2, 3, {"[]", "(]", "[-", "(-", "-]", "--"}),
        (2, 2, {"[]", "[)", "(]", "()", "[-", "(-", "-]", "-)", "--"}),
        (1, 3, {"[]", "[-", "-]", "--"}),
        (0, 2, {"-]", "-)", "--"}),
        (2, 4, {"[-", "(-", "--"}),
    ],
)
def test_a_span_contains_an_amount_whose_ends_it_both_holds(
    low: int, high: int, inside: set[str]
) -> None:
    amount = Interval(Fraction(low), Fraction(low), Fraction(high))
    found = set()
    for begins, ends in product("[(-", "])-"):
        first, last = (None if e == "-" else Fraction(n) for e, n in ((begins, 1), (ends, 3)))
        span = Span(key(TPP, {}), ONE, first, last, begins == "[", ends == "]")
        found |= {begins + ends} if span.contains(amount) else set()
    assert found == inside


def test_outcomes_that_differ_in_their_limbs_alone_settle_the_verdict(store: Store) -> None:
    rule = {
        "any": [
            {"cite": "a", "all": {TPP: {"at_least": "5 TOPS*bit"}}},
            {"cite": "b", "all": {TPP: {"less_than": "5 TOPS*bit"}}},
        ]
    }
    found = decided(rule, Item({TPP: MISSING}), store)
    assert [each.judgement.cites for each in found.outcomes] == [("b",), ("a",)]
    assert found.settled == Judgement(Verdict.met, ())


def test_outcomes_that_are_all_unknown_settle_nothing(store: Store) -> None:
    rule = {"all": {TPP: {"at_least": "0 TOPS*bit"}, "unpublished": "a secret"}}
    assert decided(rule, Item({TPP: MISSING}), store).settled is None


# Narrowing.


@pytest.mark.parametrize("metrics", [DENSITY, LINKS])
@examples(daily=10)
@given(st.data())
def test_knowing_more_never_turns_a_settled_verdict_into_the_other(
    metrics: Sequence[str], store: Store, data: st.DataObject
) -> None:
    rule = data.draw(rules(metrics))
    wide = {name: data.draw(opens(LIMITS[name])) for name in metrics[:2]}
    narrow = {name: data.draw(parts_of(name, known)) for name, known in wide.items()}
    market = data.draw(MAYBE_MARKET)
    before = settled(rule, Item(wide, market), store)
    after = settled(rule, Item(narrow, market or data.draw(MAYBE_MARKET)), store)
    assert before in (Verdict.unknown, after)


@pytest.mark.parametrize("metrics", [DENSITY, LINKS, MEMORY_AND_LINKS])
@examples(daily=10)
@given(st.data())
def test_a_bound_settles_a_verdict_and_never_turns_it(
    metrics: Sequence[str], store: Store, data: st.DataObject
) -> None:
    """Unknown, or as every value within the bounds comes out by itself."""
    rule = data.draw(rules(metrics))
    within = {name: data.draw(bounded(LIMITS[name])) for name in metrics[:2]}
    market = data.draw(MAYBE_MARKET)
    free = {name: known._replace(low=Fraction(0), high=None) for name, known in within.items()}
    found = settled(rule, Item(within, market), store)
    assert settled(rule, Item(free, market), store) in (Verdict.unknown, found)
    drawn = st.fixed_dictionaries(
        {name: amounts(LIMITS[name]).filter(known.allows) for name, known in within.items()}
    )
    values = {name: exactly(value) for name, value in data.draw(drawn).items()}
    certain = market or data.draw(st.sampled_from(MARKETS))
    assert found in (Verdict.unknown, settled(rule, Item(values, certain), store))


def test_a_die_area_that_may_be_zero_does_not_settle_what_a_narrower_one_turns(
    store: Store,
) -> None:
    rule = {"all": {PD: {"at_least": "4 TOPS*bit/mm^2"}}}
    wide = Item({TPP: exactly(1000), AREA: between(0, 300)})
    narrow = Item({TPP: exactly(1000), AREA: between(1, 250)})
    assert settled(rule, narrow, store) is Verdict.met
    assert settled(rule, wide, store) is Verdict.unknown


# Zero.

DENSE = {"any": [{"cite": "a", "all": {PD: {"at_least": "4 TOPS*bit/mm^2"}}}]}


@pytest.mark.parametrize("area", [MISSING, between(0, 400)])
def test_a_die_area_of_zero_has_an_outcome_of_its_own_where_it_matters(
    area: Known, store: Store
) -> None:
    assert_exact(DENSE, Item({TPP: exactly(1000), AREA: area}), store, zero=True)


def test_a_die_area_that_is_more_than_zero_has_no_outcome_at_zero(store: Store) -> None:
    found = decided(DENSE, Item({TPP: exactly(1000), AREA: SOME}), store)
    spans = [each for outcome in found.outcomes for each in outcome.where]
    assert [(each.low, each.high) for each in spans if isinstance(each, Span)] == [
        (None, 250),
        (250, None),
    ]
    assert_exact(DENSE, Item({TPP: exactly(1000), AREA: SOME}), store, zero=True)


def test_a_rule_on_area_alone_is_settled_by_an_area_that_is_more_than_zero(store: Store) -> None:
    rule = {"all": {AREA: {"more_than": "0 mm^2"}}}
    assert settled(rule, Item({AREA: SOME}), store) is Verdict.met
    assert settled(rule, Item({AREA: MISSING}), store) is Verdict.unknown


def test_a_performance_of_zero_has_an_outcome_of_its_own_where_it_matters(store: Store) -> None:
    rule = {"all": {TPP: {"more_than": "0 TOPS*bit"}}}
    assert_exact(rule, Item({TPP: MISSING}), store, zero=True)


@pytest.mark.parametrize("undefined", [UNDEFINED, {}])
def test_two_open_numbers_have_exactly_one_outcome_where_both_are_zero(
    undefined: Mapping[str, str], store: Store
) -> None:
    item = Item({TPP: MISSING, AREA: MISSING})
    assert_exact(DENSE, item, store, undefined=undefined, zero=True)


# Limits that coincide.


def test_at_least_and_more_than_one_limit_differ_at_that_value_alone(store: Store) -> None:
    rule = {
        "any": [
            {"cite": "a", "all": {TPP: {"at_least": "5 TOPS*bit"}}},
            {"cite": "b", "all": {TPP: {"more_than": "5 TOPS*bit"}}},
        ]
    }
    found = decided(rule, Item({TPP: MISSING}), store)
    spans = [each.where[0] for each in found.outcomes]
    ends = [(each.low, each.high) for each in spans if isinstance(each, Span)]
    assert ends == [(None, 5), (5, 5), (5, None)]
    assert [each.judgement.cites for each in found.outcomes] == [(), ("a",), ("a", "b")]


def test_one_limit_in_two_units_is_one_limit(store: Store) -> None:
    rule = {
        "all": {MEMORY: {"at_least": "2 TB/s"}},
        "any": [{"all": {MEMORY: {"less_than": "2000 GB/s"}}}],
    }
    assert settled(rule, Item({MEMORY: MISSING}), store) is Verdict.not_met


def test_a_limit_is_told_in_the_metrics_own_unit(store: Store) -> None:
    rule = {"all": {MEMORY: {"at_least": "4.8 TB/s"}}}
    below, above = decided(rule, Item({MEMORY: MISSING}), store).outcomes
    (span,) = above.where
    assert isinstance(span, Span)
    assert (span.low, span.high, span.unit.text) == (Fraction(4800), None, "GB/s")
    assert span.low_included
    assert below.judgement.verdict is Verdict.not_met


def test_the_ends_of_a_range_are_those_of_its_outcomes(store: Store) -> None:
    rule = {"all": {TPP: {"at_least": "1000 TOPS*bit"}}}
    found = decided(rule, Item({TPP: between(900, 1100)}), store)
    spans = [each for outcome in found.outcomes for each in outcome.where]
    assert [
        (each.low, each.low_included, each.high, each.high_included)
        for each in spans
        if isinstance(each, Span)
    ] == [
        (Fraction(900), True, Fraction(1000), False),
        (Fraction(1000), True, Fraction(1100), True),
    ]


def test_a_range_that_ends_on_a_limit_has_an_outcome_for_that_end(store: Store) -> None:
    rule = {"all": {TPP: {"at_least": "1000 TOPS*bit"}}}
    assert_exact(rule, Item({TPP: between(900, 1000)}), store)
    assert settled(rule, Item({TPP: between(900, 1000)}), store) is Verdict.unknown
    assert settled(rule, Item({TPP: between(1000, 1100)}), store) is Verdict.met


# Circumstances.


def test_a_circumstance_is_cut_only_where_some_criterion_cares(store: Store) -> None:
    rule = {"all": {"market": "datacenter", TPP: {"at_least": "5 TOPS*bit"}}}
    found = decided(rule, Item({TPP: exactly(6)}), store)
    assert [each.where for each in found.outcomes] == [
        (Choices("market", ("datacenter",)),),
        (Choices("market", MARKETS[1:]),),
    ]
    assert (found.metrics, found.circumstances) == ((), ("market",))


def test_a_circumstance_that_changes_nothing_is_in_no_outcome(store: Store) -> None:
    rule = {
        "all": {TPP: {"at_least": "5 TOPS*bit"}},
        "any": [{"all": {"market": "datacenter"}}, {"all": {"market": {"not": "datacenter"}}}],
    }
    found = decided(rule, Item({TPP: MISSING}), store)
    assert not any(isinstance(each, Choices) for o in found.outcomes for each in o.where)


def test_circumstances_are_taken_one_after_the_other_where_they_matter(store: Store) -> None:
    """The memory is asked for data centers alone; for all others nothing more matters."""
    rule = {"all": {"market": "datacenter", "memory_kind": "hbm", TPP: {"at_least": "5 TOPS*bit"}}}
    found = decided(rule, Item({TPP: exactly(6)}), store)
    center = Choices("market", ("datacenter",))
    assert [(each.where, each.judgement.verdict) for each in found.outcomes] == [
        ((center, Choices("memory_kind", ("hbm",))), Verdict.met),
        ((center, Choices("memory_kind", ("other",))), Verdict.not_met),
        ((Choices("market", MARKETS[1:]),), Verdict.not_met),
    ]
    assert found.circumstances == ("market", "memory_kind")


def test_circumstances_stand_before_the_numbers_that_decide_in_them(store: Store) -> None:
    rule = {"all": {TPP: {"at_least": "5 TOPS*bit"}, "market": "datacenter"}}
    wheres = [each.where for each in decided(rule, Item({TPP: MISSING}), store).outcomes]
    assert [[type(each) for each in where] for where in wheres] == [
        [Choices, Span],
        [Choices, Span],
        [Choices],
    ]


@given(st.lists(st.tuples(WORDS, st.sampled_from(["hbm", "other", ""])), min_size=1, max_size=3))
def test_every_combination_of_circumstances_has_exactly_one_outcome(
    store: Store, asked: Sequence[tuple[Any, str]]
) -> None:
    kinds = ("hbm", "other")
    rule: Rule = {
        "any": [
            {"cite": cite, "all": {"market": market, **({"memory_kind": kind} if kind else {})}}
            for cite, (market, kind) in zip("abc", asked, strict=False)
        ]
    }
    outcomes = decided(rule, Item({}), store).outcomes
    for market, kind in product(MARKETS, kinds):
        said = {"market": market, "memory_kind": kind}
        met = tuple(
            cite
            for cite, (wanted, memory) in zip("abc", asked, strict=False)
            if read_entry("market", wanted, Point({}, market), {}, {}) and memory in ("", kind)
        )
        held = [
            each.judgement
            for each in outcomes
            if all(isinstance(w, Choices) and said[w.name] in w.values for w in each.where)
        ]
        assert held == [Judgement(Verdict.met if met else Verdict.not_met, met)]


SCOPED = """\
id: own
paragraph: Own
title: A rule for one market
kind: classification
applies_to: {market: datacenter}
verified: 2026-01-01
versions:
  - in_force: 2020-01-01
    confidence: unverified
    note: Made up.
    all: {tpp: {at_least: 1000 TOPS*bit}}
"""


@pytest.mark.parametrize("performance", [exactly(2000), MISSING])
def test_for_whom_a_rule_applies_is_among_what_decides(
    performance: Known, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(SCOPED, encoding="utf-8")
    day = Ruleset(Rulebook(store, [path]), datetime.date(2026, 1, 1), ["own"])
    (finding,) = day.check(case_of(Item({TPP: performance}), store).evaluator).findings
    assert finding.deciding is not None
    assert finding.deciding.circumstances == ("market",)


# What is open, and how much of it.


@pytest.mark.parametrize(
    ("answer", "expected_open"),
    [
        (Missing("unknown", "not published"), True),
        (Missing("ambiguous", "published in two ways"), True),
        (Missing("not offered", "there is none"), False),
        (Missing("undefined", "no dies"), False),
        (Figure(Quantity(Interval(Fraction(1), Fraction(1), Fraction(2)), ONE), "X"), True),
        (Figure(Quantity(Interval(Fraction(1), Fraction(1), Fraction(1)), ONE), "X"), False),
    ],
)
def test_what_is_not_known_to_one_value_is_open(
    answer: Answer,
    expected_open: bool,  # noqa: FBT001 a parameter
) -> None:
    assert is_open(answer) == expected_open


def test_a_number_that_changes_nothing_is_in_no_outcome(store: Store) -> None:
    rule = {"all": {TPP: {"at_least": "5 TOPS*bit"}, "market": "datacenter"}}
    found = decided(rule, Item({TPP: MISSING}), store)
    assert [each.where for each in found.outcomes if len(each.where) == 1] == [
        (Choices("market", MARKETS[1:]),)
    ]


def test_a_limit_that_two_numbers_reach_together_is_told_by_their_metric(store: Store) -> None:
    found = decided(DENSE, Item({TPP: SOME, AREA: SOME}), store)
    unit = store.vocabulary.metric(PD).unit
    assert [each.where for each in found.outcomes] == [
        (Span(key(PD), unit, Fraction(4), None, low_included=True),),
        (Span(key(PD), unit, None, Fraction(4)),),
    ]


def test_a_figure_that_is_ambiguous_is_open(store: Store) -> None:
    criterion = from_data({"all": {"throughput": {"at_least": "5 TOPS"}}}, (), {})
    case = Case(Evaluator(store.sheet("a10"), store.vocabulary), {})
    found = decide(case, [criterion], lambda c: Judgement(criteria.fold(criterion, c).verdict))
    assert found.metrics == (key("throughput"),)
    assert len(found.outcomes) == 2


def test_three_missing_numbers_have_no_outcomes_and_settle_nothing(store: Store) -> None:
    links = {IO: {"at_least": "5 GB/s"}, LINK: {"at_least": "1 GB/s"}}
    found = decided({"all": {**links, TPP: {"at_least": "5 TOPS*bit"}}}, Item({}), store)
    assert set(found.metrics) == {key(LINK), key(HOST), key(TPP)}
    assert (found.outcomes, found.settled) == ((), None)


def test_a_sum_of_missing_numbers_is_one_number_where_only_the_sum_matters(store: Store) -> None:
    rule = {"all": {IO: {"at_least": "5 GB/s"}, TPP: {"at_least": "5 TOPS*bit"}}}
    found = decided(rule, Item({}), store)
    assert set(found.metrics) == {key(IO), key(TPP)}
    assert {each.judgement.verdict for each in found.outcomes} == {Verdict.met, Verdict.not_met}


def test_what_a_given_density_is_made_of_is_not_open(store: Store) -> None:
    rule = {"all": {PD: {"at_least": "4 TOPS*bit/mm^2"}, TPP: {"at_least": "5 TOPS*bit"}}}
    assert decided(rule, Item({PD: exactly(4)}), store).metrics == (key(TPP),)


def test_a_given_sum_leaves_the_other_number_to_decide(store: Store) -> None:
    rule = {"all": {IO: {"at_least": "5 GB/s"}, TPP: {"at_least": "5 TOPS*bit"}}}
    assert len(decided(rule, Item({IO: exactly(6)}), store).outcomes) == 2


def test_a_derived_metric_under_conditions_is_decided_by_what_is_open(store: Store) -> None:
    """100 TOPS over 50 to 200 W: at least 1 TOPS/W up to 100 W."""
    rule: Any = {
        "all": {"throughput_per_watt[format=int8,engine=tensor]": {"at_least": "1 TOPS/W"}}
    }
    when = {"format": "int8", "engine": "tensor"}
    vocabulary = store.vocabulary
    answers = {
        key("throughput", when): answer_of("throughput", exactly(100), vocabulary),
        key(POWER): answer_of(POWER, between(50, 200), vocabulary),
    }
    criterion = from_data(rule, (), {})
    case = Case(Evaluator(blank(vocabulary), vocabulary, answers), {})
    found = decide(case, [criterion], lambda c: Judgement(criteria.fold(criterion, c).verdict))
    assert found.metrics == (key(POWER),)
    assert [each.judgement.verdict for each in found.outcomes] == [Verdict.met, Verdict.not_met]


@pytest.mark.xfail(strict=True, reason="the usual value of a condition makes another input of it")
def test_a_link_is_one_input_with_and_without_its_usual_direction(store: Store) -> None:
    rule = {
        "all": {
            "link_bandwidth[direction=both]": {"at_least": "5 GB/s"},
            LINK: {"less_than": "5 GB/s"},
        }
    }
    assert settled(rule, Item({}), store) is Verdict.not_met


# References to other rules.


@pytest.fixture(scope="module")
def atlantis(store: Store) -> tuple[Ruleset, Texts]:
    """Return the made-up rules of a day, and their newest texts as plain data."""
    texts: dict[str, Rule] = {
        "nested": {"any": [{"cite": "n", "all": {"rule": "atl-board"}}]},
    }
    for path in sorted(SPECS.glob("rules/*/*.yaml")):
        data: Any = yamlio.load(path.read_text(encoding="utf-8"), path.name).data
        newest = data["versions"][-1]
        texts[path.stem] = {k: newest[k] for k in ("all", "any", "except") if k in newest}
    return Ruleset(rulebook(store), datetime.date(2026, 1, 1)), texts


@pytest.mark.parametrize("rule", ["atl-board", "nested"])
@examples(daily=10)
@given(st.data())
def test_a_rule_that_refers_to_others_is_decided_by_their_texts(
    rule: str, store: Store, atlantis: tuple[Ruleset, Texts], data: st.DataObject
) -> None:
    day, texts = atlantis
    numbers = {name: data.draw(opens(LIMITS[name])) for name in (TPP, AREA)}
    item = Item(numbers, data.draw(MAYBE_MARKET))
    assert_exact(texts[rule], item, store, texts, day=day)


@examples(daily=10)
@given(st.data())
def test_an_exception_that_refers_to_others_is_decided_by_their_texts(
    store: Store, atlantis: tuple[Ruleset, Texts], data: st.DataObject
) -> None:
    day, texts = atlantis
    numbers = {
        TPP: data.draw(exacts(LIMITS[TPP])),
        AREA: data.draw(opens(LIMITS[AREA])),
        MEMORY: data.draw(opens(LIMITS[MEMORY])),
    }
    item = Item(numbers, data.draw(MAYBE_MARKET))
    assert_exact(texts["atl-9"], item, store, texts, day=day)


# Formulas other than a sum and a quotient.


@examples(daily=10)
@given(st.data())
def test_a_product_of_two_open_numbers_is_decided_where_it_stands_alone(
    store: Store, data: st.DataObject
) -> None:
    rule = {"all": {"product": {"at_least": f"{data.draw(st.integers(1, 99))} GB*W/s"}}}
    assert_exact(rule, Item({POWER: MISSING, MEMORY: MISSING}), store)


@pytest.mark.parametrize("bounded", [POWER, MEMORY])
def test_a_product_is_decided_where_one_of_its_numbers_is_bounded(
    bounded: str, store: Store
) -> None:
    rule = {
        "all": {
            "product": {"at_least": "60 GB*W/s"},
            bounded: {"less_than": f"10 {UNITS[bounded]}"},
        }
    }
    assert_exact(rule, Item({POWER: SOME, MEMORY: SOME}), store)


def test_a_product_of_two_bounded_numbers_is_not_settled_too_early(store: Store) -> None:
    """9 W and 9 GB/s are below their limits of 10, and their product is above its limit of 60."""
    rule = {
        "all": {
            "product": {"at_least": "60 GB*W/s"},
            POWER: {"less_than": "10 W"},
            MEMORY: {"less_than": "10 GB/s"},
        }
    }
    item = Item({POWER: MISSING, MEMORY: MISSING})
    point = Point({POWER: Fraction(9), MEMORY: Fraction(9)})
    assert expected(rule, point, {}).verdict is Verdict.met
    assert settled(rule, item, store) is Verdict.unknown


def test_the_larger_of_two_bounded_numbers_is_not_settled_too_early(store: Store) -> None:
    """A memory of 600 GB/s beside a link of 300 GB/s fulfils all three."""
    rule = {
        "all": {
            "most": {"at_least": "500 GB/s"},
            MEMORY: {"less_than": "700 GB/s"},
            LINK: {"less_than": "400 GB/s"},
        }
    }
    item = Item({MEMORY: MISSING, LINK: MISSING})
    point = Point({MEMORY: Fraction(600), LINK: Fraction(300)})
    assert expected(rule, point, {}).verdict is Verdict.met
    assert settled(rule, item, store) is Verdict.unknown


def test_an_end_is_told_by_the_metric_that_changes_there(store: Store) -> None:
    """The lesser of the sum and a host link of 300 GB/s never reaches 500; the sum does."""
    rule = {
        "any": [
            {"cite": "a", "all": {"least": {"at_least": "500 GB/s"}}},
            {"cite": "b", "all": {"sum": {"at_least": "500 GB/s"}}},
        ]
    }
    item = Item({MEMORY: MISSING, LINK: MISSING, HOST: exactly(300)})
    assert_exact(rule, item, store)


def test_an_end_is_told_by_a_metric_that_passes_its_limit_there(store: Store) -> None:
    """The lesser of the sum and a host link of 500 GB/s stays at its limit above that sum."""
    rule = {
        "any": [
            {"cite": "a", "all": {"least": {"at_least": "500 GB/s"}}},
            {"cite": "b", "all": {"sum": {"more_than": "500 GB/s"}}},
        ]
    }
    assert_exact(rule, Item({MEMORY: MISSING, LINK: MISSING, HOST: exactly(500)}), store, zero=True)


def test_where_a_density_is_not_defined_it_tells_no_outcome(store: Store) -> None:
    """With an area of zero there is no density above 4, and the rule is not met there either."""
    rule = {"all": {PD: {"at_most": "4 TOPS*bit/mm^2"}, TPP: {"at_least": "10 TOPS*bit"}}}
    assert_exact(rule, Item({TPP: MISSING, AREA: MISSING}), store, zero=True)


# Formulas that are drawn: exact outcomes or none.

LETTERS = ("u", "v")
SIGNS_OF: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "smallest": min,
    "largest": max,
}
SOME_VALUES = sorted({Fraction(n, d) for d in (1, 2, 3) for n in range(10)} | {Fraction(40)})


def drawn_formula(data: st.DataObject, *, twice: bool) -> Any:
    """Draw a formula of both letters and up to two numbers; `twice` adds one letter again."""
    numbers = data.draw(st.lists(st.integers(1, 5).map(lambda n: f"{n} 1"), max_size=2))
    parts: list[Any] = data.draw(st.permutations([*LETTERS, *(["u"] if twice else []), *numbers]))
    while len(parts) > 1:
        first, second, *rest = parts
        pair = {data.draw(st.sampled_from(list(SIGNS_OF))): [first, second]}
        parts = data.draw(st.permutations([pair, *rest]))
    return parts[0]


def amount(formula: Any, at: Numbers) -> Fraction | None:
    """Return what a formula comes to; None where something is divided by zero."""
    if isinstance(formula, str):
        return at[formula] if formula in at else limit_of(formula)
    ((operator, operands),) = formula.items()
    first, second = (amount(each, at) for each in operands)
    if first is None or second is None or (operator == "divide" and not second):
        return None
    return SIGNS_OF[operator](first, second)


class Drawn(NamedTuple):
    """Limbs of one or more comparisons over two letters and formulas of them."""

    formulas: Mapping[str, Any]
    limbs: Sequence[Mapping[str, tuple[str, int]]]

    def case(self, known: Mapping[str, Known]) -> Case:
        data = {"label": "X", "section": "X", "say": "X.", "unit": "1"}
        metrics = {
            name: MetricDefinition.model_validate(
                {**data, "formula": self.formulas[name]} if name in self.formulas else data
            )
            for name in (*LETTERS, *self.formulas)
        }
        vocabulary = Vocabulary(conditions={}, metrics=metrics)
        answers = {key(name): answer_of(name, each, vocabulary) for name, each in known.items()}
        return Case(Evaluator(blank(vocabulary), vocabulary, answers), {})

    def decided(self, known: Mapping[str, Known]) -> Deciding:
        limbs_of: list[Any] = [
            {"cite": cite, "all": {n: {asked: f"{limit} 1"} for n, (asked, limit) in limb.items()}}
            for cite, limb in zip("abc", self.limbs, strict=False)
        ]
        criterion = from_data({"any": limbs_of}, (), {})

        def judge(case: Case) -> Judgement:
            line = criteria.fold(criterion, case)
            return Judgement(line.verdict, line.cites())

        return decide(self.case(known), [criterion], judge)

    def expected(self, values: Mapping[str, Fraction | None]) -> Judgement:
        """Return what the limbs come to by their text."""
        found = []
        for limb in self.limbs:
            read = []
            for name, (asked, limit) in limb.items():
                value = values[name]
                read.append(None if value is None else HOLDS[asked](value, Fraction(limit)))
            found.append(all_of(read))
        cites = tuple(cite for cite, each in zip("abc", found, strict=False) if each)
        words = {True: Verdict.met, False: Verdict.not_met, None: Verdict.unknown}
        return Judgement(words[any_of(found)], cites)


def holds_at(span: Span, values: Mapping[str, Fraction | None]) -> bool:
    """Whether a span holds the value of its metric; a metric that is not defined has none."""
    if span.low is None and span.high is None:
        return True
    value = values[span.metric[0]]
    if value is None:
        return False
    low = span.low is None or value > span.low or (span.low_included and value == span.low)
    high = span.high is None or value < span.high or (span.high_included and value == span.high)
    return low and high


def assert_drawn_exact(drawn: Drawn, known: Mapping[str, Known], deciding: Deciding) -> None:
    """Assert that exactly one outcome holds at every pair of values, and that it is right."""
    for u, v in product(*(filter(known[name].allows, SOME_VALUES) for name in LETTERS)):
        at = {"u": u, "v": v}
        values = {**at, **{name: amount(each, at) for name, each in drawn.formulas.items()}}
        found = [
            each.judgement
            for each in deciding.outcomes
            if all(isinstance(span, Span) and holds_at(span, values) for span in each.where)
        ]
        assert found == [drawn.expected(values)], (at, deciding)


LIMB = st.dictionaries(
    st.sampled_from(["u", "v", "w", "w", "z"]),
    st.tuples(st.sampled_from(list(HOLDS)), st.integers(0, 6)),
    min_size=1,
    max_size=3,
)
ONE_TO_EIGHT = between(1, 8)
SMALL = st.one_of(
    st.sampled_from([MISSING, SOME]),
    st.tuples(st.integers(0, 4), st.integers(1, 5)).map(lambda e: between(e[0], e[0] + e[1])),
)


@pytest.mark.parametrize("twice", [False, True])
@examples(daily=10)
@given(st.data())
def test_any_two_formulas_are_decided_exactly_or_not_at_all(
    twice: bool,  # noqa: FBT001 a parameter
    data: st.DataObject,
) -> None:
    formulas = {"w": drawn_formula(data, twice=twice), "z": drawn_formula(data, twice=False)}
    drawn = Drawn(formulas, data.draw(st.lists(LIMB, min_size=1, max_size=3)))
    known = {name: data.draw(SMALL) for name in LETTERS}
    deciding = drawn.decided(known)
    if deciding.outcomes:
        assert_drawn_exact(drawn, known, deciding)
    else:
        assert deciding.settled is None


@pytest.mark.parametrize(
    "formulas",
    [
        {"w": {"multiply": ["u", "v"]}, "z": {"divide": ["u", {"add": ["v", "1 1"]}]}},
        {"w": {"multiply": ["u", "v"]}, "z": {"add": ["u", "v"]}},
        {"w": {"add": ["u", {"multiply": ["u", "v"]}]}},
        {"w": {"multiply": ["u", {"multiply": ["v", "u"]}]}},
        {"w": {"largest": [{"divide": ["2 1", {"add": ["u", "v"]}]}, "v"]}},
        {"w": {"divide": ["u", {"subtract": ["v", "3 1"]}]}},
    ],
    ids=[
        "two curves",
        "a curve and a line",
        "a sum",
        "a square",
        "a fall and a rise",
        "a divisor that passes zero",
    ],
)
def test_what_cannot_be_solved_has_no_outcomes(formulas: Mapping[str, Any]) -> None:
    limb = dict.fromkeys(formulas, ("at_least", 4))
    found = Drawn(formulas, [limb]).decided({"u": MISSING, "v": MISSING})
    assert set(found.metrics) == {key("u"), key("v")}
    assert (found.outcomes, found.settled) == ((), None)


@pytest.mark.parametrize(
    ("formula", "limbs"),
    [
        (
            {"multiply": ["u", {"subtract": ["v", "4 1"]}]},
            [{"w": ("at_least", 6), "v": ("at_most", 6)}],
        ),
        ({"divide": [{"subtract": ["u", "5 1"]}, "v"]}, [{"w": ("more_than", 4)}]),
        (
            {"multiply": ["u", "v"]},
            [{"w": ("at_least", 6), "u": ("at_most", 2)}, {"w": ("more_than", 4)}],
        ),
        ({"smallest": ["u", {"add": ["v", "1 1"]}]}, [{"w": ("at_least", 3)}]),
        ({"largest": ["u", "v"]}, [{"w": ("at_most", 2)}, {"w": ("at_most", 4)}]),
    ],
    ids=[
        "a factor that passes zero",
        "a dividend that passes zero",
        "two limits of a product",
        "the lesser of two",
        "two limits of the larger of two",
    ],
)
def test_what_can_be_solved_has_exact_outcomes(
    formula: Any, limbs: Sequence[Mapping[str, tuple[str, int]]]
) -> None:
    drawn = Drawn({"w": formula}, limbs)
    for known in (
        {"u": SOME, "v": SOME},
        {"u": MISSING, "v": MISSING},
        {"u": SOME, "v": ONE_TO_EIGHT},
    ):
        found = drawn.decided(known)
        assert {each.judgement.verdict for each in found.outcomes} >= {Verdict.met, Verdict.not_met}
        assert_drawn_exact(drawn, known, found)
