"""What the exit status of a check rests on, told chip by chip."""

from __future__ import annotations

from chipcalc.api.checks import Check
from chipcalc.values.logic import Verdict
from chipcalc.words.unsettled import Unsettled, unsettled

OPEN = 3  # the exit status where no control is met, and one may be


class Tally:
    """What an exit status rests on, of the chips that were told so far, by whose rules."""

    def __init__(self) -> None:
        self._verdicts: set[Verdict] = set()
        self._open: dict[int, list[Unsettled]] = {}

    def add(self, check: Check, regime: int = 0) -> None:
        """Take account of a chip under the rules of a regime, counted from the one asked first."""
        found = (each.found for each in check.findings)
        self._verdicts |= {each.verdict for each in found if each.provision.rule.is_control}
        if left := unsettled(check.checked):
            self._open.setdefault(regime, []).append(left)

    @property
    def unsettled(self) -> list[Unsettled]:
        """What leaves chips open for which no control is met, and one may be."""
        return [each for regime in sorted(self._open) for each in self._open[regime]]

    @property
    def code(self) -> int:
        """1 where a control paragraph is met, 3 where one may be, 0 where none is.

        What remains below the controls does not count, nor do letters, bills and policies; rules
        of the user's own do.
        """
        if Verdict.met in self._verdicts:
            return 1
        return OPEN if Verdict.unknown in self._verdicts else 0

    @property
    def is_open(self) -> bool:
        """Whether no control is met, and one may be."""
        return self.code == OPEN
