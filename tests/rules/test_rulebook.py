"""The rules of spec folders and of the user: found, checked on loading, and chosen by a day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from itertools import count, pairwise
from pathlib import Path
from shutil import copy
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.figures.evaluate import Evaluator
from chipcalc.rules.case import Case
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unpublished,
    leaves,
)
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Rule, Version
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from chipcalc.values.units import quantity
from chipcalc.vocabulary.expressions import Metric
from chipcalc.yamlio import Document

Own: TypeAlias = Callable[..., Rulebook]
D = datetime.date
HEAD = """\
id: {id}
paragraph: {paragraph}
title: Own
kind: {kind}
verified: 2026-01-01
sources:
  gazette: {{title: G, publisher: A, url: https://atlantis.example/3, accessed: 2026-01-02}}
{more}versions:
"""
ENTRY = "  - in_force: {day}\n    source: gazette\n    at: article 1\n    confidence: text\n{body}"
POWER = "    all: {board_power: {more_than: 5 W}}\n"
FIRST_LINE = 13  # of the criteria of a rule's first version
DAY = D(2024, 1, 1)
ATLANTIS = ["atl-1", "atl-2", "atl-9", "atl-board", "atl-letter"]


def rule(
    *versions: str, name: str = "own", paragraph: str = "OWN", kind: str = "policy", more: str = ""
) -> str:
    """Return the file of a rule."""
    head = HEAD.format(id=name, paragraph=paragraph, kind=kind, more=more)
    return head + "".join(versions or (version(),))


def version(body: str = POWER, day: str = "2022-06-01") -> str:
    """Return a version of a rule, as it stands in its file."""
    return ENTRY.format(day=day, body=body)


@pytest.fixture(scope="session")
def own(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Own:
    """Return a function that adds files of the user's to the made-up rules."""
    folder, number = tmp_path_factory.mktemp("rules"), count()

    def added(*texts: str) -> Rulebook:
        paths = [folder / f"{next(number)}.yaml" for _ in texts]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return Rulebook(store, paths)

    return added


def problems(rulebook: Rulebook) -> tuple[Problem, ...]:
    """Return everything that is wrong with some rules."""
    with pytest.raises(ChipcalcError) as caught:
        _ = rulebook.provisions
    return caught.value.problems


def only(rulebook: Rulebook) -> Problem:
    """Return the one thing that is wrong with some rules."""
    (problem,) = problems(rulebook)
    return problem


def text_on(rulebook: Rulebook, name: str, day: datetime.date) -> list[int]:
    """Return the numbers of the versions of a rule that hold on a day."""
    return [each.number for each in rulebook.on(day) if each.id == name]


# Finding rules.


def test_the_rules_of_a_folder_are_found_by_their_ids(store: Store) -> None:
    rulebook = Rulebook(store)
    assert list(rulebook.files) == ATLANTIS
    assert sorted(rulebook.provisions) == ATLANTIS
    assert [each.number for each in rulebook.provisions["atl-1"]] == [0, 1]


def test_classifications_come_first_by_precedence_then_the_other_kinds(store: Store) -> None:
    assert list(Rulebook(store).provisions) == [
        "atl-1",
        "atl-2",
        "atl-board",
        "atl-9",
        "atl-letter",
    ]


def test_rules_without_precedence_come_last_of_their_kind_by_id(own: Own) -> None:
    found = own(
        rule(name="z"),
        rule(name="a"),
        rule(name="y", more="precedence: 0\n"),
        rule(name="b", kind="letter"),
        rule(name="k", kind="classification"),
    ).provisions
    assert [(found[each][0].rule.kind, each) for each in found] == [
        *(("classification", each) for each in ("atl-1", "atl-2", "atl-board", "atl-9", "k")),
        *(("letter", each) for each in ("atl-letter", "b")),
        *(("policy", each) for each in ("y", "a", "z")),
    ]


@pytest.mark.parametrize("name", ["atl-9", "ATL.9", "atl.9"])
def test_a_rule_goes_by_its_id_or_its_paragraph(name: str, store: Store) -> None:
    assert [each.id for each in Rulebook(store).rule(name)] == ["atl-9"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("atl-10", "did you mean 'atl-1'"),
        ("ATL-2", "'atl-2'"),
        ("q", "'chipcalc rules' lists them"),
    ],
)
def test_a_rule_that_does_not_exist_is_an_error_with_the_nearest(
    name: str, hint: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError) as caught:
        Rulebook(store).rule(name)
    (problem,) = caught.value.problems
    assert problem.what == f"no rule '{name}'"
    assert hint in problem.hint


def test_a_paragraph_that_two_rules_have_names_neither_alone(own: Own) -> None:
    rulebook = own(rule(name="own-1"), rule(name="own-2"))
    with pytest.raises(ChipcalcError):
        rulebook.rule("OWN")


def test_a_file_of_the_users_is_a_rule_beside_the_others(own: Own) -> None:
    rulebook = own(rule())
    assert sorted(rulebook.provisions) == sorted([*ATLANTIS, "own"])
    assert [each.id for each in rulebook.rule("OWN")] == ["own"]


def test_a_source_is_the_rules_own_or_one_that_files_share(own: Own) -> None:
    rulebook = own(rule())
    (provision,) = rulebook.provisions["own"]
    gazette, shared = (rulebook.source(provision, each) for each in ("gazette", "press-table"))
    assert gazette is not None
    assert gazette.publisher == "A"
    assert shared == rulebook.store.shared_source("press-table") is not None
    assert rulebook.source(provision, "gazette-1") is None


def test_a_file_in_an_earlier_folder_stands_in_for_the_whole_file(
    specs: Path, tmp_path: Path
) -> None:
    """One version is left where the other folder has two; the other rules stay."""
    path = tmp_path / "mine" / "rules" / "any" / "atl-1.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(rule(name="atl-1", kind="classification"), encoding="utf-8")
    mine = tmp_path / "mine"
    for folders, versions in (((mine, specs), 1), ((specs, mine), 2)):
        rulebook = Rulebook(Store(folders))
        assert len(rulebook.provisions["atl-1"]) == versions
        assert sorted(rulebook.provisions) == ATLANTIS


def test_two_rules_of_one_name_in_one_folder_are_refused(specs: Path) -> None:
    other = specs / "rules" / "lemuria"
    other.mkdir()
    (other / "atl-1.yaml").write_text(rule(name="atl-1"), encoding="utf-8")
    assert problems(Rulebook(Store((specs,))))


# Choosing by a day.


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2020, 1, 31), []),
        (D(2020, 2, 1), [0]),
        (D(2022, 5, 31), [0]),
        (D(2022, 6, 1), [1]),
        (D(2099, 1, 1), [1]),
    ],
)
def test_each_text_holds_from_its_day_until_the_day_of_the_next(
    day: datetime.date, expected: list[int], store: Store
) -> None:
    """Neither the announcement nor the publication, but the day in force decides."""
    assert text_on(Rulebook(store), "atl-1", day) == expected


