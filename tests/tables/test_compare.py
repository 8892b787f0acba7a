"""A comparison as a screen: the answer, the shape of the table, marks, notes and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.comparison.comparison import Comparison, compare
from chipcalc.comparison.options import Options
from chipcalc.contract.compare import SCHEMA
from chipcalc.figures.figure import Figure
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import figure_cell, remark
from chipcalc.tables.compare import Look, report
from chipcalc.tables.layout import wide
from chipcalc.tables.marks import on_line
from chipcalc.tables.render import FORMATS
from chipcalc.tables.report import Report
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table
from chipcalc.values.units import quantity
from chipcalc.words.rows import row_label
from daily import examples
from shared import STORE, printed, said, shown, text_of

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
SPARSE = {"sparsity": "2:4"}


def compared(store: Store, *chips: str | Sheet, **options: Any) -> Comparison:
    """Return the comparison of some chips."""
    sheets = [store.sheet(chip) if isinstance(chip, str) else chip for chip in chips]
    return compare(sheets, store.vocabulary, Options(**options))


def reported(store: Store, *chips: str | Sheet, look: Look | None = None, **options: Any) -> Report:
    """Return the report of some chips."""
    return report(compared(store, *chips, **options), store, look or Look())


def headings(found: Report) -> list[str]:
    """Return the headings of the sections."""
    return [shown(row)[0] for row in found.rows if row.heading]


def row(found: Report, label: str) -> tuple[str, ...]:
    """Return the cells of the one row with a label."""
    (only,) = [shown(each) for each in found.rows if each.texts[0] == label]
    return only


def lines(found: Report) -> list[str]:
    """Return the lines below the table."""
    return [line for note in found.notes for line in said(note)]


def answer(found: Report) -> str:
    """Return the first line."""
    return found.title[0].text


def test_the_first_line_says_how_much_more_one_computes_and_in_which_formats(
    store: Store,
) -> None:
    """1,000 TOPS to 400, and 500 TFLOPS to 200."""
    assert answer(reported(store, "a10", "a20")) == (
        "Acme A20 computes 2.5 × an Acme A10 (INT8, FP16, dense)"
    )


def test_what_the_base_leads_in_and_up_to_which_work_comes_second() -> None:
    """96 GB over 80 GB, 4 TB/s over 3.35 TB/s, and 148 TFLOPS over 3.35 TB/s."""
    found = reported(STORE, "h20", "h100-sxm")
    assert answer(found) == "H100 SXM5 80GB computes 6.69 × an H20 96GB (FP8 to TF32, dense)"
    assert found.title[1].text == (
        "H20 has 1.2 × the memory and 1.19 × the bandwidth; it leads FP16 work below 44.2 op/B."
    )


def test_where_the_base_has_more_the_answer_is_less_than_one() -> None:
    assert "computes 0.150 × an H100 SXM5 80GB" in answer(reported(STORE, "h100-sxm", "h20"))
    per_cent = reported(STORE, "h100-sxm", "h20", look=Look(percent=True))
    assert "computes 15.0 % of an H100 SXM5 80GB" in answer(per_cent)


def test_a_remark_about_names_joins_the_answer(store: Store) -> None:
    look = Look(remarks=("b100 is read as b100-sxm (also b100-pcie)",))
    found = reported(store, "a10", "b100-sxm", look=look)
    assert found.title[-1].text.endswith("b100 is read as b100-sxm (also b100-pcie).")


def test_without_a_common_rate_the_answer_says_so(store: Store, load: Load) -> None:
    sheet = load(f"values: {{memory_capacity: [{{value: 5, unit: GB, {FIRM}}}]}}")
    assert answer(reported(store, "a10", sheet)) == "No rate is known of both Acme A10 and X1"


def test_what_was_asked_for_is_what_the_answer_is_about(store: Store) -> None:
    """128 GB are 1.6 times 80 GB."""
    found = reported(store, "a10", "a20", metrics=("memory_capacity",))
    assert answer(found) == "Acme A20 has 1.6 × the memory of an Acme A10"


def test_equal_figures_are_called_the_same(store: Store) -> None:
    found = reported(store, "a20", "a20-lite", metrics=("memory_bandwidth",))
    assert "has the same bandwidth as an Acme A20" in answer(found)
    assert row(found, "Bandwidth")[-1] == "equal"


def test_a_pair_has_a_column_each_and_one_ratio(store: Store) -> None:
    found = reported(store, "a10", "b100-sxm")
    assert [each.title for each in found.columns] == [
        "",
        "",
        "A10",
        "B100 SXM",
        "B100 SXM ÷ A10",
    ]
    assert row(found, "Bandwidth")[1:] == ("TB/s", "2", "8", "4")


def test_three_chips_have_their_units_in_labels_and_headings(store: Store) -> None:
    found = reported(store, "a10", "a20", "b100-sxm")
    assert [each.title for each in found.columns[1:]] == [
        "A10",
        "A20",
        "÷ A10",
        "B100 SXM",
        "÷ A10",
    ]
    assert headings(found)[0] == "Compute, dense, TFLOPS (INT8 TOPS)"
    assert row(found, "Bandwidth TB/s")[1:] == ("2", "4", "2", "8", "4")


def test_each_heading_stands_once_whatever_the_order_of_the_metrics(store: Store) -> None:
    metrics = ("memory_capacity", "tpp", "memory_bandwidth", "board_power", "performance_density")
    found = reported(store, "a10", "a20", metrics=metrics)
    assert headings(found) == ["Memory and links", "Computed from these", "Power, silicon, price"]


def test_rows_that_say_the_same_are_one_row() -> None:
    found = reported(STORE, "h20", "h100-sxm")
    assert row(found, "FP8 · INT8")[1:4] == ("TFLOPS · TOPS", "296", "1,978.9")
    assert row(found, "BF16, FP16")[1:4] == ("TFLOPS", "148", "989.4")


def test_a_row_starts_at_one_or_more() -> None:
    """148 TFLOPS over 550 W are 0.269 TFLOPS/W."""
    found = reported(STORE, "h20", "h100-sxm")
    assert row(found, "FP16 per watt")[1:4] == ("GFLOPS/W", "269–370", "1,413")


def test_the_heading_names_the_reading_of_all_chips(store: Store) -> None:
    found = reported(store, "a20", "b100-sxm", reading=SPARSE)
    assert headings(found)[0] == "Compute, 2:4 sparse"
    assert found.columns[2].unit == "2:4 sparse"


def test_mixed_readings_are_named_above_each_column_and_said_at_once(store: Store) -> None:
    found = reported(store, "a20", "b100-sxm", readings={"b100-sxm": SPARSE})
    assert headings(found)[0] == "Compute"
    assert [each.unit for each in found.columns[2:4]] == ["dense", "2:4 sparse"]
    assert "Acme B100 SXM (2:4 sparse) computes" in answer(found)
    assert found.title[1].text.startswith("Mixed readings, as asked for")


def test_a_row_of_all_statements_names_its_own_reading(store: Store) -> None:
    found = reported(store, "a20", "b100-sxm", all_statements=True, metrics=("throughput",))
    assert headings(found) == ["Compute"]
    assert row(found, "FP16 (2:4 sparse)")[1:] == ("TFLOPS", "1,000", "2,000", "2")


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
    assert row(reported(store, *chips, look=Look(percent=True)), "Memory")[-1] == per_cent


def test_a_ratio_to_a_range_is_a_range(store: Store) -> None:
    """400 W over 300 to 350 W."""
    assert row(reported(store, "b100-pcie", "a10"), "Board power")[-1] == "1.14–1.33"


def test_a_unit_goes_by_the_name_that_the_field_has_for_it(store: Store) -> None:
    assert row(reported(store, "a10", "a20"), "PD")[1:] == ("TPP/mm²", "4", "10", "2.5")


def test_four_chips_are_rows_with_the_base_first_and_one_ratio(store: Store) -> None:
    metrics = ("memory_capacity", "tpp")
    found = reported(store, "a10", "a20", "b100-sxm", "p1", metrics=metrics)
    assert [(each.title, each.unit) for each in found.columns] == [
        ("", ""),
        ("Memory", "GB"),
        ("÷ A10", ""),
        ("TPP", "TOPS·bit"),
    ]
    assert [shown(each) for each in found.rows] == [
        ("A10", "80", "1", "3,200"),
        ("A20", "128", "1.6", "8,000"),
        ("B100 SXM", "192*", "2.4", "16,000"),
        ("P1", "unknown", "–", "80"),
    ]


def test_the_best_is_starred_where_chips_are_many_and_bold_where_they_are_few(
    store: Store,
) -> None:
    few = row(reported(store, "a10", "a20", metrics=("memory_capacity",)), "Memory")
    many = reported(store, "a10", "a20", "b100-sxm", "p1", metrics=("memory_capacity",))
    assert "128" in few
    assert [row.cells[1].role for row in many.rows] == ["", "", "best", "missing"]


def test_a_family_heads_its_chips_and_their_names_are_short() -> None:
    found = reported(STORE, "h20", "ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-920")
    assert headings(found) == ["Ascend"]
    assert [each.texts[0] for each in found.rows] == [
        "H20",
        "Ascend",
        "910B1",
        "910B2",
        "910B3",
        "920 (rumoured)",
    ]


def test_chips_of_a_family_are_set_in_by_one_level_in_documents() -> None:
    found = reported(STORE, "h20", "ascend-910b1", "ascend-910b2", "ascend-910b3")
    assert r"\hspace*{1em}910B1 &" in printed("latex", found)
    assert '<th scope="row" class="level-1">910B1</th>' in printed("html", found)


def test_who_leads_in_what_is_said_of_many_chips_and_of_how_many_that_is_known() -> None:
    found = reported(STORE, "h20", "h100-sxm", "h200-sxm", "ascend-920")
    assert answer(found).startswith("3 chips against H20 96GB, dense: ")
    assert "in memory H200 (141 GB, of the 3 known)" in answer(found)


def test_nobody_leads_whose_figures_overlap() -> None:
    """At INT8 a 910B1 has 727 to 800 TOPS, and a 910B2 708 to 752."""
    chips = ("ascend-910b4", "ascend-910b3", "ascend-910b2", "ascend-910b1")
    found = reported(STORE, *chips, metrics=("throughput",), when={"format": "int8"})
    assert " leads" not in answer(found)


def test_what_fewer_than_half_know_is_a_line_and_what_nobody_knows_another() -> None:
    chips = ("orin-x", "thor-x", "thor-u", "journey-6p", "eyeq6h", "sa8650p")
    found = reported(STORE, *chips, when={"format": "int8"})
    assert "Memory" not in [each.title for each in found.columns]
    assert "Memory: Orin-X ~32–64 GB, Thor-X 64 GB, the others unknown" in lines(found)
    assert "Nobody publishes: host link" in lines(found)


def test_the_legend_explains_the_marks_that_occur_and_no_others(store: Store) -> None:
    def legend(*chips: str, metrics: tuple[str, ...]) -> list[str]:
        found = reported(store, *chips, metrics=metrics)
        return [line for line in lines(found) if line[0] in "*~"]

    four = ("a10", "lt910", "a20", "b100-sxm")
    every = "* best of the known   ~ estimated"
    assert legend(*four, metrics=("memory_bandwidth",)) == [every]
    assert legend("a10", "lt910", metrics=("memory_bandwidth",)) == ["~ estimated"]
    assert legend("a10", "a20", metrics=("price",)) == []


def test_footnotes_stand_below_the_table_in_the_order_of_its_rows(store: Store) -> None:
    found = reported(store, "lt910", "a20", metrics=("memory_bandwidth", "link_bandwidth"))
    assert [line for line in lines(found) if line[1:2] == " "][:3] == [
        "a from the number of stacks",
        "b published only as 392 GB/s (direction not stated)",
        "c from each direction × 2",
    ]


def test_equal_notes_are_one_note_that_names_its_chips() -> None:
    chips = ("h20", "ascend-910b1", "ascend-910b2", "ascend-910b3")
    found = reported(STORE, *chips, metrics=("board_power",), look=Look(notes=True))
    (note,) = [each for each in lines(found) if "most tables say 400 W" in each]
    assert note.startswith("b 910B1, 910B2, 910B3: most tables say 400 W")


def test_at_most_five_notes_are_shown_and_the_others_are_counted() -> None:
    chips = ("h20", "ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910c", "orin-x")
    few, all_of_them = (reported(STORE, *chips, look=Look(notes=each)) for each in (False, True))
    letters = [each for note in few.notes for each in note if each.marker]
    every = [each for note in all_of_them.notes for each in note if each.marker]
    assert len(letters) == 5
    assert len(every) > 5
    assert "more notes: --notes" in text_of(few.lines)
    assert "more notes" not in text_of(all_of_them.lines)
    assert all(each.clipped for each in letters)
    assert not any(each.clipped for each in every)


def test_notes_that_begin_alike_are_one_where_they_are_cut() -> None:
    chips = ("ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910b4")
    options: dict[str, Any] = {"metrics": ("throughput",), "when": {"format": "fp16"}}
    usual = text_of(reported(STORE, *chips, **options).lines)
    whole = text_of(reported(STORE, *chips, look=Look(notes=True), **options).lines)
    assert usual.count("brochure total of cube and vector units") == 1
    assert whole.count("brochure total of cube and vector units") == len(chips)


def test_how_firm_each_chips_figures_are_is_one_line(store: Store) -> None:
    metrics = ("board_power", "memory_bandwidth")
    found = lines(reported(store, "b100-pcie", "lt910", "p1", metrics=metrics))
    assert "B100 PCIe: 1 reported · Longteng 910: 1 estimated · P1: none in these rows" in found
    assert "None published by the vendor: B100 PCIe, Longteng 910" in found


def test_a_figure_used_in_several_rows_counts_once(store: Store) -> None:
    found = reported(store, "a10", "a20", metrics=("board_power", "throughput_per_watt"))
    assert "A10: 5 official" in text_of(found.lines)


def test_the_sources_of_the_figures_used_are_listed_when_asked_for(store: Store) -> None:
    look = Look(sources=True)
    found = reported(store, "a10", "b100-pcie", metrics=("board_power",), look=look)
    assert said(found.notes[1]) == [
        "Sources of Acme A10",
        "  Acme: A10 data sheet (2022-03). https://acme.example/a10",
        "Sources of Acme B100 PCIe",
        "  The Made-up Press: Table of accelerators (2025-03-01). https://press.example/table",
    ]
    assert "--sources" in text_of(reported(store, "a10", "a20").lines)


def test_a_chip_without_a_figure_has_no_source(store: Store) -> None:
    look = Look(sources=True)
    found = reported(store, "a10", "p1", metrics=("memory_capacity",), look=look)
    assert said(found.notes[1])[-1] == "Sources of Zenith P1"


def test_a_source_that_is_not_described_is_listed_by_its_key(store: Store, load: Load) -> None:
    power = "{value: 5, unit: W, status: official, source: lost}"
    sheet = load(f"values: {{board_power: [{power}]}}")
    look = Look(sources=True)
    found = reported(store, "a10", sheet, metrics=("board_power",), look=look)
    assert said(found.notes[1])[-1] == "  lost"


def test_the_last_line_asks_the_same_again_for_more(store: Store) -> None:
    found = reported(
        store,
        "a10",
        "a20",
        metrics=("tpp",),
        when={"format": "int8"},
        look=Look(percent=True, chips=("a10", "a2*"), options=("--specs", "my specs")),
    )
    assert found.notes[-1][-1].text == (
        "chipcalc compare a10 'a2*' -m tpp --when format=int8 --percent "
        '--specs "my specs" --sources'
    )


def at(store: Store, *chips: str | Sheet, **options: Any) -> Report:
    """Return the report of chips at two operations for each byte."""
    given = {"arithmetic_intensity": quantity("2 op/B")}
    return reported(store, *chips, extra=("attainable_throughput",), given=given, **options)


def test_at_an_intensity_the_answer_is_what_is_attained(store: Store) -> None:
    """Two operations for each byte at 2 and 4 TB/s are 4 and 8 TFLOPS, whatever the format."""
    found = at(store, "a10", "a20")
    assert answer(found).startswith("At 2 op/B Acme A20 attains 2 × an Acme A10 (INT8, FP16")
    assert "Attainable throughput at 2 op/B" in headings(found)


def test_the_intensity_at_which_a_chip_overtakes_the_base_is_said(store: Store) -> None:
    """The A10 stops at 200 TFLOPS, which 1.2 TB/s feed from 166.7 operations for each byte on."""
    assert "FP16: A10 leads below 167 op/B, Longteng 910 above." in lines(at(store, "a10", "lt910"))


def test_a_chip_that_leads_everywhere_is_overtaken_nowhere(store: Store) -> None:
    assert "leads below" not in text_of(at(store, "a10", "a20").lines)


def test_without_bandwidth_nobody_overtakes_for_certain(store: Store) -> None:
    assert "leads below" not in text_of(at(store, "a10", "p1").lines)


def test_the_report_carries_the_contract_and_the_records(store: Store) -> None:
    found = reported(store, "a10", "a20", metrics=("tpp",))
    assert found.data()["schema"] == SCHEMA
    assert [each["chip"] for each in found.records()] == ["a10", "a20"]


MANY = ("h20", "ascend-910", "ascend-910b1", "ascend-910b4", "ascend-910c", "orin-x", "tesla-ai5")
GROUPS = (
    ("h20", "h100-sxm"),
    ("orin-x", "thor-x", "jetson-t5000"),
    ("rtx-pro-6000-server", "rtx-pro-6000-max-q"),
    ("h20", "tesla-ai5", "ascend-920"),
    MANY,
)


@cache
def real(chips: tuple[str, ...], *, whole: bool = False) -> Report:
    """Return the report of built-in chips."""
    return reported(STORE, *chips, look=Look(whole=whole))


@pytest.mark.parametrize("chips", GROUPS, ids=len)
def test_the_whole_screen_has_every_row_figure_and_note(chips: tuple[str, ...]) -> None:
    comparison = compared(STORE, *chips)
    text = " ".join(table(real(chips, whole=True), Style(wide=True)).split())
    for line in comparison.lines:
        for place, found in enumerate(line.answers):
            assert remark(comparison, line, place) in text
            if isinstance(found, Figure):
                assert on_line(figure_cell(comparison, line, place, 0)) in text
                assert row_label(comparison, line).split(" ")[0] in text


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a screen that must not be broken: numbers, units and ids."""
    yield from (each for each in text.split() if any(sign.isdigit() for sign in each))


@pytest.mark.parametrize("whole", [False, True], ids=["usual", "whole"])
@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("chips", GROUPS, ids=len)
def test_no_line_is_too_wide_and_no_number_broken(
    chips: tuple[str, ...], width: int, *, whole: bool
) -> None:
    found = real(chips, whole=whole)
    text = table(found, Style(width))
    assert max(map(wide, text.splitlines())) <= width
    known = set(tokens(table(found, Style(1000)))) | set(
        tokens(table(found, Style(1000, wide=True)))
    )
    narrow = set(tokens(table(found, Style(50)))) if width == 50 else set()
    assert not {each.strip("()") for each in set(tokens(text)) - narrow} - {
        each.strip("()") for each in known
    }


def test_the_screens_of_many_chips_are_two_blocks_at_most() -> None:
    text = table(real(MANY), Style(80))
    assert text.count("\nH20 ") == 2


AMOUNTS = st.one_of(
    st.sampled_from(["0", "1e-99", "0.1e-99", "1e99", "9e99", "123456789.987654321"]),
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
