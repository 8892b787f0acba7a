"""What several contracts share: amounts as decimal strings."""

from __future__ import annotations

from chipcalc.values import units
from chipcalc.values.interval import Interval


def interval_data(interval: Interval) -> dict[str, str]:
    """Return an interval as decimal strings: value, low and high."""
    return {
        "value": units.decimal_text(interval.best),
        "low": units.decimal_text(interval.low),
        "high": units.decimal_text(interval.high),
    }