@pytest.mark.parametrize(
    ("day", "holds"),
    [(D(2023, 2, 28), []), (D(2023, 3, 1), [0]), (D(2023, 4, 30), [0]), (D(2023, 5, 1), [])],
)
def test_a_text_that_ended_holds_no_longer_on_the_day_it_ended(
    day: datetime.date, holds: list[int], store: Store
) -> None:
    assert text_on(Rulebook(store), "atl-letter", day) == holds


def test_the_day_to_comply_delays_nothing(store: Store) -> None:
    assert text_on(Rulebook(store), "atl-2", D(2022, 6, 1)) == [0]


def test_a_proposal_holds_from_its_announcement(own: Own) -> None:
    proposal = version().replace("in_force: 2022-06-01", "announced: 2025-01-15")
    rulebook = own(rule(proposal.replace("at:", "standing: proposed\n    at:"), kind="proposal"))
    assert text_on(rulebook, "own", D(2025, 1, 14)) == []
    assert text_on(rulebook, "own", D(2025, 1, 15)) == [0]


class Span(NamedTuple):
    """The days of a version: its first, and the first on which it no longer holds, if any."""

    begins: datetime.date
    ended: datetime.date | None


days = st.dates(D(2020, 1, 1), D(2020, 3, 1))


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    """Return the days of the versions of a rule, oldest first; each may end before the next."""
    begins = sorted(draw(st.sets(days, min_size=1, max_size=4)))
    return [
        Span(each, each + datetime.timedelta(days=length) if length else None)
        for each, length in zip(
            begins,
            draw(st.lists(st.integers(0, 30), min_size=len(begins), max_size=len(begins))),
            strict=True,
        )
    ]


