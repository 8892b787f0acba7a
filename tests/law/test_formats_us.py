"""Formats that are no plain ones, and kinds of transistors, as the rules count them."""

from __future__ import annotations

import pytest

import chipcalc as cc
from chipcalc.check.result import Checked
from chipcalc.values.logic import Verdict
from shared import STORE

BITS = {"mxfp4": 4, "mxfp6": 6, "mxfp8": 8, "w4a8": 8, "w4a16": 16, "w8a16": 16}


def of(day: str = "2026-02-01", **facts: object) -> Checked:
    item = cc.item(**facts)  # type: ignore[arg-type]
    return cc.open().rules(as_of=day).check(item).checked


@pytest.mark.parametrize("name", BITS)
def test_the_larger_input_of_the_multiplication_counts(name: str) -> None:
    """Technical Note 2 to 3A090.a and 3A090.b, 15 CFR part 774, Supplement No. 1."""
    tops = f"{4800 / BITS[name]} {STORE.vocabulary.conditions['format'].values[name].unit}"
    at = of(throughput={name: tops}, market="consumer").classification
    assert (at.verdict, at.paragraph) == (Verdict.met, "3A090.a")
    below = of(throughput={name: tops}, market="consumer", die_area="10000 mm2")
    assert below.classification.paragraph == "3A090.a"


def test_whether_an_analog_engine_counts_is_not_settled_since_2023() -> None:
    """3A090 asks of digital processing units since 2023; in 2022, a.3 asked of analog ones."""
    found = of(throughput={"analog": "1000 TOPS"}, market="datacenter", die_area="800 mm2")
    assert found.classification.verdict is Verdict.unknown
    assert "3A090.a" in found.classification.possible


def test_what_an_analog_engine_is_counted_with_is_said_of_chips_that_have_one_only() -> None:
    found = of(throughput={"tf32": "150 TFLOPS"}, market="datacenter", die_area="800 mm2")
    assert found.views
    assert "analog" not in str([each.way for each in found.views])


@pytest.mark.parametrize("kind", ["planar", "fd-soi"])
def test_a_die_on_a_planar_process_has_no_applicable_area(kind: str) -> None:
    """The note counts dies made with a non-planar transistor architecture; FD-SOI is planar."""
    said = {"tpp": "3000", "market": "datacenter", "processing_performance": "9 TOPS"}
    planar = of(**said, die_area="100 mm2", transistor=kind).classification
    assert (planar.verdict, planar.paragraph) == (Verdict.met, "3A991.p")
    finfet = of(**said, die_area="100 mm2", transistor="finfet").classification
    assert finfet.paragraph == "3A090.a"


def test_every_such_format_says_what_governs_it() -> None:
    formats = STORE.vocabulary.conditions["format"].values
    for name in (*BITS, "analog"):
        note = formats[name].note or ""
        assert "Technical Note 2" in note or "3A090.a.3" in note
