"""The stable contract of budgets: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chipcalc.check.budget import Fitting
from chipcalc.contract.common import alike, amount, flat, single
from chipcalc.contract.suppositions import COLUMN, listed, text
from chipcalc.rules.criteria import OPERATORS
from chipcalc.words.ways import stated

SCHEMA = "chipcalc.budget/2"
_COLUMNS = (
    "chip", "name", "as_of", "rule", "metric", "operator", "amount", "amount_exact", "unit", "per",
    "standing", "citation", "draws", "label", "value", "low", "high", "exact", "exact_low",
    "exact_high", "status", "fewest", "most", "supposed",
)  # fmt: skip


def data(found: Sequence[Fitting], day: datetime.date | None) -> dict[str, Any]:
    """Return the contract of some budgets, of a day or of all periods."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat() if day else None,
        "supposed": listed((each.item.evaluator, each.item.circumstances) for each in found),
        "budgets": [{**_limit(each), "counts": list(_counts(each))} for each in found],
    }


def _limit(each: Fitting) -> dict[str, Any]:
    limit, provision = each.limit, each.limit.provision
    version = provision.version if provision else None
    return {
        "chip": each.item.evaluator.sheet.id,
        "name": each.item.evaluator.sheet.name,
        "rule": provision.id if provision else None,
        "metric": limit.of,
        "operator": OPERATORS["at_most"],
        **single("amount", limit.at_most.amount.best),
        "unit": limit.at_most.unit.text,
        "per": limit.per or None,
        "standing": version.standing if version else None,
        "citation": version.citation if version else None,
        "draws": each.draws,
    }


def _counts(each: Fitting) -> Iterator[dict[str, Any]]:
    """Yield every figure of a chip, in the unit of the limit, and how many of it fit."""
    for count in each.counts:
        figure = count.figure
        yield {
            "label": stated(count.way, each.item.evaluator.vocabulary),
            **amount(figure.value.to(each.limit.at_most.unit).amount),
            "status": figure.status,
            "fewest": count.fewest,
            "most": count.most,
        }


def records(found: Sequence[Fitting], day: datetime.date | None) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each figure of each chip and limit; one where none counts."""
    for each in found:
        told = text(each.item.evaluator, each.item.circumstances)
        head = {"as_of": day.isoformat() if day else None, **_limit(each), COLUMN: told}
        rows = [{**head, **count} for count in _counts(each)] or [head]
        yield from alike(map(flat, rows), _COLUMNS)
