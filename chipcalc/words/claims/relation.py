"""What an article prints, in words: the relation and the tolerance that its digits leave."""

from __future__ import annotations

from chipcalc.claims.printed import RELATIONS, PrintedRelation
from chipcalc.rules.criteria import SIGNS
from chipcalc.values import numbers
from chipcalc.values.units import Quantity
from chipcalc.words.line import HARD_SPACE

_TIMES = "×"


def relation_said(relation: PrintedRelation) -> str:
    """Return what has to hold: ``< 10 %``, ``45–55 %``, ``100 %``."""
    if relation.bounds:
        low, high = relation.bounds
        if low == high:
            return _amount(low)
        ends = (numbers.amounts(e.amount, numbers.STATED_DIGITS) for e in (low, high.to(low.unit)))
        return f"{'–'.join(ends)}{HARD_SPACE}{str(low.unit) or _TIMES}"
    sign = next(sign for word, sign in SIGNS.items() if word == word_of(relation))
    return f"{sign}{HARD_SPACE}{_amount(relation.printed)}"


def word_of(relation: PrintedRelation) -> str:
    """Return the word of the file for a relation: ``less_than``."""
    return next(word for word in RELATIONS if getattr(relation, word) is not None)


def _amount(value: Quantity) -> str:
    times = "" if str(value.unit) else f"{HARD_SPACE}{_TIMES}"
    return numbers.quantity(value).replace(" ", HARD_SPACE) + times
