"""The names a script may rely on."""

from __future__ import annotations

from chipcalc.calculate import calculate
from chipcalc.compare import Comparison, Options, compare
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.evaluate import Evaluator
from chipcalc.figure import Answer, Figure, Missing
from chipcalc.interval import Interval
from chipcalc.store import Sheet, Store, open_store
from chipcalc.units import Quantity, Unit, quantity, unit

__all__ = [
    "Answer",
    "ChipcalcError",
    "Comparison",
    "Evaluator",
    "Figure",
    "Interval",
    "Missing",
    "Options",
    "Problem",
    "Quantity",
    "Sheet",
    "Store",
    "Unit",
    "calculate",
    "compare",
    "open_store",
    "quantity",
    "unit",
]
