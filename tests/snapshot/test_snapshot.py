"""The snapshot of the built-in specs says what their YAML says, or it is not used."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pint
import pytest

from chipcalc import packing
from chipcalc.files import BUILT_IN, UNITS_FILE, noting
from chipcalc.rules.criteria import Threshold, leaves
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.base import parse
from chipcalc.schema.load import kept, loaded, read
from chipcalc.sheets.chip import Chip
from chipcalc.sheets.store import Store
from chipcalc.snapshot import reading
from chipcalc.snapshot.reading import Lines, Snapshot, tree
from chipcalc.values import units
from shared import RULEBOOK, STORE

H20 = BUILT_IN / "chips" / "nvidia" / "h20.yaml"
Spoil = Callable[[bytes], bytes]


@cache
def content() -> bytes:
    """Return a snapshot of the specs as they are."""
    return packing.written()


def whole(path: Path) -> Snapshot:
    """Return a snapshot that is in order."""
    found = reading.snapshot()
    assert found is not None, path
    return found


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the package a snapshot, and forget it again."""
    path = tmp_path / "specs.snapshot"
    path.write_bytes(content())
    monkeypatch.setattr(reading, "FILE", path)
    monkeypatch.setattr(reading, "_SAID", [])
    reading.snapshot.cache_clear()
    yield path
    monkeypatch.undo()
    reading.snapshot.cache_clear()


# It says what the YAML says.


def test_every_built_in_file_is_in_it(place: Path) -> None:
    """But for what few commands read; a kind of file that is new has to be added."""
    paths = {path.relative_to(BUILT_IN).as_posix() for path in BUILT_IN.rglob("*.yaml")}
    left = {
        each for each in paths if each.startswith(("countries.", "templates/", "columns.", "page."))
    }
    assert set(whole(place).names) == paths - left


def test_every_value_and_every_line_is_that_of_the_yaml() -> None:
    for path, kind in packing.spec_files():
        document = read(path)
        model, stored = loaded(kind, path)
        assert stored.again is not None, path
        assert model == parse(kind, document), path
        assert repr(model) == repr(parse(kind, document)) or kind is not Chip, path
        assert dict(stored.lines) == document.lines, path
        assert stored.file == document.file


def test_every_rule_asks_what_its_yaml_asks() -> None:
    found = Rulebook(Store((BUILT_IN,))).provisions
    assert list(found) == list(RULEBOOK.provisions)
    for name, versions in RULEBOOK.provisions.items():
        for one, other in zip(found[name], versions, strict=True):
            assert one[:3] == other[:3]
            assert one[4:] == other[4:]


def test_equal_comparisons_of_rules_are_one_object() -> None:
    """Each is read once a chip, so that they stay one in the snapshot."""
    found = Rulebook(Store((BUILT_IN,))).provisions
    nodes = [n for each in found.values() for v in each for n in leaves(v.criterion)]
    comparisons = [each for each in nodes if isinstance(each, Threshold)]
    known = [n for each in RULEBOOK.provisions.values() for v in each for n in leaves(v.criterion)]
    read_as = [each for each in known if isinstance(each, Threshold)]
    assert len({id(each) for each in comparisons}) == len({id(each) for each in read_as})


def test_every_sheet_is_that_of_the_yaml() -> None:
    for sheet in Store((BUILT_IN,)).all():
        other = STORE.sheet(sheet.id)
        assert sheet.chip == other.chip
        for metric, found in other.statements.items():
            told = [(e.statement, e.origin) for e in found]
            assert [(e.statement, e.origin) for e in sheet.statements[metric]] == told
        assert [(c.sheet.chip, c.number) for c in sheet.contents] == [
            (c.sheet.chip, c.number) for c in other.contents
        ]


def test_every_name_of_a_unit_is_what_pint_makes_of_it(place: Path) -> None:
    oracle: pint.UnitRegistry[Any] = pint.UnitRegistry(UNITS_FILE, non_int_type=Fraction)
    table = whole(place).units
    assert len(table) > 800
    for name, found in table.items():
        if found is None:
            assert not oracle.parse_unit_name(name)
            continue
        factor, root = oracle.get_root_units(name)
        assert Fraction(*found[:2]) == factor, name
        dimension = {key.strip("[]"): power for key, power in root.dimensionality.items()}
        assert dict(found[2]) == dimension, name


def test_a_unit_is_the_same_with_and_without_it(place: Path) -> None:
    kept_units = [units._resolved.__wrapped__(name) for name in whole(place).units]
    names = list(whole(place).units)
    place.unlink()
    reading.snapshot.cache_clear()
    assert [units._resolved.__wrapped__(name) for name in names] == kept_units


def test_lines_are_found_again_in_their_tree() -> None:
    lines = {("a",): 1, ("a", 0): 1, ("a", 1): 3, ("a", 1, "b"): 4, ("c",): 9, ("c", "d"): 9}
    found = Lines(json.loads(json.dumps(tree(lines))))
    assert dict(found) == lines
    assert ("a", 2) not in found
    assert ("a", 1, "b", "x") not in found
    assert () not in found


# It is made alike, and without what is wrong.


