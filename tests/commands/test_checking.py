"""Answers about many chips that are told chip by chip: in time, whole, and as all at once."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from typer.testing import CliRunner, Result

from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.cli import app
from chipcalc.commands import check as at_once
from chipcalc.commands.catalogue import Listing, selected, shown
from chipcalc.commands.check import asked
from chipcalc.commands.checking import Told, told
from chipcalc.contract.flow import Flow
from chipcalc.errors import error
from chipcalc.sheets.store import Store
from chipcalc.tables.flowing import LINES, csv_lines
from chipcalc.tables.render import comma_separated, json_text
from shared import STORE

T = TypeVar("T")
DAY = datetime.date(2026, 1, 1)
SOME = ("h20", "a100*", "*nvl72", "rubin*", "hbm3", "ascend-910*")


class Counting:
    """Progress through things that remembers how many were handed out."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, items: Sequence[T], /) -> Iterator[T]:
        for each in items:
            self.number += 1
            yield each


def of_all(store: Store, progress: Counting) -> Flow:
    """Return every made-up chip, to be checked one after the other."""
    db = Database(store)
    found = told(db, db.rules(DAY), asked(["*"]), progress).flow
    assert found
    return found


def run(*arguments: str) -> Result:
    """Return what a command prints and its exit status."""
    return CliRunner().invoke(app, list(arguments), prog_name="chipcalc")


@pytest.mark.parametrize("name", LINES)
def test_the_first_chip_is_told_before_the_second_is_checked(name: str, store: Store) -> None:
    progress = Counting()
    pieces = LINES[name](of_all(store, progress))
    first = next(each for each in pieces if "a10" in each)
    assert progress.number == 1
    assert "b100-sxm" in "".join(pieces)
    assert "b100-sxm" not in first
    assert progress.number == len(store.all())


@pytest.mark.parametrize("name", LINES)
def test_a_list_classes_a_chip_when_it_is_told(name: str, store: Store) -> None:
    wanted = Listing(as_of="2026-01-01", metrics=["tpp"])
    flow = selected(Database(store), wanted).flow(progress := Counting())
    pieces = LINES[name](flow)
    next(each for each in pieces if "a10" in each)
    assert progress.number == 1


@pytest.mark.parametrize(
    "wanted",
    [
        asked(SOME),
        asked(["h20", "l40"], regime="all"),
        asked(["h20", "mi308x"], regime="eu"),
        asked(SOME[:2], changes=["die_area=700mm2", "launched=2024-03"]),
        asked(["l20"], circumstances={"market": "consumer"}),
        asked([], throughput=["int8=296TOPS"], die_area="814mm2"),
        asked([], circuits=["chip=h20,count=8"]),
    ],
)
@pytest.mark.parametrize("day", ["2023-11-17", "2026-02-01"])
def test_chip_by_chip_is_the_same_as_all_at_once(wanted: at_once.Asked, day: str) -> None:
    db = Database(STORE)
    regime = "" if wanted.regime == at_once.EVERY else wanted.regime
    rules = db.rules(day, regime=regime)
    found = told(db, rules, wanted)
    whole = at_once.check(db, rules, wanted)
    report = at_once.report(whole, at_once.question(wanted, rules))
    assert found.flow
    assert "".join(LINES["csv"](found.flow)) == f"{comma_separated(report)}\n"
    assert (found.notices, found.problems) == (whole.notices, whole.problems)
    again = told(db, rules, wanted)
    assert again.flow
    assert "".join(LINES["json"](again.flow)) == f"{json_text(report)}\n"
    tally = at_once.tally(whole, every=wanted.regime == at_once.EVERY)
    assert (again.tally.code, again.tally.unsettled) == (tally.code, tally.unsettled)


@pytest.mark.parametrize(
    "wanted",
    [
        Listing(),
        Listing(metrics=["tpp", "memory_bandwidth"], sort="performance_density"),
        Listing(vendors=["huawei"], as_of="2026-02-01", metrics=["throughput"], when=["fp16"]),
    ],
)
def test_a_list_chip_by_chip_is_the_same_as_all_at_once(wanted: Listing) -> None:
    db = Database(STORE)
    flow, report = selected(db, wanted).flow(), shown(db, wanted)
    assert "".join(LINES["csv"](flow)) == f"{comma_separated(report)}\n"
    assert "".join(LINES["json"](flow)) == f"{json_text(report)}\n"


