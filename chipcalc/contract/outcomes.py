"""What decides an open answer as data: the values of what is not known, and what follows."""

from __future__ import annotations

from typing import Any

from chipcalc.contract.common import ends
from chipcalc.deciding.outcome import Deciding, Outcome, Span
from chipcalc.words.outcomes import judged

_SPAN = ("low", "high", "exact_low", "exact_high", "low_included", "high_included", "unit")


def deciding_data(deciding: Deciding | None, left: str = "not met") -> list[dict[str, Any]]:
    """Return what decides: for one metric its intervals, for several the conditions together.

    `left` says what an outcome comes to under which nothing is met.
    """
    if deciding is None or not (deciding.metrics or deciding.circumstances):
        return []
    return [
        {
            "metrics": [name for name, _ in deciding.metrics],
            "circumstances": list(deciding.circumstances),
            "outcomes": [outcome_data(each, left) for each in deciding.outcomes],
        }
    ]


def outcome_data(outcome: Outcome, left: str = "not met") -> dict[str, Any]:
    """Return one outcome: the values that lead to it, and what follows."""
    first = next((each for each in outcome.where if isinstance(each, Span)), None)
    return {
        **(span_data(first) if first else dict.fromkeys(_SPAN)),
        "where": [
            {"metric": each.metric[0], "when": dict(each.metric[1]), **span_data(each)}
            if isinstance(each, Span)
            else {"circumstance": each.name, "values": list(each.values)}
            for each in outcome.where
        ],
        "verdict": outcome.judgement.verdict,
        "cite": outcome.judgement.cites[0] if outcome.judgement.cites else None,
        "says": judged(outcome.judgement, left),
    }


def span_data(span: Span) -> dict[str, Any]:
    """Return the values of a metric from one end to the other; null where there is no end."""
    return {
        **ends(span.low, span.high),
        "low_included": span.low_included,
        "high_included": span.high_included,
        "unit": span.unit.text,
    }
