"""That no row of a frame comes out otherwise than a check of it says: a million rows, all engines.

Rows are drawn around the lines, and lie on each limit, beside it by shares from 1e-15 to 1e-6 and
by a neighbouring float, as doubles and single floats, with figures missing, infinite or negative,
words unknown. What the columns say on every engine that is installed, with open rows settled, is
held against every row judged by its cell; and the cells against a check of `--exact` rows, each by
itself. Prints how many rows differ, which must be none.

Run it with: python tests/bench/agreement.py [ROWS] [--exact ROWS] [--engine NAME]
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import narwhals as nw
import polars as pl

import chipcalc as cc
from chipcalc.check.day import ShipmentRules
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.rules.texts import comparisons
from chipcalc.screening import frames
from chipcalc.screening.judge import Judge, Kind
from chipcalc.screening.meaning import columns
from chipcalc.screening.rows import Reader, part
from chipcalc.screening.words import column_words
from chipcalc.words.screening import of_cell, verdict

DAY = "2026-07-31"
SHARES = (1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
FORMATS = {"INT8 dense (TOPS)": 8, "FP16 dense (TFLOPS)": 16}
AREA, MARKET = "Die size (mm²)", "Market"
HEADER = (*FORMATS, "INT8 (TOPS)", AREA, MARKET)
MARKETS = ("data center", "gaming", "Edge", "", None, "moon")
Row = tuple[Any, ...]
Told = tuple[str, bool]


def limits(rules: cc.Rules) -> tuple[list[float], list[float]]:
    """Return the limits of TPP and of density that paragraphs of a day compare."""
    day = rules.of_items
    nodes = comparisons(
        [each.criterion for each in day.asked if each.rule.kind == CLASSIFICATION], day.provisions
    )
    found: dict[str, set[float]] = {"tpp": set(), "performance_density": set()}
    for each in nodes:
        if isinstance(each, Threshold) and each.of.name in found:
            found[each.of.name].add(float(each.limit.amount.best))
    return sorted(found["tpp"]), sorted(found["performance_density"])


def beside(value: float) -> list[float]:
    """Return an amount, those beside it by shares, and the neighbouring floats."""
    moved = [value * (1 + sign * share) for share in SHARES for sign in (1, -1)]
    return [value, math.nextafter(value, math.inf), math.nextafter(value, 0), *moved]


def on_lines(rules: cc.Rules) -> Iterator[Row]:
    """Yield rows at each limit of TPP and of density, and just beside it."""
    tpp, density = limits(rules)
    for line, (place, bits) in product(tpp, enumerate(FORMATS.values())):
        areas = (None, 300.0, 1000.0, line / density[0])
        for each, area, market in product(beside(line / bits), areas, ("data center", "gaming")):
            rates = tuple(each if number == place else None for number in range(3))
            yield (*rates, area, market)
    for line in density:
        for rate in (150.0, 300.0, 375.0, 700.0):
            for area in beside(rate * 8 / line):
                yield (rate, None, None, area, "data center")
                yield (None, None, rate, area, "data center")


def drawn(number: int, seed: int) -> Iterator[Row]:
    """Yield rows with what people have: round figures, some missing, some that cannot be."""
    dice = random.Random(seed)  # noqa: S311 no secret

    def rate(share: float) -> float | None:
        if dice.random() > share:
            return None
        if dice.random() < 0.005:
            return dice.choice((math.inf, -math.inf, math.nan, -5.0, 0.0))
        if dice.random() < 0.002:
            return dice.choice((100.0, 150.0, 200.0, 300.0, 600.0))
        return float(f"{math.exp(dice.uniform(math.log(5), math.log(2000))):.6g}")

    for _ in range(number):
        area = None if dice.random() < 0.4 else float(dice.randint(50, 17000)) / 10
        yield (rate(0.5), rate(0.3), rate(0.3), area, dice.choice(MARKETS))


def asked(rules: cc.Rules) -> Judge:
    """Return what asks the rules of a row by itself that its verdict rests on."""
    book = rules.rulebook
    return Judge(
        book.store, rules.as_of, lambda _: rules.of_items, lambda each: ShipmentRules(book, each)
    )


def exactly(rules: cc.Rules, judge: Judge) -> Callable[[Row], Told]:
    """Return what checks a row as one of a table of text, and whether a cell of it is at fault."""
    store = rules.rulebook.store
    words = column_words(store.folders)
    by = Reader(columns(HEADER, words, store.vocabulary, {}), HEADER, words, store.vocabulary, ".")

    def checked(row: Row) -> Told:
        texts = ["" if e is None or e != e or e == 0 else str(e) for e in row]
        wrong = any(isinstance(e, float) and (e < 0 or math.isinf(e)) for e in row)
        found = judge.row(part(1, texts, by))
        if wrong or found.part.faults:  # a frame gives such a row no verdict
            return "", True
        if found.kind in (Kind.no_sheet, Kind.no_part):
            return str(frames.NO_FIGURES), False
        return verdict(found), False

    return checked


def engines() -> dict[str, Callable[[pl.DataFrame], Any]]:
    """Return what makes a frame of each engine that is installed of one of polars."""
    made: dict[str, Callable[[pl.DataFrame], Any]] = {
        "polars": lambda each: each,
        "polars lazily": lambda each: each.lazy(),
    }
    try:
        import duckdb
        import pandas as pd
    except ModuleNotFoundError:
        return made
    made |= {
        "duckdb": lambda each: duckdb.from_arrow(each.with_row_index("id").to_arrow()),
        "pyarrow": lambda each: each.to_arrow(),
        "pandas": lambda each: pd.DataFrame(each.to_dict(as_series=False)),
        "pandas of pyarrow": lambda each: each.to_pandas(use_pyarrow_extension_array=True),
        "pandas with nulls": lambda each: pd.DataFrame(
            each.to_dict(as_series=False)
        ).convert_dtypes(dtype_backend="numpy_nullable"),
    }
    return made


def screened(rules: cc.Rules, frame: Any, judge: Judge, *, every: bool = False) -> list[Told]:
    """Return the verdicts on the rows of a frame, settled, and which are at fault.

    Where `every` row is judged by its cell, what the columns say of it does not count.
    """
    asked = frames.Settling(judge, of_cell, every)
    words = column_words(rules.rulebook.store.folders)
    found: Any = nw.from_native(frames.screen(frame, {}, words, rules.of_items, asked))
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    if "id" in found.columns:
        found = found.sort("id")
    told = zip(found[frames.VERDICT].to_list(), found[frames.FAULT].to_list(), strict=True)
    return [("" if fault else verdict_, bool(fault)) for verdict_, fault in told]


def main(rows: int, exact: int, only: str) -> int:
    """Print how many rows differ on each engine; return 1 where one does."""
    rules = cc.open().rules(as_of=DAY)
    judge = asked(rules)
    lines = list(on_lines(rules))
    table = [*lines, *drawn(rows, 1)]
    types = {**dict.fromkeys(HEADER[:-1], pl.Float64), MARKET: pl.String}
    frame = pl.DataFrame(table, schema=types, orient="row")
    singles = frame.head(len(lines)).with_columns(pl.col(pl.Float64).cast(pl.Float32))
    begun = time.perf_counter()
    wanted = screened(rules, frame, judge, every=True)
    of_singles = screened(rules, singles, judge, every=True)
    took = time.perf_counter() - begun
    print(
        f"{len(table):,} rows judged by cells, {judge.known} by themselves; {took:.0f} s",
        flush=True,
    )
    wrong = 0
    for name, made in engines().items():
        if only not in ("", name):
            continue
        begun = time.perf_counter()
        found = screened(rules, made(frame), judge)
        found += screened(rules, made(singles), judge)
        pairs = zip(found, [*wanted, *of_singles], strict=True)
        differing = sum(each != other for each, other in pairs)
        wrong += differing
        took = time.perf_counter() - begun
        print(f"{name}: {len(found):,} rows, {differing} otherwise; {took:.0f} s", flush=True)
    texts = [(*map(_written, row[:-1]), row[-1]) for row in singles.rows()]
    checked = [*table[:exact], *texts]
    return 1 if wrong + _checked(rules, judge, checked, [*wanted[:exact], *of_singles]) else 0


def _checked(rules: cc.Rules, judge: Judge, rows: list[Row], found: list[Told]) -> int:
    """Return how many rows are checked otherwise, each by itself, than their cell was."""
    check = exactly(rules, judge)
    begun = time.perf_counter()
    missed = [
        (row, there, here)
        for row, there in zip(rows, found, strict=True)
        if (here := check(row)) != there
    ]
    took = time.perf_counter() - begun
    print(f"{len(rows):,} rows checked by themselves, {len(missed)} otherwise; {took:.0f} s")
    for each in missed[:10]:
        print("  ", *each)
    return len(missed)


def _written(value: float | None) -> float | None:
    """Return a single float as the shortest decimal that names it."""
    if value is None or not math.isfinite(value):
        return value
    return float(next(s for s in (f"{value:.{n}g}" for n in range(6, 10)) if _single(s) == value))


def _single(text: str) -> float:
    return float(pl.Series([float(text)]).cast(pl.Float32)[0])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--exact", type=int, default=20_000)
    parser.add_argument("--engine", default="")
    given = parser.parse_args()
    raise SystemExit(main(given.rows, given.exact, given.engine))
