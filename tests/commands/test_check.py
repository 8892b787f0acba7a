"""What people ask to be checked: chips by name and file, what they suppose, and what comes back."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from chipcalc.api.database import Database
from chipcalc.api.database import day as day_of
from chipcalc.api.rules import Rules
from chipcalc.commands import check as request
from chipcalc.commands.check import Answered, Asked, asked
from chipcalc.commands.rules import rules
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict
from shared import said, text_of

DAY = datetime.date(2026, 1, 1)
PLAIN = "id: x1\nname: X1\nvendor: acme\n"


@pytest.fixture(scope="session")
def today(store: Store) -> Rules:
    """Return the made-up rules after the last amendment."""
    return Database(store).rules(DAY)


def check(store: Store, rules: Rules, *chips: str, **options: Any) -> Answered:
    """Return some chips, or an item without a file, checked."""
    return request.check(Database(store), rules, asked(chips, **options))


def ids(answered: Answered) -> list[str]:
    """Return the chips that were checked."""
    return [each.checked.sheet.id for each in answered.found]


def fault(*chips: str, **options: Any) -> Problem:
    """Return what is wrong with what is asked."""
    with pytest.raises(ChipcalcError) as caught:
        asked(chips, **options)
    (problem,) = caught.value.problems
    return problem


def written(folder: Path, text: str, name: str = "x1.yaml") -> str:
    """Return the path of a new file."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


# Days.


def test_a_day_is_a_year_a_month_and_a_day() -> None:
    assert day_of("2023-11-17") == datetime.date(2023, 11, 17)


@pytest.mark.parametrize(
    "text", ["2023", "2023-11", "17.11.2023", "2023-02-29", "today", "2023-11-17T00:00", " "]
)
def test_what_is_no_day_is_an_error(text: str) -> None:
    with pytest.raises(ChipcalcError, match="is not a day") as caught:
        day_of(text)
    assert caught.value.problems[0].hint == "write year, month and day: 2026-01-31"


def test_without_a_day_today_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Clock:
            return cls(2031, 5, 6, 23, 59, tzinfo=tz)

    monkeypatch.setattr(datetime, "datetime", Clock)
    assert day_of("") == datetime.date(2031, 5, 6)


# What is asked.


def test_rates_areas_changes_and_circumstances_come_together() -> None:
    found = asked(
        ["a10"],
        throughput=["int8=296TOPS", "fp16,vector=1 TFLOPS"],
        die_area="814mm2",
        changes=["tpp=2368", "market=edge"],
        circumstances={"item": "board", "party": ""},
    )
    assert found == Asked(
        ("a10",),
        {
            "throughput[int8]": "296TOPS",
            "throughput[fp16,vector]": "1 TFLOPS",
            "die_area": "814mm2",
            "tpp": "2368",
            "market": "edge",
            "item": "board",
        },
    )


def test_chips_alone_are_enough_and_so_are_facts_alone() -> None:
    assert asked(["a10"]) == Asked(("a10",), {})
    assert asked([], circumstances={"market": "edge"}) == Asked((), {"market": "edge"})


def test_nothing_is_nothing_to_check() -> None:
    problem = fault(circumstances={"market": "", "item": ""})
    assert problem.what == "nothing to check"
    assert "--throughput int8=296TOPS" in problem.hint


@pytest.mark.parametrize("typed", ["int8", "int8=", "296TOPS"])
def test_a_rate_needs_its_format_and_its_value(typed: str) -> None:
    assert fault(throughput=[typed]).what == f"'{typed}' sets nothing"


def test_a_rate_without_a_value_is_shown_how_to_write_one() -> None:
    assert "int8=296TOPS" in fault(throughput=["int8"]).hint


def test_the_conditions_of_a_rate_may_be_written_in_full(store: Store, today: Rules) -> None:
    answered = check(store, today, throughput=["format=int8,engine=vector=296TOPS"])
    (checked,) = (each.checked for each in answered.found)
    (found,) = checked.sheet.statements["throughput"]
    assert found.statement.when["engine"] == "vector"


# Chips by name, family, pattern, file and standard input.


def test_chips_come_in_the_order_of_their_names_each_once(store: Store, today: Rules) -> None:
    answered = check(store, today, "z1", "a10", "A10 SXM", "atlas", "a*0")
    assert ids(answered) == ["z1", "a10", "a20", "a20-lite"]
    assert answered.notices == ("atlas stands for 3 chips: a10, a20 and a20-lite",)
    assert answered.problems == ()


def test_a_family_means_the_chip_that_stands_for_it(store: Store, today: Rules) -> None:
    answered = check(store, today, "b100")
    assert ids(answered) == ["b100-sxm"]
    assert answered.notices == ("b100 is read as b100-sxm (also b100-pcie)",)


