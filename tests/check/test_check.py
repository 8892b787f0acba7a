"""What the rules of a day say of a chip: verdicts, the paragraph, and each way to count."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, permutations, product
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked, Classed, Classification, Finding
from chipcalc.check.ways import Basis, BitLengths, Way, declared_figure, ways
from chipcalc.check.what_if import blank, suppose
from chipcalc.check.worlds import classify
from chipcalc.deciding.outcome import Choices
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, Missing, key
from chipcalc.rules.case import Judgement, Line
from chipcalc.rules.criteria import Combined
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Quantity, quantity, unit

Load: TypeAlias = Callable[[str], Sheet]
MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
FIRM = "status: official, source: sheet"
DATACENTER = f"market: {{value: datacenter, {FIRM}}}\n"
MEMORY = f"  memory_bandwidth:\n    - {{value: 1, unit: TB/s, {FIRM}}}\n"


@pytest.fixture(scope="session")
def rulebook(store: Store) -> Rulebook:
    """Return the rules of the made-up regime."""
    return Rulebook(store)


@pytest.fixture(scope="session")
def today(rulebook: Rulebook) -> Ruleset:
    """Return the rules as they stand after the last amendment."""
    return Ruleset(rulebook, datetime.date(2026, 1, 1))


@pytest.fixture
def with_rule(store: Store, tmp_path: Path) -> Callable[..., Ruleset]:
    """Return a function that adds a rule of the user's, given its criteria, to the made-up ones."""

    def added(criteria: str, kind: str = "policy", more: str = "", *only: str) -> Ruleset:
        path = tmp_path / "own.yaml"
        path.write_text(
            f"id: own\nparagraph: Own\ntitle: Mine\nkind: {kind}\n{more}verified: 2026-01-01\n"
            "versions:\n  - in_force: 2024-01-01\n    confidence: unverified\n    note: mine\n"
            f"    {criteria}\n",
            encoding="utf-8",
        )
        return Ruleset(Rulebook(store, (path,)), datetime.date(2026, 1, 1), only)

    return added


def of(day: Ruleset, chip: str | Sheet = "", **facts: str) -> Checked:
    """Return a chip, or an item without a file, checked with some facts supposed."""
    store = day.rulebook.store
    sheet = chip if isinstance(chip, Sheet) else store.sheet(chip) if chip else None
    supposed = suppose(sheet or blank(store.vocabulary), facts, store.vocabulary)
    return day.check(supposed.evaluator, supposed.circumstances)


def named(checked: Checked, rule: str) -> Finding:
    """Return what one rule says."""
    return next(each for each in checked.findings if each.provision.id == rule)


def verdicts(checked: Checked) -> dict[str, tuple[Verdict, tuple[str, ...]]]:
    """Return what every rule says."""
    return {each.provision.id: (each.verdict, each.cites) for each in checked.findings}


def rate(value: object, form: str = "int8", more: str = "") -> str:
    """Return one statement of a dense rate."""
    when = f"format: {form}, engine: tensor, sparsity: dense{more}"
    return f"    - {{value: {value}, unit: TOPS, when: {{{when}}}, {FIRM}}}\n"


def die(area: object = None, transistor: str | None = "finfet", name: str = "D") -> str:
    """Return one die of a sheet."""
    stated = f", area: {{value: {area}, unit: mm^2, {FIRM}}}" if area is not None else ""
    made = f", transistor: {transistor}" if transistor else ""
    return f"  - {{name: {name}{stated}{made}}}\n"


def body(
    *rates: str, dies: Sequence[str] = (), declared: object = None, unit: str = "TOPS*bit"
) -> str:
    """Return the lines of a sheet for data centers with a known memory."""
    text = DATACENTER + "values:\n" + MEMORY
    text += "  throughput:\n" + "".join(rates) if rates else ""
    text += "dies:\n" + "".join(dies) if dies else ""
    stated = f"{{tpp: {{value: {declared}, unit: {unit}, {FIRM}}}}}"
    return text + (f"declared: {stated}\n" if declared is not None else "")


# Classification: the order of precedence, what remains, and what may be.


@pytest.mark.parametrize(
    ("chip", "paragraph", "cites"),
    [
        ("a10", "ATL.1", ("ATL.1.a", "ATL.1.b")),
        ("a20", "ATL.1", ("ATL.1.a", "ATL.1.b")),
        ("a20-lite", "ATL.1", ("ATL.1.a", "ATL.1.b")),
        ("b100-sxm", "ATL.1", ("ATL.1.a", "ATL.1.b")),
        ("b100-pcie", "ATL.1", ("ATL.1.a",)),
        ("lt910", "ATL.1", ("ATL.1.a",)),
    ],
)
def test_a_chip_falls_under_the_paragraph_that_its_figures_reach(
    chip: str, paragraph: str, cites: tuple[str, ...], today: Ruleset
) -> None:
    """TPP is 3,200 at a density of 4 for the A10, and more for the others; 3,000 suffices."""
    found = of(today, chip).classification
    assert (found.verdict, found.paragraph, found.cites) == (MET, paragraph, cites)
    assert not found.residual


