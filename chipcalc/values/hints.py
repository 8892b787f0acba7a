"""What people meant by a text that is no unit and no number, and what would make two units fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from chipcalc.errors import did_you_mean, join_words
from chipcalc.files import UNITS_FILE
from chipcalc.values import powers
from chipcalc.values.powers import Powers

Resolve: TypeAlias = Callable[[str], tuple[Fraction, Powers] | None]

_LONGEST_SYMBOL = 5
_LISTED = "or see: chipcalc metrics --units"


@cache
def known_names(resolve: Resolve) -> tuple[str, ...]:
    """Return the short names of the unit file, bare and with its prefixes, that mean a unit.

    `resolve` gives the factor and the dimension of a name, or None.
    """
    lines = [line.split("#")[0] for line in UNITS_FILE.read_text(encoding="utf-8").splitlines()]
    defined = [[part.strip() for part in line.split("=")] for line in lines if "=" in line]
    prefixes = [parts[-1].removesuffix("-") for parts in defined if parts[0].endswith("-")]
    bare = [parts[0] for parts in defined if not parts[0].endswith("-")]
    bare += [each for parts in defined if not parts[0].endswith("-") for each in parts[2:]]
    short = [name for name in bare if len(name) <= _LONGEST_SYMBOL]
    names = dict.fromkeys([*bare, *(prefix + name for name in short for prefix in prefixes)])
    return tuple(name for name in names if resolve(name))


def for_unit(name: str, whole: str, known: Sequence[str]) -> str:
    """Return the likely meaning of a name that is no unit: other case, b for bit, ps for per s.

    Else two units without a sign between them, or the nearest name.
    """
    for ending, suffix in (("", ""), ("ps", "/s"), ("s", "")):
        stem = name.removesuffix(ending).casefold()
        spellings = {stem, f"{stem}it"} if stem.endswith("b") else {stem}
        if name.endswith(ending) and stem:
            meant = [each for each in known if each.casefold() in spellings]
            meant = [each for each in meant if each != name] if stem.endswith("b") else meant
            if meant:
                shown = [f"'{whole.replace(name, each + suffix)}'" for each in sorted(meant)]
                return f"did you mean {join_words(shown[::-1], 'or')}?"
    parts = ((name[:end], name[end:]) for end in range(len(name) - 1, 0, -1))
    product = next((f"{one}*{two}" for one, two in parts if {one, two} <= set(known)), "")
    if product:
        return f"write {product}, {_LISTED}"
    return did_you_mean(name, known) or _LISTED.removeprefix("or ")


def for_division(above: str, below: Sequence[str]) -> str:
    """Return how to write a unit that divides more than once."""
    if any("(" in part for part in below):
        return "write one fraction, with what divides in parentheses: GB/(s*W)"
    return f"write {above}/({'*'.join(below)})"


def for_number(text: str, is_number: Callable[[str], object]) -> str:
    """Return how to write what was probably meant by a text that is no number."""
    if not text.isascii():
        return "write the digits 0 to 9 in their plain form"
    if "," in text:
        plain = text.replace(",", "")
        readings = (text.replace(",", "."), plain, text.replace(".", "").replace(",", "."))
        meant = [each for each in dict.fromkeys(readings) if is_number(each)]
        if meant:
            return f"write a decimal point, no thousands separators: {join_words(meant, 'or')}"
    if text.lower().lstrip("+-") in {"nan", "inf", "infinity", ".inf", ".nan"}:
        return "only finite numbers count; leave out what is unknown"
    if "_" in text:
        return f"leave out the underscores: {text.replace('_', '')}"
    if re.search(r"[eE][+-]?[0-9]{4}", text):
        return "an exponent has at most three digits"
    return "write digits with at most one decimal point, such as 3.35"


def one_step(first: Powers, second: Powers, resolve: Resolve) -> tuple[str, int] | None:
    """Return the unit to multiply or divide by that leads from one dimension to another.

    It comes with its power, 1 or -1; None where it takes more than one such step, or where one of
    the two is a plain number.
    """
    extra = powers.combined(second, powers.inverse(first))
    if not first or not second or len(extra) != 1 or abs(extra[0][1]) != 1:
        return None
    ((name, power),) = extra
    base = (Fraction(1), ((name, 1),))
    return next((each for each in known_names(resolve) if resolve(each) == base), name), power
