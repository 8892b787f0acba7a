"""The report of an article: what it says of each claim, in every format and in two languages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from chipcalc.claims.checker import Checker
from chipcalc.claims.claim import Claims
from chipcalc.files import BUILT_IN
from chipcalc.schema.base import parse
from chipcalc.schema.load import read
from chipcalc.sheets.store import Store
from chipcalc.tables import claims
from chipcalc.tables.render import FORMATS
from chipcalc.tables.report import Report
from chipcalc.words.language import ENGLISH, Language, language

ARTICLE = "claims/acme-2024-01.yaml"


def report(store: Store, *ids: str, spoken: Language = ENGLISH, explain: bool = False) -> Report:
    """Return the report of some made-up claims, or of all."""
    article = parse(Claims, read(store.folders[0] / ARTICLE))
    checker = Checker(store)
    found = [checker.check(each) for each in article.claims if not ids or each.id in ids]
    return claims.report(article, found, store, spoken, explain=explain)


def words(store: Store, *ids: str, spoken: Language = ENGLISH, explain: bool = False) -> str:
    """Return what a report says, without its line breaks."""
    cells = [row.cells[-1] for row in report(store, *ids, spoken=spoken, explain=explain).rows]
    return "\n".join(" ".join(cell.split()) for cell in cells)


def data(store: Store, *ids: str) -> dict[str, Any]:
    """Return the JSON contract of a report."""
    found: dict[str, Any] = json.loads(FORMATS["json"](report(store, *ids), 80))
    return found


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


# The words of a verdict, and the order of what is said.

VERDICTS = {
    "half": ("fails", "不成立"),
    "link": ("fails", "不成立"),
    "atlas-memory": ("depends", "视情况而定"),
    "power": ("literally true", "字面属实"),
    "family": ("holds", "成立"),
    "buys": ("outside the spec sheets", "规格表无法回答"),
}


@pytest.mark.parametrize(("claim", "said"), VERDICTS.items())
def test_a_verdict_is_said_beside_its_claim_in_the_readers_language(
    claim: str, said: tuple[str, str], store: Store
) -> None:
    for spoken, expected in zip((ENGLISH, language("zh", [BUILT_IN])), said, strict=True):
        first, *others = report(store, claim, spoken=spoken).rows
        assert first.cells[0] == claim
        assert " ".join(first.cells[1].split()) == expected
        assert {each.cells[:2] for each in others} == {("", "")}


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
    new = "compare: {of: a10.throughput, is: {at_least: 300 TOPS}}"
    (specs / ARTICLE).write_text(text.replace(old, new))
    said = words(Store((specs,)), "link").split("\n")
    assert said[1] == "holds for: Acme A10 at INT8"
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


def test_claims_stand_in_the_order_of_their_article(store: Store) -> None:
    article = parse(Claims, read(store.folders[0] / ARTICLE))
    shown = [row.cells[0] for row in report(store).rows if row.cells[0]]
    assert shown == [each.id for each in article.claims]


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


def test_the_sources_are_those_of_figures_readings_rules_and_references(store: Store) -> None:
    notes = "\n".join(report(store, explain=True).notes)
    for title in ("A10 data sheet", "A20 data sheet", "Gazette 2", "Survey"):
        assert notes.count(title) == 1


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_80_columns(store: Store, code: str, explain: bool) -> None:  # noqa: FBT001
    spoken = language(code, [BUILT_IN])
    lines = FORMATS["table"](report(store, spoken=spoken, explain=explain), 80).split("\n")
    assert [each for each in lines if wcswidth(each) > 80 and "://" not in each] == []


def test_no_line_of_a_chinese_report_begins_with_a_sign_that_closes(store: Store) -> None:
    text = FORMATS["table"](report(store, spoken=language("zh", [BUILT_IN])), 80)
    starts = {line.strip()[0] for line in text.split("\n") if line.strip()}
    assert starts.isdisjoint("，。；：、！？）］)%")


class _Recorded(dict[str, str]):
    """Phrases that remember which ones were asked for in vain."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        super().__init__(phrases)
        self.missing: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a phrase."""
        if key not in self:
            self.missing.add(key)
        return super().get(key, default)


def test_every_fixed_phrase_of_a_report_is_translated(store: Store) -> None:
    """What stays is a label that is the same in Chinese, such as FP16."""
    chinese = language("zh", [BUILT_IN])
    recorded = _Recorded(chinese.phrases)
    FORMATS["json"](report(store, spoken=chinese._replace(phrases=recorded), explain=True), 80)
    formats = {each.label for each in store.vocabulary.conditions["format"].values.values()}
    # the labels of the made-up vocabulary differ from those of the real one here
    made_up = {"Chip-to-chip", ""}
    assert recorded.missing - formats - made_up == set()


def test_the_contract_has_its_keys(store: Store) -> None:
    found = data(store)
    assert found["schema"] == "chipcalc.claims/1"
    assert found["article"]["published"] == "2024-01"
    for each in found["claims"]:
        assert {"id", "says", "verdict", "computed", "readings"} <= set(each)
        for case in (*each["computed"], *each["readings"]):
            assert {"label", "verdict", "value", "unit"} <= set(case)
            assert case["value"] is None or Decimal(case["value"]) >= 0


def test_the_contract_gives_figures_as_decimal_strings(store: Store) -> None:
    (claim,) = data(store, "half")["claims"]
    assert claim["verdict"] == "fails"
    assert [each["value"] for each in claim["computed"]] == ["0.4", "0.4"]


def test_a_reading_of_the_contract_has_a_label_and_a_value(store: Store) -> None:
    (claim,) = data(store, "link")["claims"]
    first = claim["readings"][0]
    assert first["label"].startswith("a20 read as each direction")
    assert (first["value"], first["unit"], first["verdict"]) == ("400", "GB/s", "met")


def test_csv_has_a_line_for_each_figure(store: Store) -> None:
    text = FORMATS["csv"](report(store, "link"), 80)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(each["kind"], each["value"]) for each in rows][:3] == [
        ("claim", ""),
        ("figure", "800"),
        ("reading", "400"),
    ]


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


@pytest.mark.parametrize("name", ["markdown", "html", "latex"])
def test_a_document_has_every_claim_and_no_hard_space(store: Store, name: str) -> None:
    text = FORMATS[name](report(store, explain=True), 80)
    assert "Acme holds half of the market." in text
    assert "\u00a0" not in text
