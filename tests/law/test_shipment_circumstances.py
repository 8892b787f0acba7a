"""What holds for a shipment: named in words, given by a user, and read by rules about places."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import files
from chipcalc.check.what_if import amount, blank, suppose
from chipcalc.cli import completion
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, key
from chipcalc.places import countries
from chipcalc.places.load import load
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Case
from chipcalc.rules.circumstances import spelled
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Criterion,
    Named,
    RuleMet,
    Unless,
    Unpublished,
    fold,
)
from chipcalc.rules.provision import Provision
from chipcalc.rules.reader import from_data
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict, negated
from chipcalc.values.units import quantity
from chipcalc.words import labels
from shared import RULEBOOK, STORE

D = datetime.date
DAY = D(2024, 1, 1)
MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
MARKETS = ("datacenter", "consumer", "workstation", "automotive", "edge")
RULE = """\
id: {name}
paragraph: {paragraph}
title: Shipments
kind: licence requirement
verified: 2026-01-01
versions:
  - in_force: 2022-06-01
    confidence: unverified
    note: made up
    all: {{{criteria}}}
    examples:
      - {{given: {{tpp: 9}}, expect: unknown}}
"""


def refusal(name: str, value: str, store: Store) -> tuple[str, str]:
    """Return fault and hint of a circumstance that is refused."""
    with pytest.raises(ChipcalcError) as caught:
        spelled(name, value, store.vocabulary)
    (problem,) = caught.value.problems
    return problem.what, problem.hint


# Words.


@pytest.mark.parametrize(
    ("value", "words"),
    [("FR", "France"), ("NO", "Norway"), ("MO", "Macau"), ("X:1", "X:1"), ("ZZ", "ZZ")],
)
def test_a_place_is_a_country_by_name_or_a_group_by_its_own(value: str, words: str) -> None:
    assert labels.place(value) == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("destination", "BR", "Brazil"),
        ("destination", "X:2", "X:2"),
        ("headquarters", "CN", "China"),
        ("transaction", "transit", "transit"),
        ("market", "edge", "edge devices"),
        ("item", "ic", "integrated circuit"),
    ],
)
def test_a_value_of_a_circumstance_is_said_as_people_call_it(
    name: str, value: str, words: str, store: Store
) -> None:
    assert labels.said(name, value, store.vocabulary) == words


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("destination", ("BR",), "Brazil"),
        ("destination", ("BR", "CN"), "Brazil or China"),
        ("destination", ("X:1",), "in X:1"),
        ("destination", ("X:1", "X:2", "MO"), "in X:1, X:2 or Macau"),
        ("destination", ("MO", "X:1"), "in Macau or X:1"),
        ("transaction", ("export", "transit"), "export or transit"),
        ("market", ("edge",), "edge devices"),
    ],
)
def test_one_is_in_a_group_but_a_country_stands_by_itself(
    name: str, values: tuple[str, ...], words: str, store: Store
) -> None:
    assert labels.alternatives(name, values, store.vocabulary) == words


@pytest.mark.parametrize(
    ("name", "values", "negated_", "words"),
    [
        ("destination", ("BR",), False, "destination is Brazil"),
        ("destination", ("BR",), True, "destination is not Brazil"),
        ("destination", ("X:1", "MO"), False, "destination is in X:1 or Macau"),
        ("destination", ("X:1", "MO"), True, "destination is not in X:1 or Macau"),
        ("headquarters", ("CN", "MO"), True, "buyer's headquarters is not China or Macau"),
        ("transaction", ("export",), False, "transaction is export"),
        ("market", ("edge",), True, "not designed or marketed for edge devices"),
    ],
)
def test_a_place_reads_as_a_fact(
    name: str, values: tuple[str, ...], words: str, store: Store, *, negated_: bool
) -> None:
    assert labels.circumstance(name, values, store.vocabulary, negated=negated_) == words


# Completion: what is read from the files without YAML is what is in them.


def test_the_names_that_complete_a_group_are_those_of_the_files(store: Store) -> None:
    for each in (store, STORE):
        expected = [group.id for book in load(each.folders) for group in book.groups]
        assert completion.group_names(each.folders) == expected
        assert expected


def test_without_quotes_a_group_completes_as_well(specs: Path) -> None:
    path = specs / "groups" / "atlantis.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id: "X:2"', "id: Strangers (a)"), encoding="utf-8")
    assert completion.group_names((specs,)) == ["X:1", "Strangers (a)"]


def test_the_groups_of_a_regime_are_those_of_the_first_folder(specs: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "groups").mkdir(parents=True)
    (own / "groups" / "atlantis.yaml").write_text('groups:\n  - id: "Y:1"\n', encoding="utf-8")
    mine, theirs = (each / "groups" / "atlantis.yaml" for each in (own, specs))
    assert files.by_id((own, specs), files.GROUPS) == {"atlantis": mine}
    assert files.by_id((specs, own), files.GROUPS) == {"atlantis": theirs}
    assert completion.group_names((own, specs)) == ["Y:1"]
    assert files.by_id((), files.GROUPS) == {}


def test_only_files_of_groups_are_groups(specs: Path) -> None:
    (specs / "groups" / "readme.txt").write_text("none", encoding="utf-8")
    (specs / "groups" / "more").mkdir()
    assert list(files.by_id((specs,), files.GROUPS)) == ["atlantis"]


def test_the_rules_that_set_a_limit_are_those_with_a_budget() -> None:
    provisions = RULEBOOK.provisions
    expected = {
        name for name, found in provisions.items() if any(each.version.budget for each in found)
    }
    assert set(completion.budget_rules(STORE.folders)) == expected
    assert expected


def test_where_no_rule_sets_a_limit_there_is_none_to_complete(store: Store) -> None:
    assert completion.budget_rules(store.folders) == []


def test_the_values_that_complete_a_circumstance_are_those_of_the_vocabulary() -> None:
    """A hyphen belongs to the value; a place has no list of values."""
    known = STORE.vocabulary.circumstances
    for name, definition in known.items():
        assert completion.circumstance_values(name) == list(definition.values)
    assert any("-" in value for each in known.values() for value in each.values)
    assert [e for e, found in known.items() if found.places and found.values] == []


def test_the_options_of_the_command_line_are_those_that_the_vocabulary_names() -> None:
    """Start-up reads them without YAML, and must read the same."""
    named = [
        (name, value, option.flag, option.help, definition.places, definition.shipment)
        for name, definition in STORE.vocabulary.circumstances.items()
        for value, option in [
            ("", definition.option),
            *((each, found.option) for each, found in definition.values.items()),
        ]
        if option
    ]
    assert list(completion.circumstance_options()) == named
    flags = [flag for _, _, flag, *_ in named]
    assert {"--market", "--hq", "--in-country"} <= set(flags)
    assert len(set(flags)) == len(flags)


def test_a_circumstance_that_there_is_not_completes_to_nothing() -> None:
    assert completion.circumstance_values("weather") == []


# What a user gives.


@pytest.mark.parametrize("name", ["destination", "headquarters"])
@pytest.mark.parametrize(
    ("typed", "code"),
    [("BR", "BR"), ("br", "BR"), ("BRA", "BR"), ("Brazil", "BR"), ("no", "NO"), ("UAE", "AE")],
)
def test_a_country_may_be_given_by_any_of_its_names(
    name: str, typed: str, code: str, store: Store
) -> None:
    assert spelled(name, typed, store.vocabulary) == code
    item = suppose(blank(store.vocabulary), {name: typed}, store.vocabulary)
    assert item.circumstances == {name: code}


@given(st.sampled_from(countries.codes()))
def test_every_country_is_a_destination(store: Store, code: str) -> None:
    for spelling in (code, countries.name(code), countries.name(code).upper()):
        assert spelled("destination", spelling, store.vocabulary) == code


@pytest.mark.parametrize(
    ("typed", "what", "hint"),
    [
        ("Congo", "'Congo' may be", "write CD or CG"),
        ("Brasilien-Ost", "no country 'Brasilien-Ost'", ""),
        ("Brazl", "no country 'Brazl'", "did you mean 'Brazil'"),
        ("X:1", "no country 'X:1'", ""),
        ("export", "no country 'export'", ""),
    ],
)
def test_a_place_that_is_no_single_country_is_refused(
    typed: str, what: str, hint: str, store: Store
) -> None:
    """A shipment goes to a country; a group is what a rule names."""
    found = refusal("destination", typed, store)
    assert what in found[0]
    assert hint in found[1]
    assert found[1]


def test_other_circumstances_take_their_own_words_only(store: Store) -> None:
    assert spelled("transaction", " Transit ", store.vocabulary) == "transit"
    what, hint = refusal("transaction", "Brazil", store)
    assert (what, hint) == ("no transaction 'Brazil'", "known are export, transit")


@pytest.mark.parametrize(
    ("metric", "typed", "expected"),
    [
        ("tpp", "4800", "4800 TOPS*bit"),
        ("tpp", "4800 TOPS*bit", "4800 TOPS*bit"),
        ("memory_bandwidth", "2 TB/s", "2 TB/s"),
        ("price", "5000 CNY", "5000 CNY"),
        ("price", "0 USD", "0 USD"),
    ],
)
def test_an_amount_is_read_as_the_metric_is_measured(
    metric: str, typed: str, expected: str, store: Store
) -> None:
    found, right = amount(metric, typed, store.vocabulary), quantity(expected)
    assert found.amount == right.amount
    assert found.unit == right.unit


@pytest.mark.parametrize(
    ("metric", "typed", "what"),
    [
        ("tpp", "4800 GB/s", "tpp is measured in"),
        ("memory_bandwidth", "2", "memory_bandwidth"),
        ("tpp", "-1", "tpp: a negative amount makes no sense here"),
        ("memory_bandwidth", "much", "memory_bandwidth"),
        ("speed", "1 GB/s", "speed"),
    ],
)
def test_an_amount_that_does_not_fit_is_refused_with_a_next_step(
    metric: str, typed: str, what: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError) as caught:
        amount(metric, typed, store.vocabulary)
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.hint


# Rules about places.


def case(
    store: Store, given_: Mapping[str, str], day: datetime.date = DAY, chip: str = "a10"
) -> Case:
    """Return a chip under the made-up rules and among the made-up groups of a day."""
    provisions = {each.id: each for each in Rulebook(store).on(day)}
    evaluator = Evaluator(store.sheet(chip), store.vocabulary)
    return Case(evaluator, provisions, given_, Places(load(store.folders), day))


def verdict(
    store: Store, data: Mapping[str, Any], given_: Mapping[str, str], day: str = "2024-01-01"
) -> Verdict:
    """Return what criteria come to."""
    criterion = from_data({"all": dict(data)}, (), {})
    return fold(criterion, case(store, given_, D.fromisoformat(day))).verdict


@pytest.mark.parametrize(
    ("asked", "given_", "expected"),
    [
        ("BR", "BR", MET),
        ("BR", "CN", NOT_MET),
        ("X:1", "FR", MET),
        ("X:1", "GF", MET),
        ("X:1", "BR", NOT_MET),
        (["X:1", "BR"], "BR", MET),
        ({"not": "X:1"}, "FR", NOT_MET),
        ({"not": "X:1"}, "GF", NOT_MET),
        ({"not": "X:1"}, "BR", MET),
        ({"not": ["X:1", "X:2"]}, "CN", MET),
        ("X:1", "", UNKNOWN),
        ({"not": "X:1"}, "", UNKNOWN),
    ],
)
def test_a_rule_names_countries_and_groups_of_them(
    asked: object, given_: str, expected: Verdict, store: Store
) -> None:
    place = {"destination": given_} if given_ else {}
    assert verdict(store, {"destination": asked}, place) is expected


@pytest.mark.parametrize(
    ("country", "asked", "day", "expected"),
    [
        ("PL", "X:1", "2020-12-31", NOT_MET),
        ("PL", "X:1", "2021-01-01", MET),
        ("PL", "X:1", "2024-07-01", NOT_MET),
        ("PE", "X:2", "2023-01-31", NOT_MET),
        ("PE", "X:2", "2023-02-01", UNKNOWN),
        ("PE", "X:2", "2023-04-01", MET),
        ("FR", "X:1", "2019-12-31", UNKNOWN),
    ],
)
def test_a_group_is_that_of_the_day_and_may_be_open(
    country: str, asked: str, day: str, expected: Verdict, store: Store
) -> None:
    place = {"destination": country}
    assert verdict(store, {"destination": asked}, place, day) is expected
    assert verdict(store, {"destination": {"not": asked}}, place, day) is negated(expected)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("destination", "FR", MET),
        ("destination", "BR", NOT_MET),
        ("transaction", "X:1", NOT_MET),
        ("market", "FR", NOT_MET),
        ("market", "X:1", MET),
    ],
)
def test_among_the_values_is_a_place_by_its_groups_and_any_other_by_its_word(
    name: str, value: str, expected: Verdict, store: Store
) -> None:
    node = CircumstanceIs(name, ("X:1",) if name != "transaction" else ("FR",))
    assert case(store, {}).among(node, value) is expected


def test_destination_and_headquarters_are_asked_apart(store: Store) -> None:
    given_ = {"destination": "FR", "headquarters": "BR"}
    assert verdict(store, {"destination": "X:1", "headquarters": "X:2"}, given_) is MET
    assert verdict(store, {"destination": "X:2"}, given_) is NOT_MET


# What follows.

YES, NO, OPEN = Named(("a10",)), Named(("z1",)), Unpublished("limits")


def limb(then: str, *parts: Criterion) -> Combined:
    """Return a limb from which something follows."""
    return Combined("all", parts, cite=f"({then})", then=then)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Combined("any", (limb("a", YES), limb("b", YES))), (MET, "a")),
        (Combined("any", (limb("a", NO), limb("b", YES))), (MET, "b")),
        (Combined("any", (limb("a", OPEN), limb("b", YES))), (UNKNOWN, "")),
        (Combined("any", (limb("a", YES), limb("b", OPEN))), (MET, "a")),
        (Combined("any", (limb("a", NO), limb("b", OPEN))), (UNKNOWN, "")),
        (Combined("any", (limb("a", NO), limb("b", NO))), (NOT_MET, "")),
        (Combined("any", (limb("a", NO), YES)), (MET, "")),
        (Combined("all", (YES, Combined("any", (limb("a", NO), limb("b", YES))))), (MET, "b")),
        (Combined("all", (NO, Combined("any", (limb("a", YES),)))), (NOT_MET, "")),
        (Combined("all", (OPEN, Combined("any", (limb("a", YES),)))), (UNKNOWN, "")),
        (Unless(Combined("any", (limb("a", YES),)), (NO,)), (MET, "a")),
        (Unless(Combined("any", (limb("a", YES),)), (YES,)), (NOT_MET, "")),
        (Unless(Combined("any", (YES,)), (limb("a", NO),)), (MET, "")),
        (limb("a", limb("b", YES)), (MET, "a")),
        (YES, (MET, "")),
    ],
)
def test_what_follows_is_told_by_the_first_limb_that_is_met(
    tree: Criterion, expected: tuple[Verdict, str], store: Store
) -> None:
    """Where a limb before it may be met, nobody knows which one is the first."""
    assert fold(tree, case(store, {})).consequence() == expected


def test_what_follows_from_another_rule_does_not_follow_from_this_one(
    specs: Path,
) -> None:
    criteria = "destination: FR}\n    any:\n      - {then: refused, all: {destination: FR}"
    own = written(specs, "own", criteria)
    (provision,) = own.provisions["own"]
    line = case_of(own, {"destination": "FR"}).read(provision)
    assert line.consequence() == (MET, "refused")
    referring = fold(RuleMet(("own",)), case_of(own, {"destination": "FR"}))
    assert referring.consequence() == (MET, "")
    assert list(referring.limbs()) == []


def test_limbs_that_may_be_met_are_told_in_the_order_of_the_text(store: Store) -> None:
    inside = Unless(Combined("any", (limb("a", YES),)), (limb("x", NO),))
    tree = Combined("any", (limb("b", NO), inside, limb("c", YES)))
    found = list(fold(tree, case(store, {})).limbs())
    assert [(line.verdict, then) for line, then in found] == [(MET, "a"), (MET, "c")]


def test_a_limb_within_what_is_not_met_says_nothing_of_what_follows(store: Store) -> None:
    failed = Combined("all", (Combined("any", (limb("a", YES),)), NO))
    line = fold(Combined("any", (failed, limb("b", YES))), case(store, {}))
    assert line.consequence() == (MET, "b")


# Supposing circumstances.


def written(specs: Path, name: str, criteria: str) -> Rulebook:
    """Return the made-up rules and one more."""
    path = specs / "rules" / "atlantis" / f"{name}.yaml"
    text = RULE.format(name=name, paragraph=name.upper(), criteria=criteria)
    path.write_text(text, encoding="utf-8")
    return Rulebook(Store((specs,)))


def case_of(rulebook: Rulebook, given_: Mapping[str, str], chip: str = "a10") -> Case:
    """Return a chip under the rules of a day."""
    store = rulebook.store
    evaluator = Evaluator(store.sheet(chip), store.vocabulary)
    return Case(evaluator, texts(rulebook), given_, Places(load(store.folders), DAY))


def shipping(folder: Path) -> Rulebook:
    """Return the made-up rules, and two about shipments, one of which rests on the other."""
    limbs = (
        "{cite: S.1, all: {transaction: export}}",
        "{cite: S.2, all: {headquarters: X:2}",  # the template closes it
    )
    criteria = "rule: atl-1, destination: [X:1, BR]}\n    any:\n      - " + "\n      - ".join(limbs)
    written(folder, "ship", criteria)
    return written(folder, "follow", "rule: ship, tpp: {at_least: 1 TOPS*bit}")


@pytest.fixture
def rules(specs: Path) -> Rulebook:
    """Return the rules of the day with two about shipments."""
    return shipping(specs)


def texts(rulebook: Rulebook) -> dict[str, Provision]:
    """Return the rules of the day, by id."""
    return {each.id: each for each in rulebook.on(DAY)}


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ({"destination": "CN"}, {"ship", "follow"}),
        ({"transaction": "transit"}, {"ship", "follow"}),
        ({"headquarters": "BR"}, {"ship", "follow"}),
        ({"market": "edge"}, {"atl-1", "atl-2", "atl-9", "atl-board", "ship", "follow"}),
        ({"destination": "FR", "market": "datacenter"}, set()),
        ({"memory_kind": "other"}, set()),
        ({}, set()),
    ],
)
def test_only_what_asks_for_a_changed_circumstance_is_read_again(
    changed: dict[str, str], again: set[str], rules: Rulebook
) -> None:
    """The market of the A10 is the data center already; ATL.9 and ATL.B rest on ATL.1 and ATL.2."""
    first = case_of(rules, {"destination": "FR"})
    second = first.supposing({}, changed)
    found = {
        name for name, text in texts(rules).items() if second.read(text) is not first.read(text)
    }
    assert found == again


shipments = st.fixed_dictionaries(
    {},
    optional={
        "destination": st.sampled_from(["FR", "GF", "BR", "PE", "CN"]),
        "headquarters": st.sampled_from(["BR", "CN"]),
        "transaction": st.sampled_from(["export", "transit"]),
        "market": st.sampled_from(MARKETS),
    },
)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Rulebook:
    """Return the same rules for tests that try many shipments."""
    folder = Path(copytree(store.folders[0], tmp_path_factory.mktemp("rules") / "specs"))
    return shipping(folder)


@given(st.sampled_from(["a10", "a20", "b100-pcie", "z1"]), st.lists(shipments, max_size=4))
def test_a_case_that_was_supposed_reads_like_one_that_was_made_so(
    shared: Rulebook, chip: str, steps: list[dict[str, str]]
) -> None:
    """Whatever was read before, and however many circumstances were supposed on the way."""
    known: dict[str, str] = {}
    found = case_of(shared, known, chip)
    for step in ({}, *steps):
        known |= step
        found = found.supposing({}, step)
        fresh = case_of(shared, known, chip)
        for text in texts(shared).values():
            one, other = found.read(text), fresh.read(text)
            assert (one.verdict, one.cites()) == (other.verdict, other.cites())


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({"destination": "FR", "transaction": "export"}, MET),
        ({"destination": "GF", "headquarters": "CL"}, MET),
        ({"destination": "CN", "transaction": "export"}, NOT_MET),
        ({"destination": "FR", "transaction": "transit", "headquarters": "CN"}, NOT_MET),
        ({"destination": "FR", "transaction": "transit"}, UNKNOWN),
        ({"transaction": "export"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_rule_about_shipments_is_open_where_the_shipment_is(
    given_: dict[str, str], expected: Verdict, rules: Rulebook
) -> None:
    """The A10 meets ATL.1: 3,200 TOPS·bit."""
    found = case_of(rules, {}).supposing({}, given_)
    assert {found.read(texts(rules)[name]).verdict for name in ("ship", "follow")} == {expected}


def test_to_suppose_a_figure_reads_every_rule_anew(rules: Rulebook) -> None:
    """2,999 is below ATL.1.a, and 2,999 / 800 mm² below the 4 of ATL.1.b."""
    first = case_of(rules, {"destination": "FR"})
    figure = Figure(quantity("2999 TOPS*bit"), "TPP", "given")
    second = first.supposing({key("tpp"): figure}, {"destination": "BR"})
    text = texts(rules)["atl-1"]
    assert [first.read(text).verdict, second.read(text).verdict] == [MET, NOT_MET]
    third = second.supposing({}, {"destination": "CN"})
    assert third.read(text) is second.read(text)
    assert third.read(text).verdict is NOT_MET


def test_to_suppose_a_place_keeps_the_other_circumstances_and_the_groups(rules: Rulebook) -> None:
    first = case_of(rules, {"transaction": "export"})
    second = first.supposing({}, {"destination": "FR"})
    assert (second.said("transaction"), second.said("destination")) == ("export", "FR")
    assert first.said("destination") == ""
    assert second.places is first.places
