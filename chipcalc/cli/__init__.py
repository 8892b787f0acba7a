"""The command line: parse arguments, call one function, print; heavy modules load when needed."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from chipcalc.cli import (  # each registers its commands
    articles,
    checking,
    comparing,
    licensing,
    spec_files,
)
from chipcalc.cli.base import app

__all__ = ["app", "articles", "checking", "comparing", "licensing", "main", "spec_files"]


def main() -> None:
    """Run the command line; a reader that closes the pipe early ends it quietly.

    Cyclic garbage is collected rarely, and not once more at the end: a command is over before
    that pays, and walking all objects of the libraries takes a tenth of its time.
    """
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
