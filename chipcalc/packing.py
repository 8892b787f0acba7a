"""The snapshot of the built-in specs, written when the package is built.

Every file is read and checked as it is without a snapshot, so that none is made of wrong specs.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from chipcalc import files, yamlio
from chipcalc.claims.claim import Claims
from chipcalc.cli import application
from chipcalc.cli.options import chip_commands
from chipcalc.intake import mapping
from chipcalc.lint import standards
from chipcalc.places.groups import Groups
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.diligence import Diligence
from chipcalc.rules.regime import Regime
from chipcalc.rules.rule import Rule
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.load import read
from chipcalc.schema.source import Source
from chipcalc.sheets.chip import Chip
from chipcalc.sheets.reading import NameWords
from chipcalc.sheets.store import Store
from chipcalc.snapshot import reading
from chipcalc.snapshot.encoding import Encoder
from chipcalc.values import registry
from chipcalc.values.units import Unit, renamings
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.language import Phrases

KINDS: Mapping[str, type[Frozen]] = {
    "metrics.yaml": Vocabulary,
    files.NAMES: NameWords,
    standards.NAME: standards.Standards,
    files.CHIPS: Chip,
    files.RULES: Rule,
    files.SOURCES: Source,
    files.GROUPS: Groups,
    files.DILIGENCE: Diligence,
    files.REGIMES: Regime,
    files.LANGUAGES: Phrases,
    files.CLAIMS: Claims,
    f"{mapping.FOLDER}/*.yaml": mapping.Mapping,
}


def written() -> bytes:
    """Return the snapshot of the built-in specs; raises ChipcalcError for any that are wrong."""
    store = Store((files.BUILT_IN,))
    store.all()
    encoder = Encoder(Unit, (Threshold,))
    content = bytearray()
    entries: dict[str, list[int]] = {}
    books = Rulebook(store).everywhere()
    more = {path: each for book in books for path, each in _criteria(book).items()}
    for path, kind in spec_files():
        found = path.read_bytes()
        document = read(path)
        value = encoder.data(_checked(parse(kind, document), store.vocabulary))
        record = [value, reading.tree(document.lines), encoder.data(more.get(path))]
        entry = _added(content, record)
        name = path.relative_to(files.BUILT_IN).as_posix()
        entries[name] = [*entry, len(found), zlib.crc32(found)]
    named = {
        "units": _units(store.vocabulary),
        "naming": _naming(store),
        "completion": chip_commands(application()),
    }
    tables = {name: _added(content, each) for name, each in named.items()}
    head = _text(
        {
            "entries": entries,
            "tables": tables,
            "shapes": encoder.shapes,
            "units": encoder.units,
            "shared": encoder.shared,
        }
    )
    size = len(head) + len(content)
    first = "\t".join(map(str, (reading.FORMAT, len(head), zlib.crc32(head), size)))
    return first.encode() + b"\n" + head + bytes(content)


def spec_files() -> Iterator[tuple[Path, type[Frozen]]]:
    """Yield every built-in file that a snapshot holds, with the model of what it says."""
    for pattern, kind in KINDS.items():
        yield from ((path, kind) for path in sorted(files.BUILT_IN.glob(pattern)))


def _checked(found: Frozen, vocabulary: Vocabulary) -> Frozen:
    """Return what a file says, a mapping only where the vocabulary has all of it; else raise."""
    return mapping.fits(found, vocabulary) if isinstance(found, mapping.Mapping) else found


def _criteria(rulebook: Rulebook) -> dict[Path, tuple[Any, ...]]:
    """Return what the versions of every rule ask of an item and of a shipment, by its file."""
    return {
        rulebook.files[name]: tuple((each.criterion, each.shipment) for each in versions)
        for name, versions in rulebook.provisions.items()
    }


def _units(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return factor and dimension of every name of a unit.

    Nothing stands for names that are tried where a figure is written in the unit of its format.
    """
    names: dict[str, Any] = dict(registry.every_name())
    for condition in vocabulary.conditions.values():
        for value in filter(None, (each.unit for each in condition.values.values())):
            for metric in vocabulary.metrics.values():
                for unit in (metric.unit, *metric.larger, *metric.smaller):
                    tried = {each for name, _ in unit.parts for each in renamings(name, value)}
                    names |= {each: registry.resolved(each) for each in tried - names.keys()}
    return {
        name: found and [found[0].numerator, found[0].denominator, found[1]]
        for name, found in sorted(names.items())
    }


def _naming(store: Store) -> dict[str, Any]:
    """Return the lines that name each chip, by its file: as they are, folded, and as data."""
    found: dict[str, Any] = {}
    for path in store.files.values():
        lines = files.naming_lines(path)
        name = path.relative_to(files.BUILT_IN).as_posix()
        found[name] = [lines, files.folded(lines), yamlio.load(lines, name).data]
    return found


def _added(content: bytearray, record: Any) -> list[int]:
    """Add a record, and return where it lies, its length and its checksum."""
    text = _text(record)
    place = [len(content), len(text), zlib.crc32(text)]
    content += text
    return place


def _text(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(written())
