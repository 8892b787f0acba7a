"""Budgets: how many chips fit into a limit, by each figure that counts."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check import budget
from chipcalc.check.budget import Fitting, Limit
from chipcalc.check.ways import Basis, BitLengths, Way
from chipcalc.check.what_if import amount, blank, suppose
from chipcalc.errors import ChipcalcError
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.tables import budget as budget_table
from chipcalc.tables.report import cell
from chipcalc.values.logic import Verdict
from shared import RULEBOOK, STORE, said
from shared import shipping_rules as on

D = datetime.date


def fits(chip: str, limit: Limit, **given_: str) -> Fitting:
    """Return how many of a chip fit into a limit."""
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    return budget.fitting(on("2026-03-01"), suppose(sheet, given_, STORE.vocabulary), limit)


def own(text: str) -> Limit:
    """Return a limit of one's own."""
    return Limit("tpp", amount("tpp", text, STORE.vocabulary))


def counts(found: Fitting) -> dict[Way, tuple[int | None, int | None]]:
    """Return the fewest and the most chips that fit, by how the figure is stated."""
    return {each.way: (each.fewest, each.most) for each in found.counts}


def test_declared_and_computed_figures_are_counted_apart() -> None:
    """26,900,000 ÷ 15,831.2 is 1,699.2, and ÷ 15,840 it is 1,698.2."""
    assert counts(fits("h100-sxm", own("26900000"))) == {
        Basis.computed: (1699, 1699),
        Basis.declared: (1698, 1698),
    }


def test_a_limit_that_is_reached_exactly_still_holds_the_last_chip() -> None:
    assert counts(fits("", own("4000"), tpp="1000")) == {Basis.computed: (4, 4)}
    assert counts(fits("", own("3999.99"), tpp="1000")) == {Basis.computed: (3, 3)}


def test_a_chip_that_counts_nothing_has_no_limit() -> None:
    assert counts(fits("", own("4000"), tpp="0")) == {Basis.computed: (None, None)}


def test_a_chip_whose_figure_nobody_published_is_not_counted() -> None:
    assert fits("", own("4000"), market="datacenter").counts == ()


def test_what_bounds_a_figure_bounds_how_many_fit() -> None:
    """128 TOPS of INT8 or less are a TPP of 1,024 or less; 580 to 946 of FP4 are 2,320 to 3,784."""
    assert counts(fits("journey-5", own("10240"))) == {Basis.computed: (10, None)}
    assert counts(fits("rtx-pro-6000d", own("23240"))) == {Basis.computed: (6, 10)}
    shown = budget_table.report(
        [fits("rtx-pro-6000d", own("23240"))], D(2026, 3, 1), STORE.vocabulary
    )
    assert "6–10 × RTX PRO 6000D" in said(shown.title)[0]
    assert counts(fits("br106", own("23240"))) == {}


def test_each_way_to_count_has_its_own_number() -> None:
    """CloudBlazer T20: TF32 at 19 bits gives 3,040, at 32 bits 5,120."""
    assert counts(fits("cloudblazer-t20", own("1000000"))) == {
        BitLengths((("tf32", Fraction(19)),)): (328, 328),
        BitLengths((("tf32", Fraction(32)),)): (195, 195),
    }


@given(st.integers(1, 10**12), st.fractions(min_value="0.001", max_value=10**6))
def test_so_many_fit_and_one_more_does_not(limit: int, each: Fraction) -> None:
    exact = Fraction(round(each * 1000), 1000) or Fraction(1)
    found = counts(fits("", own(str(limit)), tpp=f"{float(exact):.3f}"))[Basis.computed][0]
    assert found is not None
    assert found * exact <= limit < (found + 1) * exact


# Limits that rules set; the figures are those of 90 FR 4544.


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        ("2024-12-31", set()),
        ("2025-02-01", {26_900_000, 790_000_000, 633_000_000}),
        ("2025-04-01", {26_900_000, 790_000_000, 949_500_000}),
        ("2026-02-01", {26_900_000, 790_000_000, 1_899_000_000}),
        ("2027-06-01", {26_900_000, 790_000_000, 5_064_000_000}),
        ("2028-01-01", {26_900_000}),
    ],
)
def test_the_limits_of_a_day_are_those_of_the_rule(day: str, figures: set[int]) -> None:
    found = budget.limits(RULEBOOK, D.fromisoformat(day))
    assert {int(each.at_most.amount.best) for each in found} == figures


