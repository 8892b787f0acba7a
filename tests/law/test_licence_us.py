"""Shipments under the rules of the United States: what a licence lawyer would say of them.

The expectations come from the paragraphs that each test names, as read in the Federal Register
and the Code of Federal Regulations, and from the dates on which they came into force.
"""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.what_if import blank, suppose
from chipcalc.deciding.minimal import telling
from chipcalc.deciding.outcome import Choices
from chipcalc.licence.licence import Licence, licence, shipment, worldwide
from chipcalc.licence.questions import asked_in
from chipcalc.places.countries import code
from chipcalc.places.load import load
from chipcalc.rules.case import Judgement, Unasked
from chipcalc.rules.rule import LETTER, REQUIREMENT
from chipcalc.values.logic import Verdict
from chipcalc.words.licence import says
from daily import daily, ends_and_middle, examples
from shared import STORE, shipping_rules

NOTIFIED = "NAC with notification 25 days ahead"
UNNOTIFIED = "ACA without notification"
DENIAL, APPROVAL, CASES = "presumption of denial", "presumption of approval", "case by case"
CERTIFIED = "case by case, with (dd) certifications"
HBM = {"item": "memory", "memory_bandwidth_density": "3 GB/(s*mm^2)"}


def shipped(chip: str, day: str, to: str, **facts: str) -> Licence:
    """Return a shipment of a chip, or of an item that is described alone."""
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    at_home = facts.pop("at_home", "")
    if at_home:
        facts |= {"headquarters": at_home, "parent_headquarters": at_home}
    item = suppose(sheet, {"destination": to, **facts}, STORE.vocabulary)
    return licence(shipping_rules(day), item.evaluator, item.circumstances)


def review(found: Licence) -> str | None:
    """Return the policy of review; nothing where it is not known or no licence is needed."""
    return says(found.review.judgement)[0] if found.review.verdict is Verdict.met else None


def exceptions(found: Licence) -> tuple[str, ...]:
    """Return the exceptions that are open."""
    known = found.exceptions.verdict is Verdict.met
    return says(found.exceptions.judgement) if known else ()


def needed(found: Licence) -> tuple[str, str]:
    """Return whether a licence is needed, as printed and as enforced."""
    return found.printed.verdict.value, found.enforced.verdict.value


def letters(found: Licence) -> dict[str, str]:
    """Return the letters that are, or may be, for a shipment."""
    return {each.provision.id: each.verdict.value for each in found.notices}


REQUIRED, NOT_REQUIRED = ("met", "met"), ("not met", "not met")
PRINTED_ONLY = ("met", "not met")

# The cases that the whole rests on.


def test_an_rtx_4090_goes_to_china_under_nac_with_notification_from_the_first_day() -> None:
    """15 CFR 740.8 of 88 FR 73458: TPP of 4,800 or more, not for data centers."""
    found = shipped("rtx-4090", "2023-11-17", "CN", transaction="export")
    assert found.checked.classification.paragraph == "3A090.a"
    assert needed(found) == REQUIRED
    assert exceptions(found) == (NOTIFIED,)


def test_an_rtx_4090_needs_no_licence_for_china_one_day_earlier() -> None:
    """3A090 of 2022 asks for 600 GB/s of input and output as well."""
    found = shipped("rtx-4090", "2023-11-16", "CN", transaction="export", end_use="other")
    assert needed(found) == NOT_REQUIRED


def test_an_l40_goes_to_saudi_arabia_under_aca_without_notification() -> None:
    found = shipped("l40", "2024-04-04", "SA", at_home="SA")
    assert found.checked.classification.paragraph == "3A090.b"
    assert needed(found) == REQUIRED
    assert exceptions(found) == (UNNOTIFIED,)


def test_an_l40_for_a_chinese_company_in_saudi_arabia_is_notified() -> None:
    found = shipped("l40", "2024-04-04", "SA", headquarters="CN", transaction="export")
    assert exceptions(found) == (NOTIFIED,)


@pytest.mark.parametrize("transaction", ["export", "reexport", "in-country"])
def test_an_h100_for_china_is_presumed_denied_before_2026_01_15(transaction: str) -> None:
    found = shipped("h100-sxm", "2026-01-14", "CN", transaction=transaction)
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), DENIAL)


