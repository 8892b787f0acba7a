"""How long one check takes: a loaded chip against all rules, explanation included.

Prints the median and the slowest over all chips, in milliseconds, and how that compares with
loading a chip's sheet from its file. Run it with: python tests/bench/check.py
"""

from __future__ import annotations

import datetime
from statistics import median

from timing import milliseconds

from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked
from chipcalc.figures.evaluate import Evaluator
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store, open_store
from chipcalc.words import tree

_DAY = datetime.date(2026, 2, 1)
_ROUNDS = 5


def explained(checked: Checked) -> int:
    """Return the number of lines of all explanations, written out in full."""
    return sum(1 for each in checked.findings for _ in tree.steps(each.line, checked.case))


def load(store: Store, chip: str) -> object:
    """Return a chip's sheet, read anew from its file."""
    return Store(store.folders).sheet(chip)


def main() -> None:
    """Print the times and their ratios."""
    store = open_store()
    day = Ruleset(Rulebook(store), _DAY)
    settled: dict[str, float] = {}
    unsettled: dict[str, float] = {}
    words: dict[str, float] = {}
    for sheet in store.all():
        evaluator = Evaluator(sheet, store.vocabulary)
        checked = day.check(evaluator)
        known = not any(each.deciding for each in checked.findings)
        took = milliseconds(_ROUNDS, lambda e=evaluator: day.check(e))  # type: ignore[misc]
        (settled if known else unsettled)[sheet.id] = took
        words[sheet.id] = milliseconds(_ROUNDS, lambda c=checked: explained(c))  # type: ignore[misc]
    fresh = [
        milliseconds(_ROUNDS, lambda s=sheet: day.check(Evaluator(s, store.vocabulary)))  # type: ignore[misc]
        for sheet in store.all()
        if sheet.id in settled
    ]
    sheet_load = milliseconds(_ROUNDS, lambda: load(store, next(iter(settled))))
    typical = median(settled.values())
    slowest = max(settled, key=lambda chip: settled[chip])
    print(f"rules in force: {len(day.provisions)}; chips: {len(settled) + len(unsettled)}")
    print(f"all facts known, {len(settled)} chips: median {typical:.2f} ms")
    print(f"  slowest: {settled[slowest]:.2f} ms ({slowest})")
    print(f"  the first time, figures computed as well: median {median(fresh):.2f} ms")
    print(f"  every explanation in words, on top: median {median(words.values()):.2f} ms")
    print(f"  loading one sheet takes {sheet_load / typical:.0f} times as long as checking it")
    if unsettled:
        middle = median(unsettled.values())
        print(f"facts missing, {len(unsettled)} chips: median {middle:.2f} ms,")
        print(f"  slowest {max(unsettled.values()):.2f} ms: deciding facts are solved as well")


if __name__ == "__main__":
    main()
