"""Feed what reads input with bytes that reach new code, by atheris: only words may come of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

_ENDINGS = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".xlsx")


def targets(folder: Path) -> Mapping[str, Callable[[bytes], object]]:
    """Return what takes bytes, by name; files are written into a folder."""
    from chipcalc import yamlio
    from chipcalc.intake.table import table
    from chipcalc.schema.base import parse
    from chipcalc.sheets.chip import Chip
    from chipcalc.sheets.store import open_store
    from chipcalc.values import units
    from chipcalc.vocabulary import notation

    vocabulary = open_store().vocabulary

    def of_table(data: bytes) -> object:
        path = folder / f"t{_ENDINGS[data[0] % len(_ENDINGS)] if data else '.csv'}"
        path.write_bytes(data[1:])
        return table(path)

    return {
        "quantity": lambda data: units.quantity(_text(data)),
        "expression": lambda data: notation.parse(_text(data), vocabulary),
        "yaml": lambda data: yamlio.load(data, "x.yaml"),
        "sheet": lambda data: parse(Chip, yamlio.load(data, "x.yaml")),
        "table": of_table,
    }


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many inputs are tried")
    parser.add_argument("--seed", type=int, default=1, help="the same seed tries the same inputs")
    known = ["quantity", "expression", "yaml", "sheet", "table"]
    parser.add_argument("--only", choices=known, help="one kind of input; else each in turn")
    return parser.parse_args()


def main() -> None:
    """Run until the count is reached, or something else than an error in words is raised."""
    asked = _asked()
    try:
        atheris: Any = import_module("atheris")
    except ModuleNotFoundError:
        sys.exit("error: atheris is not installed\n  pip install atheris")
    from chipcalc.errors import ChipcalcError

    with tempfile.TemporaryDirectory() as folder:
        known = targets(Path(folder))
        taken = [known[asked.only]] if asked.only else [*known.values()]

        def one(data: bytes) -> None:
            with suppress(ChipcalcError):
                taken[data[0] % len(taken) if data else 0](data[1:])

        atheris.instrument_all()
        words = [sys.argv[0], f"-runs={asked.count}", f"-seed={asked.seed}"]
        atheris.Setup(words, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
