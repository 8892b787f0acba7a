"""Names in short: chips by what tells them apart, limbs without what they share, some of many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chipcalc.errors import join_words

_DIGIT = re.compile(r"\d")


def short_names(names: Sequence[str]) -> list[str]:
    """Return the leading words of each name that tell it apart: ``H100`` for H100 SXM5 80GB.

    A name is cut no earlier than behind a word with a digit, which its number stands in, and
    never within parentheses.
    """
    return [_short(name, [other for other in names if other != name]) for name in names]


def _short(name: str, others: Sequence[str]) -> str:
    words = name.split()
    for count in range(1, len(words)):
        head = words[:count]
        said = " ".join(head)
        numbered = any(map(_DIGIT.search, head)) and said.count("(") == said.count(")")
        if numbered and all(other.split()[:count] != head for other in others):
            return said
    return name


def limbs(cites: Sequence[str]) -> list[str]:
    """Return limbs in their order, each once, the later ones without what they share.

    3A090.a.1, 3A090.a.2 are ``3A090.a.1``, ``a.2``.
    """
    found: list[str] = []
    head = ""
    for each in dict.fromkeys(cites):
        first, dot, rest = each.partition(".")
        found.append(rest if dot and rest and first == head else each)
        head = first if dot and " " not in first else head
    return found


def some(names: Sequence[str], most: int = 3) -> str:
    """Return names, of many the first few and how many more there are."""
    if len(names) <= most + 1:
        return join_words(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
