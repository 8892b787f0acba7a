"""A bar on stderr for what takes long while a person is looking; nothing of it is left behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from chipcalc.cli.screen import in_ascii

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

_PATIENCE = 1  # seconds without a bar
_BETWEEN = 0.1  # seconds, at least, until it is drawn again
_DUMB = ("dumb", "unknown")

_shown: list[Progress] = []


def progress(items: Sequence[T]) -> Iterator[T]:
    """Yield some items, with a bar where they take more than a second and somebody is looking.

    Neither a pipe nor a file gets one.
    """
    looking = _is_looking()
    begun = time.monotonic()
    for number, each in enumerate(items):
        if looking and not _shown and time.monotonic() - begun >= _PATIENCE:
            yield from _with_bar(items, number)
            return
        yield each


def clear() -> None:
    """Take away the bar that is shown, if there is one, as if it had never been there."""
    while _shown:
        _shown.pop().stop()


def _is_looking() -> bool:
    seen = sys.stderr.isatty() and sys.stdout.isatty()
    return seen and os.environ.get("TERM") not in _DUMB


def _with_bar(items: Sequence[T], done: int) -> Iterator[T]:
    """Yield the items that are left below a bar, which is redrawn between two of them."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    drawn = () if in_ascii() else (BarColumn(),)
    columns = (*drawn, MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
    task = bar.add_task("", total=len(items), completed=done)
    _shown.append(bar)
    try:
        bar.start()
        last = 0.0
        for each in items[done:]:
            if time.monotonic() - last > _BETWEEN:
                bar.refresh()
                last = time.monotonic()
            yield each
            bar.advance(task)
    finally:
        clear()
