"""The lists of the European Union and of Japan, by their texts, on known chips and on their days.

Texts: Annex I to Regulation (EU) 2021/821 as consolidated on 2025-11-15, 3A501.a.16 and 4A507
(https://github.com/dkmcustoms-web/dual-use-v1/blob/2e697d03/data/annex_i_en_2025-11.json), and METI
ordinance No. 49 of 1991, articles 6 (1) and 7 (7), in its official versions of 2025-05-28 and
2026-02-14 (https://laws.e-gov.go.jp/law/403M50000400049).
"""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from atlantis import TABLET, made_up
from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.errors import ChipcalcError
from chipcalc.files import BUILT_IN
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict
from chipcalc.words import regimes as words
from shared import RULEBOOK, STORE

EU_DAY, JAPAN_FIRST, JAPAN_LATER = "2025-11-15", "2025-05-28", "2026-02-14"
MET, NOT_MET, OPEN = Verdict.met, Verdict.not_met, Verdict.unknown


@cache
def rules(regime: str, day: str) -> Ruleset:
    """Return the rules of a regime about items on a day."""
    return Ruleset(RULEBOOK.of(regime), datetime.date.fromisoformat(day))


def asked(regime: str, day: str, chip: str = "", **given: str) -> Checked:
    """Return what the rules of a regime say of a chip, or of an item that is described."""
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    item = suppose(sheet, given, STORE.vocabulary)
    return rules(regime, day).check(item.evaluator, item.circumstances)


def verdict(regime: str, day: str, chip: str = "", **given: str) -> Verdict:
    """Return whether a regime lists a chip, or an item that is described."""
    return asked(regime, day, chip, **given).classification.verdict


class Known(NamedTuple):
    """A chip with its TPP and its rate of input and output, as its maker publishes them.

    6,000 is the limit of both texts, and 600 GB/s that of Japan's first window.
    """

    chip: str
    tpp: tuple[float, float]
    io: float
    later: Verdict
    first: Verdict


KNOWN = [
    Known("h100-sxm", (15_831, 15_832), 1028, MET, MET),
    Known("h800-sxm", (15_831, 15_832), 528, MET, NOT_MET),
    Known("rtx-pro-6000", (8_064, 8_064), 128, MET, NOT_MET),
    Known("rtx-5090", (6_704, 6_704), 128, MET, NOT_MET),
    Known("mi250x", (6_128, 6_128), 864, MET, MET),
    Known("l40s", (5_864, 5_864), 64, NOT_MET, NOT_MET),
    Known("rtx-4090", (5_284, 5_285), 64, NOT_MET, NOT_MET),
    Known("a100-sxm", (4_992, 4_992), 664, NOT_MET, NOT_MET),
    Known("a800-sxm", (4_992, 4_992), 464, NOT_MET, NOT_MET),
    Known("h20", (2_368, 2_368), 1028, NOT_MET, NOT_MET),
]
EACH = pytest.mark.parametrize("known", KNOWN, ids=lambda each: each.chip)


@EACH
def test_a_chip_is_listed_in_the_union_and_in_japan_where_its_tpp_is_6000_or_more(
    known: Known,
) -> None:
    assert (known.tpp[0] >= 6000) is (known.later is MET)
    assert verdict("eu", EU_DAY, known.chip) is known.later
    assert verdict("jp", JAPAN_LATER, known.chip) is known.later


@EACH
def test_in_its_first_window_japan_asked_for_600_gigabytes_a_second_as_well(known: Known) -> None:
    assert (known.tpp[0] >= 6000 and known.io >= 600) is (known.first is MET)
    assert verdict("jp", JAPAN_FIRST, known.chip) is known.first
    assert verdict("jp", "2026-02-13", known.chip) is known.first


@pytest.mark.parametrize("chip", ["ascend-910b1", "ascend-910b2", "mi308x"])
def test_a_chip_whose_sources_lie_on_both_sides_of_6000_is_not_settled(chip: str) -> None:
    assert verdict("eu", EU_DAY, chip) is OPEN
    assert verdict("jp", JAPAN_LATER, chip) is OPEN
    outcomes = asked("eu", EU_DAY, chip).deciding
    assert outcomes is not None
    assert {each.judgement.verdict for each in outcomes.outcomes} == {MET, NOT_MET}


@pytest.mark.parametrize("chip", ["br106", "br166", "zhenwu-m890"])
def test_a_chip_without_a_figure_is_not_settled(chip: str) -> None:
    assert verdict("eu", EU_DAY, chip) is OPEN


def test_the_united_states_control_what_the_others_do_not_list_and_never_the_other_way() -> None:
    for chip in ("a100-sxm", "l40s", "rtx-4090"):
        assert asked("us", EU_DAY, chip).classification.paragraph == "3A090.a"
        assert verdict("eu", EU_DAY, chip) is NOT_MET


