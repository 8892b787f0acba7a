"""A part for several markets is asked for each of them, and an answer that differs is named."""

from __future__ import annotations

import pytest

import chipcalc as cc
from chipcalc.check.result import Checked
from chipcalc.deciding.outcome import Choices
from chipcalc.errors import ChipcalcError
from chipcalc.values.logic import Verdict
from chipcalc.words.check import sentence

RULES = cc.open().rules(as_of="2026-02-01")
BELOW = {"tpp": "3000", "die_area": "814 mm2", "processing_performance": "300 TOPS"}


def of(market: str, **facts: str) -> Checked:
    return RULES.check(cc.item(market=market, **{**BELOW, **facts})).checked


def test_where_the_markets_differ_each_answer_is_named() -> None:
    """Note 2 takes out what is not for data centers and below 4,800 (88 FR 73458)."""
    found = of("datacenter,workstation")
    assert sentence(found).endswith("not settled; 3A090.b or 3A991.p")
    assert found.deciding is not None
    told = {
        each.values: outcome.judgement.verdict
        for outcome in found.deciding.outcomes
        for each in outcome.where
        if isinstance(each, Choices)
    }
    assert told == {("datacenter",): Verdict.met, ("workstation",): Verdict.not_met}


@pytest.mark.parametrize(
    ("market", "tpp"), [("consumer,workstation", "3000"), ("datacenter,consumer", "4800")]
)
def test_where_the_markets_agree_the_answer_is_theirs(market: str, tpp: str) -> None:
    """Of two markets beside data centers none decides, and from 4,800 on no market does."""
    found = of(market, tpp=tpp).classification
    alone = of(market.partition(",")[0], tpp=tpp).classification
    assert (found.verdict, found.paragraph) == (Verdict.met, alone.paragraph)


def test_a_market_named_twice_is_one() -> None:
    assert of("consumer, Consumer").case.given["market"] == "consumer"


def test_every_market_has_to_be_one() -> None:
    with pytest.raises(ChipcalcError, match="no market 'foo'"):
        of("consumer,foo")
