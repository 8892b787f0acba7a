"""How long a licence takes: one shipment against the rules of a day, and a chip over the world.

Prints medians over chips in milliseconds, and their ratios to a check of the same chips in the
same run. Run it with: python tests/bench/licence.py
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from statistics import median

from timing import milliseconds

from chipcalc.check.day import Ruleset, ShipmentRules
from chipcalc.check.what_if import Supposed, suppose
from chipcalc.licence.licence import licence, worldwide
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import open_store

_DAY = datetime.date(2026, 3, 1)
_CHIPS = ("h20", "h100-sxm", "b200", "l40", "rtx-4090", "a30", "mi325x", "orin-x", "ascend-950pr")
_SHIPMENTS: Mapping[str, Mapping[str, str]] = {
    "all given": {
        "destination": "CN",
        "headquarters": "CN",
        "parent_headquarters": "CN",
        "transaction": "export",
    },
    "transaction open": {"destination": "CN"},
    "headquarters open": {"destination": "SG"},
}
_ROUNDS = 3


def main() -> None:
    """Print the times and their ratios."""
    store = open_store()
    rulebook = Rulebook(store)
    items, shipments = Ruleset(rulebook, _DAY), ShipmentRules(rulebook, _DAY)

    def each(action: Callable[[Supposed], object], **facts: str) -> float:
        chips = [suppose(store.sheet(chip), facts, store.vocabulary) for chip in _CHIPS]
        return median(milliseconds(_ROUNDS, lambda chip=chip: action(chip)) for chip in chips)  # type: ignore[misc]

    checked = each(lambda chip: items.check(chip.evaluator))
    print(f"rules in force: {len(shipments.provisions)}; chips: {len(_CHIPS)}")
    print(f"{'check of the item':24}{checked:8.1f} ms    1.0 × check")
    for name, facts in _SHIPMENTS.items():
        taken = each(lambda c: licence(shipments, c.evaluator, c.circumstances), **facts)
        print(f"{'licence, ' + name:24}{taken:8.1f} ms{taken / checked:7.1f} × check")
    world = each(lambda chip: worldwide(shipments, [chip]))
    print(f"{'licence, the world':24}{world:8.1f} ms{world / checked:7.1f} × check")


if __name__ == "__main__":
    main()
