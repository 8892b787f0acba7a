"""The examples of a rule: cases that its text decides in a known way, run against the rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chipcalc.check.day import DayRules, Ruleset, ShipmentRules
from chipcalc.check.what_if import Supposed, blank, suppose
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Example
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store

NOT_ASKED = "not asked"


def failures(provisions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Yield every example of a rule's versions that does not come out as it says."""
    days: dict[tuple[datetime.date, type[DayRules]], DayRules] = {}
    for provision in provisions:
        for index, example in enumerate(provision.version.examples):
            place = ("examples", index)
            day = example.as_of or provision.version.begins
            if not provision.holds(day):
                yield provision.problem(f"the version does not hold on {day}", "", *place)
                continue
            try:
                asked = (day, _asked_of(example, rulebook))
                if asked not in days:
                    days[asked] = asked[1](rulebook, day, [provision.id])
                verdict, cites = outcome(example, provision, days[asked])
            except ChipcalcError as fault:
                yield from (
                    provision.problem(each.what, each.hint, *place) for each in fault.problems
                )
                continue
            if verdict != example.expect:
                what = f"comes out as {verdict}, but expects {example.expect}"
                yield provision.problem(what, "mend the rule or the example", *place)
            elif example.cite and example.cite not in cites[:1]:
                first = cites[0] if cites else "no limb"
                yield provision.problem(f"meets {first} first, not {example.cite}", "", *place)


def _asked_of(example: Example, rulebook: Rulebook) -> type[DayRules]:
    """Return the rules to ask: all of a rule, where an example says something of a shipment."""
    known = rulebook.store.vocabulary.circumstances
    shipped = any(known[name].shipment for name in example.given if name in known)
    return ShipmentRules if shipped else Ruleset


def _supposed(store: Store, example: Example) -> Supposed:
    """Return the item of an example; examples that only differ in circumstances share figures.

    Raises ChipcalcError for what does not fit.
    """
    known = store.vocabulary.circumstances
    of_figures = tuple((k, each) for k, each in example.given.items() if k not in known)
    said = tuple((k, each) for k, each in example.given.items() if k in known)
    try:
        item = _item(store, example.chip, of_figures)
        return item._replace(circumstances=_item(store, None, said).circumstances)
    except ChipcalcError:  # the first of several mistakes is told, in their order
        return _item(store, example.chip, tuple(example.given.items()))


@lru_cache(maxsize=1000)
def _item(store: Store, chip: str | None, given: tuple[tuple[str, str], ...]) -> Supposed:
    """Return a chip or an item described by its values; its figures are computed once."""
    sheet = store.sheet(chip) if chip else blank(store.vocabulary)
    return suppose(sheet, dict(given), store.vocabulary)


def outcome(example: Example, provision: Provision, day: DayRules) -> tuple[str, tuple[str, ...]]:
    """Return the verdict of a rule for an example, and the limbs that are met."""
    store = day.rulebook.store
    supposed = _supposed(store, example)
    checked = day.check(supposed.evaluator, supposed.circumstances)
    for finding in checked.findings:
        if finding.provision.id == provision.id:
            return finding.verdict.value, finding.cites
    return NOT_ASKED, ()
