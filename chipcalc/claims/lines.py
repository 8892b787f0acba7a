"""A chip beside the rules of a day: just below one of their lines, or outside of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from chipcalc.check.day import Ruleset
from chipcalc.check.headroom import Distance, distances
from chipcalc.check.result import Checked
from chipcalc.claims.claim import BelowLine, BelowLineClaim, OutsideRulesClaim
from chipcalc.claims.context import Context
from chipcalc.claims.finding import ClaimFinding, Instance, Interpretation, settled
from chipcalc.claims.misreadings import Turn
from chipcalc.errors import error
from chipcalc.figures.figure import Figure, Missing, operate
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, compared, negated
from chipcalc.values.units import ONE, Quantity


def check(claim: BelowLineClaim | OutsideRulesClaim, context: Context) -> ClaimFinding:
    """Return the answer to a claim about rules; raises ChipcalcError where none applies."""
    match claim:
        case BelowLineClaim():
            return _below(claim, context)
        case OutsideRulesClaim():
            return _outside(claim, context)
        case _:
            assert_never(claim)


def _below(claim: BelowLineClaim, context: Context) -> ClaimFinding:
    """Return how far a chip lies below the nearest line above it, metric by metric."""
    asked = claim.below_line
    for metric in asked.metrics:
        context.vocabulary.metric(metric)
    checks = _checks(context.ruleset(asked.on, asked.rules), asked.chip, context)
    instances = tuple(
        _nearest_line(_found(checked), metric, asked.within)
        for checked in checks
        for metric in asked.metrics
    )
    settlement = settled([each.verdict for each in instances])
    found: tuple[Interpretation, ...] = ()
    if settlement != "holds":
        found = tuple(_other_lines(asked, checks, instances, context))
    return ClaimFinding(claim, settlement, instances, found, checked=checks)


def _outside(claim: OutsideRulesClaim, context: Context) -> ClaimFinding:
    asked = claim.outside_rules
    checks = _checks(context.ruleset(asked.on, asked.rules), asked.chip, context)
    verdicts = [negated(each.verdict) for checked in checks for each in _found(checked).findings]
    return ClaimFinding(claim, settled(verdicts), checked=checks)


def _checks(rules: Ruleset, chip: str, context: Context) -> tuple[Checked, ...]:
    return tuple(rules.check(context.evaluator(each)) for each in context.named(chip))


def _found(checked: Checked) -> Checked:
    """Return a check that found some rule; raises ChipcalcError where none applies."""
    if not checked.findings:
        what = f"none of the rules applies to {checked.sheet.name} on {checked.day}"
        raise error(what, "choose another day or other rules")
    return checked


def _other_lines(
    asked: BelowLine, checks: Sequence[Checked], plain: Sequence[Instance], context: Context
) -> Iterator[Interpretation]:
    """Yield the lines of other rules of the day that a chip lies just below."""
    named = {context.rulebook.rule(name)[0].id for name in asked.rules}
    held = {(each.sheets[0].id, each.metric) for each in plain if each.holds}
    found: list[Instance] = []
    for each in checks:
        checked = Ruleset(context.rulebook, asked.on).check(context.evaluator(each.sheet))
        others = [one for one in checked.findings if one.provision.id not in named]
        cases = [
            _nearest_line(checked._replace(findings=(finding,)), metric, asked.within)
            for finding in others
            for metric in asked.metrics
            if (each.sheet.id, metric) not in held
        ]
        found += [case for case in cases if case.holds]
    if found:
        yield Interpretation((Turn("line"),), tuple(found))


def _nearest_line(checked: Checked, metric: str, within: Quantity) -> Instance:
    """Return how much of the nearest line above it a chip's figure is."""
    lines = _lines(checked, metric)
    unclear = [each for each in lines if each.away is None or each.away.low < 0 <= each.away.high]
    above = [each for each in lines if each.away and each.away.high < 0]
    sheet = checked.sheet
    if not above and not unclear:
        missing = Missing("undefined", f"{sheet.name} lies below no line of {metric}")
        return Instance((sheet,), {}, missing, Verdict.not_met, metric=metric)
    nearest = max(above or unclear, key=lambda each: each.away.best if each.away else 0)
    found = _share_of(nearest, sheet, metric, within)
    return found._replace(verdict=Verdict.unknown) if unclear else found


def _lines(checked: Checked, metric: str) -> list[Distance]:
    """Return the lines of the rules that a metric is caught above."""
    return [
        each
        for each in distances(checked)
        if each.node.of.name == metric and each.node.relation in ("at_least", "more_than")
    ]


def _share_of(nearest: Distance, sheet: Sheet, metric: str, within: Quantity) -> Instance:
    """Return a chip's figure as a share of a line, and whether that is close enough."""
    cite = nearest.limb or nearest.finding.provision.rule.paragraph
    line, of = Figure(nearest.node.limit, cite), nearest.answer
    share = operate("divide", [of, line])
    verdict = Verdict.unknown
    if isinstance(share, Figure):
        least = exactly(1 - within.to(ONE).amount.best)
        verdict = compared(share.value.to(ONE).amount, "at_least", least)
    return Instance((sheet,), {}, share, verdict, (of, line), metric, nearest.line, cite=cite)
