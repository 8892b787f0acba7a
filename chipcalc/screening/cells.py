"""What the cell of a figure says: how much, of how many, of each or of all, dense or sparse."""

from __future__ import annotations

import re
from typing import NamedTuple

from chipcalc.intake.decimals import Held
from chipcalc.screening.words import Words, found_in, without
from chipcalc.values import cells
from chipcalc.values.cells import DecimalMark
from chipcalc.values.units import Quantity, Unit

_TIMES = re.compile(r"\s*(?P<number>[1-9][0-9]{0,3})\s*[x×*]\s*(?P<rest>\S.*)", re.DOTALL)
_IN_NAME = re.compile(r"(?:^|[\s,;:(])(?P<number>[1-9][0-9]{0,3})\s*[x×]\s+(?P<rest>\S.*)")


class Said(NamedTuple):
    """A figure as a cell says it: so many of it, of each or in total, dense or sparse.

    `times` is 0 where the cell names no number; `beside` are words that were not understood.
    """

    quantity: Quantity
    times: int = 0
    each: bool = False
    total: bool = False
    sparsity: str = ""
    beside: str = ""


class Bad(NamedTuple):
    """A cell that cannot be read, and why."""

    text: str
    why: str


def figure(
    text: str, of_column: Unit | None, decimal: DecimalMark | None, words: Words
) -> Said | Bad | None:
    """Return what a cell says; None where it says nothing. The unit of a cell goes first."""
    match = _TIMES.fullmatch(text)
    count = int(match["number"]) if match else 0
    plain = match["rest"] if match else text
    found = cells.read(plain, decimal="." if isinstance(text, Held) else decimal)
    if isinstance(found, cells.Nothing):
        return None
    amount = found if isinstance(found, cells.Amount) else _with_words(plain, decimal, words)
    if amount is None:
        return Bad(text, found.why if isinstance(found, cells.Unread) else "no number")
    return _said(text, count, amount, of_column, words)


def _said(
    text: str, count: int, found: cells.Amount, of_column: Unit | None, words: Words
) -> Said | Bad:
    quantity = found.quantity(of_column)
    if quantity is None:
        return Bad(text, "no unit is stated")
    if of_column and quantity.unit.dimension != of_column.dimension:
        return Bad(text, f"no amount in {of_column}")
    meant = dict(found_in(found.words, words.meanings))
    said = set(meant.values())
    if {"dense", "sparse"} <= said or {"each", "total"} <= said:
        return Bad(text, "two things at once")
    sparsity = next((each for each in ("dense", "sparse") if each in said), "")
    beside = without(found.words, list(meant))
    return Said(quantity, count, "each" in said, "total" in said, sparsity, beside)


def _with_words(text: str, decimal: DecimalMark | None, words: Words) -> cells.Amount | None:
    """Return an amount with a known word right behind it, where a unit might stand."""
    number = cells.first_number(text)
    if not number:
        return None
    head, _, rest = text.partition(number)
    meant = [word for word, _ in found_in(rest, words.meanings)]
    if head.strip() or without(rest, meant):
        return None
    found = cells.read(number, decimal=decimal)
    return found._replace(words=rest.strip()) if isinstance(found, cells.Amount) else None


def counted_name(text: str) -> tuple[int, str]:
    """Return the number that stands in a name, and the name of each: ``8 x H20``; 0 for none."""
    match = _IN_NAME.search(text)
    return (int(match["number"]), match["rest"].strip()) if match else (0, text)