def provisions(spans: Sequence[Span]) -> list[Provision]:
    """Return the versions of a rule that hold over some days."""
    versions = [
        Version(
            in_force=each.begins,
            ended=each.ended,
            source=("g",),
            at="1",
            confidence="text",
            all="x",
        )
        for each in spans
    ]
    made = Rule(
        id="own",
        paragraph="OWN",
        title="Own",
        kind="policy",
        verified=DAY,
        versions=tuple(versions),
    )
    nothing = Document({}, {}, "own.yaml")
    return [
        Provision(made, each, Combined("all", ()), nothing, index)
        for index, each in enumerate(versions)
    ]


@given(spans(), days)
def test_the_last_text_that_began_holds_unless_it_has_ended(
    spans: list[Span], day: datetime.date
) -> None:
    begun = [index for index, each in enumerate(spans) if each.begins <= day]
    latest = begun[-1:]
    if latest and (ended := spans[latest[0]].ended) and ended <= day:
        latest = []
    assert [each.number for each in provisions(spans) if each.holds(day)] == latest


@given(spans())
def test_until_is_the_first_day_on_which_a_text_no_longer_holds(spans: list[Span]) -> None:
    for each in provisions(spans):
        until = each.until()
        if until is None:
            assert each.holds(D(2999, 1, 1))
        else:
            assert each.holds(until - datetime.timedelta(days=1))
            assert not each.holds(until)


def test_the_days_of_change_are_those_on_which_another_text_holds(own: Own) -> None:
    """Every day of six years is asked, and compared with the day before it."""
    gap = version(day="2021-03-01").replace("source:", "ended: 2021-04-01\n    source:")
    rulebook = own(rule(gap, version(day="2021-05-01")))
    start = D(2019, 12, 31)
    every = [start + datetime.timedelta(days=number) for number in range(6 * 365)]
    texts = [[(each.id, each.number) for each in rulebook.on(day)] for day in every]
    changed = [
        day
        for (before, after), day in zip(pairwise(texts), every[1:], strict=True)
        if before != after
    ]
    assert rulebook.days() == changed
    assert {D(2021, 3, 1), D(2021, 4, 1), D(2021, 5, 1)} <= set(changed)


def test_versions_out_of_order_never_let_an_older_text_stand(own: Own) -> None:
    """They may be refused or put in order; linting a user's file is not what makes it right."""
    rulebook = own(rule(version(day="2023-01-01"), version(day="2022-01-01")))
    try:
        (holding,) = (each for each in rulebook.on(DAY) if each.id == "own")
    except ChipcalcError:
        return
    assert holding.version.begins == D(2023, 1, 1)


# A new rule and an amendment, in data alone.


def verdicts(folder: Path, chip: str, name: str, days: Sequence[datetime.date]) -> list[str]:
    """Return what a rule of a spec folder says of a chip on some days; nothing where it is not."""
    store = Store((folder,))
    rulebook = Rulebook(store)
    found = []
    for day in days:
        case = Case(
            Evaluator(store.sheet(chip), store.vocabulary),
            {each.id: each for each in rulebook.on(day)},
        )
        held = case.provisions.get(name)
        found.append(case.read(held).verdict.value if held else "")
    return found


