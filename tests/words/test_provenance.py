"""A figure says how it comes about: arithmetic that adds up, and the lines it rests on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.figures.figure import Conversion, Converted, Counted, Figure, How, Spanned, Summed
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.units import Quantity, quantity, unit
from chipcalc.words import figures, provenance
from shared import rules, said, text_of

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
DAYS = (datetime.date(2021, 1, 1), datetime.date(2023, 1, 1))


def checked(store: Store, chip: str | Sheet, day: datetime.date = DAYS[1], **given: str) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day.isoformat()).check(item.evaluator, item.circumstances)


def line(found: Checked, name: str) -> str:
    """Return the one line about a figure."""
    (only,) = [each for each in said(provenance.inputs(found)) if each.startswith(f"{name} ")]
    return only


def worked(text: str) -> list[Fraction]:
    """Return what the arithmetic of a line comes to, each way to count on its own."""
    right = re.split(r" = ", text, maxsplit=1)[1]
    right = re.sub(
        r"; equal for .*|: \d+ × .*| \((?:official|reported|estimated|given).*", "", right
    )
    return [total(tokens(way)) for way in right.split("; or ")]


def tokens(text: str) -> list[str]:
    """Return the numbers and signs of a line, without labels and units."""
    text = text.replace("2:4", "")  # the name of a kind of sparsity
    return re.findall(r"(?<!\S)[×+/−](?!\S)|[()]|(?<![\w.,])\d[\d,]*(?:\.\d+)?", text)


def total(found: list[str]) -> Fraction:
    """Return what numbers and signs come to; they are used up."""
    value = product(found)
    while found and found[0] in "+−":
        value += product(found) if found.pop(0) == "+" else -product(found)
    return value


def product(found: list[str]) -> Fraction:
    """Return what numbers and signs up to the next sum come to; they are used up."""
    value = atom(found)
    while found and found[0] in "×/":
        value = value * atom(found) if found.pop(0) == "×" else value / atom(found)
    return value


def atom(found: list[str]) -> Fraction:
    """Return the next number, or what stands in parentheses; it is used up."""
    first = found.pop(0)
    if first != "(":
        return Fraction(first.replace(",", ""))
    value = total(found)
    assert found.pop(0) == ")"
    return value


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("chip", CHIPS)
def test_the_arithmetic_of_every_figure_comes_to_the_figure(
    chip: str, day: datetime.date, store: Store
) -> None:
    for each in said(provenance.inputs(checked(store, chip, day))):
        shown, equals, right = each.partition(" = ")
        if not equals or "–" in right:
            continue
        ends = re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?", shown)
        assert {Fraction(end.replace(",", "")) for end in ends} == set(worked(each))


def place(store: Store, chip: str, *texts: str) -> str:
    """Return the file of a chip with the lines on which some texts stand, as a report cites it."""
    path = store.files[chip]
    rows = path.read_text(encoding="utf-8").splitlines()
    numbers = [next(n for n, row in enumerate(rows, 1) if text in row) for text in texts]
    return f"{path.name}:" + ", :".join(map(str, numbers))


def test_a_computed_figure_shows_its_arithmetic_and_the_formats_that_are_equal(
    store: Store,
) -> None:
    """400 TOPS at 8 bits and 200 TFLOPS at 16 bits are both 3,200."""
    origin = place(store, "a10", "value: 400, unit: TOPS")
    assert line(checked(store, "a10"), "TPP") == (
        "TPP 3,200 TOPS·bit = INT8 tensor 400 TOPS × 8 bit; equal for FP16 tensor "
        f"(official, {origin})"
    )


def test_a_quotient_names_both_its_sources(store: Store) -> None:
    origin = place(store, "a10", "value: 400, unit: TOPS", "value: 800, unit: mm^2")
    assert line(checked(store, "a10"), "PD") == (
        f"PD 4 TPP/mm² = 3,200 TOPS·bit / 800 mm² (official, {origin})"
    )


def test_a_stated_figure_has_no_arithmetic(store: Store) -> None:
    origin = place(store, "a10", "value: 2000, unit: GB/s")
    assert line(checked(store, "a10"), "memory bandwidth") == (
        f"memory bandwidth 2,000 GB/s (official, {origin})"
    )


def test_a_figure_is_as_firm_as_its_weakest_part(store: Store) -> None:
    """The rate of the B100 is official, the area of its die reported."""
    assert "(reported, " in line(checked(store, "b100-sxm"), "PD")
    assert "(official, " in line(checked(store, "b100-sxm"), "TPP")


def test_a_user_s_figure_is_given_and_stands_in_no_file(store: Store) -> None:
    found = checked(store, blank(store.vocabulary), tpp="2999", market="datacenter")
    assert line(found, "TPP") == "TPP 2,999 TOPS·bit (given)"


def test_two_ways_to_one_figure_both_stand_there(store: Store) -> None:
    origin = place(store, "lt910", "value: 320", "value: 256")
    shown = line(checked(store, "lt910"), "TPP")
    assert shown.startswith("TPP 4,096–5,120 TOPS·bit = FP16 tensor 256–320 TFLOPS × 16 bit")
    assert shown.endswith(f"(reported, {origin})")


def test_what_is_not_known_is_not_among_the_inputs(store: Store) -> None:
    found = said(provenance.inputs(checked(store, "b100-pcie")))
    assert not [each for each in found if each.startswith("PD")]


def test_the_classification_of_the_vendor_stands_beside(store: Store) -> None:
    assert said(provenance.inputs(checked(store, "b100-sxm")))[-1] == (
        "The vendor lists it as 3A090.a (official)"
    )
    assert "The vendor" not in text_of(provenance.inputs(checked(store, "a10")))


def test_the_dies_that_count_are_named_and_those_that_do_not_with_the_reason(store: Store) -> None:
    """Planar dies and memory lie outside of the applicable die area."""
    found = said(provenance.inputs(checked(store, "a20")))
    (area,) = [index for index, each in enumerate(found) if each.startswith("die area ")]
    assert found[area].startswith("die area 800 mm² = 400 mm² × 2")
    assert "2 × A20 compute" in found[area]
    assert found[area + 1 : area + 3] == [
        "  A20 input and output does not count: planar",
        "  HBM3 does not count: memory",
    ]


def test_the_dies_of_a_variant_are_those_of_its_parent(store: Store) -> None:
    evaluator = checked(store, "a20-lite").case.evaluator
    assert list(provenance.counted(evaluator, "applicable_die_area")) == ["2 × A20 compute"]
    assert list(provenance.counted(evaluator, "tpp")) == []


def test_only_a_largest_figure_has_equals(store: Store) -> None:
    evaluator = checked(store, "a10").case.evaluator
    largest, quotient = evaluator.figure("tpp"), evaluator.figure("performance_density")
    assert isinstance(largest, Figure)
    assert isinstance(quotient, Figure)
    assert figures.equals(largest) == ["FP16 tensor"]
    assert figures.equals(quotient) == []


@given(st.fractions(Fraction(1, 10**3), 10**9), st.fractions(0, 10**6))
def test_an_amount_is_cut_off_and_never_rounded(low: Fraction, more: Fraction) -> None:
    amount = Quantity(Interval(low, low, low + more), unit("GB/s"))
    shown = figures.amount(Figure(amount, "x"))
    ends = [Fraction(end.replace(",", "").rstrip("…")) for end in shown.split("–")]
    assert ends[0] <= low
    assert ends[-1] <= low + more
    assert ("…" in shown.split("–")[0]) or ends[0] == low


def test_an_amount_just_below_a_round_number_does_not_read_as_it() -> None:
    amount = Quantity(exactly(Fraction("4799.999999999")), unit("TOPS*bit"))
    assert figures.amount(Figure(amount, "TPP")) == "4,799…"


def test_the_places_of_a_figure_are_grouped_by_file(store: Store) -> None:
    figure = checked(store, "b100-sxm").case.evaluator.figure("performance_density")
    assert isinstance(figure, Figure)
    expected = place(store, "b100-sxm", "value: 4000, unit: TOPS", "value: 1000, unit: mm^2")
    assert figures.origins(figure) == expected
    assert figures.origins(Figure(Quantity(exactly(1), unit("W")), "x", "given")) == ""


def test_a_dense_rate_derived_from_a_sparse_one_says_so(store: Store) -> None:
    """The sheet states 4,000 TOPS with 2:4 sparsity; 2,000 stand nowhere in it."""
    shown = line(checked(store, "b100-sxm"), "TPP")
    assert "4,000 TOPS" in shown or "2:4" in shown


def test_a_rate_in_each_direction_is_told_as_doubled(store: Store) -> None:
    """The sheet states 400 GB/s in each direction; that 800 is 800 explains nothing."""
    shown = line(checked(store, "a20", DAYS[0]), "input and output")
    assert "800 GB/s = 800 GB/s" not in shown
    assert "400 GB/s" in shown or "each direction" in shown


def test_a_planar_chip_names_the_die_that_does_not_count(store: Store) -> None:
    evaluator = checked(store, "p1").case.evaluator
    found = list(provenance.uncounted(evaluator, "applicable_die_area"))
    assert found == ["P1 die does not count: planar"]


def test_why_there_is_no_density_is_told(store: Store) -> None:
    """The verdict on ATL.1 rests on the density that the planar P1 does not have."""
    assert "planar" in text_of(provenance.inputs(checked(store, "p1")))


def test_the_file_of_a_user_is_cited_by_its_name(store: Store, load: Load) -> None:
    found = load(f"values:\n  memory_bandwidth:\n    - {{value: 50, unit: GB/s, {FIRM}}}\n")
    name = Path(found.document.file).name
    assert line(checked(store, found), "memory bandwidth").endswith(f"(official, {name}:8)")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (None, ""),
        (Counted(2), "× 2"),
        (Converted((Conversion("2:4 sparse", Fraction(1, 2)),)), "from 2:4 sparse × 0.5"),
        (
            Converted((Conversion("a", Fraction(2)), Conversion("b", Fraction(3)))),
            "from a × 2 and b × 3",
        ),
        (Summed("dies"), "sum over dies"),
        (Spanned(stated=True), "range of both"),
    ],
)
def test_what_was_done_with_one_figure_is_told_in_words(how: How | None, words: str) -> None:
    assert figures.method(Figure(quantity("5 W"), "power", how=how)) == words
