"""What every chip goes by, read from the lines that name it, without loading its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from chipcalc import bounded, files, yamlio
from chipcalc.errors import ChipcalcError, Near, error
from chipcalc.yamlio import Data

_BETWEEN_FACTS, _BETWEEN_NAMES = "\x1e", "\x1f"  # signs that no spec file may hold


class Naming(NamedTuple):
    """What a chip goes by: its id, name and aliases, its families, and those it stands for."""

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[str, ...]:
        """The names of this chip alone."""
        return tuple(filter(None, (self.id, self.name, *self.aliases)))


class Namings:
    """The names of the chips of some sheets; a sheet is read as YAML only where it is needed."""

    def __init__(self, sheets: Mapping[str, Path]) -> None:
        self.sheets = files.as_files(sheets)
        self._found: dict[str, Naming] = {}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The lines that name each chip, folded."""
        return files.folded_namings(self.sheets)

    def vendor(self, chip: str) -> str:
        """Return the vendor in whose folder the sheet of a chip lies."""
        return self.sheets.folder(chip)

    def mentioning(self, words: Sequence[str]) -> Iterator[Naming]:
        """Yield the chips whose own names and families hold all of some folded words.

        Raises ChipcalcError for a sheet that mentions them but is not plain YAML.
        """
        first, *more = words or ("",)
        for chip, text in self.texts.items():
            if first in text and all(each in text for each in more):
                yield self.of(chip)

    def of(self, chip: str) -> Naming:
        """Return what a chip goes by; raises ChipcalcError where its sheet is not plain YAML."""
        if chip not in self._found:
            self._found[chip] = _naming(chip, _data(self.sheets[chip]))
        return self._found[chip]

    def spellings(self) -> dict[str, Near]:
        """Return everything that chips go by, each with what to type for it: ids, families, names.

        A chip whose names cannot be read goes by its id.
        """
        kept = files.remembered(self.sheets, "spellings", self._told)
        known = {c: _kept(kept.get(c, "")) or self._leniently(c) for c in self.sheets}
        found = {chip: Near(chip, each.name) for chip, each in known.items()}
        for each in known.values():
            for family in each.families:
                found.setdefault(family, Near(family, "a family"))
        for chip, each in known.items():
            for name in each.own:
                found.setdefault(name, found[chip])
        return found

    def _told(self, path: Path) -> str:
        chip, name, *lists = self._leniently(path.stem)
        return _BETWEEN_FACTS.join((chip, name, *map(_BETWEEN_NAMES.join, lists)))

    def _leniently(self, chip: str) -> Naming:
        try:
            return self.of(chip)
        except ChipcalcError:
            return Naming(chip)


def _kept(text: str) -> Naming | None:
    """Return the naming that a text of the index tells; None where it tells none."""
    chip, *facts = text.split(_BETWEEN_FACTS)
    if len(facts) != len(Naming._fields) - 1:
        return None
    name, *lists = facts
    return Naming(chip, name, *(tuple(e.split(_BETWEEN_NAMES)) if e else () for e in lists))


def _data(path: Path) -> Data:
    """Return the data of the lines that name a chip, from the snapshot where it has them."""
    kept = files.kept_naming(path)
    if kept:
        return cast("Data", kept[2])
    try:
        return yamlio.load(files.naming_lines(path), str(path)).data
    except ChipcalcError:  # read it whole, for the line of what is wrong
        return yamlio.load(_whole(path), str(path)).data


def _whole(path: Path) -> bytes:
    try:
        return bounded.content(path)
    except OSError as fault:
        what = f"'{path}' cannot be read: {bounded.reason(fault)}"
        raise error(what, "mend the file, or take it away") from None


def _naming(chip: str, data: Data) -> Naming:
    facts = data if isinstance(data, dict) else {}
    name = next(_words(facts.get("name", [])), "")
    lists = (tuple(_words(facts.get(key, []))) for key in ("aliases", "family", "stands_for"))
    return Naming(chip, name, *lists)


def _words(data: Data) -> Iterator[str]:
    yield from (str(each) for each in data) if isinstance(data, list) else [str(data)]
