"""How long an import and commands take, as ratios to the bare cost of importing the libraries.

The package is measured as it is installed: a wheel of this source tree is built, unpacked and
compiled in a folder of its own. Every figure is the median of whole processes, run in turn so that
drift of the machine hits all alike:

    python tests/bench/startup.py [ROUNDS]
"""

from __future__ import annotations

import compileall
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
BARE = """
import pint, tabulate, typer, yaml
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def main(name: str) -> None:
    print(name)
app()
"""
GOALS: Mapping[str, float] = {  # × bare, at most
    "chipcalc compare h20 h100": 0.8,
    "chipcalc show h20": 1.0,
    "chipcalc calc 'h20.tpp / h100-sxm.tpp'": 1.0,
    "chipcalc list": 1.0,
    "chipcalc check h20 --as-of 2026-02-01": 1.0,
    "chipcalc check h20 --as-of 2026-02-01 --explain": 1.0,
    "chipcalc headroom h20 --as-of 2026-02-01": 1.0,
    "chipcalc rules 3A090.b": 1.0,
    "chipcalc timeline h20": 1.0,
    "chipcalc licence h20 --to CN --as-of 2026-02-01": 1.0,
    "chipcalc claims h20-returns-2025-07": 1.5,
    "chipcalc lint": 3.0,
}
IMPORT = "import chipcalc"
IMPORT_GOAL = 0.1
TAB_GOAL = 100  # milliseconds
_BARE = "bare libraries, one command"
_TAB = "the TAB key after 'chipcalc compare h'"
_COMPLETING = {
    "_CHIPCALC_COMPLETE": "complete_bash",
    "COMP_WORDS": "chipcalc compare h",
    "COMP_CWORD": "2",
}
_GROWN = (130, 2000)  # sheets of a folder of one's own
_SHEET = """\
id: own-{number}
name: Own {number}
vendor: own
family: [own]
market: {{value: datacenter, status: estimated, note: made up}}
values:
  board_power:
    - {{value: 400, unit: W, status: estimated, note: made up}}
"""


def once(argv: list[str], environment: Mapping[str, str]) -> float:
    """Return the wall time of one process in milliseconds."""
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    pid = os.posix_spawn(argv[0], argv, environment, file_actions=quiet)
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"{argv} failed")
    return (time.perf_counter() - start) * 1000


def installed(folder: Path) -> Path:
    """Return a folder with the package as a wheel of this source tree installs it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    with zipfile.ZipFile(wheel) as found:
        found.extractall(target)
    compileall.compile_dir(target, quiet=2)
    return target


def grown(folder: Path, count: int) -> Path:
    """Return a spec folder of one's own with so many sheets."""
    chips = folder / str(count) / "chips" / "own"
    chips.mkdir(parents=True)
    for number in range(count):
        (chips / f"own-{number}.yaml").write_text(_SHEET.format(number=number))
    return folder / str(count)


def cases(folder: Path) -> dict[str, list[str]]:
    """Return the processes to measure, by name."""
    bare = folder / "bare.py"
    bare.write_text(BARE, encoding="utf-8")
    python = sys.executable
    found = {_BARE: [python, str(bare), "h20"], IMPORT: [python, "-c", IMPORT]}
    for command in ("chipcalc --version", "chipcalc --help", *GOALS):
        found[command] = [python, "-m", *shlex.split(command)]
    for count in _GROWN:
        own = str(grown(folder, count))
        found[_of(count)] = [
            python,
            "-m",
            *shlex.split("chipcalc compare h20 h100"),
            "--specs",
            own,
        ]
    found[_TAB] = [python, "-m", "chipcalc"]
    return found


def _of(count: int) -> str:
    return f"compare h20 h100, and {count:,} sheets of one's own"


def main(rounds: int) -> None:
    """Print the median of each case, its ratio to the bare libraries in the same run, the goal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPATH": str(installed(folder)), "PYTHONSAFEPATH": "1"}
        environment["CHIPCALC_CACHE"] = str(folder / "cache")
        measured = cases(folder)
        times: dict[str, list[float]] = {name: [] for name in measured}
        for number in range(rounds + 1):
            for case, argv in measured.items():
                more = _COMPLETING if case == _TAB else {}
                taken = once(argv, {**environment, **more})
                if number:
                    times[case].append(taken)
    medians = {name: statistics.median(each) for name, each in times.items()}
    base = medians[_BARE]
    for name, median in medians.items():
        goal = {IMPORT: IMPORT_GOAL, **GOALS}.get(name)
        told = f"  at most {goal:.1f}" if goal else ""
        told = f"  at most {TAB_GOAL} ms" if name == _TAB else told
        print(f"{name:50} {median:7.1f} ms {median / base:6.2f} × bare{told}")
    few, many = (medians[_of(count)] for count in _GROWN)
    print(f"{_GROWN[1]:,} sheets take {many / few - 1:+.0%} against {_GROWN[0]}; at most +5%")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
