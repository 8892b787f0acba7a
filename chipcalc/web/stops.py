"""The days on which the lines of the map change, and what each draws its lines by."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.api.rules import Rules
from chipcalc.charts.red_lines_values import AXES
from chipcalc.charts.regions import ever_about
from chipcalc.check.lines import compared_key
from chipcalc.errors import join_words
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.texts import comparisons
from chipcalc.words import labels

_ONE = datetime.timedelta(days=1)


class Stop(NamedTuple):
    """A day from which lines hold until the next one; before the first there are none."""

    day: datetime.date
    by: str = ""
    first: bool = False


def stops(rules: Rules, today: datetime.date) -> tuple[Stop, ...]:
    """Return the day before the first lines, then every day on which they changed until today."""
    asked = rules.of_items
    versions = ever_about(asked, AXES)
    by_day: dict[datetime.date, list[Provision]] = {}
    for each in versions:
        if each.version.begins <= today:
            by_day.setdefault(each.version.begins, []).append(each)
    days = sorted(by_day)
    found = [Stop(day, _by(by_day[day], rules)) for day in days]
    before = [Stop(days[0] - _ONE, first=True)] if days else []
    return (*before, *found)


def at(found: Sequence[Stop], day: datetime.date) -> Stop | None:
    """Return the stop whose lines hold on a day; None where there is none."""
    return next((each for each in reversed(found) if each.day <= day), None)


def _by(provisions: Sequence[Provision], rules: Rules) -> str:
    asked = rules.of_items
    nodes = comparisons([each.criterion for each in provisions], asked.provisions)
    keys = [compared_key(each) for each in nodes if isinstance(each, Threshold)]
    names = dict.fromkeys(labels.brief(each, asked.vocabulary) for each in keys)
    return join_words(names)
