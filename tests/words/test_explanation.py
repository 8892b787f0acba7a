"""Every line of an explanation is true as it stands, and names what decided the verdict."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check import lines as check_lines
from chipcalc.check.result import Checked, Finding
from chipcalc.check.what_if import blank, suppose
from chipcalc.figures.figure import Answer, Figure, Missing, key
from chipcalc.rules.case import Case, Line
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
    fold,
)
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values import numbers
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Relation, Verdict, every, negated, some
from chipcalc.values.units import Quantity, unit
from chipcalc.vocabulary.expressions import Metric
from chipcalc.words import closest, explanation, labels, tree
from shared import rules

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
RELATIONS: tuple[Relation, ...] = ("at_least", "more_than", "at_most", "less_than")
HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "≥": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "≤": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
}
ASKED: dict[Relation, Callable[[Fraction, Fraction], bool]] = {
    "at_least": HOLDS["≥"],
    "more_than": HOLDS[">"],
    "at_most": HOLDS["≤"],
    "less_than": HOLDS["<"],
}
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
DAYS = ("2021-01-01", "2023-01-01", "2023-04-01")
LIMITS = st.builds(
    lambda digits, places: Fraction(digits, 10**places), st.integers(1, 9999), st.integers(0, 3)
).filter(lambda limit: limit >= 1)
NEAR = st.fractions(-1, 1, max_denominator=10**9).map(lambda share: share**5)


def checked(
    store: Store, chip: str | Sheet, day: str = "2023-01-01", *own: Path, **given: str
) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day, own).check(item.evaluator, item.circumstances)


def described(store: Store, **given: str) -> Checked:
    """Return an item without a file, checked."""
    return checked(store, blank(store.vocabulary), **given)


def finding(found: Checked, paragraph: str) -> Finding:
    """Return what one rule says of a chip."""
    (only,) = [e for e in found.findings if e.provision.rule.paragraph == paragraph]
    return only


def reasons(found: Checked, paragraph: str) -> list[str]:
    """Return what decided the verdict of one rule."""
    return explanation.reasons(finding(found, paragraph), found.case)


def policy(folder: Path, body: str) -> Path:
    """Return the file of a rule of one's own, with some criteria."""
    path = folder / "own-1.yaml"
    head = "id: own-1\nparagraph: Own\ntitle: Own\nkind: policy\nverified: 2026-01-01\nversions:\n"
    version = "  - in_force: 2020-01-01\n    confidence: unverified\n    note: my own\n"
    path.write_text(head + version + f"    {body}\n", encoding="utf-8")
    return path


def case(store: Store, **answers: Answer) -> Case:
    """Return a case in which some metrics have known answers."""
    given = {key(name): answer for name, answer in answers.items()}
    evaluator = suppose(blank(store.vocabulary), {}, store.vocabulary).evaluator
    return Case(evaluator.supposing(given), {})


def compared(
    store: Store, amount: Interval, relation: Relation, limit: Fraction, name: str = "board_power"
) -> Line:
    """Return the line of one comparison."""
    measure = store.vocabulary.metric(name).unit
    node = Threshold(Metric(name), relation, Quantity(exactly(limit), measure))
    figure = Figure(Quantity(amount, measure), "figure", "official")
    return fold(node, case(store, **{name: figure}))


def number(shown: str) -> Fraction:
    """Return a printed number, taken at its word."""
    return Fraction(shown.replace(",", "").replace("−", "-").rstrip("…"))


def is_true(says: str) -> bool:
    """Whether a relation is true as it is printed, for both ends of a range."""
    left, sign, right = re.fullmatch(r"(.+) ([≥>≤<]) ([\d.,]+)(?: .*)?", says).groups()  # type: ignore[union-attr]
    return all(HOLDS[sign](number(end), number(right)) for end in left.split(" to "))


