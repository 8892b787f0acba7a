"""Commands that can be pasted: the words of a command line, quoted for a shell."""

from __future__ import annotations

import re
from typing import NamedTuple

_BARE = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
_PROGRAM = "chipcalc"


class Question(NamedTuple):
    """What somebody asked: chips, and the options that belong to the question in all its forms."""

    chips: tuple[str, ...]
    options: tuple[str, ...] = ()

    def command(self, *more: str, name: str = "check") -> str:
        """Return a command that asks the same, with more options."""
        return written(name, *self.chips, *self.options, *more)


def written(*words: str) -> str:
    """Return a command of this program: ``chipcalc compare h20 'ascend-910*'``; empty words go."""
    return " ".join((_PROGRAM, *map(quoted, filter(None, words))))


def quoted(word: str) -> str:
    """Return a word as a shell reads it back; double quotes where nothing in it means more."""
    if _BARE.fullmatch(word):
        return word
    if not re.search(r"[\"$`\\!]", word) and "*" not in word and "?" not in word:
        return f'"{word}"'
    quote = "'\"'\"'"
    return f"'{word.replace(chr(39), quote)}'"
