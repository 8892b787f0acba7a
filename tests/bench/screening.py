"""How long whole tables take: rows a second of a frame screened, by hand, row by row, by numpy.

The query of polars that is written by hand has the same output for the two paragraphs of
integrated circuits of one day; its limits are written out, which nothing but this measure may do.
Every measure is a process of its own; seconds are those of the processor, which others that work
on the machine disturb less than those of the clock. The memory is the most that a process took,
of a table and of one ten times as large, and 300 rows of a spreadsheet are held against a bare
start. Run it with: python tests/bench/screening.py [ROWS] [--large ROWS]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from startup import installed

import chipcalc as cc

_PART = 1_000_000
_SAID = {
    "int8": "throughput[int8,dense] TOPS",
    "area": "die_area mm^2",
    "market": "market",
}
_BARE = "import typer, pint, yaml, tabulate\ntyper.run(lambda: None)"


def made(rows: int, folder: Path) -> None:
    """Write rows around the lines, of which some lack a figure, in parts."""
    folder.mkdir()
    for number in range(max(rows // _PART, 1)):
        dice = random.Random(number)  # noqa: S311 no secret
        size = min(rows, _PART)
        rates = [
            None if dice.random() < 0.3 else round(dice.uniform(5, 1500), 1) for _ in range(size)
        ]
        areas = [
            None if dice.random() < 0.3 else float(dice.randint(50, 1700)) for _ in range(size)
        ]
        words = dice.choices(("datacenter", "edge"), k=size)
        frame = pl.DataFrame({"int8": rates, "area": areas, "market": words})
        frame.write_parquet(folder / f"part-{number:04}.parquet")


def by_hand(parts: pl.LazyFrame) -> pl.LazyFrame:
    """Return the same as somebody would write it, without a band, a fault or a missing figure."""
    tpp = pl.col("int8") * 8
    density = tpp / pl.col("area")
    center = pl.col("market") == "datacenter"
    a = (tpp >= 4800) | ((tpp >= 1600) & (density >= 5.92) & center)
    b = center & (tpp >= 1600) & (tpp < 4800) & (density < 5.92)
    b = b & (((tpp >= 2400) & (density >= 1.6)) | (density >= 3.2))
    said = pl.when(a).then(pl.lit("3A090.a")).when(b).then(pl.lit("3A090.b"))
    said = said.when((tpp < 1600) | (~center & (tpp < 4800))).then(pl.lit("not 3A090"))
    return parts.with_columns(said.otherwise(pl.lit("not settled")).alias("verdict"))


def by_numpy(parts: pl.LazyFrame) -> int:
    """Return how many rows fall under the first paragraph, with all of them in memory."""
    import numpy as np

    rows = parts.collect()
    with np.errstate(invalid="ignore"):
        tpp = rows["int8"].to_numpy() * 8
        density = tpp / rows["area"].to_numpy()
        center = (rows["market"] == "datacenter").to_numpy()
        return int(((tpp >= 4800) | ((tpp >= 1600) & (density >= 5.92) & center)).sum())


def one_by_one(rules: cc.Rules, parts: pl.LazyFrame) -> None:
    """Check the first thousand rows by themselves."""
    for rate, area, market in parts.head(1000).collect().iter_rows():
        figures = {"throughput[int8]": f"{rate} TOPS", "die_area": f"{area} mm^2"}
        stated = {k: v for k, v in figures.items() if "None" not in v}
        rules.check(cc.Item(stated), market=market)


def measures(folder: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured, by its name."""
    rules = cc.open().rules(as_of="2026-07-31")
    parts = pl.scan_parquet(folder / "*.parquet")
    out = folder.with_suffix(".out")
    rules.screen(pl.DataFrame({"int8": [1.0], "area": [1.0], "market": ["edge"]}), _SAID)
    return {
        "by hand": lambda: by_hand(parts).sink_parquet(out),
        "screened": lambda: rules.screen(parts, _SAID).sink_parquet(out),
        "settled": lambda: rules.screen(parts, _SAID, settle=True).sink_parquet(out),
        "numpy": lambda: by_numpy(parts),
        "row by row": lambda: one_by_one(rules, parts),
    }


def one(name: str, folder: Path) -> None:
    """Print the seconds of the processor, those of the clock and the memory of one measure."""
    measured = measures(folder)[name]
    before = resource.getrusage(resource.RUSAGE_SELF)
    begun = time.perf_counter()
    measured()
    took = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_SELF)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(worked, took, after.ru_maxrss / 1024)


def asked(name: str, folder: Path) -> tuple[float, float, float]:
    """Return the best of three processes: seconds of the processor, of the clock, megabytes."""
    command = [sys.executable, __file__, "--one", name, str(folder)]
    runs = []
    for _ in range(3):
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        worked, took, memory = map(float, ran.stdout.split())
        runs.append((worked, took, memory))
    return min(runs)


def spreadsheet(folder: Path) -> tuple[float, float]:
    """Return the seconds of 300 rows of a spreadsheet, as a wheel has it, and of a bare start."""
    rows = folder / "parts.csv"
    lines = [f"Part {n},{50 + n * 3}.5,{100 + n},server" for n in range(300)]
    rows.write_text("\n".join(["Part,INT8 dense (TOPS),Die size (mm2),Market", *lines]))
    screen = [sys.executable, "-m", "chipcalc", "screen", str(rows), "-o", str(folder / "out.csv")]
    environment = {**os.environ, "PYTHONPATH": str(installed(folder)), "PYTHONSAFEPATH": "1"}
    return _worked(screen, environment), _worked([sys.executable, "-c", _BARE], environment)


def _worked(command: list[str], environment: Mapping[str, str]) -> float:
    found = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def main(rows: int, large: int) -> None:
    """Print every measure, as a share of the query that is written by hand."""
    with TemporaryDirectory() as folder:
        parts = Path(folder, "parts")
        made(rows, parts)
        hand = asked("by hand", parts)
        for name in ("by hand", "screened", "settled", "numpy", "row by row"):
            worked, took, memory = hand if name == "by hand" else asked(name, parts)
            number = 1000 if name == "row by row" else rows
            share = hand[0] / worked * number / rows
            print(
                f"{name:10}  {worked:6.2f} s of the processor, {took:6.2f} s; "
                f"{number / worked:12,.0f} rows a second; {share:.4f} of by hand; {memory:,.0f} MB",
                flush=True,
            )
        if large:
            more = Path(folder, "more")
            made(large, more)
            for name in ("by hand", "screened", "settled"):
                small, big = asked(name, parts)[2], asked(name, more)[2]
                print(
                    f"{name:10}  {small:,.0f} MB, {large:,} rows {big:,.0f} MB: {big / small:.2f}"
                )
        ours, bare = spreadsheet(Path(folder))
        print(f"300 rows of a spreadsheet: {ours:.2f} s, bare {bare:.2f} s: {ours / bare:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=10_000_000)
    parser.add_argument("--large", type=int, default=0, help="rows of the table for the memory")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"))
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]))
    else:
        main(given.rows, given.large)
