"""The names a script may rely on."""

from __future__ import annotations

from chipcalc.calculate import calculate
from chipcalc.check import Checked, Classification, Day, Finding
from chipcalc.claims import Checker
from chipcalc.compare import Comparison, Options, compare
from chipcalc.deciding import Deciding
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.evaluate import Evaluator
from chipcalc.figure import Answer, Figure, Missing
from chipcalc.interval import Interval
from chipcalc.licence import Licence, Shipment, licence, shipment, worldwide
from chipcalc.rulebook import Rulebook
from chipcalc.store import Sheet, Store, open_store
from chipcalc.supposed import blank, suppose
from chipcalc.units import Quantity, Unit, quantity, unit
from chipcalc.verdict import Verdict

__all__ = [
    "Answer",
    "Checked",
    "Checker",
    "ChipcalcError",
    "Classification",
    "Comparison",
    "Day",
    "Deciding",
    "Evaluator",
    "Figure",
    "Finding",
    "Interval",
    "Licence",
    "Missing",
    "Options",
    "Problem",
    "Quantity",
    "Rulebook",
    "Sheet",
    "Shipment",
    "Store",
    "Unit",
    "Verdict",
    "blank",
    "calculate",
    "compare",
    "licence",
    "open_store",
    "quantity",
    "shipment",
    "suppose",
    "unit",
    "worldwide",
]
