"""Claims of the press come out as a careful reader finds them, with the usual misreading."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from chipcalc.claims.answered import Answered
from chipcalc.claims.asking import Asking
from chipcalc.claims.context import Context
from chipcalc.claims.reasons import Reason
from chipcalc.claims.slips import is_slip
from chipcalc.values.logic import Verdict
from shared import STORE

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "press.yaml").read_text(encoding="utf-8")
)
_ASKING = Asking(Context(STORE), datetime.date(2026, 2, 1))


@pytest.fixture(params=CASES, ids=lambda case: case["ask"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return a claim with what is found of it."""
    found: dict[str, Any] = request.param
    return found


def answer(case: dict[str, Any]) -> Answered:
    """Return the answer to a claim."""
    return _ASKING.answer(case["ask"])


def kinds(reason: Reason) -> list[str]:
    """Return what is misread, or where a figure is found."""
    return [each.kind for each in reason.slips if is_slip(each)] or [e.kind for e in reason.slips]


def test_a_claim_is_settled_as_a_careful_reader_settles_it(case: dict[str, Any]) -> None:
    assert answer(case).settlement == case["verdict"]


def test_like_for_like_it_is_what_the_sheets_say(case: dict[str, Any]) -> None:
    if "like_for_like" not in case:
        pytest.skip("nothing is to be computed like for like")
    low, high = (Fraction(str(each)) for each in case["like_for_like"])
    known = [each.known.value.amount for each in answer(case).leading if each.known]
    assert known
    assert all(low <= each.low and each.high <= high for each in known)


def test_what_was_misread_is_named_first(case: dict[str, Any]) -> None:
    found = answer(case)
    if "by" in case:
        assert case["by"] == kinds(found.by[0])
    if "reason" in case:
        assert kinds(found.reasons[0]) == case["reason"]


def test_a_reading_gives_the_figure_that_it_is_said_to_give(case: dict[str, Any]) -> None:
    found = answer(case)
    told = [*found.by, *found.reasons][:1]
    if "figure" not in case:
        pytest.skip("no figure is told")
    figures = [float(each.figure.value.amount.best) for each in told[0].cases]
    assert any(each == pytest.approx(case["figure"], rel=0.005) for each in figures)


def test_every_reason_comes_out_as_printed(case: dict[str, Any]) -> None:
    """What is told is held to the arithmetic: the figure lies within the tolerance."""
    found = answer(case)
    senses = [each for each in (found.asked.wanted, found.asked.other) if each]
    for reason in (*found.by, *found.reasons):
        for each in reason.cases:
            comes = {wanted.comes_out(each.figure.value.amount) for wanted in senses}
            assert comes & ({Verdict.met} if each.sure else {Verdict.met, Verdict.unknown})
