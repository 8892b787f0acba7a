"""Typed expressions are read as they would be on paper, or refused where they fail."""

from __future__ import annotations

import operator
import subprocess
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError, Excerpt
from chipcalc.values.interval import exactly, largest, smallest
from chipcalc.values.units import ONE, Quantity, quantity, unit
from chipcalc.vocabulary.expressions import (
    Constant,
    Convert,
    Expression,
    Metric,
    NameReading,
    Operation,
    Operator,
    UnitReading,
    fold,
)
from chipcalc.vocabulary.notation import parse
from shared import STORE

VOCABULARY = STORE.vocabulary
FRAGMENTS = [
    *["h20", "910b", "h100-sxm", "昇腾", ".", ".throughput", ".board_power", "[fp16]", "[", "]"],
    *["1", "3.35", " ", "\n", "TB/s", "W", "mm^2", "(", ")", "+", "-", "*", "/", "×", "÷", "²"],
    *["%", ",", "max", "min(", " to ", " in ", "to", "x", "__import__", "1e999", "nan", "'", "\0"],
]
SIGNS = {"+": ["+"], "-": ["-", "−"], "*": ["*", "×", "·"], "/": ["/", "÷"]}


ARITHMETIC: Mapping[Operator, Callable[[Quantity, Quantity], Quantity]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "smallest": lambda a, b: Quantity(smallest([a.amount, b.amount]), a.unit),
    "largest": lambda a, b: Quantity(largest([a.amount, b.amount]), a.unit),
}


def value(node: Expression) -> Quantity:
    """Return what an expression without chips comes to."""
    if isinstance(node, Convert):
        return value(node.of).to(node.unit)
    if isinstance(node, Operation):
        return reduce(ARITHMETIC[node.operator], map(value, node.operands))
    assert isinstance(node, Constant)
    return node.value


def result(text: str) -> Quantity:
    """Return what a text without chips comes to."""
    return value(parse(text, VOCABULARY))


def refusal(text: str) -> tuple[str, str]:
    """Return fault and hint of a text that is refused."""
    with pytest.raises(ChipcalcError) as caught:
        parse(text, VOCABULARY)
    (problem,) = caught.value.problems
    return problem.what, problem.hint


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("h20.board_power", Metric("board_power", "h20")),
        ("h100-sxm.Board_Power", Metric("board_power", "h100-sxm")),
        ("910b.tpp", Metric("tpp", "910b")),
        ("昇腾910b.tpp", Metric("tpp", "昇腾910b")),
        (
            "h20.throughput[FP16, vector]",
            Metric("throughput", "h20", {"format": "fp16", "engine": "vector"}),
        ),
        ("h20.throughput[sparsity=2:4]", Metric("throughput", "h20", {"sparsity": "2:4"})),
        ("h20.throughput[]", Metric("throughput", "h20")),
    ],
)
def test_a_figure_of_a_chip_is_named_with_its_conditions(text: str, metric: Metric) -> None:
    assert parse(text, VOCABULARY) == metric


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("3.35 TB/s", "3.35 TB/s"),
        ("3.35TB/s", "3.35 TB/s"),
        ("2.4e3 GB/s", "2400 GB/s"),
        ("W", "1 W"),
        ("400 * W", "400 W"),
        ("400 W * h / h", "400 W"),
        ("10 W - 2 W - 3 W", "5 W"),
        ("10 W-2 * 3 W", "4 W"),
        ("2 W + 3 * 4 W", "14 W"),
        ("(2 W + 3 W) * 4", "20 W"),
        ("100 W / 5 / 2", "10 W"),
        ("100 W ÷ 5 × 2 · 3 − 1 W", "119 W"),
        ("50 % * 8 W", "4 W"),
        ("3 W + 5 kW", "5003 W"),
        ("max(3 W, min(9 W, 5 W))", "5 W"),
        ("min(3 W,2 W,5 W)", "2 W"),
        ("max(3 W)", "3 W"),
        ("4 TB/s to GB/s", "4000 GB/s"),
        ("4 TB/s in GB / s", "4000 GB/s"),
        ("8 TB / 2 s to GB/s", "4000 GB/s"),
        ("2368 TOPS*bit / 814 mm2 * 814 mm^2", "2368 TOPS*bit"),
        ("6 GB/(s*W) * 2 W", "12 GB/s"),
    ],
)
def test_arithmetic_is_that_of_paper(text: str, comes_to: str) -> None:
    assert result(text).to(quantity(comes_to).unit).amount == quantity(comes_to).amount


def test_a_conversion_comes_last_and_applies_to_the_whole() -> None:
    node = parse("h20.memory_bandwidth / h20.board_power to GB/(s*W)", VOCABULARY)
    figures = (Metric("memory_bandwidth", "h20"), Metric("board_power", "h20"))
    assert node == Convert(Operation("divide", figures), unit("GB/(s*W)"))


NUMBERS = st.integers(1, 99)
PRODUCTS = st.tuples(NUMBERS, st.lists(st.tuples(st.sampled_from("*/"), NUMBERS), max_size=3))
SUMS = st.tuples(PRODUCTS, st.lists(st.tuples(st.sampled_from("+-"), PRODUCTS), max_size=3))


@given(SUMS, st.data())
def test_products_bind_more_than_sums_and_all_go_from_left_to_right(
    terms: tuple[
        tuple[int, list[tuple[str, int]]], list[tuple[str, tuple[int, list[tuple[str, int]]]]]
    ],
    data: st.DataObject,
) -> None:
    text, total = "", Fraction(0)
    for sign, (first, factors) in [("", terms[0]), *terms[1]]:
        product = Fraction(first)
        text += (f" {data.draw(st.sampled_from(SIGNS[sign]))} " if sign else "") + str(first)
        for symbol, number in factors:
            product = product * number if symbol == "*" else product / number
            text += f" {data.draw(st.sampled_from(SIGNS[symbol]))} {number}"
        total += -product if sign == "-" else product
    assert result(text) == Quantity(exactly(total), ONE)


