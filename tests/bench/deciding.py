"""How long deciding takes, against its goals and against the straightforward way in the same run.

Each chip is asked anew, with nothing known of it, under rules that have been read; "again" is the
same chip asked once more. All times are of the processor, which other programs disturb less;
cyclic garbage is collected as rarely as on the command line, and its share is told. The goals for
many chips were set for 129 of them, so that they stand for each chip too.

    python tests/bench/deciding.py
"""

from __future__ import annotations

import datetime
import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

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
_GOALS_FOR = 129  # chips
_AS_COMMAND = 100_000  # the threshold of the command line


class Taken(NamedTuple):
    """How long something took, and how long it may take, in milliseconds; over so many chips.

    `garbage` is how much of it went into collecting cyclic garbage.
    """

    what: str
    took: float
    goal: float | None = None
    chips: int = 1
    garbage: float = 0

    def __str__(self) -> str:
        """Return the row of the table."""
        share = f"{self.garbage / self.took:6.0%}" if self.garbage else f"{'':6}"
        against = f"{self.goal:7.0f}{self.took / self.goal:8.2f}" if self.goal else f"{'':15}"
        row = f"{self.what:52}{self.took:9.2f}{share}{against}"
        if self.chips > 1:
            row += f"{self.took / self.chips:9.2f}"
            row += f"{self.goal / _GOALS_FOR:7.1f}" if self.goal else ""
        return row.rstrip()


class Garbage:
    """Adds up how long cyclic garbage is collected, in milliseconds, from the last look on."""

    def __init__(self) -> None:
        self._began = self._spent = 0.0
        gc.callbacks.append(self._heard)

    def _heard(self, phase: str, _: object) -> None:
        if phase == "start":
            self._began = time.process_time()
        else:
            self._spent += (time.process_time() - self._began) * 1000

    def since(self) -> float:
        """Return how long it took since this was asked last."""
        spent, self._spent = self._spent, 0.0
        return spent


_GARBAGE = Garbage()


def item(sheet: Sheet) -> Supposed:
    """Return a chip of which nothing is known yet."""
    return suppose(sheet, {}, _STORE.vocabulary)


def once(action: Callable[[], object]) -> float:
    """Return how long the processor takes for something that is done once, in milliseconds."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def least(action: Callable[[], object]) -> float:
    """Return the shortest of some runs: the one that the machine disturbed least."""
    return min(once(action) for _ in range(_ROUNDS))


def together(what: str, goal: float, chips: int, action: Callable[[], object]) -> Taken:
    """Return how long something takes that is done once for many chips, and its garbage."""
    _GARBAGE.since()
    took = once(action)
    return Taken(what, took, goal, chips, _GARBAGE.since())


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
        return [least(lambda s=each: action(item(s))) for each in found]  # type: ignore[misc]

    def again(found: Sequence[Sheet], action: Callable[[Supposed], object]) -> list[float]:
        return [least(lambda s=each: action(kept[s.id])) for each in found]  # type: ignore[misc]

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
    for each in sorted(sheets, key=lambda sheet: -taken[sheet.id])[:_ROUNDS]:  # once more
        taken[each.id] = least(lambda s=each: worldwide(_SHIPMENTS, [item(s)]))  # type: ignore[misc]
    slowest = max(taken, key=lambda name: taken[name])
    yield Taken("licence for the world, median", median(taken.values()))
    yield Taken(f"licence for the world, slowest ({slowest})", taken[slowest], 500)
    count = len(sheets)
    yield together(
        f"licence of {count} chips to one country", 2000, count,
        lambda: [shipment(_SHIPMENTS, item(each), "CN") for each in sheets],
    )  # fmt: skip
    yield together(
        f"timeline of {count} chips", 3000, count,
        lambda: list(moments(_BOOK, [item(each) for each in sheets])),
    )  # fmt: skip


def ratio() -> float:
    """Return how many times as long the straightforward way takes for a licence to one country."""
    sheet = _STORE.sheet(_MANY_PIECES)

    def asked() -> object:
        return shipment(ShipmentRules(Rulebook(_STORE), _DAY), item(sheet), "SG")

    cells = least(asked)
    with ExitStack() as changed:
        for module in ("chipcalc.check.day", "chipcalc.licence.questions"):
            changed.enter_context(patch(f"{module}.decide", straightforward.decide))
        return once(asked) / cells


def main() -> None:
    """Print the table."""
    gc.set_threshold(_AS_COMMAND)
    sheets = [*_STORE.all()]
    worldwide(_SHIPMENTS, [item(sheets[0])])
    print(f"{'what':52}{'ms':>9}{'gc':>6}{'goal':>7}{'× goal':>8}{'a chip':>9}{'goal':>7}")
    for each in (*checks(sheets), *licences(sheets)):
        print(each)
    print(f"the straightforward way, licence of {_MANY_PIECES}: {ratio():.1f} × as long")


if __name__ == "__main__":
    main()
