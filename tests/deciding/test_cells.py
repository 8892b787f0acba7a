"""Cells, judged once, against every rule read anew at every piece of what is open."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import straightforward
from chipcalc import yamlio
from chipcalc.check.day import DayRules
from chipcalc.check.what_if import blank
from chipcalc.deciding.cells import Cells
from chipcalc.deciding.decide import decide
from chipcalc.deciding.known import Known
from chipcalc.deciding.outcome import Asked, Deciding, Judge
from chipcalc.deciding.problem import problem
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, Missing, key
from chipcalc.licence.licence import licence
from chipcalc.licence.questions import asked_in
from chipcalc.rules.case import Ask, Case, Consequence, Judgement
from chipcalc.rules.criteria import (
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
)
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Rule, Version
from chipcalc.rules.texts import Kept, Texts
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Relation, Verdict, every, some
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import Metric
from daily import daily, examples
from shared import STORE, real_rules, shipping_rules

DAY = datetime.date(2026, 1, 1)
DOCUMENT = yamlio.load("a: 1\n", "a.yaml")
TPP, AREA, PD = "tpp", "applicable_die_area", "performance_density"
LINK, HOST, IO = "link_bandwidth", "host_bandwidth", "io_bandwidth"
RELATIONS: Sequence[Relation] = ("at_least", "more_than", "at_most", "less_than")
LIMITS: Mapping[str, Sequence[int]] = {
    TPP: (1000, 2000, 3000),
    AREA: (250, 500, 1000),
    PD: (1, 2, 4),
    LINK: (100, 200, 300),
    HOST: (100, 200, 300),
    IO: (200, 300, 500),
}
DENSITY, LINKS = (TPP, AREA, PD), (LINK, HOST, IO)
MARKETS = ("datacenter", "consumer", "workstation", "automotive", "edge")


class Rules(NamedTuple):
    """The rules of a day by id; `kept` serves other days and items too."""

    provisions: Mapping[str, Provision]
    kept: Kept

    def case(self, evaluator: Evaluator, market: str) -> Case:
        words = {"market": market} if market else {}
        texts = Texts(self.provisions, self.kept)
        return Case(evaluator, self.provisions, words, texts=texts)


def provision(name: str, criterion: Criterion, scope: Mapping[str, tuple[str, ...]]) -> Provision:
    """Return a rule that is asked in some markets."""
    version = Version(in_force=DAY, confidence="text")
    rule = Rule(
        id=name, paragraph=name, title=name, kind="classification", applies_to=scope,
        verified=DAY, versions=(version,),
    )  # fmt: skip
    return Provision(rule, version, criterion, DOCUMENT, 0)


@st.composite
def thresholds(draw: st.DrawFn, metrics: Sequence[str], store: Store) -> Threshold:
    """Draw a comparison; a density that is not defined is perhaps not met."""
    name = draw(st.sampled_from(metrics))
    amount = exactly(draw(st.sampled_from(LIMITS[name])))
    undefined = draw(st.sampled_from(["", "no dies, no density"]))
    limit = Quantity(amount, store.vocabulary.metric(name).unit)
    return Threshold(Metric(name), draw(st.sampled_from(RELATIONS)), limit, undefined)


def leaves_of(
    metrics: Sequence[str], store: Store, others: Sequence[str]
) -> st.SearchStrategy[Criterion]:
    """Draw a criterion without parts: mostly a comparison."""
    some_markets = st.sets(st.sampled_from(MARKETS), min_size=1, max_size=2).map(sorted).map(tuple)
    fixed: list[Criterion] = [
        Launched(DAY), Named(("given",)), Unpublished("a list"), Unmodelled("a use")
    ]  # fmt: skip
    found: list[st.SearchStrategy[Criterion]] = [
        thresholds(metrics, store),
        thresholds(metrics, store),
        thresholds(metrics, store),
        st.builds(CircumstanceIs, st.just("market"), some_markets, st.booleans()),
        st.sampled_from(fixed),
    ]
    if others:
        named = st.sets(st.sampled_from(others), min_size=1, max_size=2).map(sorted).map(tuple)
        found.append(st.builds(RuleMet, named))
    return st.one_of(found)


def criteria_of(leaves: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    """Draw criteria under all, any and except, some of them limbs from which something follows."""

    def above(parts: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        how, cites = st.sampled_from(["all", "any"]), st.sampled_from(["", "a", "b"])
        then = st.sampled_from(["", "review"])
        return st.one_of(
            st.builds(Combined, how, several, cites, st.just(""), then),
            st.builds(Unless, parts, several),
        )

    return st.recursive(leaves, above, max_leaves=6)


@st.composite
def books(draw: st.DrawFn, metrics: Sequence[str], store: Store) -> list[Rules]:
    """Draw the rules of two days: one to three, and on the second day another text of one."""
    found: dict[str, Provision] = {}
    for name in ("first", "second", "third")[: draw(st.integers(1, 3))]:
        scope = draw(st.sampled_from([{}, {"market": ("datacenter", "edge")}]))
        criterion = draw(criteria_of(leaves_of(metrics, store, list(found))))
        found[name] = provision(name, criterion, scope)
    changed = draw(st.sampled_from(list(found)))
    other = provision(changed, draw(criteria_of(leaves_of(metrics, store, ()))), {})
    kept = Kept.nothing()
    return [Rules(each, kept) for each in (found, {**found, changed: other})]


def answers(name: str, store: Store, *, is_open: bool) -> st.SearchStrategy[Answer]:
    """Draw what is known of a number: a range or nothing where it is open, else one figure."""
    unit = store.vocabulary.metric(name).unit
    beside = st.fractions(Fraction(1, 2), LIMITS[name][-1] * 2, max_denominator=4)
    amounts = st.one_of(st.sampled_from(LIMITS[name]).map(Fraction), beside)

    def figure(low: Fraction, high: Fraction) -> Figure:
        return Figure(Quantity(Interval(low, low, high), unit), name)

    ends = st.lists(amounts, min_size=2, max_size=2, unique=True).map(sorted)
    if not is_open:
        none = st.just(Missing("not offered", "there is none"))
        return st.one_of(amounts.map(lambda each: figure(each, each)), none)
    bounds = st.one_of(st.none(), amounts.map(lambda each: figure(each, each)))
    return st.one_of(
        ends.map(lambda found: figure(*found)),
        st.builds(
            lambda positive, high: Missing("unknown", "not published", (), positive, None, high),
            st.booleans(),
            bounds,
        ),
    )


@st.composite
def items(draw: st.DrawFn, metrics: Sequence[str], store: Store) -> Evaluator:
    """Draw an item of which one or two numbers are open."""
    first, second = metrics[:2]
    ways = st.sampled_from([(True, False), (False, True), (True, True)])
    told = {
        key(name): draw(answers(name, store, is_open=each))
        for name, each in zip((first, second), draw(ways), strict=True)
    }
    return Evaluator(blank(store.vocabulary), store.vocabulary, told)


def judged(rules: Sequence[Provision], case: Case) -> Judgement:
    """Return what rules come to together, with all that can be read of them."""
    lines = [(each, case.read(each)) for each in rules]
    scopes = [case.scope(each) for each in rules]
    verdict = some(
        every((scope, line.verdict)) for scope, (_, line) in zip(scopes, lines, strict=True)
    )
    return Judgement(
        verdict,
        tuple(cite for _, line in lines for cite in line.cites()),
        tuple(Consequence(line.consequence()[1], each.id) for each, line in lines),
        asks=tuple(Ask(what, each.id) for each, line in lines for what in asked_in(line)),
    )


def questions(found: Rules) -> Iterator[tuple[Asked, Judge, list[Criterion]]]:
    """Yield every rule by itself, and all of them together."""
    every_rule = tuple(found.provisions.values())
    for asked in [*((each,) for each in every_rule), every_rule]:
        scopes = [
            CircumstanceIs(name, tuple(values))
            for each in asked
            for name, values in each.rule.applies_to.items()
        ]
        nodes = [*scopes, *(each.criterion for each in asked)]
        yield Asked("judged", asked), partial(judged, asked), nodes


@pytest.mark.parametrize("metrics", [DENSITY, LINKS])
@examples(daily=40)
@given(st.data())
def test_what_decides_is_what_reading_every_rule_at_every_piece_says(
    metrics: Sequence[str], store: Store, data: st.DataObject
) -> None:
    """Two items, on two days: what is kept of the first of each must not spoil the second."""
    found = data.draw(books(metrics, store))
    drawn = data.draw(st.lists(items(metrics, store), min_size=1, max_size=2))
    market = data.draw(st.sampled_from(["", "datacenter", "edge"]))
    for evaluator in drawn:
        for day in found:
            for asked, judge, nodes in questions(day):
                case = day.case(evaluator, market)
                expected = straightforward.decide(
                    Rules(day.provisions, Kept.nothing()).case(evaluator, market), nodes, judge
                )
                assert decide(case, nodes, judge, asked) == expected
                assert decide(case, nodes, judge) == expected


@pytest.mark.parametrize("metrics", [DENSITY, LINKS])
@examples(daily=30)
@given(st.data())
def test_a_comparison_comes_in_a_cell_to_what_it_comes_to_at_a_value_of_it(
    metrics: Sequence[str], store: Store, data: st.DataObject
) -> None:
    evaluator = data.draw(items(metrics, store))
    nodes = data.draw(st.lists(thresholds(metrics, store), min_size=1, max_size=4))
    case = Rules({}, Kept.nothing()).case(evaluator, "")
    known = Known.of(evaluator)
    compared = list(dict.fromkeys(map(known.comparison, nodes)))
    free = [name for name in known.inputs(compared) if name in evaluator.given]
    found = Cells(problem(case, compared, free))
    for row, at in zip(found.rows(nodes), found.points, strict=True):
        told = found.problem.evaluator(at)
        there = Evaluator(evaluator.sheet, evaluator.vocabulary, told.given)
        read = [case.of(there).compare(each).verdict for each in nodes]
        assert [(Verdict.not_met, Verdict.met, Verdict.unknown)[code] for code in row] == read


def lone(criteria: Mapping[str, Criterion]) -> Rules:
    """Return rules that are asked of everything."""
    return Rules(
        {name: provision(name, each, {}) for name, each in criteria.items()}, Kept.nothing()
    )


def at_least(limit: int, store: Store) -> Threshold:
    unit = store.vocabulary.metric(TPP).unit
    return Threshold(Metric(TPP), "at_least", Quantity(exactly(limit), unit))


def of_unknown_performance(store: Store) -> Evaluator:
    told: Mapping[Key, Answer] = {key(TPP): Missing("unknown", "not published")}
    return Evaluator(blank(store.vocabulary), store.vocabulary, told)


def verdicts_of(found: Deciding) -> list[Verdict]:
    return [each.judgement.verdict for each in found.outcomes]


def test_a_chain_of_rules_is_read_however_long_it_is(store: Store) -> None:
    """Each of 300 rules is met where the one before it is, the first from 1,000 on."""
    criteria: dict[str, Criterion] = {"0": at_least(1000, store)}
    for number in range(1, 300):
        criteria[str(number)] = Combined("any", (RuleMet((str(number - 1),)),))
    rules = lone(criteria)
    last = rules.provisions["299"]
    judge = partial(judged, (last,))
    case = rules.case(of_unknown_performance(store), "")
    found = decide(case, [last.criterion], judge, Asked("judged", (last,)))
    assert verdicts_of(found) == [Verdict.not_met, Verdict.met]


def test_criteria_are_read_however_deep_they_lie(store: Store) -> None:
    """At a thousand levels, what is at least 2,000 is taken away from what is at least 1,000."""
    criterion: Criterion = at_least(1000, store)
    for _ in range(1000):
        criterion = Combined("all", (Unless(criterion, (at_least(2000, store),)),))
    rules = lone({"deep": criterion})
    deep = rules.provisions["deep"]
    case = rules.case(of_unknown_performance(store), "")
    found = decide(case, [criterion], partial(judged, (deep,)), Asked("judged", (deep,)))
    assert verdicts_of(found) == [Verdict.not_met, Verdict.met, Verdict.not_met]


def straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be decided the straightforward way."""
    for module in ("chipcalc.check.day", "chipcalc.licence.questions"):
        monkeypatch.setattr(f"{module}.decide", straightforward.decide)