@pytest.mark.parametrize("day", ["2026-01-15", "2026-02-01", "2026-11-25"])
def test_an_h100_from_the_united_states_for_china_is_reviewed_case_by_case_since(day: str) -> None:
    """15,840 < 21,000 and 3,350 GB/s < 6,500 GB/s, 15 CFR 742.6(b)(10)(iii)(A)(1)."""
    found = shipped("h100-sxm", day, "CN", transaction="export")
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), CERTIFIED)
    assert review(shipped("h100-sxm", day, "MO", transaction="export")) == CERTIFIED


@pytest.mark.parametrize("transaction", ["reexport", "in-country"])
def test_an_h100_that_is_not_exported_from_the_united_states_stays_denied(transaction: str) -> None:
    assert review(shipped("h100-sxm", "2026-02-01", "CN", transaction=transaction)) == DENIAL


def test_a_b200_for_china_is_denied_whatever_the_transaction() -> None:
    """36,000 is not less than 21,000."""
    found = shipped("b200", "2026-02-01", "CN")
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), DENIAL)


def test_an_h20_for_china_needs_no_licence_by_classification_and_a_letter_is_a_notice() -> None:
    """For a supercomputer or a military end it needs one, by 744.23(a)(1) and 744.21."""
    assert needed(shipped("h20", "2026-02-01", "CN")) == ("unknown", "unknown")
    found = shipped("h20", "2026-02-01", "CN", end_use="other")
    assert found.checked.classification.paragraph == "3A991.p"
    assert needed(found) == NOT_REQUIRED
    assert letters(found)["us-letter-2025-04"] == "met"
    (notice,) = [e for e in found.notices if e.provision.id == "us-letter-2025-04"]
    assert notice.provision.version.begins == datetime.date(2025, 4, 9)
    assert "2025-04-15" in (notice.provision.version.at or "")
    assert notice.provision.rule.kind == LETTER


def test_an_h20_for_china_has_no_letter_one_day_earlier() -> None:
    assert letters(shipped("h20", "2025-04-08", "CN")) == {}


def test_an_h20_for_germany_is_for_no_letter() -> None:
    assert letters(shipped("h20", "2026-02-01", "DE", at_home="DE")) == {}


def test_a_letter_also_reaches_the_german_subsidiary_of_a_chinese_company() -> None:
    found = shipped("h20", "2026-03-01", "DE", headquarters="DE", parent_headquarters="CN")
    assert letters(found)["us-letter-2025-04"] == "met"


@pytest.mark.parametrize("chip", ["h100-sxm", "l40", "rtx-4090"])
def test_israel_is_taken_out_by_country_group_a6(chip: str) -> None:
    """Israel is in D:4, but "excluding any destination also specified in A:5 or A:6"."""
    assert needed(shipped(chip, "2024-06-01", "IL", at_home="IL")) == NOT_REQUIRED


def test_a_chinese_company_in_singapore_is_treated_like_one_in_china() -> None:
    found = shipped("h100-sxm", "2024-06-01", "SG", headquarters="CN")
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), DENIAL)
    gaming = shipped("rtx-4090", "2024-06-01", "SG", headquarters="CN", transaction="export")
    assert exceptions(gaming) == (NOTIFIED,)


def test_the_ultimate_parent_counts_as_much_as_the_buyer_itself() -> None:
    found = shipped("h100-sxm", "2026-03-01", "SG", headquarters="SG", parent_headquarters="CN")
    assert (found.enforced.verdict, review(found)) == (Verdict.met, DENIAL)


def test_macau_is_treated_like_china_although_it_is_not_in_d5() -> None:
    assert (
        "MO" not in next(g for b in load(STORE.folders) for g in b.groups if g.id == "D:5").members
    )
    found = shipped("h100-sxm", "2024-06-01", "MO")
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), DENIAL)
    assert exceptions(shipped("l40", "2024-06-01", "MO", transaction="export")) == (NOTIFIED,)