@pytest.mark.parametrize("text", ["296 TOPS/h20.board_power", "296 TOPS/thor-x.board_power"])
def test_a_quantity_may_be_divided_by_a_figure_without_spaces(text: str) -> None:
    assert parse(text, VOCABULARY) == parse(text.replace("/", " / "), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("", "an empty expression", "for example"),
        (" ", "an empty expression", "for example"),
        ("1 + " * 300, "the expression is too long", "at most 1000 characters"),
        ("1" + "+1-1" * 60, "the expression is too long", "compute it in parts"),
        ("(" * 60 + "1" + ")" * 60, "the expression is nested too deeply", ""),
    ],
)
def test_what_is_no_expression_as_a_whole_is_refused(text: str, what: str, hint: str) -> None:
    found = refusal(text)
    assert what in found[0]
    assert hint in found[1]


@pytest.mark.parametrize(
    ("text", "under", "what", "hint"),
    [
        ("1 W +", "     ^", "something is missing at the end", "for example"),
        ("1 GB to ", "       ^", "a unit is missing at the end", "3.35 TB/s to GB/s"),
        ("1 GB to", "       ^", "a unit is missing at the end", "3.35 TB/s to GB/s"),
        ("(1 W", "    ^", "a closing parenthesis is missing", "for example"),
        ("max(1 W, 2 W", "            ^", "a closing parenthesis", "for example"),
        ("(1 W 2 W)", "     ^^^", "a closing parenthesis is missing", "for example"),
        ("1 W) + 2 W", "   ^", "an operator is missing", "for example"),
        ("1 W 2 W", "    ^^^", "an operator is missing", "for example"),
        ("* 2 W", "^", "'*' does not belong here", "for example"),
        ("1 W + $", "      ^", "'$' does not belong here", "for example"),
        ("h20.throughput[fp16", "              ^", "'['", "for example"),
        ("throughput", "^^^^^^^^^^", "throughput of which chip?", "h20.throughput"),
        ("2 * h20", "    ^^^", "'h20' is neither a unit nor a figure", "write h20."),
        ("max", "^^^", "'max' is neither a unit nor a figure", "write max."),
        (
            "2 * h20.memory_bandwith",
            "        ^^^^^^^^^^^^^^^",
            "no metric 'memory_bandwith'",
            "did you mean 'memory_bandwidth'",
        ),
        (
            "h20.throughput[vectr]",
            "               ^^^^^",
            "no condition 'vectr'",
            "did you mean 'vector'?",
        ),
        ("2 * 3,35 TB/s", "    ^^^^", "'3,35' is not a number", "3.35 or 335"),
        ("3 Gb/s", "  ^^", "'Gb' is not a unit", "'Gbit/s' or 'GB/s'"),
        ("3 W * 2 kJh", "        ^^^", "'kJh' is not a unit", "write kJ*h, or see"),
        ("3 W to Tops", "       ^^^^", "'Tops' is not a unit", "'TOPS'"),
        ("3 W to  USD/Tops", "            ^^^^", "'Tops' is not a unit", "'USD/TOPS'"),
    ],
)
def test_what_is_no_expression_is_refused_with_the_word_that_is_wrong(
    text: str, under: str, what: str, hint: str
) -> None:
    with pytest.raises(ChipcalcError) as caught:
        parse(text, VOCABULARY)
    (problem,) = caught.value.problems
    assert what in problem.what
    assert hint in problem.hint
    assert problem.excerpt == Excerpt((text,), ((len(under) - under.count("^"), len(under)),))


def test_all_wrong_metrics_of_an_expression_are_told_at_once() -> None:
    text = "h20.tppp / h100.memory_bandwith + h20.tppp"
    with pytest.raises(ChipcalcError) as caught:
        parse(text, VOCABULARY)
    (problem,) = caught.value.problems
    assert problem.what == "2 of 3 metrics are not known"
    assert [each.name for each in problem.unknown] == ["tppp", "memory_bandwith"]
    assert problem.excerpt
    words = [text[start:end] for start, end in problem.excerpt.spans]
    assert words == ["tppp", "memory_bandwith", "tppp"]


def test_parentheses_as_deep_as_any_use_are_read() -> None:
    assert result("(" * 40 + "1 W" + ")" * 40) == quantity("1 W")


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_any_text_is_an_expression_or_an_error_of_ours(text: str) -> None:
    try:
        node = parse(text, VOCABULARY)
    except ChipcalcError:
        return
    names: dict[str, frozenset[str]] = fold(node, NameReading())
    assert set(names) <= set(VOCABULARY.metrics)


def test_equal_signs_in_a_row_are_one_operation() -> None:
    one = Constant(Quantity(exactly(1), ONE))
    assert parse("1 - 1 − (1 - 1)", VOCABULARY) == Operation(
        "subtract", (one, one, Operation("subtract", (one, one)))
    )


def test_the_longest_sum_that_can_be_read_can_be_walked() -> None:
    node = parse("+".join(["1"] * 500), VOCABULARY)
    assert fold(node, UnitReading(lambda name: VOCABULARY.metric(name).unit)) == ONE


def test_no_text_keeps_the_reader_busy() -> None:
    """The time limit stands for never: trying every way to split so many signs has no end."""
    text = "1 in " + "a*" * 400 + "a b"
    command = [sys.executable, "-m", "chipcalc", "calc", text]
    done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    assert done.returncode == 2
