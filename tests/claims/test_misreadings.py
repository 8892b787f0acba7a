"""The usual misreadings of a printed figure: found where they make it true, and nowhere else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from chipcalc.claims.finding import ClaimFinding, Interpretation
from chipcalc.figures.figure import Figure
from chipcalc.sheets.store import Store
from claimed import compare as ask

SLIPS = """
slips:
  - {label: bits printed as bytes, unit: B, times: 8}
  - {label: multiply-accumulates counted as one operation, unit: op, times: 0.5}
  - {label: operations counted twice, unit: op, times: 2}
"""


@pytest.fixture
def slipping(specs: Path) -> Store:
    """Return the made-up store with slips of the pen and one metric mistaken for another."""
    path = specs / "metrics.yaml"
    text = path.read_text().replace("\nmetrics:\n", f"{SLIPS}\nmetrics:\n")
    path.write_text(
        text.replace(
            "    label: Peak throughput\n", "    label: Peak throughput\n    mistaken_for: [tpp]\n"
        )
    )
    return Store((specs,))


def kinds(found: ClaimFinding) -> list[tuple[str, str]]:
    """Return the misreadings of an answer by kind, in order."""
    return [(turn.kind, turn.what) for each in found.interpretations for turn in each.turns]


def reading(found: ClaimFinding, kind: str) -> Interpretation:
    """Return the one misreading of a kind."""
    (one,) = [each for each in found.interpretations if each.turns[0].kind == kind]
    return one


def figures(found: Interpretation) -> list[Fraction]:
    """Return the figures of a misreading."""
    return [e.figure.value.amount.best for e in found.instances if isinstance(e.figure, Figure)]


def test_dense_against_sparse_is_found(store: Store) -> None:
    """200 TFLOPS dense against 1000 sparse; dense against dense it is 200 of 500."""
    found = ask(store, "a10.throughput[fp16]", "equals: 20 %", "a20.throughput[fp16]")
    assert found.settlement == "fails"
    assert kinds(found)[0] == ("reading", "2:4 sparse")
    assert found.interpretations[0].turns[0].sides == ("to",)
    assert figures(found.interpretations[0]) == [Fraction(1, 5)]


def test_a_sparse_figure_alone_is_found(store: Store) -> None:
    found = ask(store, "a20.throughput[fp16]", "equals: 1000 TFLOPS")
    assert ("reading", "2:4 sparse") in kinds(found)


def test_a_chip_without_sparsity_is_never_doubled(store: Store) -> None:
    """Nothing says that the A10 skips zeros, so 400 TFLOPS at FP16 are no reading of its 200."""
    found = ask(store, "a10.throughput[fp16]", "equals: 400 TFLOPS")
    assert not any(kind == "reading" for kind, _ in kinds(found))


@pytest.mark.parametrize("chip", ["a20", "a10"])
def test_one_direction_is_found_however_the_link_is_stated(store: Store, chip: str) -> None:
    """The A20 states 400 GB/s in each direction, the A10 600 GB/s in both."""
    one_way = {"a20": 400, "a10": 300}[chip]
    found = ask(store, f"{chip}.link_bandwidth", f"equals: {one_way} GB/s")
    assert kinds(found)[0] == ("reading", "each direction")
    assert figures(found.interpretations[0]) == [one_way]


def test_another_engine_is_found(specs: Path) -> None:
    path = specs / "chips" / "acme" / "a20.yaml"
    vector = "{value: 50, unit: TFLOPS, when: {format: fp32, engine: vector, sparsity: dense}, "
    tensor = "{value: 400, unit: TFLOPS, when: {format: fp32, engine: tensor, sparsity: dense}, "
    more = "".join(
        f"    - {each}status: official, source: a20-datasheet}}\n" for each in (vector, tensor)
    )
    path.write_text(path.read_text().replace("  throughput:\n", f"  throughput:\n{more}"))
    found = ask(Store((specs,)), "a10.throughput[fp32]", "equals: 6.25 %", "a20.throughput")
    rows = [each for each in kinds(found) if each[0] == "unlike"]
    assert rows == [("unlike", "engine")]
    engine = next(each for each in found.interpretations if each.turns[0].what == "engine")
    assert figures(engine) == [Fraction(25, 400)]
    assert engine.instances[0].against == {"format": "fp32", "engine": "tensor"}


def test_unlike_formats_are_found(store: Store) -> None:
    """400 TOPS at INT8 against 500 TFLOPS at FP16; at INT8 the A20 makes 1000."""
    found = ask(store, "a10.throughput[int8]", "equals: 80 %", "a20.throughput")
    cases = reading(found, "unlike").instances
    rows = {(each.row["format"], each.against["format"]) for each in cases}
    assert rows == {("int8", "fp16")}


def test_readings_that_come_to_the_same_figures_are_one(store: Store) -> None:
    """FP16 against INT8 is 20 % as well as FP16 against sparse FP16, which is the usual one."""
    found = ask(store, "a10.throughput[fp16]", "equals: 20 %", "a20.throughput[fp16]")
    assert kinds(found) == [("reading", "2:4 sparse")]


def test_a_pair_of_formats_that_are_both_other_ones_is_left_out(store: Store) -> None:
    """TF32 against INT8 is 10 %, but the claim names FP16 for both."""
    found = ask(store, "a10.throughput[fp16]", "equals: 10 %", "a20.throughput[fp16]")
    assert ("unlike", "format") not in kinds(found)


def test_another_format_than_the_one_that_is_named_is_found(store: Store) -> None:
    found = ask(store, "a10.throughput[fp16]", "equals: 400 TOPS")
    (case,) = reading(found, "other").instances
    assert case.row == {"format": "int8", "engine": "tensor"}


def test_another_chip_of_the_family_is_found(store: Store) -> None:
    """Of the Atlas chips, the A20 has 128 GB."""
    found = ask(store, "a10.memory_capacity", "equals: 128 GB")
    (case,) = reading(found, "variant").instances
    assert case.sheets[0].id == "a20"


def test_a_family_has_no_other_variant(store: Store) -> None:
    assert "variant" not in dict(kinds(ask(store, "atlas.memory_capacity", "equals: 128 GB")))


def test_bits_for_bytes_is_a_slip_of_bandwidth_alone(slipping: Store) -> None:
    found = ask(slipping, "a10.memory_bandwidth", "equals: 16 TB/s")
    assert kinds(found) == [("slip", "bits printed as bytes")]
    assert ("slip", "bits printed as bytes") not in kinds(
        ask(slipping, "a10.board_power", "equals: 3200 W")
    )


def test_a_slip_of_one_side_is_not_one_of_the_other(slipping: Store) -> None:
    """100 TFLOPS over 2 TB/s are 50; the bandwidth has no operations to halve."""
    found = ask(slipping, "a10.throughput[tf32]", "equals: 25 op/B", "a10.memory_bandwidth")
    slips = [turn for each in found.interpretations for turn in each.turns if turn.kind == "slip"]
    assert [turn.sides for turn in slips if "multiply" in turn.what] == [("of",)]


def test_a_plain_quantity_cannot_slip(slipping: Store) -> None:
    """Half of 400 W has no reading; nothing but the A10's power is a figure."""
    assert not ask(slipping, "a10.throughput[int8]", "equals: '0.001'", "400 TOPS").interpretations