def test_a_rule_is_added_and_amended_as_data_and_changes_on_the_day_of_the_amendment(
    specs: Path,
) -> None:
    """The A10 draws 400 W; the limit is first 500 W, then 300 W."""
    path = specs / "rules" / "atlantis" / "atl-power.yaml"
    amendment = D(2024, 3, 1)
    days = [amendment + datetime.timedelta(days=number) for number in range(-45, 46)]
    before, after = [each for each in days if each < amendment], days[45:]
    limit = "    all: {{board_power: {{at_least: {} W}}}}\n"
    original = rule(version(limit.format(500), "2024-02-01"), name="atl-power", kind="letter")

    assert verdicts(specs, "a10", "atl-power", days) == [""] * 91
    path.write_text(original, encoding="utf-8")
    unamended = ["" if each < D(2024, 2, 1) else "not met" for each in days]
    assert verdicts(specs, "a10", "atl-power", days) == unamended

    path.write_text(original + version(limit.format(300), "2024-03-01"), encoding="utf-8")
    found = verdicts(specs, "a10", "atl-power", days)
    assert found == [*unamended[: len(before)], *["met"] * len(after)]
    changed = [day for (a, b), day in zip(pairwise(found), days[1:], strict=True) if a != b]
    assert changed == [D(2024, 2, 1), amendment]


# Criteria.


def test_every_kind_of_criterion_is_read_from_a_file(own: Own) -> None:
    body = (
        "    all: {board_power: {more_than: 5 W}, market: {not: edge}}\n"
        "    any:\n"
        "      - {cite: '1', note: n, all: {rule: atl-1}}\n"
        "      - {cite: '2', all: {launched: {from: 2022-01-01, before: 2023-01-01}}}\n"
        "    except:\n"
        "      - any:\n"
        "          - all: {chip: a10}\n"
        "          - all: {unpublished: the limits}\n"
    )
    (provision,) = own(rule(version(body))).provisions["own"]
    either = Combined(
        "any",
        (
            Combined("all", (RuleMet(("atl-1",), ("any", 0, "all", "rule")),), "1", "n"),
            Combined("all", (Launched(D(2022, 1, 1)), Launched(D(2023, 1, 1), before=True)), "2"),
        ),
    )
    place = ("all", "board_power")
    power = Threshold(Metric("board_power"), "more_than", quantity("5 W"), path=place)
    market = CircumstanceIs("market", ("edge",), negated=True, path=("all", "market"))
    chip = Named(("a10",), ("except", 0, "any", 0, "all", "chip"))
    exception = Combined(
        "any", (Combined("all", (chip,)), Combined("all", (Unpublished("the limits"),)))
    )
    assert provision.criterion == Unless(Combined("all", (power, market, either)), (exception,))


def comparisons(criterion: Criterion) -> list[Threshold]:
    """Return the comparisons of a rule."""
    return [each for each in leaves(criterion) if isinstance(each, Threshold)]


def test_equal_comparisons_of_rules_are_one_object_and_others_stay_apart(own: Own) -> None:
    undefined = "    where_undefined: {board_power: why}\n"
    others = ["at_least: 5 W", "more_than: 6 W", "more_than: 5 kW"]
    texts = [f"    all: {{board_power: {{{each}}}}}\n" for each in others]
    rulebook = own(
        rule(),
        rule(name="own-2"),
        rule(version(POWER + undefined), name="own-3"),
        rule(*(version(each, f"202{n}-01-01") for n, each in enumerate(texts)), name="own-4"),
    )
    found = {
        (name, each.number): comparisons(each.criterion)[0]
        for name in ("own", "own-2", "own-3", "own-4")
        for each in rulebook.provisions[name]
    }
    assert found["own", 0] is found["own-2", 0]
    assert found["own", 0] != found["own-3", 0]
    assert found["own-3", 0].undefined == "why"
    assert len({id(each) for each in found.values()}) == len(found) - 1
    amounts = [str(each.limit.amount.best) for each in found.values()]
    assert amounts == ["5", "5", "5", "5", "6", "5"]


