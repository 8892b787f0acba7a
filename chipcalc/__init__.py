"""Compare chips, and check a chip against export thresholds, exactly and with sources.

>>> import chipcalc as cc
>>> db = cc.open()
>>> db["h20"].memory_bandwidth
Figure 4,000 GB/s (reported, h20.yaml:48)
>>> db.rules(as_of="2026-02-01").check(db["h20"]).classification
'3A991.p'
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # typing takes a while to load, and Ctrl-C is not caught before the end of it

if TYPE_CHECKING:
    from chipcalc.api.article import Article, CheckedArticle, ClaimResult
    from chipcalc.api.checks import Check, Finding, Headroom, Margin
    from chipcalc.api.chip import Chip, Item, item
    from chipcalc.api.comparison import Comparison, compare
    from chipcalc.api.database import Database, claim, open
    from chipcalc.api.figure import Figure, Missing
    from chipcalc.api.history import Difference, Shipping, Timeline
    from chipcalc.api.question import Answer, Answers
    from chipcalc.api.rules import Rules
    from chipcalc.api.shipments import Budget, Licence, Worldwide
    from chipcalc.deciding.outcome import Deciding, Outcome, Span
    from chipcalc.errors import ChipcalcError, Problem
    from chipcalc.values.interval import Interval
    from chipcalc.values.logic import Verdict
    from chipcalc.values.units import Quantity, Unit, quantity, unit

    __version__: str

__all__ = [
    "Answer",
    "Answers",
    "Article",
    "Budget",
    "Check",
    "CheckedArticle",
    "Chip",
    "ChipcalcError",
    "ClaimResult",
    "Comparison",
    "Database",
    "Deciding",
    "Difference",
    "Figure",
    "Finding",
    "Headroom",
    "Interval",
    "Item",
    "Licence",
    "Margin",
    "Missing",
    "Outcome",
    "Problem",
    "Quantity",
    "Rules",
    "Shipping",
    "Span",
    "Timeline",
    "Unit",
    "Verdict",
    "Worldwide",
    "__version__",
    "claim",
    "compare",
    "item",
    "open",
    "quantity",
    "unit",
]

_PLACES = {
    "chipcalc.api.article": ("Article", "CheckedArticle", "ClaimResult"),
    "chipcalc.api.chip": ("Chip", "Item", "item"),
    "chipcalc.api.comparison": ("Comparison", "compare"),
    "chipcalc.api.database": ("Database", "claim", "open"),
    "chipcalc.api.figure": ("Figure", "Missing"),
    "chipcalc.api.history": ("Difference", "Shipping", "Timeline"),
    "chipcalc.api.checks": ("Check", "Finding", "Headroom", "Margin"),
    "chipcalc.api.question": ("Answer", "Answers"),
    "chipcalc.api.rules": ("Rules",),
    "chipcalc.api.shipments": ("Budget", "Licence", "Worldwide"),
    "chipcalc.deciding.outcome": ("Deciding", "Outcome", "Span"),
    "chipcalc.errors": ("ChipcalcError", "Problem"),
    "chipcalc.values.interval": ("Interval",),
    "chipcalc.values.units": ("Quantity", "Unit", "quantity", "unit"),
    "chipcalc.values.logic": ("Verdict",),
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> object:
    """Return a public name; its module is imported when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("chipcalc")
    if name not in _MODULES:
        raise AttributeError(f"module 'chipcalc' has no attribute '{name}'")
    found: object = getattr(import_module(_MODULES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