def test_the_uae_are_a_d4_country_until_2026_07_09_and_a_case_of_their_own_since() -> None:
    """91 FR 43034: from D:4 to A:5, licences remain but for entities of Supplement No. 8."""
    before = shipped("l40", "2026-07-09", "AE", at_home="AE")
    assert needed(before) == REQUIRED
    after = shipped("l40", "2026-07-10", "AE", at_home="AE")
    assert needed(after) == ("unknown", "unknown")
    assert after.enforced.deciding is not None
    assert after.enforced.deciding.circumstances == ("end_user",)
    approved = shipped("l40", "2026-07-10", "AE", at_home="AE", end_user="approved")
    assert needed(approved) == NOT_REQUIRED
    assert needed(shipped("l40", "2026-07-10", "AE", at_home="AE", end_user="other")) == REQUIRED
    larger = shipped("h100-sxm", "2026-07-10", "AE", at_home="AE", end_user="other")
    assert needed(larger) == REQUIRED
    assert exceptions(shipped("l40", "2026-07-10", "AE", at_home="AE", end_user="other")) == (
        "ACA outside D:1 and D:4 without notification (inferred)",
    )


# What is printed, and what is enforced.


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-12", NOT_REQUIRED),  # before the AI Diffusion rule
        ("2025-01-13", PRINTED_ONLY),  # in force, to be obeyed from 2025-05-15
        ("2025-05-12", PRINTED_ONLY),
        ("2025-05-13", PRINTED_ONLY),  # not enforced from here on
        ("2025-05-15", PRINTED_ONLY),
        ("2026-11-25", PRINTED_ONLY),
    ],
)
def test_a_licence_for_germany_is_printed_since_ai_diffusion_and_never_enforced(
    day: str, expected: tuple[str, str]
) -> None:
    assert needed(shipped("h100-sxm", day, "DE", at_home="DE")) == expected


def test_nothing_that_is_not_enforced_opens_an_exception_or_names_a_policy() -> None:
    """AIA, LPP and the country allocations are printed text of the AI Diffusion rule."""
    found = shipped("h100-sxm", "2026-03-01", "JP", at_home="JP", transaction="export")
    assert found.exceptions.judgement == Judgement(Verdict.not_met, unasked=Unasked.no_need)
    assert [e.provision.id for e in found.of("licence exception") if e.verdict is Verdict.met] == [
        "us-aia",
        "us-lpp",
    ]


def test_a_shipment_within_the_united_states_is_no_export() -> None:
    assert needed(shipped("b200", "2026-03-01", "US", headquarters="CN")) == NOT_REQUIRED


def test_a_licence_for_memory_is_obeyed_from_2024_12_31() -> None:
    """89 FR 96790: effective 2024-12-02, compliance for 3A090.c 2024-12-31."""
    assert needed(shipped("", "2024-12-01", "CN", **HBM)) == NOT_REQUIRED
    assert needed(shipped("", "2024-12-02", "CN", **HBM)) == PRINTED_ONLY
    assert needed(shipped("", "2024-12-31", "CN", **HBM)) == REQUIRED


# Where a licence is needed.


@pytest.mark.parametrize(
    ("day", "to", "expected"),
    [
        ("2022-10-07", "CN", REQUIRED),
        ("2022-10-07", "HK", REQUIRED),
        ("2023-01-16", "MO", NOT_REQUIRED),
        ("2023-01-17", "MO", REQUIRED),
        ("2023-11-16", "SA", NOT_REQUIRED),
        ("2023-11-17", "SA", REQUIRED),
        ("2023-11-17", "VN", REQUIRED),
        ("2024-03-14", "NI", NOT_REQUIRED),
        ("2024-03-15", "NI", REQUIRED),
        ("2023-11-17", "IN", NOT_REQUIRED),  # A:5
        ("2023-11-17", "NO", NOT_REQUIRED),  # Norway
    ],
)
def test_an_a100_needs_a_licence_for_the_destinations_of_the_day(
    day: str, to: str, expected: tuple[str, str]
) -> None:
    assert needed(shipped("a100-sxm", day, to, at_home=to if to != "HK" else "CN")) == expected


def test_cyprus_is_no_licensed_destination_but_its_companies_were_unsure_until_2024_05_29() -> None:
    """A:6 takes the destination out; who is in D:5 also decides on companies abroad."""
    assert needed(shipped("h100-sxm", "2023-11-17", "CY", at_home="US")) == NOT_REQUIRED
    assert needed(shipped("h100-sxm", "2024-05-29", "DE", at_home="CY")) == ("unknown", "unknown")
    assert needed(shipped("h100-sxm", "2024-05-30", "DE", at_home="CY")) == NOT_REQUIRED


