"""Threads and processes that share a store get the answers that one alone gets."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import chipcalc as cc
from chipcalc.files import CHIPS
from chipcalc.sheets.store import Store
from hostile_cases import SHEET

_MIRRORS = "variant_of: {{chip: v{}, status: reported, note: said}}\n"
_POWER = "values:\n  board_power: [{value: 42, unit: W, status: reported, source: [sheet]}]\n"


def folder_of_variants(folder: Path, families: int = 12, generations: int = 8) -> list[str]:
    """Write variants of variants, and return their ids, the last of each family first."""
    for family in range(families):
        for number in range(generations):
            name = f"v{family * 100 + number}"
            more = _MIRRORS.format(family * 100 + number - 1) if number else _POWER
            path = folder / "chips" / "acme" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SHEET.replace("NAME", name) + more, encoding="utf-8")
    numbers = range(generations - 1, -1, -1)
    return [f"v{family * 100 + number}" for number in numbers for family in range(families)]


def power(store: Store, chip: str) -> str:
    """Return what a sheet says of its power, mirrored or its own."""
    (found,) = store.sheet(chip).statements["board_power"]
    return f"{found.statement.value} {found.statement.unit}"


def test_eight_threads_load_variants_of_variants_rightly(tmp_path: Path) -> None:
    chips = folder_of_variants(tmp_path)
    for _ in range(5):
        store = Store((tmp_path, *cc.open().store.folders))
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda chip, store=store: power(store, chip), chips * 2))
        assert set(found) == {"42 W"}


def verdicts(chips: Sequence[str]) -> list[str]:
    """Return how each chip is classified, of a database of its own."""
    db = cc.open()
    rules = db.rules(as_of="2026-02-01")
    return [verdict(db, rules, chip) for chip in chips]


def verdict(db: cc.Database, rules: cc.Rules, chip: str) -> str:
    """Return what a check of a chip comes to, as text."""
    return str(rules.check(db[chip]).to_dict())


def sample() -> list[str]:
    """Return every twentieth chip."""
    return sorted(cc.open().store.files)[::20]


def test_eight_threads_check_as_one_does() -> None:
    chips = sample()
    alone = verdicts(chips)
    db = cc.open()
    rules = db.rules(as_of="2026-02-01")
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda chip: verdict(db, rules, chip), chips * 3))
    assert together == alone * 3


def test_two_processes_check_as_one_does() -> None:
    chips = sample()
    half = len(chips) // 2
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        first, second = pool.map(verdicts, (chips[:half], chips[half:]))
    assert [*first, *second] == verdicts(chips)


def test_there_are_sheets_to_check() -> None:
    assert CHIPS
    assert len(sample()) > 10
