"""Criteria as rows of a table: the figure, the sign, the line and the distance in columns."""

from __future__ import annotations

from chipcalc.check.result import Checked
from chipcalc.rules.case import Line
from chipcalc.tables.report import NOTHING, Cell, Column, cell
from chipcalc.words import supposed
from chipcalc.words.comparisons import Compared, compared
from chipcalc.words.explanation import Reason
from chipcalc.words.line import Role

PIECES = (
    Column("", "decimal", name="value"),
    Column("", name="sign"),
    Column("", "decimal", name="limit"),
    Column("margin %", "decimal", name="margin"),
)


class Told:
    """The units that a table has told by now: each stands beside its figure's first row."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def named(self, found: Compared) -> str:
        """Return the name of a figure, with its unit the first time."""
        first = found.named not in self._names
        self._names.add(found.named)
        return found.named if first else found.name


def reason_cells(reason: Reason, checked: Checked, told: Told, limb: str = "") -> list[Cell]:
    """Return a reason as cells: what it is about, and its figure in pieces where it has one."""
    found = compared(reason.line, checked.case.evaluator.vocabulary) if reason.line else None
    if found is None or reason.line is None:
        return [cell(" ".join(filter(None, (limb, reason.says))))]
    return [cell(about(found, reason.line, checked, told, limb)), *piece_cells(found)]


def about(found: Compared, line: Line, checked: Checked, told: Told, limb: str = "") -> str:
    """Return what a comparison is about, behind its limb, and whether it rests on what-ifs."""
    words = " ".join(filter(None, (limb, told.named(found))))
    return supposed.marked(words, line, checked.case)


def piece_cells(found: Compared) -> list[Cell]:
    """Return the figure, the sign, the line and the distance of a comparison, of its nearer end."""
    near: Role = "strong" if found.near else ""
    return [
        cell(found.value, role="" if found.known else "missing"),
        cell(found.sign),
        cell(found.limit),
        cell(found.nearest, role=near) if found.nearest else NOTHING,
    ]
