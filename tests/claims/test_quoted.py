"""What a claim prints for its chips is checked as a quotation, and against the sheets, apart."""

from __future__ import annotations

import datetime

import pytest

from chipcalc.claims.answered import Answered, Quoted
from chipcalc.claims.asking import Asking
from chipcalc.claims.context import Context
from chipcalc.errors import ChipcalcError
from chipcalc.values.logic import Verdict
from shared import STORE

ASKING = Asking(Context(STORE), datetime.date(2026, 2, 1))


def quoted(claim: str) -> tuple[Answered, Quoted]:
    """Return the answer to a claim, and to what it quotes."""
    answer = ASKING.answer(claim)
    assert answer.quoted
    return answer, answer.quoted


def test_what_follows_from_its_own_figures_may_be_wrong_all_the_same() -> None:
    """780 / 2,000 is 39 %; but an H100 has 989.4 TFLOPS dense, and its 1,979 are sparse."""
    answer, found = quoted("ascend-910c bf16 (780 TFLOPS) = 39 % of h100-sxm (2,000 TFLOPS)")
    assert answer.settlement == "fails"
    assert found.ratio
    assert found.ratio.value.base.best == pytest.approx(0.39)
    assert found.verdict is Verdict.met
    assert [each.settlement for each in found.figures] == ["holds", "as marketed"]


def test_a_ratio_that_does_not_follow_from_what_is_quoted_is_seen() -> None:
    """96 / 80 is 1.2, not 1.5; both figures are those of the sheets."""
    answer, found = quoted("h20 (96 GB) = 1.5 x h100-sxm (80 GB)")
    assert answer.asked.of.metric == "memory_capacity"
    assert answer.settlement == "fails"
    assert found.verdict is Verdict.not_met
    assert [each.settlement for each in found.figures] == ["holds", "holds"]


def test_one_figure_that_is_quoted_is_checked_alone() -> None:
    """An H20 has 4 TB/s, and half of what a B200 has."""
    answer, found = quoted("h20 bandwidth (5 TB/s) = half of b200")
    assert (answer.settlement, found.ratio) == ("holds", None)
    assert [each.settlement for each in found.figures] == ["fails"]


def test_a_figure_of_another_kind_is_refused_where_it_stands() -> None:
    with pytest.raises(ChipcalcError) as fault:
        ASKING.answer("h20 bandwidth (4 TFLOPS) = half of b200")
    (problem,) = fault.value.problems
    assert problem.what == "Memory bandwidth is in GB/s, but 'TFLOPS' is printed"
