"""The rows of a comparison, such as formats: those that are named, and those that are stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import TypeAlias

from chipcalc.claims.context import Context
from chipcalc.claims.misreadings import EMPTY, PLAIN, Turn
from chipcalc.comparison.comparison import agrees, raw_metrics
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.vocabulary.expressions import Expression, metrics_of
from chipcalc.vocabulary.model import Vocabulary

Sides: TypeAlias = "Mapping[str, Expression]"
Chosen: TypeAlias = "Mapping[str, Sheet]"


def together(
    sides: Sides, chosen: Chosen, turn: Turn, context: Context
) -> Iterator[tuple[Conditions, ...]]:
    """Yield the rows of the sides, such as formats, that belong together as printed.

    What one side names holds for both; only where both name one may they be unlike.
    """
    names = {side: named(node, context.vocabulary) for side, node in sides.items()}
    others = {name: v for each in names.values() for name, v in each.items()}
    unlike = any(others[key] != v for each in names.values() for key, v in each.items())
    found: list[list[Conditions]] = []
    for side, node in sides.items():
        wanted = {**others, **names[side]}
        rows = stated(node, chosen, context, turn if side in turn.sides else PLAIN)
        if rows is None:
            found.append([EMPTY])
            continue
        found.append([row for row in rows if agrees(row, wanted)] or [wanted])
    for each in product(*found):
        if unlike or agrees(each[0], each[-1]):
            yield each


def pairs(sides: Sides, chosen: Chosen, context: Context) -> Iterator[tuple[Conditions, ...]]:
    """Yield every row of one side with every row of the other."""
    rows = [stated(node, chosen, context) for node in sides.values()]
    yield from product(*([EMPTY] if each is None else each for each in rows))


def named(node: Expression, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the row conditions that a side names."""
    return {
        name: value
        for metric in metrics_of(node)
        for name, value in metric.when.items()
        if vocabulary.conditions[name].role == "row"
    }


def stated(
    node: Expression, chosen: Chosen, context: Context, turn: Turn = PLAIN
) -> list[dict[str, str]] | None:
    """Return the rows that all figures of a side are stated for; None where none has rows."""
    common: list[dict[str, str]] | None = None
    for metric in metrics_of(node):
        if metric.name != turn.metric[0] and _has_rows(metric.name, context.vocabulary):
            rows = context.rows(chosen[metric.chip], metric.name)
            common = rows if common is None else [row for row in common if row in rows]
    return common


def _has_rows(metric: str, vocabulary: Vocabulary) -> bool:
    """Whether there is a figure of a metric for each row, such as a format."""
    return any(
        vocabulary.conditions[each].role == "row" and each not in bound
        for name, bound in raw_metrics(metric, vocabulary).items()
        for each in vocabulary.metric(name).by
    )
