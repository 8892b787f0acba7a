"""What stands in one cell of a comparison: the figure, its marks and its footnote."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from chipcalc.comparison.comparison import Comparison, compare
from chipcalc.comparison.options import Options
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import Footnotes, Look, figure_cell, remark
from chipcalc.tables.compare_notes import note_lines, notes
from chipcalc.tables.render import marked
from chipcalc.words.line import lettered, raised
from chipcalc.words.rows import row_label
from shared import said

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"


def together(store: Store, *chips: str | Sheet, **options: Any) -> Comparison:
    """Return the comparison of some chips."""
    sheets = [store.sheet(chip) if isinstance(chip, str) else chip for chip in chips]
    return compare(sheets, store.vocabulary, Options(**options))


def cells(found: Comparison, metric: str, **when: str) -> tuple[list[str], list[str]]:
    """Return the cells of the one row of a metric, and the footnotes."""
    (line,) = [
        each for each in found.lines if each.metric == metric and when.items() <= each.when.items()
    ]
    places = range(len(found.sheets))
    noted = notes(found, [(line, place) for place in places], every=True)
    numbers = [noted.number(remark(found, line, place)) for place in places]
    cells = [
        figure_cell(found, line, place, number, Look(starred=True))
        for place, number in zip(places, numbers, strict=True)
    ]
    names = [each.name for each in found.sheets]
    return [" ".join(marked(each)) for each in cells], said(note_lines(noted, names, every=True))


def labels(found: Comparison, metric: str) -> list[str]:
    """Return the labels of the rows of a metric."""
    return [row_label(found, line) for line in found.lines if line.metric == metric]


def test_a_figure_stands_alone_and_the_best_is_starred(store: Store) -> None:
    assert cells(together(store, "a10", "a20"), "memory_capacity") == (["80", "128*"], [])


def test_how_the_program_computed_a_figure_is_said(store: Store) -> None:
    assert cells(together(store, "a10", "a20"), "link_bandwidth") == (
        ["600", "800*ᵃ"],
        ["a Acme A20: from each direction × 2"],
    )


def test_an_estimate_is_marked_and_its_note_shown(store: Store) -> None:
    assert cells(together(store, "a10", "lt910"), "memory_bandwidth") == (
        ["2*", "~1.2ᵃ"],
        ["a Longteng 910: from the number of stacks"],
    )


def test_a_range_is_shown_with_the_reason_for_it(store: Store) -> None:
    assert cells(together(store, "a10", "b100-pcie"), "board_power") == (
        ["400", "300–350*ᵃ"],
        ["a Acme B100 PCIe: sources conflict"],
    )


def test_a_range_that_was_computed_has_three_digits(store: Store) -> None:
    """750 TFLOPS over 300 to 350 W is 2.142857… to 2.5 TFLOPS/W, or thousands of GFLOPS/W."""
    texts, notes = cells(together(store, "a10", "b100-pcie"), "throughput_per_watt")
    assert (texts, notes) == (["500", "2,143–2,500*"], [])


def test_a_sum_names_its_parts(store: Store) -> None:
    texts, notes = cells(together(store, "a10", "z1"), "throughput", format="int8")
    assert texts == ["400*", "150ᵃ"]
    assert notes == ["a Zenith Z1: GPU 100 TOPS + DLA 50 TOPS"]


def test_the_day_of_a_figure_is_shown(store: Store) -> None:
    texts, notes = cells(together(store, "a10", "lt910"), "price")
    assert texts == ["10ᵃ", "100,000 CNY"]
    assert notes == ["a Acme A10: as of 2022-03"]


def test_what_is_published_in_another_reading_is_named_and_not_used(store: Store) -> None:
    texts, notes = cells(together(store, "a10", "lt910"), "throughput", format="int8")
    assert texts == ["400", "≤\N{NO-BREAK SPACE}640ᵃ"]
    assert notes == ["a Longteng 910: published only as 640 TOPS (sparse, ratio not stated)"]


@pytest.mark.parametrize(
    ("chip", "metric", "texts", "notes"),
    [
        ("p1", "memory_capacity", "unknown", []),
        ("a20", "host_bandwidth", "not offered", []),
        (
            "p1",
            "performance_density",
            "undefinedᵃ",
            ["a Zenith P1: no die of that kind: the area is zero"],
        ),
    ],
)
def test_a_missing_figure_says_what_kind_of_lack_it_is(
    chip: str, metric: str, texts: str, notes: list[str], store: Store
) -> None:
    found = cells(together(store, "a10", chip, metrics=(metric,)), metric)
    assert (found[0][1], found[1]) == (texts, notes)


def test_a_plain_row_is_named_by_its_metric(store: Store) -> None:
    assert labels(together(store, "a10", "a20"), "memory_capacity") == ["Memory"]


def test_a_row_per_format_is_named_by_its_format_and_an_engine_that_is_not_the_usual_one(
    store: Store,
) -> None:
    assert labels(together(store, "a10", "a20"), "throughput") == [
        "INT8",
        "FP16",
        "TF32",
        "FP32 vector",
    ]


def test_both_engines_are_named_where_a_format_has_both(store: Store, load: Load) -> None:
    when = "{format: fp16, sparsity: dense, engine: vector}"
    sheet = load(f"values: {{throughput: [{{value: 5, unit: TFLOPS, when: {when}, {FIRM}}}]}}")
    assert labels(together(store, "p1", "b100-pcie", sheet), "throughput") == [
        "INT8",
        "FP16 tensor",
        "FP16 vector",
    ]


def test_a_derived_row_is_named_by_its_format_and_what_it_is_per(store: Store) -> None:
    found = together(store, "a10", "b100-sxm")
    assert labels(found, "throughput_per_watt") == ["FP16 per watt"]
    assert labels(found, "tpp") == ["TPP"]
    assert labels(found, "tpp_declared") == ["TPP, by its maker"]


def test_a_row_of_all_statements_names_their_readings(store: Store) -> None:
    found = together(store, "a20", "b100-sxm", all_statements=True, metrics=("link_bandwidth",))
    assert labels(found, "link_bandwidth") == [
        "Chip to chip (each direction)",
        "Chip to chip (both directions together)",
    ]


def test_a_row_about_a_processing_unit_names_it(store: Store) -> None:
    found = together(store, "z1", "a10", when={"unit": "gpu"}, metrics=("throughput",))
    int8, fp16, *_ = labels(found, "throughput")
    assert (int8.casefold(), fp16.casefold()) == ("int8 (gpu)", "fp16 (gpu)")


def test_a_footnote_that_is_said_twice_has_one_letter() -> None:
    notes = Footnotes()
    assert [notes.number(each) for each in ("one", "two", "one")] == [1, 2, 1]
    assert said(notes.lines()) == ["a one", "b two"]


def test_footnotes_go_on_after_the_last_letter_without_a_repeat() -> None:
    marks = [raised(number) for number in range(1, 701)]
    assert marks[24:27] == ["ᶻ", "ᵃᵃ", "ᵃᵇ"]
    assert len(set(marks)) == 700


def test_the_mark_in_a_cell_is_the_letter_of_its_footnote() -> None:
    """Unicode has no raised q, so that neither list has it."""
    numbers = range(1, 60)
    marks = [unicodedata.normalize("NFKC", raised(number)) for number in numbers]
    assert marks == [lettered(number) for number in numbers]
