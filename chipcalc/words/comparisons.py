"""A comparison in pieces, as columns show it: the figure, the sign, the line, the distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.check.lines import compared_amount, compared_bounds, compared_key
from chipcalc.figures.figure import Figure, Missing
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import OPPOSITE, SIGNS, Threshold
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.explanation import bounds_beside, margins

OPEN_SIGN = "?"
_SHORT = 5  # per cent: what lies nearer to a line than this is worth a second look


class Compared(NamedTuple):
    """A figure beside a line; the sign is that of the relation that holds, ? where none is sure.

    `asked` is the sign of the text, and `margin` is in per cent of the line, without a sign of it;
    `nearest` is that of the nearer end alone.
    """

    name: str
    unit: str
    value: str
    sign: str
    limit: str
    margin: str
    nearest: str
    asked: str
    known: bool
    near: bool

    @property
    def named(self) -> str:
        """The name of the figure with its unit: ``TPP, TOPS·bit``."""
        return ", ".join(filter(None, (self.name, self.unit)))


def compared(line: Line, vocabulary: Vocabulary) -> Compared | None:
    """Return a comparison in pieces; None for a criterion that is none."""
    node, answer = line.node, line.answer
    if not isinstance(node, Threshold) or answer is None:
        return None
    limit = node.limit.amount.best
    metric = compared_key(node)
    ends = [each.removesuffix(" %") for each in margins(line)]
    return Compared(
        name=labels.brief(metric, vocabulary),
        unit=_unit(line, vocabulary),
        value=_value(line),
        sign=_sign(line),
        limit=numbers.beside(limit, limit),
        margin=" to ".join(ends),
        nearest=_nearer(line, ends),
        asked=SIGNS[node.relation],
        known=isinstance(answer, Figure),
        near=_is_near(line),
    )


def _unit(line: Line, vocabulary: Vocabulary) -> str:
    node = line.node
    if not isinstance(node, Threshold):
        return ""
    unit = labels.unit_text(compared_key(node), node.limit.unit, vocabulary)
    return "" if unit == "1" else unit


def _value(line: Line) -> str:
    node, answer = line.node, line.answer
    found = compared_bounds(line)
    if found and isinstance(node, Threshold):
        return bounds_beside(found, node.limit.amount.best)
    if isinstance(answer, Missing):
        return "none" if answer.kind == "not offered" else answer.kind
    amount = compared_amount(line)
    if amount is None or not isinstance(node, Threshold):
        return numbers.quantity(answer.value) if answer else ""
    limit = node.limit.amount.best
    low, high = numbers.beside(amount.low, limit), numbers.beside(amount.high, limit)
    return low if low == high else f"{low}–{high}"


def _sign(line: Line) -> str:
    """Return the sign of the relation that holds; nothing for what there is no figure of."""
    node = line.node
    if not isinstance(node, Threshold):
        return ""
    if line.verdict is Verdict.unknown:
        return OPEN_SIGN
    missing = line.answer if isinstance(line.answer, Missing) else None
    if missing and missing.kind != "not offered" and not compared_bounds(line):
        return ""
    return SIGNS[node.relation if line.verdict is Verdict.met else OPPOSITE[node.relation]]


def _nearer(line: Line, ends: Sequence[str]) -> str:
    """Return the distance of the end that lies nearer to the line."""
    node, amount = line.node, compared_amount(line)
    if len(ends) < 2 or amount is None or not isinstance(node, Threshold):
        return "".join(ends)
    limit = node.limit.amount.best
    return ends[0] if abs(amount.low - limit) <= abs(amount.high - limit) else ends[1]


def _is_near(line: Line) -> bool:
    node, amount = line.node, compared_amount(line)
    if not isinstance(node, Threshold) or amount is None or not node.limit.amount.best:
        return False
    limit = node.limit.amount.best
    return any(abs(end / limit - 1) * 100 < _SHORT for end in (amount.low, amount.high))
