"""How long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def milliseconds(rounds: int, action: Callable[[], object]) -> float:
    """Return the shortest of some runs: the one that the machine disturbed least."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        found.append((time.perf_counter() - start) * 1000)
    return min(found)
