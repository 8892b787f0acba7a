"""How much of a test runs daily: a sample of its cases; all of them under the thorough profile.

Every test that does less daily than it could says so with one of the two functions below.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "fast")
THOROUGH = PROFILE == "thorough"


def daily(cases: Sequence[T], sample: Sequence[T]) -> Sequence[T]:
    """Return a sample of the cases; all of them under the thorough profile."""
    return cases if THOROUGH else sample


def ends_and_middle(cases: Sequence[T]) -> Sequence[T]:
    """Return the first case, the one in the middle and the last one, as a sample."""
    return list(dict.fromkeys((cases[0], cases[len(cases) // 2], cases[-1])))


def examples(daily: int) -> settings:
    """Return the settings of a property that tries so many examples daily.

    It is for properties that cost much: the others try as many as the profile says.
    """
    return settings() if THOROUGH else settings(max_examples=daily)
