"""One spec sheet, in short and whole: every fact with its condition, status, sources and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import pytest
from wcwidth import wcswidth

from amounts import amount
from chipcalc.contract.sheet import SCHEMA
from chipcalc.schema.source import Sourced
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.marks import jointed
from chipcalc.tables.report import Report
from chipcalc.tables.sheet import show, together
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table
from chipcalc.words.line import plain
from shared import STORE, said, shown

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


def whole(chip: str | Sheet, store: Store) -> Report:
    """Return the report of a chip with everything that its sheet says."""
    sheet = chip if isinstance(chip, Sheet) else store.sheet(chip)
    return show(sheet, store, whole=True)


def after(found: Report, heading: str) -> list[str]:
    """Return the lines of the block with a heading."""
    (note,) = [each for each in found.notes if each[0].text == heading]
    return said(note)[1:]


def footnotes(found: Report) -> dict[str, str]:
    """Return the footnotes by their letters."""
    return {each.marker: each.text for each in found.lines if each.marker.isalpha()}


def test_every_statement_stands_there_with_status_line_and_sources(store: Store) -> None:
    found = whole("a10", store)
    assert section(found, "Compute") == [
        ("INT8 tensor, dense", "400", "TOPS", "official", "14", "1"),
        ("FP16 tensor, dense", "200", "TFLOPS", "official", "15", "1"),
        ("TF32 tensor, dense", "100", "TFLOPS", "official", "16", "1"),
        ("FP32 vector, dense", "25", "TFLOPS", "official", "17", "1"),
    ]
    assert section(found, "Memory and links")[2] == (
        "Chip-to-chip, both directions together",
        "600",
        "GB/s",
        "official",
        "23",
        "1",
    )


def test_the_usual_reading_stands_in_the_heading_alone(store: Store) -> None:
    found = section(show(store.sheet("a10"), store), "Compute, dense")
    assert [row[0] for row in found] == ["INT8 tensor", "FP16 tensor", "TF32 tensor", "FP32 vector"]
    memory = section(show(store.sheet("a10"), store), "Memory and links")
    assert "Chip-to-chip" in [row[0] for row in memory]


RATE = "    - {{value: {}, unit: {}, when: {{format: {}, engine: tensor, sparsity: {}}}, {}}}\n"


def rates(*statements: tuple[int, str, str, str], firm: str = FIRM) -> str:
    """Return the body of a sheet that states some rates: number, unit, format, sparsity."""
    return "values:\n  throughput:\n" + "".join(RATE.format(*each, firm) for each in statements)


def test_equal_rates_are_one_row(store: Store, load: Load) -> None:
    """Rates of formats with one unit are told apart by commas, those with several by dots."""
    sheet = load(
        rates(
            (9, "TOPS", "int8", "dense"),
            (4, "TFLOPS", "fp16", "dense"),
            (4, "TFLOPS", "tf32", "dense"),
            (9, "TFLOPS", "fp32", "dense"),
        )
    )
    assert section(show(sheet, store), "Compute, dense") == [
        ("INT8 · FP32 tensor", "9", "TOPS · TFLOPS", "official", "8, 11", "1"),
        ("FP16, TF32 tensor", "4", "TFLOPS", "official", "9–10", "1"),
    ]


@pytest.mark.parametrize("other", ["status: reported, source: sheet", f"{FIRM}, note: another"])
def test_rates_that_differ_in_anything_else_are_two_rows(
    other: str, store: Store, load: Load
) -> None:
    body = rates((4, "TFLOPS", "fp16", "dense"))
    body += RATE.format(4, "TFLOPS", "tf32", "dense", other)
    assert len(section(show(load(body), store), "Compute, dense")) == 2


def test_a_rate_in_an_unusual_reading_stands_where_there_is_no_usual_one(
    store: Store, load: Load
) -> None:
    sheet = load(
        rates(
            (4, "TFLOPS", "fp16", "dense"),
            (8, "TFLOPS", "fp16", "'2:4'"),
            (6, "TOPS", "int8", "'2:4'"),
        )
    )
    assert [row[0] for row in section(show(sheet, store), "Compute, dense")] == [
        "FP16 tensor",
        "INT8 tensor, 2:4 sparse",
    ]
    assert [row[0] for row in section(whole(sheet, store), "Compute")] == [
        "FP16 tensor, dense",
        "FP16 tensor, 2:4 sparse",
        "INT8 tensor, 2:4 sparse",
    ]


def test_the_sources_are_numbered_in_the_order_of_their_mention(store: Store) -> None:
    found = whole("b100-sxm", store)
    (die,) = [row for row in section(found, "Power, silicon, price") if row[0].startswith("Die ")]
    assert die == ("Die B100 die, logic, non-planar", "1,000", "mm²", "reported", "24", "2")
    assert after(found, "Sources") == [
        "1 Acme: B100 (2025-01-15). https://acme.example/b100",
        "2 The Made-up Press: Table of accelerators (2025-03-01). https://press.example/table",
    ]


def test_in_short_a_source_goes_by_its_publisher_and_leads_to_its_page(store: Store) -> None:
    (line,) = [
        each
        for each in show(store.sheet("b100-sxm"), store).lines
        if any(phrase.link for phrase in each.phrases)
    ]
    assert plain(line.text) == "1 Acme · 2 The Made-up Press"
    assert [each.link for each in line.phrases if each.link] == [
        "https://acme.example/b100",
        "https://press.example/table",
    ]


def test_several_dies_of_a_kind_are_counted_and_an_unknown_area_is_said(store: Store) -> None:
    found = section(whole("a20", store), "Power, silicon, price")
    assert [row[:3] for row in found if row[0].startswith("Die ")] == [
        ("Die 2 × A20 compute, logic, gaa", "400", "mm²"),
        ("Die A20 input and output, logic, planar", "150", "mm²"),
        ("Die 4 × HBM3, memory", "110", "mm²"),
    ]
    assert ("Die B100 die, logic, finfet", "unknown", "", "", "", "") in section(
        whole("b100-pcie", store), "Power, silicon, price"
    )


def test_facts_in_words_stand_with_status_and_line(store: Store) -> None:
    assert section(whole("a10", store), "In words") == [
        ("Market: datacenter", "", "", "official", "8", "1"),
        ("Memory type: HBM2e", "", "", "official", "32", "1"),
    ]
    labels = [row[0] for row in section(whole("b100-sxm", store), "Declared by the vendor")]
    assert labels[-1] == "ECCN: 3A090.a"


def test_what_follows_from_the_sheet_is_computed_below(store: Store) -> None:
    assert [row[:3] for row in section(whole("a10", store), "Computed here")] == [
        ("Logic die area", "800", "mm²"),
        ("FP16 per watt", "0.5", "TFLOPS/W"),
        ("Total processing performance", "3,200", "TOPS·bit"),
        ("Performance density", "4", "TPP/mm²"),
    ]


def test_in_short_what_has_a_short_name_is_computed_on_one_line(store: Store) -> None:
    lines = [plain(each.text) for each in show(store.sheet("a10"), store).lines]
    assert "Computed: TPP 3,200 TOPS·bit · PD 4 TPP/mm²" in lines


def test_what_cannot_be_computed_says_why(store: Store) -> None:
    found = [row[:2] for row in section(whole("p1", store), "Computed here")]
    assert ("Performance density", "undefined") in found
    assert ("INT8 per watt", "unknown") in found


def test_what_rests_on_an_estimate_is_marked(store: Store) -> None:
    found = section(whole("z1", store), "Computed here")
    assert found[0][:3] == ("Logic die area", "~300", "mm²")


def test_an_empty_sheet_has_nothing_but_its_name(load: Load, store: Store) -> None:
    found = whole(load(""), store)
    assert {row[1] for row in section(found, "Computed here")} == {"unknown"}
    assert said(found.title) == ["X1 · acme", "id x1; formats offered: not known in full"]
    assert list(found.records()) == []


def test_what_nobody_published_is_one_line(store: Store, load: Load) -> None:
    """Board power is stated; metrics that are compared only when asked for go unmentioned."""
    texts = [each.text for each in show(load(POWER), store).lines]
    assert (
        "Not published: peak throughput, memory, memory bandwidth, chip-to-chip, day of launch and"
        " market"
    ) in texts


def test_what_a_chip_does_not_have_is_said(store: Store, load: Load) -> None:
    body = "not_offered: [link_bandwidth, int8]\n"
    texts = [each.text for each in show(load(body), store).lines]
    assert "Does not have: chip-to-chip and INT8" in texts
    assert not [each for each in texts if each.startswith("Not published") and "chip-to" in each]


def test_the_head_says_what_the_chip_is_and_the_end_where_it_is_described(store: Store) -> None:
    found = whole("a10", store)
    assert said(found.title) == [
        "Acme A10 · acme · atlas · data centers · 2022-03",
        "id a10; formats offered: INT8, FP16, TF32, FP32",
        "also A10 SXM, HGX A10",
        "The first of its line.",
    ]
    assert found.lines[-1].text == store.sheet("a10").document.file


def test_the_end_of_the_short_sheet_says_how_to_see_the_whole(store: Store) -> None:
    last = show(store.sheet("a10"), store).lines[-1]
    assert (last.text, last.role) == ("chipcalc show a10 --all", "command")


def test_a_processing_unit_goes_by_its_label(store: Store) -> None:
    labels = [row[0] for row in section(show(store.sheet("z1"), store), "Compute, dense")]
    assert labels == ["INT8 tensor, GPU", "FP16 tensor, GPU", "INT8 tensor, DLA"]


def test_equal_notes_are_one_note(store: Store, load: Load) -> None:
    assert footnotes(whole("z1", store)) == {"a": "can be set", "b": "measured on a photograph"}
    guess = "{value: 5, unit: W, status: estimated, note: a guess}"
    found = whole(load(f"values:\n  board_power:\n    - {guess}\n    - {guess}\n"), store)
    assert footnotes(found) == {"a": "a guess"}
    assert [row[1] for row in section(found, "Power, silicon, price")] == ["~5ᵃ", "~5ᵃ"]


def test_in_short_only_ranges_and_estimates_have_notes_and_not_many(
    store: Store, load: Load
) -> None:
    plainly = "- {value: 5, unit: W, status: official, source: sheet, note: plainly}"
    guesses = "".join(
        f"\n    - {{value: 5, unit: W, status: estimated, note: guess {n}}}" for n in range(9)
    )
    body = f"values:\n  board_power:\n    {plainly}{guesses}\n"
    assert list(footnotes(show(load(body), store)).values()) == [f"guess {n}" for n in range(5)]
    assert len(footnotes(whole(load(body), store))) == 10


def test_a_mirrored_figure_names_the_sheet_that_states_it(store: Store) -> None:
    found = whole("a20-lite", store)
    assert (
        "a variant of a20, whose figures it mirrors (reported); the same package with less memory"
    ) in said(found.title)
    memory, bandwidth, _ = section(found, "Memory and links")
    assert memory[3:] == ("estimated", "10", "")
    assert bandwidth[3:] == ("reported", "a20:19", "1")


def test_a_fact_in_words_that_is_mirrored_names_the_sheet_that_states_it(store: Store) -> None:
    """Line 8 of the variant's own sheet says something else."""
    market = section(whole("a20-lite", store), "In words")[0]
    assert (market[0], market[4]) == ("Market: datacenter", "a20:7")