def test_before_the_first_rule_that_is_modelled_nothing_is_said_about_licences() -> None:
    """There were licences before 2022-10-07, for Iran say; none is in the rules."""
    for chip, to in (("a100-sxm", "CN"), ("h20", "IR"), ("h20", "DE")):
        found = shipped(chip, "2022-10-06", to)
        assert {e.judgement for e in found.answer} == {
            Judgement(Verdict.unknown, unasked=Unasked.no_rule)
        }


@pytest.mark.parametrize("item", ["ic", "board", "system"])
def test_boards_and_computers_are_licensed_like_the_circuit_that_they_hold(item: str) -> None:
    found = shipped("h100-sxm", "2026-03-01", "CN", item=item, transaction="export")
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), CERTIFIED)


def test_items_for_anti_terrorism_only_need_a_licence_for_embargoed_countries_alone() -> None:
    """15 CFR 742.8, 742.9, 742.19 and part 746; Iraq is not among them for such items."""
    licensed = {"CU", "IR", "KP", "SY", "RU", "BY"}
    for to in ("CN", "IQ", "VE", "AF", "SD", "MM", "SA", *licensed):
        found = shipped("h20", "2026-03-01", to)
        assert (found.enforced.verdict is Verdict.met) == (to in licensed), to


FAR_BELOW = {
    "tpp": "8 TOPS*bit",
    "processing_performance": "1 TOPS",
    "io_bandwidth": "1 GB/s",
    "market": "edge",
}
EMBARGOED = ("BY", "CU", "IR", "KP", "RU", "SY")


@pytest.mark.parametrize("day", ["2022-10-07", "2023-02-24", "2024-04-11", "2026-11-26"])
def test_an_item_below_every_threshold_is_not_free_where_part_746_goes_by_tariff_code(
    day: str,
) -> None:
    """15 CFR 746.5, 746.7 and 746.8 ask by HTS code, EAR99 included: Supplements No. 4, 6, 7."""
    for to in ("IR", "RU", "BY"):
        found = shipped("", day, to, **FAR_BELOW)
        assert needed(found) == ("unknown", "unknown"), to
        for aspect in (found.printed, found.enforced):
            (ask,) = aspect.judgement.asks
            assert "part 746" in ask.what or "15 CFR 746.7" in ask.what
            assert "OFAC" in ask.what
            assert "HTS" in ask.what or (to, day) == ("IR", "2022-10-07")
    for to in ("CU", "KP", "SY"):  # 746.2(a), 746.4(a) and 746.9(a): any item
        assert needed(shipped("", day, to, **FAR_BELOW)) == REQUIRED, to
    for to in ("CN", "SG", "IQ"):
        assert needed(shipped("", day, to, **FAR_BELOW)) == NOT_REQUIRED, to


def test_an_item_below_every_threshold_is_licensed_for_occupied_ukraine() -> None:
    """15 CFR 746.6(a): nearly any item."""
    assert needed(shipped("", "2026-11-26", "UA", **FAR_BELOW)) == ("unknown", "unknown")
    for region, expected in (("occupied", REQUIRED), ("other", NOT_REQUIRED)):
        assert needed(shipped("", "2026-11-26", "UA", region=region, **FAR_BELOW)) == expected


ITEMS: dict[str, tuple[str, dict[str, str]]] = {
    "H20": ("h20", {}),
    "L4": ("l4", {}),
    "L4 on a board": ("l4", {"item": "board"}),
    "Ascend 310P": ("ascend-310p", {}),
    "far below": ("", FAR_BELOW),
    "a board far below": ("", {**FAR_BELOW, "item": "board"}),
    "memory": ("", HBM),
    "memory below": ("", {"item": "memory", "memory_bandwidth_density": "1 GB/(s*mm^2)"}),
}


