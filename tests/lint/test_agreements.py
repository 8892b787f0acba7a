"""Figures of one sheet that have to agree, facts that decide, and what a sheet excuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import Problem
from chipcalc.files import BUILT_IN
from chipcalc.lint.exceptions import figures_agree
from chipcalc.lint.standards import NAME, Standards, standards
from chipcalc.schema.base import parse
from chipcalc.schema.load import read
from chipcalc.sheets.store import Store
from shared import STORE

SHEET = """\
id: x1
name: X1
vendor: acme
sources:
  sheet: {title: Sheet, publisher: Acme, url: https://acme.example/x1, accessed: 2026-01-02}
"""
SOURCED = "status: official, source: sheet, at: table 1"


def rate(value: str, form: str, more: str = "", sourced: str = SOURCED) -> str:
    """Return a dense rate of a number format."""
    unit = "TOPS" if form.startswith("int") else "TFLOPS"
    when = f"{{format: {form}, engine: tensor, sparsity: dense{more}}}"
    return f"    - {{value: {value}, unit: {unit}, when: {when}, {sourced}}}\n"


def stated(metric: str, value: str, unit: str, when: str = "") -> str:
    """Return the one statement of a metric."""
    conditions = f", when: {{{when}}}" if when else ""
    return f"  {metric}:\n    - {{value: {value}, unit: {unit}{conditions}, {SOURCED}}}\n"


def problems(body: str, folder: Path) -> list[Problem]:
    """Return what the checks find that a sheet may be excused from."""
    path = folder / "x1.yaml"
    path.write_text(SHEET + body, encoding="utf-8")
    return list(figures_agree(STORE.from_file(str(path)), STORE))


def told(body: str, folder: Path) -> list[str]:
    """Return the words of what the checks find."""
    return [each.what for each in problems(body, folder)]


# 100 units × 2,048 operations × 1 GHz make 204.8 TFLOPS.
UNITS = (
    stated("core_count", "100", "core", "core: sm")
    + stated("clock_frequency", "1", "GHz")
    + stated("operations_per_clock", "2048", "op/core", "format: fp16, engine: tensor, core: sm")
)


@pytest.mark.parametrize("value", ["204.8", "195.1", "215"])
def test_a_rate_is_what_units_operations_and_clock_make_but_for_five_percent(
    value: str, tmp_path: Path
) -> None:
    body = "values:\n  throughput:\n" + rate(value, "fp16") + UNITS
    assert told(body, tmp_path) == []


def test_a_figure_that_nobody_looked_up_is_held_to_no_other_one(tmp_path: Path) -> None:
    unverified = "status: unverified, source: sheet"
    body = "values:\n  throughput:\n" + rate("409.6", "fp16", sourced=unverified) + UNITS
    assert told(body, tmp_path) == []


@pytest.mark.parametrize("value", ["194", "215.1", "409.6"])
def test_a_rate_that_its_units_cannot_make_is_told(value: str, tmp_path: Path) -> None:
    body = "values:\n  throughput:\n" + rate(value, "fp16") + UNITS
    (found,) = problems(body, tmp_path)
    what = f"units × operations × clock: fp16, tensor, sm, {value} TFLOPS against 204.8 TFLOPS"
    assert (found.what, found.line) == (what, 8)
    assert found.hint == ("mend one of them, or say why: exceptions: [{check: clocks, reason: …}]")


def test_a_range_has_to_meet_what_the_units_make(tmp_path: Path) -> None:
    body = "values:\n  throughput:\n" + rate("150, range: [150, 200]", "fp16") + UNITS
    assert told(body, tmp_path) == []
    body = body.replace("200]", "190]")
    assert len(told(body, tmp_path)) == 1


@pytest.mark.parametrize("int8", ["100", "200", "400", "203.9"])
def test_int8_runs_at_one_two_or_four_times_the_rate_of_fp16(int8: str, tmp_path: Path) -> None:
    body = "values:\n  throughput:\n" + rate(int8, "int8") + rate("100", "fp16")
    assert told(body, tmp_path) == []


@pytest.mark.parametrize("int8", ["50", "150", "205", "300", "1000"])
def test_int8_at_another_multiple_of_fp16_is_told(int8: str, tmp_path: Path) -> None:
    body = "values:\n  throughput:\n" + rate(int8, "int8") + rate("100", "fp16")
    (found,) = told(body, tmp_path)
    assert found.startswith("INT8 against FP16: tensor, ")


@pytest.mark.parametrize(("bandwidth", "expected"), [("1008", 0), ("1050", 0), ("504", 1)])
def test_bandwidth_is_what_the_bus_and_its_data_rate_make(
    bandwidth: str, expected: int, tmp_path: Path
) -> None:
    """A bus of 384 bits at 21 GT/s, as on an RTX 4090, carries 1,008 GB/s."""
    body = "values:\n" + stated("memory_bandwidth", bandwidth, "GB/s")
    body += stated("bus_width", "384", "bit") + stated("data_rate", "21", "GT/s")
    assert len(told(body, tmp_path)) == expected


@pytest.mark.parametrize(("declared", "expected"), [("15840", 0), ("16300", 0), ("17000", 1)])
def test_the_declared_tpp_is_the_computed_one_but_for_three_percent(
    declared: str, expected: int, tmp_path: Path
) -> None:
    """The 1,979 TOPS of an H100 at 8 bits make 15,832."""
    body = "formats: [int8]\nvalues:\n  throughput:\n" + rate("1979", "int8")
    body += f"declared:\n  tpp: {{value: {declared}, unit: TOPS*bit, {SOURCED}}}\n"
    assert len(told(body, tmp_path)) == expected


def die(area: str, billions: str, node: str) -> str:
    """Return a sheet of a die with so many transistors."""
    values = stated("transistors", billions, "billion") + stated("process_node", node, "nm")
    area = f"area: {{value: {area}, unit: mm^2, {SOURCED}}}"
    return f"values:\n{values}dies:\n  - {{name: D, {area}, transistor: finfet}}\n"


def test_as_many_transistors_lie_on_a_die_as_its_process_lets(tmp_path: Path) -> None:
    """GH100 has 80 billion on 814 mm² at 4 nm; GA10B has 21 billion on 455 mm² at 8 nm."""
    assert told(die("814", "80", "4"), tmp_path) == []
    assert told(die("455", "21", "8"), tmp_path) == []


def test_a_die_that_is_too_small_for_its_transistors_is_told(tmp_path: Path) -> None:
    """A database has 200 mm² for GA10B, and one die of a B200 for the transistors of two."""
    (found,) = told(die("200", "21", "8"), tmp_path)
    assert found.startswith("transistors on its dies: 0.105 billion/mm²")
    assert len(told(die("800", "208", "4"), tmp_path)) == 1
    assert len(told(die("1600", "104", "4"), tmp_path)) == 1


def test_a_node_of_which_no_sheet_tells_the_density_is_no_problem(tmp_path: Path) -> None:
    assert told(die("100", "500", "2"), tmp_path) == []


OFF = "values:\n  throughput:\n" + rate("300", "int8") + rate("100", "fp16")
EXCUSE = "exceptions:\n  - {check: int8, reason: the multipliers are made so}\n"


def test_an_exception_with_its_reason_excuses_the_sheet(tmp_path: Path) -> None:
    assert told(OFF + EXCUSE, tmp_path) == []
    assert told(OFF + EXCUSE.replace("reason", "when: {engine: tensor}, reason"), tmp_path) == []


def test_an_exception_excuses_no_other_check_and_no_other_figure(tmp_path: Path) -> None:
    other = EXCUSE.replace("int8", "clocks")
    assert len(told(OFF + other, tmp_path)) == 2
    vector = EXCUSE.replace("reason", "when: {engine: vector}, reason")
    assert len(told(OFF + vector, tmp_path)) == 2


def test_an_exception_expires_with_what_it_excused(tmp_path: Path) -> None:
    (found,) = problems(OFF.replace("300", "200") + EXCUSE, tmp_path)
    assert (found.path, found.what) == ("exceptions[0]", "nothing is left that 'int8' would find")
    assert found.hint == "delete the exception"


def test_an_exception_names_a_check_that_there_is(tmp_path: Path) -> None:
    (found,) = problems(OFF.replace("300", "200") + EXCUSE.replace("int8", "clock"), tmp_path)
    assert (found.path, found.what) == ("exceptions[0].check", "no check 'clock'")
    assert found.hint == "did you mean 'clocks'?"


UNPLACED = "decides under export controls, and is official without its place in the source"
BARE = "status: official, source: sheet"


def test_an_official_rate_that_makes_the_tpp_names_its_place(tmp_path: Path) -> None:
    """INT8 decides: 200 × 8 is more than 90 × 16."""
    body = "formats: [int8, fp16]\nvalues:\n  throughput:\n"
    decides = body + rate("200", "int8", sourced=BARE) + rate("90", "fp16")
    (found,) = problems(decides + EXCUSE, tmp_path)
    assert (found.path, found.what) == ("values.throughput[0]", UNPLACED)
    assert found.hint == "add at: the page, table or row"
    other = body + rate("200", "int8") + rate("90", "fp16", sourced=BARE)
    assert told(other + EXCUSE, tmp_path) == []


@pytest.mark.parametrize("status", ["reported, source: sheet", "estimated, note: a guess"])
def test_what_is_not_official_is_only_counted(status: str, tmp_path: Path) -> None:
    body = "values:\n  throughput:\n" + rate("200", "int8", sourced=f"status: {status}")
    assert told(body, tmp_path) == []


def test_what_a_vendor_declares_and_the_area_of_a_die_name_their_place(tmp_path: Path) -> None:
    body = "formats: [int8]\nvalues:\n  throughput:\n" + rate("1979", "int8")
    body += (
        f"dies:\n  - {{name: D, area: {{value: 814, unit: mm^2, {BARE}}}, transistor: finfet}}\n"
    )
    body += f"declared:\n  tpp: {{value: 15840, unit: TOPS*bit, {BARE}}}\n"
    body += f"  eccn: {{value: 3A090.a.1, {BARE}}}\n"
    found = {each.path for each in problems(body, tmp_path)}
    assert found == {"dies[0].area", "declared.tpp", "declared.eccn"}


def test_the_figures_of_a_circuit_that_is_described_in_place_have_to_agree(tmp_path: Path) -> None:
    inner = OFF.replace("\n", "\n      ").rstrip()
    body = f"item: {{value: board, {BARE}}}\ncontains:\n  - count: 2\n    circuit:\n      name: Z\n"
    (found,) = told(body + f"      {inner}\n", tmp_path)
    assert found == "INT8 against FP16: tensor, 300 TOPS against 100 TOPS"


def test_a_variant_is_not_told_what_its_parent_states(tmp_path: Path) -> None:
    """The declared TPP of an H100 NVL is 6 percent off its rates, which its own sheet excuses."""
    assert told("variant_of: {chip: h100-nvl}\n", tmp_path) == []


def test_the_standards_name_metrics_that_there_are() -> None:
    """Else a slip in them would let every sheet pass."""
    found = parse(Standards, read(BUILT_IN / NAME))
    assert found == standards(STORE)
    assert len(found.agreements) == 5
    assert "tpp" in found.deciding


def test_a_vocabulary_of_a_users_own_is_not_asked_for_what_it_does_not_have(specs: Path) -> None:
    (specs / NAME).unlink()
    store = Store((specs,))
    kept = standards(store)
    assert "density" not in kept.agreements
    assert all(each.metrics <= set(store.vocabulary.metrics) for each in kept.agreements.values())
