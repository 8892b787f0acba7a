"""Whether a sheet speaks the vocabulary: known words, fitting units, stated conditions."""

from __future__ import annotations

import re

import pytest

from chipcalc import yamlio
from chipcalc.errors import Problem
from chipcalc.schema.base import parse
from chipcalc.sheets.checks import sheet_problems
from chipcalc.sheets.chip import Chip
from chipcalc.sheets.store import Store
from chipcalc.values import units

FIRM = "status: official, source: sheet"


@pytest.fixture
def found(store: Store, head: str, request: pytest.FixtureRequest) -> list[Problem]:
    """Return the sheet_problems of the sheet whose body is the test's parameter."""
    document = yamlio.load(head + request.param, "x1.yaml")
    return list(sheet_problems(parse(Chip, document), document, store.vocabulary))


def rate(when: str, unit: str = "TOPS") -> str:
    """Return a sheet with one throughput."""
    return f"values:\n  throughput:\n    - {{value: 5, unit: {unit}, when: {{{when}}}, {FIRM}}}\n"


DENSE_INT8 = "format: int8, engine: tensor, sparsity: dense"
SHEETS = {
    "nothing": "",
    "shared rate": f"same_as: {{fp16: {{format: int8, times: 2, {FIRM}}}}}\n{rate(DENSE_INT8)}",
    "rate": rate(DENSE_INT8),
    "floating point rate": rate(DENSE_INT8.replace("int8", "fp16"), "PFLOPS"),
    "rate of a unit": f"units: {{gpu: {{label: GPU}}}}\n{rate(f'{DENSE_INT8}, unit: gpu')}",
    "price in another currency": f"values: {{price: [{{value: 5, unit: CNY, {FIRM}}}]}}",
    "words": "formats: [int8]\nnot_offered: [link_bandwidth, fp16]\n"
    f"details: {{memory_type: [{{value: HBM, {FIRM}}}]}}",
    "die": f"dies: [{{name: D}}, {{name: E, area: {{value: 1, unit: cm^2, {FIRM}}}}}]",
    "declared": f"declared: {{tpp: {{value: 5, unit: TOPS*bit, {FIRM}}}}}",
}


@pytest.mark.parametrize("found", SHEETS.values(), ids=SHEETS, indirect=True)
def test_a_sheet_that_speaks_the_vocabulary_has_no_problem(found: list[Problem]) -> None:
    assert found == []


def shared(text: str, formats: str = "int8, fp16") -> str:
    """Return a sheet with a rate of INT8, and what it says of formats at the rate of others."""
    return f"formats: [{formats}]\nsame_as: {{{text}, {FIRM}}}}}\n{rate(DENSE_INT8)}"


FAULTS = {
    "unknown format at the rate of another one": (
        shared("fp17: {format: int8", "int8"),
        "x1.yaml:7: same_as.fp17: no such word 'fp17'",
        "did you mean 'fp16'?",
    ),
    "format at the rate of another one that has its own": (
        shared("int8: {format: int8"),
        "x1.yaml:7: same_as.int8: 'int8' has a figure of its own",
        "keep one of the two",
    ),
    "format at the rate of another one that is not listed": (
        shared("fp16: {format: int8", "int8"),
        "x1.yaml:7: same_as.fp16: formats: does not list 'fp16'",
        "add it to formats:",
    ),
    "format at the rate of one that has none": (
        shared("fp16: {format: fp32"),
        "x1.yaml:7: same_as.fp16.format: nothing that is stated of 'fp32' could hold of 'fp16'",
        "name a format that has a figure",
    ),
    "unknown metric": (
        f"values: {{board_powr: [{{value: 5, unit: W, {FIRM}}}]}}",
        "x1.yaml:6: values.board_powr: no metric 'board_powr'",
        "did you mean 'board_power'?",
    ),
    "derived metric": (
        f"values: {{tpp: [{{value: 5, unit: TOPS*bit, {FIRM}}}]}}",
        "x1.yaml:6: values.tpp: 'tpp' is derived, so no sheet states it",
        "",
    ),
    "unit of a value": (
        f"values:\n  memory_bandwidth:\n    - {{value: 5, unit: GHz, {FIRM}}}",
        (
            "x1.yaml:8: values.memory_bandwidth[0].unit: 'GHz' is a frequency, "
            "but memory_bandwidth is measured in GB/s (information per time)"
        ),
        "did you mean 'GB/s'?",
    ),
    "unit of an area": (
        f"dies:\n  - name: D\n    area: {{value: 5, unit: mm, {FIRM}}}",
        (
            "x1.yaml:8: dies[0].area.unit: 'mm' is length, "
            "but a die area is measured in mm^2 (length²)"
        ),
        "did you mean 'mm^2'?",
    ),
    "unit of what is declared": (
        f"declared:\n  tpp: {{value: 5, unit: TOPS, {FIRM}}}",
        (
            "x1.yaml:7: declared.tpp.unit: 'TOPS' is operation per time, "
            "but tpp is measured in TOPS*bit (information × operation per time)"
        ),
        "did you mean 'TOPS*bit'?",
    ),
    "condition not stated": (
        rate("format: int8, engine: tensor"),
        "x1.yaml:8: values.throughput[0]: throughput needs its sparsity stated",
        "add when: {sparsity: dense}",
    ),
    "row not stated": (
        rate("engine: tensor, sparsity: dense"),
        "x1.yaml:8: values.throughput[0]: throughput needs its format stated",
        "add when: {format: int8}",
    ),
    "unknown condition": (
        rate(f"{DENSE_INT8}, count: cube"),
        "x1.yaml:8: values.throughput[0].when.count: throughput has no condition 'count'",
        "did you mean 'counts'?",
    ),
    "condition of another metric": (
        f"values:\n  board_power:\n    - {{value: 5, unit: W, when: {{sparsity: dense}}, {FIRM}}}",
        "x1.yaml:8: values.board_power[0].when.sparsity: board_power has no condition 'sparsity'",
        "",
    ),
    "unknown value": (
        rate(DENSE_INT8.replace("int8", "FP16")),
        "x1.yaml:8: values.throughput[0].when.format: no format 'FP16'",
        "did you mean 'fp16'?",
    ),
    "value like no other": (
        rate(DENSE_INT8.replace("tensor", "qqq")),
        "x1.yaml:8: values.throughput[0].when.engine: no engine 'qqq'",
        "known are tensor and vector",
    ),
    "unit that the chip has not": (
        rate(f"{DENSE_INT8}, unit: gpu"),
        "x1.yaml:8: values.throughput[0].when.unit: no unit 'gpu'",
        "known are none",
    ),
    "format not listed": (
        f"formats: [fp16]\n{rate(DENSE_INT8)}",
        (
            "x1.yaml:9: values.throughput[0].when.format: "
            "'int8' has a figure, but formats: does not list it"
        ),
        "add it to formats:",
    ),
    "unknown format": (
        "formats:\n  - int8\n  - fp61\n",
        "x1.yaml:8: formats[1]: no such word 'fp61'",
        "did you mean 'fp16'?",
    ),
    "unknown thing not offered": (
        "not_offered: [board_powr]\n",
        "x1.yaml:6: not_offered[0]: no such word 'board_powr'",
        "did you mean 'board_power'?",
    ),
    "unknown detail": (
        f"details: {{memory_typ: [{{value: HBM, {FIRM}}}]}}",
        "x1.yaml:6: details.memory_typ: no detail 'memory_typ'",
        "did you mean 'memory_type'?",
    ),
}


