"""Which chips a name means, found without loading their sheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from chipcalc import files, yamlio
from chipcalc.errors import ChipcalcError, Near, plain
from chipcalc.files import folded
from chipcalc.sheets.matching import split
from chipcalc.yamlio import Data


class Naming(NamedTuple):
    """What a chip goes by: its id, name and aliases, its families, and those it stands for."""

    id: str
    own: tuple[str, ...]
    families: tuple[str, ...]
    stands_for: tuple[str, ...]


class Found(NamedTuple):
    """The chips that a name is one of, and those of the family of that name."""

    named: tuple[Naming, ...]
    related: tuple[Naming, ...]

    @property
    def chips(self) -> tuple[Naming, ...]:
        """The chips that are meant: a name of a chip goes before that of a family."""
        return self.named or self.related

    def keep(self, fits: Callable[[Naming], bool]) -> Found:
        """Return the chips that fit."""
        return Found(*(tuple(filter(fits, each)) for each in self))


def called(name: str, sheets: Mapping[str, Path], proper: Callable[[str], str] = folded) -> Found:
    """Return the chips that go by a name, alias or family, as `proper` makes names comparable.

    Raises ChipcalcError for a sheet that mentions the name but is not plain YAML.
    """
    candidates = [_naming(chip, sheets[chip]) for chip in files.mentioning(name, sheets)]

    def of(names: Callable[[Naming], Sequence[str]]) -> tuple[Naming, ...]:
        return tuple(e for e in candidates if name in map(proper, names(e)))

    return Found(of(lambda each: each.own), of(lambda each: each.families))


def spellings(sheets: Mapping[str, Path]) -> dict[str, Near]:
    """Return everything that chips go by, each with what to type for it: ids, families, names."""
    facts = {chip: _facts(path) for chip, path in sheets.items()}
    called = {chip: "".join(_words(facts[chip].get("name", ""))) for chip in sheets}
    found = {chip: Near(chip, called[chip]) for chip in sheets}
    for chip in sheets:
        for family in _words(facts[chip].get("family", [])):
            found.setdefault(family, Near(family, "a family"))
    for chip in sheets:
        for name in (called[chip], *_words(facts[chip].get("aliases", []))):
            found.setdefault(name, found[chip])
    return found


def alike(name: str, known: Mapping[str, Near]) -> dict[str, Near]:
    """Return the names that somebody may have meant who mistyped one: those of the same number.

    Its number is what a vendor tells a product apart by, with the letters beside it: an H100 is
    no misspelt A100. A word may run into its number: RTX4090 has that of RTX 4090.
    """
    wanted = _numbers(name)
    return {each: near for each, near in known.items() if _same(wanted, _numbers(each))}


def _numbers(name: str) -> list[str]:
    """Return the words of a name that have a digit; letters that look like one are one."""
    return [plain(each) for each in split(name) if any(map(str.isdigit, each))]


def _same(numbers: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a name has the numbers of another one, but for a word that runs into one of them.

    Letters at the end may still be missing, and are never too many: an A10G is no A10.
    """
    return len(numbers) == len(others) and all(
        long.startswith(short) and not re.search(r"\d", long.removeprefix(short))
        for short, long in map(_aligned, numbers, others)
    )


def _aligned(number: str, other: str) -> tuple[str, str]:
    """Return two numbers without the word that runs into one of them and not into the other."""
    bare = [re.sub(r"^[^\d]+", "", each) for each in (number, other)]
    return (bare[0], bare[1]) if number[0].isdigit() != other[0].isdigit() else (number, other)


def _facts(path: Path) -> Mapping[str, Data]:
    """Return what the lines that name a chip say; nothing where they cannot be read."""
    try:
        return _said(path)
    except ChipcalcError:
        return {}


def _naming(chip: str, path: Path) -> Naming:
    try:
        facts = _said(path)
    except ChipcalcError:  # read it whole, for the line of what is wrong
        data = yamlio.load(path.read_bytes(), str(path)).data
        facts = data if isinstance(data, dict) else {}
    own = [chip, *_words(facts.get("name", "")), *_words(facts.get("aliases", []))]
    families, stands_for = (tuple(_words(facts.get(key, []))) for key in ("family", "stands_for"))
    return Naming(chip, tuple(own), families, stands_for)


def _said(path: Path) -> Mapping[str, Data]:
    """Return the data of the lines that name a chip; raises ChipcalcError for what is no YAML."""
    found = files.kept_naming(path)
    return found[2] if found else _read(path, files.state(path))


@lru_cache(maxsize=50_000)
def _read(path: Path, _: tuple[int, int]) -> Mapping[str, Data]:
    data = yamlio.load(files.naming_lines(path), str(path)).data
    return data if isinstance(data, dict) else {}


def _words(data: Data) -> Iterator[str]:
    yield from (str(each) for each in data) if isinstance(data, list) else [str(data)]
