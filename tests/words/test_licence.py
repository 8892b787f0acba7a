"""A licence in words: what is said where one is needed, open or applied, and where it depends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chipcalc.check.result import Finding
from chipcalc.check.ways import Basis
from chipcalc.check.what_if import suppose
from chipcalc.licence.licence import Licence, shipment
from chipcalc.licence.questions import Alternative, Aspect
from chipcalc.rules.case import Consequence, Judgement, Unasked
from chipcalc.values.logic import Verdict
from chipcalc.words import letters
from chipcalc.words import licence as licence_words
from chipcalc.words.licence import excepted, required, reviewed
from shared import STORE, shipping_rules

MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
SAME = "Licence by classification, as printed and as enforced"
PRINTED = "Licence by classification, as printed"
ENFORCED = "Licence by classification, as enforced"
OPEN = "Licence exceptions open"
REVIEW = "Review of an application"


def shipped(chip: str, to: str, **facts: str) -> Licence:
    """Return a shipment on 2026-03-01."""
    item = suppose(STORE.sheet(chip), facts, STORE.vocabulary)
    return shipment(shipping_rules("2026-03-01"), item, to).licence


def found(licence: Licence, rule: str) -> Finding:
    """Return what one rule says."""
    return next(e for e in licence.checked.findings if e.provision.id == rule)


def said(licence: Licence, rule: str) -> str:
    """Return what one rule says, in words."""
    return licence_words.verdict(found(licence, rule), licence.checked.case)


def answers(licence: Licence) -> dict[str, str]:
    """Return the answers about a shipment by the questions that are shown."""
    case = licence.checked.case
    shown = licence_words.aspects(licence)
    return {label: licence_words.answer(aspect, case, say) for label, aspect, say in shown}


@pytest.mark.parametrize(
    ("say", "judgement", "words"),
    [
        (required, Judgement(MET), "required"),
        (required, Judgement(NOT_MET), "not required"),
        (required, Judgement(UNKNOWN), "not settled"),
        (
            required,
            Judgement(UNKNOWN, unasked=Unasked.no_rule),
            "not settled (no rule is modelled for this day)",
        ),
        (
            excepted,
            Judgement(MET, follows=(Consequence("with notification", "NAC"),)),
            "NAC with notification",
        ),
        (
            excepted,
            Judgement(MET, follows=(Consequence(by="NAC"), Consequence(by="ACA"))),
            "NAC and ACA",
        ),
        (excepted, Judgement(NOT_MET), "none of those modelled"),
        (excepted, Judgement(UNKNOWN), "not settled"),
        (
            reviewed,
            Judgement(MET, follows=(Consequence("presumption of denial"),)),
            "presumption of denial",
        ),
        (reviewed, Judgement(NOT_MET), "none of the modelled policies applies"),
        (reviewed, Judgement(UNKNOWN), "not settled"),
        (
            reviewed,
            Judgement(UNKNOWN, follows=(Consequence("denial"), Consequence("approval"))),
            "denial or approval (sources differ)",
        ),
    ],
)
def test_an_answer_is_said_in_the_words_of_its_question(
    say: Callable[[Judgement], str], judgement: Judgement, words: str
) -> None:
    assert say(judgement) == words


def test_where_printed_and_enforced_text_agree_they_are_one_answer() -> None:
    """An H20 is 3A991.p, free for China but for some ends; nothing else is asked then."""
    assert answers(shipped("h20", "CN", end_use="other")) == {SAME: "not required"}


def test_where_a_text_is_not_enforced_the_two_answers_stand_apart() -> None:
    """The AI Diffusion rule is printed and not enforced."""
    found = answers(shipped("h100-sxm", "DE", headquarters="DE", parent_headquarters="DE"))
    assert found == {PRINTED: "required", ENFORCED: "not required"}


def test_where_a_licence_is_needed_exceptions_and_review_are_told_after_it() -> None:
    found = answers(shipped("h100-sxm", "CN", transaction="reexport"))
    assert list(found) == [SAME, OPEN, REVIEW]
    assert list(found.values()) == ["required", "none of those modelled", "presumption of denial"]


def test_an_answer_that_is_open_names_what_it_depends_on() -> None:
    """742.6(b)(10)(iii) is for exports from the United States."""
    found = answers(shipped("h100-sxm", "CN"))
    assert found[SAME] == "required"
    assert found[REVIEW] == "depends on transaction"


def test_an_answer_from_texts_that_are_not_sure_says_so() -> None:
    case = shipped("h20", "CN").checked.case
    unsure = Aspect(Judgement(MET), unsure="inferred")
    assert licence_words.answer(unsure, case, required) == "required (inferred)"


def test_an_answer_that_differs_by_view_gives_both_or_says_that_more_is_open() -> None:
    case = shipped("h20", "CN").checked.case
    yes = Alternative(Judgement(MET), way=Basis.computed)
    no = Alternative(Judgement(NOT_MET), way=Basis.declared)
    both = Aspect(Judgement(UNKNOWN), views=(yes, no))
    assert licence_words.answer(both, case, required) == "depends: required or not required"
    more = Aspect(
        Judgement(UNKNOWN), views=(yes, Alternative(Judgement(UNKNOWN), way=Basis.declared))
    )
    assert licence_words.answer(more, case, required) == "depends on more than one thing"


def test_each_kind_of_rule_has_words_of_its_own() -> None:
    notified = shipped("rtx-4090", "CN", transaction="export", headquarters="CN")
    assert said(notified, "us-licence-a") == "required"
    assert said(notified, "us-nac") == "open"
    assert said(notified, "us-aca") == "not open"
    assert said(notified, "us-tariff-232") == "does not apply"
    assert said(shipped("h20", "DE", headquarters="DE"), "us-licence-a") == "not required"
    assert said(shipped("h200-sxm", "CN", transaction="export"), "us-tariff-232") == "applies"


def test_a_policy_that_applies_says_what_follows() -> None:
    exported = shipped("h100-sxm", "CN", transaction="export")
    assert said(exported, "us-review-policy-2026").startswith("case by case")
    assert said(shipped("b200", "CN"), "us-review-policy-2026") == "does not apply"


def test_a_letter_applies_or_may_apply_and_one_from_the_press_would() -> None:
    """The H20 is named in NVIDIA's filing; what its letter says of the L20 is not public."""
    assert said(shipped("h20", "CN"), "us-letter-2025-04") == "applies"
    assert said(shipped("l20", "CN"), "us-letter-2025-04") == "may apply"
    assert said(shipped("h20", "CN"), "us-letter-2025-04-reported") == "would apply, as reported"


def test_a_letter_whose_scope_is_not_public_is_never_said_to_apply() -> None:
    licence = shipped("l20", "CN")
    (letter,) = letters.telling(licence)
    assert letter is found(licence, "us-letter-2025-04")
    assert letters.phrase(letter, licence.checked) == "the Letter of April 2025 may apply"


def test_no_words_say_that_nothing_is_asked_where_nothing_is_needed() -> None:
    """What was not asked, as no licence is needed, is no answer to show."""
    licence = shipped("h20", "CN", end_use="other")
    assert licence.exceptions.judgement.unasked is Unasked.no_need
    assert OPEN not in answers(licence)
