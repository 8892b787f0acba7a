"""Figures of one sheet that have to agree: rates with clocks, declared with computed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.errors import Problem
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.lint.standards import Agreement, standards
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.sheets.store import Store
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.expressions import Expression, Leaf, Metric, rebuild

UNVERIFIED = "unverified"  # what nobody looked up agrees with nothing yet


class Finding(NamedTuple):
    """What a sheet may excuse: the check, the conditions of the figure, and what is wrong."""

    check: str
    when: Mapping[str, str]
    problem: Problem


def disagreements(store: Store, figures: Sequence[Evaluator]) -> Iterator[Finding]:
    """Yield every pair of figures that do not agree, where a sheet itself states some part."""
    known = standards(store).agreements
    for evaluator in figures:
        for name, agreement in known.items():
            for when in _occurring(agreement, evaluator.sheet):
                yield from _disagreeing(name, agreement, when, evaluator)


def _occurring(agreement: Agreement, sheet: Sheet) -> list[dict[str, str]]:
    """Return the conditions under which a sheet states what an agreement asks of each."""
    if not agreement.each:
        return [{}]
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for metric in agreement.stated:
        for located in sheet.statements.get(metric, ()):
            when = located.statement.when
            found[tuple((each, when[each]) for each in agreement.each if each in when)] = None
    return [dict(each) for each in found]


def _disagreeing(
    name: str, agreement: Agreement, when: Mapping[str, str], evaluator: Evaluator
) -> Iterator[Finding]:
    figure = _figure(agreement.figure, when, evaluator)
    if figure is None or figure.status == UNVERIFIED:
        return
    other = _figure(agreement.follows, when, evaluator) if agreement.follows else None
    pinned = _own((figure, other), evaluator.sheet)
    if pinned is None:
        return
    said = _off_other(agreement, figure, other) if other else ""
    said = said or _off_bands(agreement, figure, evaluator)
    if said:
        conditions = "".join(f"{each}, " for each in when.values())
        hint = f"mend one of them, or say why: exceptions: [{{check: {name}, reason: …}}]"
        what = f"{agreement.label}: {conditions}{said}"
        yield Finding(name, when, Problem(what, pinned.file, pinned.line, hint=hint))


def _figure(node: Expression, when: Mapping[str, str], evaluator: Evaluator) -> Figure | None:
    """Return what an expression comes to under conditions; None where that is not known."""

    def bound(leaf: Leaf) -> Expression:
        return leaf._replace(when={**when, **leaf.when}) if isinstance(leaf, Metric) else leaf

    answer = evaluator.value(rebuild(node, bound))
    return answer if isinstance(answer, Figure) else None


def _own(figures: Iterable[Figure | None], sheet: Sheet) -> Located | None:
    """Return the first statement of a sheet's own file on which figures rest."""
    resting = (located for figure in figures if figure for located in figure.statements())
    return next((each for each in resting if each.file == sheet.document.file), None)


def _off_other(agreement: Agreement, figure: Figure, other: Figure) -> str:
    """Return how a figure differs from the one that it follows; nothing where it does not."""
    if figure.value.unit.dimension != other.value.unit.dimension:
        return ""
    stated, computed = figure.value.base, other.value.base
    if any(_meet(stated, computed, times, agreement.within) for times in agreement.times):
        return ""
    shown = numbers.quantity(other.value.to(figure.value.unit), numbers.COMPUTED_DIGITS)
    return f"{numbers.quantity(figure.value)} against {shown}"


def _meet(stated: Interval, computed: Interval, times: Fraction, within: Fraction) -> bool:
    """Whether one range meets so many times the other, but for a share that rounding explains."""
    least, most = (1 - within) * times, (1 + within) * times
    return stated.low <= computed.high * most and stated.high >= computed.low * least


def _off_bands(agreement: Agreement, figure: Figure, evaluator: Evaluator) -> str:
    """Return between which ends others lie; nothing where a figure lies there too."""
    bands = agreement.bands
    by = evaluator.figure(bands.by) if bands else None
    if bands is None or not isinstance(by, Figure):
        return ""
    place, amount = by.value.to(bands.of).amount, figure.value.to(bands.unit).amount
    found = [each for each in bands.between if each.at[0] <= place.high and each.at[1] >= place.low]
    if not found or any(
        each.lies[0] <= amount.high and each.lies[1] >= amount.low for each in found
    ):
        return ""
    ends = [*(each.lies[0] for each in found), *(each.lies[1] for each in found)]
    low, high = (numbers.amount(each, numbers.COMPUTED_DIGITS) for each in (min(ends), max(ends)))
    shown = numbers.quantity(figure.value.to(bands.unit), numbers.COMPUTED_DIGITS)
    return f"{shown}, where others at {numbers.quantity(by.value)} have {low} to {high}"
