"""How a claim in one line is settled: by its cases as written, by what is stated, as marketed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chipcalc.claims.answered import Answered, Compared
from chipcalc.claims.asked import Asked
from chipcalc.claims.claim import Settlement
from chipcalc.claims.finding import has_none
from chipcalc.claims.reasons import Reason
from chipcalc.claims.slips import is_slip
from chipcalc.figures.figure import Missing
from chipcalc.values.logic import Verdict, every, some

_PLAIN_ENOUGH = Fraction(7, 10)  # of several chips some come near by another format by chance


def settled(asked: Asked, cases: Sequence[Compared]) -> Settlement:
    """Return how a claim is settled like for like, by its leading cases.

    A figure by itself may be that of any format, unless it is to stay below something.
    """
    leading = [each for each in cases if each.leads]
    known = [each.verdict for each in leading if not _is_lacking(each)]
    if asked.to and asked.to.limit:
        known = [some(known)]
    if _is_of_any_row(asked):
        by_chip: dict[str, list[Verdict]] = {}
        for each in (case for case in cases if not _is_lacking(case)):
            by_chip.setdefault(each.sheets[0].id if each.sheets else "", []).append(each.verdict)
        known = [some(each) for each in by_chip.values()]
    if not known and all(has_none(each.figure) for each in leading):
        return "outside the spec sheets"
    lacks = any(_is_lacking(each) and not has_none(each.figure) for each in leading)
    if known and every(known) is Verdict.met:
        return "depends" if lacks else "holds"
    if Verdict.met in known:
        return "depends"
    return "not settled" if Verdict.unknown in known or not known else "fails"


def _is_lacking(case: Compared) -> bool:
    """Whether nothing at all is known of what a case comes to."""
    return isinstance(case.figure, Missing) and not is_open(case.figure)


def _is_of_any_row(asked: Asked) -> bool:
    """Whether a figure by itself may be that of any format: it is not to stay below something."""
    below = asked.wanted.bound in ("at_most", "less_than")
    return asked.to is None and asked.of.is_chip and not _names_row(asked) and not below


def _names_row(asked: Asked) -> bool:
    return any(asked.of.when)


def judged(answer: Answered, found: Sequence[Reason]) -> Answered:
    """Return an answer with its reasons; what a sheet states, or markets, changes the verdict."""
    stated = [
        each for each in found if each.sure and not any(map(is_slip, each.slips)) and each.slips
    ]
    if stated and answer.settlement != "depends" and _may_be(answer, stated[0]):
        return answer._replace(settlement="holds", by=(stated[0],))
    best = next((each for each in found if any(map(is_slip, each.slips))), None)
    if best and best.sure and answer.settlement != "depends" and _is_marketed(answer.asked, best):
        return answer._replace(settlement="as marketed", by=(best,), reasons=tuple(found))
    least = _PLAIN_ENOUGH if answer.settlement == "depends" else 0
    told = tuple(e for e in found if _is_told(e) and e.weight >= least)
    return answer._replace(reasons=told)


def _is_told(reason: Reason) -> bool:
    """Whether a reading explains anything: by chance alone two slips at once may come near."""
    slips = [each for each in reason.slips if is_slip(each)]
    return bool(slips) and (reason.sure or (len(slips) == 1 and slips[0].kind != "format"))


def _may_be(answer: Answered, stated: Reason) -> bool:
    """Whether what is stated settles a claim: declared, or one statement of a range."""
    if any(each.kind in ("declared", "system") for each in stated.slips):
        return True
    return answer.settlement == "not settled" and _is_of_several(stated)


def _is_of_several(stated: Reason) -> bool:
    """Whether a figure is what one of several sources prints, and not the best of one range."""
    ways = [way for way in (stated.cases[0].of, stated.cases[0].to) if way and way.located]
    return all(way.located and not way.located.statement.range for way in ways)


def _is_marketed(asked: Asked, reason: Reason) -> bool:
    """Whether a printed figure is one that vendors publish, or the ratio of two such."""
    if reason.marketed:
        return True
    kinds = {each.kind for each in reason.slips if is_slip(each)}
    return asked.to is None and kinds == {"reading"} and not reason.cases[0].of.part


def is_open(answer: Missing) -> bool:
    """Whether there may be a figure all the same, which the sheets bound."""
    return bool(answer.low or answer.high)
