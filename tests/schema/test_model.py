"""What a sheet may say: every problem of a file at once, each with its line, path and hint."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chipcalc import yamlio
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.schema.base import parse
from chipcalc.schema.source import Source
from chipcalc.sheets.chip import Chip, Statement
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval
from chipcalc.values.units import unit
from chipcalc.vocabulary.model import Amount, MetricDefinition, Vocabulary

STATEMENT = "value: 5, unit: W, status: official, source: sheet"


def chip(text: str) -> Chip:
    """Return the chip that a text describes, as the file x1.yaml."""
    return parse(Chip, yamlio.load(text, "x1.yaml"))


def problems(text: str) -> list[Problem]:
    """Return what is wrong with a sheet."""
    with pytest.raises(ChipcalcError) as caught:
        chip(text)
    return list(caught.value.problems)


def of_statement(head: str, statement: str) -> Problem:
    """Return the one problem of a sheet with this statement, at the statement itself."""
    (problem,) = problems(f"{head}values:\n  board_power:\n    - {{{statement}}}\n")
    assert (problem.file, problem.line) == ("x1.yaml", 8)
    assert problem.path.startswith("values.board_power[0]")
    return problem


def test_every_problem_of_a_file_is_reported_at_once_with_file_line_and_path(head: str) -> None:
    found = problems(
        head
        + "lauched: 2024-02\n"
        + "values:\n"
        + "  board_power:\n"
        + "    - {value: 5, unit: Watt, status: official, source: sheet}\n"
        + "    - {value: '5,5', unit: W, status: official, source: sheet}\n"
        + "  memory_capacity:\n"
        + "    - {value: 80, unit: GB, status: official}\n"
        + "dies:\n"
        + "  - {count: 2}\n"
    )
    assert {(each.file, each.line, each.path) for each in found} == {
        ("x1.yaml", 6, "lauched"),
        ("x1.yaml", 9, "values.board_power[0].unit"),
        ("x1.yaml", 10, "values.board_power[1].value"),
        ("x1.yaml", 12, "values.memory_capacity[0]"),
        ("x1.yaml", 14, "dies[0].name"),
    }


def test_two_problems_of_one_statement_are_both_reported(head: str) -> None:
    """It lacks a source, and its value lies outside its range."""
    statement = "value: 5, range: [6, 7], unit: W, status: official"
    found = problems(f"{head}values:\n  board_power:\n    - {{{statement}}}\n")
    assert len(found) == 2


def test_a_sheet_is_a_mapping() -> None:
    (problem,) = problems("- h20\n")
    assert str(problem) == "x1.yaml:1: a file needs keys with values"
    assert problem.hint == "write for example id: h20"


@pytest.mark.parametrize(
    ("body", "path", "hint"),
    [
        ("lauched: 2024\n", "lauched", "did you mean 'launched'?"),
        ("market: {value: edge, statsu: official}\n", "market.statsu", "did you mean 'status'?"),
        ("dies: [{name: D, are: 5}]\n", "dies[0].are", "did you mean 'area'?"),
        ("units: {gpu: {lable: GPU}}\n", "units.gpu.lable", "did you mean 'label'?"),
        ("declared: {ecn: 4A994}\n", "declared.ecn", "did you mean 'eccn'?"),
        ("values: {price: [{valeu: 5}]}\n", "values.price[0].valeu", "did you mean 'value'?"),
        ("variant_of: {chp: a10}\n", "variant_of.chp", "did you mean 'chip'?"),
        ("qqqq: 5\n", "qqqq", "known here are aliases, availability, checked, "),
    ],
)
def test_an_unknown_key_is_refused_and_the_nearest_suggested(
    body: str, path: str, hint: str, head: str
) -> None:
    (found,) = [each for each in problems(head + body) if each.path == path]
    assert found.what == f"'{path.rpartition('.')[2]}' is not a key here"
    assert found.hint.startswith(hint)


def test_a_missing_key_is_named() -> None:
    assert {each.what for each in problems("id: x1\n")} == {
        "'name' is missing",
        "'vendor' is missing",
    }


def test_a_figure_without_a_source_is_refused(head: str) -> None:
    problem = of_statement(head, "value: 5, unit: W, status: reported")
    assert problem.what == "a fact needs a source"
    assert problem.hint == "name one of sources:, or mark it estimated and say why"


def test_an_estimate_needs_no_source_but_a_note(head: str) -> None:
    problem = of_statement(head, "value: 5, unit: W, status: estimated")
    assert (problem.what, problem.hint) == (
        "an estimate needs a note that says why",
        "add note: …",
    )
    body = "values: {board_power: [{value: 5, unit: W, status: estimated, note: a guess}]}"
    (statement,) = chip(head + body).values["board_power"]
    assert statement.source == ()


@pytest.mark.parametrize("written", ["source: sheet", "source: [sheet]"])
def test_one_source_is_written_alone_or_as_a_list(written: str, head: str) -> None:
    body = f"values: {{board_power: [{{value: 5, unit: W, status: official, {written}}}]}}"
    (statement,) = chip(head + body).values["board_power"]
    assert statement.source == ("sheet",)


@pytest.mark.parametrize("value", ["3", "7", "4.999"])
def test_a_range_that_does_not_hold_its_value_is_refused(value: str, head: str) -> None:
    statement = f"value: {value}, range: [5, 6], unit: W, status: official, source: sheet"
    problem = of_statement(head, statement)
    assert problem.what == "the value lies outside its range"
    assert problem.hint == "write range: [lowest, highest] around it"


def test_a_range_from_high_to_low_is_refused(head: str) -> None:
    statement = "value: 5, range: [6, 4], unit: W, status: official, source: sheet"
    assert of_statement(head, statement).what == "the value lies outside its range"


@pytest.mark.parametrize(
    "amounts", ["value: -5", "value: 5, range: [-1, 6]"], ids=["value", "end of a range"]
)
def test_a_negative_amount_is_refused(amounts: str, head: str) -> None:
    problem = of_statement(head, f"{amounts}, unit: W, status: official, source: sheet")
    assert problem.what == "a negative amount makes no sense here"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("'3,35'", "write a decimal point, no thousands separators: 3.35 or 335"),
        (".nan", "only finite numbers count; leave out what is unknown"),
        ("about 5", "write digits with at most one decimal point, such as 3.35"),
    ],
)
def test_what_is_no_number_is_refused_with_a_way_to_write_it(
    written: str, hint: str, head: str
) -> None:
    problem = of_statement(head, f"value: {written}, unit: W, status: official, source: sheet")
    assert problem.path == "values.board_power[0].value"
    assert problem.hint == hint


@pytest.mark.parametrize("written", ["[5]", "{low: 5}"])
def test_a_value_is_one_plain_value(written: str, head: str) -> None:
    problem = of_statement(head, f"value: {written}, unit: W, status: official, source: sheet")
    assert problem.what == "one plain value belongs here"


def test_numbers_stay_exact(head: str) -> None:
    body = "values: {price: [{value: 4.80, range: [0.1, 4.80], unit: USD, status: estimated,"
    (statement,) = chip(f"{head}{body} note: a guess}}]}}").values["price"]
    tenth, price = Fraction(1, 10), Fraction(24, 5)
    assert statement.quantity.amount == Interval(tenth, price, price)


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_a_date_is_written_as_exactly_as_it_is_known(date: str, head: str) -> None:
    assert str(chip(f"{head}launched: {date}\n").launched) == date


@pytest.mark.parametrize("date", ["02/2024", "2024-13", "2024-2", "24", "2024-02-30", "2023-02-29"])
def test_what_is_no_date_is_refused(date: str, head: str) -> None:
    (problem,) = problems(f"{head}launched: {date}\n")
    assert problem.path == "launched"
    assert problem.hint == "write 2024-02-29, 2024-02 or 2024"


@pytest.mark.parametrize("name", ["X1", "x 1", "-x1", "x1-", "龙腾"])
def test_an_id_is_a_plain_word(name: str) -> None:
    (problem,) = problems(f"id: {name}\nname: X1\nvendor: acme\n")
    assert problem.path == "id"
    assert problem.hint.startswith("write lower-case letters, digits")


def test_the_address_of_a_source_is_a_web_address() -> None:
    text = "{title: T, publisher: P, url: www.example.com, accessed: 2026-01-02}"
    with pytest.raises(ChipcalcError) as caught:
        parse(Source, yamlio.load(text, "press.yaml"))
    (problem,) = caught.value.problems
    assert (problem.path, problem.hint) == (
        "url",
        "write one that begins with https://, such as https://acme.com/z9.pdf",
    )


def test_a_loaded_chip_does_not_change(head: str) -> None:
    with pytest.raises(AttributeError, match="never changes"):
        chip(head).name = "X2"  # type: ignore[misc]


def metric(formula: str) -> MetricDefinition:
    """Return a metric with this formula."""
    text = f"{{label: M, section: S, unit: W, say: how, formula: {formula}}}"
    return parse(MetricDefinition, yamlio.load(text, "metrics.yaml"))


def test_a_formula_that_is_none_is_refused_with_its_place() -> None:
    with pytest.raises(ChipcalcError) as caught:
        metric("{devide: [board_power, board_power]}")
    (problem,) = caught.value.problems
    assert problem.path == "formula"
    assert problem.what == "'devide' is no operation"
    assert problem.hint == "did you mean 'divide'?"


def test_a_quantity_without_a_range_is_exact() -> None:
    amount = Amount.model_validate({"value": "5", "unit": "W"})
    statement = Statement.model_validate(
        {"value": "5", "unit": "W", "status": "estimated", "note": "a guess"}
    )
    for quantity in (amount.quantity, statement.quantity):
        assert quantity.amount.exact
        assert quantity.amount.best == 5
        assert quantity.unit == unit("W")


def test_the_bit_length_of_tf32_is_19_to_32_bits(store: Store) -> None:
    bits = store.vocabulary.conditions["format"].values["tf32"].bits
    assert bits is not None
    assert bits.quantity.amount == Interval(Fraction(19), Fraction(19), Fraction(32))


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ({}, "TOPS/W"),
        ({"format": "int8"}, "TOPS/W"),
        ({"format": "fp16", "engine": "tensor"}, "TFLOPS/W"),
        ({"unit": "gpu"}, "TOPS/W"),
    ],
    ids=["plain", "operations", "floating point", "part"],
)
def test_a_floating_point_rate_is_written_in_flops(
    when: dict[str, str], text: str, store: Store
) -> None:
    assert store.vocabulary.unit("throughput_per_watt", when).text == text


@pytest.mark.parametrize(
    ("name", "hint"),
    [("board_powr", "did you mean 'board_power'?"), ("zzz", "'chipcalc metrics' lists them")],
)
def test_a_metric_that_is_not_known_suggests_the_nearest(
    name: str, hint: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError, match=f"no metric '{name}'") as caught:
        store.vocabulary.metric(name)
    assert caught.value.problems[0].hint == hint


def test_a_wrong_key_deep_in_the_vocabulary_suggests_the_nearest() -> None:
    text = "conditions: {format: {label: F, role: row, values: {int8: {label: I, bit: 8}}}}\n"
    with pytest.raises(ChipcalcError) as caught:
        parse(Vocabulary, yamlio.load(f"{text}metrics: {{}}\n", "metrics.yaml"))
    (problem,) = caught.value.problems
    assert problem.path == "conditions.format.values.int8.bit"
    assert "'bits'" in problem.hint
