"""One spec sheet whole: every fact with its condition, status, sources and line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from amounts import amount
from chipcalc.contract.sheet import SCHEMA
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Report
from chipcalc.tables.sheet import show, together
from shared import said, shown

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
POWER = f"values:\n  board_power:\n    - {{value: 5, unit: W, {FIRM}}}\n"


def sheet_of(chip: str, store: Store) -> Report:
    """Return the report of a chip of the made-up folder."""
    return show(store.sheet(chip), store)


def section(found: Report, heading: str) -> list[tuple[str, ...]]:
    """Return the rows below a heading, their labels on one line."""
    rows, below = [], False
    for row in found.rows:
        if row.heading:
            below = row.texts[0] == heading
        elif below:
            rows.append(shown(row))
    return rows


def lines(found: Report, heading: str) -> list[str]:
    """Return the lines of the note with a heading."""
    (note,) = [each for each in found.notes if each[0].text == heading]
    return said(note)[1:]


def test_every_statement_stands_there_with_status_sources_and_line(store: Store) -> None:
    found = sheet_of("a10", store)
    assert section(found, "Compute") == [
        ("INT8 tensor dense", "400 TOPS", "official", "1", "14"),
        ("FP16 tensor dense", "200 TFLOPS", "official", "1", "15"),
        ("TF32 tensor dense", "100 TFLOPS", "official", "1", "16"),
        ("FP32 vector dense", "25 TFLOPS", "official", "1", "17"),
    ]
    assert section(found, "Memory and links")[2] == (
        "Chip-to-chip, both directions together",
        "600 GB/s",
        "official",
        "1",
        "23",
    )


def test_the_sources_are_numbered_in_the_order_of_their_mention(store: Store) -> None:
    found = sheet_of("b100-sxm", store)
    assert section(found, "Dies") == [
        ("B100 die, logic, non-planar", "1,000 mm²", "reported", "2", "24")
    ]
    assert lines(found, "Sources") == [
        "1 Acme: B100 (2025-01-15). https://acme.example/b100",
        "2 The Made-up Press: Table of accelerators (2025-03-01). https://press.example/table",
    ]


def test_several_dies_of_a_kind_are_counted_and_an_unknown_area_is_said(store: Store) -> None:
    assert [row[:2] for row in section(sheet_of("a20", store), "Dies")] == [
        ("2 × A20 compute, logic, gaa", "400 mm²"),
        ("A20 input and output, logic, planar", "150 mm²"),
        ("4 × HBM3, memory", "110 mm²"),
    ]
    assert section(sheet_of("b100-pcie", store), "Dies") == [
        ("B100 die, logic, finfet", "unknown", "", "", "")
    ]


def test_facts_in_words_stand_with_status_and_line(store: Store) -> None:
    assert section(sheet_of("a10", store), "In words") == [
        ("Market: datacenter", "", "official", "1", "8"),
        ("Memory type: HBM2e", "", "official", "1", "32"),
    ]
    labels = [row[0] for row in section(sheet_of("b100-sxm", store), "In words")]
    assert labels == ["Market: datacenter", "ECCN declared by the vendor: 3A090.a"]


def test_what_follows_from_the_sheet_is_computed_below(store: Store) -> None:
    assert [row[:2] for row in section(sheet_of("a10", store), "Computed here")] == [
        ("Logic die area", "800 mm²"),
        ("FP16 per watt", "0.5 TFLOPS/W"),
        ("Total processing performance", "3,200 TOPS·bit"),
        ("Performance density", "4 TPP/mm²"),
    ]


def test_what_cannot_be_computed_says_why(store: Store) -> None:
    found = [row[:2] for row in section(sheet_of("p1", store), "Computed here")]
    assert ("Performance density", "undefined") in found
    assert ("INT8 per watt", "unknown") in found


def test_what_rests_on_an_estimate_is_marked(store: Store) -> None:
    found = section(sheet_of("z1", store), "Computed here")
    assert found[0][:2] == ("Logic die area", "~300 mm²")


def test_an_empty_sheet_has_nothing_but_its_name(load: Load, store: Store) -> None:
    found = show(load(""), store)
    assert {row[1] for row in section(found, "Computed here")} == {"unknown"}
    assert said(found.title)[:3] == [
        "X1",
        "id x1, vendor acme, launched unknown",
        "formats offered: not known in full",
    ]
    assert list(found.records()) == []


def test_the_head_says_what_the_chip_is_called_and_where_it_is_described(store: Store) -> None:
    assert said(sheet_of("a10", store).title) == [
        "Acme A10",
        "id a10, vendor acme, launched 2022-03",
        "families: atlas",
        "also called: A10 SXM, HGX A10",
        "formats offered: int8, fp16, tf32, fp32",
        store.sheet("a10").document.file,
    ]


def test_a_processing_unit_goes_by_its_label(store: Store) -> None:
    labels = [row[0] for row in section(sheet_of("z1", store), "Compute")]
    assert labels == ["INT8 tensor dense GPU", "FP16 tensor dense GPU", "INT8 tensor dense DLA"]


def test_the_notes_stand_with_their_lines_each_once(store: Store, load: Load) -> None:
    assert lines(sheet_of("z1", store), "Notes") == [
        "  line 19: can be set",
        "  line 21: measured on a photograph",
    ]
    guess = "{value: 5, unit: W, status: estimated, note: a guess}"
    body = f"values:\n  board_power:\n    - {guess}\n    - {guess}\nnotes: [a draft]\n"
    assert lines(show(load(body), store), "Notes") == ["  line 8, 9: a guess", "  a draft"]


def test_a_mirrored_figure_names_the_file_that_states_it(store: Store) -> None:
    found = sheet_of("a20-lite", store)
    assert "variant of a20: the same package with less memory" in said(found.title)
    memory, bandwidth, _ = section(found, "Memory and links")
    assert memory[2:] == ("estimated", "", "10")
    assert bandwidth[2:] == ("reported", "1", "a20.yaml:19")


def test_a_fact_in_words_that_is_mirrored_names_the_file_that_states_it(store: Store) -> None:
    """Line 8 of the variant's own sheet says something else."""
    market = section(sheet_of("a20-lite", store), "In words")[0]
    assert (market[0], market[-1]) == ("Market: datacenter", "a20.yaml:7")