def test_a_file_of_the_users_stands_beside_the_chip_of_that_name(
    store: Store, today: Rules, specs: Path, tmp_path: Path
) -> None:
    text = (specs / "chips" / "acme" / "a10.yaml").read_text(encoding="utf-8")
    path = written(tmp_path, text.replace("Acme A10", "My A10"), "a10.yaml")
    answered = check(store, today, "a10", path, path)
    assert [each.checked.sheet.name for each in answered.found] == ["Acme A10", "My A10"]


def test_a_sheet_may_come_from_standard_input(
    store: Store, today: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode())))
    answered = check(store, today, "-", "a10")
    assert ids(answered) == ["x1", "a10"]


def test_after_a_bad_chip_the_rest_is_checked(store: Store, today: Rules, tmp_path: Path) -> None:
    broken = written(tmp_path, "id: x1\nname: X1\n")
    answered = check(store, today, "a01", broken, "a20", str(tmp_path / "no.yaml"), "z1")
    assert ids(answered) == ["a20", "z1"]
    whats = [each.what for each in answered.problems]
    assert whats[0] == "no sheet for 'a01'"
    assert whats[1] == "'vendor' is missing"
    assert whats[2].startswith(f"'{tmp_path}/no.yaml' cannot be read")


def test_where_all_chips_are_bad_nothing_was_found(store: Store, today: Rules) -> None:
    answered = check(store, today, "qqq")
    assert (ids(answered), len(answered.problems)) == ([], 1)


def test_without_a_chip_an_item_is_described(store: Store, today: Rules) -> None:
    answered = check(store, today, throughput=["int8=400TOPS"], die_area="800mm2")
    (checked,) = (each.checked for each in answered.found)
    assert checked.sheet.id == "given"
    assert checked.classification.paragraph == "ATL.1"  # 3,200, as the A10


def test_what_is_supposed_holds_for_every_chip(store: Store, today: Rules) -> None:
    answered = check(
        store, today, "a10", "z1", changes=["tpp=10"], circumstances={"market": "edge"}
    )
    for checked in (each.checked for each in answered.found):
        assert checked.case.given == {"market": "edge"}
        finding = next(each for each in checked.findings if each.provision.id == "atl-1")
        assert finding.verdict is Verdict.not_met


def test_a_wrong_change_is_an_error_and_not_a_bad_chip(store: Store, today: Rules) -> None:
    with pytest.raises(ChipcalcError, match="no metric or circumstance 'tppp'"):
        check(store, today, "a10", changes=["tppp=10"])


# Rules.


def test_only_the_rules_that_are_named_are_asked(store: Store) -> None:
    day = Database(store).rules(DAY, only=["atl.2"])
    (checked,) = (each.checked for each in check(store, day, "a10").found)
    assert [each.provision.id for each in checked.findings] == ["atl-2"]


def test_a_rule_that_is_not_there_is_an_error_with_the_nearest(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="no rule 'atl-3'") as caught:
        Database(store).rules(DAY, only=["atl-3"])
    assert "'atl-2'" in caught.value.problems[0].hint


def test_a_rule_of_the_users_is_asked_as_well(store: Store, tmp_path: Path) -> None:
    day = Database(store).rules(DAY, files=[own_rule(tmp_path, "2000 TOPS*bit")])
    (checked,) = (each.checked for each in check(store, day, "a10").found)
    assert checked.findings[-1].provision.id == "own"


def own_rule(folder: Path, limit: str, kind: str = "policy") -> Path:
    """Return the file of a rule that asks for a TPP."""
    text = (
        f"id: own\nparagraph: Own\ntitle: Mine\nkind: {kind}\nverified: 2026-01-01\n"
        "versions:\n  - in_force: 2024-01-01\n    announced: 2024-01-01\n"
        "    confidence: unverified\n    note: mine\n"
        f"    all: {{tpp: {{at_least: {limit}}}}}\n"
    )
    return Path(written(folder, text, "own.yaml"))


# Exit status.


@pytest.mark.parametrize(
    ("chips", "changes", "status"),
    [
        (("a10",), (), 1),
        (("p1",), (), 0),
        (("z1",), (), 0),
        (("p1", "a10"), (), 1),
        ((), ("tpp=2400", "market=datacenter"), 3),
        ((), ("tpp=999", "memory_bandwidth=1 TB/s"), 0),
        ((), ("market=edge",), 3),
        ((), ("tpp=3000",), 1),
    ],
)
def test_the_status_tells_whether_a_control_is_met_or_may_be(
    chips: Sequence[str], changes: Sequence[str], status: int, store: Store, today: Rules
) -> None:
    """The P1 and the Z1 may fall under what remains, which is no control."""
    assert request.tally(check(store, today, *chips, changes=changes)).code == status