def test_validated_end_users_may_reach_more_every_quarter() -> None:
    """15 CFR 748.15(a)(2)(iii)(B), nine rows."""
    found = budget.periods(RULEBOOK, "NVEU")
    figures = [int(each.at_most.amount.best) for each in found]
    assert figures == sorted(figures)
    assert figures == [
        633_000_000, 949_500_000, 1_266_000_000, 1_582_500_000, 1_899_000_000, 2_690_250_000,
        3_481_500_000, 4_272_750_000, 5_064_000_000,
    ]  # fmt: skip


def test_every_limit_is_marked_as_not_enforced_since_2025_05_13() -> None:
    for day, standing in (("2025-05-12", "in force"), ("2025-05-13", "not enforced")):
        found = budget.limits(RULEBOOK, D.fromisoformat(day))
        standings = {each.provision.version.standing for each in found if each.provision}
        assert standings == {standing}
    rows = [row.texts[0] for row in budget_table.report(
        [fits("h100-sxm", each) for each in budget.periods(RULEBOOK, "LPP")],
        D(2026, 3, 1),
        STORE.vocabulary,
    ).rows if row.heading]  # fmt: skip
    assert all("not enforced" in each for each in rows)


def test_a_chip_outside_the_rule_draws_on_no_limit() -> None:
    (limit,) = budget.periods(RULEBOOK, "lpp")
    assert fits("h20", limit).draws is Verdict.not_met
    assert fits("h100-sxm", limit).draws is Verdict.met


def test_a_chip_whose_classification_is_open_counts_if_it_counts() -> None:
    """3,000 and 7.5: 3A090.a.2 is for data centers only where TPP is less than 4,800."""
    (limit,) = budget.periods(RULEBOOK, "lpp")
    given = {"tpp": "3000", "performance_density": "7.5"}
    assert fits("", limit, market="datacenter", **given).draws is Verdict.met
    assert fits("", limit, market="consumer", **given).draws is Verdict.not_met
    found = fits("", limit, **given)
    assert found.draws is Verdict.unknown
    report = budget_table.report([found], D(2026, 3, 1), STORE.vocabulary)
    assert report.rows[-1].cells[-1] == cell("8,966", "if it counts", joint=",")
    assert "The item described may count against LPP, or not" in said(report.notes[0])[0]


def test_a_limit_on_many_chips_is_not_asked_of_one() -> None:
    limited = {n for n, found in RULEBOOK.provisions.items() if found[-1].version.budget}
    assert limited == {"us-lpp", "us-country-allocation", "us-nveu"}
    assert not limited & set(RULEBOOK.of_items())


def test_a_rule_without_a_limit_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(ChipcalcError) as caught:
        budget.periods(RULEBOOK, "us-nac")
    (problem,) = caught.value.problems
    assert problem.what == "'NAC' sets no limit to count against"
    assert problem.hint == "known are LPP, Country allocation, NVEU"


# What is shown.


def test_the_contract_has_every_count_as_a_number() -> None:
    (limit,) = budget.periods(RULEBOOK, "LPP")
    report = budget_table.report([fits("h100-sxm", limit)], D(2026, 3, 1), STORE.vocabulary)
    data = report.data()
    assert (data["schema"], data["as_of"]) == ("chipcalc.budget/2", "2026-03-01")
    (entry,) = data["budgets"]
    assert entry["rule"] == "us-lpp"
    assert (entry["operator"], entry["amount"], entry["unit"]) == ("<=", 26900000, "TOPS*bit")
    assert entry["standing"] == "not enforced"
    assert [(e["label"], e["value"], e["fewest"]) for e in entry["counts"]] == [
        ("computed", 15831.2, 1699),
        ("declared by the vendor", 15840, 1698),
    ]


def test_records_are_one_for_each_figure_and_one_for_a_chip_without() -> None:
    limit = own("4000")
    found = [fits("h100-sxm", limit), fits("", limit, market="datacenter")]
    records = budget_table.report(found, D(2026, 3, 1), STORE.vocabulary, dated=False).records()
    assert [(each["chip"], each.get("fewest")) for each in records] == [
        ("h100-sxm", "0"), ("h100-sxm", "0"), ("given", ""),
    ]  # fmt: skip
    assert {each["as_of"] for each in records} == {""}


def test_a_range_gives_a_range_and_what_is_unknown_stays_unknown() -> None:
    rows = budget_table.report(
        [
            fits("ascend-950pr", own("26900000")),
            fits("", own("26900000"), market="datacenter"),
            fits("", own("26900000"), tpp="0"),
        ],
        D(2026, 3, 1),
        STORE.vocabulary,
    ).rows
    assert [row.texts[-1] for row in rows if not row.heading] == [
        "3,459–3,887", "unknown", "no limit",
    ]  # fmt: skip


def test_a_folder_without_rules_sets_no_limit(store: Store) -> None:
    assert budget.limits(Rulebook(store), D(2026, 1, 1)) == []
