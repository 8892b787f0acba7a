"""An expression that names no number format: the formats that it may be about, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc.comparison.comparison import agrees, combinations
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.vocabulary.expressions import Leaf, Metric
from chipcalc.vocabulary.model import Vocabulary


def formats(
    metrics: Sequence[Metric], chips: Mapping[str, Sequence[Sheet]], vocabulary: Vocabulary
) -> list[Conditions]:
    """Return the rows for which figures are stated that are asked for without a number format.

    None where there is no such figure, where another figure has its format named, and where a name
    stands for several chips.
    """
    if any(len(found) > 1 for found in chips.values()):
        return []
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for node in metrics:
        evaluator = Evaluator(chips[node.chip][0], vocabulary)
        rows = [
            row
            for row in combinations([evaluator], node.name, vocabulary)
            if any(name in row for name in vocabulary.leading)
        ]
        if any(name in node.when for name in vocabulary.leading):
            if rows:
                return []
            continue
        found |= {tuple(row.items()): None for row in rows if agrees(row, node.when)}
    values = [(name, v) for name, each in vocabulary.conditions.items() for v in each.values]
    return [dict(row) for row in sorted(found, key=lambda row: [values.index(e) for e in row])]


def bound(leaf: Leaf, row: Conditions) -> Leaf:
    """Return a part of an expression under the conditions of a row, where it names none itself."""
    if not isinstance(leaf, Metric):
        return leaf
    return leaf._replace(when={**row, **leaf.when})
