"""How many chips a sum of money buys."""

from __future__ import annotations

from chipcalc.claims.claim import BuysClaim
from chipcalc.claims.context import Context
from chipcalc.claims.finding import ClaimFinding, Instance
from chipcalc.errors import error
from chipcalc.figures.exchange import NeedsRate
from chipcalc.figures.figure import Figure, Missing, operate
from chipcalc.values.logic import Verdict
from chipcalc.values.units import ONE
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.expressions import metrics_of


def check(claim: BuysClaim, context: Context) -> ClaimFinding:
    """Return what a sum buys; no sheet settles that, so the claim stays outside of them.

    Raises ChipcalcError for what is no price of one chip, and for a sum of something else.
    """
    asked = claim.buys
    metrics = metrics_of(notation.parse(asked.price, context.vocabulary))
    if len(metrics) != 1:
        raise error(f"'{asked.price}' is no price of one chip", "write price: h20.price")
    sheet = context.one(metrics[0].chip)
    outside = ClaimFinding(claim, "outside the spec sheets")
    price = context.evaluator(sheet).figure(metrics[0].name, metrics[0].when)
    if isinstance(price, Missing):
        return outside._replace(needs=price)
    amount = Figure(asked.amount, "the amount", "given")
    count = context.exchanged(operate("divide", [amount, price]), ONE)
    if isinstance(count, NeedsRate | Missing):
        return outside._replace(needs=count)
    number = count._replace(value=count.value.to(ONE))
    case = Instance((sheet,), {}, number, Verdict.unknown, (amount, price))
    return outside._replace(instances=(case,))
