"""How long a frame takes: ten million rows screened, against a query of polars written by hand.

The query has the same output for the two paragraphs of integrated circuits of one day; its limits
are written out, which nothing but this measure may do. Prints seconds of both, rows a second, and
the memory of the process. Run it with: python tests/bench/tables.py [ROWS]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

import chipcalc as cc

_ROWS = 10_000_000
_CHUNK = 100_000
_SAID = {
    "int8": "throughput[int8,dense] TOPS",
    "area": "die_area mm^2",
    "market": "market",
}


def made(rows: int, path: Path) -> None:
    """Write rows around the lines, of which some lack a figure."""
    dice = random.Random(1)  # noqa: S311 no secret
    frame = pl.DataFrame(
        {
            "int8": [dice.choice((None, round(dice.uniform(5, 1500), 1))) for _ in range(_CHUNK)],
            "area": [dice.choice((None, float(dice.randint(50, 1700)))) for _ in range(_CHUNK)],
            "market": [dice.choice(("datacenter", "edge")) for _ in range(_CHUNK)],
        }
    )
    pl.concat([frame] * max(rows // _CHUNK, 1)).write_parquet(path)


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


def timed(found: pl.LazyFrame, out: Path) -> float:
    """Return the seconds that it takes to write a frame."""
    begun = time.perf_counter()
    found.sink_parquet(out)
    return time.perf_counter() - begun


def main(rows: int) -> None:
    """Print the times and their ratio."""
    rules = cc.open().rules(as_of="2026-07-31")
    with TemporaryDirectory() as folder:
        path, out = Path(folder, "parts.parquet"), Path(folder, "out.parquet")
        made(rows, path)
        ours = min(timed(rules.screen(pl.scan_parquet(path), _SAID), out) for _ in range(3))
        theirs = min(timed(by_hand(pl.scan_parquet(path)), out) for _ in range(3))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"screened {ours:.2f} s, {rows / ours:,.0f} rows a second; by hand {theirs:.2f} s")
    print(
        f"share of the query by hand: {theirs / ours:.2f}; memory of the process {memory:,.0f} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS)
