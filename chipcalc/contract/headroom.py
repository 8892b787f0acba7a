"""The stable contract of headroom: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.check.headroom import Bound, Distance, outside, rates
from chipcalc.check.result import Checked
from chipcalc.contract import check
from chipcalc.contract.common import interval_data
from chipcalc.deciding.outcome import Deciding, Span
from chipcalc.figures.figure import Figure
from chipcalc.rules.criteria import SIGNS
from chipcalc.values import units
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.outcomes import closed

SCHEMA = "chipcalc.headroom/1"


def distance_record(each: Distance, checked: Checked) -> dict[str, Any]:
    node = each.node
    return {
        "chip": checked.sheet.id,
        "rule": each.finding.provision.id,
        "paragraph": each.finding.provision.rule.paragraph,
        "cite": each.limb or None,
        "metric": node.of.name,
        **(interval_data(each.value) if each.value else {"value": None, "low": None, "high": None}),
        "asks": SIGNS[node.relation],
        "limit": units.decimal_text(node.limit.amount.best),
        "unit": node.limit.unit.text,
        "distance": units.decimal_text(each.away.best) if each.away else None,
        "verdict": each.line.verdict.value,
    }


def bound_data(bound: Bound, checked: Checked) -> dict[str, Any]:
    vocabulary = checked.case.evaluator.vocabulary
    spans = list(bound.outside())
    edge = spans[0].high if spans else None
    return {
        "chip": checked.sheet.id,
        "metric": bound.metric[0],
        "circumstances": {each.name: list(each.values) for each in bound.where},
        "now": interval_data(bound.now.value.amount) if isinstance(bound.now, Figure) else None,
        "outside": _outside_data(bound.deciding, bound, vocabulary),
        "outside_of": {
            rule: _outside_data(deciding, bound, vocabulary)
            for rule, deciding in bound.by_rule.items()
        },
        "outcomes": [check.outcome_data(each) for each in bound.deciding.outcomes],
        "rates": {
            rate.label: {
                "low": units.decimal_text(rate.low),
                "high": units.decimal_text(rate.high),
                "unit": rate.unit,
            }
            for rate in (rates(bound.metric, edge, vocabulary) if edge is not None else ())
        },
    }


def _outside_data(
    deciding: Deciding, bound: Bound, vocabulary: Vocabulary
) -> list[dict[str, Any]] | None:
    """Return the values that stay outside: none, all as one open span, or null if not known."""
    free = [each for each in deciding.outcomes if each.judgement.verdict is Verdict.not_met]
    if not free and closed(deciding) != "none":
        return None
    if any(not each.where for each in free):
        unit = vocabulary.unit(bound.metric[0], dict(bound.metric[1]))
        return [check.span_data(Span(bound.metric, unit, None, None))]
    return [check.span_data(each) for each in outside(deciding)]


def bound_records(data: Sequence[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for each in data:
        for outcome in each["outcomes"]:
            yield {
                "chip": each["chip"],
                "metric": each["metric"],
                "low": outcome["low"] or "",
                "low_included": _flag(outcome["low_included"]),
                "high": outcome["high"] or "",
                "high_included": _flag(outcome["high_included"]),
                "unit": outcome["unit"] or "",
                "verdict": outcome["verdict"],
                "cite": outcome["cite"] or "",
            }


def _flag(value: object) -> str:
    return "" if value is None else str(value).lower()
