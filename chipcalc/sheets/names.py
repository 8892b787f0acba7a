"""Which chips a name means, found without loading their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from chipcalc import files, yamlio
from chipcalc.errors import ChipcalcError, Near
from chipcalc.files import folded
from chipcalc.yamlio import Data


class Naming(NamedTuple):
    """What a chip goes by: its id, name and aliases, its families, and those it stands for."""

    id: str
    own: frozenset[str]
    families: frozenset[str]
    stands_for: frozenset[str]


def called(name: str, sheets: Mapping[str, Path]) -> list[Naming]:
    """Return the chips that go by a name or alias, or else those of the family of that name.

    Raises ChipcalcError for a sheet that mentions the name but is not plain YAML.
    """
    wanted = folded(name)
    candidates = [_naming(chip, sheets[chip]) for chip in files.mentioning(name, sheets)]
    named = [each for each in candidates if wanted in each.own]
    return named or [each for each in candidates if wanted in each.families]


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
    return Naming(
        chip,
        frozenset(map(folded, own)),
        frozenset(map(folded, _words(facts.get("family", [])))),
        frozenset(map(folded, _words(facts.get("stands_for", [])))),
    )


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
