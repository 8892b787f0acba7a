"""How long an import and commands take, as ratios to the bare cost of importing the libraries.

Run it with the Python that chipcalc is installed in; every figure is the median of whole
processes, run in turn so that drift of the machine hits all alike:

    python tests/bench/startup.py [ROUNDS]
"""

from __future__ import annotations

import os
import shlex
import statistics
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import pint, tabulate, typer, yaml
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def main(name: str) -> None:
    print(name)
app()
"""
COMMANDS = (
    "chipcalc --version",
    "chipcalc --help",
    "chipcalc compare h20 h100-sxm",
    "chipcalc compare h20 h100",
    "chipcalc list",
    "chipcalc check h20 --as-of 2026-02-01",
    "chipcalc licence h20 --to CN --as-of 2026-02-01",
    "chipcalc claims h20-returns-2025-07",
    "chipcalc lint",
)
IMPORT = "import chipcalc"
COMPARE_AT_MOST = 1.15
IMPORT_UNDER = 0.25
_BARE = "bare libraries, one command"


def once(argv: list[str]) -> float:
    """Return the wall time of one process in milliseconds."""
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=quiet)
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"{argv} failed")
    return (time.perf_counter() - start) * 1000


def main(rounds: int) -> None:
    """Print the median of each case, and its ratio to the bare libraries in the same run."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        cases = {
            _BARE: [sys.executable, str(bare), "h20"],
            f'python -c "{IMPORT}"': [sys.executable, "-c", IMPORT],
        }
        for command in COMMANDS:
            name, *arguments = shlex.split(command)
            cases[command] = [sys.executable, "-m", name, *arguments]
        times: dict[str, list[float]] = {name: [] for name in cases}
        for number in range(rounds + 1):
            for name, argv in cases.items():
                taken = once(argv)
                if number:
                    times[name].append(taken)
    medians = {name: statistics.median(each) for name, each in times.items()}
    base = medians[_BARE]
    for name, median in medians.items():
        print(f"{name:48} {median:7.1f} ms   {median / base:5.2f} × bare")
    print(f"to reach: import under {IMPORT_UNDER}, compare at most {COMPARE_AT_MOST} × bare")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
