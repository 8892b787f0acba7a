"""How an answer is to be printed: as wide as what, in which colours, with which signs."""

from __future__ import annotations

from typing import Literal, NamedTuple

PAGE = 80
_NARROW = 60


class Style(NamedTuple):
    """How a terminal shows an answer.

    `colours` are none, bold type only, or the 256 fixed ones; `ascii` asks for signs of ASCII;
    `wide` leaves tables in one piece, for a pager that scrolls sideways; `drawings` allows lines
    drawn from signs, which neither a pipe nor a screen reader makes sense of.
    """

    width: int = PAGE
    colours: Literal["none", "plain", "full"] = "none"
    ascii: bool = False
    wide: bool = False
    drawings: bool = False

    @property
    def narrow(self) -> bool:
        """Whether units stand in labels, and what matters less is left out."""
        return self.width < _NARROW and not self.wide


PLAIN = Style()
