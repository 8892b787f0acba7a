"""An article's statements checked against the sheets and the rules."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import assert_never

from chipcalc.claims import lines, money, ratio, sets
from chipcalc.claims.claim import (
    AsGoodClaim,
    BehindClaim,
    BelowLineClaim,
    BuysClaim,
    Claim,
    ElsewhereClaim,
    OutsideRulesClaim,
    RatioClaim,
    ShareClaim,
)
from chipcalc.claims.context import Context
from chipcalc.claims.finding import ClaimFinding
from chipcalc.sheets.store import Store
from chipcalc.values.units import Quantity


class Checker:
    """Answers claims from one store and its rules; `rates` are exchange rates from the user.

    Of a family those chips count that are out on the day; without one all do.
    """

    def __init__(
        self, store: Store, rates: Sequence[Quantity] = (), day: datetime.date | None = None
    ) -> None:
        self.context = Context(store, rates, day)

    def check(self, claim: Claim) -> ClaimFinding:
        """Return a claim with its answer; raises ChipcalcError for names that do not exist."""
        match claim:
            case RatioClaim():
                return ratio.check(claim, self.context)
            case BelowLineClaim() | OutsideRulesClaim():
                return lines.check(claim, self.context)
            case ShareClaim() | AsGoodClaim() | BehindClaim():
                return sets.check(claim, self.context)
            case BuysClaim():
                return money.check(claim, self.context)
            case ElsewhereClaim():
                return ClaimFinding(claim, "outside the spec sheets")
            case _:
                assert_never(claim)