@given(LIMITS, NEAR, st.sampled_from(RELATIONS))
def test_the_relation_printed_is_true_as_printed(
    store: Store, limit: Fraction, share: Fraction, relation: Relation
) -> None:
    value = limit + limit * share
    line = compared(store, exactly(value), relation, limit)
    says = explanation.relation(line, store.vocabulary)
    assert is_true(says)
    assert (line.verdict is Verdict.met) == ASKED[relation](value, limit)
    shown, _, printed = says.partition(" ")
    assert number(printed.split()[1]) == limit
    assert (number(shown) == limit) == (value == limit)


@given(LIMITS, NEAR, NEAR, st.sampled_from(RELATIONS))
def test_a_range_is_shown_with_the_relation_of_both_ends_or_on_both_sides(
    store: Store, limit: Fraction, one: Fraction, two: Fraction, relation: Relation
) -> None:
    low, high = sorted((limit + limit * one, limit + limit * two))
    line = compared(store, Interval(low, low, high), relation, limit)
    says = explanation.relation(line, store.vocabulary)
    ends = {ASKED[relation](end, limit) for end in (low, high)}
    if len(ends) == 2:
        assert says.endswith(f", on both sides of {numbers.beside(limit, limit)} W")
        assert line.verdict is Verdict.unknown
    else:
        assert is_true(says)
        assert (line.verdict is Verdict.met) == ends.pop()


@given(st.integers(1, 10**6), st.integers(0, 6), st.fractions(-1, 1), st.sampled_from(RELATIONS))
def test_the_margin_is_signed_by_the_side_whatever_is_asked(
    store: Store, digits: int, places: int, share: Fraction, relation: Relation
) -> None:
    limit = Fraction(digits, 10**places)
    line = compared(store, exactly(limit + limit * share), relation, limit)
    tiny = abs(share) < Fraction(1, 10**5)
    above, below = ("just above", "just below") if tiny else ("+", "−")
    sign = above if share > 0 else below if share < 0 else "0"
    assert explanation.margin(line).startswith(sign)


def test_the_margin_of_a_range_has_both_ends(store: Store) -> None:
    line = compared(
        store, Interval(Fraction(30), Fraction(35), Fraction(44)), "at_least", Fraction(40)
    )
    assert explanation.margin(line) == "−25 to +10 %"


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("amount", ["0", "1/3", "5"])
def test_there_is_no_share_of_a_limit_of_zero(
    store: Store, amount: str, relation: Relation
) -> None:
    line = compared(store, exactly(Fraction(amount)), relation, Fraction(0))
    assert explanation.margin(line) == ""
    assert is_true(explanation.relation(line, store.vocabulary))


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(
    ("missing", "says"),
    [
        (Missing("unknown", "not published"), "unknown; the line is 300 W"),
        (Missing("ambiguous", "two figures"), "ambiguous; the line is 300 W"),
        (Missing("undefined", "nothing divides by zero"), "undefined; the line is 300 W"),
        (Missing("not offered", "it has none"), "none; the line is 300 W"),
    ],
)
def test_where_there_is_no_figure_no_relation_is_claimed(
    store: Store, missing: Missing, says: str, relation: Relation
) -> None:
    node = Threshold(Metric("board_power"), relation, Quantity(exactly(300), unit("W")))
    line = fold(node, case(store, board_power=missing))
    assert explanation.relation(line, store.vocabulary) == says
    assert explanation.margin(line) == ""
    assert explanation.absent(line) == missing.kind


def test_a_figure_is_shown_in_the_unit_of_the_limit(store: Store) -> None:
    """The sheet of the A20 says 4 TB/s, the rule 100 GB/s."""
    line = finding(checked(store, "a20"), "ATL.9").line.parts[0].parts[0]
    assert explanation.relation(line, store.vocabulary) == "4,000 > 100 GB/s"


