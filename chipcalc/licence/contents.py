"""The licence of a board or a system, from those of its circuits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chipcalc.check.contents import leading, may_be_controlled
from chipcalc.check.result import Checked
from chipcalc.licence.questions import Aspect
from chipcalc.rules.case import Judgement
from chipcalc.rules.rule import REVIEW
from chipcalc.values.logic import Verdict

if TYPE_CHECKING:
    from chipcalc.licence.licence import Licence


def joint(checked: Checked, found: Sequence[Licence]) -> Licence:
    """Return the licence of an item from those of its circuits, in their order.

    One circuit that needs a licence makes the item need it; what makes a shipment easier has to
    hold for all that are controlled, or may be.
    """
    first = found[checked.circuits.index(leading(checked.circuits, checked.classification))]
    pairs = list(zip(found, checked.circuits, strict=True))
    needing = [each for each, part in pairs if may_be_controlled(part)] or list(found)
    return first._replace(
        checked=checked,
        printed=_worst([first.printed, *(each.printed for each in found)]),
        enforced=_worst([first.enforced, *(each.enforced for each in found)]),
        exceptions=_granted([first.exceptions, *(each.exceptions for each in needing)]),
        review=_reviewed(first, needing),
    )


def _worst(found: Sequence[Aspect]) -> Aspect:
    """Return the answer that outweighs the others: needed, else open, else the first."""
    for verdict in (Verdict.met, Verdict.unknown):
        for each in found:
            if each.verdict is verdict:
                return each
    return found[0]


def _granted(found: Sequence[Aspect]) -> Aspect:
    """Return what is open for every circuit: what all of them have, where all are settled."""
    for verdict in (Verdict.not_met, Verdict.unknown):
        for each in found:
            if each.verdict is verdict and each.judgement.unasked is None:
                return each
    open_ones = [each for each in found if each.verdict is Verdict.met] or [found[0]]
    first, *others = open_ones
    common = tuple(
        e for e in first.judgement.follows if all(e in o.judgement.follows for o in others)
    )
    if first.verdict is Verdict.met and not common:
        return Aspect(Judgement(Verdict.not_met))
    return first._replace(judgement=first.judgement._replace(follows=common))


def _reviewed(first: Licence, needing: Sequence[Licence]) -> Aspect:
    """Return how an application is reviewed: as for one that no easier policy can reach."""
    same = [e for e in needing if e.checked.classification == first.checked.classification]
    for each in same:
        if all(e.verdict is Verdict.not_met for e in each.of(REVIEW) if e.provision.rule.grants):
            return each.review
    if len({(each.review.judgement, each.review.deciding) for each in needing}) == 1:
        return first.review
    return Aspect(Judgement(Verdict.unknown))