def test_total_processing_performance_printed_as_a_rate_is_found(slipping: Store) -> None:
    """400 TOPS × 8 bit are 3200."""
    found = ask(slipping, "a10.throughput[int8]", "equals: 3200 TOPS")
    assert figures(reading(found, "metric")) == [3200]


def test_total_processing_performance_on_both_sides_is_found(slipping: Store) -> None:
    """FP32 is 25 of 25; by total processing performance, 3200 of 8000."""
    found = ask(slipping, "a10.throughput[tf32]", "equals: 40 %", "a20.throughput")
    assert found.settlement == "outside the spec sheets"
    found = ask(slipping, "a10.throughput[int8]", "equals: 2.5 %", "a20.throughput[fp16]")
    assert found.settlement == "fails"


def test_a_metric_is_mistaken_where_it_stands_and_not_beside_it(slipping: Store) -> None:
    """3200 over 400 W is 8; the power stays the power."""
    found = ask(slipping, "a10.throughput[int8] / a10.board_power", "equals: 8 TOPS/W")
    assert figures(reading(found, "metric")) == [8]


def test_what_holds_as_printed_needs_no_reading(slipping: Store) -> None:
    assert not ask(slipping, "a10.throughput", "equals: 40 %", "a20.throughput").interpretations


def test_where_no_reading_makes_it_true_there_is_none(slipping: Store) -> None:
    found = ask(slipping, "a10.board_power", "equals: 17 W")
    assert (found.settlement, found.interpretations) == ("fails", ())


def test_no_reading_is_listed_twice(slipping: Store) -> None:
    found = ask(slipping, "atlas.throughput", "less_than: 20 %", "b100.throughput")
    turns = [turn for each in found.interpretations for turn in each.turns]
    assert len(turns) == len(set(map(str, turns)))
    cases = [[case.key for case in each.instances] for each in found.interpretations]
    assert all(len(each) == len(set(each)) for each in cases)


def test_every_case_of_a_reading_makes_the_printed_figure_true(slipping: Store) -> None:
    found = ask(slipping, "atlas.throughput", "less_than: 20 %", "b100.throughput")
    assert found.interpretations
    assert all(each < Fraction(1, 5) for one in found.interpretations for each in figures(one))