@pytest.mark.parametrize("market", ["datacenter", "consumer", "workstation", "automotive"])
@pytest.mark.parametrize(("regime", "day"), [("eu", EU_DAY), ("jp", JAPAN_LATER)])
def test_no_market_is_excepted_and_exactly_6000_is_listed(
    regime: str, day: str, market: str
) -> None:
    assert verdict(regime, day, tpp="6000 TOPS*bit", market=market) is MET
    assert verdict(regime, day, tpp="5999.999 TOPS*bit", market=market) is NOT_MET


def test_the_misprint_of_the_union_s_example_is_told_and_not_applied() -> None:
    assert verdict("eu", EU_DAY, tpp="4800 TOPS*bit") is NOT_MET  # 300 TFLOPS at 16 bits
    note = RULEBOOK.of("eu").rule("3A501.a.16")[0].version.note
    assert note is not None
    assert "misprint" in note


def test_exactly_600_gigabytes_a_second_counted_in_the_first_window() -> None:
    first = {"tpp": "6000 TOPS*bit"}
    assert verdict("jp", JAPAN_FIRST, **first, io_bandwidth="600 GB/s") is MET
    assert verdict("jp", JAPAN_FIRST, **first, io_bandwidth="599.99 GB/s") is NOT_MET
    assert verdict("jp", JAPAN_FIRST, **first) is OPEN
    assert verdict("jp", JAPAN_LATER, **first, io_bandwidth="0 GB/s") is MET


@pytest.mark.parametrize(
    ("regime", "before", "on"),
    [("eu", "2025-11-14", EU_DAY), ("jp", "2025-05-27", JAPAN_FIRST)],
)
def test_there_is_no_rule_before_the_first_day(regime: str, before: str, on: str) -> None:
    assert not asked(regime, before, "h100-sxm").findings
    assert verdict(regime, on, "h100-sxm") is MET


@pytest.mark.parametrize("item", ["board", "system"])
def test_a_board_and_a_computer_follow_the_circuit_in_them(item: str) -> None:
    assert asked("eu", EU_DAY, "rtx-5090", item=item).classification.paragraph == "4A507"
    assert (
        asked("jp", JAPAN_LATER, "rtx-5090", item=item).classification.paragraph == "Article 7(7)"
    )
    assert verdict("jp", JAPAN_FIRST, "h800-sxm", item=item) is NOT_MET
    assert verdict("jp", JAPAN_LATER, "h800-sxm", item=item) is MET
    assert verdict("eu", EU_DAY, "a100-sxm", item=item) is NOT_MET


def test_not_listed_names_what_the_entry_leaves_open() -> None:
    assert {*words.leaves_open(asked("eu", EU_DAY, "a100-sxm"))} >= {"3A001.a.9", "Note 1 to 3A"}
    assert "4A003" in words.leaves_open(asked("eu", EU_DAY, "a100-sxm", item="board"))
    assert "6(1)(chi)" in words.leaves_open(asked("jp", JAPAN_LATER, "a100-sxm"))
    assert not words.leaves_open(asked("eu", EU_DAY, "rtx-5090"))
    assert not words.leaves_open(asked("eu", EU_DAY, "ascend-910b1"))


def test_a_line_of_several_chips_names_what_not_listed_leaves_open_as_well() -> None:
    found = [asked("eu", EU_DAY, chip) for chip in ("a100-sxm", "rtx-5090", "l40s")]
    assert "not listed leaves open: 3A001.a.9, Note 1 to 3A" in words.line(found).text
    listed = [asked("eu", EU_DAY, chip) for chip in ("rtx-5090", "h100-sxm")]
    assert "open" not in words.line(listed).text


@pytest.mark.parametrize("chip", ["a100-sxm", "rtx-5090", "ascend-910b1"])
@pytest.mark.parametrize(("regime", "day"), [("eu", EU_DAY), ("jp", JAPAN_LATER)])
def test_an_answer_says_listed_or_not_and_never_licence(regime: str, day: str, chip: str) -> None:
    says = words.answer(asked(regime, day, chip))
    expected = {
        "a100-sxm": "not listed by processing performance; open: ",
        "rtx-5090": "listed, ",
        "ascend-910b1": "not settled; ",
    }
    assert says.startswith(expected[chip])
    assert "licence" not in says


def test_the_first_regime_answers_and_the_rules_of_others_are_no_rules_of_its() -> None:
    assert RULEBOOK.regime is not None
    assert RULEBOOK.regime.id == "us"
    assert not {"eu-3a501-a16", "jp-6-1-yo"} & set(RULEBOOK.provisions)
    assert [each.regime.id for each in RULEBOOK.everywhere() if each.regime] == ["us", "eu", "jp"]
    day = datetime.date(2025, 11, 14)
    assert [each.regime.id for each in RULEBOOK.beside(day) if each.regime] == ["jp"]


def test_nothing_is_computed_where_a_text_was_not_read() -> None:
    for regime in ("uk", "kr", "ca", "tw", "ch", "cn"):
        book = RULEBOOK.of(regime)
        assert not book.provisions
        assert book.regime
        assert book.regime.known


