"""The house stays one that a newcomer finds the way in: few modules at the top, none too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "chipcalc"
MODULES = sorted(PACKAGE.rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Yield every function and method of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))


def parameters(function: ast.FunctionDef) -> int:
    """Return how many parameters a function has, itself left out."""
    found = function.args
    names = [each.arg for each in (*found.posonlyargs, *found.args, *found.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])


def test_there_are_a_dozen_modules_at_most_at_the_top() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 12


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_longer_than_350_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize(
    "path",
    [each for each in MODULES if PACKAGE / "cli" not in each.parents],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_no_function_is_longer_than_60_lines_or_takes_more_than_8_things(path: Path) -> None:
    """Commands are left out: their options are their parameters."""
    for each in functions(path):
        assert (each.end_lineno or 0) - each.lineno < 60, each.name
        assert parameters(each) <= 8, each.name