# Refusals.


@pytest.mark.parametrize(
    ("body", "what", "hint"),
    [
        pytest.param(
            "    all: {boardpower: {more_than: 5 W}}\n",
            "no metric 'boardpower'",
            "did you mean 'board_power'?",
            id="metric",
        ),
        pytest.param(
            "    all: {markt: datacenter}\n",
            "no circumstance 'markt'",
            "did you mean 'market'?",
            id="circumstance",
        ),
        pytest.param(
            "    all: {market: datacentre}\n",
            "no market 'datacentre'",
            "did you mean 'datacenter'?",
            id="value",
        ),
        pytest.param(
            "    all: {market: {not: [edge, moon]}}\n",
            "no market 'moon'",
            "known are datacenter, consumer, workstation, automotive, edge",
            id="value that is denied",
        ),
        pytest.param(
            "    all: {board_power: {more_than: 5 GB/s}}\n",
            "'GB/s' is information per time, but board_power is measured in W",
            "compare like with like",
            id="dimension",
        ),
        pytest.param(
            "    all: {performance_density: {more_than: 5 TOPS*bit}}\n",
            "performance_density is measured in TOPS*bit/mm^2",
            "compare like with like",
            id="dimension of a formula",
        ),
        pytest.param(
            "    all: {tpp: {more_than: 5 TOPS}}\n",
            "'TOPS' is operation per time, but tpp is measured in TOPS*bit",
            "compare like with like",
            id="without the bits",
        ),
        pytest.param(
            "    all: {board_power: {morethan: 5 W}}\n",
            "'morethan' is no relation",
            "did you mean 'more_than'?",
            id="relation",
        ),
        pytest.param(
            "    all: {rule: atl-8}\n", "no rule 'atl-8'", "did you mean 'atl-", id="reference"
        ),
        pytest.param(
            "    any: [{all: {board_power: {more_than: x}}}]\n",
            "'x' is not a quantity",
            "write a number and a unit",
            id="limit inside a limb",
        ),
        pytest.param(
            "    all: {launched: {from: 2022}}\n", "'2022' is not a day", "2026-01-01", id="launch"
        ),
    ],
)
def test_what_the_vocabulary_lacks_is_refused_before_any_chip_is_read(
    body: str, what: str, hint: str, own: Own
) -> None:
    problem = only(own(rule(version(body))))
    assert what in problem.what
    assert hint in problem.hint
    assert problem.file.endswith(".yaml")
    assert problem.line == FIRST_LINE
    assert problem.path.startswith("versions[0].")


def test_a_problem_of_a_later_version_has_the_line_of_that_version(own: Own) -> None:
    wrong = version("    all: {board_power: {at_least: x}}\n", "2023-06-01")
    problem = only(own(rule(version(), wrong)))
    assert (problem.line, problem.path) == (18, "versions[1].all.board_power.at_least")


TPP_LIMB = "      - all: {tpp: {at_least: 5 TOPS*bit}}\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        pytest.param(
            f"    any:\n{TPP_LIMB}      - all: {{tpp: {{at_least: 5 W}}}}\n", 15, id="second limb"
        ),
        pytest.param(
            f"    any:\n{TPP_LIMB}      - all: {{rule: atl-1}}\n      - all: {{rule: atl-8}}\n",
            16,
            id="second reference",
        ),
        pytest.param(
            "    any:\n      - all: {market: edge}\n      - all: {market: moon}\n",
            15,
            id="second circumstance",
        ),
        pytest.param(
            "    all:\n      throughput[format=fp16]: {at_least: 5 W}\n", 14, id="conditions"
        ),
        pytest.param(
            "    all:\n      throughput[format=fp61]: {at_least: 5 TOPS}\n", 14, id="condition"
        ),
        pytest.param(
            "    where_undefined: {tpp: why}\n    all: {tpp: {at_least: 5 W}}\n",
            14,
            id="the word stands elsewhere before",
        ),
    ],
)
def test_the_line_of_a_misfit_is_that_of_the_word_that_does_not_fit(
    body: str, line: int, own: Own
) -> None:
    assert only(own(rule(version(body)))).line == line


