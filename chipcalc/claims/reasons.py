"""Why a printed figure comes out: the readings that give it, the most usual one first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.claims.asked import Asked
from chipcalc.claims.slips import Misread, Weighing, is_slip
from chipcalc.claims.tolerance import Wanted
from chipcalc.claims.ways import Way
from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import Figure, operate
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.expressions import Operator

_MOST = 2  # slips at once; with more of them anything comes out
_RAREST = Fraction(1, 4)


class Case(NamedTuple):
    """A pair of ways with what they come to, and whether what is printed comes out of it.

    It may come out where only a part of a range does.
    """

    of: Way
    to: Way | None
    figure: Figure
    sure: bool


class Reason(NamedTuple):
    """A reading under which the printed figure comes out, its cases the nearest first.

    `alike` are other readings that come to the same figures of the same chips.
    """

    slips: tuple[Misread, ...]
    cases: tuple[Case, ...]
    weight: Fraction
    distance: Fraction
    alike: tuple[tuple[Misread, ...], ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the printed figure comes out of some case for certain."""
        return any(each.sure for each in self.cases)

    @property
    def marketed(self) -> bool:
        """Whether figures are set against each other as they are marketed, of one format.

        Of unlike formats they are where the vendors print both themselves.
        """
        kinds = {each.kind for each in self.slips if is_slip(each)}
        return kinds == {"marketed"}


def combined(asked: Asked, of: Way, to: Way | None) -> Figure | None:
    """Return what two ways come to, in the unit of the claim; None where nothing does."""
    one, other = of.known, to.known if to else None
    if one is None or (to is not None and other is None):
        return None
    try:
        if other is None:
            answer = operate("divide", [one])
        else:
            operator: Operator = "subtract" if asked.how == "difference" else "divide"
            answer = operate(operator, [one, other])
        if not isinstance(answer, Figure):
            return None
        return answer._replace(value=answer.value.to(asked.unit))
    except ChipcalcError:
        return None


def reasons(
    asked: Asked, pairs: Iterable[tuple[Sequence[Way], Sequence[Way] | None]], weighing: Weighing
) -> list[Reason]:
    """Return the readings that bring out what is printed, of the ways of each choice of chips."""
    found: dict[tuple[Misread, ...], list[Case]] = {}
    for of, to in pairs:
        for one in of:
            for other in to if to is not None else (None,):
                _try(asked, one, other, weighing, found)
    made = [_reason(asked, slips, cases, weighing) for slips, cases in found.items() if slips]
    made.sort(key=lambda each: (-each.weight, not each.sure, len(each.slips), each.distance))
    return list(_without_equals(made))


def _try(
    asked: Asked,
    of: Way,
    to: Way | None,
    weighing: Weighing,
    found: dict[tuple[Misread, ...], list[Case]],
) -> None:
    """Keep a pair of ways where what is printed comes out of it, in either sense of the words."""
    if _is_far(asked, of, to):
        return
    figure = combined(asked, of, to)
    if figure is None:
        return
    for wanted, more in _senses(asked, weighing):
        comes = wanted.comes_out(figure.value.amount)
        if comes is Verdict.not_met:
            continue
        slips = (*weighing.slips(of, to), *more)
        real = [each for each in slips if is_slip(each)]
        if len(real) <= _MOST and weighing.weight(slips) >= _RAREST:
            sure = comes is Verdict.met and not of.least and not (to and to.least)
            found.setdefault(slips, []).append(Case(of, to, figure, sure))


def _senses(asked: Asked, weighing: Weighing) -> Iterator[tuple[Wanted, tuple[Misread, ...]]]:
    yield asked.wanted, ()
    if asked.other:
        known = weighing.vocabulary.misreadings.get("words")
        yield asked.other, (Misread("words", weight=known.weight if known else Fraction(1, 2)),)


def _is_far(asked: Asked, of: Way, to: Way | None) -> bool:
    """Whether a ratio is so far off that it need not be computed exactly."""
    one, other = of.known, to.known if to else None
    if asked.how != "ratio" or one is None or other is None or asked.unit.dimension:
        return False
    if one.value.unit.dimension != other.value.unit.dimension:
        return True
    low, high = one.value.base, other.value.base
    wanted = [each for sense in (asked.wanted, asked.other) if sense for each in sense.ends]
    if not high.low or not low.low:
        return False
    least, most = float(low.low) / float(high.high), float(low.high) / float(high.low)
    return most < float(min(wanted)) * 0.999 or least > float(max(wanted)) * 1.001


def _reason(
    asked: Asked, slips: tuple[Misread, ...], cases: Sequence[Case], weighing: Weighing
) -> Reason:
    def distance(case: Case) -> Fraction:
        return min(wanted.distance(_amount(case)) for wanted, _ in _senses(asked, weighing))

    ordered = sorted(cases, key=lambda each: (not each.sure, distance(each)))
    return Reason(slips, tuple(ordered), weighing.weight(slips), distance(ordered[0]))


def _amount(case: Case) -> Interval:
    return case.figure.value.amount


def _without_equals(found: Sequence[Reason]) -> Iterator[Reason]:
    """Yield each reading once; another that comes to the same figures stands beside it."""
    kept: dict[object, Reason] = {}
    for each in found:
        key = frozenset(
            (
                _sheet(case.of),
                _sheet(case.to),
                case.figure.value.to(case.figure.value.unit).amount.best,
            )
            for case in each.cases
        )
        before = next((k for k in kept if isinstance(k, frozenset) and (key <= k)), None)
        if before is None:
            kept[key] = each
        else:
            first = kept[before]
            kept[before] = first._replace(alike=(*first.alike, each.slips))
    yield from kept.values()


def _sheet(way: Way | None) -> str:
    return way.sheet.id if way and way.sheet else ""
