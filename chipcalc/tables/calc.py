"""What a calculation shows: the result, and every figure that it rests on."""

from __future__ import annotations

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract.common import interval_data
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values import numbers

SCHEMA = "chipcalc.calc/1"


def report(found: Calculation) -> Report:
    """Return the result of an expression, with the figures that it rests on."""
    figure = found.figure
    result = numbers.quantity(
        figure.value, numbers.COMPUTED_DIGITS if figure.derived else numbers.STATED_DIGITS
    )
    rows = []
    for node, used in found.used:
        when = f"[{', '.join(node.when.values())}]" if node.when else ""
        origins = ", ".join(dict.fromkeys(each.origin for each in used.statements()))
        digits = numbers.COMPUTED_DIGITS if used.derived else numbers.STATED_DIGITS
        rows.append(
            Row(
                (
                    f"  {node.chip}.{node.name}{when}",
                    numbers.quantity(used.value, digits),
                    used.status,
                    origins,
                )
            )
        )
    columns = (Column(""), Column("", "right"), Column(""), Column(""))
    data = {
        "schema": SCHEMA,
        "expression": found.expression,
        **interval_data(figure.value.amount),
        "unit": figure.value.unit.text,
        "status": figure.status,
        "inputs": [
            {
                "chip": node.chip,
                "metric": node.name,
                "when": dict(node.when),
                **interval_data(used.value.amount),
                "unit": used.value.unit.text,
                "status": used.status,
                "at": [each.origin for each in used.statements()],
            }
            for node, used in found.used
        ],
    }
    flat = {"expression": found.expression, **interval_data(figure.value.amount)}
    record = {**flat, "unit": figure.value.unit.text, "status": figure.status}
    shown = result if figure.status != "estimated" else f"~{result}"
    return Report(columns, tuple(rows), lambda: data, lambda: [record], title=shown)
