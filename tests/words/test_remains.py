"""What lies below the controls goes by its name, and an exception cannot be read backwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

import chipcalc as cc
from chipcalc.api.chip import Facts
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.contract.check import data
from chipcalc.sheets.chip import Die
from chipcalc.tables.answers import check as report
from chipcalc.values.logic import Verdict
from chipcalc.words import tree
from chipcalc.words.check import classed, sentence
from chipcalc.words.remains import otherwise
from chipcalc.words.timeline import answers
from daily import daily
from shared import RULEBOOK, STORE, real_rules

RULES = cc.open().rules(as_of="2026-02-01")
BELOW: dict[str, Facts] = {
    "throughput": {"int8": "1 TOPS"},
    "market": "consumer",
    "io_bandwidth": "1 GB/s",
}


def checked(**facts: Facts) -> Checked:
    return RULES.check(cc.item(**facts)).checked


def test_an_item_below_the_residual_paragraph_is_none_of_those_modelled() -> None:
    """3A991.p asks for 8 TOPS or 150 GB/s (15 CFR part 774, Supplement No. 1)."""
    found = checked(**BELOW)
    assert sentence(found).endswith("not 3A090.a, not 3A090.b, not 3A991.p; no paragraph modelled")
    assert classed(found) == "no paragraph modelled"


def test_where_the_residual_paragraph_alone_is_open_it_is_that_or_none() -> None:
    found = checked(throughput={"int8": "1 TOPS"}, market="consumer")
    assert found.classification.possible == ("3A991.p",)
    assert sentence(found).endswith("not settled; 3A991.p or no paragraph modelled")
    assert otherwise(found) == "no paragraph modelled"
    (deciding,) = data([found], RULEBOOK)["chips"][0]["deciding"]
    told = {each["says"] for each in deciding["outcomes"]}
    assert told == {"3A991.p.2", "no paragraph modelled"}


def test_where_controls_are_open_the_residual_paragraph_is_named_in_every_outcome() -> None:
    """The C500 is rated at 560 TOPS, so that it is 3A991.p where it is not 3A090."""
    found = RULES.check(cc.open()["metax-c500-oam"]).checked
    (deciding,) = data([found], RULEBOOK)["chips"][0]["deciding"]
    says = [each["says"] for each in deciding["outcomes"] if each["verdict"] == "not met"]
    assert says == ["3A991.p"]


def test_nothing_is_said_of_paragraphs_that_were_not_asked() -> None:
    rules = cc.open().rules(as_of="2026-02-01", only=["3A090.a"])
    assert sentence(rules.check(cc.open()["h20"]).checked).endswith(": not 3A090.a")


def test_a_memory_has_no_residual_paragraph_here() -> None:
    found = checked(memory_bandwidth="10 GB/s", package_area="100 mm2", item="memory")
    assert sentence(found).endswith("not 3A090.c; no paragraph modelled")


def test_a_timeline_names_what_remains() -> None:
    moments = cc.open().timeline(cc.open()["h20"], rules=["3A090.a", "3A090.b", "3A991.p"]).moments
    assert set(answers(moments)[0]) == {"no rule yet", "3A991.p"}


SAMPLE = ("h20", "rtx-4090", "orin-x", "metax-c500-oam", "h100-sxm")
STANDS = {
    Verdict.met: "takes it out",
    Verdict.not_met: "does not take it out",
    Verdict.unknown: "may take it out",
}


@pytest.mark.parametrize("chip", daily([each.id for each in STORE.all()], SAMPLE))
def test_what_an_exception_does_is_a_sentence_that_stands_alone(chip: str) -> None:
    """Beside it stands no yes or no, by which it would be read backwards."""
    item = suppose(STORE.sheet(chip), {}, STORE.vocabulary)
    found = real_rules("2026-02-01").check(item.evaluator, item.circumstances)
    seen = 0
    for finding in found.findings:
        for step in tree.steps(finding.line, found.case):
            if "take it out" in step.says or "takes it out" in step.says:
                seen += 1
                assert step.mark == ""
                sentence = (
                    step.says.replace("take it out", "takes it out")
                    .replace("does not takes", "does not take")
                    .replace("may takes", "may take")
                )
                assert sentence.endswith(STANDS[step.verdict])
    assert seen


def planar(**given: str) -> Checked:
    """Return an item whose only die has planar transistors: it has no applicable die area."""
    sheet = blank(STORE.vocabulary)
    die = Die.model_validate({"name": "the die", "kind": "logic", "transistor": "planar"})
    sheet = replace(sheet, chip=sheet.chip.model_copy(update={"dies": (die,)}))
    item = suppose(sheet, given, STORE.vocabulary)
    return real_rules("2026-02-01").check(item.evaluator, item.circumstances)


def first_screen(found: Checked) -> str:
    return " ".join(each.text for each in report([found], RULEBOOK).title)


def test_an_answer_for_a_planar_part_is_inferred_where_its_density_decides() -> None:
    """3A090.a.2 asks 1,600 and a density of 5.92; without an applicable die area there is none."""
    found = planar(tpp="3000", market="datacenter", processing_performance="9 TOPS")
    assert found.classification.paragraph == "3A991.p"
    assert "Inferred: " in first_screen(found)
    assert "planar processes" in first_screen(found)


@pytest.mark.parametrize("tpp", ["100", "4800"])
def test_an_answer_for_a_planar_part_is_not_inferred_where_its_density_plays_no_part(
    tpp: str,
) -> None:
    """Below 1,600 no density counts, from 4,800 on 3A090.a.1 asks for none."""
    found = planar(tpp=tpp, market="datacenter", processing_performance="9 TOPS")
    assert "Inferred" not in first_screen(found)