def test_a_chip_without_a_known_bandwidth_may_fall_under_what_remains(today: Ruleset) -> None:
    """Both chips lie below the tiers; ATL.9 asks for a memory bandwidth, and none is published."""
    for chip in ("p1", "z1"):
        found = of(today, chip).classification
        assert found == Classification(UNKNOWN, possible=("ATL.9",))


def test_of_two_paragraphs_that_are_met_the_first_names_the_item(today: Ruleset) -> None:
    """TPP of 3,000 and a density of 2 meet ATL.1.a and ATL.2.b."""
    checked = of(today, tpp="3000", performance_density="2", market="datacenter")
    assert verdicts(checked)["atl-2"] == (MET, ("ATL.2.b",))
    assert checked.classification == Classification(MET, "ATL.1", ("ATL.1.a",))


def test_what_remains_is_residual(today: Ruleset) -> None:
    found = of(today, tpp="10", performance_density="1", memory_bandwidth="101 GB/s")
    assert found.classification == Classification(MET, "ATL.9", (), (), residual=True)


def test_below_every_line_an_item_falls_under_nothing(today: Ruleset) -> None:
    found = of(today, tpp="10", performance_density="1", memory_bandwidth="100 GB/s")
    assert found.classification == Classification(NOT_MET)
    assert found.deciding is None


def test_an_unknown_paragraph_leaves_open_which_of_those_below_it_names_the_item(
    today: Ruleset,
) -> None:
    """TPP 3,000 is ATL.1.a; without TPP, but at a density of 2, it may be anything."""
    open_ = of(today, performance_density="2", market="datacenter", memory_bandwidth="1 TB/s")
    assert open_.classification.possible == ("ATL.1", "ATL.2", "ATL.9")
    assert open_.classification.paragraph == ""


def test_after_the_first_paragraph_that_is_surely_met_nothing_else_is_possible(
    today: Ruleset,
) -> None:
    """At 2,500 on 500 to 1,250 mm² the density is from 2 to 5: ATL.1.b, or ATL.2 below 4."""
    evaluator = Evaluator(
        blank(today.vocabulary),
        today.vocabulary,
        {
            key("tpp"): Figure(quantity("2500 TOPS*bit"), "TPP"),
            key("applicable_die_area"): ranged("mm^2", "500", "1250"),
            key("memory_bandwidth"): Figure(quantity("1 TB/s"), "bandwidth"),
        },
    )
    found = today.check(evaluator, {"market": "datacenter"}).classification
    assert found == Classification(UNKNOWN, possible=("ATL.1", "ATL.2"))


def ranged(into: str, low: str, high: str) -> Figure:
    """Return a figure that reaches from one amount to another."""
    amount = Interval(Fraction(low), Fraction(low), Fraction(high))
    return Figure(Quantity(amount, unit(into)), "a range", "reported")


def paragraphs(rulebook: Rulebook, found: Sequence[tuple[Verdict, bool]]) -> list[Finding]:
    """Return findings of paragraphs P0, P1 … with verdicts, some of them residual."""
    (provision,) = rulebook.provisions["atl-2"]
    return [
        Finding(
            provision._replace(
                rule=provision.rule.model_copy(
                    update={"id": f"p{i}", "paragraph": f"P{i}", "residual": residual}
                )
            ),
            Line(Combined("all", ()), verdict),
            Judgement(verdict, (f"P{i}.x",) if verdict is MET else ()),
        )
        for i, (verdict, residual) in enumerate(found)
    ]


