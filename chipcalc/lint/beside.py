"""Work that a second process does meanwhile, where there is a second processor for it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chipcalc.errors import ChipcalcError, Problem

Work = Callable[[], list[Problem]]


@contextmanager
def beside(work: Work) -> Iterator[Work]:
    """Yield what returns the problems that some work finds, while a second process looks for them.

    They are the same, and ChipcalcError is raised, as if the work were done when they are asked
    for; which it is where there is one processor only, or where the second process comes to
    nothing. Whatever ends the block ends that process as well.
    """
    process = _begun(work) if _has_room() else None
    if process is None:
        yield work
        return
    pid, pipe = process
    try:
        yield lambda: _ended(pipe, work)
    finally:
        os.close(pipe)
        os.kill(pid, signal.SIGKILL)  # it has nothing to tidy up
        os.waitpid(pid, 0)


def _has_room() -> bool:
    """Whether a process can be copied as it stands, and has a processor of its own."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _begun(work: Work) -> tuple[int, int] | None:
    """Return a process that does some work, and where it writes what it found."""
    ours, theirs = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        return None
    if pid:
        os.close(theirs)
        return pid, ours
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the first process says what is to be said
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(pickle.dumps(_found(work)))
    finally:
        os._exit(0)  # nothing of what it shares with the first process is written or closed twice


def _found(work: Work) -> tuple[bool, list[Problem]]:
    """Return whether work came to its end, and the problems that it found or ended with."""
    try:
        return True, work()
    except ChipcalcError as fault:
        return False, list(fault.problems)


def _ended(pipe: int, work: Work) -> list[Problem]:
    with os.fdopen(os.dup(pipe), "rb") as found:
        told = found.read()
    if not told:
        return work()
    whole, problems = pickle.loads(told)  # noqa: S301 of a copy of this process
    if not whole:
        raise ChipcalcError(*problems)
    return list(problems)
