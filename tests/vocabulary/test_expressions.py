"""Expressions are data: read from plain data, and walked in one way."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity, Unit, UnitError, quantity, unit
from chipcalc.vocabulary.expressions import (
    AGGREGATES,
    OPERATORS,
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    NameReading,
    Operation,
    Over,
    UnitReading,
    fold,
    from_data,
    metrics_of,
    rebuild,
    walk,
)
from chipcalc.yamlio import Data

UNITS = {
    "throughput": "TOPS",
    "bandwidth": "TB/s",
    "power": "W",
    "die.area": "mm^2",
    "format.bits": "bit",
}
BITS = Attribute("format", "bits")


def unit_of(node: Expression) -> Unit:
    """Return the unit of an expression over a small vocabulary."""
    return fold(node, UnitReading(lambda name: unit(UNITS[name])))


def refusal(data: Any) -> tuple[str, str, str]:
    """Return path, fault and hint of the one problem of data that describe no expression."""
    with pytest.raises(ChipcalcError) as caught:
        from_data(data)
    (problem,) = caught.value.problems
    return problem.path, problem.what, problem.hint


@pytest.mark.parametrize(
    ("data", "node"),
    [
        pytest.param("power", Metric("power"), id="metric"),
        pytest.param("format.bits", BITS, id="attribute"),
        pytest.param(
            {"metric": "throughput", "when": {"sparsity": "dense"}},
            Metric("throughput", when={"sparsity": "dense"}),
            id="metric under conditions",
        ),
        pytest.param(
            "4800 TOPS*bit", Constant(Quantity(exactly(4800), unit("TOPS*bit"))), id="quantity"
        ),
        pytest.param(
            {"divide": ["throughput", {"add": ["power", "power", "5 W"]}]},
            Operation(
                "divide",
                (
                    Metric("throughput"),
                    Operation("add", (Metric("power"), Metric("power"), Constant(quantity("5 W")))),
                ),
            ),
            id="operations",
        ),
        pytest.param(
            {"largest": ["power", "5 W"]},
            Operation("largest", (Metric("power"), Constant(quantity("5 W")))),
            id="largest of a list",
        ),
        pytest.param(
            {"largest": {"each": "format", "of": {"multiply": ["throughput", "format.bits"]}}},
            Over("largest", ("format",), {}, Operation("multiply", (Metric("throughput"), BITS))),
            id="largest over things",
        ),
        pytest.param(
            {
                "sum": {
                    "each": ["die"],
                    "where": {"kind": "logic", "node": ["a", "b"]},
                    "of": "die.area",
                }
            },
            Over(
                "sum", ("die",), {"kind": ("logic",), "node": ("a", "b")}, Attribute("die", "area")
            ),
            id="sum under conditions",
        ),
    ],
)
def test_plain_data_describe_an_expression(data: Data, node: Expression) -> None:
    assert from_data(data) == node


@pytest.mark.parametrize(
    ("data", "path", "what"),
    [
        pytest.param([], "", "an expression is", id="a list"),
        pytest.param({}, "", "an expression is", id="nothing"),
        pytest.param({"add": ["a", "b"], "sum": []}, "", "an expression is", id="two operations"),
        pytest.param(
            {"divide": ["a", {"add": ["b", []]}]},
            "divide[1].add[1]",
            "an expression is",
            id="inside",
        ),
        pytest.param({"metric": ["a"], "when": {}}, "", "metric takes a name", id="two metrics"),
        pytest.param({"metric": "a", "when": "b"}, "", "when takes conditions", id="bare when"),
        pytest.param(
            {"metric": "a", "when": {"b": ["c", "d"]}}, "", "when takes conditions", id="two values"
        ),
        pytest.param({"divide": "a"}, "divide", "takes a list of two or more", id="one operand"),
        pytest.param({"divide": ["a"]}, "divide", "takes a list of two or more", id="list of one"),
        pytest.param({"power": ["a", "b"]}, "power", "'power' is no operation", id="no operation"),
        pytest.param({"sum": ["a", "b"]}, "sum", "takes each, where and of", id="sum of a list"),
        pytest.param({"sum": {"of": "a"}}, "sum", "takes each, where and of", id="over nothing"),
        pytest.param({"sum": {"each": "die"}}, "sum", "takes each, where and of", id="of nothing"),
        pytest.param(
            {"sum": {"each": "die", "of": "a", "if": "b"}},
            "sum",
            "takes each, where and of",
            id="a key too many",
        ),
        pytest.param(
            {"sum": {"each": "die", "of": "a", "where": "b"}},
            "sum.where",
            "where takes names",
            id="bare where",
        ),
        pytest.param(
            {"sum": {"each": "die", "of": {}}}, "sum.of", "an expression is", id="inside a sum"
        ),
        pytest.param(
            {"add": ["a", "3,35 TB/s"]}, "add[1]", "'3,35' is not a number", id="a bad quantity"
        ),
    ],
)
def test_what_describes_no_expression_is_refused_at_its_path(
    data: Any, path: str, what: str
) -> None:
    found = refusal(data)
    assert found[0] == path
    assert what in found[1]


def test_a_misspelt_operation_is_answered_with_the_nearest() -> None:
    assert refusal({"devide": ["a", "b"]})[2] == "did you mean 'divide'?"


@given(
    st.recursive(
        st.text() | st.sampled_from(["power", "5 W", "die.area", "3 Gb/s"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*OPERATORS, *AGGREGATES, "each", "where", "of", "metric", "when"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    )
)
def test_any_data_are_an_expression_or_an_error_of_ours(data: Data) -> None:
    try:
        node = from_data(data)
    except ChipcalcError:
        return
    assert isinstance(fold(node, NameReading()), dict)


@pytest.mark.parametrize(
    ("data", "result"),
    [
        ("5 W", "W"),
        ("power", "W"),
        ({"divide": ["throughput", "power"]}, "TOPS/W"),
        ({"multiply": ["throughput", "format.bits", "2 B"]}, "TOPS*bit*B"),
        ({"subtract": ["bandwidth", "1 GB/s"]}, "TB/s"),
        ({"smallest": ["throughput", {"multiply": ["bandwidth", "2 op/B"]}]}, "TOPS"),
        ({"sum": {"each": "die", "of": "die.area"}}, "mm^2"),
    ],
)
def test_the_unit_of_an_expression_is_known_without_a_chip(data: Data, result: str) -> None:
    found = unit_of(from_data(data))
    assert (found.factor, found.dimension) == (unit(result).factor, unit(result).dimension)


@pytest.mark.parametrize("operator", ["add", "subtract", "smallest", "largest"])
def test_different_kinds_of_quantity_are_refused_without_a_chip(operator: str) -> None:
    with pytest.raises(UnitError, match="'TB/s' is information per time, but 'GHz' is a frequency"):
        unit_of(from_data({operator: ["bandwidth", "bandwidth", "1 GHz"]}))


def test_a_conversion_has_the_unit_it_converts_to_and_fits_it() -> None:
    assert unit_of(Convert(Metric("bandwidth"), unit("GB/s"))) == unit("GB/s")
    with pytest.raises(UnitError):
        unit_of(Convert(Metric("bandwidth"), unit("GHz")))


def test_names_are_given_with_the_conditions_that_bind_them_everywhere() -> None:
    bound = Metric("throughput", when={"format": "fp16", "engine": "tensor"})
    loose = Metric("throughput", when={"format": "int8"})
    node = Operation("divide", (bound, Operation("add", (loose, Metric("power"), BITS))))
    assert fold(node, NameReading()) == {"throughput": {"format"}, "power": frozenset()}


def test_going_over_things_binds_them() -> None:
    node = Over("largest", ("format", "engine"), {}, Metric("throughput", when={"unit": "gpu"}))
    found = fold(Convert(node, unit("TOPS")), NameReading())
    assert found == {"throughput": {"format", "engine", "unit"}}
    assert fold(Constant(Quantity(exactly(Fraction(1)), unit("W"))), NameReading()) == {}


nodes: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from([Metric("power"), Metric("throughput"), BITS]),
    lambda inner: st.one_of(
        st.builds(Operation, st.just("add"), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Over, st.just("sum"), st.just(("die",)), st.just({}), inner),
        st.builds(Convert, inner, st.just(unit("W"))),
    ),
    max_leaves=6,
)


@given(nodes)
def test_the_walk_comes_to_every_part_from_left_to_right(node: Expression) -> None:
    """The text of an expression names its leaves in the order in which it is read."""
    shown = re.findall(r"Metric\(name='(\w+)'|Attribute\(of='(\w+)'", repr(node))
    leaves = [each for each in walk(node) if isinstance(each, Metric | Attribute)]
    assert [one or other for one, other in shown] == [each[0] for each in leaves]
    assert metrics_of(node) == [each for each in leaves if isinstance(each, Metric)]
    kinds = re.findall(r"\b(Operation|Over|Convert|Metric|Attribute)\(", repr(node))
    assert [type(each).__name__ for each in walk(node)] == kinds


@given(nodes)
def test_an_expression_is_rebuilt_with_other_leaves_and_nothing_else_changes(
    node: Expression,
) -> None:
    other = Metric("bandwidth")
    assert rebuild(node, lambda leaf: leaf) == node
    swapped = rebuild(node, lambda leaf: other if leaf == Metric("power") else leaf)
    power = repr(Metric("power"))
    assert repr(swapped) == repr(node).replace(power, repr(other))


def test_what_is_no_node_cannot_be_walked() -> None:
    with pytest.raises(AssertionError):
        fold("power", NameReading())  # type: ignore[arg-type]