def resolved(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the paragraph that names an item in every world that the verdicts allow."""
    known = {MET: [True], NOT_MET: [False], UNKNOWN: [True, False]}
    ordered = sorted(findings, key=lambda each: each.provision.rule.residual)
    for world in product(*(known[each.verdict] for each in ordered)):
        met = [each for each, is_met in zip(ordered, world, strict=True) if is_met]
        yield met[0].provision.rule.paragraph if met else ""


@given(found=st.lists(st.tuples(st.sampled_from(list(Verdict)), st.booleans()), max_size=6))
def test_a_classification_is_what_all_possible_worlds_agree_on(
    found: list[tuple[Verdict, bool]], rulebook: Rulebook
) -> None:
    findings = paragraphs(rulebook, found)
    worlds = set(resolved(findings))
    result = classify(findings)
    if worlds == {""}:
        assert result == Classification(NOT_MET)
    elif len(worlds) == 1:
        assert {result.paragraph} == worlds
        assert (result.verdict, result.cites) == (MET, (f"{result.paragraph}.x",))
    else:
        assert (result.verdict, result.paragraph) == (UNKNOWN, "")
        assert set(result.possible) == worlds - {""}
        assert len(set(result.possible)) == len(result.possible)


# An oracle for the made-up rules: what their text says, in fractions.


class Facts(NamedTuple):
    """One world: TPP, applicable die area, memory bandwidth in GB/s, and the market."""

    tpp: Fraction
    area: Fraction
    bandwidth: Fraction
    datacenter: bool

    def paragraph(self) -> str:
        """Return the paragraph of this world; a density needs an area."""
        density = self.tpp / self.area if self.area else None
        first = self.tpp >= 3000 or (self.tpp >= 1000 and density is not None and density >= 4)
        if first and (self.datacenter or self.tpp >= 3000):
            return "ATL.1"
        upper = 2000 <= self.tpp < 3000 and density is not None and 1 <= density < 4
        lower = self.tpp >= 1000 and density is not None and 2 <= density < 4
        if (upper or lower) and self.datacenter:
            return "ATL.2"
        return "ATL.9" if self.bandwidth > 100 else ""


Known: TypeAlias = "tuple[Fraction, Fraction] | None"
NO_AREA = Missing("unknown", "the area of a die that counts is not published", positive=True)
LINES = {
    "tpp": [Fraction(each) for each in (0, 999, 1000, 1999, 2000, 2999, 3000, 4000, 9000)],
    "area": [Fraction(each) for each in (0, 1, 249, 250, 500, 750, 1000, 1001, 3000, 10_000)],
    "bandwidth": [Fraction(each) for each in (0, 99, 100, 101, 500)],
}


def worlds(known: Mapping[str, Known], market: str, *, some_die: bool) -> Iterator[Facts]:
    """Yield worlds that agree with what is known: all ends and lines, and points between."""
    tpps = list(points(known["tpp"], LINES["tpp"]))
    for tpp, bandwidth in product(tpps, points(known["bandwidth"], LINES["bandwidth"])):
        turns = [*LINES["area"], *(tpp / each for each in (1, 2, 4))]
        for area in points(known["area"], turns):
            if some_die and not known["area"] and not area:
                continue
            for each in (market,) if market else ("datacenter", "edge"):
                yield Facts(tpp, area, bandwidth, each == "datacenter")


def points(known: Known, lines: Iterable[Fraction]) -> list[Fraction]:
    """Return the values to try: a range's ends, the lines within, and the middles between."""
    low, high = known or (Fraction(0), Fraction(10**9))
    inner = sorted({low, high, *(each for each in lines if low <= each <= high)})
    return inner + [(a + b) / 2 for a, b in pairwise(inner)]


UNITS = {
    "tpp": ("tpp", "TOPS*bit"),
    "area": ("applicable_die_area", "mm^2"),
    "bandwidth": ("memory_bandwidth", "GB/s"),
}


@st.composite
def knowledge(draw: st.DrawFn) -> dict[str, Known]:
    """Return what is known of three figures: nothing, an amount, or a range."""
    found: dict[str, Known] = {}
    for name, lines in LINES.items():
        near = st.sampled_from(lines) | st.fractions(0, 10_000, max_denominator=7)
        low, high = sorted((draw(near), draw(near)))
        low = max(low, min(high, Fraction(1, 7))) if name == "area" else low
        found[name] = draw(st.sampled_from([None, (low, high), (low, low)]))
    return found


@given(
    known=knowledge(), market=st.sampled_from(["datacenter", "edge", ""]), some_die=st.booleans()
)
def test_a_classification_agrees_with_the_text_in_every_world_that_is_left(
    known: dict[str, Known], market: str, *, some_die: bool, today: Ruleset
) -> None:
    """It is sure where all worlds agree, unless too much is open, and only there."""
    answers: dict[Key, Answer] = {}
    for name, (metric, into) in UNITS.items():
        ends = known[name]
        if ends:
            amount = Interval(ends[0], ends[0], ends[1])
            answers[key(metric)] = Figure(Quantity(amount, unit(into)), name, "given")
    if some_die:
        answers.setdefault(key("applicable_die_area"), NO_AREA)
    said = {"market": market} if market else {}
    evaluator = Evaluator(blank(today.vocabulary), today.vocabulary, answers)
    found = today.check(evaluator, said).classification
    attained = {each.paragraph() for each in worlds(known, market, some_die=some_die)}
    if found.verdict is UNKNOWN:
        assert attained - {""} <= set(found.possible)
        open_ = [each for each in known.values() if each is None or each[0] != each[1]]
        assert len(attained) > 1 or len(open_) > 2
    else:
        assert attained == {found.paragraph}


def test_an_area_that_may_be_zero_rules_nothing_out(today: Ruleset, load: Load) -> None:
    """On one square millimetre, a TPP of 1,000 has a density of 1,000."""
    area = f"area: {{value: 1, range: [0, 1], unit: mm^2, {FIRM}}}"
    sheet = load(body(rate(125), dies=[f"  - {{name: D, transistor: gaa, {area}}}\n"]))
    assert named(of(today, sheet), "atl-1").verdict is UNKNOWN


# Which rules are asked.


def test_before_the_first_rule_nothing_is_asked(rulebook: Rulebook) -> None:
    checked = of(Ruleset(rulebook, datetime.date(2020, 1, 31)), "a10")
    assert (checked.findings, checked.views) == ((), ())
    assert checked.classification == Classification(NOT_MET)


def test_a_rule_is_asked_from_the_day_it_is_in_force(rulebook: Rulebook) -> None:
    """The first version asks for 500 GB/s of inputs and outputs: 600 + 64 for the A10."""
    checked = of(Ruleset(rulebook, datetime.date(2020, 2, 1)), "a10")
    assert verdicts(checked) == {"atl-1": (MET, ("ATL.1.a",))}
    slower = of(Ruleset(rulebook, datetime.date(2022, 5, 31)), "a10", link_bandwidth="400 GB/s")
    assert slower.classification == Classification(NOT_MET)


def test_a_board_is_asked_what_boards_are_asked(today: Ruleset) -> None:
    checked = of(today, "a10", item="board")
    assert verdicts(checked) == {"atl-board": (MET, ("ATL.B.1",))}
    assert checked.classification == Classification(MET, "ATL.B", ("ATL.B.1",))


def test_only_the_rules_that_a_user_names_are_asked(rulebook: Rulebook) -> None:
    """The others are still there for those that refer to them."""
    day = Ruleset(rulebook, datetime.date(2026, 1, 1), ["ATL.2", "atl-9"])
    checked = of(day, tpp="3000", performance_density="2", market="datacenter")
    assert list(verdicts(checked)) == ["atl-2", "atl-9"]
    assert checked.classification.paragraph == "ATL.2"
    assert named(checked, "atl-9").verdict is NOT_MET


def test_letters_stand_beside_the_classification_and_after_it(rulebook: Rulebook) -> None:
    checked = of(Ruleset(rulebook, datetime.date(2023, 4, 30)), "a10")
    kinds = {kind: [e.provision.id for e in found] for kind, found in checked.by_kind()}
    assert kinds == {"classification": ["atl-1", "atl-2", "atl-9"], "letter": ["atl-letter"]}
    assert list(kinds) == ["classification", "letter"]
    assert named(checked, "atl-letter").verdict is MET


def test_a_letter_alone_classifies_nothing(rulebook: Rulebook) -> None:
    day = Ruleset(rulebook, datetime.date(2023, 4, 30), ["atl-letter"])
    checked = of(day, "z1")
    assert (checked.classification, checked.views) == (Classification(NOT_MET), ())
    assert named(checked, "atl-letter").verdict is UNKNOWN


def test_no_rule_yet_is_told_from_none_that_is_met(rulebook: Rulebook) -> None:
    """Both are classifications of no paragraph; only rules that were asked rule anything out."""
    early = of(Ruleset(rulebook, datetime.date(2020, 1, 31)), "a10")
    letter = of(Ruleset(rulebook, datetime.date(2023, 4, 30), ["atl-letter"]), "a10")
    slow = of(Ruleset(rulebook, datetime.date(2022, 5, 31)), "a10", link_bandwidth="400 GB/s")
    assert early.classification == letter.classification == slow.classification
    assert (early.classed, letter.classed) == (Classed.no_rule, Classed.no_rule)
    assert slow.classed is Classed.none


def test_a_paragraph_names_an_item_or_it_is_not_known_which(today: Ruleset) -> None:
    assert of(today, "a10").classed is Classed.named
    assert of(today, "p1").classed is Classed.unknown


def test_whether_a_rule_is_asked_decides_where_that_alone_is_open(
    with_rule: Callable[..., Ruleset],
) -> None:
    """Nobody says for whom the B100 PCIe is made, and the rule is for data centers only."""
    scope = "applies_to: {market: datacenter}\n"
    day = with_rule("all: {tpp: {at_least: 1 TOPS*bit}}", "policy", scope)
    found = named(of(day, "b100-pcie"), "own")
    assert (found.verdict, found.line.verdict) == (UNKNOWN, MET)
    assert found.deciding
    assert (found.deciding.metrics, found.deciding.circumstances) == ((), ("market",))
    markets = day.vocabulary.circumstances["market"].values
    assert [(each.where, each.judgement) for each in found.deciding.outcomes] == [
        ((Choices("market", ("datacenter",)),), Judgement(MET)),
        ((Choices("market", tuple(e for e in markets if e != "datacenter")),), Judgement(NOT_MET)),
    ]


# What the vendor declares against what is computed.


@pytest.mark.parametrize(
    ("computed", "declared", "verdict", "straddles"),
    [
        (3200, 3100, MET, False),
        (2800, 2900, NOT_MET, False),
        (3200, 2999, UNKNOWN, True),
        (2999, 3000, UNKNOWN, True),
        (3000, 3000, MET, False),
    ],
)
def test_a_verdict_is_sure_only_where_computed_and_declared_figures_agree(
    computed: int, declared: int, verdict: Verdict, *, straddles: bool, today: Ruleset, load: Load
) -> None:
    """The line is 3,000; an area of 10,000 mm² keeps every density below 1."""
    sheet = load(body(rate(computed / 8), dies=[die(10_000)], declared=declared))
    checked = of(today, sheet)
    found = named(checked, "atl-1")
    assert (found.verdict, found.straddles) == (verdict, straddles)
    assert found.cites == (("ATL.1.a",) if verdict is MET else ())
    assert checked.straddles is straddles


def test_where_computed_and_declared_figures_differ_either_paragraph_is_possible(
    today: Ruleset, load: Load
) -> None:
    """Computed 3,040 is ATL.1.a; declared 2,900 on 1,900 mm² is ATL.2.a."""
    sheet = load(body(rate(380), dies=[die(1900)], declared=2900))
    checked = of(today, sheet)
    assert checked.classification == Classification(UNKNOWN, possible=("ATL.1", "ATL.2"))
    assert named(checked, "atl-1").declared == Judgement(NOT_MET)
    assert named(checked, "atl-2").declared == Judgement(MET, ("ATL.2.a",))
    assert [(each.way, each.judgement) for each in checked.views] == [
        (Basis.computed, Judgement(MET, ("ATL.1.a",))),
        (Basis.declared, Judgement(MET, ("ATL.2.a",))),
    ]
    assert checked.straddles


def test_a_declared_figure_counts_where_none_can_be_computed(today: Ruleset, load: Load) -> None:
    checked = of(today, load(body(declared=3000)))
    assert checked.classification == Classification(MET, "ATL.1", ("ATL.1.a",))
    low = of(today, load(body(declared=999)))
    assert low.classification == Classification(MET, "ATL.9", residual=True)
    assert low.views == ()


@pytest.mark.parametrize(("declared", "verdict"), [(3100, UNKNOWN), (1900, UNKNOWN)])
def test_a_declared_figure_does_not_settle_what_a_computed_range_leaves_open(
    declared: int, verdict: Verdict, today: Ruleset, load: Load
) -> None:
    """100 TFLOPS of TF32 are 1,900 or 3,200, on both sides of 3,000."""
    sheet = load(body(rate(100, "tf32"), dies=[die(10_000)], declared=declared))
    assert named(of(today, sheet), "atl-1").verdict is verdict


def test_a_computed_range_on_one_side_agrees_with_a_declared_figure_there(
    today: Ruleset, load: Load
) -> None:
    """200 TFLOPS of TF32 are 3,800 or 6,400."""
    sheet = load(body(rate(200, "tf32"), dies=[die(10_000)], declared=5000))
    assert of(today, sheet).classification == Classification(MET, "ATL.1", ("ATL.1.a",))


def test_a_declared_figure_reaches_rules_that_rest_on_it_through_others(
    today: Ruleset, load: Load
) -> None:
    """A board follows its circuits, and what remains follows them, too."""
    sheet = load(body(rate(380), dies=[die(10_000)], declared=2900))
    assert verdicts(of(today, sheet, item="board")) == {"atl-board": (UNKNOWN, ())}
    assert named(of(today, sheet), "atl-9").verdict is UNKNOWN


def test_a_rule_that_does_not_rest_on_a_declared_figure_is_not_read_with_it(
    rulebook: Rulebook,
) -> None:
    checked = of(Ruleset(rulebook, datetime.date(2023, 4, 1)), "b100-sxm")
    assert named(checked, "atl-letter").declared is None
    assert named(checked, "atl-1").declared == Judgement(MET, ("ATL.1.a", "ATL.1.b"))


def test_a_declared_figure_bears_the_label_of_what_it_stands_for(store: Store) -> None:
    figure = declared_figure(Evaluator(store.sheet("b100-sxm"), store.vocabulary), "tpp")
    assert figure
    assert figure.label == "Total processing performance"
    assert figure.value == quantity("16100 TOPS*bit")


@pytest.mark.parametrize(("chip", "metric"), [("a10", "tpp"), ("b100-sxm", "board_power")])
def test_what_no_vendor_declares_has_no_declared_figure(
    chip: str, metric: str, store: Store
) -> None:
    assert declared_figure(Evaluator(store.sheet(chip), store.vocabulary), metric) is None


def test_a_variant_does_not_share_what_the_vendor_declares_for_another_chip(
    today: Ruleset, load: Load
) -> None:
    sheet = load("variant_of: {chip: b100-sxm}\n")
    checked = of(today, sheet)
    assert named(checked, "atl-1").declared is None
    assert checked.views == ()


def test_a_figure_that_is_supposed_is_not_contradicted_by_a_declared_one(today: Ruleset) -> None:
    """The vendor of the B100 declares 16,100 for the chip as it is."""
    checked = of(today, "b100-sxm", tpp="2000", performance_density="1")
    assert verdicts(checked)["atl-2"] == (MET, ("ATL.2.a",))
    assert checked.classification.paragraph == "ATL.2"


def test_a_figure_that_is_supposed_has_no_other_views(today: Ruleset) -> None:
    checked = of(today, "b100-sxm", tpp="2000", performance_density="1")
    assert checked.views == ()
    assert not checked.straddles


def test_what_a_vendor_declares_does_not_count_for_a_chip_with_another_rate(today: Ruleset) -> None:
    """A B100 at 100 TOPS would have a TPP of 800, whatever is declared for the real one."""
    slow = {"throughput[int8]": "100 TOPS", "throughput[fp16]": "50 TFLOPS"}
    assert of(today, "b100-sxm", **slow).classification.paragraph == "ATL.9"


def test_what_a_vendor_declares_still_counts_for_a_chip_with_another_memory(
    today: Ruleset, load: Load
) -> None:
    sheet = load(body(rate(380), dies=[die(10_000)], declared=2900))
    assert named(of(today, sheet, memory_bandwidth="2 TB/s"), "atl-1").verdict is UNKNOWN


def test_figures_that_differ_by_their_unit_alone_differ(today: Ruleset, load: Load) -> None:
    """Declared 4 POPS·bit against computed 4 TOPS·bit, a thousandth."""
    sheet = load(body(rate(0.5), declared=4, unit="POPS*bit"))
    checked = of(today, sheet)
    assert named(checked, "atl-1").verdict is UNKNOWN
    assert [each.way for each in checked.views] == [Basis.computed, Basis.declared]


def test_figures_that_are_equal_in_another_unit_are_one_view(today: Ruleset, load: Load) -> None:
    sheet = load(body(rate(500), declared=4, unit="POPS*bit"))
    assert of(today, sheet).views == ()


def test_a_declared_figure_straddles_nothing_where_none_is_computed(
    today: Ruleset, load: Load
) -> None:
    assert not named(of(today, load(body(declared=3000))), "atl-1").straddles


def test_a_declared_figure_is_not_among_what_is_not_known(today: Ruleset, load: Load) -> None:
    """At a declared 2,000, only the die area decides."""
    checked = of(today, load(body(declared=2000)))
    assert checked.classification.possible == ("ATL.1", "ATL.2", "ATL.9")
    assert checked.deciding
    assert checked.deciding.metrics == (key("applicable_die_area"),)


# Each way to count.

AS_19_BITS, AS_32_BITS = (BitLengths((("tf32", Fraction(bits)),)) for bits in (19, 32))


def counted(evaluator: Evaluator) -> list[tuple[Way, Fraction | int, Fraction | int]]:
    """Return the ways to count TPP, each with its low and high end."""
    return [
        (way, figure.value.amount.low, figure.value.amount.high)
        for way, figure in ways(evaluator, "tpp")
    ]


def test_a_figure_without_a_choice_is_counted_in_one_way(store: Store) -> None:
    assert counted(Evaluator(store.sheet("a10"), store.vocabulary)) == [
        (Basis.computed, 3200, 3200)
    ]


def test_sources_that_conflict_are_no_way_to_count(store: Store) -> None:
    """Cube units at 256 TFLOPS, or cube and vector units at 320: a range, and no rule's choice."""
    found = counted(Evaluator(store.sheet("lt910"), store.vocabulary))
    assert found == [(Basis.computed, 256 * 16, 320 * 16)]


def test_tf32_is_counted_with_19_and_with_32_bits(store: Store, load: Load) -> None:
    evaluator = Evaluator(load(body(rate(100, "tf32"), rate(300))), store.vocabulary)
    assert counted(evaluator) == [
        (AS_19_BITS, 2400, 2400),
        (AS_32_BITS, 3200, 3200),
    ]


def test_a_system_on_chip_is_counted_by_units_and_as_a_whole(store: Store) -> None:
    """80 × 16 on the GPU and 2 × 25 × 8 on the others; or 80 × 16 at FP16, more than 150 × 8."""
    assert counted(Evaluator(store.sheet("z1"), store.vocabulary)) == [
        (Basis.summed_over_units, 1680, 1680),
        (Basis.of_whole, 1280, 1280),
    ]


def test_a_choice_that_is_left_open_stays_a_range_within_each_way(store: Store, load: Load) -> None:
    """GPU 100 TF32, DLA 300 INT8: 1,900 or 3,200, and 2,400 beside it or instead of it."""
    units = "units: {gpu: {label: GPU, formats: [tf32]}, dla: {label: DLA, formats: [int8]}}\n"
    rates = (rate(100, "tf32", ", unit: gpu"), rate(300, "int8", ", unit: dla"))
    assert counted(Evaluator(load(units + body(*rates)), store.vocabulary)) == [
        (AS_19_BITS, 2400, 4300),
        (AS_32_BITS, 3200, 5600),
        (Basis.summed_over_units, 4300, 5600),
        (Basis.of_whole, 2400, 3200),
    ]


def test_what_is_not_known_is_counted_in_no_way(store: Store) -> None:
    assert counted(Evaluator(blank(store.vocabulary), store.vocabulary)) == []


def test_a_range_that_is_given_is_counted_as_it_is(store: Store) -> None:
    answers: dict[Key, Answer] = {key("tpp"): ranged("TOPS*bit", "1000", "2000")}
    evaluator = Evaluator(store.sheet("z1"), store.vocabulary, answers)
    assert counted(evaluator) == [(Basis.computed, 1000, 2000)]


def test_tf32_on_both_sides_of_a_line_is_said_first(today: Ruleset, load: Load) -> None:
    """1,900 on 10,000 mm² is below every tier, 3,200 is ATL.1.a."""
    checked = of(today, load(body(rate(100, "tf32"), dies=[die(10_000)])))
    assert named(checked, "atl-1").verdict is UNKNOWN
    assert checked.straddles
    assert [(each.way, each.metric, each.judgement) for each in checked.views] == [
        (AS_19_BITS, "tpp", Judgement(NOT_MET)),
        (AS_32_BITS, "tpp", Judgement(MET, ("ATL.1.a",))),
    ]


def test_ways_on_one_side_of_every_line_do_not_straddle(today: Ruleset) -> None:
    """The Z1 is no chip for data centers, and below 3,000 in both ways."""
    checked = of(today, "z1")
    assert [each.judgement for each in checked.views] == [Judgement(NOT_MET)] * 2
    assert not checked.straddles


def test_the_sum_of_the_largest_and_the_largest_of_the_sums_may_fall_apart(
    rulebook: Rulebook, load: Load
) -> None:
    """GPU 1,000 at INT8, 2,000 at FP16, NPU 1,000 and 800: 2,000 + 1,000, or 2,000 + 800."""
    units = "units: {gpu: {label: GPU}, npu: {label: NPU}}\n"
    rates = (
        rate(125, "int8", ", unit: gpu"),
        rate(125, "fp16", ", unit: gpu"),
        rate(125, "int8", ", unit: npu"),
        rate(50, "fp16", ", unit: npu"),
    )
    day = Ruleset(rulebook, datetime.date(2026, 1, 1))
    checked = of(day, load(units + body(*rates, dies=[die(10_000)])))
    assert [each.judgement for each in checked.views] == [
        Judgement(MET, ("ATL.1.a",)),
        Judgement(NOT_MET),
    ]
    assert [each.figure.value.amount.best for each in checked.views] == [3000, 2800]


def test_a_verdict_on_which_all_ways_to_count_agree_is_sure(today: Ruleset, load: Load) -> None:
    """1,900 is below ATL.2.a and 3,200 above it, and no bit length makes 2,500 of it."""
    checked = of(today, load(body(rate(100, "tf32"), dies=[die(2000)])))
    assert [each.judgement.cites for each in checked.views] == [(), ("ATL.1.a",)]
    assert named(checked, "atl-2").verdict is NOT_MET


# A verdict that is settled whatever the missing figure is.


def test_a_part_alone_may_reach_a_line_whatever_the_other_part_is(rulebook: Rulebook) -> None:
    """The links of the B100 make 1,800 GB/s, and the host link, not published, adds to them."""
    checked = of(Ruleset(rulebook, datetime.date(2021, 1, 1)), "b100-sxm")
    found = named(checked, "atl-1")
    assert found.line.verdict is MET
    assert (found.verdict, found.cites) == (MET, ("ATL.1.a",))
    assert found.deciding is None
    assert checked.classification == Classification(MET, "ATL.1", ("ATL.1.a",))


EITHER = "any: [{all: {performance_density: {less_than: 4 TOPS*bit/mm^2}}}, "
EITHER += "{all: {performance_density: {at_least: 2 TOPS*bit/mm^2}}}]"


def test_a_density_is_below_four_or_from_two_on_whatever_the_area_is(
    with_rule: Callable[..., Ruleset], load: Load
) -> None:
    day = with_rule(EITHER)
    assert named(of(day, "b100-pcie"), "own").verdict is MET
    assert named(of(day, load(body(rate(400)))), "own").verdict is UNKNOWN  # there may be no die


def test_what_two_limbs_of_a_settled_rule_share_is_cited(
    with_rule: Callable[..., Ruleset],
) -> None:
    """Below four the first limb is met, from two on the second; the third always is."""
    limb = "{cite: Always, all: {tpp: {at_least: 1 TOPS*bit}, performance_density: "
    day = with_rule(f"any: [{limb}{{less_than: 4 TOPS*bit/mm^2}}}}}}, {EITHER[6:-1]}]")
    assert named(of(day, "b100-pcie"), "own").cites == ()
    always = with_rule("any: [{cite: Always, all: {tpp: {at_least: 1 TOPS*bit}}}]")
    assert named(of(always, "b100-pcie"), "own").cites == ("Always",)


def test_a_market_that_is_not_known_settles_nothing_where_it_matters(today: Ruleset) -> None:
    facts = {"performance_density": "9", "memory_bandwidth": "1 GB/s"}
    assert named(of(today, tpp="2999", **facts), "atl-1").verdict is UNKNOWN
    assert named(of(today, tpp="3000", **facts), "atl-1").verdict is MET
    assert named(of(today, tpp="999", **facts), "atl-1").verdict is NOT_MET


def test_a_view_is_settled_where_the_classification_is(
    with_rule: Callable[..., Ruleset], load: Load
) -> None:
    """TF32 of 10 TFLOPS is 190 or 320: the own paragraph is met in both ways."""
    day = with_rule(EITHER, "classification", "precedence: 0\n")
    checked = of(day, load(body(rate(10, "tf32"), dies=[die()])))
    assert checked.classification.paragraph == "Own"
    assert [each.judgement.verdict for each in checked.views] == [MET, MET]


# What decides.


def test_what_decides_between_paragraphs_is_told_with_them(today: Ruleset) -> None:
    """2,400 meets ATL.1.b up to 600 mm², ATL.2.a and .b to 1,200, ATL.2.a alone to 2,400."""
    checked = of(today, tpp="2400", market="datacenter", memory_bandwidth="1 GB/s")
    assert checked.deciding
    assert checked.deciding.metrics == (key("applicable_die_area"),)
    outcomes = [each.judgement.cites for each in checked.deciding.outcomes]
    assert outcomes == [(), ("ATL.1.b",), ("ATL.2.a", "ATL.2.b"), ("ATL.2.a",), ()]


def test_the_die_area_decides_nothing_where_the_density_is_given(today: Ruleset) -> None:
    checked = of(today, performance_density="2", market="datacenter")
    assert checked.deciding
    assert checked.deciding.metrics == (key("tpp"),)


def test_what_decides_whether_a_chip_falls_under_what_remains_is_told(today: Ruleset) -> None:
    """All of the P1 is known but its memory bandwidth, and ATL.9 asks for it."""
    checked = of(today, "p1")
    assert checked.classification.possible == ("ATL.9",)
    assert checked.deciding
    assert checked.deciding.metrics == (key("memory_bandwidth"),)


# The order of facts.

RATES = (rate(100, "tf32"), rate(240), rate(120, "fp16"), rate(30, "fp32"))
DIES = (die(400, name="A"), die(350, name="B"), die(90, "planar", "C"))


def test_the_order_of_facts_does_not_matter(today: Ruleset, load: Load) -> None:
    """100 × 19 to 100 × 32 on 750 mm², however the lines of the sheet are ordered."""
    found = {
        (tuple(verdicts(checked).items()), checked.classification, checked.straddles)
        for rates, dies in zip(permutations(RATES), list(permutations(DIES)) * 4, strict=True)
        for checked in [of(today, load(body(*rates, dies=dies)))]
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    "dies",
    [[die(name="A"), die(None, None, "B")], [die(None, None, "A"), die(name="B")]],
    ids=["area missing first", "transistors missing first"],
)
def test_one_die_that_counts_makes_an_area_whatever_the_others_are(
    dies: list[str], with_rule: Callable[..., Ruleset], load: Load
) -> None:
    """So there is a density, and it is below four or from two on."""
    assert named(of(with_rule(EITHER), load(body(rate(400), dies=dies))), "own").verdict is MET


def test_a_chip_is_checked_the_same_twice_and_after_others(today: Ruleset, store: Store) -> None:
    first = {chip: verdicts(of(today, chip)) for chip in sorted(store.files)}
    again = {chip: verdicts(of(today, chip)) for chip in sorted(store.files, reverse=True)}
    assert first == again


def test_what_was_checked_names_its_sheet_and_day(today: Ruleset, store: Store) -> None:
    checked = of(today, "a10")
    assert (checked.sheet, checked.day) == (store.sheet("a10"), datetime.date(2026, 1, 1))
