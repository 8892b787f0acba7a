"""From a shipment to its licence, with made-up rules: what is needed, open and applied."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from chipcalc.check.day import Ruleset, ShipmentRules
from chipcalc.check.ways import Basis
from chipcalc.check.what_if import Supposed, suppose
from chipcalc.deciding.outcome import Choices
from chipcalc.figures.evaluate import Evaluator
from chipcalc.licence.licence import Licence, is_enforced, is_printed, licence, shipment, worldwide
from chipcalc.licence.questions import Aspect
from chipcalc.places.on_day import Membership
from chipcalc.rules.case import Consequence, Judgement, Unasked
from chipcalc.rules.rule import Version
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict

D = datetime.date
DAY = D(2024, 1, 1)
RULE = """\
id: {name}
paragraph: {name}
title: Made up
kind: {kind}
{more}verified: 2026-01-01
sources:
  gazette: {{title: G, publisher: A, url: https://atlantis.example/3, accessed: 2026-01-02}}
versions:
  - in_force: 2020-01-01
    {dates}source: gazette
    at: art 1
    confidence: {confidence}
{body}"""
STRANGERS = "    any: [{cite: art 1, all: {destination: X:2}}]\n"
REQUIREMENT = "licence requirement"
EXCEPTION = "licence exception"
REVIEW = "review policy"


class Regime:
    """Rules that a test writes, one after the other."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.paths: list[Path] = []

    def rule(
        self, name: str, kind: str, body: str, *, dates: str = "", more: str = "",
        confidence: str = "text",
    ) -> Regime:  # fmt: skip
        """Write one more rule."""
        path = self.folder / f"{name}.yaml"
        dates, more = (f"{each}\n" if each else "" for each in (dates, more))
        dates = dates and f"{dates.rstrip()}\n    "
        text = RULE.format(
            name=name, kind=kind, body=body, dates=dates, more=more, confidence=confidence
        )
        path.write_text(text, encoding="utf-8")
        self.paths.append(path)
        return self

    def day(self, day: D = DAY) -> ShipmentRules:
        """Return the rules of a day, those that ask about shipments included."""
        return ShipmentRules(Rulebook(self.store, self.paths), day)

    def ship(self, chip: str = "a10", day: D = DAY, **facts: str) -> Licence:
        """Return a shipment of a chip under some facts."""
        sheet = self.store.sheet(chip)
        item = suppose(sheet, facts, self.store.vocabulary)
        return licence(self.day(day), item.evaluator, item.circumstances)


@pytest.fixture
def regime(tmp_path: Path, store: Store) -> Regime:
    """Return an empty regime."""
    return Regime(tmp_path, store)


# Printed and enforced.


def version(**keys: object) -> Version:
    """Return a version of a rule."""
    given: Mapping[str, object] = {
        "in_force": "2020-01-01", "confidence": "unverified", "note": "made up", "all": {}, **keys
    }  # fmt: skip
    return Version.model_validate(given)


@pytest.mark.parametrize(
    ("standing", "printed", "enforced"),
    [
        ("in force", True, True),
        ("not enforced", True, False),
        ("applied in practice", False, True),
        ("reported", False, False),
    ],
)
def test_what_is_printed_and_what_is_enforced_are_two_things(
    standing: str, *, printed: bool, enforced: bool
) -> None:
    text = version(standing=standing)
    assert (is_printed(text), is_enforced(text, DAY)) == (printed, enforced)


def test_a_text_is_enforced_from_the_day_of_compliance_on() -> None:
    text = version(compliance="2024-01-02")
    assert is_printed(text)
    assert [is_enforced(text, D(2024, 1, n)) for n in (1, 2, 3)] == [False, True, True]


def test_a_licence_can_be_printed_and_not_enforced_and_the_other_way_round(regime: Regime) -> None:
    regime.rule("worldwide", REQUIREMENT, STRANGERS, dates="standing: not enforced")
    found = regime.ship(destination="BR")
    assert (found.printed.verdict, found.enforced.verdict) == (Verdict.met, Verdict.not_met)
    regime.rule("usual", REQUIREMENT, STRANGERS, dates="standing: applied in practice")
    found = regime.ship(destination="BR")
    assert (found.printed.verdict, found.enforced.verdict) == (Verdict.met, Verdict.met)
    assert regime.ship(destination="FR").needed is Verdict.not_met


def test_where_no_rule_asks_for_licences_it_is_not_known_whether_one_is_needed(
    regime: Regime,
) -> None:
    found = regime.ship(destination="BR")
    assert [each.judgement for each in found.answer] == [
        Judgement(Verdict.unknown, unasked=Unasked.no_rule)
    ] * 4  # fmt: skip
    assert with_need(regime).ship(day=D(2019, 12, 31), destination="BR").enforced == found.enforced


def test_an_answer_that_rests_on_unsure_texts_alone_says_so(regime: Regime) -> None:
    regime.rule("needed", REQUIREMENT, STRANGERS, confidence="inferred")
    found = regime.ship(destination="BR")
    assert (found.enforced.verdict, found.enforced.unsure) == (Verdict.met, "inferred")
    regime.rule("sure", REQUIREMENT, STRANGERS)
    assert regime.ship(destination="BR").enforced == Aspect(Judgement(Verdict.met))
    policy(regime, "r1", 1, "denial", confidence="secondary")
    follows = regime.ship(destination="BR").review.judgement.follows
    assert follows == (Consequence("denial", unsure="secondary"),)
    policy(regime, "r2", 1, "approval")
    follows = regime.ship(destination="BR").review.judgement.follows
    assert follows == (Consequence("approval"), Consequence("denial", unsure="secondary"))


# Rules about shipments, and rules about items that ask something of a shipment.


def test_a_check_of_an_item_asks_no_rule_about_shipments_unless_it_is_named(
    regime: Regime,
) -> None:
    regime.rule("needed", REQUIREMENT, STRANGERS)
    rulebook = Rulebook(regime.store, regime.paths)
    evaluator = Evaluator(regime.store.sheet("a10"), regime.store.vocabulary)
    usual = Ruleset(rulebook, DAY).check(evaluator)
    assert "needed" not in [each.provision.id for each in usual.findings]
    (named,) = Ruleset(rulebook, DAY, ["needed"]).check(evaluator, {"destination": "BR"}).findings
    assert named.verdict is Verdict.met


def test_rules_that_are_asked_of_items_answer_nothing_about_shipments(regime: Regime) -> None:
    """What they leave out, the requirements among it, would otherwise count as not met."""
    with_need(regime)
    rules = Ruleset(Rulebook(regime.store, regime.paths), DAY)
    item = suppose(regime.store.sheet("a10"), {}, regime.store.vocabulary)
    of_items = cast(ShipmentRules, rules)
    for ask in (
        lambda: licence(of_items, item.evaluator, {"destination": "BR"}),
        lambda: shipment(of_items, item, "BR"),
        lambda: worldwide(of_items, [item]),
    ):
        with pytest.raises(TypeError, match="say nothing of a shipment"):
            ask()
    assert regime.ship(destination="BR").enforced.verdict is Verdict.met


def test_a_rule_that_rests_on_one_about_shipments_is_about_shipments(regime: Regime) -> None:
    regime.rule("strangers", "definition", STRANGERS)
    regime.rule("needed", REQUIREMENT, "    any: [{all: {rule: strangers}}]\n")
    rulebook = Rulebook(regime.store, regime.paths)
    assert rulebook.about_shipments == {"strangers", "needed"}
    assert not {"strangers", "needed"} & set(rulebook.of_items())
    assert regime.ship(destination="BR").enforced.verdict is Verdict.met


def test_a_definition_is_asked_by_no_check_even_where_it_is_about_items(regime: Regime) -> None:
    regime.rule("fast", "definition", "    any: [{all: {market: datacenter}}]\n")
    assert "fast" not in Rulebook(regime.store, regime.paths).of_items()


def test_what_an_item_rule_asks_of_a_shipment_counts_for_shipments_only(regime: Regime) -> None:
    body = (
        "    any: [{cite: art 1, all: {market: datacenter}}]\n"
        "    shipment: {all: {destination: X:2}}\n"
    )
    regime.rule("needed", REQUIREMENT, body)
    evaluator = Evaluator(regime.store.sheet("a10"), regime.store.vocabulary)
    checked = Ruleset(Rulebook(regime.store, regime.paths), DAY).check(evaluator)
    (of_item,) = [each for each in checked.findings if each.provision.id == "needed"]
    assert of_item.verdict is Verdict.met
    assert regime.ship(destination="BR").enforced.verdict is Verdict.met
    assert regime.ship(destination="FR").enforced.verdict is Verdict.not_met
    assert regime.ship().enforced.verdict is Verdict.unknown


# Exceptions.


def with_need(regime: Regime) -> Regime:
    """Return a regime in which strangers need a licence."""
    return regime.rule("needed", REQUIREMENT, STRANGERS)


def test_every_exception_that_is_open_is_named_with_what_it_asks(regime: Regime) -> None:
    with_need(regime)
    regime.rule("e1", EXCEPTION, "    any: [{then: by letter, all: {destination: X:2}}]\n")
    regime.rule("e2", EXCEPTION, "    any: [{all: {transaction: export}}]\n")
    found = regime.ship(destination="BR", transaction="export").exceptions
    assert found.judgement == Judgement(
        Verdict.met, follows=(Consequence("by letter", "e1"), Consequence(by="e2"))
    )
    found = regime.ship(destination="BR", transaction="transit").exceptions
    assert found.judgement == Judgement(Verdict.met, follows=(Consequence("by letter", "e1"),))


def test_an_exception_that_is_not_enforced_opens_nothing(regime: Regime) -> None:
    with_need(regime)
    regime.rule("e1", EXCEPTION, STRANGERS, dates="standing: not enforced")
    found = regime.ship(destination="BR")
    assert found.exceptions.verdict is Verdict.not_met
    assert [each.verdict for each in found.of("licence exception")] == [Verdict.met]


def test_where_no_licence_is_needed_there_is_nothing_to_except_or_review(regime: Regime) -> None:
    with_need(regime)
    regime.rule("e1", EXCEPTION, "    any: [{all: {transaction: export}}]\n")
    found = regime.ship(destination="FR", transaction="export")
    assert found.exceptions.judgement == Judgement(Verdict.not_met, unasked=Unasked.no_need)
    assert found.review.judgement == Judgement(Verdict.not_met, unasked=Unasked.no_need)


# Review policies.


def policy(
    regime: Regime, name: str, precedence: int, then: str, where: str = "{}",
    confidence: str = "text",
) -> None:  # fmt: skip
    """Add a review policy with one limb."""
    criteria = "{destination: X:2}" if where == "{}" else where
    body = f"    any: [{{then: {then}, all: {criteria}}}]\n"
    regime.rule(name, REVIEW, body, more=f"precedence: {precedence}", confidence=confidence)


def test_the_policy_of_the_smallest_precedence_that_is_met_names_the_review(
    regime: Regime,
) -> None:
    with_need(regime)
    policy(regime, "r2", 2, "denial")
    policy(regime, "r1", 1, "approval", "{transaction: export}")
    assert regime.ship(destination="BR", transaction="export").review.judgement == Judgement(
        Verdict.met, follows=(Consequence("approval"),)
    )
    assert regime.ship(destination="BR", transaction="transit").review.judgement == Judgement(
        Verdict.met, follows=(Consequence("denial"),)
    )


def test_policies_of_one_precedence_that_differ_are_both_given_and_neither_is_chosen(
    regime: Regime,
) -> None:
    with_need(regime)
    policy(regime, "r1", 1, "denial")
    policy(regime, "r2", 1, "approval")
    found = regime.ship(destination="BR").review
    assert found.verdict is Verdict.unknown
    assert {each.then for each in found.judgement.follows} == {"denial", "approval"}
    assert found.deciding is None


def test_policies_of_one_precedence_that_agree_are_one(regime: Regime) -> None:
    with_need(regime)
    policy(regime, "r1", 1, "denial")
    policy(regime, "r2", 1, "denial")
    assert regime.ship(destination="BR").review.judgement == Judgement(
        Verdict.met, follows=(Consequence("denial"),)
    )


def test_a_limb_that_may_be_met_keeps_the_next_one_from_saying_what_follows(
    regime: Regime,
) -> None:
    """A presumption of denial for the rest is not known before the first limb is."""
    with_need(regime)
    limbs = (
        "{then: case by case, all: {transaction: export}}, {then: denial, all: {destination: X:2}}"
    )
    regime.rule("r1", REVIEW, f"    any: [{limbs}]\n", more="precedence: 1")
    found = regime.ship(destination="BR").review
    assert found.verdict is Verdict.unknown
    assert found.deciding is not None
    answers = {w.values: o.judgement.follows for o in found.deciding.outcomes for w in o.where
               if isinstance(w, Choices)}  # fmt: skip
    assert answers == {
        ("export",): (Consequence("case by case"),),
        ("transit",): (Consequence("denial"),),
    }


def test_a_licence_without_a_policy_has_no_review(regime: Regime) -> None:
    assert with_need(regime).ship(destination="BR").review.judgement == Judgement(Verdict.not_met)


# What is not known.


def test_a_missing_fact_that_matters_makes_the_answer_open_with_each_of_its_values(
    regime: Regime,
) -> None:
    found = with_need(regime).ship().enforced
    assert found.verdict is Verdict.unknown
    assert found.deciding is not None
    assert found.deciding.circumstances == ("destination",)
    answers: dict[str, Verdict] = {}
    for outcome in found.deciding.outcomes:
        (words,) = outcome.where
        assert isinstance(words, Choices)
        answers |= dict.fromkeys(words.values, outcome.judgement.verdict)
    assert answers["BR"] is answers["PE"] is Verdict.met
    assert answers["FR"] is answers["US"] is Verdict.not_met
    assert len(answers) > 200


def test_a_missing_fact_that_makes_no_difference_is_not_asked_for(regime: Regime) -> None:
    with_need(regime)
    both = "{all: {transaction: export}}, {all: {transaction: transit}}"
    regime.rule("also", REQUIREMENT, f"    any: [{both}]\n")
    found = regime.ship(destination="FR").enforced
    assert (found.verdict, found.deciding) == (Verdict.met, None)


def test_a_country_whose_group_is_not_sure_on_the_day_leaves_the_answer_open(
    regime: Regime,
) -> None:
    """Peru joined on some day of February or March 2023; both answers are named."""
    views = with_need(regime).ship(day=D(2023, 2, 1), destination="PE").enforced.views
    assert {(each.places, each.way): each.judgement.verdict for each in views} == {
        ((Membership("PE", "X:2", belongs=True),), None): Verdict.met,
        ((Membership("PE", "X:2", belongs=False),), None): Verdict.not_met,
    }
    regime.paths.clear()
    with_need(regime)
    verdicts = [
        regime.ship(day=day, destination="PE").enforced.verdict
        for day in (D(2023, 1, 31), D(2023, 2, 1), D(2023, 3, 31), D(2023, 4, 1))
    ]
    assert verdicts == [Verdict.not_met, Verdict.unknown, Verdict.unknown, Verdict.met]


def test_an_overseas_department_is_shipped_to_like_its_country(regime: Regime) -> None:
    regime.rule("friends", REQUIREMENT, "    any: [{all: {destination: FR}}]\n")
    for country in ("FR", "GF"):
        assert regime.ship(destination=country).enforced.verdict is Verdict.met


def test_a_declared_figure_on_the_other_side_of_a_line_leaves_the_answer_open(
    regime: Regime,
) -> None:
    """The data sheet gives 2,000 × 8 = 16,000, the vendor declares 16,100."""
    body = "    any: [{{all: {{destination: X:2, tpp: {{at_least: {limit} TOPS*bit}}}}}}]\n"
    regime.rule("needed", REQUIREMENT, body.format(limit=16050))
    found = regime.ship("b100-sxm", destination="BR").enforced
    assert found.verdict is Verdict.unknown
    views = {(each.places, each.way): each.judgement.verdict for each in found.views}
    assert views == {
        ((), Basis.computed): Verdict.not_met,
        ((), Basis.declared): Verdict.met,
    }
    regime.rule("needed", REQUIREMENT, body.format(limit=16000)).paths.pop()
    found = regime.ship("b100-sxm", destination="BR").enforced
    assert (found.verdict, found.views) == (Verdict.met, ())


# The world.


def test_the_world_falls_into_regions_that_need_a_licence_first(regime: Regime) -> None:
    with_need(regime)
    policy(regime, "r1", 1, "denial", "{destination: BR}")
    item = Supposed(Evaluator(regime.store.sheet("a10"), regime.store.vocabulary))
    (found,) = worldwide(regime.day(), [item])
    assert [each.countries for each in found[:2]] == [("BR",), ("CL", "PE")]
    assert sum(len(each.countries) for each in found) == len(regime.day().places.all)
    assert found[-1].licence.enforced.verdict is Verdict.not_met


def test_several_chips_share_their_regions(regime: Regime) -> None:
    regime.rule("needed", REQUIREMENT, "    any: [{all: {destination: X:2, rule: atl-fast}}]\n")
    regime.rule("atl-fast", "definition", "    any: [{all: {chip: [a10]}}]\n")
    sheets = [regime.store.sheet(each) for each in ("a10", "a20")]
    items = [Supposed(Evaluator(each, regime.store.vocabulary)) for each in sheets]
    first, second = worldwide(regime.day(), items)
    assert [each.countries for each in first] == [each.countries for each in second]
    assert [each.licence.enforced.verdict for each in first] == [Verdict.met, Verdict.not_met]
    assert {each.licence.enforced.verdict for each in second} == {Verdict.not_met}


def test_one_shipment_is_to_one_country(regime: Regime) -> None:
    with_need(regime)
    item = Supposed(Evaluator(regime.store.sheet("a10"), regime.store.vocabulary))
    found = shipment(regime.day(), item, "BR")
    assert (found.countries, found.licence.enforced.verdict) == (("BR",), Verdict.met)
