"""The outermost guard: what the system refuses is told in one line, whatever was being done."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress

_INTERRUPTED, _REFUSED = 130, 2


def guarded(work: Callable[[], object]) -> None:
    """Do some work, and end the program where the system refuses something on the way.

    A reader that closes the pipe early ends it quietly, and so does Ctrl-C.
    """
    _open_streams()
    try:
        try:
            work()
        finally:
            sys.stdout.flush()  # what is left to write may be refused as well
    except KeyboardInterrupt:
        _end(_INTERRUPTED)
    except BrokenPipeError:
        _end(1)
    except (OSError, MemoryError, RecursionError) as fault:
        what, hint = refusal(fault)
        with suppress(OSError, ValueError):
            sys.stderr.write(f"error: {what}\n  {hint}\n")
            sys.stderr.flush()
        _end(_REFUSED)


def refusal(fault: BaseException) -> tuple[str, str]:
    """Return what the system has refused, and what to do, in words."""
    if isinstance(fault, MemoryError):
        return "there is not enough memory", "ask for fewer chips at once"
    if not isinstance(fault, OSError):
        return "what was read is nested too deeply", "write fewer levels"
    said = fault.strerror or "no reason is known"
    reason = said[:1].lower() + said[1:]
    if fault.filename is not None:
        name = os.fsdecode(fault.filename) if isinstance(fault.filename, bytes) else fault.filename
        return f"'{name}': {reason}", "look at its permissions, or name another"
    if fault.errno == errno.ENOENT:
        return "the working folder is no longer there", "change to another folder"
    return f"standard output cannot be written: {reason}", "write a file with -o"


class _Closed:
    """Standard output where it is closed: nothing can be written, and everything else is asked."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self) -> None:
        self.buffer = self

    def write(self, _: object) -> int:
        raise OSError(errno.EBADF, "it is closed")

    def flush(self) -> None:
        """Do nothing: there is nothing to write."""

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError(errno.EBADF, "it is closed")


def _open_streams() -> None:
    """Put something in the place of closed streams, so that no file takes their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 stays open


def _end(status: int) -> None:
    """End the program; what the streams still hold is dropped, as nobody takes it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(status)
