"""How long deciding takes, against its goals and against the straightforward way in the same run.

Each chip is asked anew, with nothing known of it, under rules that have been read; "again" is the
same chip asked once more. Run it with: python tests/bench/deciding.py
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from timing import milliseconds

import straightforward
from chipcalc.check.day import Ruleset, ShipmentRules
from chipcalc.check.timeline import moments
from chipcalc.check.what_if import Supposed, suppose
from chipcalc.licence.licence import shipment, worldwide
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import open_store
from chipcalc.words import tree

_DAY = datetime.date(2026, 3, 1)
_ROUNDS = 3
_STORE = open_store()
_BOOK = Rulebook(_STORE)
_ITEMS, _SHIPMENTS = Ruleset(_BOOK, _DAY), ShipmentRules(_BOOK, _DAY)
_MANY_PIECES = "zhenwu-810e"


class Taken(NamedTuple):
    """How long something took, and how long it may take, in milliseconds."""

    what: str
    took: float
    goal: float | None = None


def item(sheet: Sheet) -> Supposed:
    """Return a chip of which nothing is known yet."""
    return suppose(sheet, {}, _STORE.vocabulary)


def once(action: Callable[[], object]) -> float:
    """Return how long something takes that is done once, in milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def explained(asked: Supposed) -> None:
    """Check a chip, and explain every verdict."""
    checked = _ITEMS.check(asked.evaluator)
    for each in checked.findings:
        list(tree.steps(each.line, checked.case))


def checks(sheets: Sequence[Sheet]) -> Iterator[Taken]:
    """Yield how long one check takes, of chips with all facts and of others."""
    kept = {each.id: item(each) for each in sheets}
    is_open = {
        name: any(e.deciding for e in _ITEMS.check(each.evaluator).findings)
        for name, each in kept.items()
    }
    settled = [each for each in sheets if not is_open[each.id]]
    others = [each for each in sheets if is_open[each.id]]

    def each_of(found: Sequence[Sheet], action: Callable[[Supposed], object]) -> list[float]:
        return [milliseconds(_ROUNDS, lambda s=each: action(item(s))) for each in found]  # type: ignore[misc]

    def again(found: Sequence[Sheet], action: Callable[[Supposed], object]) -> list[float]:
        return [milliseconds(_ROUNDS, lambda s=each: action(kept[s.id])) for each in found]  # type: ignore[misc]

    def check(asked: Supposed) -> object:
        return _ITEMS.check(asked.evaluator)

    yield Taken(
        "check and explanation, all facts known, median", median(each_of(settled, explained))
    )
    yield Taken("  again", median(again(settled, explained)), 1)
    first = each_of(others, check)
    yield Taken("check, facts missing, median", median(first), 2)
    yield Taken("check, facts missing, slowest", max(first), 15)
    yield Taken("  again, slowest", max(again(others, check)))


def licences(sheets: Sequence[Sheet]) -> Iterator[Taken]:
    """Yield how long licences and timelines take."""
    taken = {each.id: once(lambda s=each: worldwide(_SHIPMENTS, [item(s)])) for each in sheets}  # type: ignore[misc]
    slowest = max(taken, key=lambda name: taken[name])
    yield Taken("licence for the world, median", median(taken.values()))
    yield Taken(f"licence for the world, slowest ({slowest})", taken[slowest], 500)
    every = once(lambda: [shipment(_SHIPMENTS, item(each), "CN") for each in sheets])
    yield Taken(f"licence of {len(sheets)} chips to one country", every, 2000)
    days = once(lambda: list(moments(_BOOK, [item(each) for each in sheets])))
    yield Taken(f"timeline of {len(sheets)} chips", days, 3000)


def ratio() -> float:
    """Return how many times as long the straightforward way takes for a licence to one country."""
    sheet = _STORE.sheet(_MANY_PIECES)

    def asked() -> object:
        return shipment(ShipmentRules(Rulebook(_STORE), _DAY), item(sheet), "SG")

    cells = milliseconds(_ROUNDS, asked)
    with ExitStack() as changed:
        for module in ("chipcalc.check.day", "chipcalc.licence.questions"):
            changed.enter_context(patch(f"{module}.decide", straightforward.decide))
        return milliseconds(1, asked) / cells


def main() -> None:
    """Print the table."""
    sheets = [*_STORE.all()]
    for each in sheets[:1]:
        worldwide(_SHIPMENTS, [item(each)])
    print(f"{'what':52}{'ms':>9}{'goal':>7}{'× goal':>8}")
    for what, took, goal in (*checks(sheets), *licences(sheets)):
        against = f"{goal:7.0f}{took / goal:8.2f}" if goal else ""
        print(f"{what:52}{took:9.2f}{against}")
    print(f"the straightforward way, licence of {_MANY_PIECES}: {ratio():.1f} × as long")


if __name__ == "__main__":
    main()
