"""Which names look like one that nothing goes by, without taking any of them for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, Near, plain, shortens, unknown
from chipcalc.sheets.reading import split

KIND = ("names", "in the sheets")
LIST = "chipcalc list"
ALIKE = "ids that look alike"
_SHORT, _LONG = 2, 8
_SLIPS = 2


def no_sheet(name: str, bare: str, known: Mapping[str, Near]) -> ChipcalcError:
    """Return the error of a name without a sheet, with the ids and families that look like it.

    `bare` is the name without vendor and product line. A name is clear only where no word with a
    number differs: an H100 is no misspelt A100.
    """
    plains = {each: plain(each) for each in known}
    asked = _Asked(plain(bare), plain(name), _numbers(name))
    near = {each: known[each] for each, other in plains.items() if other == asked.whole}
    near = near or {e: known[e] for e, other in plains.items() if _near(asked, e, other)}
    (problem,) = unknown(f"no sheet for '{name}'", name, near, KIND, LIST).problems
    (wrong,) = problem.unknown
    meant = {each for each, found in near.items() if found.name == wrong.clear}
    clear = wrong.clear if any(_numbers(each) == _numbers(name) for each in meant) else ""
    ids = ", ".join(each.name for each in wrong.nearest)
    return ChipcalcError(
        problem._replace(
            hint=f"{ALIKE}: {ids}" if ids else problem.hint,
            unknown=(wrong._replace(clear=clear, lead=ALIKE),),
            instead=problem.instead if clear else (),
        )
    )


class _Asked(NamedTuple):
    """A name that nothing goes by: plain, with and without vendor and product line; its numbers."""

    bare: str
    whole: str
    numbers: list[str]


def _near(asked: _Asked, known: str, other: str) -> bool:
    """Whether a slip of the hand makes a known name of this one, or it is short for it.

    That is one sign, or two in the letters of a long name; none in one of two signs. In a word
    with a number only a digit may be lost, doubled or swapped: an A10G is another product. `other`
    is the known name, plain.
    """
    bare, whole, numbers = asked
    if bare == other or shortens(bare, known):
        return True
    if abs(len(bare) - len(other)) > _SLIPS < abs(len(whole) - len(other)):
        return False
    same = numbers == _numbers(known)
    slips = 0 if len(bare) <= _SHORT else _SLIPS if same and len(bare) >= _LONG else 1
    change = 1 if same else slips + 1
    return any(
        (same or _letters(each) == _letters(other))
        and _distance(each, other, slips, change) <= slips
        for each in {bare, whole}
    )


def _letters(name: str) -> str:
    return "".join(each for each in name if not each.isdigit())


def _numbers(name: str) -> list[str]:
    """Return the words of a name that have a digit, letters that look like one as these."""
    return [plain(each) for each in split(name) if any(map(str.isdigit, each))]


def _distance(one: str, other: str, most: int, change: int) -> int:
    """Return how many signs are to be added, left out or swapped.

    Any number above `most` where they are more; `change` is what another sign instead counts.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for n, sign in enumerate(one, 1):
        before, last, row = row, before, [n]
        if min(*before, *(last or before)) > most:
            return most + 1
        for m, each in enumerate(other, 1):
            row.append(min(before[m] + 1, row[-1] + 1, before[m - 1] + change * (sign != each)))
            if n > 1 and m > 1 and (sign, one[n - 2]) == (other[m - 2], each):
                row[-1] = min(row[-1], last[m - 2] + 1)
    return row[-1]