@pytest.mark.parametrize("name", ITEMS)
def test_no_answer_is_free_where_a_requirement_asks_what_is_not_modelled(name: str) -> None:
    """It holds for every country, and by the data: no list of destinations stands here."""
    chip, facts = ITEMS[name]
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    item = suppose(sheet, facts, STORE.vocabulary)
    (regions,) = worldwide(shipping_rules("2026-11-26"), [item])
    asked: set[str] = set()
    for region in regions:
        found = region.licence
        for finding in found.of(REQUIREMENT):
            if finding.verdict is not Verdict.unknown or not list(asked_in(finding.line)):
                continue
            asked.update(region.countries)
            for aspect in (found.printed, found.enforced):
                outcomes = aspect.deciding.outcomes if aspect.deciding else ()
                assert aspect.verdict is not Verdict.not_met, region.countries
                assert aspect.verdict is Verdict.met or outcomes or aspect.judgement.asks
    assert asked >= {*EMBARGOED, "UA"}
    for region in regions:
        if {*region.countries} & {*EMBARGOED}:
            assert Verdict.not_met not in (region.licence.printed.verdict, region.licence.needed)


def test_an_exception_of_740_8_does_not_reach_where_part_746_asks_for_a_licence() -> None:
    for to in ("RU", "BY", "CU", "IR", "KP", "SY", "IQ"):
        for transaction in ("export", "in-country"):
            found = shipped("rtx-4090", "2026-03-01", to, transaction=transaction)
            assert exceptions(found) == (), to


def test_occupied_regions_of_ukraine_are_asked_for() -> None:
    """15 CFR 746.6(a)."""
    assert needed(shipped("h20", "2026-03-01", "UA", at_home="UA")) == ("unknown", "unknown")
    for region, expected in (("occupied", REQUIRED), ("other", NOT_REQUIRED)):
        found = shipped("h20", "2026-03-01", "UA", at_home="UA", region=region)
        assert needed(found) == expected


def test_the_exception_for_memory_is_closed_where_part_746_asks_for_a_licence() -> None:
    low = {"item": "memory", "memory_bandwidth_density": "2.5 GB/(s*mm^2)"}
    for to in ("IR", "RU", "BY", "CU", "KP", "SY", "IQ"):
        found = shipped("", "2026-03-01", to, exporter_headquarters="US", **low)
        assert found.exceptions.verdict is Verdict.not_met, to


def test_a_fabricator_ships_what_it_presumes_to_be_a_data_center_item_of_3a090a() -> None:
    """Note 1 to 3A090.a, since 2025-01-16; nobody else presumes it."""
    found = shipped("h20", "2026-03-01", "CN", party="fabricator", transaction="export")
    assert (needed(found), exceptions(found), review(found)) == (REQUIRED, (), CERTIFIED)
    abroad = shipped("h20", "2026-03-01", "TW", at_home="TW", party="fabricator")
    assert needed(abroad) == PRINTED_ONLY
    before = shipped("h20", "2025-01-15", "CN", party="fabricator", end_use="other")
    assert needed(before) == NOT_REQUIRED


def test_a_fabricator_needs_a_licence_for_a_low_count_or_not_by_where_it_is_packaged() -> None:
    """Note 1.b and 1.c to 3A090.a: Orin has fewer than 30 billion transistors."""
    at = ("orin-x", "2026-03-01", "CN")
    found = shipped(*at, party="fabricator", end_use="other")
    assert needed(found) == ("unknown", "unknown")
    assert found.enforced.deciding
    assert set(telling(found.enforced.deciding)[1]) == {"packaging"}
    for packaging, expected in (
        ("fabricator", NOT_REQUIRED),
        ("approved", NOT_REQUIRED),
        ("other", REQUIRED),
    ):
        given = {"party": "fabricator", "packaging": packaging, "end_use": "other"}
        assert needed(shipped(*at, **given)) == expected


def test_a_letter_names_the_filing_of_its_own_addressee() -> None:
    for chip, maker in (("h20", "NVIDIA"), ("mi308x", "AMD")):
        found = shipped(chip, "2025-05-01", "CN")
        named = [e for e in found.notices if e.verdict is Verdict.met]
        first = next(e for e in named if "reported" not in e.provision.id)
        assert (first.provision.version.at or "").startswith(maker)


def test_printed_texts_differ_on_an_approved_company_of_the_uae() -> None:
    """742.6(a)(6)(iii)(A) has no exception, Supplement No. 8 to part 740 says there is one."""
    found = shipped("h100-sxm", "2026-08-01", "AE", at_home="AE", end_user="approved")
    assert needed(found) == ("unknown", "not met")


