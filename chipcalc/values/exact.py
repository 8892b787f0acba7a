"""Exact numbers as text, and the sizes that numbers may have."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

STATED, COMPUTED = 100, 300  # the greatest power of ten, either way
_BITS = {each: (10**each).bit_length() for each in (STATED, COMPUTED)}


def is_sizeable(value: Fraction, power: int = STATED) -> bool:
    """Whether a number is zero, or of a size that an amount may have: 1e-100 to 1e100.

    What is larger or smaller is a slip, and takes room and time beyond any use. Results may have
    another greatest power of ten, so that no product of a few amounts is refused.
    """
    top, bottom = value.numerator, value.denominator
    return not top or abs(top.bit_length() - bottom.bit_length()) < _BITS[power]


def decimal_text(value: Fraction) -> str:
    """Return an exact number as text; one without a finite decimal form to 28 digits."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    scale = max(twos, fives)
    if rest > 1:
        with localcontext(prec=28):
            return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    digits = str(abs(value.numerator) * 10**scale // value.denominator).rjust(scale + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits)


def exact_text(value: Fraction) -> str:
    """Return an exact number as text: a decimal where it ends, or else a fraction in full."""
    decimal = decimal_text(value)
    return decimal if Fraction(decimal) == value else str(value)