OPEN = ("zhenwu-810e", "gb200-superchip", "zhenwu-m890", "wormhole-n300", "mt-3000", "dcu-z100")


@pytest.mark.parametrize("name", daily(OPEN, OPEN[:1]))
def test_a_chip_with_open_figures_is_classified_as_reading_every_rule_anew_says(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules: DayRules = real_rules("2026-03-01")
    found = rules.check(Evaluator(STORE.sheet(name), STORE.vocabulary))
    straight(monkeypatch)
    expected = rules.check(Evaluator(STORE.sheet(name), STORE.vocabulary))
    assert found.classification == expected.classification
    assert found.deciding == expected.deciding
    assert found.views == expected.views
    assert [(each.judgement, each.deciding) for each in found.findings] == [
        (each.judgement, each.deciding) for each in expected.findings
    ]


@pytest.mark.parametrize("name", daily(OPEN, OPEN[:1]))
def test_a_licence_for_open_figures_is_what_reading_every_rule_anew_says(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, given_words = shipping_rules("2026-03-01"), {"destination": "SG"}
    found = licence(rules, Evaluator(STORE.sheet(name), STORE.vocabulary), given_words)
    straight(monkeypatch)
    expected = licence(rules, Evaluator(STORE.sheet(name), STORE.vocabulary), given_words)
    assert found.answer == expected.answer