def test_one_chip_that_meets_a_control_counts_more_than_one_that_may(
    store: Store, today: Rules, tmp_path: Path
) -> None:
    path = written(tmp_path, PLAIN)
    assert request.tally(check(store, today, path)).code == 3
    assert request.tally(check(store, today, path, "a10")).code == 1
    assert request.tally(Answered(())).code == 0


def test_a_letter_does_not_count_for_the_status(store: Store) -> None:
    day = Database(store).rules(datetime.date(2023, 4, 1), only=["atl-letter"])
    met, unknown = check(store, day, "a10"), check(store, day, "z1")
    assert [request.tally(each).code for each in (met, unknown)] == [0, 0]


@pytest.mark.parametrize(
    ("kind", "limit", "status"),
    [
        ("policy", "80 TOPS*bit", 1),
        ("policy", "81 TOPS*bit", 0),
        ("classification", "80 TOPS*bit", 1),
        ("review policy", "80 TOPS*bit", 0),
        ("proposal", "80 TOPS*bit", 0),
    ],
)
def test_a_rule_of_the_users_counts_for_the_status_as_its_kind_does(
    kind: str, limit: str, status: int, store: Store, tmp_path: Path
) -> None:
    """The TPP of the P1 is 80."""
    day = Database(store).rules(DAY, files=[own_rule(tmp_path, limit, kind)])
    assert request.tally(check(store, day, "p1")).code == status


# Reports.


def test_a_report_says_that_it_is_no_advice_and_where_the_steps_are(
    store: Store, today: Rules
) -> None:
    answered = check(store, today, "a10")
    short = request.report(answered)
    assert said(short.notes[-1])[0].startswith("A calculation, no legal advice.")
    assert "--explain" in text_of(short.lines)
    assert all(short.notes)
    explained = request.report(answered, explain=True, all_=True)
    assert said(explained.notes[-1]) == ["A calculation, no legal advice."]
    assert "--explain" not in text_of(explained.lines)
    assert explained.data() == short.data()


def test_data_and_records_name_every_chip_and_rule(store: Store, today: Rules) -> None:
    found = request.report(check(store, today, "a10", "p1"))
    data = found.data()
    assert (data["as_of"], [each["chip"] for each in data["chips"]]) == (
        "2026-01-01",
        ["a10", "p1"],
    )
    assert [(each["chip"], each["rule"], each["verdict"]) for each in found.records()] == [
        ("a10", "atl-1", "met"),
        ("a10", "atl-2", "not met"),
        ("a10", "atl-9", "not met"),
        ("p1", "atl-1", "not met"),
        ("p1", "atl-2", "not met"),
        ("p1", "atl-9", "unknown"),
    ]


def test_why_not_needs_a_paragraph_of_the_day(store: Store, today: Rules) -> None:
    answered = check(store, today, "a10")
    assert request.report(answered, why_not="ATL.2").rows
    with pytest.raises(ChipcalcError, match=r"ATL\.3"):
        request.report(answered, why_not="ATL.3")


def test_headroom_is_measured_to_lines_or_told_as_what_stays_outside(
    store: Store, today: Rules
) -> None:
    answered = check(store, today, "a10")
    lines = request.headroom(answered, largest=False)
    outside = request.headroom(answered, largest=True)
    assert lines.rows
    assert outside.rows
    assert lines.data() != outside.data()


# Timelines and lists of rules.


def test_a_timeline_goes_on_after_a_bad_chip(store: Store) -> None:
    report, notices, problems = request.timeline(Database(store), asked(["b100", "qqq", "a10"]), ())
    assert report
    assert [each.title for each in report.columns if each.title] == ["Acme B100 SXM", "Acme A10"]
    assert notices == ("b100 is read as b100-sxm (also b100-pcie)",)
    assert [each.what for each in problems] == ["no sheet for 'qqq'"]


def test_without_a_good_chip_there_is_no_timeline(store: Store) -> None:
    report, _, problems = request.timeline(Database(store), asked(["qqq"]), ())
    assert report is None
    assert len(problems) == 1


def test_a_rule_is_told_by_id_or_paragraph_and_all_rules_by_day(store: Store) -> None:
    by_id, by_name = (
        rules(Database(store), "atl-1", "", ()),
        rules(Database(store), "ATL.1", "", ()),
    )
    assert by_id.data() == by_name.data()
    assert rules(Database(store), "atl-1", "2021-01-01", ()).data() != by_id.data()
    assert rules(Database(store), "", "2021-01-01", ()).rows
    with pytest.raises(ChipcalcError, match="no rule 'atl-3'"):
        rules(Database(store), "atl-3", "", ())
