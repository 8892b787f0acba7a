"""What is said of one claim, part by part, before the parts are put in order."""

from __future__ import annotations

from typing import NamedTuple

from chipcalc.words.line import TextLine


class ToldInterpretation(NamedTuple):
    """An interpretation in words: its cases, and their arithmetic where that is asked for."""

    name: str
    cases: tuple[str, ...]
    arithmetic: tuple[TextLine, ...] = ()


class Told(NamedTuple):
    """An answer in words: for which cases it holds, for which it is open, and the figures."""

    computed: tuple[TextLine, ...] = ()
    holding: str = ""
    open: str = ""
    arithmetic: tuple[TextLine, ...] = ()
    interpretations: tuple[ToldInterpretation, ...] = ()
    references: tuple[TextLine, ...] = ()