@pytest.mark.parametrize("to", ["CU", "IR", "KP", "RU", "BY"])
@pytest.mark.parametrize("chip", ["h20", "h100-sxm", "rtx-4090"])
def test_an_embargo_comes_before_every_other_policy(chip: str, to: str) -> None:
    unsure = " (secondary sources)" if to == "KP" else ""  # known from an older copy
    assert review(shipped(chip, "2026-03-01", to)) == f"policy of denial{unsure}"


def test_memory_is_licensed_for_d5_and_macau_and_not_for_other_countries_of_d1_and_d4() -> None:
    """15 CFR 742.6(a)(6)(i)(B) and 744.23(a)(3)(i)(B)."""
    for to, expected in (("CN", REQUIRED), ("MO", REQUIRED), ("SA", NOT_REQUIRED)):
        assert needed(shipped("", "2026-03-01", to, at_home=to, **HBM)) == expected
    abroad = shipped("", "2026-03-01", "TW", headquarters="TW", parent_headquarters="CN", **HBM)
    assert needed(abroad) == REQUIRED


# Licence exceptions.


@pytest.mark.parametrize("transaction", ["export", "reexport", "in-country"])
@pytest.mark.parametrize("to", ["CN", "MO", "SA", "AE", "VN"])
@pytest.mark.parametrize("day", ["2023-11-17", "2024-04-04", "2025-06-01", "2026-11-25"])
def test_nac_and_aca_are_never_open_for_data_center_items_of_3a090a(
    day: str, to: str, transaction: str
) -> None:
    for chip in ("h100-sxm", "l4", "b200"):
        found = shipped(chip, day, to, at_home=to, transaction=transaction)
        assert exceptions(found) == (), chip


@pytest.mark.parametrize("to", ["CN", "MO", "SA"])
def test_nac_and_aca_are_never_open_for_memory(to: str) -> None:
    found = shipped("", "2026-03-01", to, headquarters="CN", transaction="export", **HBM)
    assert exceptions(found) == ()
    names = {e.provision.id: e.verdict for e in found.of("licence exception")}
    assert names["us-nac"] is names["us-aca"] is Verdict.not_met


@pytest.mark.parametrize(("to", "region"), [("UA", "occupied"), ("IR", ""), ("SY", ""), ("IQ", "")])
def test_nac_and_aca_are_never_open_where_part_746_asks_for_a_licence(to: str, region: str) -> None:
    """15 CFR 740.8: no other requirement of part 746 applies."""
    place = {"region": region} if region else {}
    for chip in ("rtx-4090", "l40"):
        for transaction in ("export", "reexport", "in-country"):
            facts = {"transaction": transaction, **place}
            found = shipped(chip, "2026-03-01", to, at_home="CN", **facts)
            assert found.enforced.verdict is Verdict.met
            assert found.exceptions.verdict is Verdict.not_met, chip


def test_until_2024_04_03_nac_alone_had_both_regimes() -> None:
    """15 CFR 740.8 of 88 FR 73458; 89 FR 23876 made two exceptions of it."""
    before = shipped("l40", "2024-04-03", "SA", at_home="SA")
    assert exceptions(before) == ("NAC without notification",)
    assert exceptions(shipped("l40", "2024-04-04", "SA", at_home="SA")) == (UNNOTIFIED,)
    within = shipped("l40", "2024-04-03", "CN", at_home="CN", transaction="in-country")
    assert exceptions(within) == ("NAC without notification",)


@pytest.mark.parametrize("to", ["CN", "MO"])
def test_a_transfer_within_china_or_macau_is_not_notified(to: str) -> None:
    found = shipped("l40", "2026-03-01", to, at_home=to, transaction="in-country")
    assert exceptions(found) == (UNNOTIFIED,)


def test_the_exception_for_memory_asks_for_density_and_for_the_exporters_country() -> None:
    """15 CFR 740.25: less than 3.3 GB/s/mm², headquarters in the United States or A:5."""

    def with_density(density: str, exporter: str) -> Verdict:
        item = {"item": "memory", "memory_bandwidth_density": f"{density} GB/(s*mm^2)"}
        found = shipped("", "2026-03-01", "CN", exporter_headquarters=exporter, **item)
        return found.exceptions.verdict

    assert with_density("3.299", "US") is with_density("2.001", "KR") is Verdict.met
    assert with_density("3.3", "US") is with_density("3.299", "TW") is Verdict.not_met


