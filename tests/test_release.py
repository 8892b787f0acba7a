"""What goes with a release: the version stands in one place, and every dependency may be used."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|0BSD|LGPL|MPL|Zlib", re.IGNORECASE
)


def test_the_citation_names_the_version_of_the_project() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == PROJECT["version"]
    assert cited["license"] == PROJECT["license"]


def test_a_hook_for_commits_runs_the_lint_of_spec_files() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "chipcalc lint"
    files = re.compile(hook["files"])
    assert files.search("specs/chips/acme/z9.yaml")
    assert files.search("rules/mine.yaml")
    assert not files.search("docs/check.md")


def licence_of(name: str) -> str:
    """Return what a package that is installed says of its licence."""
    told = metadata.metadata(name).json
    classified = [each for each in told.get("classifier", []) if each.startswith("License")]
    return " ".join(map(str, [told.get("license_expression"), told.get("license"), *classified]))


def test_everything_that_the_program_runs_on_has_a_licence_that_permits_it() -> None:
    extras = PROJECT["optional-dependencies"]
    needed = [*PROJECT["dependencies"], *(e for k, v in extras.items() if k != "dev" for e in v)]
    for each in needed:
        name = Requirement(each).name
        try:
            licence = licence_of(name)
        except metadata.PackageNotFoundError:
            continue  # an engine that is not on this machine
        assert PERMISSIVE.search(licence), f"{name}: {licence}"


def test_every_dependency_has_a_lower_bound_and_no_cap_without_a_reason() -> None:
    for each in PROJECT["dependencies"]:
        bounds = {spec.operator for spec in Requirement(each).specifier}
        assert bounds == {">="}, each
