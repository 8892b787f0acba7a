"""What the contracts share: amounts as numbers with their exact text, days, and flat records.

An amount has the number under its name and the exact text under the name with ``_exact``; its ends
follow the same form (``tpp``, ``tpp_low``, ``tpp_exact_low``). One without a name of its own is
``value``, ``low``, ``high``, ``exact``, ``exact_low`` and ``exact_high``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from chipcalc.schema.types import PartialDate
from chipcalc.sheets.sheet import Sheet
from chipcalc.values import exact
from chipcalc.values.interval import Bounds, Interval

_NUMBERS = {"exact": "value", "exact_low": "low", "exact_high": "high"}


def number(value: Fraction) -> int | float:
    """Return the number that JSON has for an exact one: a whole one as it is, or the nearest."""
    if value.denominator == 1:
        return value.numerator
    try:
        return float(value)
    except OverflowError:
        return round(value)


BOUND = "bound"  # the status of what is not known, but cannot be below or above some amount


def amount(interval: Interval | Bounds | None, name: str = "") -> dict[str, Any]:
    """Return an amount with both ends and the exact text of each; null where there is none.

    Of what is bounded only, the amount itself is null, and so is an end that is open.
    """
    best = interval.best if isinstance(interval, Interval) else None
    ends = (best, interval.low, interval.high) if interval else (None, None, None)
    keys = (name, f"{name}_low", f"{name}_high") if name else ("value", "low", "high")
    exact = f"{name}_exact" if name else "exact"
    return {
        **dict(zip(keys, map(_number, ends), strict=True)),
        **dict(zip((exact, f"{exact}_low", f"{exact}_high"), map(_exact, ends), strict=True)),
    }


def single(name: str, value: Fraction | None) -> dict[str, Any]:
    """Return an amount that is no range, with its exact text; null where there is none."""
    return {name: _number(value), f"{name}_exact": _exact(value)}


def ends(low: Fraction | None, high: Fraction | None) -> dict[str, Any]:
    """Return the two ends of a span with their exact texts; null for one that is open."""
    return {
        "low": _number(low),
        "high": _number(high),
        "exact_low": _exact(low),
        "exact_high": _exact(high),
    }


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else number(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact.exact_text(value)


def iso(day: datetime.date | None) -> str | None:
    """Return a day as ISO writes it; null where there is none."""
    return day.isoformat() if day else None


def launched(date: PartialDate | None) -> dict[str, str | None]:
    """Return the first and the last day that a launch may be, and how exactly it is known."""
    return {
        "launched_from": iso(date.first if date else None),
        "launched_to": iso(date.last if date else None),
        "launched_precision": date.precision if date else None,
    }


def available(sheet: Sheet) -> dict[str, str | None]:
    """Return what a sheet says of availability, and the day that this is about."""
    known = sheet.chip.availability
    return {
        "availability": known.value if known else None,
        "availability_as_of": known.as_of if known else None,
    }


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """Return a record as CSV has it: amounts as plain decimals, empty where there is nothing.

    An exact text stands only where the decimal beside it is cut off. Several values are one text,
    and so are conditions: ``format=int8 engine=tensor``.
    """
    texts = {name: _text(value) for name, value in record.items()}
    for name, value in record.items():
        beside = _number_of(name)
        if beside in record and value is not None:
            texts[beside] = _decimal(value)
            texts[name] = value if "/" in value else ""
    return texts


def _decimal(exact: str) -> str:
    """Return an exact text as a plain decimal; where it never ends, the number that JSON has."""
    return f"{Decimal(str(number(Fraction(exact)))):f}" if "/" in exact else exact


def alike(records: Iterable[Mapping[str, str]], names: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield records with the same columns in the same order; empty where one has none."""
    for each in records:
        yield {name: each.get(name, "") for name in names}


def _number_of(name: str) -> str:
    """Return the name of the number that an exact text stands beside; nothing for another name."""
    if name in _NUMBERS:
        return _NUMBERS[name]
    head, found, end = name.rpartition("_exact")
    return f"{head}{end}" if found and end in ("", "_low", "_high") else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return " ".join(f"{name}={each}" for name, each in value.items())
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
