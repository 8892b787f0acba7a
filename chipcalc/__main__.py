"""The program as ``python -m chipcalc``."""

from chipcalc.cli import main

main()
