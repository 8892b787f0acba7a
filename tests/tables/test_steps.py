"""An explanation shows every step of every rule, all inputs, and every source once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from wcwidth import wcswidth

from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables import answers
from chipcalc.tables.render import FORMATS, table
from chipcalc.tables.report import Report
from chipcalc.tables.steps import explained
from chipcalc.words import explanation
from chipcalc.words.roles import verdict_words
from shared import printed, rulebook, rules, said, text_of

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
DAYS = ("2019-01-01", "2021-01-01", "2023-04-01")


def checked(
    store: Store, chip: str | Sheet, day: str = "2023-01-01", *own: Path, **given: str
) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day, own).check(item.evaluator, item.circumstances)


def whole(store: Store, *found: Checked) -> Report:
    """Return the explanation of some chips as the command prints it."""
    return answers.check(found, rulebook(store), explain=True, all_=True)


def cells(found: Report) -> list[list[str]]:
    """Return the rows, each cell on one line."""
    return [list(row.texts) for row in found.rows]


def below(found: Report, paragraph: str) -> list[list[str]]:
    """Return the rows of one rule, below its head."""
    rows = cells(found)
    heads = [index for index, row in enumerate(found.rows) if not row.cells[0].level]
    heads = [each for each in heads if rows[each][0]]
    (first,) = [each for each in heads if rows[each][0] == paragraph]
    last = min((each for each in heads if each > first), default=len(rows))
    return rows[first + 1 : last]


def note(found: Report, heading: str) -> list[str]:
    """Return the lines below a heading among the notes."""
    (lines,) = [said(each) for each in found.notes if each[0].text.startswith(heading)]
    return lines[1:]


def test_each_rule_has_its_citation_standing_and_verdict_at_its_head(store: Store) -> None:
    rows = cells(whole(store, checked(store, "a10")))
    assert ["ATL.1", "met", "2 AG 34, in force since 2022-06-01"] in rows
    assert ["ATL.2", "not met", "in force since 2022-06-01"] in rows


def test_the_steps_of_a_rule_stand_below_it_with_margin_and_status(store: Store) -> None:
    assert below(whole(store, checked(store, "a10")), "ATL.1") == [
        ["ATL.1.a", "yes"],
        ["TPP", "yes", "3,200 ≥ 3,000 (+6.7 %)", "official"],
        ["ATL.1.b", "yes"],
        ["TPP", "yes", "3,200 ≥ 1,000 (+220 %)", "official"],
        ["PD", "yes", "4 ≥ 4 (0 %)", "official"],
        ["Note to ATL.1 does not take it out", ""],
        ["designed or marketed for data centers", "no", "asked: not data centers"],
        ["TPP", "no", "3,200 ≥ 3,000 (+6.7 %)", "official"],
    ]


def test_a_rule_shown_above_is_referred_to_below(store: Store) -> None:
    assert below(whole(store, checked(store, "a10")), "ATL.9")[-2:] == [
        ["falls under ATL.1", ""],
        ["does not fall under ATL.2", ""],
    ]


def test_a_rule_that_is_not_asked_itself_is_explained_where_it_is_referred_to(
    store: Store,
) -> None:
    """Of a board ATL.1 is not asked; ATL.B refers to it."""
    rows = below(whole(store, checked(store, "a10", item="board")), "ATL.B")
    assert rows.index(["ATL.1.a", "yes"]) > rows.index(["falls under ATL.1", ""])


def test_every_verdict_of_the_head_is_that_of_the_finding(store: Store) -> None:
    for chip in CHIPS:
        found = checked(store, chip, "2023-04-01")
        rows = cells(explained([found], rulebook(store)).report(dict, list))
        heads = {row[0]: row[1] for row in rows}
        for each in found.findings:
            assert heads[each.provision.rule.paragraph] == verdict_words(each.verdict)


def test_what_decides_stands_below_a_rule_that_is_unknown(store: Store) -> None:
    rows = below(whole(store, checked(store, "p1")), "ATL.9")
    assert [row[2] for row in rows[-3:]] == [
        "What decides: memory bandwidth unknown: Memory bandwidth is not published",
        "memory bandwidth ≤ 100 GB/s: not met",
        "memory bandwidth > 100 GB/s: met",
    ]


def stating(declared: str, rate: str = "375") -> str:
    """Return a sheet for data centers with one rate, a die, and what the vendor declares."""
    when = "when: {format: int8, engine: tensor, sparsity: dense}"
    rates = f"values:\n  throughput:\n    - {{value: {rate}, unit: TOPS, {when}, {FIRM}}}\n"
    return (
        f"market: {{value: datacenter, {FIRM}}}\n"
        + (rates if rate else "")
        + f"dies:\n  - {{name: D, transistor: gaa, area: {{value: 800, unit: mm^2, {FIRM}}}}}\n"
        + f"declared:\n  tpp: {{value: {declared}, unit: TOPS*bit, {FIRM}}}\n"
    )


def test_what_the_declared_figure_leads_to_is_said_where_it_differs(
    store: Store, load: Load
) -> None:
    rows = below(whole(store, checked(store, load(stating("2900")))), "ATL.1")
    assert ["", "", "with the declared figure: not met"] in rows
    assert below(whole(store, checked(store, load(stating("3001")))), "ATL.1")[-1][0] == "TPP"


def test_what_a_declared_figure_settled_is_not_settled_whatever_it_is(
    store: Store, load: Load
) -> None:
    rows = below(whole(store, checked(store, load(stating("3100", rate="")))), "ATL.1")
    assert not [row for row in rows if row[-1].startswith("settled whatever")]


def test_why_a_criterion_without_a_figure_is_not_met_is_said(store: Store) -> None:
    """ATL.1 counts a planar chip as below the density because it has none: that is a reading."""
    shown = table(whole(store, checked(store, "p1")))
    assert "A circuit without such dies has no density." in " ".join(shown.split())


def test_every_rule_names_its_place_its_confidence_and_its_sources(store: Store) -> None:
    lines = note(whole(store, checked(store, "a10", "2023-04-01")), "Rules")
    assert lines[:3] == [
        "  ATL.1: article 1 (text)",
        "    Atlantis: Gazette 2 (2022-05-20). https://atlantis.example/2",
        "    not modelled: End use.",
    ]
    assert "  ATL.9: article 9 (secondary)" in lines
    assert "    The figure is taken from a newspaper." in lines
    assert "    Acme: Filing (2023-03-02). https://acme.example/filing" in lines


def test_a_rule_of_one_s_own_may_have_no_source(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own-1.yaml"
    path.write_text(
        "id: own-1\nparagraph: Own\ntitle: Own\nkind: policy\nverified: 2026-01-01\nversions:\n"
        "  - {in_force: 2020-01-01, confidence: unverified, note: mine, "
        "all: {board_power: {at_least: 1 W}}}\n",
        encoding="utf-8",
    )
    lines = note(whole(store, checked(store, "a10", "2023-01-01", path)), "Rules")
    assert lines[-2:] == ["  Own: no source (unverified)", "    mine"]


def test_every_source_of_the_figures_is_listed_once(store: Store) -> None:
    found = whole(store, checked(store, "b100-sxm"))
    assert note(found, "Sources of the figures") == [
        "  Acme: B100 (2025-01-15). https://acme.example/b100",
        "  The Made-up Press: Table of accelerators (2025-03-01). https://press.example/table",
    ]


def test_only_sources_of_figures_that_a_rule_compares_are_listed(store: Store) -> None:
    """ATL.9 compares the memory bandwidth of the LT910, which is an estimate without a source."""
    found = whole(store, checked(store, "lt910"))
    assert note(found, "Sources of the figures") == [
        "  Longteng: 龙腾910 brochure. https://longteng.example/910",
        "  The Made-up Press: Table of accelerators (2025-03-01). https://press.example/table",
    ]


def test_two_chips_may_call_their_sources_by_the_same_key(
    store: Store, load: Load, head: str, tmp_path: Path
) -> None:
    body = f"values:\n  memory_bandwidth:\n    - {{value: 50, unit: GB/s, {FIRM}}}\n"
    other = tmp_path / "y1.yaml"
    other.write_text(
        head.replace("id: x1", "id: y1").replace("example/x1", "example/y1") + body,
        encoding="utf-8",
    )
    sheets: Sequence[Sheet] = (load(body), store.from_file(str(other)))
    found = whole(store, *(checked(store, each) for each in sheets))
    lines = "\n".join(note(found, "Sources of the figures"))
    assert "https://acme.example/x1" in lines
    assert "https://acme.example/y1" in lines


def test_several_chips_each_have_a_heading_and_their_answer_below(store: Store) -> None:
    found = whole(store, checked(store, "a10"), checked(store, "p1"))
    assert [row.texts[0] for row in found.rows if row.heading] == ["Acme A10", "Zenith P1"]
    assert text_of(found.title) == "2 chips on 2023-01-01: every step"
    assert [each[0].text for each in found.notes[:2]] == [
        "Acme A10, 2023-01-01: ATL.1 (1.a, 1.b)",
        found.notes[1][0].text,
    ]
    assert found.notes[1][0].text.startswith("Zenith P1, 2023-01-01: ")


def test_an_item_without_a_file_is_explained_from_what_was_given(store: Store) -> None:
    given = {"tpp": "3000", "performance_density": "1", "market": "datacenter"}
    found = whole(store, checked(store, blank(store.vocabulary), **given))
    assert ["TPP", "yes", "3,000 ≥ 3,000 (0 %)", "given"] in below(found, "ATL.1")
    assert note(found, "Sources of the figures") == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("day", DAYS)
def test_every_chip_and_all_together_render_in_every_format(
    name: str, day: str, store: Store
) -> None:
    found = [checked(store, each, day) for each in CHIPS]
    for each in found:
        assert printed(name, whole(store, each))
    assert printed(name, whole(store, *found))


@pytest.mark.parametrize("chip", CHIPS)
def test_an_explanation_keeps_to_80_columns(chip: str, store: Store) -> None:
    lines = table(whole(store, checked(store, chip))).splitlines()
    widest = max((each for each in lines if "://" not in each), key=wcswidth)
    assert wcswidth(widest) <= 80, widest


def test_every_mark_is_a_word() -> None:
    assert sorted(explanation.MARKS.values()) == ["no", "open", "yes"]