def test_the_source_of_a_figure_is_described_up_the_whole_line_of_variants(
    load: Load, store: Store
) -> None:
    found = after(whole(load("variant_of: {chip: a20-lite}\n"), store), "Sources")
    assert found == ["1 Acme: A20 data sheet. https://acme.example/a20"]


def test_a_source_that_is_not_described_is_listed_by_its_key(store: Store, load: Load) -> None:
    sheet = load(POWER.replace("source: sheet", "source: lost"))
    assert after(whole(sheet, store), "Sources") == ["1 lost"]
    assert "1 lost" in [plain(each.text) for each in show(sheet, store).lines]


@pytest.mark.parametrize("chip", STORE.files)
def test_the_whole_sheet_has_every_statement_in_a_row_of_its_own(chip: str) -> None:
    """Expected is what the sheet holds as values, at the line where the file has it."""
    sheet = STORE.sheet(chip)
    rows = [
        shown(row) for row in show(sheet, STORE, whole=True).grids[0].rows if len(row.cells) > 1
    ]
    modes = sheet.mirrors("modes").chip.modes
    for metric, stated in sheet.statements.items():
        for located in stated:
            statement = located.statement
            other = "" if located.file == sheet.document.file else f"{Path(located.file).stem}:"
            about = conditions(sheet, statement.when)
            elsewhere = {mode.label for mode in modes.values()} - {*about}
            (row,) = [
                each
                for each in rows
                if each[4] == f"{other}{located.line}"
                and all(e in each[0] for e in about)
                and not any(e in each[0] for e in elsewhere)
            ]
            name = STORE.vocabulary.metrics[metric].label.partition(",")[0]
            assert name in row[0] or "format" in statement.when
            digits = re.findall(r"[\d.]+", row[1].replace(",", ""))
            ends = {statement.quantity.amount.low, statement.quantity.amount.high}
            assert {Fraction(each) for each in digits} == ends
            assert row[2:4] == (str(statement.unit), statement.status)
            assert row[1].startswith("~") is (statement.status == "estimated")


