"""Amounts as contracts write them, for tests that say what one must be."""

from __future__ import annotations

from fractions import Fraction


def number(text: str) -> int | float:
    """Return the number that JSON has for an exact text."""
    exact = Fraction(text)
    return int(exact) if exact.denominator == 1 else float(exact)


def amount(value: str, low: str = "", high: str = "") -> dict[str, int | float | str]:
    """Return an amount without a name, by the exact texts of its best figure and its ends."""
    low, high = low or value, high or value
    return {
        "value": number(value),
        "low": number(low),
        "high": number(high),
        "exact": value,
        "exact_low": low,
        "exact_high": high,
    }


def no_amount() -> dict[str, None]:
    """Return an amount where there is no figure."""
    return dict.fromkeys(amount("1"))


def decimals(value: str, low: str = "", high: str = "") -> dict[str, str]:
    """Return an amount of a flat record whose decimals all end."""
    exact = dict.fromkeys(("exact", "exact_low", "exact_high"), "")
    return {"value": value, "low": low or value, "high": high or value, **exact}