# Review policies.


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-11-17", CASES),  # 744.23(d) printed denial for the destinations only
        ("2024-04-03", CASES),
        ("2024-04-04", DENIAL),  # 744.23(d)(1) of 89 FR 23876 names the companies
        ("2025-06-01", DENIAL),
        ("2026-11-25", DENIAL),
    ],
)
def test_a_chinese_company_elsewhere_is_presumed_denied_since_2024_04_04(
    day: str, expected: str
) -> None:
    assert review(shipped("h100-sxm", day, "SG", headquarters="CN")) == expected


@pytest.mark.parametrize("chip", ["rtx-4090", "l40"])
def test_sources_that_differ_on_other_items_are_both_given(chip: str) -> None:
    """742.6(b)(10) presumes denial, 744.23(d)(3)(i) is case by case, neither gives way."""
    found = shipped(chip, "2025-06-01", "CN")
    assert found.review.verdict is Verdict.unknown
    assert says(found.review.judgement) == (CASES, f"{DENIAL} (inferred)")
    agreed = shipped(chip, "2024-12-02", "CN")  # 742.6(b)(10)(iii)(B)(1) and (2)
    assert review(agreed) == CASES


@pytest.mark.parametrize("day", ["2023-11-17", "2024-12-02", "2025-06-01", "2026-11-25"])
def test_outside_d5_approval_is_presumed_for_an_h100(day: str) -> None:
    unsure = " (inferred)" if day >= "2025-01-13" else ""  # the printed text is not enforced
    assert review(shipped("h100-sxm", day, "SA", at_home="SA")) == f"{APPROVAL}{unsure}"
    assert review(shipped("h100-sxm", day, "SA", headquarters="CN")) == DENIAL


def test_memory_for_an_american_plant_in_china_is_presumed_approved() -> None:
    """15 CFR 742.6(b)(10)(ii)."""
    assert review(shipped("", "2026-03-01", "CN", at_home="US", **HBM)) == APPROVAL
    assert review(shipped("", "2026-03-01", "CN", headquarters="CN", **HBM)) == DENIAL


def test_a_venezuelan_buyer_does_not_profit_from_the_policy_for_china_and_macau() -> None:
    assert review(shipped("h100-sxm", "2026-02-01", "VE", transaction="export")) == DENIAL


# What is not given.


def test_without_headquarters_the_two_answers_and_what_decides_are_named() -> None:
    found = shipped("h100-sxm", "2026-03-01", "SG")
    assert found.enforced.verdict is Verdict.unknown
    assert found.enforced.deciding is not None
    assert set(found.enforced.deciding.circumstances) == {"headquarters", "parent_headquarters"}
    verdicts = {each.judgement.verdict for each in found.enforced.deciding.outcomes}
    assert verdicts == {Verdict.met, Verdict.not_met}


def test_without_a_transaction_the_review_of_an_h100_has_two_answers() -> None:
    deciding = shipped("h100-sxm", "2026-03-01", "CN").review.deciding
    assert deciding is not None
    answers = {
        words.values: says(outcome.judgement)
        for outcome in deciding.outcomes
        for words in outcome.where
        if not hasattr(words, "metric")
    }
    assert answers == {("export",): (CERTIFIED,), ("reexport", "in-country"): (DENIAL,)}


def test_what_makes_no_difference_is_not_asked_for() -> None:
    found = shipped("h20", "2026-03-01", "CN", end_use="other")
    assert [each.deciding for each in found.answer] == [None] * 4


def test_cambodia_is_unsure_while_two_lists_differ() -> None:
    """The Department of State took it off in November 2025, the Bureau on 2026-02-03."""

    def on(day: str) -> tuple[str, ...] | None:
        found = shipped("l40", day, "KH", at_home="KH", transaction="export")
        return exceptions(found) if found.exceptions.verdict is not Verdict.unknown else None

    assert on("2025-11-06") == (NOTIFIED,)
    assert on("2025-11-07") is on("2026-02-02") is None
    assert on("2026-02-03") == (UNNOTIFIED,)


