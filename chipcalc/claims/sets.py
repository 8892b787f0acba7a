"""Sets of chips: those of one family, those as good as another, those behind a line of products."""

from __future__ import annotations

from typing import assert_never

from chipcalc.claims.claim import AsGoodClaim, BehindClaim, ShareClaim
from chipcalc.claims.context import Context
from chipcalc.claims.finding import (
    ClaimFinding,
    Instance,
    Interpretation,
    Placed,
    has_none,
    settled,
)
from chipcalc.claims.misreadings import Turn
from chipcalc.comparison.generations import place
from chipcalc.errors import error
from chipcalc.figures.figure import Figure, Missing, operate
from chipcalc.schema.types import PartialDate
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, compared, some
from chipcalc.values.units import ONE


def check(claim: ShareClaim | AsGoodClaim | BehindClaim, context: Context) -> ClaimFinding:
    """Return the answer to a claim about a set; raises ChipcalcError for unknown names."""
    match claim:
        case ShareClaim():
            return _share(claim, context)
        case AsGoodClaim():
            return _as_good(claim, context)
        case BehindClaim():
            return _behind(claim, context)
        case _:
            assert_never(claim)


def _share(claim: ShareClaim, context: Context) -> ClaimFinding:
    family = context.family(claim.share.family)
    instances = []
    for sheet in context.members(claim.share.chips):
        verdict = Verdict.met if family in sheet.chip.family else Verdict.not_met
        instances.append(Instance((sheet,), {}, Missing("undefined", ""), verdict))
    return ClaimFinding(claim, settled([e.verdict for e in instances]), tuple(instances))


def _as_good(claim: AsGoodClaim, context: Context) -> ClaimFinding:
    """Return, for each metric, every chip of a set that is at least as good."""
    asked = claim.as_good
    base = context.one(asked.as_)
    among = [each for each in context.members(asked.among) if each.id != base.id]
    if not among:
        raise error("no other chip is among those to compare with", "name some in among:")
    later = {each.id for each in among if asked.by and not _launched(each, asked.by)}
    cases = [
        _as_good_case(base, sheet, metric, context) for metric in asked.metrics for sheet in among
    ]
    now = tuple(each for each in cases if each.sheets[0].id not in later)
    verdicts = [some([e.verdict for e in now if e.metric == metric]) for metric in asked.metrics]
    settlement = settled(verdicts)
    found: tuple[Interpretation, ...] = ()
    after = tuple(each for each in cases if each.sheets[0].id in later and each.holds)
    if settlement != "holds" and after:
        found = (Interpretation((Turn("later", str(asked.by or "")),), after),)
    return ClaimFinding(claim, settlement, now, found)


def _as_good_case(base: Sheet, sheet: Sheet, text: str, context: Context) -> Instance:
    name, when = context.metric(text)
    of = context.evaluator(base).figure(name, when)
    figure = context.evaluator(sheet).figure(name, when)
    ratio = operate("divide", [figure, of])
    verdict = Verdict.not_met if has_none(figure) else Verdict.unknown
    if isinstance(ratio, Figure):
        lower = context.vocabulary.metric(name).better == "lower"
        amount = ratio.value.to(ONE).amount
        verdict = compared(amount, "at_most" if lower else "at_least", exactly(1))
    return Instance((sheet, base), when, ratio, verdict, (figure, of), text)


def _launched(sheet: Sheet, by: PartialDate) -> bool:
    """Whether a chip was out by a day, as far as both are known; without a date it was not."""
    out = sheet.chip.launched
    return out is not None and not by.surely_before(out)


def _behind(claim: BehindClaim, context: Context) -> ClaimFinding:
    asked = claim.behind
    line = [context.one(name) for name in asked.line]
    low, high = (each.to(ONE).amount.best for each in asked.generations)
    places = [
        place(sheet, line, *context.metric(text), context.evaluator)
        for text in asked.metrics
        for sheet in context.members(asked.chips)
    ]
    placed = tuple(Placed(each, each.within(low, high)) for each in places)
    known = [each.verdict for each in placed if each.place.behind]
    settlement = settled(known)
    if settlement == "holds" and len(known) < len(placed):
        settlement = "depends"
    return ClaimFinding(claim, settlement, places=placed)
