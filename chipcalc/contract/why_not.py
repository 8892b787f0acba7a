"""The stable contract of what kept chips out of a paragraph: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.words.why_not import Asked, because, said

SCHEMA = "chipcalc.why-not/1"


def data(found: Sequence[Asked], day: datetime.date) -> dict[str, Any]:
    """Return the contract: every reason, as its record has it."""
    return {"schema": SCHEMA, "as_of": day.isoformat(), "reasons": list(records(found))}


def records(found: Sequence[Asked]) -> Iterator[dict[str, str]]:
    """Yield one flat record for each reason of each chip."""
    for each in found:
        for step in because(each):
            yield {
                "chip": each.checked.sheet.id,
                "cite": each.place,
                "verdict": each.verdict.value,
                "because": said(step),
                "margin": step.margin,
            }
