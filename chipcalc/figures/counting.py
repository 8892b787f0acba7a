"""The choices that a rule leaves open to whoever counts."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Counting(NamedTuple):
    """How to count where a rule leaves it open: both ways, which makes a range, or one of them.

    `ends` chooses an end of the amounts that the vocabulary leaves open, such as the bit length of
    a format that has two; `units` between the sum of each
    processing unit's largest figure and the figure for the chip as a whole.
    """

    ends: Literal["both", "low", "high"] = "both"
    units: Literal["both", "sum", "whole"] = "both"


BOTH_WAYS = Counting()
