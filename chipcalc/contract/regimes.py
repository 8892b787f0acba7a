"""What other regimes say of a chip, in the contract of a check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.contract.outcomes import deciding_data
from chipcalc.rules.rulebook import Rulebook
from chipcalc.words.check import named
from chipcalc.words.regimes import answer, leaves_open
from chipcalc.words.remains import otherwise

Beside: TypeAlias = Sequence[tuple[Rulebook, Sequence[Checked]]]
_LISTED = {Classed.named: "listed", Classed.none: "not listed", Classed.unknown: "unknown"}


def name(checked: Checked) -> str | None:
    """Return the id of the regime whose rules were asked; None where specs know of none."""
    return checked.regime.id if checked.regime else None


def data(
    checked: Checked, rule_data: Callable[[Finding, Checked], dict[str, Any]]
) -> dict[str, Any]:
    """Return what one other regime says of a chip, with what its answer leaves open."""
    left = leaves_open(checked)
    return {
        "regime": name(checked),
        "name": checked.regime.name if checked.regime else None,
        "listed": _LISTED.get(checked.classed),
        "classification": named(checked),
        "possible": list(checked.classification.possible),
        "cites": list(checked.classification.cites),
        "says": answer(checked),
        "leaves_open": [{"at": place, "why": why} for place, why in left.items()],
        "deciding": deciding_data(checked.deciding, otherwise(checked)),
        "rules": [rule_data(each, checked) for each in checked.findings],
    }
