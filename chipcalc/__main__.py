"""The program as a command, and as ``python -m chipcalc``: Ctrl-C ends it from its first import."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C while its modules are still loaded ends it without a word."""
    try:
        from chipcalc.cli import main as run  # loading it is a good part of a short command

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
