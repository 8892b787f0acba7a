"""Work that goes through things one by one, and may tell how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Yields things one by one to whoever works on them."""

    def __call__(self, items: Sequence[T], /) -> Iterable[T]:
        """Return the things, in their order."""


def untold(items: Sequence[T], /) -> Iterable[T]:
    """Return things as they are: nobody is told how far the work is."""
    return items
