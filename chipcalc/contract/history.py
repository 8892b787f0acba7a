"""The stable contract of shipments through the rules: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.contract.common import flat
from chipcalc.contract.dated import shipped
from chipcalc.licence.dated import Dated, Moment
from chipcalc.licence.licence import DESTINATION

SCHEMA = "chipcalc.timeline-licence/2"
Course = tuple[Sequence[Moment], Sequence[Dated]]


def data(found: Sequence[Course]) -> dict[str, Any]:
    """Return the contract: each shipment with every change of its answer, or of its grounds."""
    return {
        "schema": SCHEMA,
        "shipments": [
            {**_about(moments), "changes": list(map(shipped, changes))}
            for moments, changes in found
        ],
    }


def _about(moments: Sequence[Moment]) -> dict[str, str]:
    checked = moments[0].licence.checked
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "destination": checked.case.said(DESTINATION),
    }


def records(found: Sequence[Course]) -> Iterator[dict[str, str]]:
    """Yield one flat record for each change of each shipment."""
    for moments, changes in found:
        for each in map(shipped, changes):
            yield flat({**_about(moments), **row(each)})


def row(change: dict[str, Any]) -> dict[str, Any]:
    """Return a change of a shipment as a flat record has it, with what did it."""
    before = change["until_then"]
    made = dict.fromkeys(each["amended_by"] or each["paragraph"] for each in change["amendments"])
    letters = [f"{each['rule']}: {each['answer']}" for each in change["letters"]]
    groups = [
        f"{each['country']} {'joined' if each['joined'] else 'left'} {each['group']}"
        for each in change["groups"]
    ]
    return {
        "day": change["day"],
        "answer_changes": change["answer_changes"],
        "classification": change["classification"],
        "licence_printed": change["printed"],
        "licence_enforced": change["enforced"],
        "exceptions": change["exceptions"],
        "review": change["review"],
        "letters": "; ".join(letters),
        "before_classification": before["classification"],
        "before_licence_enforced": before["enforced"],
        "by": "; ".join(made),
        "groups": "; ".join(groups),
    }