def facts_of(sheet: Sheet) -> list[Sourced]:
    """Return everything with a status that a sheet holds."""
    chip = sheet.chip
    stated = (located for each in sheet.statements.values() for located in each)
    areas = (each for each in sheet.areas if each)
    return [
        *(each.statement for each in (*stated, *areas)),
        *(each for facts in chip.details.values() for each in facts),
        *(each for each in (sheet.market and chip.market, chip.declared.eccn) if each),
    ]


@pytest.mark.parametrize("chip", STORE.files)
def test_the_whole_sheet_has_every_note_day_and_place_in_a_source(chip: str) -> None:
    sheet = STORE.sheet(chip)
    notes = list(footnotes(show(sheet, STORE, whole=True)).values())
    shared = (sheet.chip.variant_of and sheet.chip.variant_of.note) or ""
    for fact in facts_of(sheet):
        for words in filter(None, (fact.note, fact.as_of, fact.at)):
            rest = words.removeprefix(shared).removeprefix("; ")
            assert any(rest in note for note in notes)


@pytest.mark.parametrize("chip", STORE.files)
def test_the_whole_sheet_has_every_source_die_detail_and_name(chip: str) -> None:
    sheet = STORE.sheet(chip)
    found = show(sheet, STORE, whole=True)
    rows = [" ".join(shown(row)) for row in found.rows]
    text = "\n".join([*rows, *(each.text for each in found.lines)])
    for key in {key for each in facts_of(sheet) for key in each.source}:
        source = STORE.source(sheet, key)
        assert source
        assert all(each in text for each in (source.title, source.publisher, source.url))
    for die in sheet.mirrors("dies").chip.dies:
        assert any(
            all(word in row for word in (die.name, die.kind, die.process or "")) for row in rows
        )
    for name, details in sheet.chip.details.items():
        assert all(f"{STORE.vocabulary.details[name].label}: {e.value}" in text for e in details)
    cap = sheet.chip.variant_of
    said_of_it = (cap.chip, cap.status, cap.note or "") if cap else ()
    chip_itself = sheet.chip
    names = (*chip_itself.notes, *chip_itself.aliases, *chip_itself.family, chip_itself.id)
    assert all(words in text for words in (*names, *said_of_it))


