"""A timeline shows what chips were classified as, and names every change with its day."""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path

import pytest
from wcwidth import wcswidth

from chipcalc.check.result import Checked
from chipcalc.check.timeline import moments
from chipcalc.check.what_if import suppose
from chipcalc.sheets.store import Store
from chipcalc.tables.render import FORMATS, comma_separated, table
from chipcalc.tables.report import Report
from chipcalc.tables.timeline import report
from shared import printed, rulebook, rules, said, text_of

CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")


@cache
def _through(store: Store, chips: tuple[str, ...]) -> Report:
    found = [suppose(store.sheet(chip), {}, store.vocabulary) for chip in chips]
    return report(list(moments(rulebook(store), found)))


def through(store: Store, *chips: str) -> Report:
    """Return the timeline of some chips."""
    return _through(store, chips)


def cells(found: Report) -> list[list[str]]:
    """Return the rows, each cell on one line."""
    return [list(row.texts) for row in found.rows]


def lines(found: Report, heading: str) -> list[str]:
    """Return the lines below a heading among the notes."""
    (note,) = [said(each) for each in found.notes if each[0].text == heading]
    return note[1:]


def test_a_row_tells_what_a_chip_is_from_a_day_on(store: Store) -> None:
    """The A10 has 3,200 and 664 GB/s, and since 2022 a density of 4 counts as well."""
    assert cells(through(store, "a10")) == [
        ["before", "no rule yet"],
        ["2020-02-01", "ATL.1.a"],
        ["2022-06-01", "ATL.1.a and ATL.1.b"],
    ]


def test_each_change_of_classification_is_named_with_its_day(store: Store) -> None:
    assert lines(through(store, "a10"), "What changed") == [
        "  2020-02-01 Acme A10: no rule yet → ATL.1.a",
        "  2022-06-01 Acme A10: ATL.1.a → ATL.1.a and ATL.1.b",
    ]


def test_changes_of_several_chips_are_in_the_order_of_days(store: Store) -> None:
    days = [each.split()[0] for each in lines(through(store, "a10", "p1", "z1"), "What changed")]
    assert days == sorted(days)
    assert len(days) == 6


def test_letters_stand_beside_the_classification(store: Store) -> None:
    """The letter named the Atlas family, to which the A10 belongs, and ended in May."""
    assert lines(through(store, "a10", "p1"), "Beside the classification") == [
        "  2023-03-01 Letter of March 2023 (letter): Acme A10 met; Zenith P1 unknown",
        "  2023-05-01 Letter of March 2023 (letter): ended",
    ]


def test_the_data_name_every_day_with_what_began_and_ended(store: Store) -> None:
    data = json.loads(json.dumps(through(store, "a10").data()))
    assert data["schema"] == "chipcalc.timeline/2"
    days = [(each["day"], each["began"], each["ended"]) for each in data["days"]]
    assert days == [
        ("2020-01-31", [], []),
        ("2020-02-01", ["ATL.1"], []),
        ("2022-06-01", ["ATL.1", "ATL.2", "ATL.B", "ATL.9"], []),
        ("2023-03-01", ["Letter of March 2023"], []),
        ("2023-05-01", [], ["Letter of March 2023"]),
    ]


def test_the_records_are_the_changes_as_flat_text(store: Store) -> None:
    found = through(store, "a10")
    assert next(iter(found.records())) == {
        "day": "2020-02-01",
        "chip": "a10",
        "name": "Acme A10",
        "rule": "",
        "paragraph": "",
        "kind": "classification",
        "before": "no rule yet",
        "after": "ATL.1.a",
    }
    assert list(found.records()) == [
        {name: value or "" for name, value in each.items()} for each in found.data()["changes"]
    ]
    assert len(comma_separated(found).splitlines()) == 5


def day_by_day(store: Store, chip: str) -> dict[str, Checked]:
    """Return a chip checked on the days around every change of the rules, one by one."""
    item = suppose(store.sheet(chip), {}, store.vocabulary)
    days = [day + datetime.timedelta(days=n) for day in rulebook(store).days() for n in (-1, 0, 1)]
    return {
        each.isoformat(): rules(store, each.isoformat()).check(item.evaluator, item.circumstances)
        for each in sorted(set(days))
    }


@pytest.mark.parametrize("chip", CHIPS)
def test_a_row_holds_until_the_next_one(chip: str, store: Store) -> None:
    """Checked on any day, a chip is what the last row up to that day says."""
    rows = cells(through(store, chip))
    for day, found in day_by_day(store, chip).items():
        shown = [row[1] for row in rows if row[0] == "before" or row[0] <= day][-1]
        classification = found.classification
        if not found.findings:
            assert shown == "no rule yet"
        elif classification.paragraph and not classification.residual:
            assert shown == " and ".join(classification.cites)
        elif classification.residual:
            assert classification.paragraph in shown
        else:
            assert shown == ("unknown" if classification.verdict == "unknown" else "none")


def test_the_title_names_the_chips(store: Store) -> None:
    assert text_of(through(store, "a10", "z1").title) == "Acme A10 and Zenith Z1 through the rules"


@pytest.mark.parametrize("name", FORMATS)
def test_a_timeline_renders_in_every_format(name: str, store: Store) -> None:
    assert printed(name, through(store, *CHIPS))
    assert printed(name, through(store, "a10"))


def test_the_table_of_many_chips_keeps_to_80_columns(store: Store) -> None:
    lines = table(through(store, *CHIPS)).splitlines()
    assert max(wcswidth(each) for each in lines[1:]) <= 80


def test_the_title_of_many_chips_keeps_to_80_columns(store: Store) -> None:
    assert wcswidth(table(through(store, *CHIPS)).splitlines()[0]) <= 80


def test_a_chip_that_falls_below_the_paragraphs_says_what_remains(
    store: Store, tmp_path: Path, head: str
) -> None:
    path = tmp_path / "x1.yaml"
    firm = "status: official, source: sheet"
    path.write_text(
        head
        + f"market: {{value: datacenter, {firm}}}\nvalues:\n  memory_bandwidth:\n"
        + f"    - {{value: 101, unit: GB/s, {firm}}}\n  throughput:\n    - {{value: 1, unit: TOPS, "
        + f"when: {{format: int8, engine: tensor, sparsity: dense}}, {firm}}}\n",
        encoding="utf-8",
    )
    item = suppose(store.from_file(str(path)), {}, store.vocabulary)
    rows = cells(report(list(moments(rulebook(store), [item]))))
    assert rows == [
        ["before", "no rule yet"],
        ["2020-02-01", "none"],
        ["2022-06-01", "none (ATL.9)"],
    ]


def test_a_rule_that_has_ended_is_not_yet_to_come(specs: Path) -> None:
    """From 2021-06-01 to 2022-06-01 there is no text, and there has been one before."""
    path = specs / "rules" / "atlantis" / "atl-1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("in_force: 2020-02-01\n", "in_force: 2020-02-01\n    ended: 2021-06-01\n"),
        encoding="utf-8",
    )
    store = Store((specs,))
    item = suppose(store.sheet("a10"), {}, store.vocabulary)
    rows = cells(report(list(moments(rulebook(store), [item]))))
    assert rows[2][0] == "2021-06-01"
    assert rows[2][1] != "no rule yet"
