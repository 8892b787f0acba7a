"""What a sum of money buys, in words."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.claims.claim import BuysClaim
from chipcalc.claims.finding import ClaimFinding, Instance
from chipcalc.figures.figure import Figure
from chipcalc.values import numbers
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity
from chipcalc.words.claims import elsewhere
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.claims.told import Told
from chipcalc.words.line import TextLine


def told(finding: ClaimFinding, claim: BuysClaim, speaker: Speaker) -> Told:
    """Return what is said of a sum, and of the rest of its claim."""
    return Told(
        tuple(TextLine(each) for each in bought(finding, speaker)),
        references=tuple(elsewhere.references(claim.elsewhere, speaker)) if claim.elsewhere else (),
    )


def bought(finding: ClaimFinding, speaker: Speaker) -> Iterator[str]:
    if finding.needs:
        needs = f"--rate ({finding.needs.because})"
        yield speaker.say("to compute it, give {needs}", needs=needs)
    for each in finding.instances:
        yield from _count(each, speaker)


def _count(each: Instance, speaker: Speaker) -> Iterator[str]:
    amount, price = (side.value for side in each.sides if isinstance(side, Figure))
    count = each.figure.value if isinstance(each.figure, Figure) else amount
    rate = _best(amount) / _best(price) / _best(count)
    exchange = speaker.say(", exchanged at {rate}", rate=quantity(rate, numbers.RATIO_DIGITS))
    yield speaker.say(
        "that buys about {count} of {chip} at {price} each",
        count=numbers.amount(count.amount.best, numbers.RATIO_DIGITS),
        chip=speaker.chip(each.sheets[0]),
        price=quantity(_best(price)),
    ) + (exchange if rate.unit.dimension else "")
    if not count.amount.exact:
        counts = numbers.amounts(count.amount, numbers.RATIO_DIGITS)
        yield speaker.say(
            "{counts} over the prices of {prices}", counts=counts, prices=quantity(price)
        )


def _best(value: Quantity) -> Quantity:
    return Quantity(exactly(value.amount.best), value.unit)
