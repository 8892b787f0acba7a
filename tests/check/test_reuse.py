"""What was found for one day, region or circuit serves the next one, and is what it would be."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from chipcalc.check.day import DayRules, Ruleset, ShipmentRules
from chipcalc.check.result import Checked
from chipcalc.check.timeline import days
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.rules.case import Line
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import Sheet
from daily import daily, ends_and_middle
from shared import RULEBOOK, STORE

IDS = [each.id for each in STORE.all()]
NAMED = ("zhenwu-810e", "h20", "gb200-superchip")  # two figures open, ways to count, circuits
DAYS = days(RULEBOOK)


def answer(checked: Checked) -> object:
    """Return all that is said of an item on a day."""
    circuits = [(answer(each.alone), answer(each.within)) for each in checked.circuits]
    judged = [(e.way, e.metric, e.figure.value, e.judgement) for e in checked.views]
    found = [(*each._replace(line=None), read(each.line)) for each in checked.findings]  # type: ignore[arg-type]
    return found, checked.classification, checked.deciding, judged, circuits


def read(line: Line) -> object:
    """Return what a rule comes to, line by line, with the figures."""
    figure = line.answer.value if isinstance(line.answer, Figure) else line.answer
    parts = [read(each) for each in (*line.parts, *line.exceptions)]
    return line.node, line.verdict, figure, line.said, parts


def fresh(sheet: Sheet) -> Evaluator:
    """Return a chip of which nothing is known yet."""
    return Evaluator(sheet, STORE.vocabulary)


@pytest.mark.parametrize("name", daily(IDS, [*ends_and_middle(IDS), *NAMED]))
def test_a_day_after_other_days_says_what_it_says_alone(name: str) -> None:
    sheet, asked = STORE.sheet(name), daily(DAYS, DAYS[::3])
    kept = fresh(sheet)
    for day in asked:
        again = Ruleset(RULEBOOK, day).check(kept)
        assert answer(again) == answer(Ruleset(Rulebook(STORE), day).check(fresh(sheet))), day


@pytest.mark.parametrize("name", NAMED)
def test_a_country_after_other_countries_says_what_it_says_alone(name: str) -> None:
    rules = ShipmentRules(RULEBOOK, datetime.date(2026, 3, 1))
    kept = fresh(STORE.sheet(name))
    for country in ("CN", "SG", "AE", "JP"):
        given = {"destination": country}
        alone = rules.check(fresh(STORE.sheet(name)), given)
        assert answer(rules.check(kept, given)) == answer(alone), country


@pytest.mark.parametrize("kind", [Ruleset, ShipmentRules])
def test_what_says_the_same_on_two_days_is_one_finding(kind: type[DayRules]) -> None:
    """3A090.a has had one text since October 2023: what it says of a chip is found once."""
    found: Sequence[Checked]
    kept = fresh(STORE.sheet("h20"))
    found = [
        kind(RULEBOOK, datetime.date(year, 6, 1), ["3A090.a"]).check(kept) for year in (2024, 2025)
    ]
    before, after = (each.findings[0] for each in found)
    assert before is after