def conditions(sheet: Sheet, when: Mapping[str, str]) -> list[str]:
    """Return what the conditions of a statement are called, by the vocabulary and the sheet."""
    units, modes = sheet.mirrors("units").chip.units, sheet.mirrors("modes").chip.modes
    own = {key: each.label for key, each in units.items()}
    own |= {key: each.label for key, each in modes.items()}
    known = STORE.vocabulary.conditions
    return [
        known[name].values[value].label if value in known[name].values else own[value]
        for name, value in when.items()
    ]


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("all_", [False, True], ids=["short", "whole"])
def test_no_sheet_is_too_wide_and_none_is_broken_within_a_number_or_a_name(
    width: int, *, all_: bool
) -> None:
    """Addresses are left out: they may be wider than any screen."""
    for sheet in STORE.all():
        report = show(sheet, STORE, whole=all_)
        text = table(report, Style(width))
        assert [
            line for line in text.splitlines() if wcswidth(line) > width and "://" not in line
        ] == []
        tokens = set(text.split())
        for row in report.rows:
            for each in row.cells[1:2]:
                assert set(" ".join(jointed(each)).split()) <= tokens


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
    assert all(each["at"].startswith("a10.yaml:") for each in (*chip["figures"], *chip["facts"]))


def test_several_sheets_stand_one_after_the_other(store: Store) -> None:
    found = together([store.sheet("a10"), store.sheet("p1")], store)
    assert [chip["chip"] for chip in found.data()["chips"]] == ["a10", "p1"]
    assert found.data()["schema"] == SCHEMA
    assert {each["chip"] for each in found.records()} == {"a10", "p1"}
    text = table(found)
    alone = [table(show(store.sheet(each), store)) for each in ("a10", "p1")]
    assert text == "\n\n".join(alone)
