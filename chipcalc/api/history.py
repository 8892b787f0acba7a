"""Chips through the versions of the rules, as a script has them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chipcalc.api.result import Result
from chipcalc.check.dated import Step
from chipcalc.check.timeline import Change, Moment, changes
from chipcalc.licence import dated
from chipcalc.tables.report import Report

if TYPE_CHECKING:
    from chipcalc.charts import Chart


class Timeline(Result):
    """What chips were classified as on every day on which rules changed."""

    def __init__(self, moments: tuple[Moment, ...]) -> None:
        self.moments = moments

    @property
    def changes(self) -> list[Change]:
        """What became of each chip from one day to the next: day, chip, rule, before, after."""
        from chipcalc.words.timeline import answers

        return list(changes(self.moments, answers(self.moments)))

    def report(self, asked: Sequence[str] = (), *, whole: bool = False) -> Report:
        """Return the table that the command line prints, or the whole with every change.

        `asked` are the words of the command that asked for it, for those that show more.
        """
        from chipcalc.tables.timeline import report

        return report(self.moments, asked, whole=whole)

    def chart(self) -> Chart:
        """Return the picture of what the law called the chips, as bands."""
        from chipcalc.charts import timeline

        return timeline(self.moments)

    def __repr__(self) -> str:
        chips = ", ".join(each.sheet.id for each in self.moments[0].checked)
        return f"Timeline({chips}: {len(self.moments)} days)"


class Shipping(Result):
    """What shipments needed on every day on which rules or groups of countries changed."""

    def __init__(self, courses: tuple[tuple[dated.Moment, ...], ...]) -> None:
        self.courses = courses

    @property
    def changes(self) -> list[list[dated.Dated]]:
        """Every change of each shipment: the licence before and after it, and what did it."""
        return [list(dated.changes(each)) for each in self.courses]

    def report(self, asked: Sequence[str] = (), *, whole: bool = False) -> Report:
        """Return the table that the command line prints, or the whole with every change.

        `asked` are the words of the command that asked for it, for those that show more.
        """
        from chipcalc.tables.history import report

        return report(self.courses, asked, whole=whole)

    def __repr__(self) -> str:
        first = self.courses[0][0].licence.checked
        return f"Shipping({first.sheet.id}: {len(self.courses)} shipments)"


class Difference(Result):
    """What changed for chips, or for shipments of them, between two days, and what did it."""

    def __init__(
        self,
        days: tuple[datetime.date, datetime.date],
        found: tuple[tuple[Step, ...] | tuple[dated.Dated, ...], ...],
    ) -> None:
        self.days = days
        self.found = found

    @property
    def changes(self) -> list[list[Step | dated.Dated]]:
        """The days on which something changed for each chip, or for its shipment."""
        from chipcalc.words.diff import Course

        return [Course(each).concerning for each in self.found]

    @property
    def says(self) -> list[str]:
        """What changed for each chip in a sentence, or that nothing did."""
        return [each.text for each in self.report().title]

    def report(self, asked: Sequence[str] = (), *, whole: bool = False) -> Report:
        """Return the table that the command line prints, or the whole with every rule.

        `asked` are the words of the command that asked for it, for those that show more.
        """
        from chipcalc.tables.diff import report
        from chipcalc.words.diff import Course

        return report([Course(each) for each in self.found], self.days, asked, whole=whole)

    def __repr__(self) -> str:
        return f"Difference({self.days[0]} to {self.days[1]}: {len(self.found)})"
