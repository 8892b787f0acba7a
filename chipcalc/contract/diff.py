"""The stable contract of what changed between two days: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.check.dated import Step
from chipcalc.contract import dated, regimes
from chipcalc.contract.common import flat
from chipcalc.licence.dated import Dated
from chipcalc.licence.licence import DESTINATION
from chipcalc.words import diff as words

SCHEMA = "chipcalc.diff/2"


def data(
    found: Sequence[words.Course], first: datetime.date, last: datetime.date
) -> dict[str, Any]:
    """Return the contract: each chip or shipment with what it was and is, step by step."""
    return {
        "schema": SCHEMA,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "chips": [_course(each, first, last) for each in found],
    }


def _course(found: words.Course, first: datetime.date, last: datetime.date) -> dict[str, Any]:
    start, _ = found.ends
    return {
        "chip": start.sheet.id,
        "name": start.sheet.name,
        "regime": regimes.name(start),
        "destination": start.case.said(DESTINATION) or None,
        "says": words.headline(found, first, last).text,
        "answer_changes": found.turns,
        "before": _side(found.changes[0], before=True),
        "after": _side(found.changes[-1], before=False),
        "changes": [_change(each) for each in found.concerning],
        "amendments_beside": dated.amendments(found.beside),
    }


def _side(change: Step | Dated, *, before: bool) -> dict[str, Any]:
    if isinstance(change, Step):
        return {**dated.classed(change.before if before else change.after), "licence": None}
    licence = change.before if before else change.after
    return {**dated.classed(licence.checked), "licence": dated.needs(licence)}


def _change(change: Step | Dated) -> dict[str, Any]:
    found = dated.shipped(change) if isinstance(change, Dated) else dated.step(change)
    named = ("day", "answer_changes", "rules", "amendments")
    groups = found.get("groups", [])
    return {**{name: found[name] for name in named}, "groups": groups}


def records(found: Sequence[words.Course]) -> Iterator[dict[str, str]]:
    """Yield one flat record for each rule that says something else; one where none does."""
    for each in found:
        start = each.ends[0]
        about = {
            "chip": start.sheet.id,
            "name": start.sheet.name,
            "regime": regimes.name(start),
            "destination": start.case.said(DESTINATION) or None,
        }
        rows = [row for change in each.concerning for row in _rows(change)]
        nothing = dict.fromkeys(("day", "rule", "paragraph", "kind", "before", "after", "by"))
        for row in rows or [nothing]:
            yield flat({**about, **row})


def _rows(change: Step | Dated) -> Iterator[dict[str, Any]]:
    found = _change(change)
    step = change.step if isinstance(change, Dated) else change
    for each, shift in zip(found["rules"], step.shifts, strict=True):
        yield {"day": found["day"], **each, "by": words.by_of(step, shift) or None}
