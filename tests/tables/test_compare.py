"""A comparison as a report: sections, columns, ratios, marks, notes and sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.comparison.comparison import Options, compare
from chipcalc.contract.compare import SCHEMA
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.compare import report
from chipcalc.tables.render import FORMATS
from chipcalc.tables.report import Report
from chipcalc.values.units import quantity
from daily import examples
from shared import printed, said, shown, text_of

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
SPARSE = {"sparsity": "2:4"}


def reported(
    store: Store,
    *chips: str | Sheet,
    percent: bool = False,
    sources: bool = False,
    **options: Any,
) -> Report:
    """Return the report of some chips."""
    sheets = [store.sheet(chip) if isinstance(chip, str) else chip for chip in chips]
    found = compare(sheets, store.vocabulary, Options(**options))
    return report(found, store, percent=percent, sources=sources)


def headings(found: Report) -> list[str]:
    """Return the headings of the sections."""
    return [shown(row)[0] for row in found.rows if row.heading]


def row(found: Report, label: str) -> tuple[str, ...]:
    """Return the cells of the one row with a label."""
    (only,) = [shown(each) for each in found.rows if each.texts[0] == label]
    return only


def test_a_column_for_each_chip_and_a_ratio_to_the_first(store: Store) -> None:
    found = reported(store, "a10", "a20", "b100-sxm")
    assert [each.title for each in found.columns] == [
        "",
        "unit",
        "Acme A10",
        "Acme A20",
        "÷ a10",
        "Acme B100 SXM",
        "÷ a10",
    ]
    assert [each.group for each in found.columns] == [0, 0, 0, 1, 1, 2, 2]
    assert row(found, "Memory bandwidth")[1:] == ("TB/s", "2", "4", "2", "8*", "4")


def test_sections_follow_the_vocabulary_and_say_where_all_is_computed_here(store: Store) -> None:
    assert headings(reported(store, "a10", "a20")) == [
        "Compute, dense",
        "Memory and links",
        "Power and silicon",
        "Efficiency †",
        "Export measures †",
        "Price",
    ]


def test_a_section_with_a_stated_row_is_not_all_computed_here(store: Store) -> None:
    assert "Export measures" in headings(reported(store, "a10", "b100-sxm"))


def test_the_heading_names_the_reading_of_all_chips(store: Store) -> None:
    found = reported(store, "a20", "b100-sxm", reading=SPARSE)
    assert headings(found)[0] == "Compute, 2:4 sparse"
    assert found.columns[2].title == "Acme A20 (2:4 sparse)"


def test_mixed_readings_are_named_above_each_column_and_said_first(store: Store) -> None:
    found = reported(store, "a20", "b100-sxm", readings={"b100-sxm": SPARSE})
    assert headings(found)[0] == "Compute"
    assert found.columns[2].title == "Acme A20 (dense)"
    assert found.columns[3].title == "Acme B100 SXM (2:4 sparse)"
    assert said(found.notes[0])[0].startswith("Mixed readings, as asked for")


def test_a_row_of_all_statements_names_its_own_reading(store: Store) -> None:
    found = reported(store, "a20", "b100-sxm", all_statements=True, metrics=("throughput",))
    assert headings(found) == ["Compute"]
    assert row(found, "FP16 (2:4 sparse)")[1:] == ("TFLOPS", "1,000", "2,000*", "2")


def test_a_ratio_without_two_figures_is_a_dash(store: Store) -> None:
    assert row(reported(store, "a10", "p1"), "Memory")[1:] == ("GB", "80", "unknown", "–")


@pytest.mark.parametrize(
    ("chips", "factor", "per_cent"),
    [(("a20", "a10"), "0.625", "62.5 %"), (("a10", "a20"), "1.6", "160 %")],
)
def test_a_ratio_is_written_as_a_factor_or_in_per_cent(
    chips: tuple[str, str], factor: str, per_cent: str, store: Store
) -> None:
    """128 GB and 80 GB."""
    assert row(reported(store, *chips), "Memory")[-1] == factor
    assert row(reported(store, *chips, percent=True), "Memory")[-1] == per_cent


def test_a_ratio_to_a_range_is_a_range(store: Store) -> None:
    """400 W over 300 to 350 W."""
    assert row(reported(store, "b100-pcie", "a10"), "Board power")[-1] == "1.14–1.33"


def test_a_unit_goes_by_the_name_that_the_field_has_for_it(store: Store) -> None:
    assert row(reported(store, "a10", "a20"), "Performance density")[1:] == (
        "TPP/mm²",
        "4",
        "10",
        "2.5",
    )


def test_few_rows_of_many_chips_are_turned_a_row_for_each_chip(store: Store) -> None:
    metrics = ("memory_capacity", "tpp")
    found = reported(store, "a10", "a20", "b100-sxm", "p1", metrics=metrics)
    assert [(each.title, each.unit) for each in found.columns] == [
        ("", ""),
        ("Memory", "GB"),
        ("÷ a10", ""),
        ("Total processing performance †", "TOPS·bit"),
        ("÷ a10", ""),
    ]
    assert [shown(each) for each in found.rows] == [
        ("Acme A10", "80", "", "3,200", ""),
        ("Acme A20", "128", "1.6", "8,000", "2.5"),
        ("Acme B100 SXM", "192*", "2.4", "16,000", "5"),
        ("Zenith P1", "unknown", "–", "80", "0.025"),
    ]


def test_three_chips_or_many_rows_keep_their_columns(store: Store) -> None:
    three = reported(store, "a10", "a20", "p1", metrics=("tpp",))
    many = reported(store, "a10", "a20", "p1", "z1")
    assert three.columns[1].title == many.columns[1].title == "unit"


def test_the_legend_explains_the_marks_that_occur_and_no_others(store: Store) -> None:
    def legend(*chips: str, metrics: tuple[str, ...]) -> list[str]:
        notes = reported(store, *chips, metrics=metrics).notes
        return [line for note in notes for line in said(note) if line[0] in "*~†"]

    every = "* best of the known figures   ~ estimated   † computed here"
    assert legend("a10", "lt910", metrics=("memory_bandwidth", "tpp")) == [every]
    assert legend("a10", "a20", metrics=("tpp",)) == ["† computed here"]
    assert legend("a10", "a20", metrics=("price",)) == []


def test_footnotes_stand_below_the_table_in_the_order_of_the_columns(store: Store) -> None:
    found = reported(store, "lt910", "a20", metrics=("memory_bandwidth", "link_bandwidth"))
    (footnotes,) = [note for note in found.notes if note[0].marker == "a"]
    assert said(footnotes) == [
        "a Longteng 910: from the number of stacks",
        "b Longteng 910: published only as 392 GB/s (direction not stated)",
        "c Acme A20: from each direction × 2",
    ]


def test_how_firm_each_chips_figures_are_is_said(store: Store) -> None:
    metrics = ("board_power", "memory_bandwidth")
    found = reported(store, "a10", "b100-pcie", "lt910", "p1", metrics=metrics)
    assert said(found.notes[-2]) == [
        "Figures of Acme A10: 2 official.",
        "Figures of Acme B100 PCIe: 1 reported; none is published by the vendor.",
        "Figures of Longteng 910: 1 estimated; none is published by the vendor.",
        "Figures of Zenith P1: none in these rows.",
    ]


def test_a_figure_used_in_several_rows_counts_once(store: Store) -> None:
    found = reported(store, "a10", "a20", metrics=("board_power", "throughput_per_watt"))
    assert "Figures of Acme A10: 5 official." in said(found.notes[-2])


def test_the_sources_of_the_figures_used_are_listed_when_asked_for(store: Store) -> None:
    found = reported(store, "a10", "b100-pcie", metrics=("board_power",), sources=True)
    assert said(found.notes[-1]) == [
        "Sources of Acme A10",
        "  Acme: A10 data sheet (2022-03). https://acme.example/a10",
        "Sources of Acme B100 PCIe",
        "  The Made-up Press: Table of accelerators (2025-03-01). https://press.example/table",
    ]
    assert "--sources" not in text_of(found.lines)
    assert "--sources" in text_of(reported(store, "a10", "a20").lines)


def test_a_chip_without_a_figure_has_no_source(store: Store) -> None:
    found = reported(store, "a10", "p1", metrics=("memory_capacity",), sources=True)
    assert said(found.notes[-1])[-1] == "Sources of Zenith P1"


def test_a_source_that_is_not_described_is_listed_by_its_key(store: Store, load: Load) -> None:
    power = "{value: 5, unit: W, status: official, source: lost}"
    sheet = load(f"values: {{board_power: [{power}]}}")
    found = reported(store, "a10", sheet, metrics=("board_power",), sources=True)
    assert said(found.notes[-1])[-1] == "  lost"


def at(store: Store, first: str | Sheet, second: str | Sheet, **options: Any) -> Report:
    """Return the report of two chips at two operations for each byte."""
    given = {"arithmetic_intensity": quantity("2 op/B")}
    return reported(store, first, second, extra=("attainable_throughput",), given=given, **options)


def test_at_an_intensity_the_attainable_throughput_is_shown(store: Store) -> None:
    """Two operations for each byte at 2 and 4 TB/s are 4 and 8 TFLOPS."""
    found = at(store, "a10", "a20")
    assert "Attainable throughput at 2 op/B †" in headings(found)
    assert row(found, "FP16 attainable")[1:] == ("TFLOPS", "4", "8*", "2")


def test_the_intensity_at_which_a_chip_overtakes_the_base_is_said(store: Store) -> None:
    """The A10 stops at 200 TFLOPS, which 1.2 TB/s feed from 166.7 operations for each byte on."""
    notes = at(store, "a10", "lt910").notes
    assert "FP16: Acme A10 leads below 167 op/B, Longteng 910 above." in [
        line for note in notes for line in said(note)
    ]


def test_a_chip_that_leads_everywhere_is_overtaken_nowhere(store: Store) -> None:
    assert not [note for note in at(store, "a10", "a20").notes if "leads" in note[0].text]


def test_without_bandwidth_nobody_overtakes_for_certain(store: Store) -> None:
    assert not [note for note in at(store, "a10", "p1").notes if "leads" in note[0].text]


def test_the_report_carries_the_contract_and_the_records(store: Store) -> None:
    found = reported(store, "a10", "a20", metrics=("tpp",))
    assert found.data()["schema"] == SCHEMA
    assert [each["chip"] for each in found.records()] == ["a10", "a20"]


AMOUNTS = st.one_of(
    st.sampled_from(["0", "1e-300", "0.1e-300", "1e300", "9e999", "123456789.987654321"]),
    st.decimals(0, 10**9, places=6).map(str),
)


@examples(daily=10)
@given(power=AMOUNTS, rate=AMOUNTS, area=AMOUNTS)
@pytest.mark.parametrize("name", FORMATS)
def test_chips_with_any_amounts_can_be_compared_in_every_format(
    name: str, power: str, rate: str, area: str, store: Store, load: Load
) -> None:
    when = "{format: fp16, engine: tensor, sparsity: dense}"
    sheet = load(
        f"values:\n  board_power: [{{value: {power}, unit: W, {FIRM}}}]\n"
        f"  throughput: [{{value: {rate}, unit: TOPS, when: {when}, {FIRM}}}]\n"
        f"dies: [{{name: D, transistor: gaa, area: {{value: {area}, unit: mm^2, {FIRM}}}}}]\n"
    )
    for found in (reported(store, "a10", sheet), reported(store, sheet, "a10", sort="tpp")):
        assert "X1" in printed(name, found) or name in ("json", "csv")