def test_a_metric_that_people_write_without_a_unit_has_none(store: Store) -> None:
    line = compared(store, exactly(2368), "at_least", Fraction(2400), "tpp")
    assert explanation.relation(line, store.vocabulary) == "2,368 < 2,400"


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("chip", CHIPS)
def test_every_step_of_every_rule_is_true_and_marked_for_what_the_rule_asks(
    chip: str, day: str, store: Store
) -> None:
    found = checked(store, chip, day)
    assert found.findings
    for each in found.findings:
        for step in tree.steps(each.line, found.case):
            node = step.line.node if step.line else None
            if not isinstance(node, Threshold) or not isinstance(
                step.line and step.line.answer, Figure
            ):
                continue
            assert step.line
            assert isinstance(step.line.answer, Figure)
            if step.verdict is Verdict.unknown:
                assert "on both sides of" in step.says
                continue
            assert is_true(step.says)
            amount = step.line.answer.value.to(node.limit.unit).amount
            asks = {
                ASKED[node.relation](end, node.limit.amount.best)
                for end in (amount.low, amount.high)
            }
            assert asks == {step.verdict is Verdict.met}


def test_the_steps_follow_the_text_of_the_rule(store: Store) -> None:
    found = checked(store, "a10")
    steps = list(tree.steps(finding(found, "ATL.1").line, found.case))
    assert [(each.depth, each.verdict.value, each.says) for each in steps] == [
        (0, "met", "ATL.1.a"),
        (1, "met", "3,200 ≥ 3,000"),
        (0, "met", "ATL.1.b"),
        (1, "met", "3,200 ≥ 1,000"),
        (1, "met", "4 ≥ 4"),
        (0, "not met", "Note to ATL.1 does not take it out"),
        (1, "not met", "designed or marketed for data centers; asked: not data centers"),
        (1, "not met", "3,200 ≥ 3,000"),
    ]


def test_a_rule_that_is_shown_elsewhere_is_referred_to(store: Store) -> None:
    found = checked(store, "a10")
    line = finding(found, "ATL.9").line
    short = [e.says for e in tree.steps(line, found.case, shown=("atl-1", "atl-2"))]
    assert short[-2:] == ["falls under ATL.1", "does not fall under ATL.2"]
    full = [e.says for e in tree.steps(line, found.case)]
    assert full.index("ATL.1.a") == full.index("falls under ATL.1") + 2
    assert full.index("does not fall under ATL.2") > full.index(
        "Note to ATL.1 does not take it out"
    )


@pytest.mark.parametrize(
    ("market", "says"),
    [
        ("consumer", "Note to ATL.1 takes it out"),
        ("datacenter", "Note to ATL.1 does not take it out"),
        ("", "Note to ATL.1 may take it out"),
    ],
)
def test_an_exception_says_what_it_does(market: str, says: str, store: Store) -> None:
    given = {"market": market} if market else {}
    found = described(store, tpp="2999", performance_density="9", **given)
    steps = tree.steps(finding(found, "ATL.1").line, found.case)
    assert says in [each.says for each in steps]


def test_an_exception_without_a_place_is_named_by_the_rules_it_refers_to(store: Store) -> None:
    found = described(store, tpp="999", memory_bandwidth="101 GB/s", market="datacenter")
    steps = tree.steps(finding(found, "ATL.9").line, found.case)
    assert "ATL.1 or ATL.2 does not take it out" in [each.says for each in steps]


def leaf(store: Store, node: Criterion, chip: str = "a10", **given: str) -> explanation.Step:
    """Return one criterion of a chip as a step."""
    found = checked(store, chip, **given)
    return explanation.step(fold(node, found.case), found.case)


