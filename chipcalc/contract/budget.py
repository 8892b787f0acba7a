"""The stable contract of budgets: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chipcalc.check.budget import Fitting
from chipcalc.contract.common import interval_data
from chipcalc.values import units
from chipcalc.words.ways import stated

SCHEMA = "chipcalc.budget/1"


def data(found: Sequence[Fitting], day: datetime.date | None) -> dict[str, Any]:
    """Return the contract of some budgets, of a day or of all periods."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat() if day else None,
        "budgets": [
            {
                "chip": each.item.evaluator.sheet.id,
                "rule": each.limit.provision.id if each.limit.provision else None,
                "metric": each.limit.of,
                "at_most": units.decimal_text(each.limit.at_most.amount.best),
                "unit": each.limit.at_most.unit.text,
                "per": each.limit.per or None,
                "standing": each.limit.provision.version.standing if each.limit.provision else None,
                "citation": each.limit.provision.version.citation if each.limit.provision else None,
                "draws": each.draws,
                "counts": [
                    {
                        "label": stated(count.way, each.item.evaluator.vocabulary),
                        **interval_data(count.figure.value.amount),
                        "fewest": count.fewest,
                        "most": count.most,
                    }
                    for count in each.counts
                ],
            }
            for each in found
        ],
    }


def records(found: Sequence[Fitting], day: datetime.date | None) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each figure of each chip and limit; one where none counts."""
    for each in found:
        provision = each.limit.provision
        head = {
            "chip": each.item.evaluator.sheet.id,
            "as_of": day.isoformat() if day else "",
            "rule": provision.id if provision else "",
            "at_most": units.decimal_text(each.limit.at_most.amount.best),
            "unit": each.limit.at_most.unit.text,
            "per": each.limit.per,
            "standing": provision.version.standing if provision else "",
            "draws": each.draws,
        }
        for count in each.counts:
            best = units.decimal_text(count.figure.value.amount.best)
            fewest, most = ("" if n is None else str(n) for n in (count.fewest, count.most))
            label = stated(count.way, each.item.evaluator.vocabulary)
            yield {**head, "label": label, "each": best, "fewest": fewest, "most": most}
        if not each.counts:
            yield head
