"""What stays outside of each rule by itself: every line of every kind of rule, recomputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest

from chipcalc.check.headroom import Bound, OfRule, bounds_by_rule, distances
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.deciding.decide import is_open
from chipcalc.deciding.outcome import Choices, Outcome, Span
from chipcalc.deciding.turning_points import inputs
from chipcalc.figures.figure import Figure
from chipcalc.rules.rule import KINDS
from chipcalc.sheets.sheet import GIVEN
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, every
from chipcalc.values.units import Quantity
from daily import daily
from shared import STORE, real_rules

CHIPS = sorted(STORE.files)
PACKAGED = {"party": "fabricator", "packaging": "fabricator"}
MEMORY = {"item": "memory", "memory_bandwidth": "819 GB/s", "package_area": "121 mm^2"}
CASES = [
    *((chip, day, {}) for chip in CHIPS for day in ("2022-12-01", "2023-11-17", "2026-11-27")),
    *((chip, "2027-02-01", PACKAGED) for chip in CHIPS),
]
SAMPLE = [
    ("h20", "2026-11-27", {}), ("h100-sxm", "2022-12-01", {}), ("l4", "2027-02-01", PACKAGED),
    ("mi308x", "2026-11-27", {}), ("orin-x", "2023-11-17", {}), ("ascend-910b4", "2026-11-27", {}),
]  # fmt: skip
STEP = Fraction(1, 10**12)


def checked(chip: str, day: str, given: Mapping[str, str]) -> Checked:
    """Return a chip, or an item that is described, under the rules of a day."""
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    return real_rules(day).check(*suppose(sheet, given, STORE.vocabulary))


def by_rule(found: Checked, paragraph: str) -> dict[str, list[Bound]]:
    """Return what stays outside of a rule by the names of its inputs."""
    solved = (e for e in bounds_by_rule(found) if e.finding.provision.rule.paragraph == paragraph)
    return {each.metric[0]: list(each.bounds) for each in solved}


def upper(bounds: list[Bound]) -> Fraction | None:
    """Return where the values end that stay outside; they begin at nothing."""
    ((span,),) = ([*bound.outside()] for bound in bounds)
    assert span.low is None
    assert not span.high_included
    return span.high


def test_a_letter_is_solved_for_memory_bandwidth_alone_and_for_the_sum() -> None:
    """Reported: 1,400 GB/s of memory, or 1,700 with I/O. The H20 has 900 + 128 GB/s of I/O."""
    found = by_rule(checked("h20", "2026-11-27", {}), "Letter of April 2025, reported figures")
    assert upper(found["memory_bandwidth"]) == 1700 - 1028


def test_a_bill_is_solved_for_every_part_of_a_sum() -> None:
    """SAFE Chips Act: 5,000 GB/s of memory bandwidth and I/O; the H20 has 4,000, 900 and 128."""
    found = by_rule(checked("h20", "2026-11-27", {}), "SAFE Chips Act")
    assert upper(found["memory_bandwidth"]) == 5000 - 1028
    assert upper(found["link_bandwidth"]) == 5000 - 4128
    assert upper(found["host_bandwidth"]) == 5000 - 4900


def test_the_presumption_is_solved_for_transistors_by_the_year() -> None:
    """Note 1.b to 3A090.a: below 30 billion, and below 35 billion in 2027 without HBM."""
    for day, limit in (("2026-11-27", 30), ("2027-02-01", 35)):
        found = by_rule(checked("l4", day, PACKAGED), "Note 1 to 3A090.a")
        assert upper(found["transistors"]) == limit


def test_the_review_policy_is_solved_for_memory_bandwidth() -> None:
    """91 FR 1684 is for less than 6,500 GB/s; what is outside begins there."""
    found = by_rule(checked("l4", "2026-11-27", PACKAGED), "Review policy of January 2026")
    ((span,),) = ([*bound.outside()] for bound in found["memory_bandwidth"])
    assert (span.low, span.low_included, span.high) == (Fraction(6500), True, None)


def test_memory_is_solved_for_its_bandwidth_and_its_area() -> None:
    """3A090.c: more than 2 GB/s/mm²; 121 mm² allow 242 GB/s, and 819 GB/s need 409.5 mm²."""
    found = by_rule(checked("", "2026-01-15", MEMORY), "3A090.c")
    ((bandwidth,),) = ([*bound.outside()] for bound in found["memory_bandwidth"])
    ((area,),) = ([*bound.outside()] for bound in found["package_area"])
    assert (bandwidth.high, bandwidth.high_included) == (Fraction(242), True)
    assert (area.low, area.low_included) == (Fraction("409.5"), True)


def test_another_figure_that_makes_no_difference_may_be_open() -> None:
    """The transistors of the H20 count for a fabricator alone; without one, TPP decides."""
    found = by_rule(checked("h20", "2026-11-27", {}), "AI Diffusion rule")
    assert upper(found["tpp"]) == 4800


def values(span: Span) -> Iterator[tuple[Fraction, bool]]:
    """Yield values at the ends of a span and just beyond, each with whether it lies within."""
    for end, included, outwards in (
        (span.low, span.low_included, -1),
        (span.high, span.high_included, 1),
    ):
        if end:
            yield end, included
            yield end * (1 + outwards * STEP), False
            yield end * (1 - outwards * STEP), True


def read(found: OfRule, bound: Bound, where: Outcome, value: Fraction, case: Checked) -> Verdict:
    """Return what the rule's own criterion makes of a value, under what an outcome supposes."""
    (span,) = (each for each in where.where if isinstance(each, Span))
    words = (*bound.where, *(each for each in where.where if isinstance(each, Choices)))
    figure = Figure(Quantity(exactly(value), span.unit), "tried", GIVEN)
    supposed = case.case.supposing(
        {found.metric: figure}, {each.name: each.values[0] for each in words}
    )
    provision = found.finding.provision
    return every((supposed.scope(provision), supposed.read(provision).verdict))


