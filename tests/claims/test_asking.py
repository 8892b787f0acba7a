"""A claim that follows from the sheets holds; with a usual slip it fails, and the slip is named."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.claims.answered import Answered
from chipcalc.claims.asking import Asking
from chipcalc.claims.context import Context
from chipcalc.claims.slips import is_slip
from chipcalc.claims.tolerance import of_digits
from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import Figure
from chipcalc.tables import question, terminal
from chipcalc.tables.style import PLAIN
from chipcalc.values.logic import Verdict
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.language import ENGLISH
from shared import STORE

DAY = datetime.date(2026, 2, 1)
CONTEXT = Context(STORE)
ASKING = Asking(CONTEXT, DAY)
NAMES = ("h20", "h100-sxm", "h200-sxm", "a100-sxm", "mi300x", "b200", "l40s", "thor-x", "orin-x")
METRICS = ("memory_capacity", "memory_bandwidth", "board_power")


def ask(claim: str) -> Answered:
    """Return the answer to a claim on the built-in sheets."""
    return ASKING.answer(claim)


def figure(chip: str, metric: str, reading: dict[str, str] | None = None) -> Fraction | None:
    """Return an exact figure of a chip; None for a range, and where there is none."""
    name, _, row = metric.partition("[")
    when = {"format": row.rstrip("]"), "engine": "tensor"} if row else {}
    found = CONTEXT.evaluator(STORE.sheet(chip), reading or {}).figure(name, when)
    if not isinstance(found, Figure) or not found.value.amount.exact:
        return None
    return found.value.base.best


def digits(value: Fraction) -> str:
    """Return a ratio as the press prints it, with three digits."""
    return f"{float(value):.3g}" if value < 1000 else str(round(value))


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(METRICS))
def test_a_ratio_of_the_sheets_own_figures_holds(one: str, other: str, metric: str) -> None:
    of, to = figure(one, metric), figure(other, metric)
    if one == other or of is None or to is None:
        return
    assert ask(f"{one} {metric} = {digits(of / to)} x {other}").settlement == "holds"


@given(st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[:4]), st.sampled_from(["fp8", "bf16"]))
def test_a_sparse_rate_against_a_dense_one_fails_and_is_named_first(
    one: str, other: str, name: str
) -> None:
    sparse = figure(one, f"throughput[{name}]", {"sparsity": "2:4"})
    dense = figure(other, f"throughput[{name}]")
    if one == other or sparse is None or dense is None:
        return
    found = ask(f"{one} {name} = {digits(sparse / dense)} x {other}")
    assert found.settlement == "fails"
    (first, *_) = [each for each in found.reasons[0].slips if is_slip(each)]
    assert (first.kind, first.what, first.side) == ("reading", "2:4", "of")


@pytest.mark.parametrize("times", [2, 8])
def test_a_slip_of_the_pen_is_named_where_nothing_else_gives_the_figure(times: int) -> None:
    """4 TB/s printed as 32: bits for bytes."""
    found = ask(f"h20 bandwidth = {4 * times} TB/s")
    kinds = [each.kind for reason in found.reasons for each in reason.slips]
    assert found.settlement == "fails"
    assert kinds == (["factor"] if times == 8 else [])


@pytest.mark.parametrize(
    ("claim", "settlement"),
    [
        ("h20 memory = 96 GB", "holds"),
        ("h20 memory = 141 GB", "fails"),
        ("the memory of h20 = 1.2 x h100-sxm", "holds"),
        ("mi300x memory = 112 GB more than h100-sxm", "holds"),
        ("h100-sxm memory = 112 GB less than mi300x", "holds"),
        ("h20 memory = less by 1 GB than h100-sxm", "fails"),
        ("h20 = more than 250 TOPS", "holds"),
        ("h20 fp16 = less than 100 TFLOPS", "fails"),
        ("h20.throughput[fp16] = 148 TFLOPS", "holds"),
        ("h100-sxm fp16 sparse = 1979 TFLOPS", "holds"),
        ("h20 power = 400 W", "not settled"),
        ("h20 power = 550 W", "not settled"),
        ("8 h20 memory = 768 GB", "holds"),
        ("4800 TOPS*bit / 16 bit = 300 TFLOPS", "holds"),
        ("4800 TOPS*bit / 16 bit = 150 TFLOPS", "fails"),
        ("h20 = ten times the limit", "fails"),
        ("h100-sxm = ten times the limit", "holds"),
        ("h200-sxm = as fast as h100-sxm", "holds"),
        ("dgx-h100 memory = 8 x h100-sxm", "holds"),
    ],
)
def test_a_claim_is_settled_by_the_sheets(claim: str, settlement: str) -> None:
    """96 GB, 4 TB/s and 148 TFLOPS for the H20; 192 and 80 GB; lines of 4800, 2400 and 1600."""
    assert ask(claim).settlement == settlement


def test_ten_times_the_limit_says_which() -> None:
    """15,831 is ten times 1,600 and not 4,800."""
    met = [
        each.to
        for each in ask("h100-sxm = ten times the limit").cases
        if each.verdict is Verdict.met
    ]
    assert [each.line.limit.amount.best for each in met if each and each.line] == [1600]


def test_a_claim_without_a_chip_finds_the_slip() -> None:
    found = ask("4800 TOPS*bit / 16 bit = 150 TFLOPS")
    assert [each.kind for each in found.reasons[0].slips] == ["factor"]


def test_a_chip_of_a_family_that_is_not_out_does_not_count() -> None:
    early = Asking(CONTEXT, datetime.date(2022, 1, 1)).answer("h20 = half of ascend")
    late = ask("h20 = half of ascend")
    assert len(early.left_out.later) > len(late.left_out.later) > 0
    assert not {s.id for s in late.left_out.later} & {s.id for s in late.sheets}


def test_a_format_that_a_chip_does_not_have_is_no_reading() -> None:
    """The H20 has no FP4, so that nothing is read by it."""
    for reason in ask("b200 = 68 x h20").reasons:
        for case in reason.cases:
            assert case.to
            assert case.to.row.get("format") != "fp4"


def test_what_merely_goes_past_a_line_explains_nothing() -> None:
    """550 W are more than 50 W, but nobody would print 50 for it."""
    assert not ask("h20 power = less than 50 W").reasons


def test_names_are_those_of_the_matcher() -> None:
    assert [s.id for s in ask("H20-96G memory = 96 GB").sheets] == ["h20"]


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        ("h20 = 5", "of what"),
        ("h20 memory = 5 W", "Memory is in GB"),
        ("h2O = 8 x orin-q", "not in the sheets|no sheet"),
        ("nochip = 8 x h20", "no sheet for 'nochip'"),
    ],
)
def test_what_cannot_be_read_is_shown_in_the_claim(claim: str, what: str) -> None:
    with pytest.raises(ChipcalcError, match=what) as caught:
        ask(claim)
    assert all(each.excerpt for each in caught.value.problems)


@given(st.decimals(min_value="0.01", max_value="9999", places=2))
def test_a_printed_number_lies_within_its_own_tolerance(value: object) -> None:
    text = str(value)
    found = of_digits(text, Fraction(text))
    assert found.low < Fraction(text) < found.high


def test_what_is_measured_is_bounded_by_the_peak_figures() -> None:
    """Of FP8 a GB200 makes 5,000 and an H100 1,979; 10,000 at FP4; 8 against 3.35 TB/s."""
    found = ask("gb200 inference = 30 x h100-sxm")
    assert found.settlement == "outside the spec sheets"
    assert not found.reasons
    allowed = found.allowed
    assert allowed
    assert allowed.alike
    assert allowed.fastest
    assert float(allowed.alike.value.amount.high) == pytest.approx(5000 / 1978.9, rel=0.001)
    assert float(allowed.fastest.value.amount.high) == pytest.approx(20000 / 3958, rel=0.001)


@pytest.mark.parametrize("width", [80, 50])
@pytest.mark.parametrize(
    "claim",
    [
        "h20 = 20 % of h100",
        "thor-x = 8 x orin-x",
        "ascend-910c fp16 = 780 TFLOPS",
        "mi300x memory_capacity = 2.72 x h100",
        "b30a = more than 18 x 4800 TOPS*bit",
        "3 xpeng-turing = more than 2200 TOPS",
        "384 ascend-910c = 1.7 x 72 gb200",
        "h20 = half of ascend-910b3",
        "h20 = half of ascend",
        "h100-sxm = ten times the limit",
        "gb200 inference = 30 x h100",
    ],
)
def test_an_answer_has_eight_lines_at_most(claim: str, width: int) -> None:
    report = question.report([ask(claim)], DAY, Speaker(ENGLISH, STORE.vocabulary, {}))
    lines = terminal.table(report, PLAIN._replace(width=width)).splitlines()
    told = [each for each in lines if not each.startswith("Left out")]
    assert len(told) <= 8
    assert max(map(len, told)) <= width
