"""Commands that can be pasted: the words of a command line, quoted for a shell."""

from __future__ import annotations

import re

_BARE = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
_PROGRAM = "chipcalc"


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
