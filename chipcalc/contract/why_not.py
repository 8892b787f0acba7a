"""The stable contract of what kept chips out of a paragraph: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.check.lines import compared_amount
from chipcalc.contract.check import margin
from chipcalc.contract.common import amount, flat
from chipcalc.contract.suppositions import COLUMN, column, supposed
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Threshold
from chipcalc.words.why_not import Asked, because, said

SCHEMA = "chipcalc.why-not/2"


def data(found: Sequence[Asked], day: datetime.date) -> dict[str, Any]:
    """Return the contract: every reason of each chip."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "supposed": supposed(each.checked for each in found),
        "reasons": list(_reasons(found)),
    }


def records(found: Sequence[Asked]) -> Iterator[dict[str, str]]:
    """Yield one flat record for each reason of each chip."""
    for each in found:
        for record in map(flat, _reasons([each])):
            yield {**record, COLUMN: column(each.checked)}


def _reasons(found: Sequence[Asked]) -> Iterator[dict[str, Any]]:
    for each in found:
        for step in because(each):
            yield {
                "chip": each.checked.sheet.id,
                "name": each.checked.sheet.name,
                "cite": each.place,
                "verdict": each.verdict.value,
                "because": said(step),
                **_margin(step.line),
            }


def _margin(line: Line | None) -> dict[str, Any]:
    """Return how far a figure lies from a line; null where nothing is compared."""
    if line is None or not isinstance(line.node, Threshold):
        return amount(None, "margin")
    return margin(compared_amount(line), line.node)
