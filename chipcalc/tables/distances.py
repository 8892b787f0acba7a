"""The whole list of distances: every line of every rule, limb by limb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Distance
from chipcalc.check.result import Checked
from chipcalc.rules.criteria import SIGNS
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.words import explanation, labels, supposed
from chipcalc.words.line import Block, block


def grid(found: Sequence[Checked], measured: Sequence[tuple[Checked, Distance]]) -> Grid:
    """Return the distances of chips to every line of every rule, rule by rule."""
    rows = [row for checked in found for row in _chip_rows(checked, measured, of=len(found))]
    columns = (
        Column("", name="place"), Column("", name="mark"), Column("value", "right"),
        Column("line", "right"),
        Column("distance", "right"), Column("margin", "right"),
    )  # fmt: skip
    return Grid(columns, tuple(rows), "distances")


def _chip_rows(
    checked: Checked, measured: Sequence[tuple[Checked, Distance]], *, of: int
) -> Iterator[Row]:
    """Yield the lines of every rule below it, those of a limb below that."""
    if of > 1:
        yield Row((cell(checked.sheet.name),), heading=True)
    rule = limb = ""
    for each in (each for of_chip, each in measured if of_chip is checked):
        if each.finding.provision.id != rule:
            rule, limb = each.finding.provision.id, ""
            yield Row((cell(each.finding.provision.rule.paragraph),))
        if each.limb != limb:
            limb = each.limb
            yield Row((cell(limb, level=1),))
        yield _distance_row(each, checked)


def range_note(rows: Sequence[Row]) -> Block:
    """Return how a range is set, where there is one."""
    if any(len(each.parts) > 1 for row in rows for each in row.cells):
        return block("Where a figure is a range, its lower end stands above the upper one.")
    return ()


def _distance_row(each: Distance, checked: Checked) -> Row:
    node = each.node
    vocabulary = checked.case.evaluator.vocabulary
    limit = node.limit.amount.best
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    name = labels.brief(check_lines.compared_key(node), vocabulary)
    return Row(
        (
            cell(supposed.marked(name, each.line, checked.case), level=2 if each.limb else 1),
            cell(explanation.MARKS[each.line.verdict]),
            _value(each.value, limit) if each.value else cell(explanation.absent(each.line)),
            cell(f"{SIGNS[node.relation]} {numbers.beside(limit, limit)} {unit}".rstrip()),
            _signed(each.away) if each.away else NOTHING,
            _margin(each, limit),
        )
    )


def _ends(low: str, high: str) -> Cell:
    """Return both ends of a range, the lower one first."""
    return cell(low) if low == high else cell(low, high)


def _value(value: Interval, limit: Fraction) -> Cell:
    return _ends(numbers.beside(value.low, limit), numbers.beside(value.high, limit))


def _signed(away: Interval) -> Cell:
    shown = [numbers.beside(end, Fraction(0)) for end in (away.low, away.high)]
    low, high = (
        f"+{s}" if end > 0 else s for s, end in zip(shown, (away.low, away.high), strict=True)
    )
    return _ends(low, high)


def _margin(each: Distance, limit: Fraction) -> Cell:
    if each.value is None or not limit:
        return NOTHING
    return _ends(numbers.margin(each.value.low, limit), numbers.margin(each.value.high, limit))