@pytest.mark.parametrize(("as_of", "classes"), [("", False), ("2020-01-01", True)])
def test_the_columns_of_a_list_do_not_depend_on_its_chips(as_of: str, classes: bool) -> None:  # noqa: FBT001
    """Nobody makes an automotive chip of that family: the list is empty, its columns are there."""
    empty = Listing(families=["hopper"], markets=["automotive"], as_of=as_of, metrics=["tpp"])
    every = Listing(as_of=as_of, metrics=["tpp"])
    none, some = (selected(Database(STORE), each).flow() for each in (empty, every))
    assert list(none.records()) == []
    assert tuple(none.columns) == tuple(next(iter(some.records())))
    assert ("classification" in none.columns) is classes


def test_a_wrong_name_is_told_before_the_first_line_and_the_others_are_checked(
    tmp_path: Path,
) -> None:
    path = tmp_path / "found.csv"
    found = run("check", "h20", "h2000", "-o", str(path))
    assert found.exit_code == 2
    assert found.stderr.index("h2000") < found.stderr.index("wrote")
    records = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    assert {each["chip"] for each in records} == {"h20"}


@pytest.mark.parametrize("command", [("check", "*"), ("list",)])
@pytest.mark.parametrize("name", LINES)
def test_a_sheet_that_cannot_be_read_is_told_before_the_first_line(
    command: Sequence[str], name: str, tmp_path: Path
) -> None:
    """It is the last of all by id."""
    (tmp_path / "chips/acme").mkdir(parents=True)
    path = tmp_path / "chips/acme/zzz.yaml"
    path.write_text("id: zzz\nname: ZZZ\nvendor: acme\nmarkt: edge\n", encoding="utf-8")
    found = run(*command, "--specs", str(tmp_path), "-f", name)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "zzz.yaml:4" in found.stderr


@pytest.mark.parametrize("name", LINES)
def test_what_does_not_fit_one_of_the_chips_is_told_before_the_first_line(name: str) -> None:
    """A rack contains circuits, each with a die of its own."""
    found = run("check", "h20", "gb200-nvl72", "--set", "die_area=700mm2", "-f", name)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "die_area" in found.stderr


@pytest.mark.parametrize("name", LINES)
def test_a_failure_in_between_has_a_status_and_a_line_and_leaves_no_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Rules.check

    def failing(rules: Rules, chip: Any, **said: str) -> Any:
        if chip.id == "l20":
            raise error("the line to the moon is cut")
        return usual(rules, chip, **said)

    monkeypatch.setattr(Rules, "check", failing)
    found = run("check", "h20", "l20", "-f", name)
    assert found.exit_code == 2
    assert "h20" in found.stdout
    assert "the line to the moon is cut" in found.stderr
    path = tmp_path / f"found.{name}"
    assert run("check", "h20", "l20", "-o", str(path)).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_status_that_is_asked_for_counts_every_chip_that_was_told() -> None:
    day = ("--as-of", "2026-02-01", "--exit-code", "-f", "json")
    assert [run("check", *chips, *day).exit_code for chips in (["h100-sxm"], ["h20"])] == [1, 0]
    found = run("check", "h20", "h100-sxm", *day)
    assert found.exit_code == 1
    assert [each["chip"] for each in json.loads(found.stdout)["chips"]] == ["h20", "h100-sxm"]


def test_where_no_name_is_a_chip_nothing_is_told(store: Store) -> None:
    db = Database(store)
    found: Told = told(db, db.rules(DAY), asked(["nothing-like-it"]))
    assert found.flow is None
    assert found.problems


def test_a_record_with_a_column_that_was_not_announced_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        list(csv_lines(["chip"], [{"chip": "a10", "secret": "1"}]))


@pytest.mark.parametrize("text", ["a\rb", "a\nb", "a\r", '"', ",", ""])
def test_a_text_reads_back_from_its_line(text: str) -> None:
    lines = "".join(csv_lines(["chip", "note"], [{"chip": "a10", "note": text}]))
    assert list(csv.reader(io.StringIO(lines, newline="")))[1] == ["a10", text]