def test_the_source_of_a_figure_is_described_up_the_whole_line_of_variants(
    load: Load, store: Store
) -> None:
    found = lines(show(load("variant_of: {chip: a20-lite}\n"), store), "Sources")
    assert found == ["1 Acme: A20 data sheet. https://acme.example/a20"]


def test_a_source_that_is_not_described_is_listed_by_its_key(store: Store, load: Load) -> None:
    body = POWER.replace("source: sheet", "source: lost")
    assert lines(show(load(body), store), "Sources") == ["1 lost"]


def test_the_json_of_a_sheet_is_the_contract(store: Store) -> None:
    data = sheet_of("b100-pcie", store).data()
    (chip,) = data["chips"]
    assert data["schema"] == SCHEMA
    assert chip["chip"] == "b100-pcie"
    assert (chip["market"], chip["family"]) == (None, ["b100"])
    launched = [chip[f"launched_{each}"] for each in ("from", "to", "precision")]
    assert launched == ["2025-02-01", "2025-02-28", "month"]
    assert chip["figures"][-1] == {
        "metric": "board_power",
        "when": {},
        **amount("300", "300", "350"),
        "unit": "W",
        "status": "reported",
        "source": ["press-table"],
        "at": "b100-pcie.yaml:11",
        "note": "sources conflict",
    }


def test_the_records_are_the_facts_of_the_json(store: Store) -> None:
    found = sheet_of("a10", store)
    (chip,) = found.data()["chips"]
    told = [(each["metric"] or each["fact"], each["at"]) for each in found.records()]
    assert told == [
        *((each["metric"], each["at"]) for each in chip["figures"]),
        *((each["fact"], each["at"]) for each in chip["facts"]),
    ]
    assert [name for name, _ in told][-3:] == ["die_area", "Market", "Memory type"]
    assert [each["text"] for each in chip["facts"]] == ["datacenter", "HBM2e"]


def test_several_sheets_make_one_document(store: Store) -> None:
    found = together([store.sheet("a10"), store.sheet("p1")], store)
    assert said(found.title) == ["Acme A10, Zenith P1"]
    assert [chip["chip"] for chip in found.data()["chips"]] == ["a10", "p1"]
    assert found.data()["schema"] == SCHEMA
    assert {each["chip"] for each in found.records()} == {"a10", "p1"}
    headings = [row.texts[0] for row in found.rows if row.heading]
    assert headings.index("Acme A10") < headings.index("Zenith P1")