@pytest.mark.parametrize(
    ("node", "chip", "verdict", "says"),
    [
        pytest.param(
            CircumstanceIs("market", ("datacenter",)),
            "z1",
            "not met",
            "designed or marketed for vehicles; asked: data centers",
            id="another market",
        ),
        pytest.param(
            CircumstanceIs("market", ("datacenter",), negated=True),
            "z1",
            "met",
            "designed or marketed for vehicles",
            id="not that market",
        ),
        pytest.param(
            CircumstanceIs("market", ("datacenter", "edge")),
            "b100-pcie",
            "unknown",
            "designed or marketed for: not known; asked: data centers or edge devices",
            id="unknown market",
        ),
        pytest.param(
            Launched(datetime.date(2022, 4, 1), before=True),
            "a10",
            "met",
            "launched 2022-03; the line is 2022-04-01",
            id="a month before the day",
        ),
        pytest.param(
            Launched(datetime.date(2022, 3, 15)),
            "a10",
            "unknown",
            "launched 2022-03; the line is 2022-03-15",
            id="a month around the day",
        ),
        pytest.param(
            Launched(datetime.date(2022, 3, 15)),
            "p1",
            "unknown",
            "launch date unknown; the line is 2022-03-15",
            id="no launch date",
        ),
        pytest.param(Named(("atlas",)), "a20", "met", "Acme A20 is named", id="a family"),
        pytest.param(
            Named(("a10",)), "a20", "not met", "named is A10; this is Acme A20", id="not named"
        ),
        pytest.param(
            Named(("a10", "z1")),
            "a20",
            "not met",
            "named are A10 and Z1; this is Acme A20",
            id="not among those named",
        ),
        pytest.param(Unpublished("the limits"), "a10", "unknown", "the limits", id="not public"),
        pytest.param(Unmodelled("the code"), "a10", "unknown", "the code", id="not modelled"),
        pytest.param(
            RuleMet(("none",)), "a10", "not met", "no such rule on that day", id="no rule"
        ),
    ],
)
def test_a_criterion_that_is_no_comparison_says_what_holds(
    node: Criterion, chip: str, verdict: str, says: str, store: Store
) -> None:
    found = leaf(store, node, chip)
    assert (found.verdict.value, found.says, found.margin) == (verdict, says, "")


def test_the_nearest_limit_comes_first_among_what_decided(store: Store) -> None:
    """80 is 92 % below the 1,000 of ATL.1.b, and 97.3 % below the 3,000 of ATL.1.a."""
    assert reasons(checked(store, "p1"), "ATL.1")[:2] == [
        "TPP 80 < 1,000 (−92 %)",
        "TPP 80 < 3,000 (−97 %)",
    ]


def test_only_what_failed_decided_that_a_rule_is_not_met(store: Store) -> None:
    """2,999 is enough for ATL.1.b, whose density of 4 is missed."""
    found = described(store, tpp="2999", performance_density="3.6", market="datacenter")
    assert reasons(found, "ATL.1") == ["TPP 2,999 < 3,000 (−0.033 %)", "PD 3.6 < 4 (−10 %)"]


def test_each_limb_that_is_met_has_its_nearest_reason(store: Store) -> None:
    found = described(store, tpp="2500", performance_density="1", market="datacenter")
    assert reasons(found, "ATL.2") == ["ATL.2.a: PD 1 ≥ 1 (0 %)"]
    found = described(store, tpp="3300", performance_density="5", market="datacenter")
    assert reasons(found, "ATL.1") == [
        "ATL.1.a: TPP 3,300 ≥ 3,000 (+10 %)",
        "ATL.1.b: PD 5 ≥ 4 (+25 %)",
    ]


def test_what_failed_together_is_told_by_the_nearest_alone(store: Store) -> None:
    """80 and a density of 0.08 fail both criteria of ATL.1.b, by 92 and 98 %."""
    found = described(store, tpp="80", performance_density="0.08", market="datacenter")
    assert reasons(found, "ATL.1") == ["TPP 80 < 1,000 (−92 %)", "TPP 80 < 3,000 (−97 %)"]


def test_what_an_exception_took_away_was_decided_by_the_exception(store: Store) -> None:
    found = described(store, tpp="2999", performance_density="9", market="consumer")
    assert reasons(found, "ATL.1") == ["Note to ATL.1 takes it out"]


def test_an_exception_decides_where_the_rest_is_not_known(store: Store) -> None:
    """Without a die area ATL.1.b is unknown; for a car the note settles it."""
    assert reasons(checked(store, "z1"), "ATL.1") == ["Note to ATL.1 takes it out"]


def test_only_the_rule_that_is_met_takes_an_item_out(store: Store) -> None:
    """The A10 falls under ATL.1, and not under ATL.2."""
    assert reasons(checked(store, "a10"), "ATL.9") == ["ATL.1 takes it out"]