@pytest.mark.parametrize(
    ("more", "what", "hint"),
    [
        ("applies_to: {itm: ic}\n", "no circumstance 'itm'", "did you mean 'item'?"),
        ("applies_to: {item: [ic, bord]}\n", "no item 'bord'", "did you mean 'board'?"),
        ("applies_to: {item: []}\n", "no item is named", "known are ic, board"),
    ],
)
def test_what_a_rule_applies_to_is_in_the_vocabulary(
    more: str, what: str, hint: str, own: Own
) -> None:
    problem = only(own(rule(more=more)))
    assert (problem.what, problem.hint) == (what, hint)


def test_what_a_rule_wrongly_applies_to_is_told_once_and_where_it_stands(own: Own) -> None:
    versions = version(), version(day="2023-01-01")
    problem = only(own(rule(*versions, more="applies_to: {item: [ic, bord]}\n")))
    assert (problem.line, problem.path) == (8, "applies_to.item")


def test_a_metric_without_a_relation_is_not_suggested_instead_of_itself(own: Own) -> None:
    problem = only(own(rule(version("    all: {tpp: 4800}\n"))))
    assert "did you mean 'tpp'" not in problem.hint
    assert problem.hint


def test_a_metric_that_may_be_undefined_is_in_the_vocabulary(own: Own) -> None:
    undefined = "    where_undefined: {performance_densty: none}\n"
    problem = only(own(rule(version(POWER + undefined))))
    assert problem.line == FIRST_LINE + 1
    assert "did you mean 'performance_density'?" in problem.hint


@pytest.mark.parametrize(
    ("metric", "what", "hint"),
    [
        ("memory_bandwidth", "memory_bandwidth has no condition 'format'", "known are none"),
        ("link_bandwidth", "link_bandwidth has no condition 'format'", "known are direction"),
    ],
)
def test_a_condition_that_a_metric_does_not_have_is_refused(
    metric: str, what: str, hint: str, own: Own
) -> None:
    body = f"    all:\n      {metric}[format=fp16]: {{at_least: 5 GB/s}}\n"
    problem = only(own(rule(version(body))))
    assert (problem.what, problem.hint, problem.line) == (what, hint, FIRST_LINE + 1)


@pytest.mark.parametrize("kind", ["classification", "policy", "letter"])
def test_a_proposal_never_stands_in_for_the_text_that_holds(kind: str, own: Own) -> None:
    """From its announcement on, a bill would name items instead of the law."""
    bill = version(day="2026-01-15").replace("in_force:", "announced:")
    bill = bill.replace("at:", "standing: proposed\n    at:")
    problem = only(own(rule(version(), bill, kind=kind)))
    assert (problem.line, problem.path) == (16, "versions[1].standing")
    assert problem.what == f"a proposal is no version of a {kind}"
    assert problem.hint == "write a rule of its own, of the kind proposal"


def test_a_rule_that_rests_on_itself_is_refused(own: Own) -> None:
    problem = only(own(rule(version("    all: {rule: own}\n"))))
    assert problem.what == "the rule rests on itself"


def test_rules_that_rest_on_each_other_are_refused_both(own: Own) -> None:
    """The exception of one leads to the other, and a limb of that one back."""
    one = POWER + "    except: [{all: {rule: own-2}}]\n"
    two = "    any: [{all: {rule: own-3}}]\n"
    three = "    any: [{any: [{all: {rule: [atl-1, own]}}]}]\n"
    found = problems(
        own(
            rule(version(one)), rule(version(two), name="own-2"), rule(version(three), name="own-3")
        )
    )
    assert [each.what for each in found] == ["the rule rests on itself"] * 3
    assert len({each.file for each in found}) == 3