@pytest.mark.parametrize(
    ("found", "problem", "hint"), FAULTS.values(), ids=FAULTS, indirect=["found"]
)
def test_a_misfit_is_named_with_its_place_and_a_way_to_mend_it(
    found: list[Problem], problem: str, hint: str
) -> None:
    assert [(str(each), each.hint) for each in found] == [(problem, hint)]


@pytest.mark.parametrize(
    "found", ["units: {gpu: {label: GPU, formats: [int88]}}"], ids=["int88"], indirect=True
)
def test_a_unit_offers_known_formats_only(found: list[Problem]) -> None:
    """A unit with a misspelt format would silently be left out of every sum."""
    assert [each.path for each in found] == ["units.gpu.formats[0]"]


CONTRADICTIONS = {
    "format": f"not_offered: [int8]\n{rate(DENSE_INT8)}",
    "format of a unit": "units: {dla: {label: DLA, formats: [fp16]}}\n"
    + rate(f"{DENSE_INT8}, unit: dla"),
    "metric": "not_offered: [board_power]\n"
    f"values: {{board_power: [{{value: 5, unit: W, {FIRM}}}]}}",
}


@pytest.mark.parametrize("found", CONTRADICTIONS.values(), ids=CONTRADICTIONS, indirect=True)
def test_a_figure_of_what_the_sheet_says_is_not_offered_is_refused(found: list[Problem]) -> None:
    assert len(found) == 1


SEVERAL = "formats: [fp61]\ndetails: {colour: []}\nvalues: {qqq: [], tpp: []}\n"


@pytest.mark.parametrize("found", [SEVERAL], ids=["four"], indirect=True)
def test_all_misfits_of_a_sheet_are_found_at_once(found: list[Problem]) -> None:
    assert {each.path for each in found} == {
        "formats[0]",
        "details.colour",
        "values.qqq",
        "values.tpp",
    }


WRONG = ("mm^2", "MHz", "GB", "TB/s", "kW", "TOPS", "s", "USD", "TOPS*bit")


@pytest.mark.parametrize("unit", WRONG)
@pytest.mark.parametrize("metric", ["memory_bandwidth", "memory_capacity", "board_power", "price"])
def test_the_unit_that_is_suggested_fits_the_metric(
    metric: str, unit: str, store: Store, head: str
) -> None:
    body = f"values: {{{metric}: [{{value: 5, unit: {unit}, {FIRM}}}]}}"
    document = yamlio.load(head + body, "x1.yaml")
    right = store.vocabulary.metric(metric).unit
    for problem in sheet_problems(parse(Chip, document), document, store.vocabulary):
        (suggested,) = re.findall(r"'(.*)'", problem.hint)
        assert units.unit(suggested).dimension == right.dimension
