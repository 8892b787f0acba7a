"""How wide tables are, and how words are broken into lines."""

from __future__ import annotations

import re
import textwrap

WIDTH = 80
_FIRM_SPACE = "\u00a0"


def wrapped(words: str, width: int, indent: str = "") -> str:
    """Return text in lines of a width, cut neither within a word nor before a per cent sign."""
    joined = re.sub(r"(?<=[≥≤<>]) | (?=%)", _FIRM_SPACE, words)
    lines = textwrap.wrap(joined, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(indent + line.replace(_FIRM_SPACE, " ") for line in lines)
