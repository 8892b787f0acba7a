"""Pictures as a script asks for them: of chips and rules, of what was compared and checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from chipcalc.charts import Chart
from chipcalc.check.day import Ruleset
from chipcalc.rules.rule import CLASSIFICATION, PRESUMPTION

if TYPE_CHECKING:
    from chipcalc.api.chip import Chip, Item
    from chipcalc.api.rules import Rules


USUAL_METRIC = "tpp"  # of launches


def _nowhere(_: str) -> str:
    return ""


def red_lines(
    rules: Rules,
    chips: Iterable[Chip | Item],
    named: Collection[str] = (),
    address: Callable[[str], str] = _nowhere,
) -> Chart:
    """Return chips against the lines of a day; `named` are the ids of those that come first.

    `address` says what the mark of a chip leads to.
    """
    from chipcalc.api.chip import described
    from chipcalc.charts import red_lines as drawn

    whole = rules.of_items
    kinds = (CLASSIFICATION, PRESUMPTION)
    only = [each.id for each in whole.asked if each.rule.kind in kinds]
    narrowed = Ruleset(whole.rulebook, whole.day, only) if only else whole
    items = [described(each, whole.vocabulary) for each in chips]
    checks = [narrowed.check(each.evaluator, each.circumstances) for each in items]
    return drawn(whole, checks, named=named, address=address)


def launches(
    rules: Rules,
    chips: Iterable[Chip],
    metric: str,
    named: Collection[str] = (),
    address: Callable[[str], str] = _nowhere,
) -> Chart:
    """Return a metric of chips over their launch dates, with the lines of the law.

    Raises ChipcalcError for a metric that there is none of, or that no dated chip has.
    """
    from chipcalc.charts import launches as drawn

    found = [each.item.evaluator for each in chips]
    return drawn(rules.of_items, found, metric, named=named, address=address)
