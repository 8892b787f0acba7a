"""The words of an answer to a claim: for what it holds, the figures, and what makes it true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chipcalc.sheets.store import Store
from chipcalc.words.claims.answer import answer
from chipcalc.words.claims.speaker import speaker
from chipcalc.words.language import ENGLISH
from claimed import ARTICLE, answers


def words(store: Store, *ids: str, explain: bool = False) -> str:
    """Return what is said of some made-up claims, or of all: each claim, then its answer."""
    article, found = answers(store, *ids)
    who = speaker(article, store.vocabulary, ENGLISH)
    lines = [
        line
        for each in found
        for line in (each.claim.says.en, *(e.text for e in answer(each, who, explain=explain)))
    ]
    return "\n".join(" ".join(line.split()) for line in lines)


def test_a_claim_that_depends_says_for_what_it_holds(store: Store) -> None:
    said = words(store, "atlas-memory")
    assert "holds for: Acme A10; Acme A20" in said
    assert "Acme A20 Lite: 64 GB" in said
    assert "(no)" in said


def test_a_claim_that_fails_shows_the_figure_and_the_reading(store: Store) -> None:
    said = words(store, "link")
    assert "Acme A20: 800 GB/s, 2 × the printed 400 GB/s" in said
    assert "a20 read as each direction" in said


def test_a_true_but_misleading_claim_says_what_it_leaves_out(store: Store) -> None:
    """400 W are eight times 50 W."""
    said = words(store, "power")
    assert "400 W, 8 × the printed 50 W" in said
    assert "what it leaves out: by how much" in said


def test_a_line_of_a_rule_is_cited_with_its_share(store: Store) -> None:
    """1280 to 1680 of the 2000 of ATL.2.a."""
    assert "64.0–84.0 % of the line ≥ 2,000 of ATL.2.a" in words(store, "line")


LIMITED = "stays outside while total processing performance < 1,600"


@pytest.mark.parametrize(("rate", "outside"), [("199.875", True), ("200", False)])
def test_a_chip_stays_outside_up_to_a_limit_and_not_on_it(
    rate: str,
    outside: bool,  # noqa: FBT001 a parameter
    specs: Path,
) -> None:
    """ATL.2.b asks for a density of 2 or more: 1,600 at 800 mm², which is 200 TOPS at 8 bits."""
    path = specs / "chips" / "acme" / "a10.yaml"
    slow = re.sub(r"value: \d+, unit: (TOPS|TFLOPS)", r"value: 1, unit: \1", path.read_text())
    path.write_text(slow.replace("value: 1, unit: TOPS", f"value: {rate}, unit: TOPS"))
    text = (specs / ARTICLE).read_text()
    (specs / ARTICLE).write_text(text.replace("chip: z1, rules", "chip: a10, rules"))
    assert (LIMITED in words(Store((specs,)), "line")) == outside


def test_of_a_claim_that_depends_every_case_says_whether_it_holds(store: Store) -> None:
    """80 GB are 80 GB; the A20 has 128 GB, the A20 Lite 64 GB."""
    said = words(store, "atlas-memory").split("\n")
    assert said[1] == "holds for: Acme A10; Acme A20"
    cases = {each.partition(":")[0]: each for each in said[2:]}
    assert cases["Acme A10"].endswith("80 GB (holds)")
    assert cases["Acme A20"].endswith("(holds)")
    assert cases["Acme A20 Lite"].endswith("64 GB, 0.8 × the printed 80 GB (no)")


def test_cases_of_one_chip_that_differ_are_told_apart_by_their_rows(specs: Path) -> None:
    """The A10 has 400 TOPS at INT8 and 200 TFLOPS at FP16."""
    text = (specs / ARTICLE).read_text()
    old = "compare: {of: a20.link_bandwidth, is: {equals: 400 GB/s}}"
    new = "compare: {of: a10.throughput, is: {at_most: 300 TOPS}}"
    (specs / ARTICLE).write_text(text.replace(old, new))
    said = words(Store((specs,)), "link").split("\n")
    assert said[1] == "holds for: Acme A10 at FP16, TF32, FP32 (vector)"
    assert "INT8 400 TOPS" in said[2]
    assert "FP16 200 TFLOPS" in said[2]


def test_a_claim_says_first_for_what_it_holds_then_its_figures_then_other_readings(
    store: Store,
) -> None:
    said = words(store, "link").split("\n")
    figure = said.index("Acme A20: 800 GB/s, 2 × the printed 400 GB/s")
    readings = said.index("The printed figure comes out when")
    assert 0 < figure < readings
    assert said[readings + 1] == "a20 read as each direction:"


def test_the_chips_that_are_as_good_are_listed_by_metric(store: Store) -> None:
    said = words(store, "as-good").split("\n")
    assert "Memory bandwidth, Acme A10 2,000 GB/s; at least as good:" in said
    assert "Acme B100 SXM 8,000 GB/s" in said
    assert "at least as good in all of these: Acme B100 SXM" in said


def test_generations_are_told_with_their_assumptions(store: Store) -> None:
    said = words(store, "behind")
    assert "behind the newest of Acme A10 → Acme A20 → Acme B100 SXM" in said
    assert "by the logarithm" in said
    assert "2 to 4 generations agree with the claim" in said


def test_a_rule_is_told_with_its_verdict_and_day(store: Store) -> None:
    assert "Zenith P1, 2023-01-01, ATL.1: not met" in words(store, "outside")


def test_money_without_a_rate_asks_for_one(store: Store) -> None:
    assert "--rate" in words(store, "buys")


def test_what_no_sheet_states_stands_beside_its_reference(store: Store) -> None:
    assert "elsewhere: 41 % [Atlantis Statistics 2023-12]" in words(store, "share")


def test_explained_every_case_has_its_arithmetic_status_and_place(store: Store) -> None:
    said = words(store, "half", explain=True)
    assert "400 TOPS / 1,000 TOPS = 40.0 % (official; a10.yaml:14; a20.yaml:13)" in said


def test_a_rounded_figure_never_lands_on_the_printed_one(specs: Path) -> None:
    """199.99 of 400 W is less than half, and is not printed as 50.0 %."""
    path = specs / "chips" / "zenith" / "z1.yaml"
    path.write_text(path.read_text().replace("value: 60, range: [15, 60]", "value: 199.99"))
    text = (specs / ARTICLE).read_text()
    old = "compare: {of: a20.link_bandwidth, is: {equals: 400 GB/s}}"
    new = "compare: {of: z1.board_power, to: a10.board_power, is: {less_than: 50 %}}"
    (specs / ARTICLE).write_text(text.replace(old, new))
    assert "49.9975 %" in words(Store((specs,)), "link")


def test_the_chip_that_varies_names_the_line(specs: Path) -> None:
    """A family against one chip: each line is about a member of the family."""
    text = (specs / ARTICLE).read_text()
    old = "compare: {of: a20.link_bandwidth, is: {equals: 400 GB/s}}"
    new = "compare: {of: b100.throughput, to: a10.throughput, is: {more_than: '1'}}"
    (specs / ARTICLE).write_text(text.replace(old, new))
    said = words(Store((specs,)), "link")
    assert "Acme B100 SXM: INT8, FP16 5 ×" in said
    assert "Acme B100 PCIe: FP16 3.75 ×" in said
