"""The wheel carries the snapshot and the YAML, and the same tree makes the same wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from chipcalc import packing

ROOT = Path(__file__).parents[2]


def built(folder: Path, seed: str, target: str = "wheel") -> Path:
    """Return the package of this source tree, built into a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of this source tree."""
    return built(tmp_path_factory.mktemp("wheel"), "1")


def test_the_same_tree_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert built(tmp_path, "2").read_bytes() == wheel.read_bytes()


def test_the_wheel_carries_the_snapshot_and_the_yaml_it_was_made_of(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as found:
        names = set(found.namelist())
        assert found.read("chipcalc/specs.snapshot") == packing.written()
        for path, _ in packing.spec_files():
            name = f"chipcalc/specs/{path.relative_to(ROOT / 'specs').as_posix()}"
            assert found.read(name) == path.read_bytes()
    assert not any(name.endswith((".pyc", "hatch_build.py")) for name in names)


def test_a_work_folder_has_no_snapshot() -> None:
    assert not (ROOT / "chipcalc" / "specs.snapshot").exists()