def test_rules_that_rest_on_one_rule_together_are_no_circle(own: Own) -> None:
    bodies = ["    all: {rule: [atl-1, atl-2]}\n", "    all: {rule: [own, atl-1]}\n"]
    rulebook = own(rule(version(bodies[0])), rule(version(bodies[1]), name="own-2"))
    assert {"own", "own-2"} <= set(rulebook.provisions)


def test_a_circle_is_told_where_it_stands_with_a_hint(own: Own) -> None:
    circular = version("    all: {rule: own}\n", "2023-01-01")
    problem = only(own(rule(version(), circular)))
    assert (problem.line, problem.path) == (18, "versions[1].all.rule")
    assert problem.hint


def test_rules_that_rest_on_each_other_on_different_days_are_no_circle(own: Own) -> None:
    """Until 2023 own rests on own-2, from then on it is the other way round."""
    one = version("    all: {rule: own-2}\n"), version(day="2023-01-01")
    two = version(), version("    all: {rule: own}\n", "2023-01-01")
    assert {"own", "own-2"} <= set(own(rule(*one), rule(*two, name="own-2")).provisions)


def test_a_users_file_may_not_take_the_id_of_another_rule(own: Own) -> None:
    problem = only(own(rule(name="atl-2")))
    assert problem.what == "'atl-2' is the id of another rule"
    assert (problem.line, problem.path, problem.hint) == (1, "id", "choose another")


def test_two_files_of_the_users_may_not_share_an_id(own: Own) -> None:
    problem = only(own(rule(), rule()))
    assert problem.what == "'own' is the id of another rule"


def test_the_id_of_a_rule_in_a_spec_folder_is_the_name_of_its_file(specs: Path) -> None:
    folder = specs / "rules" / "atlantis"
    copy(folder / "atl-9.yaml", folder / "atl-8.yaml")
    problem = only(Rulebook(Store((specs,))))
    assert problem.what == "the id is 'atl-9', but the file is named atl-8.yaml"
    assert (problem.line, problem.path, problem.hint) == (2, "id", "make them equal")


def test_the_problems_of_all_files_are_told_together(own: Own) -> None:
    first = rule(version("    all: {market: moon, tpp: {at_least: 5 W}}\n"))
    second = rule(version("    all: {rule: atl-8}\n"), name="own-2")
    third = "- nothing\n"
    found = [each.what for each in problems(own(first, second, third))]
    assert len(found) == 4
    starts = ("no market", "'W' is", "no rule", "a file needs keys")
    assert all(any(what.startswith(start) for what in found) for start in starts)


def test_problems_of_keys_and_of_criteria_are_told_together(own: Own) -> None:
    text = rule(version("    all: {market: moon}\n"), more="titel: x\n")
    assert [each.line for each in problems(own(text))] == [8, 14]


def test_a_rule_that_cannot_be_read_is_not_said_to_be_missing(specs: Path) -> None:
    """atl-9 and atl-board refer to atl-1; nothing is wrong with them."""
    path = specs / "rules" / "atlantis" / "atl-1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("at_least: 500", "atleast: 500"), encoding="utf-8")
    assert only(Rulebook(Store((specs,)))).what == "'atleast' is no relation"


def test_a_file_that_is_not_there_is_an_error(store: Store, tmp_path: Path) -> None:
    problem = only(Rulebook(store, [tmp_path / "none.yaml"]))
    assert "cannot be read" in problem.what
    assert problem.hint


def test_a_folder_without_rules_has_none(specs: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    copy(specs / "metrics.yaml", bare)
    rulebook = Rulebook(Store((bare,)))
    assert (rulebook.provisions, rulebook.days(), rulebook.on(DAY)) == ({}, [], [])
    with pytest.raises(ChipcalcError, match="no rule 'atl-1'"):
        rulebook.rule("atl-1")
