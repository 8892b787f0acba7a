"""Chips through the versions of the rules, as a script has them."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.api.result import Result
from chipcalc.check.timeline import Change, Moment, changes
from chipcalc.tables.report import Report


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

    def __repr__(self) -> str:
        chips = ", ".join(each.sheet.id for each in self.moments[0].checked)
        return f"Timeline({chips}: {len(self.moments)} days)"