def test_what_follows_whatever_is_not_known_says_so(store: Store, tmp_path: Path) -> None:
    """No die area is at least 100 mm² and below 50 mm² at once."""
    body = (
        "all: [{all: {applicable_die_area: {at_least: 100 mm^2}}}, "
        "{all: {applicable_die_area: {less_than: 50 mm^2}}}]"
    )
    found = checked(store, "b100-pcie", "2023-01-01", policy(tmp_path, body))
    assert finding(found, "Own").verdict is Verdict.not_met
    assert reasons(found, "Own") == ["whatever the applicable die area is"]


AREA = f"area: {{value: 800, unit: mm^2, {FIRM}}}"
DECLARED = f"""\
market: {{value: datacenter, {FIRM}}}
declared:
  tpp: {{value: 3100, unit: TOPS*bit, {FIRM}}}
"""


@pytest.mark.parametrize("dies", ["", f"dies:\n  - {{name: D, transistor: gaa, {AREA}}}\n"])
def test_a_declared_figure_that_decided_is_named(dies: str, store: Store, load: Load) -> None:
    """The sheet has no rate, so that the 3,100 of the vendor alone is at least 3,000."""
    found = checked(store, load(DECLARED + dies))
    assert finding(found, "ATL.1").verdict is Verdict.met
    assert any("3,100" in each for each in reasons(found, "ATL.1"))


def test_a_verdict_that_two_figures_leave_open_has_a_reason(store: Store, load: Load) -> None:
    """375 TOPS at 8 bits are 3,000; the vendor declares 2,900."""
    when = "when: {format: int8, engine: tensor, sparsity: dense}"
    rate = f"values:\n  throughput:\n    - {{value: 375, unit: TOPS, {when}, {FIRM}}}\n"
    body = DECLARED.replace("3100", "2900") + rate
    found = checked(store, load(body))
    assert finding(found, "ATL.1").verdict is Verdict.unknown
    assert reasons(found, "ATL.1")


LEAVES = st.builds(
    lambda verdict, name: Line(Unpublished(str(name)), verdict),
    st.sampled_from(Verdict),
    st.integers(),
)


def group(how: str, parts: list[Line]) -> Line:
    """Return a line of parts, by Kleene's logic."""
    node = Combined("all" if how == "all" else "any", tuple(each.node for each in parts))
    verdicts = (each.verdict for each in parts)
    return Line(node, every(verdicts) if how == "all" else some(verdicts), parts=tuple(parts))


def without(of: Line, exceptions: list[Line]) -> Line:
    """Return a line from which exceptions take away."""
    node = Unless(of.node, tuple(each.node for each in exceptions))
    taken = negated(some(each.verdict for each in exceptions))
    return Line(node, every((of.verdict, taken)), parts=(of,), exceptions=tuple(exceptions))


TREES = st.recursive(
    LEAVES,
    lambda below: (
        st.builds(group, st.sampled_from(["all", "any"]), st.lists(below, min_size=1, max_size=3))
        | st.builds(without, below, st.lists(below, min_size=1, max_size=2))
    ),
    max_leaves=12,
)


def again(line: Line, verdict: Callable[[Line], Verdict]) -> Verdict:
    """Return the verdict of a tree whose leaves have other verdicts."""
    if not line.parts:
        return verdict(line)
    parts = [again(each, verdict) for each in line.parts]
    if isinstance(line.node, Unless):
        taken = some(again(each, verdict) for each in line.exceptions)
        return every((*parts, negated(taken)))
    assert isinstance(line.node, Combined)
    return every(parts) if line.node.how == "all" else some(parts)


def exempted(tree: Line) -> Iterator[Line]:
    """Yield the leaves of all exceptions that do not keep what they belong to from being met."""
    for line in check_lines.all_lines(tree):
        for exception in line.exceptions if line.verdict is Verdict.met else ():
            yield from leaves(exception)


