"""The one reader of files: plain files and standard input, never waited for, and never too much."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

SHEET = 1_000_000
TABLE = 30_000_000

_NO_FILE = "it is no plain file"
_STANDARD_INPUT = ("-", "/dev/stdin")
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class UnreadableError(OSError):
    """A file that is there and is not read: no plain file, or one that is too large."""


def content(path: Path | str, most: int = SHEET) -> bytes:
    """Return what a plain file holds, or standard input for ``-``.

    Raises OSError where it is no plain file, or holds more bytes than `most`. A pipe or a device
    that stands in its place is not waited for, and what grows meanwhile is not read on.
    """
    if str(path) in _STANDARD_INPUT:
        return standard_input(most)
    try:
        handle = os.open(path, os.O_RDONLY | _AT_ONCE)
    except ValueError:
        raise UnreadableError(errno.EINVAL, "no file has such a name") from None
    except OSError as fault:
        if fault.errno == errno.ENXIO:
            raise UnreadableError(errno.EINVAL, _NO_FILE) from None
        raise
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableError(errno.EISDIR, "it is a folder")
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError(errno.EINVAL, _NO_FILE)
        if found.st_size > most:
            raise _too_large(most)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return _within(file.read(most + 1), most)
    finally:
        os.close(handle)


def text(path: Path | str) -> str:
    """Return a file as text, with a mark for what is none; raises OSError as `content` does."""
    return content(path).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def standard_input(most: int = SHEET) -> bytes:
    """Return standard input; raises OSError where it is closed or holds more than `most`."""
    if sys.stdin is None:
        raise UnreadableError(errno.EBADF, "standard input is closed")
    try:
        return _within(sys.stdin.buffer.read(most + 1), most)
    except ValueError:
        raise UnreadableError(errno.EBADF, "standard input is closed") from None


def is_file(path: Path | str) -> bool:
    """Whether a path leads to a plain file; not for one that the system refuses."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 asked of thousands
    except (OSError, ValueError):
        return False


def is_folder(path: Path | str) -> bool:
    """Whether a path leads to a folder; not for one that the system refuses."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 as above
    except (OSError, ValueError):
        return False


def exists(path: Path | str) -> bool:
    """Whether anything is at a path; not at one that the system refuses."""
    try:
        os.stat(path)  # noqa: PTH116 as above
    except (OSError, ValueError):
        return False
    return True


def working_folder() -> Path:
    """Return the working folder; a path that leads nowhere where it has been deleted."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.devnull)


def reason(fault: OSError) -> str:
    """Return why a file cannot be read or written, in words that begin small."""
    said = fault.strerror or "no reason is known"
    return said[:1].lower() + said[1:]


def _within(found: bytes, most: int) -> bytes:
    if len(found) > most:
        raise _too_large(most)
    return found


def _too_large(most: int) -> UnreadableError:
    return UnreadableError(errno.EFBIG, f"it is larger than {most // 1_000_000} MB")
