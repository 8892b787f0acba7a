"""The calculator: one expression over chips and quantities, exact, with what it rests on."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amounts import amount, decimals
from chipcalc.comparison.calculate import calculate, calculations, usual
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.sheets.store import Store
from chipcalc.tables.calc import report
from chipcalc.tables.report import Report
from chipcalc.values import units
from chipcalc.words.line import plain
from shared import said, shown


def calc(expression: str, store: Store) -> Report:
    """Return the report of an expression."""
    return report(calculations(expression, store), store.vocabulary)


def fault(expression: str, store: Store) -> Problem:
    """Return the problem of an expression."""
    with pytest.raises(ChipcalcError) as caught:
        calculate(expression, store)
    (problem,) = caught.value.problems
    return problem


RESULTS = {
    "3.35 TB/s to GB/s": "3,350 GB/s",
    "2 TB/s / 500 GB/s": "4",
    "(1 + 2) * 3": "9",
    "400 TOPS * 8 bit": "3,200 TOPS·bit",
    "2 op/B * 2 TB/s": "4 TOPS",
    "max(3 W, 1 kW)": "1,000 W",
    "min(3 W, 1 kW)": "3 W",
    "3 W - 1 W": "2 W",
    "2368 / 814": "2.909",
    "a10.memory_bandwidth": "2,000 GB/s",
    "a20.memory_bandwidth / A10.memory_bandwidth": "2 ×",
    "a10.throughput[fp16] / a10.board_power": "500 GFLOPS/W",
    "a10.throughput[int8, tensor] to POPS": "0.4 POPS",
    "b100-sxm.throughput[fp16]": "1,000 TFLOPS",
    "b100-sxm.throughput[fp16, 2:4]": "2,000 TFLOPS",
    "b100-sxm.throughput_per_watt[fp16, sparsity=2:4]": "2 TFLOPS/W",
    "b100-pcie.board_power / 100 W": "3–3.5 ×",
    "龙腾910.throughput[fp16, counts=cube]": "256 TFLOPS",
    "z1.throughput[int8, unit=dla]": "25 TOPS",
    "lt910.memory_bandwidth": "~1,200 GB/s",
    "a20.tpp / a10.tpp": "2.5 ×",
    "0.25 TB/s": "250 GB/s",
    "0.02 s": "20 ms",
    "1 kW to MW": "0.001 MW",
    "0.5 TOPS * 1 bit": "0.5 TOPS·bit",
    "6 GB/(2 GB)": "3",
    "6 GB/( s * W )": "6 GB/(s·W)",
    "1 kWh to J": "3,600,000 J",
    "1 MWh to kWh": "1,000 kWh",
    "1 year to h": "8,760 h",
    "1 day to h": "24 h",
    "400 W * 8760 h": "3.504 MWh",
    "400 W * 1 year * 0.08 USD/kWh": "280.3 USD",
    "1000 * 989.4 TFLOPS": "989.4 PFLOPS",
    "100 * a10.tpp": "320,000 TOPS·bit",
}


@pytest.mark.parametrize(("expression", "result"), RESULTS.items(), ids=RESULTS)
def test_an_expression_comes_to_its_result_in_the_fields_own_unit(
    expression: str, result: str, store: Store
) -> None:
    assert said(calc(expression, store).title) == [result]


@given(first=st.integers(1, 10**6), second=st.integers(1, 10**6))
@pytest.mark.parametrize("sign", ["+", "-", "*", "/"])
def test_arithmetic_is_exact(sign: str, first: int, second: int, store: Store) -> None:
    expected = {
        "+": Fraction(first + second),
        "-": Fraction(first - second),
        "*": Fraction(first * second),
        "/": Fraction(first, second),
    }[sign]
    found = calc(f"{first} {sign} {second}", store).data()
    assert Fraction(found["exact"]) == expected
    assert found["value"] == float(expected)


FAULTS = {
    "a1O.tpp": ("no sheet for 'a1O'", "ids that look alike: a10"),
    "a10.board_powr": ("no metric 'board_powr'", "did you mean 'board_power'?"),
    "atlas.tpp": (
        "'atlas' stands for 3 chips, and calc needs one",
        "name one of a10, a20, a20-lite",
    ),
    "a10.board_power + a10.memory_capacity": (
        "'W' is energy per time, but 'GB' is information",
        "compare like with like",
    ),
    "a10.memory_bandwidth to W": (
        "'GB/s' is information per time, but 'W' is energy per time",
        "compare like with like",
    ),
    "p1.memory_capacity": (
        "unknown: Zenith P1: Memory is not published",
        "'chipcalc show p1' lists what is published",
    ),
    "p1.memory_capacity * 2 to GB": (
        "unknown: Zenith P1: Memory is not published",
        "'chipcalc show p1' lists what is published",
    ),
    "a20.host_bandwidth": (
        "not offered: Acme A20: Host link: the chip has none",
        "'chipcalc show a20' lists what is published",
    ),
    "p1.performance_density": (
        "undefined: Zenith P1: no die of that kind: the area is zero",
        "'chipcalc show p1' lists what is published",
    ),
    "1 W / (2 s - 2 s)": (
        "undefined: 2 s − 2 s is zero, and nothing divides by zero",
        "compute its parts alone, to see which one it is",
    ),
}


@pytest.mark.parametrize(("expression", "problem"), FAULTS.items(), ids=FAULTS)
def test_what_has_no_result_is_an_error_that_says_why(
    expression: str, problem: tuple[str, str], store: Store
) -> None:
    found = fault(expression, store)
    assert (str(found), found.hint) == problem


def test_an_open_choice_says_how_to_make_it(store: Store) -> None:
    found = fault("a10.throughput", store)
    assert str(found).startswith("ambiguous: Acme A10: Peak throughput could be format=int8, ")
    assert "in the brackets" in found.hint


def test_an_attainable_throughput_needs_an_intensity(store: Store) -> None:
    found = fault("a10.attainable_throughput[fp16]", store)
    assert "arithmetic intensity is not given" in str(found)


def test_a_family_with_a_representative_is_used_with_a_notice(store: Store) -> None:
    found = calculate("b100.memory_capacity / a10.memory_capacity", store)
    assert said(report([found], store.vocabulary).title) == ["2.4 ×"]
    assert found.notices == ("b100 is read as b100-sxm (also b100-pcie)",)


def test_the_figures_used_are_listed_with_status_and_place(store: Store) -> None:
    found = calc("b100.throughput[fp16] / a10.board_power", store)
    assert [shown(row) for row in found.rows] == [
        ("b100-sxm.throughput[fp16]", "1,000", "TFLOPS", "official", "b100-sxm.yaml:14"),
        ("a10.board_power", "400", "W", "official", "a10.yaml:27"),
    ]


def test_lines_of_one_file_stand_behind_its_name_once(store: Store) -> None:
    found = calc("a10.tpp", store)
    ((*_, places),) = [shown(row) for row in found.rows]
    assert re.fullmatch(r"a10\.yaml:\d+(–\d+)?(, \d+(–\d+)?)*", places)


UNLIKE = {
    "b100-sxm.throughput[fp16] / a10.throughput[int8]": "FP16 against INT8, both dense",
    "b100-sxm.throughput[fp16, 2:4] / a10.throughput[fp16]": "2:4 sparse against dense",
    "b100-sxm.throughput[fp16, 2:4] / a10.throughput[int8]": (
        "FP16 against INT8, 2:4 sparse against dense"
    ),
    "a10.throughput[int8] + a10.throughput[fp16] + a10.throughput[tf32]": (
        "INT8 against FP16 against TF32, all dense"
    ),
}


@pytest.mark.parametrize(("expression", "said_of_it"), UNLIKE.items(), ids=UNLIKE)
def test_formats_and_readings_that_mix_are_told_behind_the_result(
    expression: str, said_of_it: str, store: Store
) -> None:
    (line,) = calc(expression, store).title
    assert plain(line.text).endswith(f"   not like for like: {said_of_it}")


@pytest.mark.parametrize(
    "expression",
    [
        "a20.throughput[fp16] / a10.throughput[fp16]",
        "a10.throughput[fp16] / a10.board_power",
        "a10.memory_bandwidth / a10.throughput[int8]",
        "b100-sxm.throughput[fp16, 2:4] / b100-sxm.throughput[fp16, 2:4]",
        "2 * 3",
    ],
)
def test_like_is_not_told_to_be_unlike(expression: str, store: Store) -> None:
    (line,) = calc(expression, store).title
    assert "not like" not in line.text


@pytest.mark.parametrize(
    ("expression", "fraction"),
    [
        ("2368 / 814", "32/11"),
        ("a10.throughput[fp16] / 3 W", "200/3 TFLOPS/W"),
        ("b100-pcie.board_power / 900 W", "1/3–7/18 ×"),
        ("3 W", "3 W"),
    ],
)
def test_an_exact_result_is_a_fraction(expression: str, fraction: str, store: Store) -> None:
    """300 to 350 W over 900 W are a third to seven eighteenths; 2368/814 is 32/11 times 74/74."""
    found = report([calculate(expression, store)], store.vocabulary, exact=True)
    assert said(found.title) == [fraction]


@pytest.mark.parametrize("expression", ["a20 / a10", "a20.throughput / a10.throughput"])
def test_without_a_format_a_result_stands_for_each_that_both_have(
    expression: str, store: Store
) -> None:
    """The A20 makes 1,000 and 500 against 400 and 200; of other formats only the A10 is known."""
    found = calculations(expression, store)
    results = {each.when["format"]: each.figure.value.amount.best for each in found}
    assert results == {"int8": Fraction(5, 2), "fp16": Fraction(5, 2)}
    report_ = calc(expression, store)
    assert [*map(plain, said(report_.title))] == ["2.5 ×   INT8, FP16, dense"]
    assert report_.kept == 0


def test_results_that_differ_by_format_stay_with_the_first_in_a_pipe(store: Store) -> None:
    answer, rest = calc("a10", store).apart()
    assert [row.texts for row in answer.rows] == [
        ("FP16", "200 TFLOPS"),
        ("TF32", "100 TFLOPS"),
        ("FP32 vector", "25 TFLOPS"),
    ]
    assert [*map(plain, said(answer.title))] == ["400 TOPS   INT8, dense"]
    assert len(rest.rows) == 4


def test_each_result_by_format_is_that_of_the_format_named(store: Store) -> None:
    for one in calculations("b100-sxm / a10", store):
        named = ", ".join(one.when.values())
        expression = f"b100-sxm.throughput[{named}] / a10.throughput[{named}]"
        assert calculate(expression, store).figure.value == one.figure.value


@given(count=st.integers(2, 10**6))
def test_so_many_of_a_chip_are_spelled_alike_alone_and_with_a_metric(
    count: int, store: Store
) -> None:
    one = calculate("a10.memory_capacity", store).figure.value.amount.best
    assert calculate(f"{count} a10.memory_capacity", store).figure.value.amount.best == one * count
    for single, many in zip(
        calculations("a10 / a20", store), calculations(f"{count} a10 / a20", store), strict=True
    ):
        assert many.figure.value.amount.best == single.figure.value.amount.best * count
        assert many.used[0][0].chip == f"{count} a10"


def test_a_unit_with_a_number_stays_one_where_no_chip_is_called_so(store: Store) -> None:
    assert said(calc("2 mm2", store).title) == ["2 mm²"]
    assert said(calc("2 W", store).title) == ["2 W"]


def test_a_format_that_one_figure_names_is_asked_of_the_other(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="ambiguous"):
        calculations("a10.throughput[fp16] / a20.throughput", store)


def test_figures_without_a_format_in_common_have_no_result(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no number format has the figures of"):
        calculations("z1.throughput[2:4] / a10.throughput", store)


@pytest.mark.parametrize("expression", ["1e90*1e90*1e90*1e90", "1/1e90/1e90/1e90/1e90"])
def test_a_result_beyond_three_hundred_digits_is_refused(expression: str, store: Store) -> None:
    what = "the result is too large or too small for an amount"
    assert fault(expression, store).what == what
    assert calculate("1e99*1e99*1e99", store).figure.value.amount.best == 10**297


def test_what_a_result_rests_on_stands_aside_of_it(store: Store) -> None:
    found = calc("a10.board_power", store)
    answer, rest = found.apart()
    assert found.aside
    assert (answer.title, answer.parts) == (found.title, ())
    assert (rest.title, rest.parts) == ((), found.parts)


def test_the_json_of_a_calculation_is_the_contract(store: Store) -> None:
    found = calc("b100-pcie.board_power / 200 W", store)
    result = {**amount("1.5", "1.5", "1.75"), "unit": "", "status": "reported"}
    inputs: list[dict[str, Any]] = [
        {
            "chip": "b100-pcie",
            "metric": "board_power",
            "when": {},
            **amount("300", "300", "350"),
            "unit": "W",
            "status": "reported",
            "at": ["b100-pcie.yaml:11"],
        }
    ]
    assert found.data() == {
        "schema": "chipcalc.calc/2",
        "expression": "b100-pcie.board_power / 200 W",
        **result,
        "inputs": inputs,
        "results": [],
    }
    assert list(found.records()) == [
        {
            "expression": "b100-pcie.board_power / 200 W",
            **decimals("1.5", "1.5", "1.75"),
            "unit": "",
            "status": "reported",
            "when": "",
        }
    ]


def test_the_json_of_results_by_format_has_each_and_no_single_one(store: Store) -> None:
    found = calc("a20 / a10", store).data()
    assert found["value"] is found["unit"] is found["status"] is None
    formats = [each["when"]["format"] for each in found["results"]]
    assert formats == ["int8", "fp16"]
    assert [each["value"] for each in found["results"]] == [2.5, 2.5]
    assert found["inputs"] == [e for each in found["results"] for e in each["inputs"]]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("5 TOPS*B", "40 TOPS*bit"),
        ("5 TB/s", "5000 GB/s"),
        ("5 TFLOPS/W", "5 TFLOPS/W"),
        ("5 kW", "5 kW"),
        ("5 GB*W", "5 GB*W"),
    ],
    ids=["other unit", "other prefix", "name of a format's own", "one part", "no such metric"],
)
def test_a_result_is_written_as_people_in_the_field_do(
    text: str, result: str, store: Store
) -> None:
    assert usual(units.quantity(text), store.vocabulary) == units.quantity(result)