@pytest.mark.parametrize(
    "names", [("CN", "CHN", "China"), ("NO", "NOR", "Norway"), ("AE", "ARE", "UAE")]
)
def test_a_country_goes_by_its_codes_and_its_name(names: tuple[str, ...]) -> None:
    assert {code(each) for each in names} == {names[0]}
    answers = {shipped("l40", "2026-03-01", each, headquarters="US").answer for each in names}
    assert len(answers) == 1


# Properties of all shipments.

CHIPS = ("h20", "h100-sxm", "b200", "l40", "rtx-4090", "a30", "ascend-950pr", "orin-x")
DATES = ("2023-11-17", "2024-04-04", "2024-12-02", "2025-05-13", "2026-02-01", "2026-07-10")
FACTS: dict[str, tuple[str, ...]] = {
    "destination": ("CN", "MO", "SA", "AE", "IL", "RU", "KH", "SG", "DE", "US", "IQ"),
    "headquarters": ("CN", "MO", "SA", "US", "KH", "DE"),
    "parent_headquarters": ("CN", "US", "KH", "TW"),
    "transaction": ("export", "reexport", "in-country"),
    "end_user": ("approved", "other"),
}
everything = st.fixed_dictionaries({name: st.sampled_from(each) for name, each in FACTS.items()})


def under(chip: str, day: str, facts: dict[str, str]) -> Licence:
    """Return a shipment under some facts, of which any may be missing."""
    rest = {name: value for name, value in facts.items() if name != "destination"}
    if "destination" in facts:
        return shipped(chip, day, facts["destination"], **rest)
    item = suppose(STORE.sheet(chip), rest, STORE.vocabulary)
    return licence(shipping_rules(day), item.evaluator, item.circumstances)


@examples(daily=8)
@given(
    st.sampled_from(CHIPS),
    st.sampled_from(DATES),
    everything,
    st.sets(st.sampled_from(sorted(FACTS))),
)
def test_another_fact_settles_an_answer_and_never_turns_it(
    chip: str, day: str, facts: dict[str, str], left_out: set[str]
) -> None:
    whole = shipped(
        chip, day, facts["destination"], **{k: facts[k] for k in facts if k != "destination"}
    )
    part = under(chip, day, {name: facts[name] for name in facts if name not in left_out})
    for less, more in zip(part.answer, whole.answer, strict=True):
        if less.verdict is not Verdict.unknown:
            assert more.verdict is less.verdict


@examples(daily=8)
@given(
    st.sampled_from(CHIPS),
    st.sampled_from(DATES),
    everything,
    st.sets(st.sampled_from(sorted(FACTS)), min_size=1, max_size=2),
)
def test_every_outcome_that_is_listed_comes_true_once_its_facts_are_given(
    chip: str, day: str, facts: dict[str, str], left_out: set[str]
) -> None:
    known = {name: facts[name] for name in facts if name not in left_out}
    found = under(chip, day, known)
    for index, aspect in enumerate(found.answer):
        outcomes = aspect.deciding.outcomes if aspect.deciding else ()
        for outcome in outcomes:
            words = [each for each in outcome.where if isinstance(each, Choices)]
            if len(words) < len(outcome.where) or outcome.judgement.verdict is Verdict.unknown:
                continue
            chosen = {each.name: each.values[-1] for each in words}
            again = under(chip, day, {**known, **chosen}).answer[index]
            assert again.judgement == outcome.judgement


# Daily every chip on one day, and three countries of every region.
WORLDS = list(
    product(("2023-11-17", "2026-02-01", "2026-07-10"), ("h20", "h100-sxm", "l40", "rtx-4090"))
)


@pytest.mark.parametrize(("day", "chip"), daily(WORLDS, WORLDS[::3]))
def test_the_world_in_regions_is_the_world_country_by_country(day: str, chip: str) -> None:
    rules = shipping_rules(day)
    buyer = {"headquarters": "SG", "parent_headquarters": "SG"}
    item = suppose(STORE.sheet(chip), buyer, STORE.vocabulary)
    (regions,) = worldwide(rules, [item])
    assert sorted(c for each in regions for c in each.countries) == list(rules.places.all)
    for region in regions:
        for country in daily(region.countries, ends_and_middle(region.countries)):
            alone = shipment(rules, item, country).licence
            assert alone.answer == region.licence.answer, country
