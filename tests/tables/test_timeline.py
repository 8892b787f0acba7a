"""A timeline shows what chips were classified as, and names every change with its day."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from chipcalc.check.result import Checked
from chipcalc.check.timeline import changes, moments, reaches
from chipcalc.check.what_if import suppose
from chipcalc.sheets.store import Store
from chipcalc.tables.render import FORMATS, comma_separated, table
from chipcalc.tables.report import Report
from chipcalc.tables.style import Style
from chipcalc.tables.timeline import report
from chipcalc.words.timeline import answers
from daily import examples
from shared import RULEBOOK, STORE, printed, rulebook, rules, said, text_of

CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")


@cache
def _through(store: Store, chips: tuple[str, ...]) -> Report:
    found = [suppose(store.sheet(chip), {}, store.vocabulary) for chip in chips]
    return report(list(moments(rulebook(store), found)), whole=True)


def through(store: Store, *chips: str) -> Report:
    """Return the whole timeline of some chips."""
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
        "  2023-03-01 Letter of March 2023 (letter): Acme A10 met; Zenith P1 not settled",
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
        "supposed": "",
        "regime": "",
    }
    assert list(found.records()) == [
        {**{name: value or "" for name, value in each.items()}, "supposed": "", "regime": ""}
        for each in found.data()["changes"]
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
            assert shown == (
                "not settled" if classification.verdict == "unknown" else "no paragraph modelled"
            )


def short(store: Store, *chips: str) -> Report:
    """Return the short timeline of some chips."""
    found = [suppose(store.sheet(chip), {}, store.vocabulary) for chip in chips]
    return report(list(moments(rulebook(store), found)))


def test_the_first_line_says_since_when_each_chip_is_what(store: Store) -> None:
    """The A10 is fast enough from the first text on; the B100 SXM is caught by the amendment."""
    assert text_of(short(store, "a10").title) == "Acme A10 is ATL.1 from the start"
    assert text_of(short(store, "p1").title) == "Zenith P1 not settled since 2022-06-01"
    assert text_of(short(store, "a10", "p1").title) == (
        "Acme A10 is ATL.1 from the start; Zenith P1 not settled since 2022-06-01"
    )


def test_the_first_line_counts_many_chips(store: Store) -> None:
    first = text_of(short(store, *CHIPS).title)
    numbers = [int(each) for each in re.findall(r"(?:: |; )(\d+) ", first)]
    assert first.startswith(f"{len(CHIPS)} chips through the rules: ")
    assert sum(numbers) == len(CHIPS)


@pytest.mark.parametrize("chip", CHIPS)
def test_the_short_rows_say_what_a_check_says(chip: str, store: Store) -> None:
    for day, told, *_ in (row.texts for row in short(store, chip).grids[0].rows):
        item = suppose(store.sheet(chip), {}, store.vocabulary)
        found = rules(store, day).check(item.evaluator, item.circumstances).classification
        if found.verdict == "unknown":
            assert told == "not settled"
        elif found.paragraph and not found.residual:
            assert [each.split(".")[-1] for each in told.split(", ")] == [
                each.split(".")[-1] for each in found.cites
            ]
        else:
            assert told == (found.paragraph or "no paragraph modelled")


def test_a_cell_is_strong_where_it_differs_from_the_one_above_and_faint_where_not(
    store: Store,
) -> None:
    rows = short(store, "a10", "p1", "a20").grids[0].rows
    for above, row in pairwise(rows):
        for before, after in zip(above.cells[1:4], row.cells[1:4], strict=True):
            assert after.role == ("faint" if after.text == before.text else "strong")


def test_the_whole_timeline_names_every_change_of_every_chip(store: Store) -> None:
    """Every change of the result, with its day, chip, rule and both answers, stands in the text."""
    found = [suppose(store.sheet(chip), {}, store.vocabulary) for chip in CHIPS]
    through_all = list(moments(rulebook(store), found))
    told = [line for note in report(through_all, whole=True).notes for line in said(note)]
    for each in changes(through_all, answers(through_all)):
        before, after = (
            {"unknown": "not settled", "none": "no paragraph modelled"}.get(e, e)
            for e in (each.before, each.after)
        )
        if each.kind == "classification":
            assert f"  {each.day} {each.name}: {before} → {after}" in told
        else:
            (line,) = [
                e for e in told if e.startswith(f"  {each.day} {each.paragraph} ({each.kind}): ")
            ]
            assert after == "ended" or f"{each.name} {after}" in line


def test_every_rule_beside_the_classification_stands_in_the_short_timeline(store: Store) -> None:
    found = [suppose(store.sheet(chip), {}, store.vocabulary) for chip in CHIPS]
    through_all = list(moments(rulebook(store), found))
    words = table(report(through_all), Style(1000))
    assert all(each.rule.paragraph in words for each in reaches(through_all))


def test_the_whole_and_the_last_text_are_a_command_away(store: Store) -> None:
    last = short(store, "a10", "p1").notes[-1]
    assert [each.text for each in last if each.role == "command"] == [
        "chipcalc timeline a10 p1 --all",
        "chipcalc rules ATL.1 --as-of 2022-06-01",
    ]


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("chips", [CHIPS[:1], CHIPS[:3], CHIPS[:4], CHIPS])
def test_a_short_timeline_keeps_to_the_width(
    chips: tuple[str, ...], width: int, store: Store
) -> None:
    shown = table(short(store, *chips), Style(width))
    assert max(map(wcswidth, shown.splitlines())) <= width
    whole = set(table(short(store, *chips), Style(1000)).split())
    days = {each for each in whole if re.fullmatch(r"\d{4}-\d\d-\d\d", each)}
    assert days <= set(shown.split())


@given(
    chips=st.lists(st.sampled_from(sorted(STORE.files)), min_size=1, max_size=4, unique=True),
    width=st.sampled_from([50, 80, 120]),
)
@example(chips=["huashan-a2000"], width=50)
@examples(4)
def test_timelines_of_real_chips_keep_to_the_width(chips: list[str], width: int) -> None:
    found = [suppose(STORE.sheet(chip), {}, STORE.vocabulary) for chip in chips]
    through_all = list(moments(RULEBOOK, found))
    for whole in (False, True):
        shown = table(report(through_all, whole=whole), Style(width))
        assert max(map(wcswidth, shown.splitlines())) <= width


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
    rows = cells(report(list(moments(rulebook(store), [item])), whole=True))
    assert rows == [
        ["before", "no rule yet"],
        ["2020-02-01", "no paragraph modelled"],
        ["2022-06-01", "ATL.9"],
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
    rows = cells(report(list(moments(rulebook(store), [item])), whole=True))
    assert rows[2][0] == "2021-06-01"
    assert rows[2][1] != "no rule yet"
