"""A claim is one statement with one way to compute it, and a relation that makes sense."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chipcalc import yamlio
from chipcalc.claims.claim import (
    AsGoodClaim,
    BehindClaim,
    BelowLineClaim,
    BuysClaim,
    Claim,
    Claims,
    ElsewhereClaim,
    OutsideRulesClaim,
    RatioClaim,
    ShareClaim,
)
from chipcalc.claims.printed import PrintedRelation
from chipcalc.errors import ChipcalcError
from chipcalc.schema.base import parse
from claimed import HEAD, claim


def relation(text: str) -> PrintedRelation:
    """Return a relation from YAML."""
    return parse(PrintedRelation, yamlio.load(text, "claims.yaml"))


def what(fault: pytest.ExceptionInfo[ChipcalcError]) -> str:
    """Return everything that an error says."""
    return " ".join(f"{each} {each.hint}" for each in fault.value.problems)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("equals: 900 GB/s", 900, 900),
        ("about: 50 %\nwithin: [45 %, 55 %]", 45, 55),
        ("between: [2, 3]", 2, 3),
    ],
)
def test_a_two_sided_relation_has_bounds(text: str, low: int, high: int) -> None:
    bounds = relation(text).bounds
    assert bounds
    assert [each.amount.best for each in bounds] == [low, high]


def test_a_one_sided_relation_has_no_bounds_but_a_printed_figure() -> None:
    found = relation("less_than: 10 %")
    assert found.bounds is None
    assert str(found.printed.unit) == "%"
    assert found.printed.amount.best == 10


def test_a_tolerance_may_be_written_in_another_unit_of_the_same_kind() -> None:
    assert relation("about: 50 %\nwithin: [0.45, 0.55]").bounds


@pytest.mark.parametrize(
    "text",
    [
        "about: 50 %\nwithin: [55 %, 45 %]",
        "about: 60 %\nwithin: [45 %, 55 %]",
        "between: [3, 2]",
        "between: [2 GB, 3 W]",
    ],
)
def test_amounts_that_are_not_in_order_are_refused(text: str) -> None:
    with pytest.raises(ChipcalcError) as fault:
        relation(text)
    assert "not in order" in what(fault)


@pytest.mark.parametrize("text", ["{}", "less_than: 1\nmore_than: 2", "equals: 1\nabout: 1"])
def test_a_relation_is_exactly_one(text: str) -> None:
    with pytest.raises(ChipcalcError) as fault:
        relation(text)
    assert "one relation" in what(fault)


def test_what_still_counts_belongs_to_what_is_about() -> None:
    with pytest.raises(ChipcalcError) as fault:
        relation("less_than: 50 %\nwithin: [45 %, 55 %]")
    assert "about" in what(fault)


@pytest.mark.parametrize("amount", ["10 furlongs", "1,5 %", "ten"])
def test_an_amount_that_cannot_be_read_is_an_error_with_its_line(amount: str) -> None:
    with pytest.raises(ChipcalcError) as fault:
        claim(f"compare:\n  of: a10.board_power\n  is:\n    less_than: '{amount}'\n")
    assert fault.value.problems[0].line == HEAD.count("\n") + 4


KINDS: dict[str, type[Claim]] = {
    "compare: {of: a10.board_power, is: {equals: 400 W}}": RatioClaim,
    "share: {chips: [a10], family: atlas}": ShareClaim,
    "below_line: {chip: a10, rules: [r], on: 2024-01-01, metrics: [tpp], within: 5 %}": (
        BelowLineClaim
    ),
    "as_good: {as: a10, among: [a20], metrics: [tpp]}": AsGoodClaim,
    "behind: {chips: [a10], line: [a20], metrics: [tpp], generations: ['1', '2']}": BehindClaim,
    "outside_rules: {chip: a10, rules: [r], on: 2024-01-01}": OutsideRulesClaim,
    "buys: {amount: 1 USD, price: a10.price}": BuysClaim,
    "elsewhere: {about: {en: a, zh: b}}": ElsewhereClaim,
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items(), ids=[e.__name__ for e in KINDS.values()])
def test_the_key_of_a_claim_tells_its_kind(text: str, kind: type[Claim]) -> None:
    assert type(claim(text)) is kind


def test_a_misspelt_key_is_told_with_the_nearest_of_every_kind() -> None:
    with pytest.raises(ChipcalcError) as fault:
        claim("outside_rule: {chip: a10, rules: [r], on: 2024-01-01}")
    (problem, *_) = fault.value.problems
    assert problem.hint == "did you mean 'outside_rules'?"
    assert (problem.path, problem.line) == ("claims[0].outside_rule", HEAD.count("\n") + 1)


def test_a_claim_is_keys_with_values() -> None:
    with pytest.raises(ChipcalcError) as fault:
        parse(Claims, yamlio.load(HEAD + "- text\n", "claims.yaml"))
    assert "a claim needs keys with values" in what(fault)


def test_a_claim_without_a_way_to_compute_it_is_refused() -> None:
    with pytest.raises(ChipcalcError) as fault:
        claim("")
    assert "nothing says how to compute it" in what(fault)


def test_a_claim_says_one_thing() -> None:
    with pytest.raises(ChipcalcError) as fault:
        claim("share: {chips: [a], family: b}\nelsewhere: {about: {en: a, zh: b}}")
    assert "share and elsewhere at once" in what(fault)


def test_what_a_sum_buys_may_stand_beside_what_no_sheet_states() -> None:
    text = "buys: {amount: 1 USD, price: a10.price}\nelsewhere: {about: {en: a, zh: b}}"
    found = claim(text)
    assert isinstance(found, BuysClaim)
    assert found.elsewhere


def test_a_claim_that_suggests_more_says_what_it_leaves_out() -> None:
    with pytest.raises(ChipcalcError) as fault:
        claim("compare: {of: a.b, is: {more_than: 50 W}, suggests: {at_most: 100 W}}")
    assert "leaves_out" in what(fault)


def test_an_unknown_verdict_cannot_be_expected() -> None:
    with pytest.raises(ChipcalcError):
        claim("share: {chips: [a], family: b}\nexpect: true")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about: 1.7", "1.65", "1.75"),
        ("about: 20 %", "19.5", "20.5"),
        ("less_by: 85 %", "0.145", "0.155"),
        ("more_by: 50 %", "1.4875", "1.5125"),
        ("more_by: 6", "6.5", "7.5"),
    ],
)
def test_a_tolerance_that_is_not_given_is_that_of_the_digits(
    text: str, low: str, high: str
) -> None:
    bounds = relation(text).bounds
    assert bounds
    assert [each.amount.best for each in bounds] == [Fraction(low), Fraction(high)]


def test_a_text_needs_no_translation() -> None:
    assert claim("elsewhere: {about: {en: market shares}}")
