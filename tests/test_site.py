"""The documentation has a page for every rule, metric and command, and one for every reader."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from chipcalc.cli import app
from shared import RULEBOOK, STORE

ROOT = Path(__file__).parents[1]


@cache
def site() -> ModuleType:
    """Return the module that makes pages of the data and the code."""
    spec = importlib.util.spec_from_file_location("mkdocs_pages", ROOT / "mkdocs_pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["mkdocs_pages"] = module
    spec.loader.exec_module(module)
    return module


@cache
def pages() -> dict[str, str]:
    """Return the text of every page that is made, by its path."""
    return {each.path: each.text for each in site().pages()}


def navigation(entry: object) -> list[str]:
    """Return the pages that a part of the navigation names."""
    if isinstance(entry, str):
        return [entry]
    parts = entry.values() if isinstance(entry, dict) else entry
    assert not isinstance(parts, int)
    return [page for part in parts for page in navigation(part)]  # type: ignore[attr-defined]


def test_every_rule_of_every_regime_has_a_page_with_its_days_and_sources() -> None:
    for book in RULEBOOK.everywhere():
        for versions in book.provisions.values():
            rule = versions[0].rule
            text = pages()[f"reference/rules/{rule.id}.md"]
            for each in versions:
                assert str(each.version.begins) in text or each.version.standing == "proposed"
            assert "source" in text


def test_every_metric_has_a_page() -> None:
    for name in STORE.vocabulary.metrics:
        assert name in pages()[f"reference/metrics/{name}.md"]


def test_every_command_has_a_page_with_its_example() -> None:
    for each in app.registered_commands:
        name = each.name or getattr(each.callback, "__name__", "")
        assert f"Examples:\n\n  chipcalc {name}" in pages()[f"reference/commands/{name}.md"]


def test_every_name_of_the_python_interface_is_documented() -> None:
    import chipcalc

    text = pages()["reference/python.md"]
    for name in chipcalc.__all__:
        if not name.startswith("__"):
            assert f"::: {getattr(chipcalc, name).__module__}\n" in text


def test_the_navigation_leads_to_every_page_that_is_written_or_lists_others() -> None:
    named = navigation(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])
    written = {str(each.relative_to(ROOT / "docs")) for each in (ROOT / "docs").rglob("*.md")}
    made = {each for each in pages() if each.count("/") < 2}
    assert {*named} == written | made
    assert len(named) == len({*named})


@pytest.mark.parametrize(
    "reader", ["buyers", "car-engineers", "analysts", "compliance-officers", "journalists"]
)
def test_every_reader_has_a_page_with_a_command_that_answers(reader: str) -> None:
    text = (ROOT / "docs" / "for" / f"{reader}.md").read_text(encoding="utf-8")
    assert "```console\n$ chipcalc " in text