@pytest.mark.parametrize(("chip", "day", "given"), daily(CASES, SAMPLE))
def test_every_line_holds_up_to_its_end_and_is_crossed_just_beyond(
    chip: str, day: str, given: Mapping[str, str]
) -> None:
    case = checked(chip, day, given)
    for found in bounds_by_rule(case):
        names = _inputs(found, case)
        others_known = not any(
            is_open(case.case.evaluator.figure(name, dict(when)))
            for name, when in names
            if (name, when) != found.metric
        )
        for bound in found.bounds:
            for outcome in bound.deciding.outcomes:
                spans = [each for each in outcome.where if isinstance(each, Span)]
                for value, within in (each for span in spans for each in values(span)):
                    verdict = read(found, bound, outcome, value, case)
                    if within and others_known:
                        assert verdict is outcome.judgement.verdict
                    if not within and others_known:
                        (beyond,) = _beyond(bound, outcome, value)
                        assert verdict is beyond.judgement.verdict


def _inputs(found: OfRule, case: Checked) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    known = case.case.evaluator
    provision = found.finding.provision
    return {
        name
        for each in distances(case)
        if each.finding.provision.id == provision.id
        for name in inputs(each.node.of, known.vocabulary, known.given)
    }


def _beyond(bound: Bound, beside: Outcome, value: Fraction) -> list[Outcome]:
    """Return the outcome that a value leads to, under the same circumstances."""
    words = [each for each in beside.where if isinstance(each, Choices)]
    return [
        each
        for each in bound.deciding.outcomes
        if [e for e in each.where if isinstance(e, Choices)] == words
        and all(e.contains(exactly(value)) for e in each.where if isinstance(e, Span))
    ]


@pytest.mark.parametrize(("chip", "day", "given"), daily(CASES, SAMPLE))
def test_every_line_of_every_rule_is_solved_or_says_what_it_needs(
    chip: str, day: str, given: Mapping[str, str]
) -> None:
    case = checked(chip, day, given)
    known = case.case.evaluator
    found = {(each.finding.provision.id, each.metric): each for each in bounds_by_rule(case)}
    for line in distances(case):
        for name in inputs(line.node.of, known.vocabulary, known.given):
            each = found[line.finding.provision.id, name]
            assert each.bounds or each.needs


def test_lines_of_every_kind_of_rule_are_solved_for_some_item() -> None:
    kinds = {
        each.finding.provision.rule.kind
        for chip, day, given in (*SAMPLE, ("", "2026-01-15", MEMORY))
        for each in bounds_by_rule(checked(chip, day, given))
        if each.turns
    }
    assert {"classification", "presumption", "letter", "review policy", "proposal"} <= kinds
    assert kinds <= set(KINDS)


def test_a_tariff_of_two_figures_is_solved_where_the_other_one_lies_within_a_band() -> None:
    """Section 232: TPP over 14,000 and below 17,500 with memory over 4,500 and below 5,000 GB/s."""
    found = by_rule(checked("h200-sxm", "2026-02-01", {}), "Section 232 tariff")
    spans = [span for bound in found["tpp"] for span in bound.outside()]
    assert [(each.low, each.high) for each in spans] == [(None, 14000), (17500, None)]
    assert all(each.high_included or each.low_included for each in spans)
