"""A figure, or the lack of one, against a limit."""

from __future__ import annotations

from chipcalc.figures.figure import Answer, Missing
from chipcalc.rules.criteria import Threshold
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, bounded, compared


def against(node: Threshold, answer: Answer) -> Verdict:
    """Return whether an answer meets a comparison; unknown for a figure of another kind."""
    if isinstance(answer, Missing):
        return _absent(node, answer)
    if answer.value.unit.dimension != node.limit.unit.dimension:  # another currency, say
        return Verdict.unknown
    return compared(answer.value.to(node.limit.unit).amount, node.relation, node.limit.amount)


def _absent(node: Threshold, missing: Missing) -> Verdict:
    """Return the verdict where there is no figure; what a chip does not have counts as zero.

    Bounds settle it where all that they leave lies on one side of the line.
    """
    bounds = missing.bounds(node.limit.unit)
    if bounds:
        return bounded(bounds.low, bounds.high, node.relation, node.limit.amount)
    if missing.kind == "not offered":
        return compared(exactly(0), node.relation, node.limit.amount)
    if missing.kind == "undefined" and node.undefined:
        return Verdict.not_met
    return Verdict.unknown