def leaves(line: Line) -> Iterator[Line]:
    """Yield the leaves of a tree."""
    yield from (each for each in check_lines.all_lines(line) if not each.parts)


@given(TREES)
def test_what_decided_a_verdict_is_enough_for_it(tree: Line) -> None:
    """All else may be unknown; only that no exception applies goes without saying."""
    if tree.verdict is Verdict.unknown:
        return
    deciding = {id(each) for _, each in tree.decisive(tree.verdict)}
    deciding |= {id(each) for each in exempted(tree)}
    assert deciding
    kept = again(tree, lambda e: e.verdict if id(e) in deciding else Verdict.unknown)
    assert kept is tree.verdict


@given(TREES)
def test_what_left_a_verdict_unknown_would_settle_it(tree: Line) -> None:
    if tree.verdict is not Verdict.unknown:
        return
    deciding = [id(each) for _, each in tree.decisive(Verdict.unknown)]
    assert deciding
    for answers in product((Verdict.met, Verdict.not_met), repeat=min(len(deciding), 6)):
        known = dict(zip(deciding, answers, strict=False))
        rest = dict.fromkeys(deciding[6:], Verdict.met)
        settled = again(tree, lambda e, known={**rest, **known}: known.get(id(e), e.verdict))  # type: ignore[misc]
        assert settled is not Verdict.unknown


@given(TREES)
def test_what_decided_has_the_verdict_itself_or_the_opposite_in_an_exception(tree: Line) -> None:
    for _, each in tree.decisive(tree.verdict):
        assert not each.parts
        if tree.verdict is Verdict.unknown or not tree.exceptions:
            assert (each.verdict is Verdict.unknown) == (tree.verdict is Verdict.unknown)


def test_a_line_stands_in_the_innermost_limb_around_it() -> None:
    inner = Line(Unpublished("x"), Verdict.met)
    limb = Line(Combined("all", (), cite="A.1"), Verdict.met, parts=(inner,))
    other = Line(
        Combined("all", (), cite="A.2"), Verdict.met, parts=(Line(inner.node, Verdict.met),)
    )
    note = Line(
        Combined("all", (), cite="Note"), Verdict.not_met, parts=(Line(inner.node, Verdict.met),)
    )
    whole = Line(
        Unless(limb.node, (note.node,)),
        Verdict.met,
        parts=(Line(Combined("any", ()), Verdict.met, parts=(limb, other)),),
        exceptions=(note,),
    )
    assert [limb for limb, _ in whole.decisive(Verdict.met)] == ["A.1", "A.2"]
    assert [limb for limb, _ in note.decisive(Verdict.not_met, "B")] == []
    of = Line(Combined("any", ()), Verdict.not_met)
    assert [limb for limb, _ in of.decisive(Verdict.not_met, "B")] == ["B"]


def test_the_figures_of_rules_are_each_listed_once(store: Store) -> None:
    found = checked(store, "a10")
    figures = check_lines.figures([each.line for each in found.findings])
    assert {name: each.value.amount.best for name, each in figures.items()} == {
        key("tpp"): 3200,
        key("performance_density"): 4,
        key("memory_bandwidth"): 2000,
    }


@pytest.mark.parametrize("chip", [each for each in CHIPS if each != "b100-pcie"])
def test_the_nearest_line_is_the_one_with_the_least_share_between(chip: str, store: Store) -> None:
    found = checked(store, chip)
    lines = [finding(found, name).line for name in ("ATL.1", "ATL.2")]
    shares = {}
    for line in lines:
        for each in check_lines.all_lines(line):
            if isinstance(each.node, Threshold) and isinstance(each.answer, Figure):
                limit = each.node.limit.amount.best
                share = abs(each.answer.value.amount.best - limit) / limit
                shares[share] = labels.brief(key(each.node.of.name), store.vocabulary)
    near = closest.nearest(found)
    assert near is not None
    assert near.name == shares[min(shares)]
    assert near.says.startswith(f"{near.name} ")


def test_there_is_no_nearest_line_without_a_figure(store: Store) -> None:
    found = described(store)
    assert closest.nearest(found) is None
