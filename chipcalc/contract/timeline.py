"""The stable contract of a timeline: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.check.timeline import Change, Moment
from chipcalc.contract import regimes
from chipcalc.contract.common import flat
from chipcalc.contract.suppositions import COLUMN, column, supposed

SCHEMA = "chipcalc.timeline/2"


def data(
    found: Sequence[Moment], shown: Sequence[Sequence[str]], changed: Sequence[Change]
) -> dict[str, Any]:
    """Return the contract: every day with the classifications in words, and what changed."""
    return {
        "schema": SCHEMA,
        "regime": regimes.name(found[0].checked[0]) if found else None,
        "supposed": supposed(found[0].checked if found else ()),
        "days": [
            {
                "day": moment.day.isoformat(),
                "began": list(moment.began),
                "ended": list(moment.ended),
                "chips": [
                    {"chip": each.sheet.id, "classification": answers[number]}
                    for each, answers in zip(moment.checked, shown, strict=True)
                ],
            }
            for number, moment in enumerate(found)
        ],
        "changes": list(map(_change, changed)),
    }


def records(found: Sequence[Moment], changed: Sequence[Change]) -> Iterator[dict[str, str]]:
    """Yield one flat record for each change."""
    first = found[0].checked if found else ()
    told = {each.sheet.id: column(each) for each in first}
    regime = regimes.name(first[0]) if first else None
    for each in changed:
        yield {**flat(_change(each)), COLUMN: told.get(each.chip, ""), "regime": regime or ""}


def _change(each: Change) -> dict[str, str | None]:
    """Return a change; it is of no rule where it is one of the classification."""
    return {
        "day": each.day.isoformat(),
        "chip": each.chip,
        "name": each.name,
        "rule": each.rule or None,
        "paragraph": each.paragraph or None,
        "kind": each.kind,
        "before": each.before,
        "after": each.after,
    }