@pytest.fixture
def atlantis(tmp_path: Path) -> Path:
    """Return a folder with a made-up regime and its one rule."""
    return made_up(tmp_path)


def test_a_regime_of_one_s_own_is_two_files_and_no_line_of_python(atlantis: Path) -> None:
    store = Store((atlantis, BUILT_IN))
    book = Rulebook(store).of("Atlantis")
    found = {}
    for chip in ("rtx-5090", "a100-sxm"):
        item = suppose(store.sheet(chip), {}, store.vocabulary)
        day = Ruleset(book, datetime.date(2026, 3, 1))
        found[chip] = words.answer(day.check(item.evaluator, item.circumstances))
    assert found == {
        "rtx-5090": "on the tablet, Tablet 1",
        "a100-sxm": "not on the tablet; open: Tablet 2",
    }
    others = [e.regime.id for e in Rulebook(store).beside(datetime.date(2026, 3, 1)) if e.regime]
    assert others == ["eu", "jp", "at"]
    assert "at-1" not in Rulebook(store).provisions


def test_a_regime_that_there_is_none_of_is_told(atlantis: Path) -> None:
    with pytest.raises(ChipcalcError, match="no regime 'atlantic'"):
        Rulebook(Store((atlantis, BUILT_IN))).of("atlantic")


def test_a_rule_of_one_s_own_belongs_to_the_regime_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(TABLET.replace("id: at-1\n", "id: at-1\nregime: eu\n"), encoding="utf-8")
    book = Rulebook(STORE, [path])
    assert "at-1" not in book.provisions
    assert "at-1" in Rulebook(STORE, [path]).of("eu").provisions


FPGA = {"logic": "field-programmable"}
NEIGHBOURS = [  # the limits by the texts: "1,800,000 or more", "> 700", "500 Gbit/s or more"
    ("eu", EU_DAY, {"item": "board", "lut_inputs": "1800000 input"}, MET),
    ("eu", EU_DAY, {"item": "board", "lut_inputs": "1799999 input"}, NOT_MET),
    ("jp", JAPAN_LATER, {"item": "board", "lut_inputs": "1800000 input"}, MET),
    ("jp", JAPAN_LATER, {"item": "board", "lut_inputs": "1799999 input"}, NOT_MET),
    ("eu", EU_DAY, {"digital_inputs_and_outputs": "701 pin"}, MET),
    (
        "eu",
        EU_DAY,
        {"digital_inputs_and_outputs": "700 pin", "serial_transceiver_rate": "500 Gbit/s"},
        MET,
    ),
    (
        "eu",
        EU_DAY,
        {"digital_inputs_and_outputs": "700 pin", "serial_transceiver_rate": "499 Gbit/s"},
        NOT_MET,
    ),
]


@pytest.mark.parametrize(("regime", "day", "given", "expected"), NEIGHBOURS)
def test_programmable_logic_is_listed_by_its_own_figures(
    regime: str, day: str, given: dict[str, str], expected: Verdict
) -> None:
    assert verdict(regime, day, **FPGA, tpp="1 TOPS*bit", **given) is expected


def test_two_devices_of_150000_tables_with_6_inputs_are_the_texts_own_example() -> None:
    inputs = 2 * 150_000 * 6
    assert inputs == 1_800_000
    given = {"item": "board", "tpp": "1 TOPS*bit", "lut_inputs": f"{inputs} input"}
    assert asked("eu", EU_DAY, **FPGA, **given).classification.paragraph == "3A502.i"
    assert asked("jp", JAPAN_LATER, **FPGA, **given).classification.paragraph == "Article 6(10-2)"


def test_fixed_logic_is_not_asked_and_programmable_logic_without_figures_is_open() -> None:
    assert verdict("eu", EU_DAY, **FPGA, tpp="1 TOPS*bit") is OPEN
    asked_of = {each.provision.rule.id for each in asked("eu", EU_DAY, "h100-sxm").findings}
    assert not {"eu-3a001-a7", "eu-3a502-i"} & asked_of


def test_japan_lists_a_computer_above_70_weighted_teraflops() -> None:
    given = {"item": "system", "tpp": "1 TOPS*bit"}
    limit = {"adjusted_peak_performance": "70 WT"}
    assert verdict("jp", JAPAN_FIRST, **given, **limit) is NOT_MET
    above = asked("jp", JAPAN_FIRST, **given, adjusted_peak_performance="70.1 WT")
    assert above.classification.paragraph == "Article 7(3)"


@pytest.mark.parametrize("regime", ["de", "fr", "es", "nl"])
def test_a_national_list_that_was_not_read_has_dated_notes_and_no_rule(regime: str) -> None:
    book = RULEBOOK.of(regime)
    assert not book.provisions
    assert book.regime is not None
    assert all(each.source for each in book.regime.known)
