"""A budget as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc import budget, budget_report, supposed
from chipcalc.budget import Limit
from chipcalc.check import Day
from chipcalc.check_report import NO_ADVICE
from chipcalc.check_request import Asked, chosen
from chipcalc.errors import Problem, error
from chipcalc.report import Report
from chipcalc.store import Store

_OF = "tpp"


def asked_limits(
    store: Store, day: Day, amounts: Sequence[str], names: Sequence[str], *, dated: bool
) -> list[Limit]:
    """Return the limits that a command line names: amounts, rules, or all rules of the day.

    A rule is taken as of the day where that is `dated`, else period by period. Raises
    ChipcalcError for a rule that sets no limit, on that day or at all.
    """
    found = [Limit(_OF, supposed.amount(_OF, each, store.vocabulary)) for each in amounts]
    for name in names:
        periods = budget.periods(day.rulebook, name)
        ids = {each.provision.id for each in periods if each.provision}
        if dated:
            periods = [e for e in budget.limits(day.rulebook, day.day)
                       if e.provision and e.provision.id in ids]  # fmt: skip
        if not periods:
            raise error(f"'{name}' sets no limit on {day.day}", "leave out --as-of for all periods")
        found += periods
    return found or budget.limits(day.rulebook, day.day)


def budgets(
    store: Store, day: Day, wanted: Asked, limits: Sequence[Limit], *, dated: bool
) -> tuple[Report | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return how many of the chips fit, with notices and problems; nothing where none is left.

    Limits that are not `dated` are those of all periods.
    """
    items, notices, problems = chosen(store, wanted)
    found = [budget.fitting(day, item, limit) for limit in limits for item in items]
    if not items:
        return None, notices, problems
    if not found:
        raise error(f"no rule sets a limit on {day.day}", "give one: --tpp 1000000")
    report = budget_report.report(found, day.day, store.vocabulary, dated=dated)
    return report._replace(notes=(*report.notes, NO_ADVICE)), notices, problems
