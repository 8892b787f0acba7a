"""A check of many chips that is told chip by chip, as soon as each one is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from chipcalc.api.checks import Check
from chipcalc.api.chip import Chip, Item, described
from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.commands.check import EVERY, Asked, chosen
from chipcalc.commands.tally import Tally
from chipcalc.contract import check as contract
from chipcalc.contract import coming
from chipcalc.contract.flow import Flow
from chipcalc.contract.suppositions import listed
from chipcalc.errors import Problem
from chipcalc.progress import Progress, untold


class Told(NamedTuple):
    """Chips to be checked one after the other, what to tell about names, and what went wrong.

    There is no flow where there is no chip; the tally is whole when the flow has been told.
    """

    flow: Flow | None
    notices: tuple[str, ...]
    problems: tuple[Problem, ...]
    tally: Tally


def told(db: Database, rules: Rules, wanted: Asked, progress: Progress = untold) -> Told:
    """Return chips to be checked one after the other, of which nothing is kept.

    Raises ChipcalcError for what is said of a chip that does not fit it: all of it is looked at
    before the first is checked.
    """
    chips, notices, problems = chosen(db, wanted)
    tally = Tally()
    others = rules.beside if wanted.regime in ("", EVERY) else ()
    asked = _Checks(rules, others, chips, progress, tally, every=wanted.regime == EVERY)
    return Told(asked.flow() if chips else None, notices, problems, tally)


class _Checks(NamedTuple):
    rules: Rules
    others: Sequence[Rules]
    chips: Sequence[Chip | Item]
    progress: Progress
    tally: Tally
    every: bool

    def flow(self) -> Flow:
        vocabulary = self.rules.rulebook.store.vocabulary
        items = (described(_anew(each), vocabulary) for each in self.chips)
        said = listed((each.evaluator, each.circumstances) for each in items)
        regime, *_ = [each.of_items.regime for each in (self.rules, *self.others)]  # all are read
        before = partial(contract.about, self.rules.as_of, regime.id if regime else None, said)
        return Flow(before, "chips", self._chips, {}, contract.COLUMNS, self._records)

    def _checked(self, chip: Chip | Item, regime: int = 0) -> Check:
        """Return a chip that is checked, and lets go of its figures when nobody needs it any more.

        Other regimes count where every one is asked for.
        """
        rules = self.others[regime - 1] if regime else self.rules
        found = rules.check(_anew(chip))
        if self.every or not regime:
            self.tally.add(found, regime)
        return found

    def _chips(self) -> Iterator[Mapping[str, Any]]:
        for chip in self.progress(self.chips):
            found = self._checked(chip)
            beside = [
                (rules.rulebook, self._checked(chip, number).checked)
                for number, rules in enumerate(self.others, start=1)
            ]
            yield contract.chip(found.checked, self.rules.rulebook, found.coming, beside)

    def _records(self) -> Iterator[Mapping[str, str]]:
        """Yield the records of the first regime, then those of each other one."""
        said: list[str] = []
        for chip in self.progress(self.chips):
            found = self._checked(chip)
            said.append(coming.said_of_item(found.coming))
            yield from contract.rows(found.checked, said[-1])
        for number, _ in enumerate(self.others, start=1):
            for chip, ahead in zip(self.chips, said, strict=True):
                yield from contract.rows(self._checked(chip, number).checked, ahead)


def _anew(chip: Chip | Item) -> Chip | Item:
    """Return a chip of which no figure is known yet."""
    return Chip(chip.sheet, chip.store, chip.supposing) if isinstance(chip, Chip) else chip
