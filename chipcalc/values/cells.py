"""What a cell of a table says: an amount, in what unit, or that there is none, or why not."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.values.exact import is_sizeable
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.unit_words import named
from chipcalc.values.units import Quantity, Unit

DecimalMark: TypeAlias = Literal[".", ","]
"""The sign before the decimals; where none is known, a number that has two readings is not read."""

_MISSING = frozenset(
    {"", "-", "–", "—", "?", "??", "n/a", "na", "n.a.", "nan", "null", "none", "unknown", "tbd"}
    | {"nicht bekannt", "k.a.", "未知", "无", "未公布", "不详", "#n/a"}
    | {"#value!", "#ref!", "#div/0!"}
)
_DIGITS = r"[0-9]+(?:[.,'’  ][0-9]+)*(?:[eE][+-]?[0-9]{1,3})?"
_CELL = re.compile(
    rf"(?P<mark>[~≈<>≤≥]|ca\.?|about)?\s*(?P<first>[+-]?{_DIGITS})"
    rf"(?:\s*(?:-|–|—|~|\bto\b|\bbis\b)\s*(?P<last>{_DIGITS}))?\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_SUPERSCRIPT = str.maketrans({"²": "^2", "³": "^3"})
_LONGEST = 80  # signs of a number
_SCALES = {"million": 10**6, "billion": 10**9, "thousand": 10**3}


class Amount(NamedTuple):
    """What a cell says: an amount, the unit that it names itself if any, and words behind it."""

    amount: Interval
    unit: Unit | None = None
    words: str = ""

    def quantity(self, of_column: Unit | None) -> Quantity | None:
        """Return the quantity in the cell's own unit, or that of its column; None without any."""
        found = self.unit or of_column
        return Quantity(self.amount, found) if found else None


class Nothing(NamedTuple):
    """A cell that says nothing: it is empty, or a mark or a zero that means missing."""

    mark: str = ""


class Unread(NamedTuple):
    """A cell that cannot be read, and why."""

    text: str
    why: str


Cell: TypeAlias = Amount | Nothing | Unread


def read(text: str, *, decimal: DecimalMark | None = ".", zero: bool = False) -> Cell:
    """Return what a cell says: ``250–310 W`` is a range, ``0`` is missing unless zeros count.

    What is not one amount, such as ``40 or 80``, is unread with the reason: nothing is guessed.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    if plain.casefold() in _MISSING:
        return Nothing(plain)
    found = _CELL.fullmatch(plain)
    if found is None:
        return Unread(text, "a formula" if plain.startswith("=") else "no number")
    if found["mark"] and found["mark"] in "<>≤≥":
        return Unread(text, "a bound, and no amount")
    ends = [number(each, decimal) for each in (found["first"], found["last"]) if each]
    if any(each is None for each in ends):
        return Unread(text, _unclear(decimal))
    low, high = min(e for e in ends if e is not None), max(e for e in ends if e is not None)
    if low < 0:
        return Unread(text, "a negative amount")
    if high == 0 and not zero:
        return Nothing(plain)
    return _with_rest(text, Interval(low, (low + high) / 2, high), found["rest"].strip())


def _unclear(decimal: DecimalMark | None) -> str:
    if decimal is None:
        return "a number that can be read in two ways"
    return f"no number with a decimal {'point' if decimal == '.' else 'comma'}"


def first_number(text: str) -> str:
    """Return the first number of a cell as it is written there; nothing where it has none."""
    found = _CELL.fullmatch(unicodedata.normalize("NFC", text).strip())
    return found["first"].lstrip("+-") if found else ""


def is_number(text: str) -> bool:
    """Whether a cell is a number and nothing else, whatever its decimal mark."""
    return re.fullmatch(rf"[+-]?{_DIGITS}", text.strip()) is not None


def number(text: str, decimal: DecimalMark | None = ".") -> Fraction | None:
    """Return the number that digits with separators write; None for what has two readings.

    None as well for a size that no amount has.

    ``1,410`` is 1410 where the decimal mark is a point; ``1.600,0`` is 1600 whatever it is,
    because only one of two different separators can stand before decimals.
    """
    head, *exponent = re.split("[eE]", text.strip())
    marks = [each for each in head if not each.isdigit() and each not in "+-"]
    before_decimals = _decimal_mark(head, marks, decimal)
    if before_decimals is None:
        return None
    whole, _, decimals = head.partition(before_decimals) if before_decimals else (head, "", "")
    groups = re.split(r"[.,'’  ]", whole.lstrip("+-"))
    if len(groups) > 1 and not _are_thousands(groups):
        return None
    sign = -1 if head.startswith("-") else 1
    digits = f"{''.join(groups)}.{decimals or '0'}e{exponent[0] if exponent else '0'}"
    if len(digits) > _LONGEST or not is_sizeable(Fraction(digits)):
        return None
    return sign * Fraction(digits)


def _are_thousands(groups: list[str]) -> bool:
    first, *others = groups
    return len(first) <= 3 and first != "0" and all(len(each) == 3 for each in others)


def _decimal_mark(head: str, marks: list[str], decimal: DecimalMark | None) -> str | None:
    """Return the sign before the decimals, nothing where there are none, None where unclear."""
    kinds = list(dict.fromkeys(marks))
    if not kinds:
        return ""
    if len(kinds) > 2 or (len(kinds) == 2 and marks.count(kinds[1]) > 1):
        return None
    if len(kinds) == 2:
        return kinds[1] if kinds[1] in ".," else None
    (mark,) = kinds
    if mark not in ".,":
        return ""
    if decimal == mark:
        return mark if len(marks) == 1 else None
    if len(marks) > 1 or decimal is not None:
        return ""
    return None if _are_thousands(head.lstrip("+-").split(mark)) else mark


def _with_rest(text: str, amount: Interval, rest: str) -> Cell:
    """Return an amount with the unit that follows it, if it is one, and the words after that."""
    name, words = _split(rest)
    if re.search(r"[0-9]", words) or re.match(r"[x×*/]", rest, re.IGNORECASE):
        return Unread(text, "more than one amount")
    if not name:
        return Amount(amount, None, words)
    factor = _SCALES.get(name.casefold())
    if factor:
        return Amount(amount * exactly(Fraction(factor)), None, words)
    measured = named(name.translate(_SUPERSCRIPT))
    if measured is None:
        return Unread(text, f"'{name}' is not a known unit")
    return Amount(amount, measured, words)


def _split(rest: str) -> tuple[str, str]:
    """Return the unit at the start of what follows a number, and the words behind it."""
    if not rest or rest[0] in "([;,":
        return "", rest.strip("()[];, ")
    name, _, words = rest.partition(" ")
    return name.rstrip(",;"), words.strip("()[];, ")
