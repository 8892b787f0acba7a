"""The stable contract of a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chipcalc.check.timeline import Moment

SCHEMA = "chipcalc.timeline/1"


def data(
    found: Sequence[Moment], shown: Sequence[Sequence[str]], records: Sequence[dict[str, str]]
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "days": [
            {
                "day": moment.day.isoformat(),
                "began": list(moment.began),
                "ended": list(moment.ended),
                "chips": [
                    {"id": each.sheet.id, "classification": answers[number]}
                    for each, answers in zip(moment.checked, shown, strict=True)
                ],
            }
            for number, moment in enumerate(found)
        ],
        "changes": list(records),
    }
