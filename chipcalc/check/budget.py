"""Budgets: how many chips fit into a limit on what they add up to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from math import floor
from typing import NamedTuple

from chipcalc.check import contents
from chipcalc.check.day import DayRules
from chipcalc.check.ways import Basis, Way, declared_figure, ways
from chipcalc.check.what_if import Supposed
from chipcalc.errors import error
from chipcalc.figures.circuits import over_circuits
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.values import units
from chipcalc.values.logic import Verdict, every, some
from chipcalc.values.units import Quantity


class Limit(NamedTuple):
    """An amount of a metric that many chips may add up to, and the text that sets it, if any."""

    of: str
    at_most: Quantity
    per: str = ""
    provision: Provision | None = None


class Count(NamedTuple):
    """How many chips fit, by one way to state their figure, or by what bounds it.

    `fewest` and `most` differ where the figure is a range; None where it is zero, so that there
    is no end. Where nothing bounds it above, as few as none may fit.
    """

    way: Way
    figure: Answer
    fewest: int | None
    most: int | None


class Fitting(NamedTuple):
    """One chip under one limit: whether it counts there, and how many fit; none if not known."""

    item: Supposed
    limit: Limit
    draws: Verdict
    counts: tuple[Count, ...]


def limits(rulebook: Rulebook, day: datetime.date) -> list[Limit]:
    """Return the limits that the rules set on a day."""
    return [_limit(each) for each in rulebook.on(day) if each.version.budget]


def periods(rulebook: Rulebook, name: str) -> list[Limit]:
    """Return the limits of one rule, period by period, each as it stands last.

    Raises ChipcalcError for a rule that is none, or sets no limit.
    """
    versions = rulebook.rule(name)
    found = {e.version.budget: _limit(e) for e in versions if e.version.budget}
    if not found:
        known = [v[0].rule.paragraph for v in rulebook.provisions.values() if v[-1].version.budget]
        what = f"'{versions[0].rule.paragraph}' sets no limit to count against"
        raise error(what, f"known are {', '.join(known)}")
    return list(found.values())


def fitting(day: DayRules, item: Supposed, limit: Limit) -> Fitting:
    """Return how many of a chip fit into a limit, by its computed and its declared figure.

    Of a board or a system, all circuits are counted together, where each of them has a figure.
    """
    if item.evaluator.circuits:
        return _of_circuits(day, item, limit)
    draws = _draws(day, item.evaluator, item.circumstances, limit)
    return Fitting(item, limit, draws, tuple(_counts(item, limit)))


def _draws(day: DayRules, evaluator: Evaluator, given: Mapping[str, str], limit: Limit) -> Verdict:
    if not limit.provision:
        return Verdict.met
    case = day.case(evaluator, given)
    return every((case.scope(limit.provision), case.read(limit.provision).verdict))


def _of_circuits(day: DayRules, item: Supposed, limit: Limit) -> Fitting:
    """Return how many of a board or a system fit: it draws where one of its circuits does."""
    draws = some(
        _draws(day, each, item.circumstances, limit)
        for each in contents.within_each(item.evaluator)
    )
    figures = [each.evaluator.figure(limit.of) for each in item.evaluator.circuits]
    added = over_circuits(item.evaluator.circuits, limit.of, {})
    known = isinstance(added, Figure) and all(isinstance(each, Figure) for each in figures)
    counts = [_count(Basis.computed, added, limit)] if known and isinstance(added, Figure) else []
    return Fitting(item, limit, draws, tuple(counts))


def _limit(provision: Provision) -> Limit:
    budget = provision.version.budget
    if budget is None:
        raise ValueError(provision.id)
    return Limit(budget.of, units.quantity(budget.at_most), budget.per, provision)


def _counts(item: Supposed, limit: Limit) -> Iterator[Count]:
    found: Sequence[tuple[Way, Figure]] = list(ways(item.evaluator, limit.of))
    declared = declared_figure(item.evaluator, limit.of)
    if not found:
        yield from _bounded(item.evaluator.figure(limit.of), limit)
    for way, figure in [*found, *([(Basis.declared, declared)] if declared else [])]:
        yield _count(way, figure, limit)


def _count(way: Way, figure: Figure, limit: Limit) -> Count:
    each = figure.value.to(limit.at_most.unit).amount
    line = limit.at_most.amount.best
    fewest, most = (floor(line / end) if end else None for end in (each.high, each.low))
    return Count(way, figure, fewest, most)


def _bounded(answer: Answer, limit: Limit) -> Iterator[Count]:
    """Yield how many chips fit of which no figure is known, but what it is at least or at most."""
    bounds = answer.bounds(limit.at_most.unit) if isinstance(answer, Missing) else None
    if bounds:
        line = limit.at_most.amount.best
        fewest = 0 if bounds.high is None else floor(line / bounds.high) if bounds.high else None
        most = floor(line / bounds.low) if bounds.low else None
        yield Count(Basis.computed, answer, fewest, most)