def test_the_same_specs_make_the_same_snapshot() -> None:
    code = "import sys, zlib; from chipcalc import packing; print(zlib.crc32(packing.written()))"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(BUILT_IN.parent)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert int(done.stdout) == zlib.crc32(content())


# What is spoiled is told in one line, and the YAML is read.


def _head(found: bytes) -> tuple[list[str], dict[str, Any], bytes]:
    first, _, rest = found.partition(b"\n")
    said = first.decode().split("\t")
    length = int(said[1])
    return said, json.loads(rest[:length]), rest[length:]


def with_fields(found: bytes) -> bytes:
    """Return a snapshot whose classes have other fields, as those of an older program."""
    said, head, rest = _head(found)
    head["shapes"] = [[*each[:3], ["other"]] for each in head["shapes"]]
    text = json.dumps(head).encode()
    said[1:] = [str(len(text)), str(zlib.crc32(text)), str(len(text) + len(rest))]
    return "\t".join(said).encode() + b"\n" + text + rest


def with_a_digit(found: bytes) -> bytes:
    """Return a snapshot in which somebody changed a figure of the H20."""
    _, head, rest = _head(found)
    start, length = head["entries"]["chips/nvidia/h20.yaml"][:2]
    record = rest[start : start + length]
    changed = record.replace(b"96", b"97", 1)
    assert changed != record
    return found.replace(record, changed)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda found: found[:-1], "not whole"),
        (lambda found: found[: len(found) // 2], "not whole"),
        (lambda found: found + b" ", "not whole"),
        (lambda found: found[:100], "not whole"),
        (lambda _: b"", "another version"),
        (lambda _: b"\0" * 1000, "another version"),
        (lambda found: found.replace(b"snapshot 1", b"snapshot 0", 1), "another version"),
        (lambda found: found.replace(b'"entries"', b'"Entries"', 1), "not whole"),
        (with_fields, "another version"),
        (with_a_digit, "was changed"),
    ],
)
def test_a_spoiled_snapshot_is_told_in_one_line_and_the_yaml_is_read(
    spoil: Spoil, said: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.write_bytes(spoil(content()))
    store = Store((BUILT_IN,))
    assert [each.chip for each in store.all()] == [each.chip for each in STORE.all()]
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert store.sheet("h20").document.again is None


def test_a_snapshot_that_is_right_is_used_in_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = Store((BUILT_IN,)).all()
    assert all(each.document.again for each in found)
    assert capsys.readouterr().err == ""


def test_no_snapshot_is_nothing_to_tell(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place.unlink()
    assert Store((BUILT_IN,)).sheet("h20").chip == STORE.sheet("h20").chip
    assert capsys.readouterr().err == ""


def test_a_snapshot_that_cannot_be_read_is_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.unlink()
    place.mkdir()
    assert Store((BUILT_IN,)).sheet("h20").chip == STORE.sheet("h20").chip
    assert "cannot be read" in capsys.readouterr().err


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the built-in specs that stands in their place."""
    folder = tmp_path / "specs"
    for path, _ in packing.spec_files():
        copy = folder / path.relative_to(BUILT_IN)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr("chipcalc.files.BUILT_IN", folder)
    return folder


def test_a_file_that_was_changed_since_is_read_itself(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = specs / "chips" / "nvidia" / "h20.yaml"
    assert kept(path) is not None
    path.write_text(path.read_text() + "# more\n")
    assert kept(path) is None
    assert loaded(Chip, path)[0] == STORE.sheet("h20").chip
    assert loaded(Chip, path)[1].again is None
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_of_the_same_size_is_compared_where_it_matters_what_was_read(specs: Path) -> None:
    """So that a record and lint never vouch for what was not read."""
    path = specs / "chips" / "nvidia" / "h20.yaml"
    text = path.read_text()
    path.write_text(text.replace("96", "97"))
    with noting() as heard:
        assert kept(path) is None
    assert path in heard


def test_what_the_snapshot_gives_is_heard_of_as_a_file_that_was_read() -> None:
    with noting() as heard:
        assert kept(H20) is not None
    assert heard == {H20: H20.read_bytes()}


def test_a_users_vocabulary_has_the_built_in_sheets_checked_anew(
    tmp_path: Path,
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (BUILT_IN / "metrics.yaml").read_text()
    (own / "metrics.yaml").write_text(text)
    assert not Store((own, BUILT_IN)).as_built
    assert Store((BUILT_IN,)).as_built
    assert Store((own, BUILT_IN)).sheet("h20").chip == STORE.sheet("h20").chip


def test_the_libraries_are_not_there_where_nothing_outside_it_is_read(place: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from chipcalc.snapshot import reading\n"
        f"reading.FILE = Path({str(place)!r})\n"
        "import chipcalc as cc\n"
        "db = cc.open()\n"
        "found = [db['h20'].tpp, db.calc('h20.tpp / h100-sxm.tpp'), db.rules('2026-02-01')]\n"
        "print(*found); print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded_modules = set(done.stdout.splitlines()[-1].split())
    assert not loaded_modules & {"pint", "yaml", "pydantic", "numpy", "typer"}
