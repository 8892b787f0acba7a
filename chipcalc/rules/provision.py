"""One version of a rule, ready to be read."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from chipcalc.errors import Problem
from chipcalc.rules.criteria import Combined, Criterion
from chipcalc.rules.rule import Rule, Version
from chipcalc.yamlio import Document


class Provision(NamedTuple):
    """One version of a rule, ready to be read: its text as criteria.

    `shipment` is what the text asks of a shipment, besides its criteria for the item.
    """

    rule: Rule
    version: Version
    criterion: Criterion
    document: Document
    number: int
    shipment: Criterion | None = None

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def whole(self) -> Provision:
        """The same with all that is asked: of the item and of the shipment."""
        if self.shipment is None:
            return self
        return self._replace(
            criterion=Combined("all", (self.criterion, self.shipment)), shipment=None
        )

    def until(self) -> datetime.date | None:
        """Return the first day on which this text no longer holds; None where it still does."""
        following = self.rule.versions[self.number + 1 :]
        ends = [each for each in (self.version.ended, *(v.begins for v in following[:1])) if each]
        return min(ends, default=None)

    def holds(self, day: datetime.date) -> bool:
        """Whether this is the text of the rule on a day; before the first one there is no rule."""
        until = self.until()
        return self.version.begins <= day and (until is None or day < until)

    @property
    def end_is_printed(self) -> bool:
        """Whether the text itself says when it ends: that still lay ahead when it was read."""
        ended = self.version.ended
        return ended is not None and ended > self.rule.verified

    def problem(self, what: str, hint: str = "", *place: str | int) -> Problem:
        """Return a problem at a place in this version."""
        return self.document.problem(("versions", self.number, *place), what, hint)
