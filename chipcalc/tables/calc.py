"""What a calculation shows: the result, and every figure that it rests on."""

from __future__ import annotations

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract import calc
from chipcalc.figures.figure import Figure
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.words.line import block


def report(found: Calculation) -> Report:
    """Return the result of an expression, with the figures that it rests on."""
    rows = []
    for node, used in found.used:
        when = f"[{', '.join(node.when.values())}]" if node.when else ""
        origins = ", ".join(dict.fromkeys(each.origin for each in used.statements()))
        name = cell(f"{node.chip}.{node.name}{when}", level=1)
        rows.append(Row((name, cell(_amount(used)), cell(used.status), cell(origins))))
    figure = found.figure
    result = _amount(figure) if figure.status != "estimated" else f"~{_amount(figure)}"
    return Report(
        lambda: calc.data(found),
        lambda: calc.records(found),
        title=block(result),
        parts=(
            Grid((Column(""), Column("", "right"), Column(""), Column("")), tuple(rows), "calc"),
        ),
    )


def _amount(figure: Figure) -> str:
    digits = numbers.COMPUTED_DIGITS if figure.derived else numbers.STATED_DIGITS
    return numbers.quantity(figure.value, digits)
