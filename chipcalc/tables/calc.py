"""What a calculation shows: the result, and every figure that it rests on."""

from __future__ import annotations

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract import calc
from chipcalc.figures.figure import Figure
from chipcalc.tables.report import Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.calc import unlike
from chipcalc.words.line import HARD_SPACE, Phrase, TextLine, phrased
from chipcalc.words.sheet import lines_said

_COLUMNS = (
    Column("", name="figure"),
    Column("", "decimal", name="value"),
    Column("", name="unit"),
    Column("", name="status"),
    Column("", name="origin"),
)


def report(found: Calculation, vocabulary: Vocabulary, *, exact: bool = False) -> Report:
    """Return the result of an expression, with the figures that it rests on.

    In a pipe the result stands alone, and those figures are remarks beside it.
    """
    rows = []
    for node, used in found.used:
        when = f"[{f',{HARD_SPACE}'.join(node.when.values())}]" if node.when else ""
        origins = [each.origin for each in used.statements()]
        rows.append(
            Row(
                (
                    cell(f"{node.chip}.{node.name}{when}", level=1),
                    Cell((_amount(used),), estimated=used.status == "estimated"),
                    cell(str(used.value.unit), role="faint"),
                    cell(used.status, role="" if used.status == "official" else "faint"),
                    cell(lines_said(origins, ending=True), role="faint"),
                )
            )
        )
    return Report(
        lambda: calc.data(found),
        lambda: calc.records(found),
        title=(_result(found, vocabulary, exact=exact),),
        parts=(Grid(_COLUMNS, tuple(rows), "calc"),) if rows else (),
        aside=True,
    )


def _result(found: Calculation, vocabulary: Vocabulary, *, exact: bool) -> TextLine:
    """Return the result with its unit, and behind it whether it sets unlike things together."""
    amount = found.as_shown.amount
    digits = _digits(found.figure)
    shown = _fraction(amount) if exact else numbers.amounts(amount, digits)
    unit = "×" if found.is_ratio else str(found.as_shown.unit)
    mark = "~" * (found.figure.status == "estimated")
    result = Phrase(f"{mark}{shown} {unit}".rstrip(), "title")
    said = unlike([node for node, _ in found.used], vocabulary)
    return phrased(result, f"{3 * HARD_SPACE}{said}") if said else phrased(result)


def _fraction(amount: Interval) -> str:
    """Return an amount as it is: ``1184/407``, neither rounded nor cut off."""
    return numbers.between(amount, str(amount.low), str(amount.high))


def _amount(figure: Figure) -> str:
    return numbers.amounts(figure.value.amount, _digits(figure))


def _digits(figure: Figure) -> int:
    """Return how many digits are shown: of what is stated all, of a computed range the fewest."""
    if not figure.derived:
        return numbers.STATED_DIGITS
    return numbers.COMPUTED_DIGITS if figure.value.amount.exact else numbers.RATIO_DIGITS
