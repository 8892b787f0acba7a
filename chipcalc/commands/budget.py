"""A budget as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.check import budget, what_if
from chipcalc.check.budget import Limit
from chipcalc.commands.check import Asked, chosen
from chipcalc.errors import Problem, each_of, error
from chipcalc.tables.report import Report

_OF = "tpp"


def asked_limits(
    rules: Rules, amounts: Sequence[str], names: Sequence[str], *, dated: bool
) -> list[Limit]:
    """Return the limits that a command line names: amounts, rules, or all rules of the day.

    A rule is taken as of the day where that is `dated`, else period by period. Raises
    ChipcalcError for a rule that sets no limit, on that day or at all.
    """
    vocabulary = rules.rulebook.store.vocabulary
    found = [Limit(_OF, what_if.amount(_OF, each, vocabulary)) for each in amounts]
    of_rules = each_of(names, lambda name: budget.periods(rules.rulebook, name))
    for name, all_periods in zip(names, of_rules, strict=True):
        periods = all_periods
        ids = {each.provision.id for each in periods if each.provision}
        if dated:
            periods = [e for e in budget.limits(rules.rulebook, rules.as_of)
                       if e.provision and e.provision.id in ids]  # fmt: skip
        if not periods:
            raise error(
                f"'{name}' sets no limit on {rules.as_of}", "leave out --as-of for all periods"
            )
        found += periods
    return found or budget.limits(rules.rulebook, rules.as_of)


def budgets(
    db: Database, rules: Rules, wanted: Asked, limits: Sequence[Limit], *, dated: bool
) -> tuple[Report | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return how many of the chips fit, with notices and problems; nothing where none is left.

    Limits that are not `dated` are those of all periods.
    """
    chips, notices, problems = chosen(db, wanted)
    if not chips:
        return None, notices, problems
    return rules.fitting(chips, limits, dated=dated).report(), notices, problems
